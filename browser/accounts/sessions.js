/**
 * The list of browsers somebody is signed in with: ending one, or all.
 * @module
 */
import { focusOn, part, say, show } from "../ui/dom.js";
import { askSeal, codeOf, sentenceOf } from "./seal_requests.js";
import { signOut } from "./session.js";

/**
 * @param {HTMLElement} list
 * @param {HTMLElement} row
 */
async function end(list, row) {
  const told = part(list, "ended");
  try {
    await askSeal("sessions/end", { session: row.dataset["session"] });
  } catch (trouble) {
    // Gone already is as good.
    if (codeOf(trouble) !== "not-found") return say(told, sentenceOf(trouble));
  }
  row.remove();
  say(told, told.dataset["say"] ?? "");
  focusOn(part(document, "sessions-title"));
}

/** @param {HTMLElement} list */
export function sessionList(list) {
  for (const row of list.querySelectorAll('[data-part="session"]')) {
    const button = row.querySelector('[data-part="end"]');
    if (!(row instanceof HTMLElement) || !(button instanceof HTMLElement)) continue;
    button.addEventListener("click", () => void end(list, row));
    show(button, true);
  }
  const everywhere = part(list, "everywhere");
  everywhere.addEventListener("click", () => void signOut({ door: "sign-out/everywhere" }));
  show(everywhere, true);
}
