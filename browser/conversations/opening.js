/**
 * Rows from the server into items for the circle: opened, or with the reason why not. One bad item never stops the others
 * (sealing.md 10), and nothing is ever shown of what was only partly verified.
 */

import { FrameError } from "../live/frames.js";
import { fromHex, toHex } from "../sealing/codec.js";
import { KIND, openEnvelope, parseEnvelope, unseal } from "../sealing/envelope.js";
import { SealError } from "../sealing/errors.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Mark, Position } from "../sealing/envelope.js" */
/** @import { Group } from "../groups/group.js" */
/** @import { Row } from "../groups/posting.js" */
/** @import { Item } from "./circle.js" */

/**
 * @param {Group} group @param {Row[]} rows
 * @param {Map<string, Mark>} seen item id in hex -> newest envelope of it; what opens here is added
 * @returns {Promise<Item[]>} in the rows' order
 * @throws {FrameError} these are no rows at all
 */
export async function openRows(group, rows, seen) {
  if (!rows.every(isRow)) throw new FrameError("not rows");
  const items = await openAll(group, rows, seen);
  if (!items.some(({ code }) => code === "stale-log")) return items;
  // Their senders knew more of the member list: fetch it, replay it, open again (sealing.md 8.2).
  await group.catchUp();
  const again = await openAll(group, rows, seen);
  // Somebody saw entries that the server does not show here.
  return Promise.all(again.map((item, i) => (item.code === "stale-log" ? refused(group, rows[i][1], { ...item, code: "log-rollback" }) : item)));
}

/** @param {unknown} row */
const isRow = (row) => Array.isArray(row) && Number.isSafeInteger(row[0]) && row[1] instanceof Uint8Array && Number.isSafeInteger(row[2]);

/**
 * Words that claim another list. Those of an epoch that is not here could not be opened, so nobody vouches that their author wrote
 * them: the server alone can make such, a member alone cannot, because it takes in words of the current epoch only.
 *
 * @param {Group} group @param {Bytes} envelope @param {Item & {code: string}} item
 */
async function refused(group, envelope, item) {
  if (item.epoch > group.log.epoch) group.report(item.code);
  else group.dispute({ author: fromHex(item.author), epoch: item.epoch, code: item.code, position: await claimOf(group, envelope) });
  return item;
}

/** @param {Group} group @param {Bytes} bytes @returns {Promise<Position>} where in the list these words claim their author stood */
async function claimOf(group, bytes) {
  const envelope = parseEnvelope(bytes);
  return (await unseal(envelope, await keyFor(group)(envelope.header))).position;
}

/** @param {Group} group @returns {(header: {epoch: number}) => Promise<CryptoKey>} what opens an envelope with this header */
const keyFor = (group) => ({ epoch }) => group.keyOf(epoch);

/** @param {Group} group @param {Row[]} rows @param {Map<string, Mark>} seen */
const openAll = (group, rows, seen) => Promise.all(rows.map((row) => openRow(group, row, seen)));

/** @param {Group} group @param {Row} row @param {Map<string, Mark>} seen @returns {Promise<Item>} */
async function openRow(group, [seq, envelope, received, , firstSeq, firstReceived], seen) {
  const first = firstSeq && firstReceived ? { first: { seq: firstSeq, received: firstReceived } } : {};
  const item = { seq, received, ...first, ...placeOf(envelope, seq) };
  // Between two: opened with their key, once it is known who said what it answers (presences.js).
  if (item.kind === KIND.presence) return item;
  try {
    const { body, mark, sentMs } = await openEnvelope(envelope, { expect: { group: group.id }, log: group.log, keyOf: keyFor(group), seen });
    if (item.kind === KIND.standing && !group.wasFacilitator(item.author)) return { ...item, code: "context" };
    seen.set(item.id, mark);
    return { ...item, sent: sentMs, body };
  } catch (why) {
    if (!(why instanceof SealError)) throw why;
    const { code } = why;
    return code === "fork" ? refused(group, envelope, { ...item, code }) : { ...item, code };
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
