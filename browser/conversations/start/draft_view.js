/** The draft of the agreement on its screen: ticks and lines of text that say the same (clauses.js). */

import { control, part } from "../../ui/dom.js";
import { agreementOf, hasClause, withClause, withoutClause } from "./clauses.js";
import { sayList, text } from "./saying.js";

/** @param {HTMLElement} form @returns {HTMLInputElement[]} */
const ticksOf = (form) => [...part(form, "clauses").querySelectorAll("input")];

/** @param {HTMLInputElement} tick the clause as it stands in the library and in an agreement */
const clauseOf = (tick) => (tick.closest("label")?.textContent ?? "").trim().replace(/\s+/gu, " ");

/** What is ticked beforehand. @param {HTMLElement} form @param {string} way how the group meets */
export const proposedLines = (form, way) =>
  ticksOf(form).filter(({ dataset }) => "usual" in dataset || ("afar" in dataset && way !== "in_person")).map(clauseOf).join("\n");

/** What stands in every agreement: that it stays here, and the limit that was chosen. @param {string} model @returns {string[]} */
export const alwaysOf = (model) => [text("start-always-lines", "stays"), text("start-always-lines", `limit-${model}`)].filter((each) => each !== "");

/** The agreement as everybody will sign it. @param {Record<string, string>} values */
export const wholeAgreement = ({ model, lines }) => agreementOf(alwaysOf(model), lines ?? "");

/** @param {HTMLFormElement} form */
export function drawDraft(form) {
  const lines = control(form, "lines").value;
  for (const tick of ticksOf(form)) tick.checked = hasClause(lines, clauseOf(tick));
  sayList(part(form, "always"), alwaysOf(new FormData(form).get("model")?.toString() ?? ""));
}

/** A tick writes its line, or takes it away; what is written by hand is ticked. @param {HTMLFormElement} form @param {() => void} changed */
export function keepDraft(form, changed) {
  const area = control(form, "lines");
  part(form, "clauses").addEventListener("change", ({ target }) => {
    const tick = /** @type {HTMLInputElement} */ (target);
    const clause = clauseOf(tick);
    area.value = tick.checked ? withClause(area.value, clause, ticksOf(form).map(clauseOf)) : withoutClause(area.value, clause);
    changed();
  });
  area.addEventListener("input", () => drawDraft(form));
}
