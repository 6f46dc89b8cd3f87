import assert from "node:assert/strict";
import { test } from "node:test";

import { emptyKeyring } from "../sealing/keyring.js";
import { openHistory } from "../sealing/history.js";
import { askToJoin, invitePublic, newSecret } from "../sealing/invite.js";
import { groupKeys } from "../sealing/keys.js";
import { invite, rebind } from "../sealing/log_draft.js";
import { randomBytes } from "../sealing/primitives.js";
import { toHex } from "../sealing/codec.js";
import { Town } from "./cast.test.js";
import { Epochs } from "./epochs.js";
import { returnsOf, tendHistory, waitingFor } from "./returning.js";

const DAY = 24 * 3600 * 1000;
const any = (/** @type {unknown} */ value) => /** @type {any} */ (value);

/** Ben founded, Amara and Dana came; Amara lost her keys, Ben vouched, and she is back with gen 2. */
async function townWithReturn() {
  const town = await new Town().begin("Ben");
  await (await town.admit("Amara", "Ben")).admit("Dana", "Ben");
  const seed = randomBytes(32);
  const keys = await groupKeys(seed, town.id, 2);
  const link = { inviteId: randomBytes(16), genesis16: town.state.genesis16, secret: newSecret() };
  const publicKey = await invitePublic(link.secret, link.inviteId);
  const { record } = await askToJoin(link, town.id, town.idOf("Amara"), 2, keys);
  const [pen, secret] = [town.penOf("Ben"), randomBytes(32)];
  const terms = { inviteId: link.inviteId, publicKey, expiresMs: Date.now() + DAY, target: town.idOf("Amara") };
  await pen.write((log, by) => invite(log, by, terms));
  await pen.write((log, by) => rebind(log, by, record, secret));
  town.secrets.push(secret);
  town.take(pen);
  return { town, keys };
}

/** @param {Town} town @param {string} name @param {number[]} held epochs whose secret is here @param {any} keys */
async function groupOf(town, name, held, keys = null) {
  const [epochs, ring, me] = [new Epochs(), emptyKeyring(), town.idOf(name)];
  epochs.add(new Map(held.map((epoch) => [epoch, any(town.secrets[epoch])])));
  const keyring = { load: async () => ring, change: async (/** @type {any} */ change) => (change(ring), ring) };
  /** @type {[string, any][]} */ const asked = [];
  const group = new EventTarget();
  return any(Object.assign(group, {
    id: town.id, key: toHex(town.id), me, epochs, asked, ring, log: town.state, entries: await town.parsed(), answers: {},
    here: { keys: { keyring, groupKeys: async () => keys } },
    ask: async (/** @type {string} */ verb, /** @type {any} */ args) => (asked.push([verb, args]), any(group).answers[verb] ?? {}),
  }));
}

/** @param {any} group @param {string} verb */
const asks = (group, verb) => group.asked.filter((/** @type {[string, any]} */ [each]) => each === verb);

test("nobody gives before two days have gone by since their own device first saw it", async () => {
  const { town } = await townWithReturn();
  const dana = await groupOf(town, "Dana", [3]);
  const [back] = returnsOf(dana);
  dana.answers = { histories: { wanted: [[town.idOf("Amara"), back.seq]], boxes: [] } };
  await tendHistory(dana);
  const seen = dana.ring.seen.get(dana.key).get(back.seq);
  assert.ok(seen <= Date.now());
  assert.equal(asks(dana, "give-history").length, 0);
  dana.ring.seen.get(dana.key).set(back.seq, Date.now() - 3 * DAY);
  await tendHistory(dana);
  assert.equal(asks(dana, "give-history").length, 0, "by the entry's own time it is too early all the same");
});

test("who holds nothing of that time gives nothing and notes nothing", async () => {
  const { town } = await townWithReturn();
  const dana = await groupOf(town, "Dana", []);
  await tendHistory(dana);
  assert.deepEqual([dana.asked, dana.ring.seen.size], [[], 0]);
});

test("who came back keeps what is right of it, sealed to themself, and nothing else", async () => {
  const { town, keys } = await townWithReturn();
  const ben = await groupOf(town, "Ben", [2, 3]);
  const [back] = returnsOf(ben);
  const { sealHistory } = await import("../sealing/history.js");
  const good = await sealHistory(town.state, any(back), (epoch) => ben.epochs.secretOf(epoch));
  const amara = await groupOf(town, "Amara", [4], keys);
  assert.deepEqual(waitingFor(amara)?.missing, [2, 3]);
  amara.answers = { histories: { wanted: [], boxes: [[2, any(back).seq, randomBytes(200)], [2, any(back).seq, good], [2, 1, good]] } };
  await tendHistory(amara);
  const [[, { boxes }]] = asks(amara, "keep-history");
  assert.deepEqual(boxes.map((/** @type {any} */ [epoch]) => epoch), [2, 3]);
  assert.equal(waitingFor(amara), null);
  await tendHistory(amara);
  assert.equal(asks(amara, "keep-history").length, 1);
  assert.equal((await openHistory(town.state, any(back), keys, any(good))).size, 2);
});
