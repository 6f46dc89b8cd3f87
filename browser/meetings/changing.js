/**
 * What a facilitator does to a group's hours, as pure functions from all its lines to all its lines: nothing here asks anybody.
 */

import { SealError } from "../sealing/errors.js";
import { wallOn } from "../ui/clocks.js";

/** @import { Times } from "./hours.js" */
/** @typedef {{first: string, last: string|null}} Pause */

/** @param {Times[]} all @param {number} line @param {(times: Times) => Times} change @returns {Times[]} */
const at = (all, line, change) => all.map((times, number) => (number === line ? change(times) : times));

/** @param {string} day @param {string[]} [days] */
const without = (day, days = []) => days.filter((each) => each !== day);

/** The day by which the rule knows a date: of one that was moved, the day it was moved from. @param {Times} times @param {string} wall YYYY-MM-DDTHH:MM */
export const dayOf = ({ moved = [] }, wall) => moved.find(({ to }) => to.slice(0, 16) === wall)?.day ?? wall.slice(0, 10);

/** Was it moved to where it is? @param {Times} times @param {string} wall */
export const isMoved = ({ moved = [] }, wall) => moved.some(({ to }) => to.slice(0, 16) === wall);

/** @param {Times[]} all @param {number} line @param {string} day */
export const leaveOut = (all, line, day) =>
  at(holdAgain(all, line, day), line, (times) => ({ ...times, without: [...(times.without ?? []), day].sort() }));

/** A date that was left out or moved is held as the rule says. @param {Times[]} all @param {number} line @param {string} day */
export const holdAgain = (all, line, day) =>
  at(all, line, (times) => ({ ...times, without: without(day, times.without), moved: (times.moved ?? []).filter((each) => each.day !== day) }));

/** @param {Times[]} all @param {number} line @param {string} day @param {string} to YYYY-MM-DDTHH:MM on the wall of the line's zone */
export const move = (all, line, day, to) => at(holdAgain(all, line, day), line, (times) => ({ ...times, moved: [...(times.moved ?? []), { day, to: `${to}:00` }] }));

/** What makes a line the one it is; the rest is said about single days. */
const RULE = ["zone", "start", "minutes", "every", "weekday", "interval", "anchor", "nth", "monthdays", "day", "extra", "valid_from", "valid_to"];

/**
 * Which line it is by now: other facilitators may have changed the lines and their single days meanwhile.
 *
 * @param {Times[]} all @param {Times} times as it was when somebody saw it
 * @returns {number}
 * @throws {SealError} `hours-changed` when its rule is another one now, or gone
 */
export function lineOf(all, times) {
  const rule = JSON.stringify(times, RULE);
  const found = all.findIndex((each) => JSON.stringify(each, RULE) === rule);
  if (found < 0) throw new SealError("hours-changed");
  return found;
}

/** A new line pauses when the group does. @param {Times[]} all @param {Times} times */
export const addLine = (all, times) => [...all, { ...times, pauses: pausesOf(all, "") }];

/** Another rule; what was said about single days stays. @param {Times[]} all @param {Times} was @param {Times} times */
export const changeLine = (all, was, times) => at(all, lineOf(all, was), ({ extra, without: days, moved, pauses }) => ({ ...times, extra, without: days, moved, pauses }));

/** @param {Times[]} all @param {Times} times */
export function dropLine(all, times) {
  const line = lineOf(all, times);
  return all.filter((_, number) => number !== line);
}

/** The whole group pauses, so every line does. @param {Times[]} all @param {Pause} pause */
export const addPause = (all, pause) => endPause(all, pause.first).map((times) => ({ ...times, pauses: [...(times.pauses ?? []), pause] }));

/** @param {Times[]} all @param {string} first */
export const endPause = (all, first) => all.map((times) => ({ ...times, pauses: (times.pauses ?? []).filter((each) => each.first !== first) }));

/** The group's pauses that are not over, soonest first. @param {Times[]} all @param {string} today @returns {Pause[]} */
export function pausesOf(all, today) {
  const found = new Map(all.flatMap(({ pauses = [] }) => pauses).map((pause) => [pause.first, pause]));
  return [...found.values()].filter(({ last }) => last === null || last >= today).sort((one, other) => one.first.localeCompare(other.first));
}

/** Days left out that are still to come. @param {Times[]} all @param {string} today @returns {{line: number, day: string}[]} */
export const leftOut = (all, today) =>
  all
    .flatMap(({ without: days = [] }, line) => days.filter((day) => day >= today).map((day) => ({ line, day })))
    .sort((one, other) => one.day.localeCompare(other.day));

/**
 * The first later date of the same line that the reader's clock shows at another hour, because one of two clocks changes: "from 1 November
 * at 17:00 for you". Dates that were moved say nothing about it.
 *
 * @param {import("./hours.js").MeetingDate[]} dates soonest first, of one line, none of them moved @param {string} own zone of the reader
 * @returns {number|undefined} when it starts
 */
export const changesAt = (dates, own) => dates.find(([start]) => wallOn(start, own).slice(11) !== wallOn(dates[0][0], own).slice(11))?.[0];
