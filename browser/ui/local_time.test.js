import assert from "node:assert/strict";
import { test } from "node:test";
import { timeText, toldTime } from "./local_time.js";

const evening = Date.UTC(2026, 10, 22, 19, 30);

test("a time is told in the zone of the reader", () => {
  assert.match(timeText(evening, "en-GB", "Europe/London"), /22 Nov 2026.*19:30/);
  assert.match(timeText(evening, "en-GB", "Asia/Kolkata"), /23 Nov 2026.*01:00/);
});

test("a time is told in the language of the page", () => {
  assert.match(timeText(evening, "de", "Europe/London"), /22\.11\.2026.*19:30/);
});

test("in Arabic the comma is an Arabic one, and digits are those of the sentences", () => {
  assert.match(timeText(evening, "ar-EG-u-nu-latn", "Europe/London"), /2026.*7:30/);
  assert.match(toldTime(evening, evening, "ar-EG-u-nu-latn", "Europe/London"), /^اليوم، 7:30/);
});

test("summer time counts", () => {
  assert.match(timeText(Date.UTC(2026, 6, 1, 18, 0), "en-GB", "Europe/London"), /19:00/);
});

test("of today and yesterday only the hour is told, by the reader's own days", () => {
  const told = (/** @type {number} */ at, zone = "Europe/London") => toldTime(at, evening, "en-GB", zone);
  assert.equal(told(evening), "today, 19:30");
  assert.equal(told(Date.UTC(2026, 10, 21, 23, 0)), "yesterday, 23:00");
  assert.equal(told(Date.UTC(2026, 10, 21, 19, 0), "Asia/Kolkata"), "yesterday, 00:30");
  assert.equal(told(Date.UTC(2026, 10, 3, 9, 5)), "3 November, 09:05");
  assert.equal(told(Date.UTC(2025, 11, 24, 9, 5)), "24 December 2025, 09:05");
});
