/**
 * The few primitives everything is made of, on WebCrypto (sealing.md 1). Each hash, MAC, signature and derivation begins with
 * `label(...)`: two uses of one key can then never be fed the same input.
 */

import { SealError, insist } from "./errors.js";
import { concat, toHex, utf8 } from "./codec.js";

/** @import { Bytes } from "./codec.js" */

const RANDOM_PER_CALL = 65_536;
const EMPTY = new Uint8Array(0);

export const NONCE_SIZE = 12;
export const TAG_SIZE = 16;
export const KEY_SIZE = 32;
export const ID_SIZE = 16;

/** @type {Map<string, Bytes>} */
const labels = new Map();

/**
 * `L(s)` = ASCII "holdspace/1 " || s || 0x00. The zero ends the label, so no label is the beginning of another.
 *
 * @param {string} name
 * @returns {Bytes}
 */
export function label(name) {
  const known = labels.get(name) ?? utf8(`holdspace/1 ${name}\0`);
  labels.set(name, known);
  return known;
}

/**
 * Random bytes. One call of getRandomValues gives at most 65,536.
 *
 * @param {number} length
 * @returns {Bytes}
 */
export function randomBytes(length) {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i += RANDOM_PER_CALL) crypto.getRandomValues(bytes.subarray(i, i + RANDOM_PER_CALL));
  return bytes;
}

/**
 * SHA-256 of the parts together.
 *
 * @param {Bytes[]} parts
 * @returns {Promise<Bytes>} 32 bytes
 */
export async function sha(...parts) {
  const [only] = parts;
  const whole = parts.length === 1 && only ? only : concat(...parts);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}

/** @param {Bytes} key 32 bytes only: HMAC takes a shorter key and the same key with zeros behind it for one */
function importMacKey(key) {
  if (key.length !== KEY_SIZE) throw new RangeError("a MAC key has 32 bytes");
  return crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}

/**
 * `HM` = HMAC-SHA-256.
 *
 * @param {Bytes} key 32 bytes
 * @param {Bytes[]} parts
 * @returns {Promise<Bytes>} 32 bytes
 */
export async function hm(key, ...parts) {
  return new Uint8Array(await crypto.subtle.sign("HMAC", await importMacKey(key), concat(...parts)));
}

/**
 * Is `mac` HM of the parts? Compared in constant time by the browser.
 *
 * @param {Bytes} key 32 bytes
 * @param {Bytes} mac
 * @param {Bytes[]} parts
 * @returns {Promise<boolean>}
 */
export async function hmMatches(key, mac, ...parts) {
  return crypto.subtle.verify("HMAC", await importMacKey(key), mac, concat(...parts));
}

/**
 * A secret as a key to derive from, which no script can read again.
 *
 * @param {Bytes} secret
 * @returns {Promise<CryptoKey>} for HKDF
 */
export const importSecret = (secret) => crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);

/**
 * HKDF-SHA-256, extract and expand in one.
 *
 * @param {Bytes | CryptoKey} ikm
 * @param {Bytes} salt
 * @param {Bytes} info
 * @param {number} length in bytes
 * @returns {Promise<Bytes>}
 */
export async function hkdf(ikm, salt, info, length) {
  const key = ikm instanceof CryptoKey ? ikm : await importSecret(ikm);
  const bits = await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, length * 8);
  return new Uint8Array(bits);
}

/**
 * `KDF(k, label, ctx, n)` = HKDF-SHA-256 with an empty salt and info = L(label) || ctx.
 *
 * @param {Bytes | CryptoKey} secret bytes, or a key from `importSecret`
 * @param {string} name the label
 * @param {Bytes} [context]
 * @param {number} [length] in bytes
 * @returns {Promise<Bytes>}
 */
export const kdf = (secret, name, context = EMPTY, length = KEY_SIZE) =>
  hkdf(secret, EMPTY, concat(label(name), context), length);

/**
 * @param {Bytes} key 32 bytes
 * @returns {Promise<CryptoKey>} for AES-256-GCM, not extractable
 */
