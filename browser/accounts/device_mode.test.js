import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { isShared, mayKeepOnDevice, rememberShared } from "./device_mode.js";

/** @type {{ device?: string }} */
const dataset = {};
/** @type {Map<string, string>} */
const kept = new Map();

beforeEach(() => {
  kept.clear();
  delete dataset.device;
  Object.assign(globalThis, {
    document: { body: { dataset } },
    sessionStorage: {
      getItem: (/** @type {string} */ name) => kept.get(name) ?? null,
      setItem: (/** @type {string} */ name, /** @type {string} */ value) => kept.set(name, value),
      removeItem: (/** @type {string} */ name) => kept.delete(name),
    },
  });
});

test("on a device of one's own sealed things may rest", () => {
  dataset.device = "kept";
  assert.deepEqual([mayKeepOnDevice(), isShared()], [true, false]);
});

test("on a shared device nothing may, whoever says that it is one", () => {
  dataset.device = "shared";
  assert.deepEqual([mayKeepOnDevice(), isShared()], [false, true]);
  dataset.device = "kept";
  rememberShared(true);
  assert.deepEqual([mayKeepOnDevice(), isShared()], [false, true]);
  rememberShared(false);
  assert.deepEqual([mayKeepOnDevice(), isShared()], [true, false]);
});

test("while nobody is signed in nothing may rest either", () => {
  assert.deepEqual([mayKeepOnDevice(), isShared()], [false, false]);
});
