/** The Python twin's cases about boxes, links, cards, and asking to join. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { refusalOf, vectors } from "../../tests/vectors/read.js";
import { agree, openBox } from "./box.js";
import { sealBox } from "./seal_box.js";
import { fromHex, toHex, toPaddedJson } from "./codec.js";
import { askToJoin, invitePublic, linkFragment, openCard, parseJoinRequest, parseLink, sealCard } from "./invite.js";
import { groupKeys, importAgreementKey } from "./keys.js";
import { encodeRecord } from "./log_payload.js";
import { isSigned } from "./primitives.js";
import { joinMessage } from "./vouching.js";

/** @param {string} secret in hex */
async function boxKeys(secret) {
  const { key, publicKey } = await importAgreementKey(fromHex(secret));
  return { x: key, xPublic: publicKey };
}

for (const [name, given] of Object.entries(vectors.box)) {
  test(`box: ${name}`, async () => {
    const [context, xPublic, box] = [given.context, given.x_pub, given.box].map(fromHex);
    const keys = await boxKeys(given.x);
    assert.deepEqual(keys.xPublic, xPublic);
    assert.equal(await refusalOf(() => openBox(given.purpose, context, keys, box)), given.code);
    if (given.code) return;
    assert.equal(toHex(await openBox(given.purpose, context, keys, box)), given.plain);
    const ephemeral = await boxKeys(given.ephemeral);
    assert.equal(toHex(ephemeral.xPublic), given.enc);
    assert.equal(toHex(await sealBox(given.purpose, context, xPublic, fromHex(given.plain), { ephemeral })), given.box);
    const fresh = await sealBox(given.purpose, context, xPublic, fromHex(given.plain));
    assert.notDeepEqual(fresh, box);
    assert.equal(toHex(await openBox(given.purpose, context, keys, fresh)), given.plain);
  });
}

for (const [key, given] of Object.entries(vectors.small_order)) {
  test(`nobody seals to ${key}, nor does a browser agree on a secret with it`, async () => {
    const seal = () => sealBox(1, new Uint8Array(0), fromHex(given.x_pub), new Uint8Array(32));
    assert.equal(await refusalOf(seal), given.code);
    const { x } = await boxKeys(vectors.box.epoch.x);
    assert.equal(await refusalOf(() => agree(x, fromHex(given.x_pub))), "bad-public-key");
  });
}

for (const [name, given] of Object.entries(vectors.link)) {
  test(`link: ${name}`, async () => {
    assert.equal(await refusalOf(() => parseLink(given.fragment)), given.code);
    if (given.code) return;
    const link = await parseLink(given.fragment);
    assert.deepEqual([link.inviteId, link.genesis16, link.secret].map(toHex), [given.invite_id, given.genesis16, given.secret]);
    assert.equal(await linkFragment(link), given.fragment.replace("#", ""));
    if (given.invite_public) assert.equal(toHex(await invitePublic(link.secret, link.inviteId)), given.invite_public);
  });
}

for (const [name, given] of Object.entries(vectors.card)) {
  test(`card: ${name}`, async () => {
    const link = { inviteId: fromHex(given.invite_id), secret: fromHex(given.secret), genesis16: new Uint8Array(16) };
    assert.equal(await refusalOf(() => openCard(fromHex(given.card), link)), given.code);
    if (given.code) return;
    assert.deepEqual(await openCard(fromHex(given.card), link), given.body);
    assert.equal(toHex(toPaddedJson(given.body)), given.padded);
    assert.equal(toHex(await sealCard(given.body, link, { nonce: fromHex(given.nonce) })), given.card);
  });
}

test("a newcomer asks with the same bytes", async () => {
  const given = vectors.join.asks;
  const group = fromHex(given.group);
  const link = await parseLink(given.fragment);
  const keys = await groupKeys(fromHex(given.seed), group, given.gen);
  const { record, selfSig } = await askToJoin(link, group, fromHex(given.member_id), given.gen, keys);
  assert.equal(toHex(encodeRecord(record)), given.record);
  assert.equal(toHex(selfSig), given.self_sig);
  const message = joinMessage(group, link.genesis16, record);
  assert.equal(toHex(message), given.message);
  assert.ok(await isSigned(fromHex(given.invite_public), record.inviteSig, message));
});

for (const [name, given] of Object.entries(vectors.request)) {
  test(`request: ${name}`, async () => {
    const read = () => parseJoinRequest(fromHex(given.record), fromHex(given.self_sig));
    assert.equal(await refusalOf(async () => read()), given.code);
    if (!given.code) assert.equal(toHex(encodeRecord(read().record)), given.record);
  });
}
