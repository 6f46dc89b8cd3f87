import assert from "node:assert/strict";
import { test } from "node:test";

import { toHex } from "../sealing/codec.js";
import { emptyKeyring } from "../sealing/keyring.js";
import { randomBytes } from "../sealing/primitives.js";
import { Town } from "./cast.test.js";
import { sealEpoch } from "./resealing.js";
import { Group } from "./group.js";
import { penOf } from "./pen.js";
import { removeMember } from "./removing.js";

const any = (/** @type {unknown} */ value) => /** @type {any} */ (value);

/** Ben's group as his browser opens it; Amara began its epoch and gave him a key that is none. */
async function silenced() {
  const town = await (await new Town().begin("Ben")).admit("Amara", "Ben");
  const ben = any(town.state.member(town.idOf("Ben")));
  let boxes = [[town.state.epoch, 1, await sealEpoch(town.state, ben, town.state.epoch, randomBytes(32))]];
  const call = async (/** @type {string} */ verb, /** @type {any} */ args) => {
    if (verb === "append") {
      town.entries.push(...args.entries);
      boxes = args.boxes.filter((/** @type {any} */ [id]) => toHex(id) === toHex(ben.id)).map((/** @type {any} */ [, box]) => [3, 1, box]);
    }
    const after = args.after ?? args.log_after ?? -1;
    return { member: ben.id, log: town.entries.slice(after + 1), boxes, fkeys: [] };
  };
  const ring = { load: async () => emptyKeyring(), change: async () => emptyKeyring() };
  const groupKeys = (/** @type {unknown} */ _id, /** @type {number} */ gen) => town.keysOf("Ben")(gen);
  const group = new Group(any({ connection: { call }, keys: { groupKeys, keyring: ring, recognise: async () => undefined } }), town.id);
  await group.open();
  return { town, group };
}

test("a member who gives the others a false key does not silence them for good", async () => {
  const { town, group } = await silenced();
  assert.equal(group.trouble, "epoch-unlogged");
  assert.throws(() => group.needWritable(), { code: "epoch-unlogged" });
  await removeMember(group, town.idOf("Amara"), { words: "", groupName: "", by: "" });
  assert.deepEqual(group.log.active().map(({ id }) => toHex(id)), [toHex(town.idOf("Ben"))]);
  assert.equal(group.trouble, null);
  group.needWritable();
});

test("whatever is wrong with the list itself stands over a false key, and nothing is written then", async () => {
  const { group } = await silenced();
  group.report("fork");
  group.report("epoch-unlogged");
  assert.equal(group.trouble, "fork");
  await assert.rejects(penOf(group), { code: "fork" });
});
