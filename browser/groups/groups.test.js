import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { fromB64url, toB64url, toHex } from "../sealing/codec.js";
import { parseEnvelope } from "../sealing/envelope.js";
import { leave, rekey as draftRekey, setFkey, setRole } from "../sealing/log_draft.js";
import { ROLE } from "../sealing/log_payload.js";
import { randomBytes } from "../sealing/primitives.js";
import { Refusal } from "../ui/refusal.js";
import { groupAt, pathOf } from "./address.js";
import { append } from "./append.js";
import { groupOf, no, Town } from "./cast.test.js";
import { Epochs } from "./epochs.js";
import { FacilitatorsKeys } from "./facilitators_key.js";
import { post } from "./posting.js";
import { needsRekey, rekey } from "./rekeying.js";
import { sealEpoch } from "./resealing.js";
import { rescueText, useRescue } from "./rescuing.js";
import { needsFkey } from "./roles.js";

const town = async () => (await new Town().begin("Ben")).admit("Amara", "Ben");
const codeIs = (/** @type {string} */ code) => (/** @type {any} */ why) => why.code === code;
const any = (/** @type {unknown} */ value) => /** @type {any} */ (value);

test("a group's address holds its id, and nothing else is an address of a group", () => {
  const id = randomBytes(16);
  assert.equal(toHex(groupAt(pathOf(id)) ?? new Uint8Array(0)), toHex(id));
  for (const path of ["/groups/", "/groups/start/", "/groups/0123/", `${pathOf(id)}x`, `/groups/${toHex(id)}/`]) assert.equal(groupAt(path), null);
});

test("a secret from a box is a key only when the list commits to it", async () => {
  const place = await town();
  const [log, me] = [place.state, place.idOf("Amara")];
  const member = any(log.member(me));
  const forged = await sealEpoch(log, member, log.epoch, randomBytes(32));
  const ghost = new Epochs();
  await ghost.take([[log.epoch, 1, forged]], place.id, me, place.keysOf("Amara"));
  await assert.rejects(ghost.keyOf(log, me, log.epoch), codeIs("epoch-unlogged"));
  const true_ = new Epochs();
  await true_.take(await place.boxesOf("Amara"), place.id, me, place.keysOf("Amara"));
  assert.equal((await true_.keyOf(log, me, log.epoch)).algorithm.name, "AES-GCM");
});

test("a box that does not open is as good as none, and is missing", async () => {
  const place = await town();
  const [log, me] = [place.state, place.idOf("Amara")];
  const epochs = new Epochs();
  assert.deepEqual(epochs.missing(log, me), [log.epoch]);
  await epochs.take([[log.epoch, 1, randomBytes(86)]], place.id, me, place.keysOf("Amara"));
  assert.deepEqual(epochs.missing(log, me), [log.epoch]);
  await assert.rejects(epochs.keyOf(log, me, log.epoch), codeIs("no-epoch-box"));
  await epochs.take(await place.boxesOf("Amara"), place.id, me, place.keysOf("Amara"));
  assert.deepEqual(epochs.missing(log, me), []);
});

test("what was said before somebody came has no key for them", async () => {
  const place = await town();
  await assert.rejects(new Epochs().keyOf(place.state, place.idOf("Amara"), 1), codeIs("before-you-joined"));
});

test("the facilitators' key is held by facilitators, and only the one the list names", async () => {
  const place = await town();
  const mine = place.fkeys.map((/** @type {any} */ [gen, , box]) => [gen, 1, box]);
  const held = new FacilitatorsKeys();
  await held.take(mine, new Map([[1, randomBytes(32)]]), place.id, place.idOf("Ben"), place.keysOf("Ben"));
  assert.equal(held.newestFirst().length, 0);
  await held.take(mine, new Map([[1, place.state.fkey.publicKey]]), place.id, place.idOf("Ben"), place.keysOf("Ben"));
  assert.equal(held.newestFirst().length, 1);
});

test("the facilitators' key is renewed when the set of facilitators is another", async () => {
  const place = await town();
  const needs = async () => needsFkey(any({ entries: await place.parsed(), logNow: place.state }));
  const act = async (/** @type {string} */ who, /** @type {any} */ draft) => {
    const pen = place.penOf(who);
    await pen.write(draft);
    place.take(pen);
  };
  assert.equal(await needs(), false);
  await act("Ben", (/** @type {any} */ log, /** @type {any} */ by) => setRole(log, by, place.idOf("Amara"), ROLE.facilitator));
  assert.equal(await needs(), true);
  await act("Ben", (/** @type {any} */ log, /** @type {any} */ by) => setFkey(log, by, place.state.fkey.publicKey));
  assert.equal(await needs(), false);
  await act("Ben", leave);
  assert.equal(await needs(), true);
});

