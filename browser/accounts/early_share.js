/**
 * The server's half of the keys, asked for while the rest of the page is still on its way: far out it is the longest of all waits.
 * Whether this tab slept too long is decided where the half is used (session.js); a half that is not wanted is dropped there.
 * @module
 */
import { HALF } from "./device_mode.js";
import { askSeal } from "./seal_requests.js";

/** @type {Promise<any> | null} */
let asked = null;

/** Asks, where this tab has a half of its own. Without one the other tabs are asked first, and there is nothing to win. */
export function askEarly() {
  if (sessionStorage.getItem(HALF) === null) return;
  // What goes wrong this early has no sentence yet: the page's own are further down. Whoever takes it asks again and is told.
  asked = askSeal("session-share").catch(() => null);
}

/**
 * The server's half: what was asked for early, once; then asked for anew.
 * @returns {Promise<any>}
 */
export async function share() {
  const early = asked;
  asked = null;
  return (await early) ?? askSeal("session-share");
}
