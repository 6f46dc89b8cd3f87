import assert from "node:assert/strict";
import { test } from "node:test";

import { nothingBegun, propose, reachable, readBegun, STEPS } from "./begun.js";

test("a weekly group takes at most twelve screens", () => {
  assert.ok(STEPS.length <= 12);
  assert.equal(new Set(STEPS).size, STEPS.length);
});

test("a proposal fills what is empty, follows what it depends on, and gives way to what somebody wrote", () => {
  const first = propose(nothingBegun(), "name", "Tuesday evening");
  assert.equal(first.values["name"], "Tuesday evening");
  assert.equal(propose(first, "name", "Monday morning").values["name"], "Monday morning");
  const own = { ...first, values: { name: "Lanterns" } };
  assert.equal(propose(own, "name", "Monday morning").values["name"], "Lanterns");
});

test("what somebody emptied stays empty", () => {
  const emptied = { ...propose(nothingBegun(), "words", "Come."), values: { words: "" } };
  assert.equal(propose(emptied, "words", "Come soon.").values["words"], "");
});

test("what was kept is there again; what makes no sense is nothing", () => {
  const begun = { ...nothingBegun(), at: "names", values: { name: "Lanterns" } };
  assert.deepEqual(readBegun(JSON.stringify(begun)), begun);
  for (const bad of ["", "{", "null", "[]", "7", '"words"', '{"at":"names"}']) assert.deepEqual(readBegun(bad), nothingBegun(), bad);
});

test("nobody comes past a screen that still wants something", () => {
  const wants = (/** @type {string} */ step) => step === "names";
  assert.equal(reachable("look", wants), "names");
  assert.equal(reachable("names", wants), "names");
  assert.equal(reachable("place", wants), "place");
  assert.equal(reachable("nowhere", wants), "nowhere");
});
