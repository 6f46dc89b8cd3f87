import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { freshSession } from "../../tests/pretend_storage.js";
import { utf8 } from "../sealing/codec.js";
import { sha } from "../sealing/primitives.js";
import { dropPromised, keepPromised, promisedTo } from "./promised.js";

const [group, other] = [new Uint8Array(16).fill(0xaa), new Uint8Array(16).fill(0xcc)];
const promised = { name: "Amara of Tuesdays", agreed: "bb".repeat(32), to: "Tuesday evening", by: "Ben" };
/** @type {ReturnType<typeof freshSession>} */ let tab;

beforeEach(() => {
  tab = freshSession();
});

/** An account on this device. @param {string} name @returns {any} */
const account = (name) => ({ local: (/** @type {string} */ label) => sha(utf8(`${name} ${label}`)) });
const places = () => Array.from({ length: tab.length }, (_, i) => tab.key(i) ?? "");
const lying = () => places().flatMap((place) => [place, tab.getItem(place) ?? ""]);

test("what somebody promised rests sealed in the tab, is read by them again, and is gone when it was said", async () => {
  const amara = account("amara");
  await keepPromised(amara, group, promised);
  assert.equal(lying().length, 2);
  for (const tells of ["Amara", "Tuesday", "Ben", promised.agreed, "aa".repeat(8)]) assert.equal(lying().some((each) => each.includes(tells)), false);
  assert.deepEqual(await promisedTo(amara, group), promised);
  await dropPromised(amara, group);
  assert.deepEqual([await promisedTo(amara, group), tab.length], [null, 0]);
});

test("for somebody else, in another group, or lying there in clear it is nothing, and does not stay", async () => {
  const amara = account("amara");
  await keepPromised(amara, group, promised);
  assert.equal(await promisedTo(account("dana"), group), null);
  const [place] = places();
  const sealed = tab.getItem(place) ?? "";
  await keepPromised(amara, other, promised);
  const elsewhere = places().find((each) => each !== place) ?? "";
  tab.setItem(elsewhere, sealed);
  assert.equal(await promisedTo(amara, other), null);
  assert.deepEqual(places(), [place]);
  tab.setItem(place, btoa(JSON.stringify(promised)));
  assert.deepEqual([await promisedTo(amara, group), tab.length], [null, 0]);
});
