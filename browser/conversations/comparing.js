/**
 * Who came through the directory: nobody handed them a link, and a host could stand between. Until a facilitator has compared four words
 * with them, by voice or in person, it says so beside their name; and they find their own words here.
 */

import { cameBy, keepCompared } from "../groups/answering.js";
import { fourWords } from "../groups/four_words.js";
import { ownNumbers } from "../groups/requesting.js";
import { same, toHex } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { accountNumbers } from "../sealing/request.js";
import { askOnce } from "../ui/dialog.js";
import { part, say, show, template } from "../ui/dom.js";
import { attempt } from "./attempt.js";
import { look } from "./door.js";
import { drawName } from "./parts.js";

/** @import { Member } from "../sealing/log_state.js" */
/** @import { Room } from "./room.js" */

/** @param {Room} room @param {HTMLElement} element of one member @param {Member} member */
export function drawComparing({ group, fromListing }, element, member) {
  const invite = member.isActive ? cameBy(group, member.id) : null;
  const isOpen = invite !== null && group.isFacilitator && !fromListing.notes.get(toHex(invite))?.isCompared;
  show(part(element, "not-compared"), isOpen && !same(member.id, group.me));
}

/** The four words of who came so themselves. @param {Room} room @param {HTMLElement} element the people's part */
export async function drawOwnWords({ group }, element) {
  const place = part(element, "own-words");
  if (!place.hidden || !group.self?.isActive || !cameBy(group, group.me)) return;
  say(part(place, "words"), await fourWords(await ownNumbers(group.here)));
  show(place, true);
}

/** @param {Room} room @param {Member} member */
export function compare(room, member) {
  const invite = cameBy(room.group, member.id);
  return attempt(async () => {
    const note = invite && room.fromListing.notes.get(toHex(invite));
    if (!invite || !note) throw new SealError("note-missing");
    const dialog = /** @type {HTMLDialogElement} */ (template("compare-dialog"));
    drawName(dialog, room.nameOf(toHex(member.id)));
    say(part(dialog, "words"), await fourWords(await accountNumbers(note.accountX)));
    const said = await askOnce(dialog);
    if (said === "same") await keepCompared(room.group, invite, note).then(() => look(room));
    if (said === "other") await askOnce(/** @type {HTMLDialogElement} */ (template("other-words-dialog")));
  });
}
