import assert from "node:assert/strict";
import { test } from "node:test";
import { waitAfter } from "./passphrase_form.js";

test("two tries are free, then each wait is twice as long, up to a minute", () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6, 7, 20].map(waitAfter), [0, 5, 10, 20, 40, 60, 60, 60]);
});
