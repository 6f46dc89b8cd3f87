/** The Python twin's cases about epochs, envelopes and openings. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { refusalOf, vectors } from "../../tests/vectors/read.js";
import { fromHex, fromJson, toHex } from "./codec.js";
import { openEnvelope, parseEnvelope, unseal } from "./envelope.js";
import { checkEpochSecret, epochCommit, findMessageKey, messageKey } from "./epoch.js";
import { replay } from "./log_replay.js";
import { checkWords, encodeOpening, makeOpening, parseOpening } from "./opening.js";
import { padlen } from "./padding.js";
import { aeOpen } from "./primitives.js";
import { sealEnvelope } from "./seal_envelope.js";

/** @import { LogState } from "./log_state.js" */

const { circle } = vectors.log;

/** The circle's log after so many entries; replayed once. @type {Map<number, Promise<LogState>>} */
const logs = new Map();

/** @param {number} count @returns {Promise<LogState>} */
function logAfter(count) {
  const log = logs.get(count) ?? replayed(count);
  logs.set(count, log);
  return log;
}

/** @param {number} count */
async function replayed(count) {
  const { state } = await replay(circle.entries.slice(0, count).map(fromHex));
  assert.ok(state && state.seq === count - 1);
  return state;
}

/** @param {any} expect @returns {any} */
const placeOf = ({ group = circle.group, item_id: itemId, epoch, parent }) => ({
  group: fromHex(group),
  ...(itemId && { itemId: fromHex(itemId) }),
  ...(epoch && { epoch }),
  ...(parent && { parent: fromHex(parent) }),
});

/** @param {any} given @param {Uint8Array<ArrayBuffer>} [envelope] */
async function openAs(given, envelope = fromHex(given.envelope)) {
  const log = await logAfter(given.entries);
  const held = new Map(Object.entries(given.held).map(([epoch, es]) => [Number(epoch), fromHex(es)]));
  const keyOf = (/** @type {{epoch: number}} */ { epoch }) => findMessageKey(log, fromHex(given.me), held, epoch);
  const seen = new Map(given.seen.map((/** @type {[string, number, string]} */ [id, revision, hash]) => [id, [revision, fromHex(hash)]]));
  return openEnvelope(envelope, { expect: placeOf(given.expect), log, keyOf, seen });
}

for (const [name, given] of Object.entries(vectors.epoch)) {
  test(`epoch: ${name}`, async () => {
    const log = await logAfter(circle.entries.length);
    const [group, es] = [fromHex(given.group), fromHex(given.es)];
    assert.equal(await refusalOf(() => checkEpochSecret(log, given.epoch, es)), given.code);
    if (given.code) return;
    assert.equal(toHex(await epochCommit(group, given.epoch, es)), given.commit);
    assert.equal(toHex(await messageKey(group, given.epoch, es)), given.k_msg);
  });
}

for (const [name, given] of Object.entries(vectors.envelope)) {
  test(`envelope: ${name}`, async () => {
    const bytes = fromHex(given.envelope);
    const { header } = parseEnvelope(bytes);
    const expected = { kind: given.kind, epoch: given.epoch, revision: given.revision };
    const ids = { group: given.group, itemId: given.item_id, author: given.author, parent: given.parent };
    assert.deepEqual({ kind: header.kind, epoch: header.epoch, revision: header.revision }, expected);
    assert.deepEqual({ group: toHex(header.group), itemId: toHex(header.itemId), author: toHex(header.author), parent: toHex(header.parent) }, ids);
    const inner = await unseal(parseEnvelope(bytes), fromHex(given.k_msg));
    assert.deepEqual([toHex(inner.body), inner.sentMs, inner.position.seq], [given.body, given.sent_ms, given.seq]);
    const said = { position: { seq: given.seq, head16: fromHex(given.head16) }, sentMs: given.sent_ms, body: fromHex(given.body) };
    const fixed = { frankKey: fromHex(given.frank_key), nonce: fromHex(given.nonce) };
    assert.equal(toHex(await sealEnvelope(header, fromHex(given.k_msg), said, fixed)), given.envelope);
    const opened = await openEnvelope(bytes, { expect: { group: header.group }, log: await logAfter(8), keyOf: () => fromHex(given.k_msg) });
    assert.deepEqual(opened.body, fromJson(fromHex(given.body)));
  });
}

