/**
 * When somebody counts as gone, and when they were last here.
 * @module
 */
import { isShared } from "./device_mode.js";

const MINUTE_MS = 60_000;
const AWAKE = "hs-awake";

/** How long one may be still. @param {boolean} shared */
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

/** What the clock says now of whoever touched this tab last, or another that told us. */
export function stateNow() {
  return stateAt(Number(sessionStorage.getItem(AWAKE) ?? Date.now()), Date.now(), isShared());
}

/** @param {number} at */
export function rememberAwake(at) {
  sessionStorage.setItem(AWAKE, String(Math.max(at, Number(sessionStorage.getItem(AWAKE) ?? 0))));
}

/** Whether the time was over before this page was loaded, for instance while the lid was closed. */
export const sleptThrough = () => stateNow() === "asleep";

/** Somebody is here: now, in this tab. */
export const wakeUp = () => rememberAwake(Date.now());
