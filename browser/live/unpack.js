/**
 * MessagePack to values: exactly the part of it that docs/protocol.md 1 uses, and nothing else.
 *
 * Whatever else arrives is malformed: an unknown kind of value is a newer or a hostile server, and guessing at it helps
 * nobody.
 */

/** @typedef {null|boolean|number|string|Uint8Array|Value[]|{[key: string]: Value}} Value */

/** What arrived, or what was to be sent, is not of this format. */
export class FrameError extends Error {}

/** Values nest no deeper than this: a message of brackets must not exhaust the stack. */
export const DEEPEST = 16;
const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

class Reader {
  #bytes;
  #view;
  #at = 0;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get done() {
    return this.#at === this.#bytes.length;
  }

  /** @param {number} length @returns {Uint8Array} a copy, so that no item keeps a whole message alive */
  take(length) {
    if (this.#at + length > this.#bytes.length) throw new FrameError("cut short");
    this.#at += length;
    return this.#bytes.slice(this.#at - length, this.#at);
  }

  /** @param {1|2|4|8} width */
  uint(width) {
    if (this.#at + width > this.#bytes.length) throw new FrameError("cut short");
    const at = this.#at;
    this.#at += width;
    if (width === 1) return this.#view.getUint8(at);
    if (width === 2) return this.#view.getUint16(at);
    if (width === 4) return this.#view.getUint32(at);
    return whole(this.#view.getBigUint64(at));
  }

  /** @param {1|2|4|8} width */
  int(width) {
    const at = this.#at;
    this.uint(width === 8 ? 4 : width);
    if (width === 1) return this.#view.getInt8(at);
    if (width === 2) return this.#view.getInt16(at);
    if (width === 4) return this.#view.getInt32(at);
    this.uint(4);
    return whole(this.#view.getBigInt64(at));
  }
}

/** @param {bigint} value @returns {number} */
function whole(value) {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new FrameError("a number too large");
  return number;
}

/** @type {Record<number, (from: Reader, depth: number) => Value>} */
const READERS = {
  0xc0: () => null,
  0xc2: () => false,
  0xc3: () => true,
  0xc4: (from) => from.take(from.uint(1)),
  0xc5: (from) => from.take(from.uint(2)),
  0xc6: (from) => from.take(from.uint(4)),
  0xcc: (from) => from.uint(1),
  0xcd: (from) => from.uint(2),
  0xce: (from) => from.uint(4),
  0xcf: (from) => from.uint(8),
  0xd0: (from) => from.int(1),
  0xd1: (from) => from.int(2),
  0xd2: (from) => from.int(4),
  0xd3: (from) => from.int(8),
  0xd9: (from) => readText(from, from.uint(1)),
  0xda: (from) => readText(from, from.uint(2)),
  0xdb: (from) => readText(from, from.uint(4)),
  0xdc: (from, depth) => readArray(from, from.uint(2), depth),
  0xdd: (from, depth) => readArray(from, from.uint(4), depth),
  0xde: (from, depth) => readMap(from, from.uint(2), depth),
  0xdf: (from, depth) => readMap(from, from.uint(4), depth),
};

/** @param {Reader} from @param {number} length */
function readText(from, length) {
  try {
    return strictUtf8.decode(from.take(length));
  } catch {
    throw new FrameError("not text");
  }
}

/** @param {Reader} from @param {number} length @param {number} depth */
function readArray(from, length, depth) {
  const items = [];
  for (let i = 0; i < length; i += 1) items.push(read(from, depth + 1));
  return items;
}

/** @param {Reader} from @param {number} length @param {number} depth @returns {{[key: string]: Value}} */
function readMap(from, length, depth) {
  // Without a prototype: a key called "__proto__" or "constructor" is then a key like any other.
  const map = Object.create(null);
  for (let i = 0; i < length; i += 1) {
    const key = read(from, depth + 1);
    if (typeof key !== "string" || key in map) throw new FrameError("a map's key is not a string of its own");
    map[key] = read(from, depth + 1);
  }
  return map;
}

/** @param {Reader} from @param {number} depth @returns {Value} */
function read(from, depth) {
  if (depth > DEEPEST) throw new FrameError("too deep");
  const tag = from.uint(1);
  if (tag <= 0x7f) return tag;
  if (tag >= 0xe0) return tag - 0x100;
  if (tag <= 0x8f) return readMap(from, tag & 0x0f, depth);
  if (tag <= 0x9f) return readArray(from, tag & 0x0f, depth);
  if (tag <= 0xbf) return readText(from, tag & 0x1f);
  const reader = READERS[tag];
  if (!reader) throw new FrameError("a kind of value that is not used here");
  return reader(from, depth);
}

/** @param {Uint8Array} bytes one value, whole @returns {Value} @throws {FrameError} */
export function unpack(bytes) {
  const from = new Reader(bytes);
  const value = read(from, 0);
  if (!from.done) throw new FrameError("bytes left over");
  return value;
}
