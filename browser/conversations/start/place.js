/** Where a new group meets: only what belongs to the way it meets. What was written for another way stays in its field, unsaid. */

/** @typedef {"where"|"link"|"phone"} Part */

/** @type {Record<string, Part[]>} */
const PARTS = { in_person: ["where"], online: ["link"], phone: ["phone"], hybrid: ["where", "link"] };

/** What is asked for. @param {string} way @returns {Part[]} */
export const partsOf = (way) => PARTS[way] ?? [];

/** @param {Record<string, string>} values @returns {Partial<Record<Part, string>>} as it stands in the group */
export const placeOf = (values) =>
  Object.fromEntries(partsOf(values["way"]).flatMap((part) => (values[part]?.trim() ? [[part, values[part].trim()]] : [])));

/** The same for people to read. @param {Record<string, string>} values */
export const placeText = (values) => Object.values(placeOf(values)).join("\n");
