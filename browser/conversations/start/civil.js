/**
 * Days and hours as they stand on a wall: what a rhythm says. The hour of a group stays the same on its own wall when clocks change;
 * which instant that is, its zone says.
 */

const DAY = 86_400_000;
const WEEK = 7;

/** @typedef {"weekly"|"fortnightly"|"nth"|"last"|"once"} Rhythm */

/** Days since 1970. @param {string} date "2026-12-08" */
export const dayOf = (date) => Date.parse(`${date}T00:00Z`) / DAY;

/** @param {number} day since 1970 @returns {string} "2026-12-08" */
export const dateOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** Is this a day of the calendar, written as `<input type="date">` does? @param {string} date */
export const isDate = (date) => /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(dayOf(date)) && dateOf(dayOf(date)) === date;

/** Which Tuesday of its month it is: 1 to 5. @param {string} date */
export const nthOf = (date) => Math.ceil(new Date(dayOf(date) * DAY).getUTCDate() / WEEK);

/** Is it the last Tuesday of its month? @param {string} date */
export const isLast = (date) => month(dateOf(dayOf(date) + WEEK)) !== month(date);

/** @param {string} date */
const month = (date) => date.slice(0, 7);

/** The rhythms a group may have that begins on this day. @param {string} date @returns {Rhythm[]} */
export const rhythmsFrom = (date) => ["weekly", "fortnightly", ...(nthOf(date) < 5 ? /** @type {const} */ (["nth"]) : []), ...(isLast(date) ? /** @type {const} */ (["last"]) : []), "once"];

/**
 * The first dates of a group.
 *
 * @param {string} first @param {Rhythm} rhythm @param {number} count @returns {string[]} one, where it meets but once
 */
export function datesOf(first, rhythm, count) {
  if (rhythm === "once") return [first];
  const step = { weekly: WEEK, fortnightly: 2 * WEEK, nth: 0, last: 0 }[rhythm];
  return Array.from({ length: count }, (_, i) => (step ? dateOf(dayOf(first) + i * step) : inMonth(first, i, rhythm === "last")));
}

/** The same weekday of the same week, some months later. @param {string} first @param {number} months @param {boolean} isFromEnd */
function inMonth(first, months, isFromEnd) {
  const [year, of] = first.split("-").map(Number);
  const begin = Date.UTC(year, of - 1 + months, 1) / DAY;
  const weekday = weekdayOf(dayOf(first));
  const firstSuch = begin + ((weekday - weekdayOf(begin) + WEEK) % WEEK);
  if (!isFromEnd) return dateOf(firstSuch + (nthOf(first) - 1) * WEEK);
  const next = Date.UTC(year, of + months, 1) / DAY;
  return dateOf(firstSuch + Math.floor((next - 1 - firstSuch) / WEEK) * WEEK);
}

/** @param {number} day since 1970, a Thursday */
const weekdayOf = (day) => (day + 4) % WEEK;

/**
 * The instant of an hour on a zone's wall. An hour that does not exist, since clocks go forward over it, comes that much later; of one
 * that comes twice it is the first.
 *
 * @param {string} date @param {string} time "19:00" @param {string} zone IANA name @returns {number} ms since 1970 UTC
 */
export function instantOf(date, time, zone) {
  const wall = Date.parse(`${date}T${time}Z`);
  const [before, after] = [wall - DAY, wall + DAY].map((at) => wall - offsetAt(at, zone));
  const right = [before, after].filter((at) => at + offsetAt(at, zone) === wall);
  return right.length > 0 ? Math.min(...right) : before;
}

/** Making one takes far longer than using it. @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {string} zone */
function formatOf(zone) {
  const two = "2-digit";
  const format = formats.get(zone) ?? new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", year: "numeric", month: two, day: two, hour: two, minute: two, second: two });
  formats.set(zone, format);
  return format;
}

/** How far a zone's wall is ahead of UTC. @param {number} at @param {string} zone @returns {number} ms */
function offsetAt(at, zone) {
  const format = formatOf(zone);
  const { year, month: of, day, hour, minute, second } = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return Date.parse(`${year}-${of}-${day}T${hour}:${minute}:${second}Z`) - at;
}

/** Day and hour on a zone's wall. @param {number} at @param {string} zone @returns {{date: string, time: string}} */
export function wallOf(at, zone) {
  const wall = new Date(at + offsetAt(at, zone)).toISOString();
  return { date: wall.slice(0, 10), time: wall.slice(11, 16) };
}

/** @param {string} time "19:00" @returns {"morning"|"afternoon"|"evening"|"night"} */
export function partOfDay(time) {
  const hour = Number(time.slice(0, 2));
  if (hour >= 5 && hour < 12) return "morning";
  if (hour >= 12 && hour < 17) return "afternoon";
  return hour >= 17 && hour < 23 ? "evening" : "night";
}
