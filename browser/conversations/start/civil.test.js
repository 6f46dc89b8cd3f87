import assert from "node:assert/strict";
import { test } from "node:test";

import { dateOf, datesOf, dayOf, instantOf, isDate, isLast, nthOf, partOfDay, rhythmsFrom, wallOf } from "./civil.js";

const ZONES = ["Europe/London", "America/New_York", "Australia/Sydney", "America/Santiago", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca", "Pacific/Auckland"];

test("a weekly group keeps its weekday over months and years", () => {
  assert.deepEqual(datesOf("2026-12-22", "weekly", 3), ["2026-12-22", "2026-12-29", "2027-01-05"]);
  assert.deepEqual(datesOf("2028-02-15", "fortnightly", 3), ["2028-02-15", "2028-02-29", "2028-03-14"]);
  assert.deepEqual(datesOf("2026-12-22", "once", 3), ["2026-12-22"]);
});

test("a monthly group keeps its week of the month, or the last one", () => {
  assert.deepEqual(datesOf("2026-12-08", "nth", 3), ["2026-12-08", "2027-01-12", "2027-02-09"]);
  assert.deepEqual(datesOf("2026-12-29", "last", 3), ["2026-12-29", "2027-01-26", "2027-02-23"]);
  assert.deepEqual(datesOf("2026-12-01", "nth", 3), ["2026-12-01", "2027-01-05", "2027-02-02"]);
});

test("every first date of two years goes on by its own rhythm", () => {
  for (let day = dayOf("2026-01-01"); day < dayOf("2028-01-01"); day += 1) {
    const first = dateOf(day);
    for (const rhythm of rhythmsFrom(first)) goesOn(first, rhythm);
  }
});

/** @param {string} first @param {import("./civil.js").Rhythm} rhythm */
function goesOn(first, rhythm) {
  const dates = datesOf(first, rhythm, 6);
  assert.equal(dates[0], first, rhythm);
  assert.ok(dates.every((date) => (dayOf(date) - dayOf(first)) % 7 === 0), `${rhythm} ${first}`);
  if (rhythm === "nth") assert.ok(dates.every((date) => nthOf(date) === nthOf(first)), first);
  if (rhythm === "last") assert.ok(dates.every(isLast), first);
  if (rhythm === "nth" || rhythm === "last") assert.equal(new Set(dates.map((date) => date.slice(0, 7))).size, 6, "one in each month");
}

test("a fifth weekday is the last one, and offers no rhythm that would skip months", () => {
  assert.deepEqual(rhythmsFrom("2026-12-29"), ["weekly", "fortnightly", "last", "once"]);
  assert.deepEqual(rhythmsFrom("2026-11-24"), ["weekly", "fortnightly", "nth", "last", "once"]);
  assert.deepEqual(rhythmsFrom("2026-12-08"), ["weekly", "fortnightly", "nth", "once"]);
});

test("what is no date is seen", () => {
  for (const bad of ["", "2026-02-30", "2026-13-01", "8.12.2026", "2026-1-1", "tomorrow"]) assert.ok(!isDate(bad), bad);
  assert.ok(isDate("2028-02-29"));
});

test("the hour on the wall stays the same over a year of clock changes, in both halves of the world", () => {
  for (const zone of ZONES) {
    for (const date of datesOf("2026-09-02", "weekly", 60)) assert.deepEqual(wallOf(instantOf(date, "19:30", zone), zone), { date, time: "19:30" }, zone);
  }
});

test("an hour that does not exist comes later, and one that comes twice is the first", () => {
  assert.equal(new Date(instantOf("2027-03-28", "01:30", "Europe/London")).toISOString(), "2027-03-28T01:30:00.000Z");
  assert.equal(new Date(instantOf("2026-10-25", "01:30", "Europe/London")).toISOString(), "2026-10-25T00:30:00.000Z");
  assert.equal(new Date(instantOf("2026-10-04", "02:30", "Australia/Sydney")).toISOString(), "2026-10-03T16:30:00.000Z");
  assert.equal(new Date(instantOf("2027-04-04", "02:30", "Australia/Sydney")).toISOString(), "2027-04-03T15:30:00.000Z");
});

test("around each change an hour that is there is the first such one, and one that is not comes later that night", () => {
  const days = Array.from({ length: 45 }, (_, i) => dateOf(dayOf("2026-03-05") + i));
  const hours = ["00:00", "01:30", "02:15", "23:30"];
  for (const zone of ["Europe/London", "Australia/Lord_Howe", "America/Santiago"]) days.forEach((date) => hours.forEach((time) => isFirst(date, time, zone)));
});

/** @param {string} date @param {string} time @param {string} zone */
function isFirst(date, time, zone) {
  const found = instantOf(date, time, zone);
  const wall = wallOf(found, zone);
  if (wall.date === date && wall.time === time) for (const before of [30, 60, 120]) assert.notDeepEqual(wallOf(found - before * 60_000, zone), wall);
  else assert.ok(wall.date === date && wall.time > time && wall.time < "04:00", `${zone} ${date} ${time}`);
}

test("a part of the day for every hour", () => {
  assert.deepEqual(["04:59", "05:00", "12:00", "17:00", "23:00", "00:30"].map(partOfDay), ["night", "morning", "afternoon", "evening", "night", "night"]);
});
