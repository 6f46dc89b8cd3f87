import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { freshSession } from "../../tests/pretend_storage.js";
import { fromB64url, toB64url, toHex } from "../sealing/codec.js";
import { newId, newSeed } from "../sealing/keys.js";
import { randomBytes } from "../sealing/primitives.js";
import { sealSession } from "../sealing/seal_session.js";
import { keepOnDevice, keptFor, openDevice, troubleWith } from "./own_device.js";
import { forgetDevice, keepDevice, readDevice } from "./own_device_store.js";

/** @import { Kept } from "./own_device_store.js" */

const any = (/** @type {unknown} */ value) => /** @type {any} */ (value);
const accountId = newId();
const who = { accountId, authKey: "an auth key", digits: "042917" };
/** @type {{asked: [string, any][], answer: (door: string, body: any) => any}} a server; `answer` may throw the code it refuses with */
const server = { asked: [], answer: () => ({}) };

beforeEach(async () => {
  freshSession();
  await forgetDevice();
  Object.assign(document, { cookie: "", body: { dataset: { device: "kept" } } });
  Object.assign(server, { asked: [], answer: honest() });
  globalThis.fetch = async (path, options) => {
    const [door, body] = [String(path).replace("/seal/", ""), JSON.parse(String(options?.body))];
    server.asked.push([door, body]);
    try {
      return Response.json(server.answer(door, body));
    } catch (code) {
      return Response.json({ code }, { status: 403 });
    }
  };
});

/** Keeps the half it is given, and gives it for the proof it was given with it. */
function honest() {
  /** @type {Map<string, any>} */ const kept = new Map();
  return (/** @type {string} */ door, /** @type {any} */ body) => {
    if (door === "own-device/new") kept.set(body.device, body);
    else if (kept.get(body.device)?.code_auth !== body.code_auth) throw "wrong-code";
    return door === "own-device/new" ? {} : { share: kept.get(body.device).share };
  };
}

/** Makes this a device that a code opens. @returns {Promise<{here: Kept, seed: string}>} the seed in hex */
async function opensWithACode() {
  const seed = newSeed();
  const bytes = toHex(seed);
  await keepOnDevice(seed, who);
  return { here: any(await readDevice()), seed: bytes };
}

test("a code has six digits", () => {
  for (const code of ["", "12345", "1234567", "12345a", " 42917", "٠٤٢٩١٧"]) assert.equal(troubleWith(code), "empty", code);
});

test("a code that anybody would try first is refused", () => {
  for (const code of ["000000", "777777", "123456", "654321", "012345", "987654"]) assert.equal(troubleWith(code), "easy", code);
});

test("any other will do", () => {
  for (const code of ["042917", "112233", "135791", "246802"]) assert.equal(troubleWith(code), "", code);
});

test("the right code opens the keys again, and a wrong one is the server's to refuse", async () => {
  const { here, seed } = await opensWithACode();
  assert.equal(toHex(await openDevice(here, "042917")), seed);
  await assert.rejects(openDevice(here, "042918"), { code: "wrong-code" });
});

test("the seed's bytes are gone when the device has kept it", async () => {
  const seed = newSeed();
  await keepOnDevice(seed, who);
  assert.deepEqual(seed, new Uint8Array(32));
});

test("the server is never told what would open the device: not the digits, not the tab's half", async () => {
  const { here } = await opensWithACode();
  await openDevice(here, "042917");
  const told = JSON.stringify(server.asked);
  for (const secret of ["042917", toB64url(here.kept), toB64url(here.kept.slice(0, 32))]) assert.ok(!told.includes(secret));
});

test("on a shared device nothing is kept, and the server is not even asked", async () => {
  for (const device of ["shared", undefined]) {
    any(document).body.dataset.device = device;
    await assert.rejects(keepOnDevice(newSeed(), who), { code: "not-found" });
  }
  assert.deepEqual([server.asked, await readDevice()], [[], null]);
});

test("where the server does not take its half, nothing is kept here", async () => {
  server.answer = () => {
    throw "wrong-key";
  };
  await assert.rejects(keepOnDevice(newSeed(), who), { code: "wrong-key" });
  assert.equal(await readDevice(), null);
});

test("another half than the one that was given opens nothing, and is no slip of the person's", async () => {
  const { here } = await opensWithACode();
  for (const share of [randomBytes(32), new Uint8Array(32), randomBytes(16), new Uint8Array(0)]) {
    server.answer = () => ({ share: toB64url(share) });
    await assert.rejects(openDevice(here, "042917"), { code: "key-mismatch" });
  }
});

test("the half of an earlier code of the same device opens nothing", async () => {
  await opensWithACode();
  const old = server.asked[0][1].share;
  const { here } = await opensWithACode();
  server.answer = () => ({ share: old });
  await assert.rejects(openDevice(here, "042917"), { code: "key-mismatch" });
});

test("keys of somebody else's, with the half that opens them, are not taken for this person's", async () => {
  const { here } = await opensWithACode();
  const [share, stranger] = [randomBytes(32), newId()];
  const planted = await sealSession(newSeed(), stranger, share, { device: here.device });
  server.answer = () => ({ share: toB64url(share) });
  await assert.rejects(openDevice({ ...here, kept: planted }, "042917"), { code: "key-mismatch" });
});

test("keys that another device kept do not open here", async () => {
  const { here } = await opensWithACode();
  const share = fromB64url(server.asked[0][1].share);
  const planted = await sealSession(newSeed(), accountId, share, { device: newId() });
  server.answer = () => ({ share: toB64url(share) });
  await assert.rejects(openDevice({ ...here, kept: planted }, "042917"), { code: "key-mismatch" });
});

test("what is kept here is asked about only for its own account, and for the device the server has a code for", async () => {
  const { here } = await opensWithACode();
  const [account, device] = [toB64url(accountId), toB64url(here.device)];
  assert.deepEqual(await keptFor(account, device), here);
  assert.equal(await keptFor(toB64url(newId()), device), null);
  assert.equal(await keptFor(account, toB64url(newId())), null);
  assert.equal(await keptFor(account, ""), null);
});

test("without what rests here, there is nothing to ask a code for", async () => {
  const { here } = await opensWithACode();
  await forgetDevice();
  assert.equal(await keptFor(toB64url(accountId), toB64url(here.device)), null);
  await keepDevice(here);
  assert.notEqual(await keptFor(toB64url(accountId), toB64url(here.device)), null);
});
