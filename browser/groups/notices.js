/** What somebody was told when they were removed from a group. */

import { toHex } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { openNotice } from "../sealing/notice.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Pair } from "../accounts/account_keys.js" */
/** @import { Here } from "./group.js" */
/** @typedef {{words: string, groupName: string, by: string}} Reason */
/** @typedef {{notice: Bytes, group: Bytes, member: Bytes, gen: number, seq: number, box: Bytes, sent: number}} Notice */

/**
 * By whichever of the account's seeds the box was sealed to (sealing.md 2.10).
 *
 * @template T
 * @param {Pair[]} pairs newest first @param {(pair: Pair) => Promise<T>} open
 * @returns {Promise<T>}
 */
async function firstThatOpens([pair, ...others], open) {
  try {
    return await open(/** @type {Pair} */ (pair));
  } catch (why) {
    if (!(why instanceof SealError) || why.code !== "damaged" || others.length === 0) throw why;
    return firstThatOpens(others, open);
  }
}

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
    keys.everyGroupKeys(group, gen),
  ]);
  const pin = pins.get(toHex(group));
  const { t, g, by } = await firstThatOpens(own, (pair) => openNotice({ group, member, gen, seq }, pair, box, log, pin));
  if (![t, g, by].every((each) => typeof each === "string")) throw new SealError("damaged");
  return { words: String(t), groupName: String(g), by: String(by) };
}
