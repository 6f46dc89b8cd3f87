import assert from "node:assert/strict";
import { test } from "node:test";
import { isUnfinished } from "./beginnings.js";

const OFFERED = ["I hear that …", "That may feel …"];

test("a beginning that was not gone on with is not one's own", () => {
  assert.equal(isUnfinished("I hear that …", OFFERED), true);
  assert.equal(isUnfinished("It was a long day.\n  That may feel …  ", OFFERED), true);
});

test("words of one's own are sent, dots and all", () => {
  assert.equal(isUnfinished("I hear that you waited.\nThat may feel … I don't know.", OFFERED), false);
  assert.equal(isUnfinished("…", OFFERED), false);
});
