/**
 * Keeps an open group in step with the others: entries, gaps and leaving.
 */

import { same } from "../sealing/codec.js";
import { Refusal } from "../ui/refusal.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Group } from "./group.js" */

/**
 * From now on `group` follows.
 *
 * @param {Group} group @param {() => void} listening told when the ear is open: what came before it has to be asked for
 * @returns {() => void} stops
 */
export function hear(group, listening) {
  const { connection } = group.here;
  const isHere = (/** @type {{group: Bytes}} */ payload) => same(payload.group, group.id);
  // Who was removed while away learns it from the first question after it.
  const goneIf = (/** @type {unknown} */ why) => why instanceof Refusal && why.code === "not-found" && group.dispatchEvent(new Event("gone"));
  const follow = () => group.catchUp().catch(goneIf);
  const stops = [
    connection.on("entry", (payload) => isHere(payload) && payload.seq > group.log.seq && follow()),
    connection.on("again", follow),
    connection.on("gone", (payload) => isHere(payload) && group.dispatchEvent(new Event("gone"))),
  ];
  connection.listen(group.key, group.id).then(
    () => follow().then(listening),
    goneIf,
  );
  return () => {
    connection.unlisten(group.key);
    for (const stop of stops) stop();
  };
}
