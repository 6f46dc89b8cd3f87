import assert from "node:assert/strict";
import { test } from "node:test";
import { SealError } from "../sealing/errors.js";
import { Refusal } from "../ui/refusal.js";
import { csrfToken } from "./early.js";
import { codeOf, sentenceOf } from "./seal_requests.js";

test("the token is found in both kinds of cookie and nowhere else", () => {
  assert.equal(csrfToken("language=en; csrf=abc"), "abc");
  assert.equal(csrfToken("__Host-csrf=abc; holdspace=x"), "abc");
  assert.equal(csrfToken("notcsrf=abc"), "");
  assert.equal(csrfToken(""), "");
});

test("what has a code is an outcome, everything else is a fault and thrown on", () => {
  assert.equal(codeOf(new Refusal("too-many", "Wait 40 seconds.")), "too-many");
  assert.equal(codeOf(new SealError("kdf-floor")), "kdf-floor");
  assert.throws(() => codeOf(new TypeError("ours")), TypeError);
});

test("a no brings its own sentence", () => {
  assert.equal(sentenceOf(new Refusal("too-many", "Wait 40 seconds.")), "Wait 40 seconds.");
});