for (const [name, given] of Object.entries(vectors.open)) {
  test(`opening an envelope: ${name}`, async () => {
    assert.equal(await refusalOf(() => openAs(given)), given.code);
  });
}

test("an envelope is not looked up in another group's log, although the same people are in it", async () => {
  const { state: other } = await replay(vectors.log.stewarded.entries.map(fromHex));
  const given = vectors.envelope.share;
  assert.ok(other);
  const log = other.with({ epoch: given.epoch });
  assert.ok(log.activeIn(fromHex(given.author), given.epoch));
  const by = { expect: { group: fromHex(given.group) }, keyOf: () => fromHex(given.k_msg) };
  await openEnvelope(fromHex(given.envelope), { ...by, log: await logAfter(8) });
  assert.equal(await refusalOf(() => openEnvelope(fromHex(given.envelope), { ...by, log })), "context");
});

test("a key is kept for its group and commit alone, and a refused one is not kept", async () => {
  const log = await logAfter(8);
  const me = fromHex(vectors.open["right place"].me);
  const held = new Map([[1, new Uint8Array(32)]]);
  const ask = () => findMessageKey(log, fromHex(circle.people.ben), held, 1);
  assert.equal(await refusalOf(ask), "epoch-unlogged");
  held.set(1, fromHex(circle.secrets[1]));
  assert.equal(await ask(), await ask());
  const { state: other } = await replay(vectors.log.stewarded.entries.map(fromHex));
  assert.ok(other);
  assert.equal(await refusalOf(() => findMessageKey(other, fromHex(circle.people.ben), held, 1)), "epoch-unlogged");
  assert.equal(await refusalOf(() => findMessageKey(log, me, held, 99)), "before-you-joined");
});

test("no bit of the 124 clear bytes can change", async () => {
  const given = vectors.flipped;
  assert.equal((await openAs(given)).body["t"], "Hold on.");
  for (let bit = 0; bit < 124 * 8; bit++) {
    const changed = fromHex(given.envelope);
    changed[bit >> 3] ^= 1 << (bit & 7);
    assert.ok(await refusalOf(() => openAs(given, changed)), `bit ${bit}`);
  }
});

test("AES-GCM alone opens one ciphertext under two keys, the envelope under at most one", async () => {
  const { envelope, keys, code } = vectors.salamander["two keys"];
  const { clear, nonce, sealed } = parseEnvelope(fromHex(envelope));
  const plain = await Promise.all(keys.map((/** @type {string} */ key) => aeOpen(fromHex(key), nonce, clear, sealed)));
  assert.notDeepEqual(plain[0], plain[1]);
  for (const key of keys) assert.equal(await refusalOf(() => unseal(parseEnvelope(fromHex(envelope)), fromHex(key))), code);
});

for (const [name, given] of Object.entries(vectors.stamp)) {
  test(`a reported item: ${name}`, async () => {
    const bytes = fromHex(given.opening);
    assert.equal(await refusalOf(async () => checkWords(parseOpening(bytes))), given.code);
    if (given.code !== "format") assert.equal(toHex(encodeOpening(parseOpening(bytes))), given.opening);
    if (!given.code) assert.equal(toHex((await checkWords(parseOpening(bytes))).body), given.body);
    if (!given.envelope) return;
    const made = await makeOpening(fromHex(given.envelope), given.received_ms, fromHex(given.stamp), fromHex(given.inner));
    assert.equal(toHex(encodeOpening(made)), given.opening);
  });
}

test("the padding table is the twin's", () => {
  for (const [length, padded] of vectors.padlen) assert.equal(padlen(length), padded);
});
