import assert from "node:assert/strict";
import { test } from "node:test";
import { Escapes, isFree } from "./escapes.js";

/** @param {Array<[boolean, number]>} presses */
const last = (presses) => {
  const escapes = new Escapes();
  return presses.map(([isEscape, at]) => escapes.press(isEscape, at)).at(-1);
};

/** @param {object} event @param {Element | null} [open] */
const free = (event, open = null) =>
  isFree(/** @type {KeyboardEvent} */ (event), /** @type {ParentNode} */ (/** @type {unknown} */ ({ querySelector: () => open })));

test("three presses within two seconds count", () => {
  assert.equal(last([[true, 0], [true, 900]]), false);
  assert.equal(last([[true, 0], [true, 900], [true, 1900]]), true);
  assert.equal(last([[true, 0], [true, 900], [true, 1900], [true, 2100]]), true);
});

test("slower ones do not", () => {
  assert.equal(last([[true, 0], [true, 1000], [true, 2000]]), false);
  assert.equal(last([[true, 0], [true, 5000], [true, 9000]]), false);
});

test("another key between, or a press that somebody else used, begins anew", () => {
  assert.equal(last([[true, 0], [true, 100], [false, 200], [true, 300]]), false);
  assert.equal(last([[true, 0], [true, 100], [false, 200], [true, 300], [true, 400], [true, 500]]), true);
});

test("a press is free unless something on the page closes by it", () => {
  assert.equal(free({}), true);
  assert.equal(free({}, /** @type {Element} */ ({})), false);
  for (const name of ["defaultPrevented", "repeat", "isComposing", "altKey", "ctrlKey", "metaKey", "shiftKey"])
    assert.equal(free({ [name]: true }), false, name);
});
