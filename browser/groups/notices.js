/** What somebody was told when they were removed from a group. */

import { toHex } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { openNotice } from "../sealing/notice.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Here } from "./group.js" */
/** @typedef {{words: string, groupName: string, by: string}} Reason */
/** @typedef {{notice: Bytes, group: Bytes, member: Bytes, gen: number, seq: number, box: Bytes, sent: number}} Notice */

/**
 * The words, if who removed this person signed them: the server shows the list up to there, and is not taken at its word.
 *
 * @param {Here} here @param {Notice} notice
 * @returns {Promise<Reason>}
 * @throws {SealError}
 */
export async function readNotice({ keys, connection }, { notice, group, member, gen, seq, box }) {
  const [{ log }, { pins }, own] = await Promise.all([
    connection.call("removal", { notice }),
    keys.keyring.load(),
    keys.groupKeys(group, gen),
  ]);
  const { t, g, by } = await openNotice({ group, member, gen, seq }, own, box, log, pins.get(toHex(group)));
  if (![t, g, by].every((each) => typeof each === "string")) throw new SealError("damaged");
  return { words: String(t), groupName: String(g), by: String(by) };
}
