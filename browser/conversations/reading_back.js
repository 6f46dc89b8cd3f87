/** Older words come when the button for them is pressed, and by themselves when it is near; the newer ones that made room for them, too. */

import { say } from "../ui/dom.js";
import { speak } from "../ui/voice.js";
import { attempt } from "./attempt.js";
import { line } from "./lines.js";

/** @import { Connection } from "../live/connection.js" */
/** @typedef {(isAsked: boolean) => Promise<Element|null|undefined|void>} StepBack was the button pressed? Answers the first of what came */

/** So many steps at once by themselves, where little of what came is for this view: a group of thousands is never loaded whole. */
const BY_ITSELF = 4;
/** So long, in ms, may a step take without a word about it: most come from this device's copy at once. */
const AT_ONCE = 300;
/** @type {WeakSet<HTMLElement>} */
const watched = new WeakSet();

/** @param {HTMLElement} button @param {Connection} connection @param {StepBack} stepBack shows what comes before; asked again for the same button it does nothing */
export function readBack(button, connection, stepBack) {
  if (watched.has(button)) return;
  watched.add(button);
  let steps = 0;

  async function load(isAsked = false) {
    if (!button.hidden && (await step(button, connection, stepBack, isAsked))) lookAgain();
  }
  const near = new IntersectionObserver((entries) => {
    const isNear = entries.some((each) => each.isIntersecting);
    steps = isNear ? steps + 1 : 0;
    if (isNear && steps <= BY_ITSELF) load();
  }, { rootMargin: "300px" });
  /** A button that stayed near on a short page comes near once only: watched anew, it says so again. */
  function lookAgain() {
    near.unobserve(button);
    near.observe(button);
  }
  button.addEventListener("click", () => load(true));
  near.observe(button);
}

/**
 * One step back, one at a time. Where nothing gets through it waits for the line, and the page says so.
 *
 * @param {HTMLElement} button @param {Connection} connection @param {StepBack} stepBack
 * @param {boolean} isAsked did somebody press the button? Then a keyboard goes on where the older words begin
 * @returns {Promise<boolean>} whether older words came
 */
export async function step(button, connection, stepBack, isAsked) {
  if (button.ariaDisabled) return false;
  button.ariaDisabled = "true";
  // The newer ones are here: nothing is to be said about a line.
  const note = /** @type {HTMLElement|null|undefined} */ (button.parentElement?.querySelector("[data-part=rest]"));
  const quiet = note ? sayWhileAway(note, connection) : () => undefined;
  /** @type {Element|null|undefined|void} */ let first;
  const isDone = await attempt(async () => (first = await stepBack(isAsked)), (words) => {
    quiet();
    if (note) say(note, words);
  });
  button.ariaDisabled = null;
  if (isDone && isAsked) {
    speak(line("spoken-lines", button.dataset["part"] ?? ""));
    if (document.activeElement === button) focusIn(first);
  }
  return isDone;
}

/** @param {Element|null|undefined|void} place */
function focusIn(place) {
  /** @type {HTMLElement|null|undefined} */ (place?.matches("[tabindex]") ? place : place?.querySelector("[tabindex]"))?.focus({ preventScroll: true });
}

/** @param {HTMLElement} note @param {Connection} connection @returns {() => void} stops */
function sayWhileAway(note, connection) {
  const tell = () => say(note, (connection.isAway && note.dataset["sayAway"]) || "");
  const soon = setTimeout(tell, AT_ONCE);
  const stop = connection.on("state", tell);
  return () => {
    clearTimeout(soon);
    stop();
  };
}
