/** What was being written when its words were taken back is found again. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { emptyCircle, fold } from "./circle.js";
import { strandedIn } from "./stranded.js";

const GONE = { seq: 3, kind: 1, author: "amara", id: "a1", parent: "", revision: 1, epoch: 1, received: 0, body: { gone: true } };
const STILL = { ...GONE, seq: 2, id: "b2", revision: 0, body: { t: "Words." } };
const circle = fold(emptyCircle(), [STILL, GONE]);

test("an edit, a reply and a part of what was taken back are found, and nothing else", () => {
  /** @type {[string, {text: string}][]} */
  const begun = [["", "new"], ["chat", "small"], ["a1", "a reply"], ["edit-box a1", "an edit"], ["part-box a1", "a part"], ["b2", "to b"], ["edit-box b2", "of b"], ["c3", "not loaded"]].map(([place, text]) => [place, { text }]);
  assert.deepEqual(strandedIn(begun, circle).map(({ text }) => text), ["a reply", "an edit", "a part"]);
});
