/**
 * Taking back everything one ever said in a group (sealing.md 5.3): the last revision of each item says that it is gone.
 */

import { same, toJson } from "../sealing/codec.js";
import { KIND, parseEnvelope } from "../sealing/envelope.js";
import { sealEnvelope } from "../sealing/seal_envelope.js";
import { Refusal } from "../ui/refusal.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Group } from "./group.js" */
/** @import { Row } from "./posting.js" */
/** @typedef {ReturnType<typeof parseEnvelope>["header"]} Header */

const PAGE = 200;
/** @type {ReadonlySet<number>} */
const WORDS = new Set([KIND.share, KIND.reply, KIND.chat]);
/** What one account may send in a minute is limited: the rest waits. */
const PAUSE = 5_000;

/**
 * Everything this member said, of every time they may read. Safe to do again where it stopped.
 *
 * @param {Group} group open
 */
export async function withdrawAll(group) {
  for (const verb of ["items", "past"]) {
    let before = Number.MAX_SAFE_INTEGER;
    for (let more = true; more; ) {
      const answer = await group.ask(verb, { before, limit: PAGE });
      for (const row of answer.items) await withdrawRow(group, row);
      more = answer.more && answer.items.length > 0;
      if (more) before = answer.items[0][4] ?? answer.items[0][0];
    }
  }
}

/** @param {Group} group @param {Row} row */
async function withdrawRow(group, [, envelope]) {
  const { header } = parseEnvelope(envelope);
  if (!same(header.author, group.me) || !WORDS.has(header.kind)) return;
  while (!(await isWithdrawn(group, header))) await new Promise((resolve) => setTimeout(resolve, PAUSE));
}

/** @param {Group} group @param {Header} header @returns {Promise<boolean>} false: a little later */
async function isWithdrawn(group, header) {
  try {
    await group.here.connection.call("withdraw", { envelope: await gone(group, header) });
    return true;
  } catch (why) {
    if (!(why instanceof Refusal)) throw why;
    if (why.code === "exists") return true; // it was taken back before
    if (why.code === "stale-epoch") await group.catchUp();
    else if (why.code !== "too-many" && why.code !== "nonce") throw why;
    return why.code !== "too-many" && isWithdrawn(group, header);
  }
}

/** @param {Group} group @param {Header} header @returns {Promise<Bytes>} its last envelope */
async function gone(group, { kind, itemId, revision, parent }) {
  const { log, me } = group;
  const next = { kind, group: group.id, epoch: log.epoch, itemId, author: me, revision: (revision ?? 0) + 1, ...(parent ? { parent } : {}) };
  const position = { seq: log.seq, head16: log.head16 };
  return sealEnvelope(next, await group.keyOf(log.epoch), { position, sentMs: Date.now(), body: toJson({ v: 1, gone: true }) });
}
