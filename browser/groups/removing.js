/**
 * Removing a member, with words that reach them.
 *
 * The words are boxed to the group key of the person removed (docs/sealing.md, purpose 9): it outlives the removal, and no
 * other group learns it. They are signed by who removes, so that no server can make words up. They are never in the log.
 */

import { newEpochSecret } from "../sealing/epoch.js";
import { remove } from "../sealing/log_draft.js";
import { sealNotice } from "../sealing/seal_notice.js";
import { append } from "./append.js";
import { boxesForAll } from "./pen.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Group } from "./group.js" */
/** @import { Pen } from "./pen.js" */
/** @import { Member } from "../sealing/log_state.js" */
/** @import { Reason } from "./notices.js" */

/** @param {Group} group @param {Bytes} memberId @param {Reason} reason */
export function removeMember(group, memberId, reason) {
  const compose = async (/** @type {Pen} */ pen) => {
    const member = pen.log.member(memberId);
    if (!member?.isActive) return null;
    const secret = newEpochSecret();
    await pen.write((log, by) => remove(log, by, [memberId], secret));
    const removal = { group: group.id, member: memberId, gen: member.gen, seq: pen.log.seq };
    const { e } = await group.here.keys.groupKeys(group.id, /** @type {Member} */ (pen.log.member(group.me)).gen);
    const notice = await sealNotice(removal, member.xPublic, e, { v: 1, t: reason.words, g: reason.groupName, by: reason.by });
    return { boxes: await boxesForAll(pen.log, secret), notices: /** @type {[Bytes, Bytes][]} */ ([[memberId, notice]]) };
  };
  return append(group, compose, memberId);
}
