import assert from "node:assert/strict";
import { test } from "node:test";

import { messagesOf, readAnswers, writeAsk } from "./frames.js";
import { pack } from "./pack.js";
import { FrameError, unpack } from "./unpack.js";

const hex = (/** @type {string} */ text) => Uint8Array.from(Buffer.from(text, "hex"));
const plain = (/** @type {unknown} */ value) =>
  JSON.parse(JSON.stringify(value, (_, held) => (held instanceof Uint8Array ? { bytes: [...held] } : held)));

test("bytes on the wire are MessagePack's shortest forms", () => {
  const cases = /** @type {[unknown, string][]} */ ([
    [null, "c0"],
    [true, "c3"],
    [127, "7f"],
    [128, "cc80"],
    [256, "cd0100"],
    [65536, "ce00010000"],
    [2 ** 53 - 1, "cf001fffffffffffff"],
    [-1, "ff"],
    [-33, "d3ffffffffffffffdf"],
    ["a", "a161"],
    [new Uint8Array([1, 2]), "c4020102"],
    [[1], "9101"],
    [{ a: 1 }, "81a16101"],
  ]);
  for (const [value, bytes] of cases) assert.equal(Buffer.from(pack(value)).toString("hex"), bytes);
});

test("what was written is read again, at every length where the head changes", () => {
  for (const length of [0, 1, 15, 16, 31, 32, 255, 256, 65535, 65536]) {
    const value = {
      text: "x".repeat(length),
      bytes: new Uint8Array(length).fill(7),
      list: Array.from({ length }, (_, i) => i),
      map: Object.fromEntries(Array.from({ length: Math.min(length, 300) }, (_, i) => [`k${i}`, i])),
    };
    assert.deepEqual(plain(unpack(pack(value))), plain(value));
  }
});

test("numbers keep their value at every width and sign", () => {
  for (const number of [0, 127, 128, 255, 256, 65535, 65536, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, -1, -32, -33, -(2 ** 40)]) {
    assert.equal(unpack(pack(number)), number);
  }
  for (const [bytes, number] of /** @type {[string, number][]} */ ([["d0ff", -1], ["d1ff00", -256], ["d2ffff0000", -65536]])) {
    assert.equal(unpack(hex(bytes)), number);
  }
});

test("emoji and right-to-left words survive", () => {
  const words = "שלום 👩🏽‍🦽 سلام";
  assert.equal(unpack(pack(words)), words);
});

test("a field that is undefined is left out", () => {
  assert.deepEqual(plain(unpack(pack({ a: 1, b: undefined }))), { a: 1 });
});

test("whatever is not of the subset is refused", () => {
  const refused = {
    "a float": "cb3ff0000000000000",
    "an extension": "d40100",
    "an unused tag": "c1",
    "a number above 2^53-1": "cf0020000000000000",
    "a map with a number for a key": "810101",
    "a map with the same key twice": "82a16101a16102",
    "text that is not UTF-8": "a1ff",
    "a message cut short": "c40501",
    "bytes left over": "c0c0",
    "nothing at all": "",
    "an array that promises more than it brings": "ddffffffff",
    "brackets without end": "91".repeat(40),
  };
  for (const [why, bytes] of Object.entries(refused)) assert.throws(() => unpack(hex(bytes)), FrameError, why);
});

test("what frames cannot hold is not sent", () => {
  for (const value of [1.5, NaN, 2 ** 53, () => 1, Symbol("x"), 10n]) assert.throws(() => pack(value), FrameError);
});

test("a key named like part of every object is only a key", () => {
  const map = /** @type {any} */ (unpack(hex("81a95f5f70726f746f5f5f81a16101")));
  assert.equal(map.a, undefined);
  assert.equal(map.__proto__.a, 1);
});

test("answers and news are told apart", () => {
  const message = pack([
    [1, "ok", { seq: 4 }],
    [2, "no", "not-found", "That is not here."],
    [0, "item", { group: new Uint8Array(16) }],
  ]);
  const [ok, no, news] = /** @type {any[]} */ (readAnswers(message));
  assert.deepEqual([ok.ref, ok.ok.seq], [1, 4]);
  assert.deepEqual([no.ref, no.code, no.sentence], [2, "not-found", "That is not here."]);
  assert.equal(news.topic, "item");
});

test("a frame that is neither answer nor news is refused", () => {
  for (const frame of [[1, "ok"], [1, "maybe", {}], ["1", "ok", {}], 7, [0, "item", []]]) {
    assert.throws(() => readAnswers(pack([frame])), FrameError);
  }
});

test("a message holds at most 64 frames and a megabyte", () => {
  const small = writeAsk([1, "home", {}]);
  const counts = (/** @type {Uint8Array[]} */ frames) =>
    messagesOf(frames).map((message) => /** @type {any[]} */ (unpack(message)).length);
  assert.deepEqual(counts(Array(130).fill(small)), [64, 64, 2]);
  const large = writeAsk([2, "send", { envelope: new Uint8Array(400_000) }]);
  assert.deepEqual(counts([large, large, large, small]), [2, 2]);
  assert.deepEqual(counts([]), []);
});
