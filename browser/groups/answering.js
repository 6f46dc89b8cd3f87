/** For facilitators: who asked from the listing, what they are answered, and whether a host stands between (sealing.md 9.7). */

import { same, toHex } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { TYPE } from "../sealing/log_entry.js";
import { recordsIn } from "../sealing/log_payload.js";
import { openNote, parseNote, sealAnswer, sealNote } from "../sealing/request.js";
import { fkeysOf } from "./facilitators_key.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Link } from "../sealing/invite.js" */
/** @import { Note } from "../sealing/request.js" */
/** @import { FacilitatorsKeys } from "./facilitators_key.js" */
/** @import { Group } from "./group.js" */
/** @typedef {{request: Bytes, account_x: Bytes, state: "waiting"|"later", asked: number}} RequestRow */
/**
 * @typedef {object} Wish somebody who asked from the listing
 * @property {string} key request id in hex
 * @property {Bytes} request @property {Bytes} accountX the key that came with it, whoever it is of
 * @property {boolean} isLater they were told that there will be a place @property {number} asked
 */
/** @typedef {{wishes: Wish[], notes: Map<string, Note>}} FromListing notes by invite, in hex */

/**
 * @param {Group} group @param {FacilitatorsKeys} fkeys @param {{requests: RequestRow[], notes: [Bytes, Bytes][]}} answer to `waiting`
 * @returns {Promise<FromListing>}
 */
export async function readFromListing(group, fkeys, { requests, notes }) {
  const wishes = requests.map(({ request, account_x: accountX, state, asked }) => ({ key: toHex(request), request, accountX, isLater: state === "later", asked }));
  return { wishes, notes: await readNotes(group, fkeys, notes) };
}

/** A note that does not open is as good as none: its member's words are not compared. @param {Group} group @param {FacilitatorsKeys} fkeys @param {[Bytes, Bytes][]} rows */
async function readNotes(group, fkeys, rows) {
  const [held, /** @type {Map<string, Note>} */ found] = [new Map(fkeys.newestFirst()), new Map()];
  for (const [invite, sealed] of rows) {
    try {
      const key = held.get(parseNote(sealed));
      if (key) found.set(toHex(invite), await openNote(sealed, key.secret, group.id, invite));
    } catch (why) {
      if (!(why instanceof SealError)) throw why;
    }
  }
  return found;
}

/** @param {Group} group @param {Note} note @param {Bytes} inviteId */
async function noteFor(group, note, inviteId) {
  const [newest] = (await fkeysOf(group)).newestFirst();
  if (!newest) throw new SealError("no-epoch-box");
  const [gen, key] = newest;
  return sealNote(note, gen, key.secret, group.id, inviteId);
}

/**
 * What goes with an invite for somebody who asked: the invite itself, sealed to them, and for all facilitators to which key.
 *
 * @param {Group} group @param {Link} link @param {Wish} wish
 * @returns {Promise<[request: Bytes, box: Bytes, note: Bytes]>} `answer` of `append`
 */
export async function answerWith(group, link, { request, accountX }) {
  const box = await sealAnswer(link, accountX, group.id, request);
  return [request, box, await noteFor(group, { accountX, isCompared: false }, link.inviteId)];
}

/** Words without an invite. @param {Group} group @param {Wish} wish @param {"later"|"declined"} answer */
export const answer = (group, { request }, answer) => group.ask("answer-request", { request, answer });

/** Under which invite from the listing a member came in; null for who came otherwise, or was vouched for since. @param {Group} group @param {Bytes} member */
export function cameBy(group, member) {
  const arrivals = group.entries.filter(({ draft }) => draft.type === TYPE.add || draft.type === TYPE.rebind);
  const last = arrivals.flatMap(({ draft }) => recordsIn(draft)).findLast(({ memberId }) => same(memberId, member));
  const invite = last && group.log.invite(last.inviteId);
  return invite?.terms.isFromListing ? invite.terms.inviteId : null;
}

/** The words were the same. @param {Group} group @param {Bytes} inviteId @param {Note} note */
export const keepCompared = async (group, inviteId, { accountX }) =>
  group.ask("note-compared", { invite: inviteId, note: await noteFor(group, { accountX, isCompared: true }, inviteId) });
