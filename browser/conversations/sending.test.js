import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";

import { freshSession, removeDatabase } from "../../tests/pretend_storage.js";
import { channel } from "../accounts/tabs.js";
import { groupOf, no, Town } from "../groups/cast.test.js";
import { post } from "../groups/posting.js";
import { NotKept } from "../local/device_shelf.js";
import { WritableShelf as DeviceShelf } from "../local/writable_shelf.js";
import { SORT } from "../local/records.js";
import { WritableRecords } from "../local/writing.js";
import { toHex, utf8 } from "../sealing/codec.js";
import { KIND } from "../sealing/envelope.js";
import { localKeys } from "../sealing/local_record.js";
import { randomBytes, sha } from "../sealing/primitives.js";
import { Refusal } from "../ui/refusal.js";
import { Drafts } from "./drafts.js";
import { Outbox } from "./sending.js";
import { Waiting } from "./waiting.js";

/** @import { Unsent } from "./sending.js" */

const DAY = 24 * 3600 * 1000;
const keys = await localKeys((label) => sha(utf8(`1 ${label}`)));
const device = () => new WritableRecords(new DeviceShelf(), keys);

/** @type {any} */ let group;
after(() => channel.close());

/** What the server took, as texts. @type {string[]} */ let taken;
/** @type {((text: string) => any)|null} */ let refuse;
/** @type {Promise<unknown>} */ let line;

beforeEach(async () => {
  freshSession();
  await removeDatabase();
  group = groupOf(await (await new Town().begin("Ben")).admit("Amara", "Ben"), "Ben");
  taken = [];
  refuse = null;
  line = Promise.resolve();
});

/** A page of this device. @param {WritableRecords} [records] @param {number} [pause] ms where there is no room */
async function page(records = device(), pause = 1) {
  /** @type {number[]} */ const sent = [];
  const waiting = new Waiting(records, group.id);
  const outbox = new Outbox(waiting, {
    online: () => line,
    pause: () => pause,
    post: async (item) => {
      const text = /** @type {any} */ (item.body).t;
      if (refuse) group.answer = () => refuse?.(text) ?? { seq: taken.length + 1, received: 4, stamp: new Uint8Array(32) };
      else group.answer = () => ({ seq: taken.length + 1, received: 4, stamp: new Uint8Array(32) });
      const row = await post(group, item);
      taken.push(text);
      return row;
    },
  });
  outbox.addEventListener("sent", (event) => sent.push(/** @type {any} */ (event).detail[0]));
  await outbox.open();
  return { outbox, sent, waiting };
}

const share = (/** @type {string} */ t) => ({ kind: KIND.share, body: { t } });
const texts = (/** @type {Unsent[]} */ entries) => entries.map(({ body }) => body.t);

test("what is refused stays to be sent again, and what was sent is gone", async () => {
  const { outbox, sent } = await page();
  refuse = () => no("too-many");
  await outbox.put(share("kept"));
  assert.equal(outbox.entries[0].why, "sentence of too-many");
  refuse = null;
  await outbox.again(outbox.entries[0]);
  assert.deepEqual([outbox.entries.length, sent], [0, [1]]);
});

test("what is there from an earlier try counts as sent", async () => {
  const { outbox } = await page();
  refuse = () => {
    throw new Refusal("exists", "");
  };
  await outbox.put(share("twice"));
  assert.equal(outbox.entries.length, 0);
});

test("what was refused does not hold up what comes after, and all goes in the order in which it was written", async () => {
  const { outbox } = await page();
  refuse = (text) => (text === "second" ? no("too-large") : undefined);
  await Promise.all(["first", "second", "third"].map((each) => outbox.put(share(each))));
  assert.deepEqual(taken, ["first", "third"]);
  assert.deepEqual(texts(outbox.entries), ["second"]);
});

test("where the server's disk is full everything waits, says why, and goes by itself and in order when there is room", async () => {
  const { outbox } = await page();
  let tries = 0;
  /** @type {string[][]} */ const seen = [];
  outbox.addEventListener("change", () => seen.push(outbox.entries.map(({ why, waits }) => `${why} ${waits}`)));
  refuse = () => ((tries += 1) < 3 ? no("disk-full") : undefined);
  await Promise.all(["first", "second"].map((each) => outbox.put(share(each))));
  assert.deepEqual([taken, tries, outbox.entries], [["first", "second"], 4, []]);
  assert.ok(seen.some(([first, second]) => first === "sentence of disk-full true" && second === "undefined undefined"));
});

test("who does not want to wait for room sends again at once, or takes the words back", async () => {
  const { outbox } = await page(device(), 1e9);
  refuse = () => no("disk-full");
  const sending = outbox.put(share("impatient"));
  for (let i = 0; i < 500 && !outbox.entries[0]?.waits; i += 1) await new Promise((resolve) => setTimeout(resolve, 1));
  refuse = null;
  await outbox.again(outbox.entries[0]);
  await sending;
  assert.deepEqual([taken, outbox.entries], [["impatient"], []]);
});

