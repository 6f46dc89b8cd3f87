/** Reading bytes from the front (sealing.md 1.5): exact lengths, nothing skipped. */

import { insist } from "./errors.js";

/** @import { Bytes } from "./codec.js" */

/**
 * Reads bytes from the front, never past the end. Running short, and a u64 above 2^53 - 1 (no clock reads that, and the two
 * twins would round it differently), throw the code the parser gave.
 */
export class Reader {
  #bytes;
  #offset = 0;
  #refused;

  /**
   * @param {Bytes} bytes
   * @param {string} [refused] what running short means here
   */
  constructor(bytes, refused = "format") {
    this.#bytes = bytes;
    this.#refused = refused;
  }

  /** How many bytes are left. */
  get left() {
    return this.#bytes.length - this.#offset;
  }

  /**
   * The next bytes, copied, so that nobody who holds the source can change what was checked.
   *
   * @param {number} length
   * @returns {Bytes}
   */
  take(length) {
    insist(length <= this.left, this.#refused);
    const part = this.#bytes.slice(this.#offset, this.#offset + length);
    this.#offset += length;
    return part;
  }

  /**
   * The next bytes, not copied: for bytes that are compared or handed to WebCrypto at once.
   *
   * @param {number} length
   * @returns {Bytes}
   */
  view(length) {
    insist(length <= this.left, this.#refused);
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  /** @param {number} size */
  #number(size) {
    insist(size <= this.left, this.#refused);
    let value = 0;
    for (const end = this.#offset + size; this.#offset < end; this.#offset++) value = value * 256 + (this.#bytes[this.#offset] ?? 0);
    insist(Number.isSafeInteger(value), this.#refused);
    return value;
  }

  u8() {
    return this.#number(1);
  }

  u16() {
    return this.#number(2);
  }

  u32() {
    return this.#number(4);
  }

  u64() {
    return this.#number(8);
  }

  /** Everything must have been read: what a parser does not know, it refuses. */
  end() {
    insist(this.left === 0, this.#refused);
  }
}
