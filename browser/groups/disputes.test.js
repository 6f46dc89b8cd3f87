import assert from "node:assert/strict";
import { test } from "node:test";

import { toHex } from "../sealing/codec.js";
import { emptyKeyring } from "../sealing/keyring.js";
import { randomBytes } from "../sealing/primitives.js";
import { append } from "./append.js";
import { Town } from "./cast.test.js";
import { Disputes } from "./disputes.js";
import { Group } from "./group.js";
import { penOf } from "./pen.js";
import { removeMember } from "./removing.js";

const any = (/** @type {unknown} */ value) => /** @type {any} */ (value);
const REASON = { words: "", groupName: "", by: "" };

/** Ben's group with Amara and Chidi in it, as his browser opens it. */
async function opened() {
  const town = await (await (await new Town().begin("Ben")).admit("Amara", "Ben")).admit("Chidi", "Ben");
  let boxes = await town.boxesOf("Ben");
  const call = async (/** @type {string} */ verb, /** @type {any} */ args) => {
    if (verb === "append") {
      town.entries.push(...args.entries);
      const mine = args.boxes.filter((/** @type {any} */ [id]) => toHex(id) === toHex(town.idOf("Ben")));
      boxes = mine.map((/** @type {any} */ [, box]) => [group.log.epoch + 1, 1, box]);
    }
    const after = args.after ?? args.log_after ?? -1;
    return { member: town.idOf("Ben"), log: town.entries.slice(after + 1), boxes, fkeys: [] };
  };
  const ring = { load: async () => emptyKeyring(), change: async () => emptyKeyring() };
  const groupKeys = (/** @type {unknown} */ _id, /** @type {number} */ gen) => town.keysOf("Ben")(gen);
  const group = new Group(any({ connection: { call }, keys: { groupKeys, keyring: ring, recognise: async () => undefined } }), town.id);
  await group.open();
  const claim = (/** @type {string} */ name, code = "fork", epoch = town.state.epoch) =>
    group.dispute({ author: town.idOf(name), epoch, code, position: { seq: 2, head16: randomBytes(16) } });
  return { town, group, claim };
}

test("words that claim another list stop everything but removing who said them", async () => {
  const { town, group, claim } = await opened();
  claim("Amara");
  assert.equal(group.trouble, "fork");
  assert.throws(() => group.needWritable(), { code: "fork" });
  await assert.rejects(penOf(group), { code: "fork" });
  await assert.rejects(append(group, async () => ({})), { code: "fork" });
  await assert.rejects(removeMember(group, town.idOf("Chidi"), REASON), { code: "fork" });
  await removeMember(group, town.idOf("Amara"), REASON);
  assert.equal(group.trouble, null);
  group.needWritable();
});

test("where two claim another list, both have to go before anything is said", async () => {
  const { town, group, claim } = await opened();
  claim("Amara");
  claim("Chidi", "log-rollback");
  await removeMember(group, town.idOf("Amara"), REASON);
  assert.equal(group.trouble, "log-rollback");
  await removeMember(group, town.idOf("Chidi"), REASON);
  assert.equal(group.trouble, null);
});

test("who is no longer here disputes nothing, and removing nobody else is a way around a list that is wrong", async () => {
  const { town, group, claim } = await opened();
  await removeMember(group, town.idOf("Amara"), REASON);
  claim("Amara");
  assert.equal(group.trouble, null);
  claim("Chidi");
  group.report("log-chain");
  assert.equal(group.trouble, "log-chain");
  await assert.rejects(removeMember(group, town.idOf("Chidi"), REASON), { code: "log-chain" });
});

test("our own words that claim another list are the host's doing", async () => {
  const { town, group, claim } = await opened();
  claim("Ben");
  assert.equal(group.disputes.length, 0);
  await assert.rejects(removeMember(group, town.idOf("Amara"), REASON), { code: "fork" });
});

test("a dispute stands over a false key", async () => {
  const { group, claim } = await opened();
  group.report("epoch-unlogged");
  claim("Amara");
  assert.equal(group.trouble, "fork");
  assert.equal(group.mayWriteList, false);
});

test("what was said before somebody came back with new keys disputes nothing, and the newest words count", () => {
  const disputes = new Disputes();
  const [author, position] = [randomBytes(16), { seq: 1, head16: randomBytes(16) }];
  const log = any({ member: () => ({ isActive: true, sinceEpoch: 4 }) });
  disputes.add({ author, epoch: 3, code: "fork", position });
  assert.equal(disputes.standing(log).length, 0);
  disputes.add({ author, epoch: 4, code: "log-rollback", position });
  disputes.add({ author, epoch: 2, code: "fork", position });
  assert.deepEqual(disputes.standing(log).map(({ code }) => code), ["log-rollback"]);
});
