/**
 * Envelopes: how every word travels (sealing.md 5), and what is checked before one is read. seal_envelope.js makes them.
 *
 * Commit-then-encrypt: an HMAC under a fresh key Kf commits to the header and the words, and both are sealed with the commitment
 * as associated data. So what a screen shows can be reported, and a report cannot be invented (Grubbs, Lu, Ristenpart,
 * CRYPTO 2017). AES-GCM alone commits to nothing: one ciphertext may open under two keys.
 */

import { readBody } from "./body.js";
import { isZero, same, toHex, utf8 } from "./codec.js";
import { insist } from "./errors.js";
import { isPaddedLength, padlen } from "./padding.js";
import { ID_SIZE, KEY_SIZE, NONCE_SIZE, TAG_SIZE, aeOpen, hmMatches, label, sha } from "./primitives.js";
import { Reader } from "./reader.js";

/** @import { Bytes, Json } from "./codec.js" */
/** @import { LogState } from "./log_state.js" */

/** Kinds of items. What is not listed was written with a newer Holdspace. */
export const KIND = Object.freeze({ share: 1, reply: 2, chat: 3, presence: 5, signal: 7, standing: 8, profile: 9, entry: 11 });

export const HEADER_SIZE = 80;
export const CLEAR_SIZE = 124;
/** @type {ReadonlySet<number>} */
const KINDS = new Set(Object.values(KIND));
export const MAGIC = utf8("HS");
const HEAD_SIZE = 16;
const COMMITMENT_SIZE = 32;
/** What is between two has one size: a warm phrase must not have a length (sealing.md 5.2). */
const PRESENCE_SIZE = CLEAR_SIZE + 256 + TAG_SIZE;

/**
 * @typedef {object} Header the 80 bytes the server may see
 * @property {number} kind one of KIND
 * @property {Bytes} group
 * @property {number} epoch
 * @property {Bytes} itemId
 * @property {Bytes} author member id
 * @property {number} [revision] 0 first
 * @property {Bytes} [parent] item id, zeros when there is none
 */

/** @typedef {{ seq: number, head16: Bytes }} Position where in the membership log the sender stood */
/** @typedef {[revision: number, hash: Bytes]} Mark which envelope of an item was seen */

/**
 * @typedef {object} Envelope taken apart, still sealed
 * @property {Required<Header>} header
 * @property {Bytes} nonce
 * @property {Bytes} commitment C
 * @property {Bytes} sealed
 * @property {Bytes} clear the first 124 bytes, all of them bound by the seal
 */

/** @typedef {{ group: Bytes, itemId?: Bytes, epoch?: number, parent?: Bytes }} Place what the page asked for; left out: not in particular */

/**
 * @typedef {object} Inner what is sealed
 * @property {Bytes} frankKey Kf
 * @property {Position} position
 * @property {number} sentMs the sender's clock
 * @property {Bytes} body UTF-8 JSON
 * @property {Bytes} padded the whole of it
 */

/**
 * @typedef {object} Opened an envelope that passed every check
 * @property {Required<Header>} header
 * @property {Position} position
 * @property {number} sentMs
 * @property {Json} body
 * @property {Mark} mark goes into `seen` under the item id's hex
 * @property {Bytes} inner makes a report (opening.js)
 */

/**
 * The header. Not ours: `format`; a version, suite or kind we do not know: `version`.
 *
 * @param {Bytes} bytes
 * @returns {Required<Header>}
 */
export function parseHeader(bytes) {
  const reader = new Reader(bytes);
  insist(bytes.length === HEADER_SIZE && same(reader.view(MAGIC.length), MAGIC), "format");
  const [version, suite, kind] = [reader.u8(), reader.u8(), reader.u8()];
  insist(version === 1 && suite === 1 && KINDS.has(kind), "version");
  insist(isZero(reader.view(3)), "format");
  const place = { kind, group: reader.take(ID_SIZE), epoch: reader.u32(), itemId: reader.take(ID_SIZE) };
  return { ...place, author: reader.take(ID_SIZE), revision: reader.u32(), parent: reader.take(ID_SIZE) };
}

/**
 * The parts: all that can be said without a key. `format`, `version`, or `padding` for a length outside the set.
 *
 * @param {Bytes} bytes
 * @returns {Envelope}
 */
export function parseEnvelope(bytes) {
  insist(bytes.length >= CLEAR_SIZE + TAG_SIZE, "format");
  const own = bytes.slice(); // nobody changes what was checked while the seal is being opened
  const header = parseHeader(own.subarray(0, HEADER_SIZE));
  insist(isPaddedLength(own.length - CLEAR_SIZE - TAG_SIZE), "padding");
  insist(header.kind !== KIND.presence || own.length === PRESENCE_SIZE, "padding");
  const clear = own.subarray(0, CLEAR_SIZE);
  const nonce = own.subarray(HEADER_SIZE, HEADER_SIZE + NONCE_SIZE);
  return { header, nonce, commitment: own.subarray(CLEAR_SIZE - COMMITMENT_SIZE, CLEAR_SIZE), sealed: own.subarray(CLEAR_SIZE), clear };
}

