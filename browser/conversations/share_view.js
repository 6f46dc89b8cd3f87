/** A share with its replies, as an element that stays the same while words arrive around it. */

import { part, say, show, template } from "../ui/dom.js";
import { arrange } from "./arrange.js";
import { replyBox } from "./composer.js";
import { drawHelp, drawWords } from "./parts.js";

/** @import { Share, Words } from "./circle.js" */
/** @import { Drafts } from "./drafts.js" */
/** @import { Room } from "./room.js" */
/** @import { Unsent } from "./sending.js" */
/** @typedef {{room: Room, drafts: Drafts, putBack: (unsent: Unsent) => void, mayWrite: () => boolean}} Table what the talk is drawn with */

const keyOf = (/** @type {{id: string}} */ { id }) => id;

/** @param {Table} table @returns {{key: (share: Share) => string, make: (share: Share) => HTMLElement, update: (element: HTMLElement, share: Share) => void}} */
export const shareViews = (table) => ({
  key: keyOf,
  make: (share) => makeShare(table, share),
  update: (element, share) => updateShare(table, element, share),
});

/** @param {Table} table @param {Share} share */
function makeShare(table, share) {
  const element = template("share");
  const place = part(element, "reply");
  const button = part(place, "answer");
  button.addEventListener("click", () => openReply(table, place, share));
  if (table.drafts.get(share.id).text) openReply(table, place, share, false);
  return element;
}

/** @param {Table} table @param {HTMLElement} place @param {Share} share */
function openReply({ room, drafts }, place, share, withFocus = true) {
  const button = part(place, "answer");
  const form = replyBox(room, share, drafts, () => {
    form.remove();
    show(button, true);
    button.focus();
  });
  show(button, false);
  place.append(form);
  if (withFocus) form.querySelector("textarea")?.focus();
}

/** @param {Table} table @param {HTMLElement} element @param {Share} share */
function updateShare(table, element, share) {
  drawWords(element, share, table.room);
  drawHelp(part(element, "help"), "help-asked", share, table.room);
  drawReplies(part(element, "replies"), share.replies, table.room);
  const unsent = table.room.outbox.entries.filter(({ parent }) => parent === share.id);
  drawUnsent(part(element, "outbox"), unsent, table);
  show(part(element, "reply"), !share.code && table.mayWrite());
}

/** @param {HTMLElement} list @param {Words[]} replies @param {Room} room */
function drawReplies(list, replies, room) {
  arrange(list, replies, { key: keyOf, make: () => template("reply"), update: (element, reply) => drawWords(element, reply, room) });
}

/** A reply to something that was not loaded. @param {Room} room @returns {{key: (reply: Words) => string, make: () => HTMLElement, update: (element: HTMLElement, reply: Words) => void}} */
export const looseViews = (room) => ({
  key: keyOf,
  make: () => template("loose-reply"),
  update: (element, reply) => drawReplies(part(element, "replies"), [reply], room),
});

/** @param {HTMLElement} list @param {Unsent[]} entries @param {Table} table */
export function drawUnsent(list, entries, table) {
  arrange(list, entries, { key: keyOf, make: (unsent) => makeUnsent(unsent, table), update: updateUnsent });
}

/** @param {Unsent} unsent @param {Table} table */
function makeUnsent(unsent, { room, putBack }) {
  const element = template("unsent");
  say(part(element, "text"), unsent.body.t);
  part(element, "again").addEventListener("click", () => room.outbox.again(unsent));
  part(element, "back").addEventListener("click", () => {
    room.outbox.remove(unsent);
    putBack(unsent);
  });
  return element;
}

/** @param {HTMLElement} element @param {Unsent} unsent */
function updateUnsent(element, { why }) {
  say(part(element, "why"), why ?? "");
  show(part(element, "why"), Boolean(why));
  show(part(element, "acts"), Boolean(why));
  show(part(element, "waiting"), !why);
}
