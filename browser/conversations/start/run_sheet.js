/**
 * The plan of one meeting: what comes when, in minutes. Two plans are known to work, for 60 and for 90 minutes; all others lie on the
 * line through them, and what is left over is for sharing.
 */

/** @typedef {"arrive"|"names"|"agreement"|"quiet"|"checkin"|"writing"|"sharing"|"moments"|"looking"|"closing"|"end"} Step */
/** @typedef {"open"|"light"|"guided"} Shape */
/** @typedef {{step: Step, minutes: number}[]} RunSheet in order; it adds up to the length of the meeting */

/** @type {Partial<Record<Step, [at60: number, at90: number]>>} minutes */
const KNOWN = { arrive: [5, 8], agreement: [4, 5], quiet: [1, 2], checkin: [10, 20], moments: [3, 5], closing: [6, 8], end: [1, 2] };

/** @type {Record<Shape, Step[]>} */
const PARTS = {
  open: ["arrive", "agreement", "sharing", "closing", "end"],
  light: ["arrive", "agreement", "checkin", "sharing", "closing", "end"],
  guided: ["arrive", "agreement", "quiet", "checkin", "sharing", "moments", "closing", "end"],
};

/** Under so many minutes for each, people hurry. */
const ENOUGH = 3;

/** @param {number} number of the meeting, from 1 @param {Step[]} parts @returns {Step[]} what is different about the first three */
function partsOf(number, parts) {
  if (number === 1) return parts.flatMap((step) => (step === "agreement" ? ["names", "agreement"] : step === "checkin" ? [] : [step]));
  if (number === 2) return parts.flatMap((step) => (step === "sharing" ? ["writing", "sharing"] : [step]));
  return parts.flatMap((step) => (step === "closing" ? ["looking", "closing"] : [step]));
}

/** @param {Step} step @param {number} length of the meeting @param {number} number of the meeting */
function minutesOf(step, length, number) {
  const own = { names: length / 5, writing: length / 4, looking: length / 9 }[/** @type {string} */ (step)];
  if (own) return Math.round(own);
  const [at60, at90] = KNOWN[step] ?? [0, 0];
  const minutes = Math.max(1, Math.round(at60 + ((length - 60) / 30) * (at90 - at60)));
  // Read for the first time, it is talked about, too.
  return number === 1 && step === "agreement" ? 2 * minutes : minutes;
}

/**
 * @param {{length: number, shape: Shape, number: number}} meeting `number`: the first, second or third
 * @returns {RunSheet}
 */
export function runSheet({ length, shape, number }) {
  const steps = partsOf(number, PARTS[shape]);
  const taken = steps.map((step) => (step === "sharing" ? 0 : minutesOf(step, length, number)));
  const rest = length - taken.reduce((sum, minutes) => sum + minutes, 0);
  return steps.map((step, i) => ({ step, minutes: step === "sharing" ? rest : taken[i] }));
}

/** Would people have to hurry? By an ordinary meeting. @param {{length: number, shape: Shape, people: number}} meeting */
export function isTight({ length, shape, people }) {
  const taken = PARTS[shape].reduce((sum, step) => sum + (step === "sharing" ? 0 : minutesOf(step, length, 0)), 0);
  return (length - taken) / people < ENOUGH;
}
