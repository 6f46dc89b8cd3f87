/**
 * When the facilitators lost their keys, or one of them does harm: a text for the network's steward, and the entry that comes back.
 * The text names what the steward's key has to sign and nothing that was said.
 */

import { concat, fromB64url, same, toB64url, u32 } from "../sealing/codec.js";
import { insist } from "../sealing/errors.js";
import { TYPE, parseEntry } from "../sealing/log_entry.js";
import { ROLE, parseRole } from "../sealing/log_payload.js";
import { apply } from "../sealing/log_replay.js";
import { STEWARD } from "../sealing/log_state.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Group } from "./group.js" */

/** @param {Group} group @param {Bytes} [whom] whose role it is about @returns {string} base64url of group 16 | member 16 | seq u32 | head 32 | epoch u32 | epoch_commit 32 */
export function rescueText(group, whom = group.me) {
  const { seq, head, epoch, epochCommit } = group.log;
  return toB64url(concat(group.id, whom, u32(seq), head, u32(epoch), epochCommit));
}

/**
 * Adds the steward's entry, when it is what was asked for and nothing else: the steward makes this member a facilitator, or ends the role
 * of another one.
 *
 * @param {Group} group @param {string} answer base64url of an entry @param {Bytes} [whom] as in the text
 * @throws {SealError} `format` when this is no such text; what the rules of the log say about it
 */
export async function useRescue(group, answer, whom = group.me) {
  const bytes = fromB64url(answer.replaceAll(/\s/g, ""));
  const entry = await parseEntry(bytes);
  const { type, actor, payload } = entry.draft;
  insist(type === TYPE.setRole && same(actor, STEWARD), "format");
  const { memberId, role } = parseRole(payload);
  insist(same(memberId, whom) && role === (same(whom, group.me) ? ROLE.facilitator : ROLE.member), "format");
  await apply(group.log, entry);
  await group.ask("append", { entries: [bytes], boxes: [], fkeys: [], notices: [] });
  await group.catchUp();
}
