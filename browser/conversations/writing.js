/** What it takes to say something in a group: fetched as soon as the group can be read. */

import { answerNeeds, askWhileMissing } from "../groups/resealing.js";
import { part } from "../ui/dom.js";
import { keepInSight } from "../ui/in_sight.js";
import { offer } from "../ui/later.js";
import { chatView, keepBeside } from "./chat_view.js";
import { Desk } from "./desk.js";
import { Keeper } from "./keeper.js";
import { watchKeeping } from "./keeping_note.js";
import { tendReturns } from "./returned_view.js";
import { tend } from "./tending.js";

/** @import { Room } from "./room.js" */
/** @typedef {{begin: typeof begin, chatView: typeof chatView}} Writing */

/** @param {Room} room @param {HTMLElement} element the group's page @returns {Promise<() => void>} stops */
async function begin(room, element) {
  watchKeeping();
  room.keepWith(await Keeper.of(room));
  room.desk = await Desk.open(room);
  const stops = [tend(room), answerNeeds(room.group), askWhileMissing(room.group), tendReturns(room, part(element, "returns")), keepInSight()];
  keepBeside(room, part(element, "beside"));
  room.changed();
  return () => stops.forEach((stop) => stop());
}

/** @type {Writing} */
const writing = { begin, chatView };
offer("writing", writing);
