import assert from "node:assert/strict";
import { test } from "node:test";

import { firstHours } from "./first_hours.js";

const values = { first: "2026-12-29", time: "19:00", zone: "Europe/London", length: "90" };
const line = { zone: "Europe/London", start: "19:00", minutes: 90 };

test("each rhythm is one line of hours that begins with the first date", () => {
  assert.deepEqual(firstHours({ ...values, rhythm: "weekly" }), { ...line, every: "week", weekday: 1, valid_from: "2026-12-29" });
  assert.deepEqual(firstHours({ ...values, rhythm: "fortnightly" }), { ...line, every: "week", weekday: 1, interval: 2, anchor: "2026-12-29", valid_from: "2026-12-29" });
  assert.deepEqual(firstHours({ ...values, rhythm: "last" }), { ...line, every: "nth", weekday: 1, nth: [-1], valid_from: "2026-12-29" });
  assert.deepEqual(firstHours({ ...values, first: "2026-12-13", rhythm: "nth" }), { ...line, every: "nth", weekday: 6, nth: [2], valid_from: "2026-12-13" });
  assert.deepEqual(firstHours({ ...values, rhythm: "once" }), { ...line, every: "once", day: "2026-12-29" });
});
