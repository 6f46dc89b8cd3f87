/** A group's life, every kind of entry drafted, signed and replayed here; and asking to join. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { refusalOf } from "../../tests/vectors/read.js";
import { isZero, same } from "./codec.js";
import { epochCommit } from "./epoch.js";
import { askToJoin, checkJoinRequest, invitePublic, newSecret } from "./invite.js";
import { groupKeys, importSigningKey, newId, newSeed } from "./keys.js";
import * as draft from "./log_draft.js";
import { signEntry } from "./log_entry.js";
import { ROLE, encodeRecord } from "./log_payload.js";
import { replay } from "./log_replay.js";
import { THREE_DAYS_MS } from "./log_state.js";
import { randomBytes } from "./primitives.js";

/** @import { Bytes } from "./codec.js" */
/** @import { Draft } from "./log_entry.js" */
/** @import { LogState } from "./log_state.js" */

const START = 1_790_000_000_000;
const HOUR = 3_600_000;

/** Somebody with a seed, and their keys of this group. @param {Bytes} group */
async function person(group, gen = 1, memberId = newId()) {
  const keys = await groupKeys(newSeed(), group, gen);
  const { xPublic, ePublic } = keys;
  const by = { memberId, nowMs: START };
  return { by, keys, record: { memberId, gen, xPublic, ePublic, role: /** @type {number} */ (ROLE.member) } };
}

/** A group on its way. */
class Life {
  /** @type {Bytes[]} */
  entries = [];
  /** @type {LogState | null} */
  #state = null;