test("a pen refuses what the list would refuse", async () => {
  const place = await town();
  const pen = place.penOf("Amara");
  await assert.rejects(pen.write((log, by) => setRole(log, by, place.idOf("Amara"), ROLE.facilitator)), codeIs("log-authority"));
  assert.equal(pen.entries.length, 0);
});

test("whoever was not first replays and tries again, three times", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const place = await town();
  const group = groupOf(place, "Ben");
  let losses = 1;
  group.answer = () => (losses-- > 0 ? no("stale-log") : {});
  const compose = async (/** @type {any} */ pen) => {
    await pen.write((/** @type {any} */ log, /** @type {any} */ by) => draftRekey(log, by, randomBytes(32)));
    return {};
  };
  const done = append(any(group), compose);
  await pausesUntil(() => group.asked.length === 2);
  assert.equal(await done, true);
  assert.equal(group.asked.length, 2);
  losses = 99;
  const failed = append(any(group), compose);
  const rejected = assert.rejects(failed, codeIs("stale-log"));
  await pausesUntil(() => group.asked.length === 5);
  await rejected;
  assert.equal(group.asked.length, 5);
  mock.timers.reset();
});

test("an entry that is in the list after all was not lost", async () => {
  const place = await town();
  const group = groupOf(place, "Ben");
  /** @type {any} */ let written;
  group.answer = () => {
    place.take(written);
    return no("stale-log");
  };
  const compose = async (/** @type {any} */ pen) => {
    await pen.write((/** @type {any} */ log, /** @type {any} */ by) => draftRekey(log, by, randomBytes(32)));
    written = pen;
    return {};
  };
  assert.equal(await append(any(group), compose), true);
  assert.equal(group.asked.length, 1);
});

test("who speaks next re-keys first, for exactly those who are here", async () => {
  const place = await town();
  const pen = place.penOf("Amara");
  await pen.write(leave);
  place.take(pen);
  const group = groupOf(place, "Ben");
  assert.equal(needsRekey(any(group)), true);
  await rekey(any(group));
  const [[verb, { boxes }]] = group.asked;
  assert.equal(verb, "append");
  assert.deepEqual(boxes.map((/** @type {any} */ [id]) => toHex(id)), [toHex(place.idOf("Ben"))]);
});

test("an epoch does not last longer than ninety days", async () => {
  const place = await town();
  const group = groupOf(place, "Ben");
  assert.equal(needsRekey(any(group)), false);
  group.epochSince = Date.now() - 91 * 24 * 3600 * 1000;
  assert.equal(needsRekey(any(group)), true);
});

test("an item is sealed anew once when its key changed on the way, and keeps its id", async () => {
  const place = await town();
  const group = groupOf(place, "Ben");
  let refusals = 1;
  group.answer = () => (refusals-- > 0 ? no("stale-epoch") : { seq: 7, received: 1, stamp: randomBytes(32) });
  const [seq] = await post(any(group), { kind: 1, body: { t: "hello" } });
  assert.equal(seq, 7);
  const headers = group.asked.map(([, { envelope }]) => parseEnvelope(envelope).header);
  assert.equal(headers.length, 2);
  assert.equal(toHex(headers[0].itemId), toHex(headers[1].itemId));
  refusals = 9;
  await assert.rejects(post(any(group), { kind: 1, body: { t: "hello" } }), (why) => why instanceof Refusal && why.code === "stale-epoch");
  assert.equal(group.asked.length, 4);
});

test("the text for the steward names the place in the list, byte for byte", async () => {
  const place = await town();
  const group = groupOf(place, "Amara");
  const bytes = fromB64url(rescueText(any(group)));
  assert.equal(bytes.length, 104);
  assert.equal(toHex(bytes.slice(16, 32)), toHex(place.idOf("Amara")));
  assert.equal(new DataView(bytes.buffer).getUint32(32), place.state.seq);
  assert.equal(toHex(bytes.slice(36, 68)), toHex(place.state.head));
  assert.equal(new DataView(bytes.buffer).getUint32(68), place.state.epoch);
});

test("what is not the steward's word about this member is not used", async () => {
  const place = await town();
  const group = groupOf(place, "Amara");
  const pen = place.penOf("Ben");
  await pen.write((log, by) => setRole(log, by, place.idOf("Amara"), ROLE.facilitator));
  for (const answer of ["nonsense!", toB64url(pen.entries[0])]) await assert.rejects(useRescue(any(group), answer), (why) => /format/.test(any(why).code));
  assert.equal(group.asked.length, 0);
});

/** Lets promises run and pauses pass, however slow the machine. @param {() => boolean} isDone */
async function pausesUntil(isDone) {
  for (const end = performance.now() + 20_000; !isDone() && performance.now() < end; ) {
    await new Promise((resolve) => setImmediate(resolve));
    mock.timers.tick(2000);
  }
}
