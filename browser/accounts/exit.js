/**
 * Quick exit: the page is empty at once, the session is over, and another page stands in its place (sealing.md: browser runtime).
 * Without this module the same link does it more slowly.
 * @module
 */
import { part, whenReady } from "../ui/dom.js";
import { forgetEverything } from "../ui/forget.js";
import { forgetTab, isShared } from "./device_mode.js";
import { Escapes, isFree } from "./escapes.js";
import { channel } from "./tabs.js";

const SAVING_MS = 300;

/** @type {(how: {saving: boolean}) => Promise<unknown>} */
let leaveKeys = async () => undefined;
let isGone = false;

/** Has keys dropped at an exit, and drafts put away first where they may stay. @param {typeof leaveKeys} leave */
export function atExit(leave) {
  leaveKeys = leave;
}

/** A beacon outlives its page. It needs no token: public pages have none, and their cache is cleared too. */
function endSession() {
  navigator.sendBeacon("/seal/exit");
}

/** Sealed drafts stay on a device of one's own; on a shared one nothing does. */
async function clear() {
  const left = leaveKeys({ saving: !isShared() });
  if (isShared()) return forgetEverything();
  await Promise.race([left, new Promise((resolve) => setTimeout(resolve, SAVING_MS))]);
  forgetTab();
}

/** @param {HTMLAnchorElement} link */
async function leave(link) {
  if (isGone) return;
  isGone = true;
  document.body.replaceChildren();
  endSession();
  channel.postMessage({ type: "exit" });
  // Whatever goes wrong in clearing, they are gone from here.
  await clear().catch(() => undefined);
  location.replace(link.dataset["to"] ?? link.href);
}

whenReady(() => {
  const link = /** @type {HTMLAnchorElement} */ (part(document, "exit"));
  const escapes = new Escapes();
  link.addEventListener("click", (event) => {
    event.preventDefault();
    void leave(link);
  });
  addEventListener("keydown", (event) => {
    const isEscape = event.key === "Escape" && isFree(event, document);
    if (escapes.press(isEscape, event.timeStamp)) void leave(link);
  });
  channel.addEventListener("message", ({ data }) => data?.type === "exit" && void leave(link));
});
