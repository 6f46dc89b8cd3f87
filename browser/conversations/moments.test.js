import assert from "node:assert/strict";
import { test } from "node:test";

import { toHex } from "../sealing/codec.js";
import { TYPE } from "../sealing/log_entry.js";
import { ROLE, encodeRole } from "../sealing/log_payload.js";
import { emptyCircle } from "./circle.js";
import { momentOf } from "./moments.js";

const DAY = 24 * 3600 * 1000;
const [me, ben] = [new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)];

/** A room as far as moments look at it. @param {{days?: number, keptTo?: number, promoted?: number, guides?: boolean, alone?: boolean, said?: string[], closed?: boolean, trouble?: string|null}} how */
function room({ days = 0, keptTo = 0, promoted, guides = false, alone = false, said = [], closed = false, trouble = null }) {
  const at = (/** @type {number} */ ago) => Date.now() - ago * DAY;
  const came = { draft: { type: TYPE.add, epoch: 2, timeMs: at(days), payload: new Uint8Array(0) } };
  const role = { draft: { type: TYPE.setRole, epoch: 2, timeMs: at(promoted ?? 0), payload: encodeRole(me, ROLE.facilitator) } };
  const entries = promoted === undefined ? [came] : [came, role];
  const active = alone ? [{ id: me }] : [{ id: me }, { id: ben }];
  const circle = emptyCircle();
  for (const author of said) circle.shares.set(author, /** @type {any} */ ({ author }));
  return /** @type {any} */ ({ circle, group: { me, entries, keptTo, trouble, isFacilitator: guides, self: { sinceEpoch: 2 }, log: { isClosed: closed, active: () => active } } });
}

test("a first visit is one of somebody who came days ago, has not spoken, and was not on this device before", () => {
  assert.equal(momentOf(room({ days: 3 })), "first-visit");
  assert.equal(momentOf(room({ days: 3, said: [toHex(ben)] })), "first-visit");
  for (const how of [{ days: 15 }, { days: 3, keptTo: 1 }, { days: 3, said: [toHex(me)] }, { closed: true }, { trouble: "fork" }])
    assert.equal(momentOf(room(how)), "", JSON.stringify(how));
});

test("who guides a group and is alone there is told what comes next, however long it takes", () => {
  assert.equal(momentOf(room({ guides: true, alone: true, days: 400, keptTo: 9 })), "alone");
  assert.equal(momentOf(room({ guides: true })), "");
});

test("who became a facilitator since this device last looked is told what that is", () => {
  assert.equal(momentOf(room({ guides: true, promoted: 1, keptTo: 1 })), "new-facilitator");
  assert.equal(momentOf(room({ guides: true, promoted: 1, keptTo: 2 })), "");
  assert.equal(momentOf(room({ guides: true, promoted: 15 })), "");
  assert.equal(momentOf(room({ guides: false, promoted: 1, keptTo: 1 })), "", "and is none any more");
});
