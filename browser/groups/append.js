/**
 * Adds entries to a group's log. Somebody else may be first (protocol.md 4): then replay, compose anew on top of theirs,
 * and try again after a moment; three losses are told to the person.
 */

import { same } from "../sealing/codec.js";
import { Refusal } from "../ui/refusal.js";
import { penOf } from "./pen.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Group } from "./group.js" */
/** @import { Pen } from "./pen.js" */
/**
 * @typedef {object} Enclosed what goes with the entries
 * @property {[Bytes, Bytes][]} [boxes] @property {[number, Bytes, Bytes][]} [fkeys]
 * @property {[Bytes, Bytes][]} [notices] @property {Bytes} [card] @property {[Bytes, Bytes, Bytes]} [answer]
 */

const TRIES = 3;
const LONGEST_PAUSE = 2000;

/**
 * @param {Group} group
 * @param {(pen: Pen) => Promise<Enclosed|null>} compose writes with the pen; null: it turned out that nothing is to be done
 * @param {Bytes} [removing] whom the entries remove: that may go where nothing else goes
 * @returns {Promise<boolean>} whether something was added
 * @throws {Refusal} `stale-log` after three losses, or what else the server refuses with
 */
export async function append(group, compose, removing) {
  for (let tries = 1; ; tries += 1) {
    const pen = await penOf(group, removing);
    const enclosed = await compose(pen);
    if (!enclosed) return false;
    if (await isAccepted(group, pen, enclosed, tries === TRIES)) return true;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_PAUSE));
  }
}

/** @param {Group} group @param {Pen} pen @param {Enclosed} enclosed @param {boolean} isLast */
async function isAccepted(group, pen, enclosed, isLast) {
  try {
    await group.ask("append", { entries: pen.entries, boxes: [], fkeys: [], notices: [], ...enclosed });
  } catch (why) {
    if (!(why instanceof Refusal) || why.code !== "stale-log") throw why;
    await group.catchUp();
    // After a dropped connection the same entries went twice, and the second time they were in their own way.
    const isOurs = group.log.head16s.some((head16) => same(head16, pen.lastHash.slice(0, 16)));
    if (!isOurs && isLast) throw why;
    return isOurs;
  }
  await group.catchUp().catch(leftBehind);
  return true;
}

/** Whoever just left is not told what comes after. @param {unknown} why */
function leftBehind(why) {
  if (!(why instanceof Refusal) || why.code !== "not-found") throw why;
}
