/** Bodies that are nearly right. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { refusalOf } from "../../tests/vectors/read.js";
import { MAX_TEXT, readBody } from "./body.js";
import { utf8 } from "./codec.js";
import { KIND } from "./envelope.js";

/** @param {number} kind @param {string} json */
const refusal = (kind, json) => refusalOf(async () => readBody(kind, utf8(json)));

test("text is counted in signs and not in halves of them", async () => {
  assert.equal(await refusal(KIND.share, JSON.stringify({ v: 1, t: "🌻".repeat(MAX_TEXT) })), undefined);
  assert.equal(await refusal(KIND.share, JSON.stringify({ v: 1, t: "🌻".repeat(MAX_TEXT + 1) })), "damaged");
  assert.equal(await refusal(KIND.profile, JSON.stringify({ v: 1, n: "🌻".repeat(80) })), undefined);
  assert.equal(await refusal(KIND.profile, JSON.stringify({ v: 1, n: "🌻".repeat(81) })), "damaged");
});

test("half of a surrogate pair is no text", async () => {
  assert.equal(await refusal(KIND.share, '{"v":1,"t":"\\ud83c"}'), "damaged");
  assert.equal(await refusal(KIND.share, '{"v":1,"t":"\\ud83c\\udf3b"}'), undefined);
});

test("a wish is one of four words, or none, and never a list of them", async () => {
  for (const h of ["null", '"be-with-me"', '"questions-ok"']) assert.equal(await refusal(KIND.share, `{"v":1,"t":"x","h":${h}}`), undefined);
  for (const h of ['""', '["be-with-me"]', "1", "{}", "true"]) assert.equal(await refusal(KIND.share, `{"v":1,"t":"x","h":${h}}`), "damaged");
});

test("a version of any size above ours is newer, not damaged", async () => {
  assert.equal(await refusal(KIND.share, '{"v":99999999999999999999,"t":"x"}'), "version");
});
