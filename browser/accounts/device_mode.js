/**
 * What this device is to the person: their own, or one that others use too. Two say so, the page (from the session's row) and
 * the tab; either is enough to leave nothing here.
 *
 * Whoever opens an IndexedDB database closes it on `versionchange`: else it could not be cleared while a tab is open.
 * @module
 */

import { HALF } from "./early.js";

const SHARED = "hs-shared";

/** Whether other people use this device: then it locks sooner. */
export function isShared() {
  return document.body.dataset["device"] === "shared" || sessionStorage.getItem(SHARED) !== null;
}

/**
 * Whether anything may rest on this device's disk, sealed (settled: drafts, what waits to be sent, the copy of groups). Never on a
 * shared device, and not while nobody is signed in; then only `sessionStorage` is left, which ends with the tab.
 */
export function mayKeepOnDevice() {
  return document.body.dataset["device"] === "kept" && !isShared();
}

/** Remembers in this tab what was chosen at sign-in. @param {boolean} shared */
export function rememberShared(shared) {
  if (shared) sessionStorage.setItem(SHARED, "1");
  else sessionStorage.removeItem(SHARED);
}

/** Forgets in this tab all but what is sealed for whoever comes back: no half of a key, no way back, no invite's secret. */
export function forgetTab() {
  for (const place of [HALF, SHARED, "hs-return", "hs-join", "hs-awake", "hs-ended", "hs-away", "hs-closed"]) sessionStorage.removeItem(place);
}
