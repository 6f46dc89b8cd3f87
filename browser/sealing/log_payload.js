/** What log entries carry, byte for byte (docs/sealing.md "Log payloads"). Every reader answers or says `log-format`. */

import { concat, isZero, u16, u32, u64, u8 } from "./codec.js";
import { insist } from "./errors.js";
import { TYPE } from "./log_entry.js";
import { ID_SIZE, KEY_SIZE, isEKey, isXKey } from "./primitives.js";
import { Reader } from "./reader.js";

/** @import { Bytes } from "./codec.js" */

export const ROLE = Object.freeze({ member: 1, facilitator: 2 });
export const RECORD_SIZE = 165;
const MAX_LEADS = 3;
const MAX_USES = 30;

const FORMAT = "log-format";
const SIGNATURE_SIZE = 64;
const HASH_SIZE = 32;
const LEAD_SIZE = HASH_SIZE + KEY_SIZE;

/** @type {ReadonlySet<number>} */
const ROLES = new Set(Object.values(ROLE));

/**
 * @typedef {object} MemberRecord a member's keys as they stand in the log, 165 bytes
 * @property {Bytes} memberId
 * @property {number} gen
 * @property {Bytes} xPublic
 * @property {Bytes} ePublic
 * @property {number} [role] one of ROLE; a member when left out
 * @property {Bytes} [inviteId] zeros for founders and key updates
 * @property {Bytes} [inviteSig] likewise
 */

/**
 * @typedef {object} InviteTerms what INVITE promises
 * @property {Bytes} inviteId
 * @property {Bytes} publicKey Ed25519
 * @property {number} expiresMs
 * @property {number} [uses] 1 to 30; 1 when left out
 * @property {Bytes} [target] zeros: a new person; else the member id to be bound again
 * @property {boolean} [isKnown] "I know who this is"
 * @property {boolean} [isFromListing] it answers somebody who asked from the group's listing (sealing.md 9.7)
 */

/** @typedef {{ version: number, model: number, sha256: Bytes }} Agreement version from 1, model of confidentiality 1 or 2 */
/** @typedef {{ nameHash: Bytes, xPublic: Bytes }} Lead a safeguarding lead */

/** @param {MemberRecord} record @returns {Bytes} the 84 bytes that the invite's key signs */
export const encodeKeys = ({ memberId, gen, xPublic, ePublic }) => concat(memberId, u32(gen), xPublic, ePublic);

/** @param {MemberRecord} record @returns {Bytes} 165 bytes */
export function encodeRecord(record) {
  const { role = ROLE.member, inviteId = new Uint8Array(ID_SIZE), inviteSig = new Uint8Array(SIGNATURE_SIZE) } = record;
  return concat(encodeKeys(record), u8(role), inviteId, inviteSig);
}

/** @param {Reader} reader @returns {Required<MemberRecord>} with a possible id, generation, role and usable keys */
function readRecord(reader) {
  const who = { memberId: reader.take(ID_SIZE), gen: reader.u32() };
  const keys = { xPublic: reader.take(KEY_SIZE), ePublic: reader.take(KEY_SIZE), role: reader.u8() };
  insist(!isZero(who.memberId) && who.gen >= 1 && ROLES.has(keys.role), FORMAT);
  insist(isXKey(keys.xPublic) && isEKey(keys.ePublic), FORMAT);
  return { ...who, ...keys, inviteId: reader.take(ID_SIZE), inviteSig: reader.take(SIGNATURE_SIZE) };
}

/** @param {Bytes} bytes @returns {Required<MemberRecord>} exactly one */
export const parseRecord = (bytes) => readAll(bytes, readRecord);

/**
 * The payload of GENESIS: the founder's record, then the policy's bytes.
 *
 * @param {Bytes} bytes
 * @returns {{ founder: Required<MemberRecord>, policy: Bytes }}
 */
export function parseGenesis(bytes) {
  const reader = new Reader(bytes, FORMAT);
  return { founder: readRecord(reader), policy: reader.take(reader.left) };
}

/** @param {Required<MemberRecord>} record is any of the invite fields set? */
export const hasInvite = ({ inviteId, inviteSig }) => !isZero(inviteId) || !isZero(inviteSig);

/** @param {Bytes} bytes @returns {Required<MemberRecord>[]} one or more */
export const parseRecords = (bytes) => readMany(bytes, readRecord);

/** The records an entry brings, whoever they are of. @param {{type: number, payload: Bytes}} draft @returns {Required<MemberRecord>[]} */
export function recordsIn({ type, payload }) {
  if (type === TYPE.genesis) return [parseGenesis(payload).founder];
  return type === TYPE.add || type === TYPE.updateKey || type === TYPE.rebind ? parseRecords(payload) : [];
}

/** @param {Bytes} bytes @returns {Bytes[]} one id or more */
export const parseIds = (bytes) => readMany(bytes, (reader) => reader.take(ID_SIZE));

