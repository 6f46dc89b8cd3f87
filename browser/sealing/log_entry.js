/** Entries of the membership log `HL`: who belongs, which epoch, which keys, signed (sealing.md 3.1 and 3.3). */

import { concat, same, u32, u64, u8, utf8 } from "./codec.js";
import { insist } from "./errors.js";
import { ID_SIZE, label, sha, sign } from "./primitives.js";
import { Reader } from "./reader.js";

/** @import { Bytes } from "./codec.js" */

/** What an entry does; what is not listed is refused. */
export const TYPE = Object.freeze({
  genesis: 1,
  add: 2,
  remove: 3,
  leave: 4,
  rekey: 5,
  invite: 6,
  revoke: 7,
  setRole: 8,
  updateKey: 9,
  rebind: 10,
  setFkey: 11,
  setLead: 12,
  agreement: 13,
  close: 14,
});

/** Types that begin an epoch: their signer makes its secret. @type {ReadonlySet<number>} */
export const REKEYING = new Set([TYPE.add, TYPE.remove, TYPE.rekey, TYPE.updateKey, TYPE.rebind]);

const SEQ_AT = 20;
const VERSION = 1;
const HASH_SIZE = 32;
const SIGNATURE_SIZE = 64;
const HEAD_SIZE = 16;
const MAX_ENTRY = 128 * 1024;
const FORMAT = "log-format";

/**
 * @typedef {object} Draft an entry before it is signed
 * @property {number} type one of TYPE
 * @property {Bytes} group
 * @property {number} seq from 0
 * @property {Bytes} prev hash of the entry before; zeros at 0
 * @property {number} timeMs claimed by the signer
 * @property {Bytes} actor member id; zeros are the steward
 * @property {number} epoch after this entry
 * @property {Bytes} commit of that epoch
 * @property {Bytes} payload
 */

/**
 * @typedef {object} LogEntry
 * @property {Draft} draft
 * @property {Bytes} signature
 * @property {Bytes} signed what the signature is over, label included
 * @property {Bytes} hash `SHA(L("loghash") || the whole entry)`; the next entry's `prev`
 */

/** @param {Draft} draft @returns {Bytes} everything that is signed: 120 bytes and the payload */
const encodeDraft = ({ type, group, seq, prev, timeMs, actor, epoch, commit, payload }) =>
  concat(
    concat(utf8("HL"), u8(VERSION), u8(type), group, u32(seq), prev, u64(timeMs), actor),
    concat(u32(epoch), commit, u32(payload.length), payload),
  );

/**
 * The entry's bytes.
 *
 * @param {Draft} draft from log_draft.js
 * @param {CryptoKey} key the actor's `e`, or the steward's
 * @returns {Promise<Bytes>}
 */
export async function signEntry(draft, key) {
  const unsigned = encodeDraft(draft);
  return concat(unsigned, await sign(key, concat(label("log"), unsigned)));
}

/**
 * The entry, or `log-format`. Says nothing yet about who signed it or whether they may.
 *
 * @param {Bytes} bytes
 * @returns {Promise<LogEntry>}
 */
export async function parseEntry(bytes) {
  insist(bytes.length <= MAX_ENTRY, FORMAT);
  const reader = new Reader(bytes, FORMAT);
  const draft = readDraft(reader);
  const signature = reader.take(SIGNATURE_SIZE);
  reader.end();
  const signed = concat(label("log"), bytes.subarray(0, -SIGNATURE_SIZE));
  return { draft, signature, signed, hash: await entryHash(bytes) };
}

/** Where an entry says it stands, before anything is checked; what is too short to say so is left for the replay to refuse. @param {Bytes} bytes */
export const seqOf = (bytes) => (bytes.length < SEQ_AT + 4 ? Infinity : new DataView(bytes.buffer, bytes.byteOffset).getUint32(SEQ_AT));

/** @param {Reader} reader @returns {Draft} */
function readDraft(reader) {
  insist(same(reader.take(2), utf8("HL")) && reader.u8() === VERSION, FORMAT);
  const type = reader.u8();
  insist(type >= TYPE.genesis && type <= TYPE.close, FORMAT);
  const place = { type, group: reader.take(ID_SIZE), seq: reader.u32(), prev: reader.take(HASH_SIZE) };
  const claim = { timeMs: reader.u64(), actor: reader.take(ID_SIZE), epoch: reader.u32(), commit: reader.take(HASH_SIZE) };
  return { ...place, ...claim, payload: reader.take(reader.u32()) };
}

/**
 * @param {Bytes} bytes the whole entry
 * @returns {Promise<Bytes>} 32 bytes
 */
const entryHash = (bytes) => sha(label("loghash"), bytes);

/**
 * The first half of an entry's hash. Of entry 0 it is the group's fingerprint, genesis16.
 *
 * @param {Bytes} hash
 */
export const head16 = (hash) => hash.slice(0, HEAD_SIZE);
