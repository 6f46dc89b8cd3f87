/** What facilitators do to hours, and one moment on two clocks. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { addLine, addPause, changeLine, changesAt, dayOf, dropLine, endPause, holdAgain, isMoved, leaveOut, leftOut, lineOf, move, pausesOf } from "./changing.js";
import { calendarDay, dayText, hoursText, knows, townOf, wallOn, weekdayText } from "../ui/clocks.js";

/** @import { MeetingDate, Times } from "./hours.js" */

/** @type {Times} */
const TUESDAYS = { zone: "Europe/Berlin", start: "18:00", minutes: 90, every: "week", weekday: 1 };
/** @type {Times[]} */
const BOTH = [TUESDAYS, { ...TUESDAYS, weekday: 3 }];
const PAUSE = { first: "2026-12-20", last: "2027-01-03" };

test("a date is left out of its own line, and held again", () => {
  const out = leaveOut(BOTH, 1, "2026-12-24");
  assert.deepEqual(out[0], TUESDAYS);
  assert.deepEqual(leftOut(out, "2026-12-01"), [{ line: 1, day: "2026-12-24" }]);
  assert.deepEqual(leftOut(out, "2026-12-25"), []);
  assert.deepEqual(leaveOut(out, 1, "2026-12-24"), out);
  assert.deepEqual(leftOut(holdAgain(out, 1, "2026-12-24"), "2026-12-01"), []);
});

test("a date moves once: from the day its rule names, wherever it is by now", () => {
  const moved = move(BOTH, 0, "2026-12-22", "2026-12-23T19:00");
  assert.equal(dayOf(moved[0], "2026-12-23T19:00"), "2026-12-22");
  assert.equal(isMoved(moved[0], "2026-12-23T19:00"), true);
  assert.equal(isMoved(moved[0], "2026-12-29T18:00"), false);
  const again = move(moved, 0, "2026-12-22", "2026-12-21T17:00");
  assert.deepEqual(again[0].moved, [{ day: "2026-12-22", to: "2026-12-21T17:00:00" }]);
  assert.deepEqual(leaveOut(again, 0, "2026-12-22")[0].moved, []);
  assert.deepEqual(holdAgain(again, 0, "2026-12-22")[0].moved, []);
});

test("a pause is of the whole group, and ends on every line", () => {
  const paused = addPause(BOTH, { first: "2026-12-20", last: "2027-01-03" });
  assert.ok(paused.every(({ pauses }) => pauses?.length === 1));
  assert.deepEqual(addPause(paused, { first: "2026-12-20", last: null }).map(({ pauses }) => pauses), [[{ first: "2026-12-20", last: null }], [{ first: "2026-12-20", last: null }]]);
  assert.deepEqual(pausesOf(paused, "2027-01-03"), [{ first: "2026-12-20", last: "2027-01-03" }]);
  assert.deepEqual(pausesOf(paused, "2027-01-04"), []);
  assert.deepEqual(pausesOf(endPause(paused, "2026-12-20"), "2026-01-01"), []);
});

test("lines are added, changed and dropped, and what was is left alone", () => {
  const other = { ...TUESDAYS, weekday: 5 };
  const bare = { extra: [], without: [], moved: [], pauses: [] };
  assert.deepEqual(addLine(BOTH, other), [...BOTH, { ...other, pauses: [] }]);
  assert.deepEqual(addLine(addPause(BOTH, PAUSE), other)[2].pauses, [PAUSE]);
  assert.deepEqual(changeLine(BOTH.map((times) => ({ ...times, ...bare })), { ...BOTH[1], ...bare }, other)[1], { ...other, ...bare });
  assert.deepEqual(dropLine(BOTH, TUESDAYS), [BOTH[1]]);
  assert.equal(BOTH.length, 2);
});

test("a line is known by its rule, whatever others said about single days or other lines meanwhile", () => {
  const now = leaveOut(dropLine(BOTH, TUESDAYS), 0, "2026-12-24");
  assert.equal(lineOf(now, BOTH[1]), 0);
  assert.deepEqual(changeLine(now, BOTH[1], { ...BOTH[1], start: "19:00" })[0].without, ["2026-12-24"]);
  assert.throws(() => lineOf(now, TUESDAYS), { code: "hours-changed" });
  assert.throws(() => changeLine(now, TUESDAYS, BOTH[1]), { code: "hours-changed" });
});

test("one moment on two clocks", () => {
  const start = Date.parse("2026-12-08T17:00Z");
  assert.equal(wallOn(start, "Europe/Berlin"), "2026-12-08T18:00");
  assert.equal(wallOn(start, "Pacific/Auckland"), "2026-12-09T06:00");
  assert.equal(dayText(start, "Pacific/Auckland", "en-GB"), "Wednesday 9 December");
  assert.equal(hoursText(start, start + 5_400_000, "Europe/Berlin", "en-GB"), "18:00 – 19:30");
  assert.equal(calendarDay("2026-12-08", "en-GB"), "Tuesday 8 December");
  assert.equal(weekdayText(0, "en"), "Monday");
  assert.deepEqual(["Europe/Berlin", "Mars/Base", ""].map(knows), [true, false, false]);
  assert.equal(townOf("America/Argentina/Buenos_Aires"), "Buenos Aires");
});

test("when only one of two clocks changes, the first date at another hour is told", () => {
  // 18:00 in London, before and after 25 October 2026; New York follows a week later.
  /** @type {MeetingDate[]} */
  const dates = ["2026-10-20T17:00Z", "2026-10-27T18:00Z", "2026-11-03T18:00Z"].map((at) => [Date.parse(at), 0, 0, ""]);
  assert.equal(changesAt(dates, "Europe/London"), undefined);
  assert.equal(changesAt(dates, "America/New_York"), Date.parse("2026-10-27T18:00Z"));
  assert.equal(changesAt(dates.slice(1), "America/New_York"), Date.parse("2026-11-03T18:00Z"));
  assert.equal(changesAt(dates, "Asia/Kolkata"), Date.parse("2026-10-27T18:00Z"));
});
