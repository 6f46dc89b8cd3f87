import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { freshSession, removeDatabase } from "../../tests/pretend_storage.js";
import { toHex, utf8 } from "../sealing/codec.js";
import { codeOf } from "../sealing/errors.js";
import { localKeys, recordName, recordPlace } from "../sealing/local_record.js";
import { sha } from "../sealing/primitives.js";
import { BothShelves } from "./both_shelves.js";
import { DATABASE, NotKept } from "./device_shelf.js";
import { WritableShelf as DeviceShelf } from "./writable_shelf.js";
import { SORT } from "./records.js";
import { TabShelf } from "./tab_shelf.js";
import { inTurn } from "./locks.js";
import { WritableRecords as Records } from "./writing.js";

/** @import { Shelf } from "./device_shelf.js" */

const group = new Uint8Array(16).fill(7);
const other = new Uint8Array(16).fill(8);
const keys = await localKeys((label) => sha(utf8(`1 ${label}`)));
const strangers = await localKeys((label) => sha(utf8(`3 ${label}`)));

/** @type {Shelf} a device that takes nothing */
const fullShelf = {
  get: async () => undefined,
  range: async () => [],
  put: () => Promise.reject(new NotKept(new DOMException("", "QuotaExceededError"))),
  remove: () => Promise.reject(new NotKept(new Error("gone"))),
};

beforeEach(async () => {
  freshSession();
  await removeDatabase();
});

/** @type {[string, () => Shelf][]} */
const SHELVES = [
  ["device", () => new DeviceShelf()],
  ["tab", () => new TabShelf()],
  ["both", () => new BothShelves(new DeviceShelf(), new TabShelf(), () => undefined)],
  ["both, the device full", () => new BothShelves(fullShelf, new TabShelf(), () => undefined)],
];

/** @param {[number, Uint8Array][]} found */
const told = (found) => found.map(([number, plain]) => [number, new TextDecoder().decode(plain)]);

for (const [name, shelf] of SHELVES) {
  test(`${name}: what is put can be read, in order, and is gone when it was removed`, async () => {
    const records = new Records(shelf(), keys);
    await records.put([300, 2, 70_000].map((number) => [SORT.items, group, number, utf8(`sheet ${number}`)]));
    await records.put([[SORT.items, other, 5, utf8("of another group")], [SORT.drafts, group, 5, utf8("of another sort")]]);
    assert.deepEqual(told(await records.all(SORT.items, group)), [[2, "sheet 2"], [300, "sheet 300"], [70_000, "sheet 70000"]]);
    assert.deepEqual(told(await records.all(SORT.items, group, 3, 300)), [[300, "sheet 300"]]);
    await records.put([[SORT.items, group, 2, utf8("anew")]]);
    assert.equal(new TextDecoder().decode((await records.get(SORT.items, group, 2)) ?? utf8("")), "anew");
    await records.remove(SORT.items, group, 2, 300);
    assert.deepEqual(told(await records.all(SORT.items, group)), [[70_000, "sheet 70000"]]);
    await records.remove(SORT.items, group);
    assert.deepEqual([await records.all(SORT.items, group), await records.get(SORT.items, group, 2)], [[], null]);
    assert.equal((await records.all(SORT.items, other)).length, 1);
  });

  test(`${name}: another account finds nothing`, async () => {
    const place = shelf();
    await new Records(place, keys).put([[SORT.drafts, group, 0, utf8("mine")]]);
    assert.deepEqual(await new Records(place, strangers).all(SORT.drafts, group), []);
  });
}

test("a record put where another stood does not open", async () => {
  const shelf = new DeviceShelf();
  const records = new Records(shelf, keys);
  await records.put([[SORT.items, group, 1, utf8("one")], [SORT.items, group, 2, utf8("two")]]);
  const [one, two] = await Promise.all([1, 2].map(async (number) => recordPlace(await recordName(keys, SORT.items, group), number)));
  await shelf.put([[two, /** @type {any} */ (await shelf.get(one))]]);
  await assert.rejects(records.get(SORT.items, group, 2), (why) => codeOf(why) === "damaged");
});

