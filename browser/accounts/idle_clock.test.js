import assert from "node:assert/strict";
import { test } from "node:test";
import { stateAt } from "./idle_clock.js";

const MINUTE = 60_000;

test("fifteen quiet minutes lock, and the last one warns", () => {
  assert.equal(stateAt(0, 14 * MINUTE - 1, false), "awake");
  assert.equal(stateAt(0, 14 * MINUTE, false), "soon");
  assert.equal(stateAt(0, 15 * MINUTE - 1, false), "soon");
  assert.equal(stateAt(0, 15 * MINUTE, false), "asleep");
});

test("a shared device locks after five", () => {
  assert.equal(stateAt(0, 4 * MINUTE - 1, true), "awake");
  assert.equal(stateAt(0, 5 * MINUTE, true), "asleep");
});

test("a clock that was set back does not lock anybody out", () => {
  assert.equal(stateAt(10 * MINUTE, 0, true), "awake");
});
