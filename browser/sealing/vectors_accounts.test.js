/** The Python twin's cases about accounts: passphrases, wrapped seeds, keys, paper codes, session seal, keyring. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { refusalOf, vectors } from "../../tests/vectors/read.js";
import { argon2id } from "./argon2.js";
import { fromHex, toHex } from "./codec.js";
import { PROFILE, costOf } from "./kdf.js";
import { openKeyring, parseKeyring, sealKeyring } from "./keyring.js";
import { accountKeys, groupKeys, importAgreementKey, importSeed, importSigningKey, keyringKey } from "./keys.js";
import { localKeys, openRecord, recordName, recordPlace } from "./local_record.js";
import { kdf } from "./primitives.js";
import { readCode, recoveryAuth, recoveryWrap, stewardSeed, writeCode } from "./paper_code.js";
import { authKey, normalise, wrapKey } from "./passphrase.js";
import { sealRecord } from "./seal_record.js";
import { sealSession } from "./seal_session.js";
import { codeAuth, openSession } from "./session_seal.js";
import { formerKey, unwrapSeed, wrapSeed } from "./wrap.js";

const DIST = new URL("../vendor/argon2id/dist/", import.meta.url);
const wasm = { readWasm: async (/** @type {string} */ file) => new Uint8Array(await readFile(new URL(file, DIST))) };
const noWasm = { readWasm: () => Promise.reject(new Error("blocked")) };

/** @param {any} given */
const stretched = (given, engines = wasm) =>
  argon2id(normalise(given.passphrase), fromHex(given.salt), costOf(given.profile), engines);

for (const [name, given] of Object.entries(vectors.passphrase)) {
  test(`passphrase: ${name}`, async () => {
    assert.equal(await refusalOf(async () => stretched(given)), given.code);
    if (given.code) return;
    assert.equal(toHex(normalise(given.passphrase)), given.bytes);
    const M = await stretched(given);
    assert.equal(toHex(M), given.stretched);
    if (given.profile === PROFILE.generated) assert.deepEqual(await stretched(given, noWasm), M);
    const id = fromHex(given.account_id);
    assert.equal(toHex(await authKey(M, id)), given.auth_key);
    assert.equal(toHex(await wrapKey(M, id)), given.wrap_key);
  });
}

for (const [name, given] of Object.entries(vectors.wrap)) {
  test(`wrapped seed: ${name}`, async () => {
    const [wrapped, key, id] = [given.wrapped, given.key, given.account_id].map(fromHex);
    const published = { method: given.method, xPublic: fromHex(given.x_pub), ePublic: fromHex(given.e_pub) };
    const open = () => unwrapSeed(wrapped, key, id, published);
    assert.equal(await refusalOf(open), given.code);
    if (given.code) return;
    assert.equal(toHex(await open()), given.seed);
    const how = { method: given.method, generation: given.number, nonce: fromHex(given.nonce) };
    if (given.under) assert.deepEqual(await formerKey(fromHex(given.under), id), key);
    assert.equal(toHex(await wrapSeed(fromHex(given.seed), key, id, how)), given.wrapped);
  });
}

for (const [name, given] of Object.entries(vectors.keys)) {
  test(`keys: ${name}`, async () => {
    const bytes = fromHex(given.seed);
    for (const seed of [bytes, await importSeed(bytes)]) {
      if (given.key) {
        assert.equal(toHex(await keyringKey(seed, fromHex(given.account_id))), given.key);
        continue;
      }
      const keys = await (given.group ? groupKeys(seed, fromHex(given.group), given.gen) : accountKeys(seed));
      assert.deepEqual([toHex(keys.xPublic), toHex(keys.ePublic)], [given.x_pub, given.e_pub]);
      assert.deepEqual([keys.x.extractable, keys.e.extractable], [false, false]);
      assert.equal(toHex((await importAgreementKey(fromHex(given.x))).publicKey), given.x_pub);
      assert.equal(toHex((await importSigningKey(fromHex(given.e))).publicKey), given.e_pub);
    }
  });
}

