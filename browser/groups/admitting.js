/**
 * Letting people in. A facilitator's browser checks for itself what the server passes on: the invite's signature over the
 * newcomer's keys, and that they hold them (sealing.md 9.4).
 */

import { profileContext } from "../sealing/box.js";
import { same, toHex } from "../sealing/codec.js";
import { newEpochSecret } from "../sealing/epoch.js";
import { SealError } from "../sealing/errors.js";
import { checkJoinRequest, openProfile, parseJoinRequest } from "../sealing/invite.js";
import { add, rebind } from "../sealing/log_draft.js";
import { Refusal } from "../ui/refusal.js";
import { readFromListing } from "./answering.js";
import { append } from "./append.js";
import { boxesForAll } from "./pen.js";
import { fkeysOf } from "./facilitators_key.js";
import { postStanding } from "./standing.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { MemberRecord } from "../sealing/log_payload.js" */
/** @import { FacilitatorsKeys } from "./facilitators_key.js" */
/** @import { FromListing } from "./answering.js" */
/** @import { Group } from "./group.js" */
/** @import { StandingBody } from "./standing.js" */
/** @typedef {{invite: Bytes, member: Bytes, record: Bytes, self_sig: Bytes, profile: Bytes, asked: number}} AskRow */
/**
 * @typedef {object} Ask somebody at the door
 * @property {string} key member id in hex
 * @property {Bytes} invite @property {Bytes} member @property {number} asked
 * @property {boolean} isKnown their link says "I know who this is"
 * @property {boolean} isFromListing they asked from the listing, and nobody gave them a link
 * @property {boolean} isBack no newcomer, but somebody of the list with new keys
 * @property {boolean} needsWord another facilitator made the link: to let them in is to vouch for them, too
 * @property {MemberRecord} [record] @property {string} [name]
 * @property {string} [code] why they cannot be let in
 */

/** @type {WeakMap<Group, Set<string>>} */
const left = new WeakMap();

/** Members, in hex, who deleted their account and had no keys to leave with; as the server last said. @param {Group} group @returns {Set<string>} */
export const leftBehindIn = (group) => left.get(group) ?? new Set();

/**
 * Everybody at the door.
 *
 * @param {Group} group
 * @returns {Promise<{asks: Ask[], fromListing: FromListing}>} in the order in which they asked
 */
export async function readDoor(group) {
  const answer = await group.ask("waiting");
  left.set(group, new Set(answer.left_behind.map(toHex)));
  const fkeys = await fkeysOf(group);
  const asks = await Promise.all(answer.asks.map((/** @type {AskRow} */ row) => readAsk(group, fkeys, row)));
  return { asks, fromListing: await readFromListing(group, fkeys, answer) };
}

/** @param {Group} group @param {FacilitatorsKeys} fkeys @param {AskRow} row @returns {Promise<Ask>} */
async function readAsk(group, fkeys, { invite, member, record, self_sig: selfSig, profile, asked }) {
  const [made, isBack] = [group.log.invite(invite), group.log.member(member) !== undefined];
  const needsWord = isBack && (!made || !same(made.by, group.me));
  const marks = { isKnown: !isBack && (made?.terms.isKnown ?? false), isFromListing: made?.terms.isFromListing ?? false };
  const ask = { key: toHex(member), invite, member, asked, ...marks, isBack, needsWord };
  try {
    const request = parseJoinRequest(record, selfSig);
    await checkJoinRequest(group.log, request, Date.now());
    return { ...ask, record: request.record, name: await openName(group.id, fkeys, { invite, member, profile }) };
  } catch (why) {
    if (!(why instanceof SealError)) throw why;
    return { ...ask, code: why.code };
  }
}

/**
 * The name is sealed to the facilitators' key of the time when the link was made.
 *
 * @param {Bytes} group @param {FacilitatorsKeys} fkeys @param {{invite: Bytes, member: Bytes, profile: Bytes}} asked
 */
async function openName(group, fkeys, { invite, member, profile }) {
  for (const [gen, key] of fkeys.newestFirst()) {
    try {
      return await openProfile(profile, key, profileContext(group, gen, invite, member));
    } catch (why) {
      if (!(why instanceof SealError)) throw why;
    }
  }
  throw new SealError("damaged");
}

/**
 * Lets several people in at once, then passes on to them what stands.
 *
 * @param {Group} group @param {Ask[]} asks @param {() => StandingBody|null} standing read after they are in
 */
export async function admit(group, asks, standing) {
  let isDone = await append(group, async (pen) => {
    const records = asks.flatMap(({ record }) => (record && !pen.log.member(record.memberId) ? [record] : []));
    if (records.length === 0) return null;
    const secret = newEpochSecret();
    await pen.write((log, by) => add(log, by, records, secret));
    return { boxes: await boxesForAll(pen.log, secret) };
  });
  for (const { record, isBack } of asks) if (record && isBack) isDone = (await letBackIn(group, record)) || isDone;
  const body = isDone ? standing() : null;
  if (body) await postStanding(group, withNames(body, asks));
}

/**
 * New keys for somebody of the list: from here on nothing is sealed to the old ones.
 *
 * @param {Group} group @param {MemberRecord} record
 */
const letBackIn = (group, record) =>
  append(group, async (pen) => {
    if ((pen.log.member(record.memberId)?.gen ?? 0) >= record.gen) return null;
    const secret = newEpochSecret();
    await pen.write((log, by) => rebind(log, by, record, secret));
    return { boxes: await boxesForAll(pen.log, secret) };
  });

/** @param {StandingBody} body @param {Ask[]} asks @returns {StandingBody} */
function withNames(body, asks) {
  const named = asks.flatMap(({ key, name }) => (name ? [[key, { n: name }]] : []));
  return { ...body, profiles: { ...body.profiles, ...Object.fromEntries(named) } };
}

/** @param {Group} group @param {Ask} ask */
export const decline = (group, { member }) => group.ask("decline", { member });

/**
 * Those whose link says "I know who this is" come in without a click, by whichever facilitator's browser is awake.
 * Two may try at once; the log takes one.
 *
 * @param {Group} group @param {Ask[]} asks @param {() => StandingBody|null} standing
 */
export async function admitKnown(group, asks, standing) {
  const known = asks.filter(({ isKnown, record, name }) => isKnown && record && name);
  if (known.length === 0) return;
  try {
    await admit(group, known, standing);
  } catch (why) {
    if (!(why instanceof Refusal || why instanceof SealError)) throw why;
    // Not all fit, for instance since two use one person's link: that must not keep the others out.
    if (why instanceof SealError && known.length > 1) for (const ask of known) await admitKnown(group, [ask], standing);
  }
}
