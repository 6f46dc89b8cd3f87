/** A facilitator may write anything; only a page opens, and only digits are dialled. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { dialOf, pageOf } from "./place.js";

test("a link opens a page or nothing", () => {
  assert.equal(pageOf("https://rooms.example/tuesday")?.host, "rooms.example");
  for (const link of ["", undefined, "rooms.example", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://"]) assert.equal(pageOf(link), null, link);
});

test("a number is dialled as its digits, wherever they come from", () => {
  assert.equal(dialOf("+44 (0)20 7946 0000"), "tel:+442079460000");
  assert.equal(dialOf("020 7946 0000, code 4321"), "tel:02079460000");
  assert.equal(dialOf("ask Ben"), "");
  assert.equal(dialOf(), "");
});
