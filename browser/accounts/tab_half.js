/**
 * What this tab keeps of the session seal (sealing.md 2.6): 180 bytes that open nothing without the server's share.
 *
 * They rest in `sessionStorage` and die with the tab. A fresh tab asks the others; they are of one browser and one origin,
 * so whoever could listen in could read the storage too.
 * @module
 */
import { toB64url, fromB64url } from "../sealing/codec.js";
import { isShared, rememberShared } from "./device_mode.js";
import { HALF } from "./early.js";
import { channel } from "./tabs.js";

/** @import { Bytes } from "../sealing/codec.js" */

/** @typedef {{kept: Bytes, shared: boolean}} Half */

const PATIENCE_MS = 400;

/** @returns {Half | null} */
export function readHalf() {
  const text = sessionStorage.getItem(HALF);
  if (text === null) return null;
  try {
    return { kept: fromB64url(text), shared: isShared() };
  } catch {
    return null;
  }
}

/** @param {Half} half */
export function keepHalf({ kept, shared }) {
  sessionStorage.setItem(HALF, toB64url(kept));
  rememberShared(shared);
}

/** Forgets the half; the ciphertext is gone with it. */
export function dropHalf() {
  sessionStorage.removeItem(HALF);
}

/** Hands it to tabs that are locked: whoever opens one tab again has opened them all. @param {Half} half */
export const giveHalf = (half) => channel.postMessage({ type: "given", ...half });

/** Calls `listener` once another tab has given its half to this one. @param {() => void} listener */
export function onGiven(listener) {
  channel.addEventListener("message", ({ data }) => {
    if (data?.type !== "given") return;
    keepHalf({ kept: data.kept, shared: Boolean(data.shared) });
    listener();
  });
}

/**
 * Answers other tabs that ask. Only a tab that still holds its half speaks.
 * @param {MessageEvent} event
 */
function answer({ data }) {
  const half = data?.type === "half?" ? readHalf() : null;
  if (half) channel.postMessage({ type: "half", to: data.from, ...half });
}
channel.addEventListener("message", answer);

/**
 * Asks the other tabs for their half; null when none answers in time.
 * @returns {Promise<Half | null>}
 */
export function askOtherTabs() {
  const from = crypto.randomUUID();
  return new Promise((resolve) => {
    /** @param {Half | null} half */
    const finish = (half) => {
      clearTimeout(timer);
      channel.removeEventListener("message", hear);
      resolve(half);
    };
    /** @param {MessageEvent} event */
    const hear = ({ data }) => {
      if (data?.type === "half" && data.to === from) finish({ kept: data.kept, shared: Boolean(data.shared) });
    };
    const timer = setTimeout(finish, PATIENCE_MS, null);
    channel.addEventListener("message", hear);
    channel.postMessage({ type: "half?", from });
  });
}
