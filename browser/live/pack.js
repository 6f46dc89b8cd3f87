/**
 * Values to MessagePack: exactly the part of it that docs/protocol.md 1 uses.
 *
 * nil, booleans, integers up to 2^53-1, strings, bytes (Uint8Array), arrays and maps with string keys. A field that is
 * undefined is left out of its map.
 */

import { DEEPEST, FrameError } from "./unpack.js";

const utf8 = new TextEncoder();

class Writer {
  #bytes = new Uint8Array(512);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** @param {number} more */
  #room(more) {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }

  /** @param {number} value @param {1|2|4|8} width */
  uint(value, width) {
    this.#room(width);
    const at = this.#length;
    if (width === 1) this.#view.setUint8(at, value);
    else if (width === 2) this.#view.setUint16(at, value);
    else if (width === 4) this.#view.setUint32(at, value);
    else this.#view.setBigUint64(at, BigInt(value));
    this.#length += width;
  }

  /** @param {number} value a negative integer */
  int64(value) {
    this.#room(8);
    this.#view.setBigInt64(this.#length, BigInt(value));
    this.#length += 8;
  }

  /** @param {Uint8Array} bytes */
  raw(bytes) {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** The head of a string, byte string, array or map: the shortest of its forms. @param {number} length @param {Head} head */
  head(length, head) {
    if (head.fixed && length <= head.fixed.most) return this.uint(head.fixed.from | length, 1);
    if (head.u8 && length <= 0xff) return this.tagged(head.u8, length, 1);
    if (length <= 0xffff) return this.tagged(head.u16, length, 2);
    return this.tagged(head.u32, length, 4);
  }

  /** @param {number} tag @param {number} value @param {1|2|4|8} width */
  tagged(tag, value, width) {
    this.uint(tag, 1);
    this.uint(value, width);
  }

  done() {
    return this.#bytes.slice(0, this.#length);
  }
}

/** @typedef {{fixed?: {from: number, most: number}, u8?: number, u16: number, u32: number}} Head */
/** @type {Record<"str"|"bin"|"array"|"map", Head>} */
const HEADS = {
  str: { fixed: { from: 0xa0, most: 31 }, u8: 0xd9, u16: 0xda, u32: 0xdb },
  bin: { u8: 0xc4, u16: 0xc5, u32: 0xc6 },
  array: { fixed: { from: 0x90, most: 15 }, u16: 0xdc, u32: 0xdd },
  map: { fixed: { from: 0x80, most: 15 }, u16: 0xde, u32: 0xdf },
};

/** @param {Writer} out @param {number} value */
function writeInteger(out, value) {
  if (!Number.isSafeInteger(value)) throw new FrameError("not a whole number");
  if (value < 0) {
    if (value >= -32) return out.uint(value & 0xff, 1);
    out.uint(0xd3, 1);
    return out.int64(value);
  }
  if (value <= 0x7f) return out.uint(value, 1);
  if (value <= 0xff) return out.tagged(0xcc, value, 1);
  if (value <= 0xffff) return out.tagged(0xcd, value, 2);
  if (value <= 0xffffffff) return out.tagged(0xce, value, 4);
  return out.tagged(0xcf, value, 8);
}

/** @param {Writer} out @param {object} value @param {number} depth */
function writeMap(out, value, depth) {
  const pairs = Object.entries(value).filter(([, held]) => held !== undefined);
  out.head(pairs.length, HEADS.map);
  for (const [key, held] of pairs) {
    write(out, key, depth);
    write(out, held, depth);
  }
}

/** @param {Writer} out @param {unknown} value @param {number} depth */
function write(out, value, depth) {
  if (depth > DEEPEST) throw new FrameError("too deep");
  if (value === null) return out.uint(0xc0, 1);
  if (typeof value === "boolean") return out.uint(value ? 0xc3 : 0xc2, 1);
  if (typeof value === "number") return writeInteger(out, value);
  if (typeof value === "string") {
    const bytes = utf8.encode(value);
    out.head(bytes.length, HEADS.str);
    return out.raw(bytes);
  }
  if (value instanceof Uint8Array) {
    out.head(value.length, HEADS.bin);
    return out.raw(value);
  }
  if (Array.isArray(value)) {
    out.head(value.length, HEADS.array);
    for (const item of value) write(out, item, depth + 1);
    return;
  }
  if (typeof value === "object") return writeMap(out, value, depth + 1);
  throw new FrameError("not a value frames can hold");
}

/** @param {unknown} value a Value @returns {Uint8Array} @throws {FrameError} */
export function pack(value) {
  const out = new Writer();
  write(out, value, 0);
  return out.done();
}

/** @param {Uint8Array[]} items values that are packed already @returns {Uint8Array} the array that holds them */
export function packArray(items) {
  const out = new Writer();
  out.head(items.length, HEADS.array);
  for (const item of items) out.raw(item);
  return out.done();
}
