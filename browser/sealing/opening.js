/**
 * An opening: one reported item, what the server saw and what the reporter's browser opened (sealing.md 7). The reader's
 * browser checks the words; only the server can check its stamp, and learns none of the words.
 */

import { concat, u64 } from "./codec.js";
import { CLEAR_SIZE, checkCommitment, parseInner } from "./envelope.js";
import { insist } from "./errors.js";
import { sha } from "./primitives.js";
import { Reader } from "./reader.js";

/** @import { Bytes } from "./codec.js" */
/** @import { Inner } from "./envelope.js" */

const HASH_SIZE = 32;
const COMMITMENT_AT = CLEAR_SIZE - HASH_SIZE;

/**
 * @typedef {object} Opening
 * @property {Bytes} clear 124 bytes
 * @property {Bytes} sealedSha SHA-256 of the rest of the envelope
 * @property {number} receivedMs
 * @property {Bytes} stamp T, 32 bytes
 * @property {Bytes} inner
 */

/**
 * What a reporter passes on.
 *
 * @param {Bytes} envelope
 * @param {number} receivedMs
 * @param {Bytes} stamp as the server gave it
 * @param {Bytes} inner from `openEnvelope`
 * @returns {Promise<Opening>}
 */
export async function makeOpening(envelope, receivedMs, stamp, inner) {
  const sealedSha = await sha(envelope.slice(CLEAR_SIZE));
  return { clear: envelope.slice(0, CLEAR_SIZE), sealedSha, receivedMs, stamp, inner };
}

/** @param {Opening} opening @returns {Bytes} clear 124 || SHA(ciphertext) 32 || received u64 || T 32 || inner */
export const encodeOpening = ({ clear, sealedSha, receivedMs, stamp, inner }) =>
  concat(clear, sealedSha, u64(receivedMs), stamp, inner);

/**
 * The parts, or `format`.
 *
 * @param {Bytes} bytes
 * @returns {Opening}
 */
export function parseOpening(bytes) {
  const reader = new Reader(bytes);
  const seen = { clear: reader.take(CLEAR_SIZE), sealedSha: reader.take(HASH_SIZE) };
  const stamped = { receivedMs: reader.u64(), stamp: reader.take(HASH_SIZE) };
  insist(reader.left > 0, "format");
  return { ...seen, ...stamped, inner: reader.take(reader.left) };
}

/**
 * Are these the words that were posted? `commitment` when not; `padding` when they are no inner at all.
 *
 * @param {Opening} opening
 * @returns {Promise<Inner>}
 */
export async function checkWords({ clear, inner }) {
  const words = parseInner(inner);
  await checkCommitment(clear, inner, clear.slice(COMMITMENT_AT));
  return words;
}
