/** A share with its replies, as an element that stays the same while words arrive around it. */

import { part, show, template } from "../ui/dom.js";
import { arrange } from "./arrange.js";
import { line } from "./lines.js";
import { drawHelp, drawWords } from "./parts.js";
import { drawWith } from "./with_view.js";

/** @import { Share, Words } from "./circle.js" */
/** @import { Desk } from "./desk.js" */
/** @import { Mark } from "./left_off.js" */
/** @import { Room } from "./room.js" */
/** @typedef {{room: Room, mayWrite: () => boolean}} Table what the talk is drawn with */

const keyOf = (/** @type {{id: string}} */ { id }) => id;

/** How to arrange shares, replies whose share was not loaded, and the line where one left off. @param {Table} table @returns {{key: (thing: any) => string, make: (thing: any) => HTMLElement, update: (element: HTMLElement, thing: any) => void}} */
export const thingViews = (table) => ({
  key: keyOf,
  make: (thing) => ("isMark" in thing ? template("left-off") : "replies" in thing ? makeShare(table, thing) : template("loose-reply")),
  update(element, thing) {
    if ("replies" in thing) updateShare(table, element, thing);
    else if (!("isMark" in thing)) drawReplies(part(element, "replies"), [thing], table);
  },
});

/** @param {Table} table @param {Share} share */
function makeShare(table, share) {
  const element = template("share");
  const place = part(element, "reply");
  const button = part(place, "answer");
  button.addEventListener("click", () => openReply(table.room, place, share)?.focus());
  button.setAttribute("aria-describedby", `who-${share.id}`);
  element.querySelector("article")?.setAttribute("aria-labelledby", `who-${share.id} when-${share.id}`);
  return element;
}

/** @param {Room} room @param {HTMLElement} place @param {Share} share @returns {HTMLTextAreaElement|null|undefined} */
function openReply({ desk }, place, share) {
  if (!desk) return null;
  const button = part(place, "answer");
  const form = desk.replyBox(share, () => {
    form.remove();
    show(button, true);
    labelReply(desk, button, share);
    button.focus();
  });
  show(button, false);
  place.querySelector("form")?.remove();
  place.append(form);
  return form.querySelector("textarea");
}

/** A reply that was begun is not opened by itself, which would move what is read: its button says that it is there. @param {Desk} desk @param {HTMLElement} button @param {Share} share */
function labelReply({ drafts }, button, { id }) {
  const name = drafts.get(id).text ? "reply-begun" : "reply";
  if ((button.dataset["says"] ?? "reply") === name) return;
  button.dataset["says"] = name;
  button.replaceChildren(line("opener-lines", name) ?? "");
}

/** @param {Table} table @param {HTMLElement} element @param {Share} share */
function updateShare(table, element, share) {
  const { room } = table;
  drawWords(element, share, room);
  drawWith(element, share, room);
  part(element, "share").toggleAttribute("data-own", share.author === room.me);
  drawHelp(part(element, "help"), "help-asked", share, room);
  show(part(element, "gone"), Boolean(share.isGone));
  // What is new as a whole needs no line within.
  const marked = (/** @type {Words[]} */ words) => (share.seq > room.leftOff.line ? words : room.leftOff.marked(words, false));
  drawReplies(part(element, "parts"), marked(share.parts), table);
  show(part(element, "more"), Boolean(share.more));
  drawReplies(part(element, "replies"), marked(share.replies), table);
  room.desk?.acts.draw(part(element, "acts"), share, table.mayWrite());
  show(part(element, "reply"), !share.code && !share.isGone && table.mayWrite());
  if (!room.desk) return;
  room.desk.readingOn.watch(element, share);
  const place = part(element, "reply");
  room.desk.drawUnsent(part(element, "outbox"), share.id, () => {
    updateShare(table, element, share);
    openReply(room, place, share)?.focus();
  });
  labelReply(room.desk, part(place, "answer"), share);
}

/** @param {HTMLElement} list @param {(Words|Mark)[]} replies @param {Table} table */
function drawReplies(list, replies, { room, mayWrite }) {
  const update = (/** @type {HTMLElement} */ element, /** @type {Words|Mark} */ reply) => {
    if ("isMark" in reply) return;
    drawWords(element, reply, room);
    drawWith(element, reply, room);
    room.desk?.acts.draw(part(element, "acts"), reply, mayWrite());
    room.desk?.readingOn.watch(element, reply);
  };
  arrange(list, replies, { key: keyOf, make: (reply) => template("isMark" in reply ? "left-off" : "reply"), update });
}
