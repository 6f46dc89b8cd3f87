import assert from "node:assert/strict";
import { test } from "node:test";

import { accountKeys } from "../sealing/keys.js";
import { randomBytes } from "../sealing/primitives.js";
import { answer } from "./resealing.js";

/** @import { Group } from "./group.js" */

test("who came back with new keys gets nothing of the time before by asking", async () => {
  const { xPublic } = await accountKeys(randomBytes(32));
  const [member, me] = [randomBytes(16), randomBytes(16)];
  const back = { id: member, gen: 2, xPublic, isActive: true, sinceEpoch: 3 };
  /** @type {unknown[]} */
  const sent = [];
  const log = { group: randomBytes(16), member: () => back, activeIn: () => true };
  const told = { log, me, epochs: { secretOf: () => randomBytes(32) }, keyOf: async () => {}, ask: async (/** @type {string} */ verb, /** @type {{epoch: number}} */ { epoch }) => sent.push([verb, epoch]) };
  const group = /** @type {Group} */ (/** @type {unknown} */ (told));
  await Promise.all([1, 2, 3, 4].map((epoch) => answer(group, { epoch, member })));
  assert.deepEqual(sent.sort(), [["reseal", 3], ["reseal", 4]]);
});
