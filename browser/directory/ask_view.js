/** Asking to join a group from its listing: what happens next, said first; then one button. */

import { comeBackTo } from "../accounts/beginning.js";
import { keysOrUnlock } from "../accounts/session.js";
import { ableOrSay } from "../accounts/support.js";
import { attempt } from "../conversations/attempt.js";
import { put } from "../conversations/stage.js";
import { askFrom } from "../groups/requesting.js";
import { part, show, template } from "../ui/dom.js";
import { onSend, tellIn, working } from "../ui/form.js";

/** @import { Here } from "../groups/group.js" */

/** @param {string} path `/find/<listing>/ask/` */
const listingAt = (path) => path.split("/")[2] ?? "";

/**
 * @param {HTMLElement} stage
 * @param {() => Promise<Here>} arrive keys and connection, once somebody is here
 */
export async function showAsk(stage, arrive) {
  const isSignedIn = "signedIn" in stage.dataset;
  if (!(await ableOrSay())) return stage.replaceChildren();
  // Somebody who has an account but whose keys are locked opens them first and comes back here.
  if (isSignedIn) await keysOrUnlock();
  else comeBackTo(location.pathname);
  const element = template("ask-view");
  show(part(element, "signed-out"), !isSignedIn);
  show(part(element, "need-account"), !isSignedIn);
  show(part(element, "form"), isSignedIn);
  if (isSignedIn) onAsk(stage, element, await arrive());
  put(stage, element);
}

/** @param {HTMLElement} stage @param {HTMLElement} element @param {Here} here */
function onAsk(stage, element, here) {
  const form = /** @type {HTMLFormElement} */ (part(element, "form"));
  onSend(form, async () => {
    working(form, part(element, "words").dataset["asking"] ?? "");
    await attempt(async () => {
      const { state } = await askFrom(here, listingAt(location.pathname), (part(element, "title").textContent ?? "").trim());
      if (state !== "waiting") return location.assign("/groups/");
      put(stage, template("ask-sent"));
    }, tellIn(form));
    working(form, null);
  });
}
