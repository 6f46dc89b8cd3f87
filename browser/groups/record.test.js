import assert from "node:assert/strict";
import { test } from "node:test";

import { fromB64url, toB64url } from "../sealing/codec.js";
import { emptyKeyring } from "../sealing/keyring.js";
import { rekey as draftRekey } from "../sealing/log_draft.js";
import { head16, parseEntry } from "../sealing/log_entry.js";
import { randomBytes } from "../sealing/primitives.js";
import { Town } from "./cast.test.js";
import { Group } from "./group.js";
import { recordOf } from "./record.js";
import { sealEpoch } from "./resealing.js";

const any = (/** @type {unknown} */ value) => /** @type {any} */ (value);
const NOW = 1_700_000_000_000;

/** Ben's group with Amara in it, not open yet; `told` is what the server answers besides. @param {any} [pins] */
async function begun(pins = new Map()) {
  const town = await (await new Town().begin("Ben")).admit("Amara", "Ben");
  const boxes = await town.boxesOf("Ben");
  /** @type {any} */ const told = {};
  const call = async (/** @type {string} */ _verb, /** @type {any} */ args) => ({
    member: town.idOf("Ben"), boxes, fkeys: [], log: town.entries.slice((args.after ?? args.log_after) + 1), ...told,
  });
  const keyring = { load: async () => ({ ...emptyKeyring(), pins }), change: async () => emptyKeyring() };
  const groupKeys = (/** @type {unknown} */ _id, /** @type {number} */ gen) => town.keysOf("Ben")(gen);
  const group = new Group(any({ connection: { call }, keys: { groupKeys, keyring, recognise: async () => undefined } }), town.id);
  return { town, group, told };
}

/** @param {Town} town @returns {Promise<Uint8Array<ArrayBuffer>[]>} two entries of Ben's hand for one place */
async function twice(town) {
  const pens = [town.penOf("Ben"), town.penOf("Ben")];
  for (const pen of pens) await pen.write((log, by) => draftRekey(log, by, randomBytes(32)));
  return pens.map((pen) => pen.entries[0]);
}

const hashOf = async (/** @type {Uint8Array<ArrayBuffer>} */ entry) => toB64url(head16((await parseEntry(entry)).hash));

test("two entries that were served for one place are both in the record, as they were signed", async () => {
  const { town, group, told } = await begun();
  const [ours, theirs] = await twice(town);
  town.entries.push(ours);
  await group.open();
  const seq = group.log.seq;
  told.log = [theirs];
  await group.catchUp();
  assert.equal(group.trouble, "fork");
  const record = await recordOf(group, "fork", NOW);
  const sides = { ours: { head16: await hashOf(ours), entry: toB64url(ours) }, other: { head16: await hashOf(theirs), entry: toB64url(theirs) } };
  assert.deepEqual(record.seen, [{ code: "fork", seq, ...sides }]);
  assert.deepEqual([record.format, record.v, record.time, record.trouble], ["holdspace-record", 1, NOW, "fork"]);
  assert.deepEqual(record.list, { seq, head16: await hashOf(ours) });
  assert.equal(record.genesis16, toB64url(group.log.genesis16));
});

test("an entry that is served again as it was is no trouble", async () => {
  const { town, group, told } = await begun();
  await group.open();
  told.log = town.entries.slice(-2);
  await group.catchUp();
  assert.equal(group.trouble, null);
  assert.deepEqual((await recordOf(group, "", NOW)).seen, []);
});

test("a claim is put beside the entry that stands here; where the server serves the other one too, it goes with it", async () => {
  const { town, group, told } = await begun();
  const [ours, theirs] = await twice(town);
  town.entries.push(ours);
  await group.open();
  const position = { seq: group.log.seq, head16: fromB64url(await hashOf(theirs)) };
  group.dispute({ author: town.idOf("Amara"), epoch: group.log.epoch, code: "fork", position });
  const side = { head16: await hashOf(ours), entry: toB64url(ours) };
  assert.deepEqual((await recordOf(group, "fork", NOW)).seen, [{ code: "fork", seq: position.seq, ours: side, other: { head16: await hashOf(theirs) } }]);
  told.log = [theirs];
  await group.catchUp();
  const { seen } = await recordOf(group, "fork", NOW);
  assert.deepEqual(seen.map(({ other }) => other), [{ head16: await hashOf(theirs), entry: toB64url(theirs) }]);
});

test("an entry that does not follow is in the record with the place where it came", async () => {
  const { town, group, told } = await begun();
  await group.open();
  const [next] = await twice(town);
  next[next.length - 1] ^= 1;
  told.log = [next];
  await group.catchUp();
  const { seen, list } = await recordOf(group, "log-signature", NOW);
  assert.deepEqual(seen, [{ code: "log-signature", seq: group.log.seq + 1, ours: {}, other: { head16: await hashOf(next), entry: toB64url(next) } }]);
  assert.equal(list?.seq, group.log.seq);
});

test("a list that another device saw otherwise is not opened, and what was seen and what is shown are both in the record", async () => {
  const seen = randomBytes(16);
  const pins = new Map();
  const { town, group } = await begun(pins);
  pins.set(group.key, { seq: 2, head16: seen });
  await assert.rejects(group.open(), { code: "log-rollback" });
  const record = await recordOf(group, "log-rollback", NOW);
  const shown = { head16: await hashOf(town.entries[2]), entry: toB64url(town.entries[2]) };
  assert.deepEqual(record.seen, [{ code: "log-rollback", seq: 2, ours: { head16: toB64url(seen) }, other: shown }]);
});

test("of a key that nobody made there is the commit, the commit it would have, and never the key", async () => {
  const { town, group, told } = await begun();
  const secret = randomBytes(32);
  const { epoch } = town.state;
  told.boxes = [[epoch, 1, await sealEpoch(town.state, any(town.state.member(town.idOf("Ben"))), epoch, secret)]];
  await group.open();
  assert.equal(group.trouble, "epoch-unlogged");
  const record = await recordOf(group, "epoch-unlogged", NOW);
  const [{ code, commit, offered, ours }] = record.seen;
  assert.equal(code, "epoch-unlogged");
  assert.equal(commit, toB64url(/** @type {any} */ (group.log.epochCommits.get(epoch))));
  assert.notEqual(offered, commit);
  assert.equal(ours.entry, toB64url(town.entries[group.entries.findIndex(({ draft }) => draft.epoch === epoch)]));
  assert.ok(!JSON.stringify(record).includes(toB64url(secret)));
});
