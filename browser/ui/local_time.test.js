import assert from "node:assert/strict";
import { test } from "node:test";
import { timeText } from "./local_time.js";

const evening = Date.UTC(2026, 10, 22, 19, 30);

test("a time is told in the zone of the reader", () => {
  assert.match(timeText(evening, "en-GB", "Europe/London"), /22 Nov 2026.*19:30/);
  assert.match(timeText(evening, "en-GB", "Asia/Kolkata"), /23 Nov 2026.*01:00/);
});

test("a time is told in the language of the page", () => {
  assert.match(timeText(evening, "de", "Europe/London"), /22\.11\.2026.*19:30/);
});

test("summer time counts", () => {
  assert.match(timeText(Date.UTC(2026, 6, 1, 18, 0), "en-GB", "Europe/London"), /19:00/);
});
