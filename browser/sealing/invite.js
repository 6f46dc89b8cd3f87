/**
 * Invites: the link, its card, and asking to join with it (sealing.md 9).
 *
 * The secret in the link *is* the signing key of the invite. The newcomer signs their own keys with it (vouching.js).
 */

import { PURPOSE, openBox } from "./box.js";
import { concat, fromB64url, fromPaddedJson, isZero, same, toB64url, toPaddedJson, utf8 } from "./codec.js";
import { SealError, insist } from "./errors.js";
import { importSigningKey } from "./keys.js";
import { RECORD_SIZE, ROLE, parseRecord } from "./log_payload.js";
import { ID_SIZE, NONCE_SIZE, TAG_SIZE, aeOpen, aeSeal, isSigned, kdf, randomBytes, sha, sign } from "./primitives.js";
import { Reader } from "./reader.js";
import { sealBox } from "./seal_box.js";
import { checkInvite, joinMessage } from "./vouching.js";

/** @import { BoxKeys } from "./box.js" */
/** @import { Bytes, Json } from "./codec.js" */
/** @import { Keys } from "./keys.js" */
/** @import { MemberRecord } from "./log_payload.js" */
/** @import { LogState } from "./log_state.js" */

/** @typedef {{ inviteId: Bytes, genesis16: Bytes, secret: Bytes }} Link 16 bytes each */
/** @typedef {{ record: Required<MemberRecord>, selfSig: Bytes }} JoinRequest the proof that they hold the record's signing key */

const LINK_VERSION = "1.";
const CHECK_SIZE = 4;
const SIGNATURE_SIZE = 64;
const CARD_HEAD = concat(utf8("HC"), Uint8Array.of(1, 0));
const CARD_SMALLEST = CARD_HEAD.length + NONCE_SIZE + 256 + TAG_SIZE;
const LONGEST_NAME = 80;

/** @param {Bytes} bytes @returns {Promise<Bytes>} catches links that mail programs cut */
const checkBytes = async (bytes) => (await sha(bytes)).slice(0, CHECK_SIZE);

/**
 * What stands behind the # of /join/: "1." and 70 signs.
 *
 * @param {Link} link
 */
export async function linkFragment({ inviteId, genesis16, secret }) {
  const bytes = concat(inviteId, genesis16, secret);
  return LINK_VERSION + toB64url(concat(bytes, await checkBytes(bytes)));
}

/**
 * The link of "1....", with or without the "#"; `invite-damaged` when it is not whole.
 *
 * @param {string} fragment
 * @returns {Promise<Link>}
 */
