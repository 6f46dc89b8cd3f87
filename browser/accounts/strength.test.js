import assert from "node:assert/strict";
import { test } from "node:test";
import { isLongEnough, strengthOf } from "./strength.js";

test("what everybody types is weak", () => {
  for (const text of [
    "password1234",
    "aaaaaaaaaaaaaaaa",
    "123456789012345",
    "qwertyqwertyqwerty",
    "my name is amara",
  ]) {
    assert.equal(strengthOf(text), "weak", text);
  }
});

test("a word said again and again adds nothing", () => {
  assert.equal(strengthOf("banana banana banana banana banana"), "weak");
});

test("four unrelated words are fair and five are strong", () => {
  assert.equal(strengthOf("correct horse battery staple"), "fair");
  assert.equal(strengthOf("kettle window fourteen harbour spoon"), "strong");
});

test("twelve signs are enough, counted as people count", () => {
  assert.equal(isLongEnough("elevensigns"), false);
  assert.equal(isLongEnough("twelve signs"), true);
  assert.equal(isLongEnough("🌱🌱🌱🌱🌱🌱"), false);
});

test("words in other scripts count as words", () => {
  assert.equal(strengthOf("صباح نافذة بحر ملعقة خمسون"), "strong");
});
