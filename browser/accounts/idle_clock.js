/**
 * When somebody counts as gone.
 * @module
 */

const MINUTE_MS = 60_000;

/**
 * How long one may be still.
 * @param {boolean} shared
 */
function limitMs(shared) {
  return (shared ? 5 : 15) * MINUTE_MS;
}

/**
 * What the clock says about somebody last seen at `awake`: "awake", "soon" in the last minute, "asleep" from then on.
 * @param {number} awake
 * @param {number} now
 * @param {boolean} shared
 * @returns {"awake" | "soon" | "asleep"}
 */
export function stateAt(awake, now, shared) {
  const left = limitMs(shared) - (now - awake);
  if (left <= 0) return "asleep";
  return left <= MINUTE_MS ? "soon" : "awake";
}
