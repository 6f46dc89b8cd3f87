import assert from "node:assert/strict";
import { test } from "node:test";

import { toHex } from "../sealing/codec.js";
import { codeOf } from "../sealing/errors.js";
import { PURPOSE, epochContext } from "../sealing/box.js";
import { sealBox } from "../sealing/seal_box.js";
import { emptyKeyring } from "../sealing/keyring.js";
import { groupKeys } from "../sealing/keys.js";
import { randomBytes } from "../sealing/primitives.js";
import { Town } from "./cast.test.js";
import { Group } from "./group.js";
import { bytesOf } from "./record.js";

const any = (/** @type {unknown} */ value) => /** @type {any} */ (value);

/**
 * Ben's group on his device, and a server with whatever list it shows.
 *
 * @param {Town} town @param {any} [ring]
 */
function benOf(town, ring = emptyKeyring()) {
  /** @type {any} */ const server = { member: town.idOf("Ben"), entries: [...town.entries], boxes: [] };
  const call = async (/** @type {string} */ _verb, /** @type {any} */ args) => {
    server.asked = args;
    return { member: server.member, log: server.entries.slice((args.after ?? args.log_after) + 1), boxes: server.boxes, fkeys: [] };
  };
  const keyring = { load: async () => ring, change: async (/** @type {any} */ change) => change(ring) };
  const groupKeysOf = (/** @type {unknown} */ _id, /** @type {number} */ gen) => town.keysOf("Ben")(gen);
  const group = new Group(any({ connection: { call }, keys: { groupKeys: groupKeysOf, keyring, recognise: async () => undefined } }), town.id);
  return { group, server, ring };
}

/** @param {Town} town */
const keptBy = async (town) => ({ me: town.idOf("Ben"), log: [...town.entries], boxes: await town.boxesOf("Ben"), fkeys: [] });

test("what a device kept opens without the server, and goes on from there with it", async () => {
  const town = await (await new Town().begin("Ben")).admit("Amara", "Ben");
  const kept = await keptBy(town);
  const { group, server, ring } = benOf(town);
  await group.openKept(kept);
  assert.equal(server.asked, undefined);
  assert.equal(group.log.active().length, 2);
  assert.ok(await group.keyOf(group.log.epoch));
  await town.admit("Dana", "Ben");
  server.entries = [...town.entries];
  await group.open();
  assert.equal(server.asked.log_after, kept.log.length - 2, "one entry over");
  assert.deepEqual([group.trouble, group.log.active().length, group.entries.length], [null, 3, town.entries.length]);
  assert.deepEqual(group.entries.map((entry) => toHex(bytesOf(entry))), town.entries.map(toHex));
  assert.equal(ring.pins.get(group.key)?.seq, group.log.seq);
});

test("a server with a shorter list than the device: log-rollback, and what was kept is still read", async () => {
  const town = await (await new Town().begin("Ben")).admit("Amara", "Ben");
  const { group, server } = benOf(town);
  await group.openKept(await keptBy(town));
  server.entries = town.entries.slice(0, -1);
  await group.open();
  assert.equal(group.trouble, "log-rollback");
  assert.equal(group.log.active().length, 2);
  assert.throws(() => group.needWritable(), { code: "log-rollback" });
});

test("a server on another branch than the device: fork", async () => {
  const town = await new Town().begin("Ben");
  const before = [...town.entries];
  await town.admit("Amara", "Ben");
  const kept = await keptBy(town);
  const { group, server } = benOf(town);
  await group.openKept(kept);
  const other = new Town();
  Object.assign(other, { id: town.id, people: new Map(town.people), entries: before, log: undefined });
  const { replay } = await import("../sealing/log_replay.js");
  other.log = (await replay(before, { group: town.id })).state ?? undefined;
  await other.admit("Dana", "Ben");
  server.entries = other.entries;
  await group.open();
  assert.equal(group.trouble, "fork");
});

test("another device saw more than this one and the server show: log-rollback", async () => {
  const town = await (await new Town().begin("Ben")).admit("Amara", "Ben");
  const ring = emptyKeyring();
  const { group, server } = benOf(town, ring);
  ring.pins.set(group.key, { seq: 99, head16: randomBytes(16) });
  await group.openKept(await keptBy(town));
  assert.equal(group.trouble, null, "the keyring is the server's to give");
  server.entries = [...town.entries];
  await group.open();
  assert.equal(group.trouble, "log-rollback");
});

test("a server that says this member is somebody else is not followed", async () => {
  const town = await (await new Town().begin("Ben")).admit("Amara", "Ben");
  const { group, server } = benOf(town);
  await group.openKept(await keptBy(town));
  server.member = town.idOf("Amara");
  await group.open();
  assert.deepEqual([group.trouble, group.me], ["log-authority", town.idOf("Ben")]);
});

test("a false key that was kept makes room for the true one, and a proven one for none", async () => {
  const town = await (await new Town().begin("Ben")).admit("Amara", "Ben");
  const kept = await keptBy(town);
  const { epoch } = /** @type {any} */ (town.log);
  const { xPublic } = await town.keysOf("Ben")(1);
  const falseBox = [epoch, 1, await sealBox(PURPOSE.epoch, epochContext(town.id, epoch, town.idOf("Ben"), 1), xPublic, randomBytes(32))];
  const others = kept.boxes.filter((/** @type {any} */ [of]) => of !== epoch);
  const { group, server } = benOf(town);
  await group.openKept({ ...kept, boxes: [...others, falseBox] });
  await assert.rejects(group.keyOf(epoch), { code: "epoch-unlogged" });
  server.boxes = kept.boxes;
  await group.open();
  assert.ok(await group.keyOf(epoch));
  assert.equal(group.trouble, null);
  server.boxes = [...others, falseBox];
  await group.catchUp();
  assert.ok(await group.keyOf(epoch));
});

test("a kept list that is damaged, cut or somebody else's is not believed", async () => {
  const town = await (await new Town().begin("Ben")).admit("Amara", "Ben");
  const kept = await keptBy(town);
  const flipped = kept.log.map((entry) => entry.slice());
  flipped[1][130] ^= 1;
  const strange = { ...kept, me: town.idOf("Amara") };
  for (const wrong of [{ ...kept, log: flipped }, { ...kept, log: [] }, strange, { ...kept, me: randomBytes(16) }]) {
    const { group } = benOf(town);
    await assert.rejects(group.openKept(wrong), (why) => Boolean(codeOf(why)));
    assert.equal(group.isOpen, false);
    await group.open();
    assert.deepEqual([group.trouble, group.entries.length], [null, town.entries.length], "as on a first visit");
  }
});

test("a server that shows a whole false group around what was kept is not followed", async () => {
  const town = await new Town().begin("Ben");
  const { group, server } = benOf(town);
  await group.openKept(await keptBy(town));
  const false_ = new Town();
  Object.assign(false_, { id: town.id });
  await false_.begin("Ben");
  server.entries = false_.entries;
  await group.open();
  assert.equal(group.trouble, "fork");
  const own = await groupKeys(/** @type {any} */ (town.people.get("Ben")).seed, town.id, 1);
  assert.deepEqual(group.log.member(town.idOf("Ben"))?.ePublic, own.ePublic);
});
