/** Starting a group: one form. */

import { askSeal } from "../accounts/seal_requests.js";
import { pathOf } from "../groups/address.js";
import { startGroup } from "../groups/starting.js";
import { control, part, template } from "../ui/dom.js";
import { needed, onSend, showProblems, tellIn, working } from "../ui/form.js";
import { attempt } from "./attempt.js";
import { put } from "./stage.js";

/** @import { Here } from "../groups/group.js" */

/** @param {HTMLElement} stage @param {Here} here */
export async function showStart(stage, here) {
  const network = /** @type {any} */ (await askSeal("network"));
  if (!network.you_may_start) return put(stage, template("start-closed"));
  const element = template("start-view");
  const form = /** @type {HTMLFormElement} */ (element);
  onSend(form, async () => {
    if (!showProblems(form, ["name", "own", "agreement", "principles"].flatMap((each) => needed(control(form, each))))) return;
    working(form, part(form, "words").dataset.making ?? "");
    await attempt(async () => {
      const group = await startGroup(here, readForm(form), network);
      location.assign(pathOf(group.id));
    }, tellIn(form));
    working(form, null);
  });
  put(stage, element);
}

/** @param {HTMLFormElement} form */
function readForm(form) {
  const given = new FormData(form);
  const text = (/** @type {string} */ name) => String(given.get(name) ?? "").trim();
  return { name: text("name"), own: text("own"), model: Number(given.get("model")), agreement: text("agreement") };
}
