/**
 * Keys of an account and of each group, all derived from the account seed A (sealing.md 2.2). Each group and generation has its
 * own pair, so two groups' members cannot find by public keys that two members are one person.
 */

import { concat, fromB64url, fromHex, u32 } from "./codec.js";
import { KEY_SIZE, importSecret, kdf, randomBytes } from "./primitives.js";

/** @import { Bytes } from "./codec.js" */

/**
 * @typedef {object} Keys X25519 `x` to open boxes with and Ed25519 `e` to sign with; neither can be read by a script
 * @property {CryptoKey} x
 * @property {CryptoKey} e
 * @property {Bytes} xPublic 32 bytes
 * @property {Bytes} ePublic 32 bytes
 */

const PKCS8_BEFORE_KEY = {
  X25519: fromHex("302e020100300506032b656e04220420"),
  Ed25519: fromHex("302e020100300506032b657004220420"),
};

/**
 * A private key from its 32 bytes, with its public half. WebCrypto names a public half only in an exported JWK, so the key is
 * imported twice: once to be exported, and once, not extractable, to be used.
 *
 * @param {"X25519" | "Ed25519"} name
 * @param {Bytes} secret 32 bytes
 * @param {"deriveBits" | "sign"} use
 * @returns {Promise<{ key: CryptoKey, publicKey: Bytes }>}
 */
async function importPrivate(name, secret, use) {
  if (secret.length !== KEY_SIZE) throw new RangeError("a private key has 32 bytes");
  const pkcs8 = concat(PKCS8_BEFORE_KEY[name], secret);
  const [readable, key] = await Promise.all([
    crypto.subtle.importKey("pkcs8", pkcs8, name, true, [use]),
    crypto.subtle.importKey("pkcs8", pkcs8, name, false, [use]),
  ]);
  const { x } = await crypto.subtle.exportKey("jwk", readable);
  return { key, publicKey: fromB64url(x ?? "") };
}

/**
 * An X25519 private key, for opening boxes.
 *
 * @param {Bytes} secret 32 bytes
 */
export const importAgreementKey = (secret) => importPrivate("X25519", secret, "deriveBits");

/**
 * An Ed25519 private key from its seed, for signing.
 *
 * @param {Bytes} seed 32 bytes
 */
export const importSigningKey = (seed) => importPrivate("Ed25519", seed, "sign");

/**
 * @param {Bytes | CryptoKey} seed A, or A imported by `importSecret`
 * @param {"account" | "group"} owner
 * @param {Bytes} [context]
 * @returns {Promise<Keys>}
 */
async function keysOf(seed, owner, context) {
  const [xSecret, eSeed] = await Promise.all([kdf(seed, `${owner}-x`, context), kdf(seed, `${owner}-e`, context)]);
  const [x, e] = await Promise.all([importAgreementKey(xSecret), importSigningKey(eSeed)]);
  xSecret.fill(0);
  eSeed.fill(0);
  return { x: x.key, e: e.key, xPublic: x.publicKey, ePublic: e.publicKey };
}

/** The account seed as a key no script can read again; keep this one and drop the bytes (sealing.md 2.6). */
export { importSecret as importSeed };

/**
 * The account's own pair, for account-level boxes only.
 *
 * @param {Bytes | CryptoKey} seed
 * @returns {Promise<Keys>}
 */
export const accountKeys = (seed) => keysOf(seed, "account");

/**
 * The pair shown to one group.
 *
 * @param {Bytes | CryptoKey} seed
 * @param {Bytes} group 16 bytes
 * @param {number} gen generation, from 1; raised at each joining again or change of keys
 * @returns {Promise<Keys>}
 */
export const groupKeys = (seed, group, gen) => keysOf(seed, "group", concat(group, u32(gen)));

/**
 * The key of the keyring.
 *
 * @param {Bytes | CryptoKey} seed
 * @param {Bytes} accountId 16 bytes
 * @returns {Promise<Bytes>} 32 bytes
 */
export const keyringKey = (seed, accountId) => kdf(seed, "keyring", accountId);

/** @returns {Bytes} a fresh account seed A, 32 bytes */
export const newSeed = () => randomBytes(KEY_SIZE);

/**
 * A random id.
 *
 * @returns {Bytes} 16 bytes, UUIDv4
 */
export function newId() {
  return fromHex(crypto.randomUUID().replaceAll("-", ""));
}
