/**
 * Removing a member, with words that reach them.
 *
 * The words are boxed to the group key of the person removed (docs/sealing.md, purpose 9): it outlives the removal, and no
 * other group learns it. They are never in the log.
 */

import { PURPOSE, noticeContext, openBox } from "../sealing/box.js";
import { fromPaddedJson, toPaddedJson } from "../sealing/codec.js";
import { newEpochSecret } from "../sealing/epoch.js";
import { SealError } from "../sealing/errors.js";
import { remove } from "../sealing/log_draft.js";
import { sealBox } from "../sealing/seal_box.js";
import { append } from "./append.js";
import { boxesForAll } from "./pen.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Keys } from "../accounts/account_keys.js" */
/** @import { Group } from "./group.js" */
/** @import { Pen } from "./pen.js" */
/** @typedef {{words: string, groupName: string, by: string}} Reason */
/** @typedef {{notice: Bytes, group: Bytes, member: Bytes, gen: number, seq: number, box: Bytes, sent: number}} Notice */

/** @param {Group} group @param {Bytes} memberId @param {Reason} reason */
export function removeMember(group, memberId, reason) {
  const compose = async (/** @type {Pen} */ pen) => {
    const member = pen.log.member(memberId);
    if (!member?.isActive) return null;
    const secret = newEpochSecret();
    await pen.write((log, by) => remove(log, by, [memberId], secret));
    const context = noticeContext(group.id, memberId, member.gen, pen.log.seq);
    const words = toPaddedJson({ v: 1, t: reason.words, g: reason.groupName, by: reason.by });
    const notice = await sealBox(PURPOSE.notice, context, member.xPublic, words);
    return { boxes: await boxesForAll(pen.log, secret), notices: /** @type {[Bytes, Bytes][]} */ ([[memberId, notice]]) };
  };
  return append(group, compose, memberId);
}

/**
 * What somebody was told when they were removed.
 *
 * @param {Keys} keys @param {Notice} notice
 * @returns {Promise<Reason>}
 * @throws {SealError}
 */
export async function openNotice(keys, { group, member, gen, seq, box }) {
  const context = noticeContext(group, member, gen, seq);
  const { t, g, by } = fromPaddedJson(await openBox(PURPOSE.notice, context, await keys.groupKeys(group, gen), box));
  if (![t, g, by].every((each) => typeof each === "string")) throw new SealError("damaged");
  return { words: String(t), groupName: String(g), by: String(by) };
}
