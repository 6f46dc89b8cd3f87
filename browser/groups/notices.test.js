import assert from "node:assert/strict";
import { test } from "node:test";

import { toHex } from "../sealing/codec.js";
import { sealNotice } from "../sealing/seal_notice.js";
import { groupOf, Town } from "./cast.test.js";
import { readNotice } from "./notices.js";
import { removeMember } from "./removing.js";

const REASON = { words: "Please talk to me first. \u{1f33b}", groupName: "Night walkers", by: "Ben" };

/** Ben removes Eli; what the server keeps of it, and Eli's side of the page. */
async function removed() {
  const town = await (await (await new Town().begin("Ben")).admit("Amara", "Ben")).admit("Eli", "Ben");
  const ben = groupOf(town, "Ben");
  await removeMember(/** @type {any} */ (ben), town.idOf("Eli"), REASON);
  const [[, { entries, notices }]] = ben.asked;
  const log = [...town.entries, ...entries];
  const notice = { notice: new Uint8Array(16), group: town.id, member: town.idOf("Eli"), gen: 1, seq: log.length - 1, sent: 0 };
  const pins = new Map();
  const here = (/** @type {string} */ name) => ({
    keys: { everyGroupKeys: async (/** @type {any} */ _group, /** @type {number} */ gen) => [await town.keysOf(name)(gen)], keyring: { load: async () => ({ pins }) } },
    connection: { call: async (/** @type {string} */ verb) => (verb === "removal" ? { log } : {}) },
  });
  const read = (/** @type {any} */ box, /** @type {string} */ name = "Eli") => readNotice(/** @type {any} */ (here(name)), { ...notice, box });
  return { town, notice, log, pins, box: notices[0][1], read };
}

const isUnsigned = { code: "notice-unsigned" };

test("who was removed reads what they were told, and by whom", async () => {
  const { read, box, pins, town, log } = await removed();
  assert.deepEqual(await read(box), REASON);
  pins.set(toHex(town.id), { seq: 3, head16: town.state.head16s[3] });
  assert.deepEqual(await read(box), REASON);
  assert.equal(log.length, town.entries.length + 1);
});

test("words of the server's own are not shown, whoever signed them", async () => {
  const { read, notice, town } = await removed();
  const [eli, amara] = await Promise.all(["Eli", "Amara"].map((name) => town.keysOf(name)(1)));
  for (const { e } of [eli, amara]) {
    const forged = await sealNotice(notice, eli.xPublic, e, { v: 1, t: "a lie", g: "", by: "Ben" });
    await assert.rejects(read(forged), isUnsigned);
  }
});

test("a list that is another than the one seen before vouches for nothing", async () => {
  const { read, box, pins, town } = await removed();
  pins.set(toHex(town.id), { seq: 3, head16: town.state.head16s[2] });
  await assert.rejects(read(box), isUnsigned);
});

test("a list cut before the removal vouches for nothing", async () => {
  const { read, box, log } = await removed();
  log.pop();
  await assert.rejects(read(box), isUnsigned);
});

test("a body without its words is damaged", async () => {
  const { read, notice, town } = await removed();
  const [eli, ben] = await Promise.all(["Eli", "Ben"].map((name) => town.keysOf(name)(1)));
  await assert.rejects(read(await sealNotice(notice, eli.xPublic, ben.e, { v: 1, t: 7 })), { code: "damaged" });
});
