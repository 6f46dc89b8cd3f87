/**
 * Opening the wrapped account seed `HW`, 84 bytes (sealing.md 2.3); wrap.js makes it.
 *
 * After opening, both public keys are computed again from the seed and compared with the published ones. Without that a crafted
 * blob could open under many guessed passphrases at once, because AES-GCM does not commit to its key.
 */

import { concat, same, utf8 } from "./codec.js";
import { insist } from "./errors.js";
import { accountKeys } from "./keys.js";
import { ID_SIZE, NONCE_SIZE, aeOpen, kdf } from "./primitives.js";
import { Reader } from "./reader.js";

/** @import { Bytes } from "./codec.js" */

/** What opens the blob: the method is bound into it, so a blob of one slot never opens from another. */
export const METHOD = Object.freeze({ passphrase: 1, recovery: 2, passkey: 3, session: 4, former: 5 });
/** @type {ReadonlySet<number>} */
const METHODS = new Set(Object.values(METHOD));

export const WRAPPED_SIZE = 84;
export const VERSION = 1;
const HEAD_SIZE = 36;

/**
 * Opens a wrapped seed. As `parseWrapped`; another key: `wrong-key`; made for another account or method, or a seed that makes
 * other keys than the published ones: `key-mismatch`.
 *
 * @param {Bytes} wrapped
 * @param {Bytes} key 32 bytes
 * @param {Bytes} accountId 16 bytes
 * @param {{ method: number, xPublic: Bytes, ePublic: Bytes }} expected the published keys
 * @returns {Promise<Bytes>} A, 32 bytes
 */
export async function unwrapSeed(wrapped, key, accountId, { method, xPublic, ePublic }) {
  const made = parseWrapped(wrapped);
  insist(made.method === method && same(made.accountId, accountId), "key-mismatch");
  const head = wrapped.slice(0, HEAD_SIZE);
  const bound = concat(head, xPublic, ePublic);
  const seed = await aeOpen(key, head.slice(-NONCE_SIZE), bound, wrapped.slice(HEAD_SIZE), "wrong-key");
  const keys = await accountKeys(seed);
  insist(same(keys.xPublic, xPublic) && same(keys.ePublic, ePublic), "key-mismatch");
  return seed;
}

/**
 * The key under which a seed keeps the seeds it took the place of (sealing.md 2.10).
 *
 * @param {Bytes | CryptoKey} seed
 * @param {Bytes} accountId
 */
export const formerKey = (seed, accountId) => kdf(seed, "wrap", accountId);

/**
 * Whose an HW is. Not 84 bytes or no HW: `format`; another version or method: `version`.
 *
 * @param {Bytes} wrapped
 * @returns {{ method: number, accountId: Bytes, generation: number }}
 */
export function parseWrapped(wrapped) {
  const reader = new Reader(wrapped);
  insist(wrapped.length === WRAPPED_SIZE && same(reader.take(2), utf8("HW")), "format");
  const [version, method] = [reader.u8(), reader.u8()];
  insist(version === VERSION && METHODS.has(method), "version");
  const owner = { method, accountId: reader.take(ID_SIZE), generation: reader.u32() };
  insist(owner.generation >= 1, "format");
  return owner;
}