export function importAeKey(key) {
  if (key.length !== KEY_SIZE) throw new RangeError("an AES key has 32 bytes");
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** @param {Bytes | CryptoKey} key */
const aeKey = (key) => (key instanceof CryptoKey ? key : importAeKey(key));

/**
 * `AE` = AES-256-GCM, tag of 16 bytes at the end. A nonce used twice under one key breaks both messages and the key's
 * authenticity: nonces are random, and the server refuses one it has seen (sealing.md 8.1).
 *
 * @param {Bytes | CryptoKey} key
 * @param {Bytes} nonce 12 bytes
 * @param {Bytes} bound bytes that are not secret but must not change
 * @param {Bytes} plain
 * @returns {Promise<Bytes>} ciphertext || tag
 */
export async function aeSeal(key, nonce, bound, plain) {
  if (nonce.length !== NONCE_SIZE) throw new RangeError("a nonce has 12 bytes");
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: bound };
  return new Uint8Array(await crypto.subtle.encrypt(algorithm, await aeKey(key), plain));
}

/**
 * Opens `aeSeal`. Wrong key, wrong bound bytes or a changed byte: `refused`, and nothing of the plaintext.
 *
 * @param {Bytes | CryptoKey} key
 * @param {Bytes} nonce 12 bytes
 * @param {Bytes} bound
 * @param {Bytes} sealed
 * @param {string} [refused]
 * @returns {Promise<Bytes>}
 */
export async function aeOpen(key, nonce, bound, sealed, refused = "damaged") {
  insist(sealed.length >= TAG_SIZE && nonce.length === NONCE_SIZE, refused);
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: bound };
  const opener = await aeKey(key);
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, opener, sealed));
  } catch {
    throw new SealError(refused);
  }
}

/**
 * An Ed25519 signature.
 *
 * @param {CryptoKey} key
 * @param {Bytes} message
 * @returns {Promise<Bytes>} 64 bytes
 */
export async function sign(key, message) {
  return new Uint8Array(await crypto.subtle.sign("Ed25519", key, message));
}

/**
 * A public Ed25519 key to check signatures with; null when the browser does not take the bytes for a key.
 *
 * @param {Bytes} ePublic 32 bytes
 * @returns {Promise<CryptoKey | null>}
 */
export async function importVerifyKey(ePublic) {
  try {
    return await crypto.subtle.importKey("raw", ePublic, "Ed25519", false, ["verify"]);
  } catch {
    return null;
  }
}

/**
 * Is the Ed25519 signature right? A key that cannot be used has signed nothing.
 *
 * @param {Bytes | CryptoKey | null} ePublic
 * @param {Bytes} signature 64 bytes
 * @param {Bytes} message
 * @returns {Promise<boolean>}
 */
export async function isSigned(ePublic, signature, message) {
  const key = ePublic instanceof Uint8Array ? await importVerifyKey(ePublic) : ePublic;
  return key !== null && crypto.subtle.verify("Ed25519", key, signature, message);
}

// Points of small order, top bit cleared. With X25519 they make every shared secret zero; as Ed25519 keys they let anybody
// sign. Both twins compare with these lists, so no two verifiers ever disagree about a key.
const FIELD = [
  "00".repeat(32),
  "01" + "00".repeat(31),
  "ec" + "ff".repeat(30) + "7f",
  "ed" + "ff".repeat(30) + "7f",
  "ee" + "ff".repeat(30) + "7f",
];
const SMALL_X25519 = new Set([
  ...FIELD,
  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
]);
const SMALL_ED25519 = new Set([
  ...FIELD,
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
]);

/** @param {Uint8Array} key 32 bytes */
function withoutTopBit(key) {
  const low = key.slice();
  low[KEY_SIZE - 1] = (low[KEY_SIZE - 1] ?? 0) & 0x7f;
  return toHex(low);
}

/**
 * Can something be sealed to this X25519 key? 32 bytes, not of small order.
 *
 * @param {Uint8Array} key
 */
export const isXKey = (key) => key.length === KEY_SIZE && !SMALL_X25519.has(withoutTopBit(key));

/**
 * Can only its holder sign for this Ed25519 key? 32 bytes, not of small order.
 *
 * @param {Uint8Array} key
 */
export const isEKey = (key) => key.length === KEY_SIZE && !SMALL_ED25519.has(withoutTopBit(key));
