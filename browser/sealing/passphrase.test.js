/** Words for a passphrase: all of the list, each as likely. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { toHex, utf8 } from "./codec.js";
import { generate, normalise, wordList } from "./passphrase.js";

const LIST = readFileSync(new URL("../vendor/eff_large_wordlist.txt", import.meta.url), "utf8");

test("the vendored list has the 7,776 words that 64.6 bits need", () => {
  assert.equal(wordList(LIST).length, 6 ** 5);
  assert.ok(wordList(LIST).every((word) => /^[a-z-]+$/.test(word)));
});

test("a list with dice numbers is read, a list with a word missing or twice is a fault", () => {
  const words = wordList(LIST);
  assert.deepEqual(wordList(words.map((word, row) => `${10_000 + row}\t${word}`).join("\n")), words);
  assert.throws(() => wordList(words.slice(1).join("\n")), /not whole/);
  assert.throws(() => wordList([...words.slice(1), words[1]].join("\n")), /not whole/);
});

test("five words with single spaces, other words each time, all of the list in reach", () => {
  const words = wordList(LIST);
  const known = new Set(words);
  const made = Array.from({ length: 2_000 }, () => generate(words));
  assert.equal(new Set(made).size, 2_000);
  for (const phrase of made) assert.ok(phrase.split(" ").length === 5 && phrase.split(" ").every((word) => known.has(word)));
  const drawn = new Set(made.flatMap((phrase) => phrase.split(" ")));
  assert.ok(drawn.size > 5_200 && drawn.size < 6_000, `10,000 draws of 7,776 words reach about 5,627, not ${drawn.size}`);
});

test("spaces of all kinds are one, marks are composed, nothing is trimmed or folded", () => {
  assert.equal(toHex(normalise(" A\u00a0\u2003\u3000b ")), toHex(utf8(" A   b ")));
  assert.equal(toHex(normalise("a\u0308")), toHex(utf8("\u00e4")));
  assert.notDeepEqual(normalise("Rain"), normalise("rain"));
  assert.equal(normalise("x".repeat(512)).length, 512);
});
