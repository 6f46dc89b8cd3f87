/** The Python twin's cases about the membership log: good chains, and every entry that is refused. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { refusalOf, vectors } from "../../tests/vectors/read.js";
import { fromHex, toHex } from "./codec.js";
import { checkPosition } from "./envelope.js";
import { checkEpochSecret } from "./epoch.js";
import { parseEntry } from "./log_entry.js";
import { apply, checkPin, replay } from "./log_replay.js";

/** @import { LogState, Member } from "./log_state.js" */

const { circle, stewarded, genesis, fork } = vectors.log;

/** @param {Member} member */
const memberSummary = ({ id, gen, role, status, spans }) => ({
  ...{ id: toHex(id), gen, role, status },
  spans: spans.map(({ first, last }) => [first, last]),
});

/** @param {LogState} state what `summary` in tests/vectors/chains.py says of a state */
const summary = (state) => ({
  ...{ seq: state.seq, head: toHex(state.head), epoch: state.epoch, commit: toHex(state.epochCommit) },
  active: state.active().map(({ id }) => toHex(id)),
  facilitators: state.facilitators().map(({ id }) => toHex(id)),
  leavers: state.leavers().map(({ id }) => toHex(id)),
  members: [...state.members.values()].map(memberSummary),
  agreement: state.agreement && [state.agreement.version, state.agreement.model, toHex(state.agreement.sha256)],
  fkey: [toHex(state.fkey.publicKey), state.fkey.gen],
  leads: state.leads.map(({ nameHash, xPublic }) => [toHex(nameHash), toHex(xPublic)]),
  uses_left: [...state.invites.values()].map(({ usesLeft, isRevoked }) => (isRevoked ? 0 : usesLeft)),
  pending_leads_ms: state.pendingLeads?.dueMs ?? null,
  pending_demotions: [...state.pendingDemotions],
  closed: state.isClosed,
});

/** @param {any} chain @param {number} [count] */
async function replayed(chain, count = chain.entries.length) {
  const given = { group: fromHex(chain.group), genesis16: fromHex(chain.genesis16) };
  const { state, failed } = await replay(chain.entries.slice(0, count).map(fromHex), given);
  if (state === null || failed !== null) throw failed ?? new Error("no state");
  return state;
}

for (const [name, chain] of Object.entries({ circle, stewarded })) {
  test(`log ${name}: after each entry the state is the twin's`, async () => {
    /** @type {LogState | null} */
    let state = null;
    for (const [seq, entry] of chain.entries.entries()) {
      state = await apply(state, await parseEntry(fromHex(entry)));
      assert.deepEqual(summary(state), chain.after[seq]);
    }
    assert.deepEqual(summary(await replayed(chain)), chain.after.at(-1));
  });

  test(`log ${name}: its epochs' secrets are those the log names`, async () => {
    const state = await replayed(chain);
    for (const [epoch, es] of Object.entries(chain.secrets)) await checkEpochSecret(state, Number(epoch), fromHex(es));
  });

  for (const [pin, given] of Object.entries(chain.pins)) {
    test(`log ${name}, pin: ${pin}`, async () => {
      const entries = chain.entries.slice(0, given.entries).map(fromHex);
      const options = given.seq === undefined ? { genesis16: fromHex(given.genesis16) } : {};
      const { state, failed } = await replay(entries, options);
      if (given.seq === undefined) return assert.deepEqual([failed?.code, state], [given.code, null]);
      const checked = async () => state && checkPin(state, { seq: given.seq, head16: fromHex(given.head16) });
      assert.equal(await refusalOf(checked), given.code);
    });
  }

  for (const [refused, { after, entry, code }] of Object.entries(chain.refused)) {
    test(`log ${name}, refused: ${refused}`, async () => {
      const start = await replayed(chain, after);
      const result = await replay([fromHex(entry)], { start });
      assert.deepEqual([result.failed?.code, result.seq, result.state], [code, after, start]);
    });
  }
}

for (const { now_ms: nowMs, ...expected } of stewarded.at) {
  test(`log stewarded, on a screen at ${nowMs}`, async () => {
    assert.deepEqual(summary((await replayed(stewarded)).at(nowMs)), expected);
  });
}

for (const [name, { entry, code }] of Object.entries(genesis.refused)) {
  test(`first entry, refused: ${name}`, async () => {
    const { state, failed, seq } = await replay([fromHex(entry)]);
    assert.deepEqual([failed?.code, seq, state], [code, 0, null]);
  });
}

test("two entries at one seq: each replays, and who has one refuses the other's pin and chain", async () => {
  const given = fork["two at one seq"];
  const start = await replayed(circle, given.after);
  const [one, other] = await Promise.all(given.entries.map((/** @type {string} */ entry) => replay([fromHex(entry)], { start })));
  assert.deepEqual([one, other].map(({ state }) => toHex(state.head)), given.heads);
  assert.equal(await refusalOf(async () => checkPin(one.state, other.state)), "log-rollback");
  assert.equal(await refusalOf(async () => checkPosition(one.state, other.state)), given.code);
  const again = await replay([fromHex(given.entries[1])], { start: one.state });
  assert.equal(again.failed?.code, "log-chain");
});

test("a bad signature early is found although all later entries look right", async () => {
  const entries = circle.entries.map(fromHex);
  const forged = entries[4].slice();
  forged[forged.length - 1] ^= 1;
  const { state, failed, seq } = await replay([...entries.slice(0, 4), forged, ...entries.slice(5)]);
  assert.deepEqual([failed?.code, seq, state?.seq], ["log-signature", 4, 3]);
});
