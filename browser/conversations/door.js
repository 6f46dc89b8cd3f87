/**
 * What a facilitator's browser does by itself: it looks who waits at the door, lets in whom a link vouches for, and puts right what
 * somebody's closed browser left undone.
 */

import { admitKnown, readDoor } from "../groups/admitting.js";
import { heal } from "../groups/healing.js";
import { same } from "../sealing/codec.js";
import { tellOfAsking } from "./telling.js";
import { afterChanges, standingOf } from "./tending.js";

/** @import { Room } from "./room.js" */

/**
 * Looks after the door from now on. Tells the room's `asks` when who is waiting has changed.
 *
 * @param {Room} room @returns {() => void} stops
 */
export function keepDoor(room) {
  const { group } = room;
  const isHere = (/** @type {{group: import("../sealing/codec.js").Bytes}} */ payload) => same(payload.group, group.id);
  const stops = [
    group.here.connection.on("waiting", (payload) => isHere(payload) && look(room).catch(() => undefined)),
    group.here.connection.on("again", () => look(room).catch(() => undefined)),
    afterChanges(room, () => heal(group, { epoch: room.circle.standing?.epoch ?? 0, body: standingOf(room) })),
  ];
  tellOfAsking(room);
  look(room).catch(() => undefined);
  return () => stops.forEach((stop) => stop());
}

/** Looks who waits, and lets in whom a link vouches for. @param {Room} room */
export async function look(room) {
  if (!room.group.isFacilitator || room.group.trouble) return;
  ({ asks: room.asks, fromListing: room.fromListing } = await readDoor(room.group));
  room.dispatchEvent(new Event("asks"));
  await admitKnown(room.group, room.asks, () => standingOf(room));
}
