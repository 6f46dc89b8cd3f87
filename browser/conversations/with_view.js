/** Who is with somebody: drawn with the words it answers, so that nothing moves when it is there. */

import { part, show } from "../ui/dom.js";
import { arrange } from "./arrange.js";
import { line } from "./lines.js";
import { presentAt } from "./presences.js";

/** @import { Words } from "./circle.js" */
/** @import { Presence } from "./presences.js" */
/** @import { Room } from "./room.js" */

/** What its author reads. @param {Room} room @param {Presence} presence */
export const presenceLine = (room, { author, text }) => line("present-lines", text ? "phrase" : "wordless", { who: room.nameOf(author), words: text });

/** @param {HTMLElement} root @param {Words} words @param {Room} room */
export function drawWith(root, words, room) {
  const present = words.code || words.isGone ? [] : presentAt(room.presences.all, words.id);
  const isMine = words.author === room.me;
  drawPresent(part(root, "present"), isMine ? present : [], room);
  drawMine(part(root, "with-them"), isMine ? undefined : present[0], words, room);
}

/** @param {HTMLElement} list @param {Presence[]} present @param {Room} room */
function drawPresent(list, present, room) {
  show(list, present.length > 0);
  arrange(list, present, {
    key: ({ id, revision }) => `${id} ${revision}`,
    make: (each) => {
      const item = document.createElement("li");
      item.append(...[presenceLine(room, each)].filter((words) => words !== null));
      return item;
    },
  });
}

/** @param {HTMLElement} place @param {Presence|undefined} mine @param {Words} words @param {Room} room */
function drawMine(place, mine, { author }, room) {
  const who = room.nameOf(author);
  const drawn = mine ? `${mine.id} ${mine.revision} ${who}` : "";
  if ((place.dataset["drawn"] ?? "") === drawn) return;
  place.dataset["drawn"] = drawn;
  show(place, mine !== undefined);
  const said = mine && line("present-lines", mine.text ? "mine-phrase" : "mine", { who, words: mine.text });
  place.replaceChildren(...(said ? [said] : []));
}
