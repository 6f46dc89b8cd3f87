import assert from "node:assert/strict";
import { test } from "node:test";

import { groupOf, Town } from "../groups/cast.test.js";
import { toHex, toJson } from "../sealing/codec.js";
import { messageKey } from "../sealing/epoch.js";
import { KIND } from "../sealing/envelope.js";
import { randomBytes } from "../sealing/primitives.js";
import { sealEnvelope } from "../sealing/seal_envelope.js";
import { openRows } from "./opening.js";

/** @import { Row } from "../groups/posting.js" */

const town = async () => (await new Town().begin("Ben")).admit("Amara", "Ben");

/** @param {Town} place @param {string} name a group as `openRows` sees it */
function opener(place, name) {
  const group = groupOf(place, name);
  return Object.assign(group, {
    keyOf: (/** @type {number} */ epoch) => messageKey(place.id, epoch, place.secrets[epoch]),
    wasFacilitator: (/** @type {string} */ id) => id === toHex(place.idOf("Ben")),
    /** @type {string[]} */ reported: [],
    report(/** @type {string} */ code) {
      this.reported.push(code);
    },
    /** @type {any[]} */ disputed: [],
    dispute(/** @type {any} */ { author, code, position }) {
      this.disputed.push([toHex(author), code, position.seq, toHex(position.head16)]);
    },
  });
}

/** @param {Town} place @param {string} by @param {object} body @param {any} [more] @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function sealed(place, by, body, more = {}) {
  const { kind = KIND.share, position, group = place.id } = more;
  const { epoch, seq, head16 } = place.state;
  const header = { kind, group, epoch, itemId: more.itemId ?? randomBytes(16), author: place.idOf(by), revision: more.revision ?? 0 };
  const key = await messageKey(place.id, epoch, place.secrets[epoch]);
  return sealEnvelope(header, key, { position: position ?? { seq, head16 }, sentMs: more.sentMs ?? Date.now(), body: toJson({ v: 1, ...body }) });
}

/** @param {Uint8Array<ArrayBuffer>[]} envelopes @returns {Row[]} */
const rows = (...envelopes) => envelopes.map((envelope, i) => [i + 1, envelope, 1000 + i, new Uint8Array(32)]);
const open = (/** @type {any} */ group, /** @type {Row[]} */ list, seen = new Map()) => openRows(group, list, seen);

test("one bad item never stops the others", async () => {
  const place = await town();
  const bad = await sealed(place, "Amara", { t: "changed" });
  bad[200] ^= 1;
  const items = await open(opener(place, "Ben"), rows(await sealed(place, "Amara", { t: "one" }), bad, randomBytes(40), await sealed(place, "Ben", { t: "two" })));
  assert.deepEqual(items.map(({ body, code }) => code ?? body?.t), ["one", "damaged", "format", "two"]);
});

test("an item of another group, or by nobody of this time, is not shown", async () => {
  const place = await town();
  const moved = await sealed(place, "Ben", { t: "moved" }, { group: randomBytes(16) });
  await place.person("Eli");
  const strange = await sealed(place, "Eli", { t: "forged" });
  assert.deepEqual((await open(opener(place, "Ben"), rows(moved, strange))).map(({ code }) => code), ["context", "context"]);
});

test("what opens keeps its sender's clock, and what does not says no time of its own", async () => {
  const place = await town();
  const bad = await sealed(place, "Amara", { t: "changed" });
  bad[200] ^= 1;
  const items = await open(opener(place, "Ben"), rows(await sealed(place, "Amara", { t: "late" }, { sentMs: 7_000 }), bad));
  assert.deepEqual(items.map(({ sent }) => sent), [7_000, undefined]);
});

test("only somebody who was facilitator passes on what stands", async () => {
  const place = await town();
  const body = { name: "Mine now", profiles: {}, agreement: { version: 1, model: 2, text: "" } };
  const items = await open(opener(place, "Ben"), rows(await sealed(place, "Amara", body, { kind: KIND.standing }), await sealed(place, "Ben", body, { kind: KIND.standing })));
  assert.deepEqual(items.map(({ code }) => code), ["context", undefined]);
});

test("a sender who saw another list disputes ours, in their own name", async () => {
  const place = await town();
  const group = opener(place, "Ben");
  const head16 = randomBytes(16);
  const forked = await sealed(place, "Amara", { t: "from elsewhere" }, { position: { seq: 2, head16 } });
  assert.equal((await open(group, rows(forked)))[0].code, "fork");
  assert.deepEqual(group.disputed, [[toHex(place.idOf("Amara")), "fork", 2, toHex(head16)]]);
  assert.deepEqual(group.reported, []);
});

test("a sender who saw more of the list makes us ask for it; where it is not to be had, they dispute ours", async () => {
  const place = await town();
  const group = opener(place, "Ben");
  const ahead = await sealed(place, "Amara", { t: "ahead" }, { position: { seq: 99, head16: randomBytes(16) } });
  assert.equal((await open(group, rows(ahead)))[0].code, "log-rollback");
  assert.equal(group.caughtUp, 1);
  assert.deepEqual(group.disputed.map(([author, code, seq]) => [author, code, seq]), [[toHex(place.idOf("Amara")), "log-rollback", 99]]);
});

test("words of an epoch that is not here are nobody's: what they show is the host's doing", async () => {
  const place = await town();
  const group = opener(place, "Ben");
  const ahead = await sealed(place, "Amara", { t: "ahead" });
  ahead[27] += 1;
  assert.equal((await open(group, rows(ahead)))[0].code, "log-rollback");
  assert.deepEqual([group.reported, group.disputed], [["log-rollback"], []]);
});

test("an older revision handed out again is refused", async () => {
  const place = await town();
  const itemId = randomBytes(16);
  const [first, second] = [await sealed(place, "Ben", { t: "first" }, { itemId }), await sealed(place, "Ben", { t: "second" }, { itemId, revision: 1 })];
  const seen = new Map();
  await open(opener(place, "Ben"), rows(second), seen);
  assert.equal((await open(opener(place, "Ben"), rows(first), seen))[0].code, "context");
});
