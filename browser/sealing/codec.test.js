/** Bytes, numbers, text and padding: what is written is read, and every reader answers or refuses. */

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { concat, fromB64url, fromHex, fromJson, fromPaddedJson, isZero, same, toB64url, toHex, toJson, toPaddedJson, u16, u32, u64, u8 } from "./codec.js";
import { codeOf } from "./errors.js";
import { isPaddedLength, pad, padlen } from "./padding.js";
import { randomBytes } from "./primitives.js";
import { Reader } from "./reader.js";

/** @param {Uint8Array} bytes @returns {Uint8Array<ArrayBuffer>} */
const bytes = (bytes) => Uint8Array.from(bytes);
const anyBytes = fc.uint8Array({ maxLength: 600 }).map(bytes);

/** @param {() => unknown} work */
function code(work) {
  try {
    work();
  } catch (error) {
    return codeOf(error);
  }
  return "fine";
}

test("numbers are big-endian and read back", () => {
  assert.equal(toHex(concat(u8(1), u16(2), u32(3), u64(4))), "01" + "0002" + "00000003" + "0000000000000004");
  fc.assert(
    fc.property(fc.nat(255), fc.nat(65_535), fc.nat(2 ** 31 - 1), fc.maxSafeNat(), (a, b, c, d) => {
      const reader = new Reader(concat(u8(a), u16(b), u32(c), u64(d)));
      assert.deepEqual([reader.u8(), reader.u16(), reader.u32(), reader.u64()], [a, b, c, d]);
      reader.end();
    }),
  );
});

test("a number that does not fit is a fault of ours, not a refusal", () => {
  for (const make of [() => u8(256), () => u16(-1), () => u32(2 ** 32), () => u64(2 ** 53), () => u32(1.5)]) assert.throws(make, RangeError);
});

test("reading past the end, leaving something over, and numbers no clock reads are refused", () => {
  assert.equal(code(() => new Reader(new Uint8Array(3)).u32()), "format");
  assert.equal(code(() => new Reader(new Uint8Array(3), "padding").end()), "padding");
  assert.equal(code(() => new Reader(new Uint8Array(8).fill(255)).u64()), "format");
});

test("hex and base64url are read back", () => {
  fc.assert(
    fc.property(anyBytes, (data) => {
      assert.deepEqual(fromHex(toHex(data)), data);
      assert.deepEqual(fromB64url(toB64url(data)), data);
    }),
  );
  const long = randomBytes(100_000);
  assert.deepEqual(fromB64url(toB64url(long)), long);
});

test("each byte string has one spelling in base64url", () => {
  for (const text of ["A", "AB", "AA==", "AA\n", "+A", "AAA=", " ", "é"]) assert.equal(code(() => fromB64url(text, "invite-damaged")), "invite-damaged", text);
  assert.deepEqual(fromB64url(""), new Uint8Array(0));
});

test("bytes are compared whole", () => {
  fc.assert(fc.property(anyBytes, anyBytes, (a, b) => same(a, b) === (toHex(a) === toHex(b))));
  assert.ok(isZero(new Uint8Array(5)) && !isZero(Uint8Array.of(0, 0, 1)));
});

test("random bytes come in any number", () => {
  for (const length of [0, 1, 65_536, 65_537, 200_000]) assert.equal(randomBytes(length).length, length);
  assert.ok(!isZero(randomBytes(200_000).subarray(-32)));
});

test("JSON is an object with v, else refused", () => {
  const refusals = { "": "damaged", null: "damaged", "[]": "damaged", '"x"': "damaged", "{}": "damaged", '{"v":0}': "damaged", '{"v":"1"}': "damaged", '{"v":2}': "version", '{"v":1': "damaged" };
  for (const [text, refusal] of Object.entries(refusals)) assert.equal(code(() => fromJson(new TextEncoder().encode(text))), refusal, text);
  assert.equal(code(() => fromJson(Uint8Array.of(0x7b, 0xff, 0x7d))), "damaged");
  assert.deepEqual(fromJson(toJson({ v: 1, more: [1] })), { v: 1, more: [1] });
});

test("padded JSON is read back and every other length or pad byte refused", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 800 }), (t) => {
      const padded = toPaddedJson({ v: 1, t });
      assert.ok(isPaddedLength(padded.length));
      assert.deepEqual(fromPaddedJson(padded), { v: 1, t });
      const dirty = padded.slice();
      dirty[dirty.length - 1] = 1;
      assert.equal(code(() => fromPaddedJson(dirty)), "padding");
      assert.equal(code(() => fromPaddedJson(concat(padded, new Uint8Array(padded.length)))), "padding");
    }),
  );
});

test("readers of text and JSON are total", () => {
  const known = new Set(["fine", "damaged", "padding", "version", "format"]);
  fc.assert(
    fc.property(anyBytes, fc.string(), (data, text) => {
      for (const work of [() => fromJson(data), () => fromPaddedJson(data), () => fromHex(text), () => fromB64url(text)]) assert.ok(known.has(code(work)));
    }),
    { numRuns: 500 },
  );
});

test("padding only ever grows, a little, to a length of the set", () => {
  fc.assert(
    fc.property(fc.nat(3_000_000), (length) => {
      const padded = padlen(length);
      assert.ok(padded >= length && isPaddedLength(padded));
      assert.ok(length <= 4096 || padded <= length * 1.07);
      assert.ok(padlen(length + 1) >= padded);
    }),
    { numRuns: 2_000 },
  );
  assert.ok(!isPaddedLength(0) && !isPaddedLength(255) && !isPaddedLength(257) && !isPaddedLength(2 ** 31 + 1));
  assert.deepEqual([...new Set(Array.from({ length: 514 }, (_, n) => padlen(n)))], [256, 512, 1024]);
  assert.equal(pad(Uint8Array.of(1)).length, 256);
});
