import assert from "node:assert/strict";
import { test } from "node:test";

import { importAeKey, randomBytes } from "../sealing/primitives.js";
import { dropPromised, keepPromised, promisedTo } from "./promised.js";

/** @type {Map<string, string>} */
const tab = new Map();
const getItem = (/** @type {string} */ place) => tab.get(place) ?? null;
Object.assign(globalThis, { sessionStorage: { getItem, setItem: tab.set.bind(tab), removeItem: tab.delete.bind(tab) } });

const group = "aa".repeat(16);
const promised = { name: "Amara of Tuesdays", agreed: "bb".repeat(32) };

/** An account on this device. @returns {any} */
const account = () => {
  const bytes = randomBytes(32);
  return { localKey: () => importAeKey(bytes.slice()) };
};

test("what somebody promised rests sealed in the tab, is read by them again, and is gone when it was said", async () => {
  const amara = account();
  await keepPromised(amara, group, promised);
  assert.equal([...tab.values()].some((kept) => kept.includes("Amara") || kept.includes(promised.agreed)), false);
  assert.deepEqual(await promisedTo(amara, group), promised);
  dropPromised(group);
  assert.deepEqual([await promisedTo(amara, group), tab.size], [null, 0]);
});

test("for somebody else, in another group, or lying there in clear it is nothing, and does not stay", async () => {
  const [amara, other] = [account(), "cc".repeat(16)];
  const place = `hs-promised ${other}`;
  await keepPromised(amara, group, promised);
  tab.set(place, String([...tab.values()][0]));
  assert.equal(await promisedTo(amara, other), null);
  assert.equal(await promisedTo(account(), group), null);
  tab.set(place, JSON.stringify(promised));
  assert.deepEqual([await promisedTo(amara, other), tab.size], [null, 0]);
});
