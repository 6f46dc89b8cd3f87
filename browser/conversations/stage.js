/** The one place on the page where views stand. */

import { focusOn, part, say, template } from "../ui/dom.js";
import { sentenceOf } from "./attempt.js";

/** @param {string} font @returns {number} how wide it sets the title: a word in the page's language, and so in its letters */
function width(font) {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return 0;
  pen.font = font;
  return pen.measureText(document.title).width;
}

/**
 * Letters that are not in use before the first words (css/fonts.css) might come while somebody reads, and move the lines: this page does
 * without them. Whether they are loaded is not the question: Chromium leaves out letters that came after its first paint, until another
 * style sheet comes, and then takes them.
 */
function settleLetters() {
  const areUsed = [400, 600].every((weight) => width(`${weight} 40px literata, "Readex Pro", monospace`) !== width(`${weight} 40px monospace`));
  if (!areUsed) document.documentElement.dataset["letters"] = "own";
}

/** Shows a view; whoever listens to the page starts at its heading, unless they are elsewhere on it by now. @param {HTMLElement} stage @param {HTMLElement} view */
export function put(stage, view) {
  settleLetters();
  const at = document.activeElement;
  const isElsewhere = at !== null && at !== document.body && !stage.contains(at);
  stage.replaceChildren(view);
  if (isElsewhere) return;
  const heading = view.querySelector("h1");
  if (!heading) return;
  focusOn(heading, { preventScroll: true });
  // At once: who loads the page again far down would else be carried up past what they read.
  heading.scrollIntoView({ block: "nearest", behavior: "instant" });
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
