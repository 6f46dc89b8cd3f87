/**
 * Offers a code of six digits on a device of one's own, where there is none: once in 30 days, and never where other people use it.
 * @module
 */
import { part, show } from "../ui/dom.js";
import { mayKeepOnDevice } from "./device_mode.js";
import { declinedAt, keepDeclined } from "./own_device_store.js";

const QUIET_MS = 30 * 24 * 3600 * 1000;

/** @param {HTMLElement} element the offer, hidden @returns {Promise<void>} */
export async function offerCode(element) {
  if (!mayKeepOnDevice() || Date.now() - (await declinedAt()) < QUIET_MS) return;
  part(element, "no-code").addEventListener("click", () => {
    show(element, false);
    document.querySelector("h1")?.focus();
    // A device that keeps nothing asks again.
    keepDeclined().catch(() => undefined);
  });
  show(element, true);
}
