/** The Python twin's cases about somebody who came back under new keys (TV-19). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { refusalOf, vectors } from "../../tests/vectors/read.js";
import { fromHex, toHex } from "./codec.js";
import { dueMs, findReturns, lostEpochs, openHistory, owedEpochs, sealHistory } from "./history.js";
import { importAgreementKey } from "./keys.js";
import { parseEntry } from "./log_entry.js";
import { replay } from "./log_replay.js";

const HOUR = 3_600_000;

/** @param {{entries: string[]}} given */
async function logOf({ entries }) {
  const bytes = entries.map(fromHex);
  const { state } = await replay(bytes);
  if (!state) throw new Error("a good chain");
  const [back] = findReturns(state, await Promise.all(bytes.map(parseEntry)));
  if (!back) throw new Error("somebody came back");
  return { log: state, back };
}

/** @param {any} given */
async function openCase(given) {
  const { log, back } = await logOf(given);
  const { key, publicKey } = await importAgreementKey(fromHex(given.x));
  const found = await openHistory(log, back, { x: key, xPublic: publicKey }, fromHex(given.box));
  return Object.fromEntries([...found].map(([epoch, es]) => [String(epoch), toHex(es)]));
}

for (const [name, given] of Object.entries(vectors.history)) {
  if (given.box) {
    test(`history: ${name}`, async () => {
      assert.equal(await refusalOf(() => openCase(given)), given.code);
      if (!given.code) assert.deepEqual(await openCase(given), given.kept);
    });
  } else {
    test(`who came back: ${name}`, async () => {
      const { log, back } = await logOf(given);
      assert.deepEqual([toHex(back.member.id), back.member.gen, back.seq, back.timeMs], [given.member, given.gen, given.seq, given.time_ms]);
      assert.deepEqual([owedEpochs(back.member), lostEpochs(log, back.member)], [given.owed, given.lost]);
      for (const [seen, due] of given.due) assert.equal(dueMs(back, back.timeMs + seen * HOUR), back.timeMs + due * HOUR);
      assert.equal(dueMs(back, 0), dueMs(back, back.timeMs));
      const alone = await logOf(given.alone);
      assert.deepEqual(lostEpochs(alone.log, alone.back.member), given.alone.lost);
    });
  }
}

test("what is given is what is taken, and a wrong secret is not given", async () => {
  const given = vectors.history["all right"];
  const { log, back } = await logOf(given);
  const held = (/** @type {number} */ epoch) => (epoch === 2 ? new Uint8Array(32) : given.kept[epoch] && fromHex(given.kept[epoch]));
  const box = await sealHistory(log, back, held);
  assert.ok(box);
  assert.deepEqual(await openCase({ ...given, box: toHex(box) }), { 3: given.kept[3], 4: given.kept[4] });
  assert.equal(await sealHistory(log, back, () => undefined), null);
});
