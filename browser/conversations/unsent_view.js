/** What was written here and is not with the others yet: it waits, or says why it does not go. */

import { part, say, show, template } from "../ui/dom.js";
import { arrange } from "./arrange.js";

/** @import { Outbox, Unsent } from "./sending.js" */
/** @typedef {{outbox: Outbox, isAway: boolean, putBack: (unsent: Unsent) => void}} Way where unsent words can go; `isAway`: there is no line */

/** @param {HTMLElement} list @param {Unsent[]} entries @param {Way} way */
export function drawUnsent(list, entries, way) {
  arrange(list, entries, { key: ({ id }) => id, make: (unsent) => makeUnsent(unsent, way), update: (element, unsent) => updateUnsent(element, unsent, way) });
}

/** @param {Unsent} unsent @param {Way} way */
function makeUnsent(unsent, { outbox, putBack }) {
  const element = template("unsent");
  say(part(element, "text"), unsent.body.t);
  part(element, "again").addEventListener("click", () => {
    outbox.again(unsent);
    element.focus();
  });
  part(element, "back").addEventListener("click", () => {
    outbox.remove(unsent);
    putBack(unsent);
  });
  part(element, "away").addEventListener("click", () => {
    placeOf(element)?.focus({ preventScroll: true });
    outbox.remove(unsent);
  });
  return element;
}

/** Where a keyboard goes on when this is gone: what it answers, or the heading above it. @param {HTMLElement} element @returns {HTMLElement|null|undefined} */
const placeOf = (element) => element.closest("article") ?? element.closest("section")?.querySelector("h2");

/** While there is no line nothing is on its way yet, and can still be taken back. @param {HTMLElement} element @param {Unsent} unsent @param {Way} way */
function updateUnsent(element, { why, waits }, { isAway }) {
  say(part(element, "why"), why ?? "");
  show(part(element, "why"), Boolean(why));
  show(part(element, "again"), Boolean(why));
  show(part(element, "acts"), Boolean(why) || isAway);
  show(part(element, "waiting"), !why || waits === true);
  show(part(element, "away-now"), !why && isAway);
  show(part(element, "held"), waits === true);
}
