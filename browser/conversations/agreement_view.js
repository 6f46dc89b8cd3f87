/** What the group agreed, and saying yes to it. */

import { isAgreed } from "../groups/standing.js";
import { part, say, show, template } from "../ui/dom.js";
import { attempt } from "./attempt.js";
import { line } from "./lines.js";
import { openBy } from "./opener.js";
import { haveAllSigned, signBoth, standingOf } from "./tending.js";

/** @import { Room } from "./room.js" */
/** @import { Pane } from "./group_view.js" */

/**
 * The text is shown only when it is the one the log names.
 *
 * @param {HTMLElement} root @param {Room} room @returns {Promise<boolean>}
 */
async function drawAgreement(root, room) {
  const standing = standingOf(room) ?? undefined;
  const agreed = await isAgreed(room.group, standing);
  say(part(root, "text"), agreed ? (standing?.agreement.text ?? "") : "");
  show(part(root, "text"), agreed);
  return agreed;
}

/** @param {Room} room @returns {Pane} */
export function agreementView(room) {
  const element = template("agreement-view");
  const update = async () => {
    const agreed = await drawAgreement(element, room);
    const { agreement } = room.group.log;
    show(part(element, "damaged"), !agreed && standingOf(room) !== null);
    show(part(element, "missing"), standingOf(room) === null);
    show(part(element, "first"), agreement?.version === 1);
    const signed = haveAllSigned(room) ? "all" : room.hasSigned ? "with-me" : "without-me";
    part(element, "signed-by").replaceChildren(line("signed-lines", signed) ?? "");
    for (const model of [1, 2]) show(part(element, `model-${model}`), agreement?.model === model);
  };
  return { element, update };
}

/** Behind the button where the box to write in will be, until this member said yes. @param {HTMLElement} card @param {Room} room @returns {() => void} draws it */
export function signCard(card, room) {
  const element = template("sign-card");
  const button = /** @type {HTMLButtonElement} */ (part(element, "agree"));
  button.addEventListener("click", async () => {
    button.disabled = true;
    await attempt(() => signBoth(room));
    button.disabled = false;
  });
  openBy(card, element, () => part(element, "title").focus());
  return async () => {
    button.disabled = !(await drawAgreement(element, room));
  };
}