/** @param {Bytes} bytes @returns {Bytes} exactly one id */
export const parseId = (bytes) => readAll(bytes, (reader) => reader.take(ID_SIZE));

/** What an invite says of itself in a last byte: "I know who this is", and "from a listing". */
const [KNOWN, FROM_LISTING] = [1, 2];

/** @param {InviteTerms} terms @returns {Bytes} 74 bytes, 75 when "I know who this is" or from a listing */
export function encodeInviteTerms({ inviteId, publicKey, expiresMs, uses = 1, target, isKnown = false, isFromListing = false }) {
  const mark = isFromListing ? u8(FROM_LISTING) : new Uint8Array(isKnown ? 1 : 0).fill(KNOWN);
  return concat(inviteId, publicKey, u64(expiresMs), u16(uses), target ?? new Uint8Array(ID_SIZE), mark);
}

/** @param {Bytes} bytes @returns {Required<InviteTerms>} */
export function parseInviteTerms(bytes) {
  const reader = new Reader(bytes, FORMAT);
  const key = { inviteId: reader.take(ID_SIZE), publicKey: reader.take(KEY_SIZE) };
  const limits = { expiresMs: reader.u64(), uses: reader.u16(), target: reader.take(ID_SIZE) };
  const mark = reader.left > 0 ? reader.u8() : null;
  insist(mark === null || mark === KNOWN || mark === FROM_LISTING, FORMAT);
  reader.end();
  insist(!isZero(key.inviteId) && isEKey(key.publicKey) && limits.uses >= 1 && limits.uses <= MAX_USES, FORMAT);
  insist(mark !== FROM_LISTING || (limits.uses === 1 && isZero(limits.target)), FORMAT);
  return { ...key, ...limits, isKnown: mark === KNOWN, isFromListing: mark === FROM_LISTING };
}

/** @param {Bytes} memberId @param {number} role @returns {Bytes} 17 bytes */
export const encodeRole = (memberId, role) => concat(memberId, u8(role));

/** @param {Bytes} bytes of SET_ROLE */
export function parseRole(bytes) {
  const change = readAll(bytes, (reader) => ({ memberId: reader.take(ID_SIZE), role: reader.u8() }));
  insist(ROLES.has(change.role), FORMAT);
  return change;
}

/** @param {Bytes} publicKey @param {number} gen @returns {Bytes} 36 bytes */
export const encodeFkey = (publicKey, gen) => concat(publicKey, u32(gen));

/** @param {Bytes} bytes of SET_FKEY */
export function parseFkey(bytes) {
  const fkey = readAll(bytes, (reader) => ({ publicKey: reader.take(KEY_SIZE), gen: reader.u32() }));
  insist(isXKey(fkey.publicKey), FORMAT);
  return fkey;
}

/** @param {Lead[]} leads @returns {Bytes} 64 bytes for each */
export const encodeLeads = (leads) => concat(...leads.flatMap(({ nameHash, xPublic }) => [nameHash, xPublic]));

/** @param {Bytes} bytes @returns {Lead[]} none to three */
export function parseLeads(bytes) {
  if (bytes.length === 0) return [];
  insist(bytes.length <= MAX_LEADS * LEAD_SIZE, FORMAT);
  const leads = readMany(bytes, (reader) => ({ nameHash: reader.take(HASH_SIZE), xPublic: reader.take(KEY_SIZE) }));
  insist(leads.every(({ xPublic }) => isXKey(xPublic)), FORMAT);
  return leads;
}

/** @param {Agreement} agreement @returns {Bytes} 37 bytes */
export const encodeAgreement = ({ version, model, sha256 }) => concat(u32(version), u8(model), sha256);

/** @param {Bytes} bytes of AGREEMENT @returns {Agreement} */
export function parseAgreement(bytes) {
  const read = (/** @type {Reader} */ from) => ({ version: from.u32(), model: from.u8(), sha256: from.take(HASH_SIZE) });
  const agreement = readAll(bytes, read);
  insist(agreement.model === 1 || agreement.model === 2, FORMAT);
  return agreement;
}

/** @param {Bytes} bytes of types that carry nothing */
export const parseNothing = (bytes) => insist(bytes.length === 0, FORMAT);

/**
 * @template Value
 * @param {Bytes} bytes
 * @param {(reader: Reader) => Value} read
 */
function readAll(bytes, read) {
  const reader = new Reader(bytes, FORMAT);
  const value = read(reader);
  reader.end();
  return value;
}

/**
 * @template Value
 * @param {Bytes} bytes
 * @param {(reader: Reader) => Value} read
 */
function readMany(bytes, read) {
  const reader = new Reader(bytes, FORMAT);
  const values = [read(reader)];
  while (reader.left > 0) values.push(read(reader));
  return values;
}
