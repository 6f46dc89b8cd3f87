/**
 * The keyring HK: what an account has seen of its groups, kept by the server, sealed (sealing.md 2.7).
 *
 * It is a cache. The log and the boxes are the truth; pins let a new device notice a host that shows an older list.
 */

import { concat, fromHex, fromPaddedJson, same, toHex, toPaddedJson, u64, utf8 } from "./codec.js";
import { SealError, insist } from "./errors.js";
import { ID_SIZE, NONCE_SIZE, TAG_SIZE, aeOpen, aeSeal, randomBytes } from "./primitives.js";
import { Reader } from "./reader.js";

/** @import { Bytes } from "./codec.js" */

const HEAD = concat(utf8("HK"), Uint8Array.of(1, 0));
const HEAD_SIZE = 12;
const LONGEST_TITLE = 500;
const SMALLEST = HEAD_SIZE + NONCE_SIZE + 256 + TAG_SIZE;

/**
 * @typedef {object} Keyring groups as hex, because bytes are no Map keys
 * @property {number} counter raised by one at each put; the server takes only the next
 * @property {Map<string, { seq: number, head16: Bytes }>} pins the log's last entry seen
 * @property {Map<string, number>} gens own key generation there
 * @property {Map<string, { request: Bytes, title: string }>} requests where this person asked without a link (9.7): the listing's title
 * @property {Map<string, Map<number, number>>} seen seq of a REBIND -> when a device of this person's first saw it, ms
 */

/** @returns {Keyring} of an account that has seen nothing */
export const emptyKeyring = () => ({ counter: 0, pins: new Map(), gens: new Map(), seen: new Map(), requests: new Map() });

/**
 * "HK" 01 00 || counter u64 || nonce 12 || AE(key, nonce, first 12 bytes, padded JSON).
 *
 * @param {Keyring} keyring
 * @param {Bytes | CryptoKey} key from `keyringKey`
 * @param {{ nonce?: Bytes }} [fixed] only where vectors are made
 * @returns {Promise<Bytes>}
 */
export async function sealKeyring({ counter, pins, gens, seen, requests }, key, { nonce = randomBytes(NONCE_SIZE) } = {}) {
  const head = concat(HEAD, u64(counter));
  const pinned = Object.fromEntries([...pins].map(([group, { seq, head16 }]) => [group, [seq, toHex(head16)]]));
  const first = Object.fromEntries([...seen].map(([group, times]) => [group, [...times]]));
  const asked = Object.fromEntries([...requests].map(([group, { request, title }]) => [group, [toHex(request), title]]));
  const more = { ...(seen.size > 0 ? { seen: first } : {}), ...(requests.size > 0 ? { requests: asked } : {}) };
  const body = toPaddedJson({ v: 1, pins: pinned, gens: Object.fromEntries(gens), ...more });
  return concat(head, nonce, await aeSeal(key, nonce, head, body));
}

/**
 * The keyring, or `format`, `version`, `damaged`, `padding`. A counter below one seen before is for the caller to refuse.
 *
 * @param {Bytes} blob
 * @param {Bytes | CryptoKey} key
 * @returns {Promise<Keyring>}
 */
export async function openKeyring(blob, key) {
  const counter = parseKeyring(blob);
  const [head, nonce] = [blob.slice(0, HEAD_SIZE), blob.slice(HEAD_SIZE, HEAD_SIZE + NONCE_SIZE)];
  const body = fromPaddedJson(await aeOpen(key, nonce, head, blob.slice(HEAD_SIZE + NONCE_SIZE)));
  const [seen, requests] = [readMap(body["seen"] ?? {}, readTimes), readMap(body["requests"] ?? {}, readRequest)];
  return { counter, pins: readMap(body["pins"], readPin), gens: readMap(body["gens"], readCount), seen, requests };
}

/**
 * The counter of a sealed keyring.
 *
 * @param {Bytes} blob
 */
export function parseKeyring(blob) {
  const reader = new Reader(blob);
  insist(blob.length >= SMALLEST && same(reader.take(2), utf8("HK")) && blob[3] === 0, "format");
  insist(blob[2] === 1, "version");
  reader.take(2);
  return reader.u64();
}

/**
 * @template Value
 * @param {unknown} value
 * @param {(value: unknown) => Value} read
 * @returns {Map<string, Value>}
 */
function readMap(value, read) {
  insist(typeof value === "object" && value !== null && !Array.isArray(value), "damaged");
  return new Map(Object.entries(value).map(([group, held]) => [toHex(readId(group)), read(held)]));
}

/** @param {unknown} value */
function readPin(value) {
  insist(Array.isArray(value) && value.length === 2, "damaged");
  return { seq: readCount(value[0]), head16: readId(value[1]) };
}

/** @param {unknown} value */
function readTimes(value) {
  insist(Array.isArray(value) && value.every((each) => Array.isArray(each) && each.length === 2), "damaged");
  return new Map(value.map(([seq, ms]) => [readCount(seq), readTime(ms)]));
}

/** @param {unknown} value */
function readRequest(value) {
  insist(Array.isArray(value) && value.length === 2, "damaged");
  const [request, title] = value;
  if (typeof title !== "string" || [...title].length > LONGEST_TITLE) throw new SealError("damaged");
  return { request: readId(request), title };
}

/** @param {unknown} value */
function readTime(value) {
  if (!Number.isSafeInteger(value) || Number(value) < 0) throw new SealError("damaged");
  return Number(value);
}

/** @param {unknown} value */
function readCount(value) {
  if (!Number.isInteger(value) || Number(value) < 0 || Number(value) >= 2 ** 32) throw new SealError("damaged");
  return Number(value);
}

/** @param {unknown} value 16 bytes in lower-case hex */
function readId(value) {
  insist(typeof value === "string" && /^[0-9a-f]{32}$/.test(value) && value.length === 2 * ID_SIZE, "damaged");
  return fromHex(value);
}
