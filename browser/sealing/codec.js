/**
 * Bytes and numbers as `holdspace/1` writes them: big-endian, exact lengths, strict text (sealing.md 1). Every reader here is
 * total: it returns a value or throws SealError, whatever the bytes.
 */

import { SealError, insist } from "./errors.js";
import { pad, padlen } from "./padding.js";
import { Reader } from "./reader.js";

/** @typedef {Uint8Array<ArrayBuffer>} Bytes all bytes of this folder; WebCrypto takes no shared memory */
/** @typedef {Record<string, unknown>} Json a JSON object */

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const BASE64_CHUNK = 0x8000;

/**
 * The parts one after another in a fresh array.
 *
 * @param {Uint8Array[]} parts
 * @returns {Bytes}
 */
export function concat(...parts) {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/**
 * Equal bytes? Constant time in the content, as sealing.md 1.5 wants for MACs, commitments and hashes.
 *
 * @param {Uint8Array} left
 * @param {Uint8Array} right
 */
export function same(left, right) {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let i = 0; i < left.length; i++) difference |= /** @type {number} */ (left[i]) ^ /** @type {number} */ (right[i]);
  return difference === 0;
}

/**
 * All zero? Constant time, because padding is checked after opening.
 *
 * @param {Uint8Array} bytes
 */
export function isZero(bytes) {
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) sum |= /** @type {number} */ (bytes[i]);
  return sum === 0;
}

/**
 * A whole number as `size` big-endian bytes. A number that does not fit is our own mistake, so it is a RangeError.
 *
 * @param {number} value 0 to 2^53 - 1
 * @param {number} size 1 to 8
 * @returns {Bytes}
 */
function unsigned(value, size) {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** size) throw new RangeError("number does not fit");
  const bytes = new Uint8Array(size);
  for (let i = size - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  return bytes;
}

/** @param {number} value @returns {Bytes} one byte */
export const u8 = (value) => unsigned(value, 1);
/** @param {number} value @returns {Bytes} two bytes, big-endian */
export const u16 = (value) => unsigned(value, 2);
/** @param {number} value @returns {Bytes} four bytes, big-endian */
export const u32 = (value) => unsigned(value, 4);
/** @param {number} value @returns {Bytes} eight bytes, big-endian */
export const u64 = (value) => unsigned(value, 8);

/** @param {string} text @returns {Bytes} UTF-8 */
export const utf8 = (text) => encoder.encode(text);

/**
 * UTF-8 to text; bytes that are not UTF-8 throw `refused` instead of becoming U+FFFD.
 *
 * @param {Uint8Array} bytes
 * @param {string} [refused]
 */
function fromUtf8(bytes, refused = "damaged") {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new SealError(refused);
  }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/**
 * Lower-case hex, two signs a byte. Also how bytes become keys of a Map, so it is quick.
 *
 * @param {Uint8Array} bytes
 */
export function toHex(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i++) text += HEX[/** @type {number} */ (bytes[i])];
  return text;
}

/**
 * Hex to bytes; anything but pairs of hex signs throws `format`.
 *
 * @param {string} text
 * @returns {Bytes}
 */
export function fromHex(text) {
  insist(/^([0-9a-f]{2})*$/i.test(text), "format");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/**
 * Base64url without padding. `Uint8Array.prototype.toBase64` is newer than browsers people still have, hence btoa.
 *
 * @param {Uint8Array} bytes
 */
export function toB64url(bytes) {
  let binary = "";
  for (let i = 0; i < bytes.length; i += BASE64_CHUNK) binary += String.fromCharCode(...bytes.subarray(i, i + BASE64_CHUNK));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * Base64url without padding to bytes. Only the one way of writing the bytes is read, so two texts never mean one value;
 * everything else throws `refused`.
 *
 * @param {string} text
 * @param {string} [refused]
 * @returns {Bytes}
 */
export function fromB64url(text, refused = "format") {
  insist(/^[A-Za-z0-9_-]*$/.test(text) && text.length % 4 !== 1, refused);
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
  insist(toB64url(bytes) === text, refused);
  return bytes;
}

/** @param {Json} value @returns {Bytes} a JSON object as UTF-8, without spaces */
export const toJson = (value) => utf8(JSON.stringify(value));

/**
 * A JSON object with `"v": 1` from UTF-8. Not UTF-8, not JSON, not an object, without `v`: `refused`; a higher `v`: `version`.
 * Unknown fields stay in it, unread.
 *
 * @param {Uint8Array} bytes
 * @param {string} [refused]
 * @returns {Json}
 */
export function fromJson(bytes, refused = "damaged") {
  const value = parseJson(fromUtf8(bytes, refused), refused);
  insist(typeof value === "object" && value !== null && !Array.isArray(value), refused);
  insist(Number.isInteger(value.v) && value.v >= 1, refused);
  insist(value.v === 1, "version");
  return value;
}

/** @param {string} text @param {string} refused */
function parseJson(text, refused) {
  try {
    return JSON.parse(text);
  } catch {
    throw new SealError(refused);
  }
}

/**
 * `length u32 || UTF-8 JSON || zeros`, padlen bytes in all (docs/sealing.md), so a size says little.
 *
 * @param {Json} value
 * @returns {Bytes}
 */
export function toPaddedJson(value) {
  const body = toJson(value);
  return pad(concat(u32(body.length), body));
}

/**
 * What `toPaddedJson` wrote. A pad byte that is not zero, or a length that is not the smallest that fits: `padding`; then as
 * `fromJson`.
 *
 * @param {Bytes} padded
 * @returns {Json}
 */
export function fromPaddedJson(padded) {
  const reader = new Reader(padded, "padding");
  const body = reader.take(reader.u32());
  insist(padlen(4 + body.length) === padded.length && isZero(reader.take(reader.left)), "padding");
  return fromJson(body);
}

/** The first four u32 of a digest: the numbers of four words. @param {Bytes} digest */
export const wordNumbers = (digest) => [0, 4, 8, 12].map((at) => new DataView(digest.buffer, digest.byteOffset).getUint32(at));
