import assert from "node:assert/strict";
import { test } from "node:test";

import { isTight, runSheet } from "./run_sheet.js";

/** @type {import("./run_sheet.js").Shape[]} */
const SHAPES = ["open", "light", "guided"];

test("each plan adds up to its meeting, and leaves most of it for sharing or for the agreement", () => {
  for (let length = 45; length <= 180; length += 1) {
    for (const shape of SHAPES) {
      for (const number of [1, 2, 3]) {
        const plan = runSheet({ length, shape, number });
        assert.equal(plan.reduce((sum, { minutes }) => sum + minutes, 0), length);
        assert.ok(plan.every(({ minutes }) => minutes >= 1), `${length} ${shape} ${number} ${JSON.stringify(plan)}`);
        assert.equal(plan[0].step, "arrive");
        assert.equal(plan.at(-1)?.step, "end");
      }
    }
  }
});

test("an ordinary plan of 60 and of 90 minutes is the known one", () => {
  const minutes = (/** @type {number} */ length) => Object.fromEntries(runSheet({ length, shape: "guided", number: 3 }).map(({ step, minutes: each }) => [step, each]));
  assert.deepEqual(minutes(90), { arrive: 8, agreement: 5, quiet: 2, checkin: 20, sharing: 30, moments: 5, looking: 10, closing: 8, end: 2 });
  assert.deepEqual(minutes(60), { arrive: 5, agreement: 4, quiet: 1, checkin: 10, sharing: 23, moments: 3, looking: 7, closing: 6, end: 1 });
});

test("the first meeting has names, the second writes the agreement, the third looks back", () => {
  const steps = (/** @type {number} */ number) => runSheet({ length: 90, shape: "guided", number }).map(({ step }) => step);
  assert.ok(steps(1).includes("names") && !steps(1).includes("checkin"));
  assert.ok(steps(2).includes("writing"));
  assert.ok(steps(3).includes("looking"));
});

test("under three minutes for each is tight", () => {
  assert.ok(!isTight({ length: 90, shape: "guided", people: 12 }));
  assert.ok(isTight({ length: 60, shape: "guided", people: 12 }));
  assert.ok(isTight({ length: 90, shape: "guided", people: 16 }));
  assert.ok(!isTight({ length: 90, shape: "open", people: 16 }));
});
