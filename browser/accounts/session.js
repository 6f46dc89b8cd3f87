/**
 * The keys of the person who is here, across page loads and tabs (sealing.md 2.6).
 *
 * A page asks `unlocked()`; without keys `keysOrUnlock()` sends the person to the unlock page. Words on the screen are taken
 * away by whoever put them there, in a listener given to `onBlank`; what must be saved first goes into `beforeLock`.
 * @module
 */
import { fromB64url } from "../sealing/codec.js";
import { openSession } from "../sealing/session_seal.js";
import { Refusal } from "../ui/refusal.js";
import { Keys } from "./account_keys.js";
import { forgetTab, isShared } from "./device_mode.js";
import { early } from "./early.js";
import { sleptThrough } from "./idle_clock.js";
import { askSeal } from "./seal_requests.js";
import { askOtherTabs, dropHalf, keepHalf, readHalf } from "./tab_half.js";
import { channel } from "./tabs.js";

/** @import { Half } from "./tab_half.js" */

const UNLOCK = "/unlock/";
const SIGNED_OUT = "/signed-out/";
/** A page to go to after signing in. The way back is kept in the tab, so no address or log holds it. */
export const RETURN = "hs-return";
/** An invite's secret (groups/joining.js): it has to lie in clear, because its owner may have no account yet. */
const LINK = "hs-join";
/** Tells the signed-out page to clear this device. A mark in the tab, not in the address: no foreign link can ask for it. */
export const LEAVE_NOTHING = "hs-leave-nothing";
/** Tells the sign-in page that the session was ended from elsewhere. */
export const ENDED = "hs-ended";
const SAVING_MS = 800;

/** @type {Promise<Keys | null> | null} */
let opened = null;
let isLeaving = false;
/** @type {Set<() => void>} */
const blankers = new Set();
/** @type {Set<() => unknown>} */
const savers = new Set();

/**
 * The keys, or null when nobody is signed in or the session is locked. The same promise for the whole page.
 * Throws `Refusal("unreachable")` when the server does not answer; the next call asks again.
 * @returns {Promise<Keys | null>}
 */
export function unlocked() {
  opened ??= open().catch((trouble) => {
    opened = null;
    throw trouble;
  });
  return opened;
}

/** @returns {Promise<Keys | null>} */
async function open() {
  if (readHalf() && sleptThrough()) {
    await lock();
    return null;
  }
  const server = await askShare();
  if (!server) {
    dropHalf();
    return null;
  }
  return (await openWith(readHalf(), server)) ?? openWith(await askOtherTabs(), server);
}

/** The server's half, or null when it has none for us. */
async function askShare() {
  try {
    return (await early("session-share")) ?? (await askSeal("session-share"));
  } catch (trouble) {
    if (trouble instanceof Refusal && ["locked", "signed-out"].includes(trouble.code)) return null;
    throw trouble;
  }
}

/**
 * @param {Half | null} half
 * @param {any} server
 * @returns {Promise<Keys | null>}
 */
async function openWith(half, server) {
  if (!half) return null;
  const accountId = fromB64url(server.account_id);
  try {
    const seed = await openSession(half.kept, accountId, fromB64url(server.share));
    keepHalf(half);
    return await Keys.from(seed, accountId, server.name, server.former);
  } catch {
    return null;
  }
}

/** A session that begins on this page (beginning.js): these are its keys. @param {Keys} keys */
export function hold(keys) {
  opened = Promise.resolve(keys);
}

/**
 * Calls `listener` when sealed words must leave the page at once: at locking, signing out, and when the page is put away.
 * @param {() => void} listener
 * @returns {() => void} takes the listener back
 */
export function onBlank(listener) {
  blankers.add(listener);
  return () => blankers.delete(listener);
}

/**
 * Calls `listener` before the keys are dropped, for drafts. It may return a promise; it is waited for, but not long.
 * @param {() => unknown} listener
 * @returns {() => void} takes the listener back
 */
export function beforeLock(listener) {
  savers.add(listener);
  return () => savers.delete(listener);
}

function blank() {
  for (const listener of blankers) listener();
}

/** Has this page dropped the keys? Then nothing may be put away any more by itself: whoever left may have left nothing. */
export const hasLeft = () => isLeaving;

/** Drops what this page holds. Saving comes first but may not hold it up. @param {{saving?: boolean}} [how] */
export async function leave({ saving = true } = {}) {
  isLeaving = true;
  blank();
  const saved = Promise.allSettled(saving ? [...savers].map(async (save) => save()) : []);
  await Promise.race([saved, new Promise((resolve) => setTimeout(resolve, SAVING_MS))]);
  dropHalf();
  sessionStorage.removeItem(LINK);
  opened = null;
}

/** Locks every tab of this browser: words off the screen, keys dropped, the server's half gone. Then the unlock page. */
export async function lock() {
  channel.postMessage({ type: "lock" });
  await leave();
  // Without an answer the keys are gone from here all the same.
  await askSeal("lock", {}, { keepalive: true }).catch(() => undefined);
  goUnlock();
}

/**
 * Signs this browser out in every tab. Sealed drafts stay on a device of one's own, unless nothing is to be left.
 * @param {{leaveNothing?: boolean, door?: "sign-out" | "sign-out/everywhere"}} [how]
 */
export async function signOut({ leaveNothing = isShared(), door = "sign-out" } = {}) {
  channel.postMessage({ type: "sign-out", leaveNothing });
  await leave();
  await askSeal(door, {}, { keepalive: true }).catch(() => undefined);
  goSignedOut(leaveNothing);
}

/** The session was ended on another device: as if it had been ended here, but one may sign in again and go on writing. */
export async function endedElsewhere() {
  if (isLeaving) return;
  await leave();
  if (isShared()) return goSignedOut(true);
  sessionStorage.setItem(ENDED, "1");
  goUnlock();
}

/** @param {boolean} leaveNothing */
function goSignedOut(leaveNothing) {
  if (leaveNothing) {
    sessionStorage.clear();
    sessionStorage.setItem(LEAVE_NOTHING, "1");
  }
  forgetTab();
  location.replace(SIGNED_OUT);
}

/** To the unlock page, and back here afterwards. */
function goUnlock() {
  if (!location.pathname.startsWith(UNLOCK)) sessionStorage.setItem(RETURN, location.pathname + location.search);
  location.replace(UNLOCK);
}

/**
 * The keys, or the way to the unlock page: for pages that are of no use without.
 * @returns {Promise<Keys>}
 */
export async function keysOrUnlock() {
  const keys = await unlocked();
  if (keys) return keys;
  goUnlock();
  return new Promise(() => undefined);
}

/** @param {MessageEvent} event */
async function hear({ data }) {
  if (data?.type !== "lock" && data?.type !== "sign-out") return;
  await leave();
  if (data.type === "lock") goUnlock();
  else goSignedOut(data.leaveNothing);
}

channel.addEventListener("message", hear);
addEventListener("pagehide", blank);
// Chrome keeps even no-store pages in its back-forward cache: such a page begins anew, and asks for its share again.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
