/**
 * Beginnings for those who don't know how to begin. Each ends open ("I hear that …"), and has to be made one's own: a line that still
 * stands as it was offered is not sent.
 */

import { control, part, show } from "../ui/dom.js";

/** @param {HTMLFormElement} form */
const offered = (form) => /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-beginning]")]);

/** @param {Element} button */
const linesOf = (button) => (button.getAttribute("data-beginning") || button.textContent || "").split("\n").map((each) => each.trim());

/**
 * @param {string} text @param {string[]} beginnings as they were offered
 * @returns {boolean} whether a line is still as it was offered
 */
export const isUnfinished = (text, beginnings) => text.split("\n").some((each) => beginnings.includes(each.trim()));

/** A press puts the beginning under what is there, to be gone on with. @param {HTMLFormElement} form */
export function offerBeginnings(form) {
  const box = control(form, "text");
  for (const button of offered(form)) {
    button.addEventListener("click", () => {
      box.value = [box.value.trimEnd(), ...linesOf(button)].filter(Boolean).join("\n");
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.focus();
      // To the end of the first line that is open.
      const end = box.value.indexOf("…") + 1 || box.value.length;
      box.setSelectionRange(Math.max(end - 1, 0), end);
    });
  }
}

/** Says so where a beginning was not gone on with. @param {HTMLFormElement} form @param {string} text @returns {boolean} whether it may be sent */
export function isOnesOwn(form, text) {
  const isOpen = isUnfinished(text, offered(form).flatMap(linesOf));
  const place = form.querySelector("[data-part=unfinished]");
  if (place) show(part(form, "unfinished"), isOpen);
  if (isOpen) control(form, "text").focus();
  return !isOpen;
}