for (const [name, given] of Object.entries(vectors.paper_code)) {
  test(`paper code: ${name}`, async () => {
    if (given.auth) return checkMade(given);
    assert.equal(await refusalOf(() => readCode(given.text, given.kind)), given.code);
    if (given.code) return;
    assert.equal(toHex(await readCode(given.text, given.kind)), given.secret);
    if (given.canonical) assert.equal(await writeCode(fromHex(given.secret), given.kind), given.text);
  });
}

/** @param {any} given */
async function checkMade(given) {
  const [secret, id] = [fromHex(given.secret), fromHex(given.account_id)];
  assert.equal(toHex(await recoveryAuth(secret, id)), given.auth);
  assert.equal(toHex(await recoveryWrap(secret, id)), given.wrap);
  assert.equal(toHex(await stewardSeed(secret)), given.steward_seed);
}

for (const [name, given] of Object.entries(vectors.session)) {
  test(`session seal: ${name}`, async () => {
    const [kept, id, share] = [given.kept, given.account_id, given.share].map(fromHex);
    assert.equal(await refusalOf(() => openSession(kept, id, share)), given.code);
    if (given.code) return;
    assert.equal(toHex(await openSession(kept, id, share)), given.seed);
    const fixed = { tab: fromHex(given.tab), nonce: fromHex(given.nonce) };
    assert.equal(toHex(await sealSession(fromHex(given.seed), id, share, fixed)), given.kept);
  });
}

for (const [name, given] of Object.entries(vectors.own_device)) {
  test(`a device of one's own: ${name}`, async () => {
    const [kept, id, share, device] = [given.kept, given.account_id, given.share, given.device].map(fromHex);
    assert.equal(await refusalOf(() => openSession(kept, id, share, device)), given.code);
    if (given.code) return;
    assert.equal(toHex(await openSession(kept, id, share, device)), given.seed);
    const how = { device, tab: fromHex(given.tab), nonce: fromHex(given.nonce) };
    assert.equal(toHex(await sealSession(fromHex(given.seed), id, share, how)), given.kept);
    assert.equal(toHex(await codeAuth(kept, id, device, given.digits)), given.code_auth);
  });
}

for (const [name, given] of Object.entries(vectors.keyring)) {
  test(`keyring: ${name}`, async () => {
    const [blob, key] = [given.blob, given.key].map(fromHex);
    assert.equal(await refusalOf(() => openKeyring(blob, key)), given.code);
    if (given.code) return;
    const ring = await openKeyring(blob, key);
    assert.deepEqual([ring.counter, parseKeyring(blob)], [given.counter, given.counter]);
    const pins = [...ring.pins].map(([group, { seq, head16 }]) => ({ group, seq, head16: toHex(head16) }));
    assert.deepEqual(pins, given.pins);
    assert.deepEqual([...ring.gens].map(([group, gen]) => ({ group, gen })), given.gens);
    const seen = [...ring.seen].flatMap(([group, times]) => [...times].map(([seq, ms]) => ({ group, seq, ms })));
    assert.deepEqual(seen, given.seen ?? []);
    const requests = [...ring.requests].map(([group, { request, title }]) => ({ group, request: toHex(request), title }));
    assert.deepEqual(requests, given.requests ?? []);
    assert.equal(toHex(await sealKeyring(ring, key, { nonce: fromHex(given.nonce) })), given.blob);
  });
}

for (const [name, given] of Object.entries(vectors.local)) {
  test(`record on the device: ${name}`, async () => {
    const keys = await localKeys((label) => kdf(fromHex(given.seed), label, fromHex(given.account_id)));
    assert.equal(toHex(keys.names), given.names);
    assert.equal(keys.seal.extractable, false);
    const place = recordPlace(await recordName(keys, given.sort, fromHex(given.about)), given.number);
    assert.equal(toHex(place), given.place);
    assert.equal(await refusalOf(() => openRecord(keys, place, fromHex(given.record))), given.code);
    if (given.code) return;
    assert.equal(toHex(await openRecord(keys, place, fromHex(given.record))), given.plain);
    assert.equal(toHex(await sealRecord(keys, place, fromHex(given.plain), { nonce: fromHex(given.nonce) })), given.record);
  });
}
