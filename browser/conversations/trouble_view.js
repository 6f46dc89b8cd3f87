/** What is wrong with a group, in the sentence for it; and where words of members claim another list, whose. */

import { toHex } from "../sealing/codec.js";
import { part, say, sentence, show, template } from "../ui/dom.js";
import { later } from "../ui/later.js";
import { attempt } from "./attempt.js";
import { line } from "./lines.js";
import { hold } from "./stage.js";

/** @import { Group } from "../groups/group.js" */
/** @import { Room } from "./room.js" */
/** @import { Tools } from "./tools.js" */

/** @param {HTMLElement} page @param {Room} room */
export function drawTrouble(page, room) {
  const { trouble, disputes } = room.group;
  say(part(page, "trouble"), trouble ? sentence(trouble) : "");
  show(part(page, "trouble"), trouble !== null);
  const record = part(page, "record");
  hold(record, trouble ? (/** @type {HTMLElement|null} */ (record.firstElementChild) ?? recordOffer(room.group)) : null);
  const place = part(page, "dispute");
  const names = disputes.map(({ author }) => room.nameOf(toHex(author)));
  const who = names.every(Boolean) ? new Intl.ListFormat(document.documentElement.lang || "en").format(/** @type {string[]} */ (names)) : undefined;
  const words = disputes.length > 0 ? line("dispute-lines", "dispute", { who }) : null;
  place.replaceChildren(...(words ? [words] : []));
  show(place, words !== null);
}

/** What this device saw, as a file for its person. @param {Group} group @param {string} [code] where the group did not open @returns {HTMLElement} */
export function recordOffer(group, code) {
  const element = template("record-offer");
  const save = async () => {
    const { saveRecord } = /** @type {Tools} */ (await later("tools"));
    await saveRecord(group, code ?? group.trouble ?? "");
  };
  part(element, "save").addEventListener("click", () => attempt(save));
  return element;
}
