/**
 * When the facilitators lost their keys: a text for the network's steward, and the entry that comes back from them (settled.md 3).
 * The text names what the steward's key has to sign and nothing that was said.
 */

import { concat, fromB64url, toB64url, u32 } from "../sealing/codec.js";

/** @import { Group } from "./group.js" */

/** @param {Group} group @returns {string} base64url of group 16 | member 16 | seq u32 | head 32 | epoch u32 | epoch_commit 32 */
export function rescueText(group) {
  const { seq, head, epoch, epochCommit } = group.log;
  return toB64url(concat(group.id, group.me, u32(seq), head, u32(epoch), epochCommit));
}

/**
 * Adds the steward's entry. The rules of the log decide what it may do, here as everywhere.
 *
 * @param {Group} group @param {string} answer base64url of an entry
 * @throws {SealError} `format` when this is no such text
 */
export async function useRescue(group, answer) {
  const entry = fromB64url(answer.replaceAll(/\s/g, ""));
  await group.ask("append", { entries: [entry], boxes: [], fkeys: [], notices: [] });
  await group.catchUp();
}