export async function parseLink(fragment) {
  const signs = fragment.replace(/^#/, "");
  insist(signs.startsWith(LINK_VERSION), "invite-damaged");
  const reader = new Reader(fromB64url(signs.slice(LINK_VERSION.length), "invite-damaged"), "invite-damaged");
  const bytes = reader.take(3 * ID_SIZE);
  insist(reader.left === CHECK_SIZE && same(reader.take(CHECK_SIZE), await checkBytes(bytes)), "invite-damaged");
  const parts = new Reader(bytes);
  return { inviteId: parts.take(ID_SIZE), genesis16: parts.take(ID_SIZE), secret: parts.take(ID_SIZE) };
}

/** @returns {Bytes} 16 random bytes for a link */
export const newSecret = () => randomBytes(ID_SIZE);

/** @param {Bytes} secret @param {Bytes} inviteId the Ed25519 pair of an invite */
const inviteKey = async (secret, inviteId) => importSigningKey(await kdf(secret, "invite", inviteId));

/**
 * The public half of an invite's key, which INVITE puts into the log.
 *
 * @param {Bytes} secret
 * @param {Bytes} inviteId
 * @returns {Promise<Bytes>} 32 bytes
 */
export const invitePublic = async (secret, inviteId) => (await inviteKey(secret, inviteId)).publicKey;

/**
 * The request of a newcomer, or of somebody coming back (whose link has their member id as target).
 *
 * @param {Link} link
 * @param {Bytes} group
 * @param {Bytes} memberId
 * @param {number} gen
 * @param {Keys} keys from `groupKeys(seed, group, gen)`
 * @returns {Promise<JoinRequest>}
 */
export async function askToJoin({ inviteId, genesis16, secret }, group, memberId, gen, { e, xPublic, ePublic }) {
  const record = { memberId, gen, xPublic, ePublic, role: ROLE.member, inviteId };
  const message = joinMessage(group, genesis16, record);
  const { key } = await inviteKey(secret, inviteId);
  const [inviteSig, selfSig] = await Promise.all([sign(key, message), sign(e, message)]);
  return { record: { ...record, inviteSig }, selfSig };
}

/**
 * What the admitting client looks at before ADD: `log-invite`; `bad-public-key` when the keys are somebody's already or the asker
 * does not hold them.
 *
 * @param {LogState} state
 * @param {JoinRequest} request
 * @param {number} nowMs
 */
export async function checkJoinRequest(state, { record, selfSig }, nowMs) {
  await checkInvite(state, record, nowMs);
  const isTaken = [...state.members.values()].some((member) => same(member.ePublic, record.ePublic));
  const message = joinMessage(state.group, state.genesis16, record);
  insist(!isTaken && (await isSigned(record.ePublic, selfSig, message)), "bad-public-key");
}

/**
 * The request from its bytes; `format`, or `bad-public-key` when its keys are unusable.
 *
 * @param {Bytes} record 165 bytes
 * @param {Bytes} selfSig 64 bytes
 * @returns {JoinRequest}
 */
export function parseJoinRequest(record, selfSig) {
  insist(record.length === RECORD_SIZE && selfSig.length === SIGNATURE_SIZE && record[84] === ROLE.member, "format");
  insist(!isZero(record.subarray(0, 16)) && !isZero(record.subarray(16, 20)), "format");
  try {
    return { record: parseRecord(record), selfSig };
  } catch {
    throw new SealError("bad-public-key");
  }
}

/** @param {Link} link */
const cardKey = ({ secret, inviteId }) => kdf(secret, "card", inviteId);

/**
 * What an invite shows of itself: "HC" 01 00 || nonce 12 || AE(key, nonce, first 4 bytes || invite_id, padded JSON).
 *
 * @param {Json} body
 * @param {Link} link
 * @param {{ nonce?: Bytes }} [fixed] only where vectors are made
 * @returns {Promise<Bytes>}
 */
export async function sealCard(body, link, { nonce = randomBytes(NONCE_SIZE) } = {}) {
  const sealed = await aeSeal(await cardKey(link), nonce, concat(CARD_HEAD, link.inviteId), toPaddedJson(body));
  return concat(CARD_HEAD, nonce, sealed);
}

/**
 * The card's words for whoever holds the link: `format`, `version`, `damaged`, `padding`.
 *
 * @param {Bytes} card
 * @param {Link} link
 * @returns {Promise<Json>}
 */
export async function openCard(card, link) {
  parseCard(card);
  const reader = new Reader(card);
  const [head, nonce] = [reader.take(CARD_HEAD.length), reader.take(NONCE_SIZE)];
  return fromPaddedJson(await aeOpen(await cardKey(link), nonce, concat(head, link.inviteId), reader.take(reader.left)));
}

/**
 * `format` or `version` when this is no card.
 *
 * @param {Bytes} card
 */
export function parseCard(card) {
  insist(card.length >= CARD_SMALLEST && same(card.slice(0, 2), utf8("HC")) && card[3] === 0, "format");
  insist(card[2] === 1, "version");
}

/**
 * An asker's name for the facilitators alone (box purpose 8).
 *
 * @param {string} name
 * @param {Bytes} fkey the facilitators' public key, from the card
 * @param {Bytes} context from `profileContext`
 * @returns {Promise<Bytes>}
 */
export const sealProfile = (name, fkey, context) => sealBox(PURPOSE.profile, context, fkey, toPaddedJson({ v: 1, n: name }));

/**
 * The asker's name, 1 to 80 signs, or `damaged`.
 *
 * @param {Bytes} sealed
 * @param {BoxKeys} fkey the facilitators' pair
 * @param {Bytes} context
 * @returns {Promise<string>}
 */
export async function openProfile(sealed, fkey, context) {
  const { n } = fromPaddedJson(await openBox(PURPOSE.profile, context, fkey, sealed));
  if (typeof n !== "string" || n === "" || [...n].length > LONGEST_NAME) throw new SealError("damaged");
  return n;
}
