/**
 * Rows from the server into items for the circle: opened, or with the reason why not. One bad item never stops the others
 * (sealing.md 10), and nothing is ever shown of what was only partly verified.
 */

import { toHex } from "../sealing/codec.js";
import { KIND, openEnvelope, parseEnvelope } from "../sealing/envelope.js";
import { SealError } from "../sealing/errors.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Mark } from "../sealing/envelope.js" */
/** @import { Group } from "../groups/group.js" */
/** @import { Row } from "../groups/posting.js" */
/** @import { Item } from "./circle.js" */

/**
 * @param {Group} group @param {Row[]} rows
 * @param {Map<string, Mark>} seen item id in hex -> newest envelope of it; what opens here is added
 * @returns {Promise<Item[]>} in the rows' order
 */
export async function openRows(group, rows, seen) {
  const items = await openAll(group, rows, seen);
  if (!items.some(({ code }) => code === "stale-log")) return items;
  // Their senders knew more of the member list: fetch it, replay it, open again (sealing.md 8.2).
  await group.catchUp();
  const again = await openAll(group, rows, seen);
  return again.map((item) => (item.code === "stale-log" ? withheld(group, item) : item));
}

/** Somebody saw entries that the server does not show here. @param {Group} group @param {Item} item */
function withheld(group, item) {
  group.report("log-rollback");
  return { ...item, code: "log-rollback" };
}

/** @param {Group} group @param {Row[]} rows @param {Map<string, Mark>} seen */
const openAll = (group, rows, seen) => Promise.all(rows.map((row) => openRow(group, row, seen)));

/** @param {Group} group @param {Row} row @param {Map<string, Mark>} seen @returns {Promise<Item>} */
async function openRow(group, [seq, envelope, received], seen) {
  const item = { seq, received, ...placeOf(envelope, seq) };
  try {
    const keyOf = (/** @type {{epoch: number}} */ { epoch }) => group.keyOf(epoch);
    const { body, mark, sentMs } = await openEnvelope(envelope, { expect: { group: group.id }, log: group.log, keyOf, seen });
    if (item.kind === KIND.standing && !group.wasFacilitator(item.author)) return { ...item, code: "context" };
    seen.set(item.id, mark);
    return { ...item, sent: sentMs, body };
  } catch (why) {
    if (!(why instanceof SealError)) throw why;
    if (why.code === "fork") group.report("fork");
    return { ...item, code: why.code };
  }
}

/** What the header says; of what has none, a place on the page where its sentence can stand. @param {Bytes} envelope @param {number} seq */
function placeOf(envelope, seq) {
  try {
    const { kind, itemId, author, parent, revision, epoch } = parseEnvelope(envelope).header;
    return { kind, id: toHex(itemId), author: toHex(author), parent: toHex(parent), revision, epoch };
  } catch (why) {
    if (!(why instanceof SealError)) throw why;
    return { kind: KIND.share, id: `seq ${seq}`, author: "", parent: "", revision: 0, epoch: 0 };
  }
}
