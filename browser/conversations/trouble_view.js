/** What is wrong with a group, in the sentence for it; and where words of members claim another list, whose. */

import { part, say, sentence, show } from "../ui/dom.js";
import { toHex } from "../sealing/codec.js";
import { line } from "./lines.js";

/** @import { Room } from "./room.js" */

/** @param {HTMLElement} page @param {Room} room */
export function drawTrouble(page, room) {
  const { trouble, disputes } = room.group;
  say(part(page, "trouble"), trouble ? sentence(trouble) : "");
  show(part(page, "trouble"), trouble !== null);
  const place = part(page, "dispute");
  const names = disputes.map(({ author }) => room.nameOf(toHex(author)));
  const who = names.every(Boolean) ? new Intl.ListFormat(document.documentElement.lang || "en").format(/** @type {string[]} */ (names)) : undefined;
  const words = disputes.length > 0 ? line("dispute-lines", "dispute", { who }) : null;
  place.replaceChildren(...(words ? [words] : []));
  show(place, words !== null);
}
