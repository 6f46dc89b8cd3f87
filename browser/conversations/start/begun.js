/** What somebody has begun: everything they wrote and chose, by the names of the fields, as it is kept between visits. */

/**
 * @typedef {object} Begun
 * @property {string} at the screen they were on
 * @property {Record<string, string>} values by field
 * @property {Record<string, string>} proposed by field, what this place had written there
 * @property {string} [group] in hex: the group they are making, from the moment they pressed the button
 * @property {{model: string, lines: string}} [signed] the agreement as its founder signed it: once the group is there, it does not change any more
 * @property {boolean} [isStarted] it is there, with all that belongs to it
 */

/** The screens in their order. The last one comes when the group is there. */
export const STEPS = Object.freeze(["purpose", "people", "place", "rhythm", "shape", "meetings", "names", "danger", "agreement", "invite", "look", "ready"]);

/** @returns {Begun} */
export const nothingBegun = () => ({ at: STEPS[0], values: {}, proposed: {} });

/** @param {unknown} kept */
const isBegun = (kept) => kept !== null && typeof kept === "object" && ["values", "proposed"].every((part) => part in kept);

/** As it was kept; nothing, where that makes no sense any more. @param {string} text @returns {Begun} */
export function readBegun(text) {
  try {
    const kept = JSON.parse(text);
    return isBegun(kept) ? { ...nothingBegun(), ...kept } : nothingBegun();
  } catch {
    return nothingBegun();
  }
}

/**
 * Writes a proposal where nothing of theirs stands: an empty field that was never filled, or our own last proposal as we left it.
 *
 * @param {Begun} begun @param {string} field @param {string} text @returns {Begun}
 */
export function propose(begun, field, text) {
  const { values, proposed } = begun;
  const before = proposed[field];
  const isOurs = before === undefined ? !values[field] : values[field] === before;
  return isOurs ? { ...begun, values: { ...values, [field]: text }, proposed: { ...proposed, [field]: text } } : begun;
}

/** The screen one may be on, wanting to be on `step`: the first before it that still wants something. @param {string} step @param {(step: string) => boolean} wants */
export const reachable = (step, wants) => STEPS.slice(0, Math.max(STEPS.indexOf(step), 0)).find(wants) ?? step;
