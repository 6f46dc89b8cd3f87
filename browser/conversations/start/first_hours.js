/** The hours of a new group, as the server keeps them (docs/protocol.md 10). */

import { dayOf, nthOf } from "./civil.js";

/** @import { Rhythm } from "./civil.js" */

/** @param {string} date Monday is 0 */
const weekdayOf = (date) => (dayOf(date) + 3) % 7;

/**
 * One line, which begins with the first date: no words of anybody's are in it.
 *
 * @param {{first: string, time: string, zone: string, rhythm: Rhythm, length: string}} values
 */
export function firstHours({ first, time, zone, rhythm, length }) {
  const line = { zone, start: time, minutes: Number(length) };
  const since = { weekday: weekdayOf(first), valid_from: first };
  return {
    weekly: { ...line, ...since, every: /** @type {const} */ ("week") },
    fortnightly: { ...line, ...since, every: /** @type {const} */ ("week"), interval: 2, anchor: first },
    nth: { ...line, ...since, every: /** @type {const} */ ("nth"), nth: [nthOf(first)] },
    last: { ...line, ...since, every: /** @type {const} */ ("nth"), nth: [-1] },
    once: { ...line, every: /** @type {const} */ ("once"), day: first },
  }[rhythm];
}