test("what waits outlives the page, under the same id, and goes when there is a line", async () => {
  line = new Promise(() => undefined);
  const before = await page();
  void before.outbox.put(share("in a tunnel"));
  await settled(before.outbox, 1);
  const { id } = before.outbox.entries[0];
  line = Promise.resolve();
  // The page that waits holds the turn until it ends, as its tab does; here a fresh list stands for the next page.
  const after = new Waiting(device(), group.id);
  assert.deepEqual((await after.read()).map((each) => [each.id, each.body.t]), [[id, "in a tunnel"]]);
});

/** @param {Outbox} outbox @param {number} count on the disk */
async function settled(outbox, count) {
  const waiting = new Waiting(device(), group.id);
  for (let i = 0; i < 500 && (await waiting.read()).length !== count; i += 1) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.equal(outbox.entries.length, count);
}

test("what was written long ago goes only when its author still wants it to", async () => {
  const waiting = new Waiting(device(), group.id);
  const old = { id: toHex(randomBytes(16)), parent: "", at: Date.now() - 30 * DAY, ...share("a month ago") };
  await waiting.change(() => [old, { ...old, id: toHex(randomBytes(16)), at: Date.now() - 1000, body: { t: "just now" } }]);
  const { outbox } = await page();
  for (let i = 0; i < 500 && (taken.length === 0 || outbox.entries.length > 1); i += 1) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.deepEqual([taken, texts(outbox.entries)], [["just now"], ["a month ago"]]);
  await outbox.again(outbox.entries[0]);
  assert.deepEqual([taken, outbox.entries.length], [["just now", "a month ago"], 0]);
});

test("two tabs send everything once", async () => {
  const tabs = [await page(), await page()];
  await Promise.all(["a", "b", "c", "d"].map((each, i) => tabs[i % 2].outbox.put(share(each))));
  assert.deepEqual([...taken].sort(), ["a", "b", "c", "d"]);
  assert.deepEqual(await tabs[0].waiting.read(), []);
});

test("what is thrown away is not sent", async () => {
  /** @type {(value?: unknown) => void} */ let back = () => undefined;
  line = new Promise((resolve) => (back = resolve));
  const { outbox } = await page();
  const [, going] = [await outbox.remove(/** @type {any} */ ({ id: "none" })), outbox.put(share("not meant"))];
  await settled(outbox, 1);
  await outbox.remove(outbox.entries[0]);
  back();
  await going;
  assert.deepEqual([taken, outbox.entries], [[], []]);
});

test("where nothing can be kept it waits as long as the page is open", async () => {
  const no_ = () => Promise.reject(new NotKept(new Error("none")));
  const nowhere = new WritableRecords({ get: no_, range: no_, put: no_, remove: no_ }, keys);
  const { outbox } = await page(nowhere);
  refuse = () => no("too-many");
  await outbox.put(share("in memory"));
  assert.deepEqual(texts(outbox.entries), ["in memory"]);
  refuse = null;
  await outbox.again(outbox.entries[0]);
  assert.deepEqual([taken, outbox.entries], [["in memory"], []]);
});

test("a draft outlives its page, and one that another tab left is taken over", async () => {
  const drafts = new Drafts(device(), group.id);
  await drafts.open();
  drafts.set("", { text: "half a", help: "be-with-me" });
  drafts.set("0a", { text: "half a reply" });
  await drafts.save();
  const again = new Drafts(device(), group.id);
  await again.open();
  assert.deepEqual([again.get(""), again.get("0a")], [{ text: "half a", help: "be-with-me" }, { text: "half a reply" }]);
  await device().put([[SORT.drafts, group.id, 12_345, utf8(JSON.stringify({ v: 1, texts: { "": { text: "other" }, "0b": { text: "more" } } }))]]);
  const third = new Drafts(device(), group.id);
  await third.open();
  assert.deepEqual([third.get("").text, third.get("0b").text], ["half a", "more"], "own words stand");
  third.set("", { text: "" });
  await third.save();
  const fourth = new Drafts(device(), group.id);
  await fourth.open();
  assert.equal(fourth.get("").text, "other", "and the others are not lost");
});

test("when all was sent or thrown away nothing is left on the device", async () => {
  const drafts = new Drafts(device(), group.id);
  await drafts.open();
  drafts.set("", { text: "gone soon" });
  await drafts.save();
  drafts.set("", { text: "" });
  await drafts.save();
  const { outbox } = await page();
  await outbox.put(share("sent"));
  assert.deepEqual([await device().all(SORT.drafts, group.id), await device().all(SORT.outbox, group.id)], [[], []]);
});