/**
 * The words, after every check in the order of sealing.md 8.2; the first that fails is the SealError: `format`, `version`,
 * `padding`, `context`, what `keyOf` refuses with, `damaged`, `commitment`, `fork`, or `stale-log` when the sender knew more
 * of the log than `log` does: fetch, replay, open again.
 *
 * @param {Bytes} bytes
 * @param {object} by
 * @param {Place} by.expect
 * @param {LogState} by.log
 * @param {(header: Required<Header>) => CryptoKey | Bytes | Promise<CryptoKey | Bytes>} by.keyOf K_msg, for a presence K_pair, or refuses
 *   (`findMessageKey`, pair.js)
 * @param {ReadonlyMap<string, Mark>} [by.seen] item id in hex -> newest mark so far
 * @returns {Promise<Opened>}
 */
export async function openEnvelope(bytes, { expect, log, keyOf, seen = new Map() }) {
  const envelope = parseEnvelope(bytes);
  const { header } = envelope;
  checkPlace(header, expect, log);
  const inner = await unseal(envelope, await keyOf(header));
  checkPosition(log, inner.position);
  /** @type {Mark} */
  const mark = [header.revision, await sha(bytes)];
  checkNewest(mark, seen.get(toHex(header.itemId)));
  const { position, sentMs, body, padded } = inner;
  return { header, position, sentMs, body: readBody(header.kind, body), mark, inner: padded };
}

/**
 * What is inside, its commitment and padding checked; nobody's place, author or log. `damaged`, `commitment`, `padding`.
 *
 * @param {Envelope} envelope
 * @param {CryptoKey | Bytes} messageKey
 * @returns {Promise<Inner>}
 */
export async function unseal({ clear, nonce, commitment, sealed }, messageKey) {
  const padded = await aeOpen(messageKey, nonce, clear, sealed);
  await checkCommitment(clear, padded, commitment);
  return parseInner(padded);
}

/**
 * Without this check a member could show words that no report could ever prove (TV-8).
 *
 * @param {Bytes} clear
 * @param {Bytes} inner
 * @param {Bytes} commitment
 */
export async function checkCommitment(clear, inner, commitment) {
  const key = inner.subarray(0, KEY_SIZE);
  const parts = [label("frank"), clear.subarray(0, HEADER_SIZE), inner.subarray(KEY_SIZE)];
  insist(key.length === KEY_SIZE && (await hmMatches(key, commitment, ...parts)), "commitment");
}

/**
 * The parts of inner, or `padding`.
 *
 * @param {Bytes} padded
 * @returns {Inner}
 */
export function parseInner(padded) {
  const reader = new Reader(padded, "padding");
  const frankKey = reader.take(KEY_SIZE);
  const position = { seq: reader.u32(), head16: reader.take(HEAD_SIZE) };
  const sentMs = reader.u64();
  const body = reader.take(reader.u32());
  insist(padlen(padded.length - reader.left) === padded.length && isZero(reader.view(reader.left)), "padding");
  return { frankKey, position, sentMs, body, padded };
}

/**
 * The sender's list must be ours: `fork` when it differs, `stale-log` when it goes on where ours ends.
 *
 * @param {LogState} log
 * @param {Position} position
 */
export function checkPosition(log, { seq, head16 }) {
  const ours = log.head16s[seq];
  insist(ours !== undefined, "stale-log");
  insist(same(ours, head16), "fork");
}

/**
 * A server may move an envelope to another group, thread or time; the header would still say where it was said (`context`).
 *
 * @param {Required<Header>} header
 * @param {Place} expect
 * @param {LogState} log
 */
function checkPlace(header, expect, log) {
  insist(same(header.group, expect.group) && same(header.group, log.group), "context");
  insist(expect.itemId === undefined || same(header.itemId, expect.itemId), "context");
  insist(expect.epoch === undefined || header.epoch === expect.epoch, "context");
  insist(expect.parent === undefined || same(header.parent, expect.parent), "context");
  // Said after a change of members that this list does not show: a late entry, or one that is kept back.
  insist(header.epoch <= log.epoch, "stale-log");
  insist(log.activeIn(header.author, header.epoch), "context");
}

/**
 * One envelope for each (item, revision), and never back to an older one.
 *
 * @param {Mark} mark
 * @param {Mark | undefined} newest
 */
function checkNewest([revision, hash], newest) {
  insist(newest === undefined || revision > newest[0] || (revision === newest[0] && same(hash, newest[1])), "context");
}
