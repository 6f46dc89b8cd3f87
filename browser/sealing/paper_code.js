/** Codes people keep on paper: an account's recovery code and the network's steward code (docs/sealing.md "Codes on paper"). */

import { concat, same } from "./codec.js";
import { insist } from "./errors.js";
import { ID_SIZE, kdf, label, randomBytes, sha } from "./primitives.js";

/** @import { Bytes } from "./codec.js" */

/** What a code is for; the check byte knows, so a steward code typed as a recovery code is noticed. */
export const CODE = Object.freeze({ recovery: "recovery", steward: "steward" });

// Crockford base 32: no I, L, O, U. What people write for them is read as they meant it.
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** @type {Readonly<Record<string, string>>} */
const MEANT = { O: "0", I: "1", L: "1" };
const LENGTH = 28;
const BITS = 5;
const SPARE_BITS = 4;

/** @returns {Bytes} 16 random bytes for a code */
export const newSecret = () => randomBytes(ID_SIZE);

/** @param {Bytes} secret @param {string} kind */
const checkByte = async (secret, kind) => (await sha(label(kind), secret)).slice(0, 1);

/**
 * 28 signs in 7 groups of 4, "K7QF-...": 16 bytes, one check byte, four zero bits.
 *
 * @param {Bytes} secret 16 bytes
 * @param {string} kind one of CODE
 */
export async function writeCode(secret, kind) {
  let bits = toBigInt(concat(secret, await checkByte(secret, kind))) << BigInt(SPARE_BITS);
  let signs = "";
  for (let i = 0; i < LENGTH; i++, bits >>= BigInt(BITS)) signs = SIGNS[Number(bits & 31n)] + signs;
  return (signs.match(/.{4}/g) ?? []).join("-");
}

/**
 * The 16 bytes, or `code-damaged`. Case, spaces and hyphens do not matter; O is 0, I and L are 1.
 *
 * @param {string} text
 * @param {string} kind one of CODE
 * @returns {Promise<Bytes>}
 */
export async function readCode(text, kind) {
  const signs = Array.from(text.toUpperCase().replace(/[\s-]/gu, ""), (sign) => MEANT[sign] ?? sign);
  insist(signs.length === LENGTH && signs.every((sign) => SIGNS.includes(sign)), "code-damaged");
  const bits = signs.reduce((value, sign) => (value << BigInt(BITS)) | BigInt(SIGNS.indexOf(sign)), 0n);
  const bytes = toBytes(bits >> BigInt(SPARE_BITS), ID_SIZE + 1);
  const secret = bytes.slice(0, ID_SIZE);
  const spare = bits & ((1n << BigInt(SPARE_BITS)) - 1n);
  insist(spare === 0n && same(bytes.slice(ID_SIZE), await checkByte(secret, kind)), "code-damaged");
  return secret;
}

/** @param {Bytes} bytes */
const toBigInt = (bytes) => bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);

/** @param {bigint} value @param {number} length @returns {Bytes} */
const toBytes = (value, length) => Uint8Array.from({ length }, (_, i) => Number((value >> BigInt(8 * (length - 1 - i))) & 255n));

/**
 * What the server gets to know somebody by their recovery code.
 *
 * @param {Bytes} secret
 * @param {Bytes} accountId
 * @returns {Promise<Bytes>} 32 bytes
 */
export const recoveryAuth = (secret, accountId) => kdf(secret, "recovery-auth", accountId);

/**
 * What opens the recovery slot's wrapped seed.
 *
 * @param {Bytes} secret
 * @param {Bytes} accountId
 * @returns {Promise<Bytes>} 32 bytes
 */
export const recoveryWrap = (secret, accountId) => kdf(secret, "recovery-wrap", accountId);

/**
 * The Ed25519 seed of the steward's key.
 *
 * @param {Bytes} secret
 * @returns {Promise<Bytes>} 32 bytes
 */
export const stewardSeed = (secret) => kdf(secret, "steward");
