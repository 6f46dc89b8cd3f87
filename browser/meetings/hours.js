/**
 * A group's hours, which the server knows. Where it meets and why it pauses are sealed in the standing item (groups/standing.js).
 */

/** @import { Group } from "../groups/group.js" */
/**
 * @typedef {object} Times one line of a group's hours (docs/protocol.md 10)
 * @property {string} zone IANA name
 * @property {string} start HH:MM on the wall there
 * @property {number} minutes
 * @property {"week"|"nth"|"monthday"|"once"|"dates"} [every] default "week"
 * @property {number|null} [weekday] Monday is 0
 * @property {number} [interval] @property {string|null} [anchor]
 * @property {number[]} [nth] @property {number[]} [monthdays] @property {string|null} [day]
 * @property {string[]} [extra] @property {string[]} [without]
 * @property {{day: string, to: string, minutes?: number}[]} [moved]
 * @property {{first: string, last: string|null}[]} [pauses]
 * @property {string|null} [valid_from] @property {string|null} [valid_to]
 */
/** @typedef {[start: number, end: number, line: number, wall: string]} MeetingDate */

/** @param {Group} group @returns {Promise<{times: Times[], dates: MeetingDate[]}>} */
export const readHours = (group) => group.ask("hours");

/**
 * Puts these lines in the place of all there were; a facilitator's device alone may.
 *
 * @param {Group} group @param {Times[]} times
 * @throws {import("../ui/refusal.js").Refusal} `hours` when they name no days
 */
export const setHours = (group, times) => group.ask("set-hours", { times });
