/**
 * Words to somebody who was removed, signed by who removed them (sealing.md 4.4).
 *
 * Anybody can seal to a public key, the server first. So the words count only with a signature, and the signature only by whom
 * the signed log names: the actor of the REMOVE, in a log that holds the reader's own keys.
 */

import { PURPOSE, noticeContext, openBox } from "./box.js";
import { concat, fromPaddedJson, same } from "./codec.js";
import { SealError, insist } from "./errors.js";
import { TYPE, parseEntry } from "./log_entry.js";
import { parseIds } from "./log_payload.js";
import { checkPin, replay } from "./log_replay.js";
import { isSigned, label, sha } from "./primitives.js";

/** @import { Bytes } from "./codec.js" */
/** @import { Keys } from "./keys.js" */
/** @import { LogState } from "./log_state.js" */
/** @typedef {{group: Bytes, member: Bytes, gen: number, seq: number}} Removal whom, with the generation of their keys, the entry `seq` removed */
/** @typedef {{seq: number, head16: Bytes}} Pin how far the list was seen */

const SIGNATURE_SIZE = 64;

/** What its box is bound to. @param {Removal} removal */
export const contextOf = ({ group, member, gen, seq }) => noticeContext(group, member, gen, seq);

/**
 * What is signed: L("notice") || ctx || SHA(words), words as the padded JSON that is sent.
 *
 * @param {Removal} removal @param {Bytes} words
 */
export const noticeMessage = async (removal, words) => concat(label("notice"), contextOf(removal), await sha(words));

/**
 * The words. As `openBox`; `notice-unsigned` when the log holds no such removal of the reader, is not the one that was seen before,
 * or names somebody else than who signed.
 *
 * @param {Removal} removal
 * @param {Keys} keys the reader's own of that generation
 * @param {Bytes} box
 * @param {readonly Bytes[]} log the group's, from its first entry
 * @param {Pin} [pin]
 */
export async function openNotice(removal, keys, box, log, pin) {
  const inside = await openBox(PURPOSE.notice, contextOf(removal), keys, box);
  const [signature, words] = [inside.slice(0, SIGNATURE_SIZE), inside.slice(SIGNATURE_SIZE)];
  const signer = await remover(removal, keys, log, pin);
  insist(await isSigned(signer, signature, await noticeMessage(removal, words)), "notice-unsigned");
  return fromPaddedJson(words);
}

/**
 * The public key of whoever removed the reader.
 *
 * @param {Removal} removal @param {Keys} keys @param {readonly Bytes[]} log @param {Pin} [pin]
 */
async function remover(removal, keys, log, pin) {
  const end = removal.seq + 1;
  const then = await replayed(log.slice(0, end), null, removal.group);
  const now = await replayed(log.slice(end), then, removal.group);
  const draft = await removalAt(log[removal.seq], removal.member);
  const me = then.member(removal.member);
  // Without this, words to one person could be given to another, in a box of the server's own.
  const isMe = me?.gen === removal.gen && same(me.xPublic, keys.xPublic) && same(me.ePublic, keys.ePublic);
  const signer = draft && then.member(draft.actor);
  if (!isMe || !signer || !isPinned(now, pin)) throw new SealError("notice-unsigned");
  return signer.ePublic;
}

/** The entry, if it removes this member. @param {Bytes|undefined} entry @param {Bytes} member */
async function removalAt(entry, member) {
  if (!entry) return null;
  const { draft } = await parseEntry(entry);
  return draft.type === TYPE.remove && parseIds(draft.payload).some((id) => same(id, member)) ? draft : null;
}

/** @param {LogState} log @param {Pin} [pin] */
function isPinned(log, pin) {
  try {
    if (pin) checkPin(log, pin);
    return true;
  } catch (why) {
    if (why instanceof SealError) return false;
    throw why;
  }
}

/** @param {readonly Bytes[]} entries @param {LogState|null} start @param {Bytes} group */
async function replayed(entries, start, group) {
  const { state, failed } = await replay(entries, { group, start });
  if (failed || !state) throw new SealError("notice-unsigned");
  return state;
}
