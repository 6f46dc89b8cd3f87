/**
 * Keeps an open group in step with the others: entries, gaps, leaving, and boxes that are missing here.
 */

import { Refusal } from "../live/connection.js";
import { same } from "../sealing/codec.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Group } from "./group.js" */

const ASK_AGAIN = [1_000, 4_000, 15_000, 60_000];

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
  const follow = () => group.catchUp().catch((why) => why instanceof Refusal && why.code === "not-found" && group.dispatchEvent(new Event("gone")));
  const stops = [
    connection.on("entry", (payload) => isHere(payload) && payload.seq > group.log.seq && follow()),
    connection.on("again", follow),
    connection.on("gone", (payload) => isHere(payload) && group.dispatchEvent(new Event("gone"))),
    askWhileMissing(group),
  ];
  connection.listen(group.key, group.id).then(
    () => follow().then(listening),
    () => group.dispatchEvent(new Event("gone")),
  );
  return () => {
    connection.unlisten(group.key);
    for (const stop of stops) stop();
  };
}

/** @param {Group} group @returns {() => void} */
function askWhileMissing(group) {
  /** @type {ReturnType<typeof setTimeout>|undefined} */ let timer;
  let tries = 0;
  const ask = async () => {
    await Promise.all(group.epochs.missing(group.log, group.me).map((epoch) => group.ask("need-box", { epoch })));
    timer = setTimeout(() => group.catchUp().catch(() => undefined), ASK_AGAIN[Math.min(tries, ASK_AGAIN.length - 1)]);
    tries += 1;
  };
  const look = () => {
    clearTimeout(timer);
    if (group.epochs.missing(group.log, group.me).length > 0) ask().catch(() => undefined);
    else tries = 0;
  };
  group.addEventListener("change", look);
  if (group.isOpen) look();
  return () => {
    clearTimeout(timer);
    group.removeEventListener("change", look);
  };
}