  get state() {
    assert.ok(this.#state);
    return this.#state;
  }

  /** @param {Draft | Promise<Draft>} next @param {CryptoKey} key @returns {Promise<string | undefined>} the code it is refused with */
  async write(next, key) {
    const entry = await signEntry(await next, key);
    const { state, failed } = await replay([entry], { start: this.#state });
    if (failed === null) this.entries.push(entry);
    this.#state = state;
    return failed?.code;
  }
}

/** Ben's group with an agreement, before anybody else is in it. @param {object} policy */
async function begun(policy = {}) {
  const group = newId();
  const ben = await person(group);
  const life = new Life();
  const founder = { ...ben.record, role: ROLE.facilitator };
  const genesis = draft.genesis(group, founder, policy, { es: randomBytes(32), nowMs: START });
  assert.equal(await life.write(genesis, ben.keys.e), undefined);
  assert.equal(await life.write(draft.agree(life.state, ben.by, 2, randomBytes(32)), ben.keys.e), undefined);
  return { group, ben, life };
}

/** @param {Awaited<ReturnType<typeof begun>>} there @param {{ uses?: number, target?: Bytes }} [terms] */
async function invited({ ben, life }, terms = {}) {
  const link = { inviteId: newId(), secret: newSecret(), genesis16: life.state.genesis16 };
  const publicKey = await invitePublic(link.secret, link.inviteId);
  const entry = draft.invite(life.state, ben.by, { inviteId: link.inviteId, publicKey, expiresMs: START + HOUR, ...terms });
  assert.equal(await life.write(entry, ben.keys.e), undefined);
  return link;
}

/** @param {Awaited<ReturnType<typeof begun>>} there @param {Awaited<ReturnType<typeof person>>} who */
async function admitted(there, who) {
  const { group, ben, life } = there;
  const { record } = await askToJoin(await invited(there), group, who.by.memberId, 1, who.keys);
  return life.write(draft.add(life.state, ben.by, [record], randomBytes(32)), ben.keys.e);
}

test("every draft is an entry that replays", async () => {
  const steward = await importSigningKey(randomBytes(32));
  const there = await begun({ steward: steward.publicKey, memberCap: 12 });
  const { group, ben, life } = there;
  const [amara, eli] = [await person(group), await person(group)];
  assert.equal(await admitted(there, amara), undefined);
  assert.equal(await admitted(there, eli), undefined);
  const es = randomBytes(32);
  const fine = async (/** @type {Draft | Promise<Draft>} */ next, /** @type {CryptoKey} */ key) => assert.equal(await life.write(next, key), undefined);
  await fine(draft.rekey(life.state, amara.by, es), amara.keys.e);
  assert.ok(same(life.state.epochCommit, await epochCommit(group, 4, es)));
  await fine(draft.setFkey(life.state, ben.by, ben.keys.xPublic), ben.keys.e);
  await fine(draft.setLead(life.state, ben.by, [{ nameHash: randomBytes(32), xPublic: ben.keys.xPublic }]), ben.keys.e);
  await fine(draft.setRole(life.state, ben.by, amara.by.memberId, ROLE.facilitator), ben.keys.e);
  await fine(draft.stewardSetsRole(life.state, START, ben.by.memberId, ROLE.member), steward.key);
  assert.equal(life.state.at(START + THREE_DAYS_MS).member(ben.by.memberId)?.isFacilitator, false);
  await fine(draft.stewardSetsRole(life.state, START, ben.by.memberId, ROLE.facilitator), steward.key);
  assert.equal(life.state.at(START + THREE_DAYS_MS).member(ben.by.memberId)?.isFacilitator, true);
  const again = await person(group, 2, amara.by.memberId);
  await fine(draft.updateKey(life.state, amara.by, { ...again.record, role: ROLE.facilitator }, randomBytes(32)), amara.keys.e);
  await fine(draft.remove(life.state, ben.by, [eli.by.memberId], randomBytes(32)), ben.keys.e);
  const link = await invited(there, { target: eli.by.memberId });
  const back = await askToJoin(link, group, eli.by.memberId, 2, (await person(group, 2, eli.by.memberId)).keys);
  await fine(draft.rebind(life.state, ben.by, back.record, randomBytes(32)), ben.keys.e);
  const { inviteId } = await invited(there);
  await fine(draft.revoke(life.state, ben.by, inviteId), ben.keys.e);
  await fine(draft.leave(life.state, again.by), again.keys.e);
  assert.deepEqual(life.state.leavers().map(({ id }) => id), [amara.by.memberId]);
  assert.ok(life.state.isLastFacilitator(ben.by.memberId));
  await fine(draft.close(life.state, ben.by), ben.keys.e);
  const whole = await replay(life.entries, { group, genesis16: life.state.genesis16 });
  assert.deepEqual(whole, { state: life.state, failed: null, seq: null });
});

test("a full group admits nobody", async () => {
  const there = await begun({ memberCap: 2 });
  assert.equal(await admitted(there, await person(there.group)), undefined);
  assert.equal(await admitted(there, await person(there.group)), "log-authority");
});

test("an entry is never earlier than the one before it, whatever the clock says", async () => {
  const { ben, life } = await begun();
  const early = draft.leave(life.state, { ...ben.by, nowMs: START - HOUR });
  assert.equal((await early).timeMs, START);
});

test("who asks must hold their keys, new ones, under an invite that stands", async () => {
  const there = await begun();
  const { group, ben, life } = there;
  const link = await invited(there);
  const amara = await person(group);
  const request = await askToJoin(link, group, amara.by.memberId, 1, amara.keys);
  const refusal = (/** @type {typeof request} */ asked, now = START) => refusalOf(() => checkJoinRequest(life.state, asked, now));
  assert.equal(await refusal(request), undefined);
  assert.ok(isZero(request.record.inviteSig) === false && encodeRecord(request.record).length === 165);
  assert.equal(await refusal(request, START + HOUR + 1), "log-invite");
  assert.equal(await refusal({ ...request, selfSig: request.record.inviteSig }), "bad-public-key");
  assert.equal(await refusal({ ...request, record: { ...request.record, inviteSig: request.selfSig } }), "log-invite");
  assert.equal(await refusal(await askToJoin(link, group, newId(), 1, ben.keys)), "bad-public-key");
  assert.equal(await refusal(await askToJoin({ ...link, secret: newSecret() }, group, newId(), 1, amara.keys)), "log-invite");
});
