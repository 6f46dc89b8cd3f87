/** Every case of the prototype's vectors (sealing.md A). */

import assert from "node:assert/strict";
import { test } from "node:test";

import { prototype } from "../../tests/vectors/read.js";
import { openBox } from "./box.js";
import { concat, fromHex, same, toHex, utf8 } from "./codec.js";
import { codeOf } from "./errors.js";
import { KIND, parseEnvelope, unseal } from "./envelope.js";
import { epochCommit, messageKey } from "./epoch.js";
import { checkWords, encodeOpening, makeOpening, parseOpening } from "./opening.js";
import { invitePublic } from "./invite.js";
import { accountKeys, groupKeys } from "./keys.js";
import { parseRecord } from "./log_payload.js";
import { replay } from "./log_replay.js";
import { padlen } from "./padding.js";
import { authKey, normalise, wrapKey } from "./passphrase.js";
import { isSigned } from "./primitives.js";
import { sealEnvelope } from "./seal_envelope.js";
import { METHOD, unwrapSeed, wrapSeed } from "./wrap.js";
import { joinMessage } from "./vouching.js";

const { account, epoch, groupkeys, join, log, msg } = prototype;

test("the passphrase is normalised, and M makes both keys", async () => {
  assert.equal(toHex(normalise(account.passphrase)), account.norm);
  const [M, id] = [fromHex(account.M), fromHex(account.acct)];
  assert.equal(toHex(await authKey(M, id)), account.auth);
  assert.equal(toHex(await wrapKey(M, id)), account.wrapk);
});

test("the seed makes the account's and the group's keys", async () => {
  const mine = await accountKeys(fromHex(account.A));
  assert.deepEqual([toHex(mine.xPublic), toHex(mine.ePublic)], [account.xpk, account.epk]);
  const ours = await groupKeys(fromHex(account.A), fromHex(groupkeys.group), 1);
  assert.deepEqual([toHex(ours.xPublic), toHex(ours.ePublic)], [groupkeys.px, groupkeys.pe]);
});

test("the seed is wrapped to the same 84 bytes and opened again", async () => {
  const [seed, key, id] = [account.A, account.wrapk, account.acct].map(fromHex);
  const how = { method: METHOD.passphrase, nonce: fromHex(account.nonce) };
  assert.equal(toHex(await wrapSeed(seed, key, id, how)), account.wrapped);
  const published = { method: METHOD.passphrase, xPublic: fromHex(account.xpk), ePublic: fromHex(account.epk) };
  assert.equal(toHex(await unwrapSeed(fromHex(account.wrapped), key, id, published)), account.A);
});

test("Python's box opens", async () => {
  const { purpose, ctx, box, pt } = prototype.box;
  const keys = await accountKeys(fromHex(account.A));
  assert.equal(toHex(await openBox(purpose, fromHex(ctx), keys, fromHex(box))), pt);
});

test("the epoch's secret makes commit and message key", async () => {
  const [group, es] = [fromHex(epoch.group), fromHex(epoch.es)];
  assert.equal(toHex(await epochCommit(group, epoch.epoch, es)), epoch.commit);
  assert.equal(toHex(await messageKey(group, epoch.epoch, es)), epoch.kmsg);
});

for (const [index, each] of msg.entries()) {
  const length = each.body.length / 2;
  test(`envelope ${index}, ${length} bytes, is sealed to the same bytes, opened and reported`, async () => {
    const envelope = fromHex(each.env);
    const { header } = parseEnvelope(envelope);
    assert.equal(header.kind, KIND.share);
    const inner = await unseal(parseEnvelope(envelope), fromHex(epoch.kmsg));
    assert.equal(toHex(inner.body), each.body);
    assert.deepEqual([toHex(inner.frankKey), toHex(inner.position.head16)], [each.Kf, each.head]);
    const fixed = { frankKey: inner.frankKey, nonce: fromHex(each.nonce) };
    const again = await sealEnvelope(header, fromHex(epoch.kmsg), inner, fixed);
    assert.equal(toHex(again), each.env);
    const opening = await makeOpening(envelope, 1_790_000_000_500, fromHex(each.stamp), inner.padded);
    assert.equal(toHex(encodeOpening(opening)), each.opening);
    assert.equal(toHex((await checkWords(parseOpening(fromHex(each.opening)))).body), each.body);
  });
}

test("each of the 124 clear bytes is bound", async () => {
  const envelope = fromHex(msg[1].env);
  const codes = new Set();
  for (let at = 0; at < 124; at++) {
    const changed = envelope.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    codes.add(await openingCode(changed));
  }
  assert.deepEqual([...codes].sort(), ["damaged", "format", "version"]);
});

/** @param {Uint8Array<ArrayBuffer>} envelope */
async function openingCode(envelope) {
  try {
    await unseal(parseEnvelope(envelope), fromHex(epoch.kmsg));
  } catch (error) {
    return codeOf(error);
  }
  return "opened";
}

test("the padding table agrees", () => {
  for (const [length, padded] of prototype.padme) assert.equal(padlen(length), padded);
});

test("the invite's key signs the newcomer's record", async () => {
  const [secret, inviteId] = [fromHex(join.secret), fromHex(join.invite)];
  const publicKey = await invitePublic(secret, inviteId);
  assert.equal(toHex(publicKey), join.ipk);
  const record = parseRecord(fromHex(join.rec));
  const message = joinMessage(fromHex(log.group), fromHex(log.genesis16), record);
  assert.ok(await isSigned(publicKey, record.inviteSig, message));
  assert.ok(!(await isSigned(publicKey, record.inviteSig, concat(message, utf8("!")))));
});

/** The prototype had no AGREEMENT, without which nobody is admitted now: its chain goes on from a GENESIS that has one. */
async function afterGenesis() {
  const { state } = await replay([fromHex(log.entries[0])], { genesis16: fromHex(log.genesis16) });
  assert.ok(state);
  return state.with({ agreement: { version: 1, model: 1, sha256: new Uint8Array(32) } });
}

test("the chain replays, head by head", async () => {
  const { state, failed } = await replay(log.entries.slice(1).map(fromHex), { start: await afterGenesis() });
  assert.equal(failed, null);
  assert.ok(state);
  assert.equal(toHex(state.head), log.heads.at(-1));
  assert.deepEqual(state.head16s.map(toHex), log.heads.map((/** @type {string} */ head) => head.slice(0, 32)));
  assert.deepEqual([state.epoch, state.active().length, state.leavers().length], [3, 1, 0]);
});

test("without an agreement nobody is admitted", async () => {
  const { state, failed, seq } = await replay(log.entries.map(fromHex));
  assert.deepEqual([failed?.code, seq, state?.seq], ["log-authority", 2, 1]);
});

for (const [name, { at, entry, code }] of Object.entries(log.bad)) {
  test(`${name} is refused as ${code}, and the state before it stands`, async () => {
    const before = log.entries.slice(1, at).map(fromHex);
    const result = await replay([...before, fromHex(entry)], { start: await afterGenesis() });
    assert.deepEqual([result.failed?.code, result.seq, result.state?.seq], [code, at, at - 1]);
    assert.ok(result.state && same(result.state.head, fromHex(log.heads[at - 1])));
  });
}
