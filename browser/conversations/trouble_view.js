/** More about what is wrong with a group: whose words claim another list, and a file of what this device saw. */

import { recordOf } from "../groups/record.js";
import { toHex } from "../sealing/codec.js";
import { part, show, template } from "../ui/dom.js";
import { language } from "../ui/language.js";
import { saveFile } from "../ui/paper.js";
import { attempt } from "./attempt.js";
import { line } from "./lines.js";

/** @import { Group } from "../groups/group.js" */
/** @import { Pane } from "./group_view.js" */
/** @import { Room } from "./room.js" */

/** @param {Room} room @returns {Pane} */
export function troubleView(room) {
  const element = template("trouble-view");
  const update = () => {
    const words = disputeLine(room);
    part(element, "dispute").replaceChildren(...(words ? [words] : []));
    show(part(element, "dispute"), words !== null);
  };
  element.append(recordOffer(room.group));
  return { element, update };
}

/** @param {Room} room @returns {DocumentFragment|null} */
function disputeLine(room) {
  const { disputes } = room.group;
  if (disputes.length === 0) return null;
  const names = disputes.map(({ author }) => room.nameOf(toHex(author)));
  const list = new Intl.ListFormat(language());
  return line("dispute-lines", "dispute", { who: names.every(Boolean) ? list.format(/** @type {string[]} */ (names)) : undefined });
}

/** The file's name says nothing of what is in it. @param {Group} group @param {string} [code] where the group did not open @returns {HTMLElement} */
export function recordOffer(group, code) {
  const element = template("record-offer");
  const save = async () => {
    const record = await recordOf(group, code ?? group.trouble ?? "", Date.now());
    saveFile("record.json", JSON.stringify(record, null, 1));
  };
  part(element, "save").addEventListener("click", () => attempt(save));
  return element;
}
