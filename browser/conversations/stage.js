/** The one place on the page where views stand. */

import { focusOn, part, say, template } from "../ui/dom.js";
import { sentenceOf } from "./attempt.js";

/** Shows a view; whoever listens to the page starts at its heading, unless they are elsewhere on it by now. @param {HTMLElement} stage @param {HTMLElement} view */
export function put(stage, view) {
  const at = document.activeElement;
  const isElsewhere = at !== null && at !== document.body && !stage.contains(at);
  stage.replaceChildren(view);
  if (isElsewhere) return;
  const heading = view.querySelector("h1");
  if (heading) focusOn(heading);
}

/** The page could not be shown: why, and a way to try again. @param {HTMLElement} stage @param {unknown} why */
export function showBroken(stage, why) {
  const element = template("broken-view");
  say(part(element, "why"), sentenceOf(why));
  part(element, "again").addEventListener("click", () => location.reload());
  put(stage, element);
}

/** Puts an element where another stood, and leaves it alone where it stands already: what has focus keeps it. @param {HTMLElement} place @param {HTMLElement|null} element */
export function hold(place, element) {
  if (place.firstElementChild === element) return;
  place.replaceChildren(...(element ? [element] : []));
}