test("what does not open takes nothing else with it, where that is asked for", async () => {
  const shelf = new DeviceShelf();
  const records = new Records(shelf, keys);
  await records.put([[SORT.drafts, group, 1, utf8("one")], [SORT.drafts, group, 2, utf8("two")]]);
  const place = await records.place(SORT.drafts, group, 2);
  await shelf.put([[place, new Uint8Array(288)]]);
  await assert.rejects(records.all(SORT.drafts, group));
  assert.deepEqual(told(await records.readable(SORT.drafts, group)), [[1, "one"]]);
});

test("nothing on the shelf tells what it is or whose", async () => {
  const shelf = new DeviceShelf();
  await new Records(shelf, keys).put([[SORT.drafts, group, 0, utf8("plain words")]]);
  const [[place, record]] = await shelf.range(new Uint8Array(20), new Uint8Array(20).fill(255));
  const seen = toHex(place) + toHex(record);
  for (const tells of [utf8("plain words"), group, new Uint8Array(16).fill(2)]) assert.ok(!seen.includes(toHex(tells)));
  assert.equal(record.length, 4 + 12 + 256 + 16, "sizes are filled up");
});

test("a database taken away under a page is there again, and empty", async () => {
  const records = new Records(new DeviceShelf(), keys);
  await records.put([[SORT.drafts, group, 0, utf8("before")]]);
  await removeDatabase();
  assert.equal(await records.get(SORT.drafts, group), null);
  await records.put([[SORT.drafts, group, 0, utf8("after")]]);
  assert.notEqual(await records.get(SORT.drafts, group), null);
});

test("without a database nothing is kept, and that is all", async () => {
  const { indexedDB } = globalThis;
  Object.defineProperty(globalThis, "indexedDB", { value: undefined, configurable: true, writable: true });
  try {
    await assert.rejects(new DeviceShelf().get(new Uint8Array(20)), NotKept);
  } finally {
    Object.defineProperty(globalThis, "indexedDB", { value: indexedDB, configurable: true, writable: true });
  }
});

test("a full device is told, and what was written rests in the tab until there is room", async () => {
  /** @type {NotKept[]} */ const whys = [];
  const tab = new TabShelf();
  const tight = new Records(new BothShelves(fullShelf, tab, (why) => whys.push(why)), keys);
  await tight.put([[SORT.drafts, group, 0, utf8("kept in the tab")]]);
  assert.deepEqual(whys.map(({ isFull }) => isFull), [true]);
  const roomy = new Records(new BothShelves(new DeviceShelf(), tab, () => undefined), keys);
  assert.equal(told([[0, (await roomy.get(SORT.drafts, group)) ?? utf8("")]])[0][1], "kept in the tab");
  await roomy.put([[SORT.drafts, group, 0, utf8("kept on the device")]]);
  assert.equal(sessionStorage.length, 0);
  assert.equal(told([[0, (await roomy.get(SORT.drafts, group)) ?? utf8("")]])[0][1], "kept on the device");
});

test("a tab that is full says so", async () => {
  freshSession(100);
  const why = await new Records(new TabShelf(), keys).put([[SORT.drafts, group, 0, utf8("too long")]]).catch((thrown) => thrown);
  assert.ok(why instanceof NotKept && why.isFull);
});

test("what must not cross goes one after another, also after something went wrong", async () => {
  /** @type {string[]} */ const done = [];
  const slow = inTurn("a", async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    done.push("first");
    throw new Error("wrong");
  });
  const next = inTurn("a", async () => done.push("second"));
  await assert.rejects(slow);
  await next;
  assert.deepEqual(done, ["first", "second"]);
});

test("the database has the name that clears it", async () => {
  await new DeviceShelf().put([[new Uint8Array(20), new Uint8Array(1)]]);
  assert.deepEqual((await indexedDB.databases()).map(({ name }) => name), [DATABASE]);
});
