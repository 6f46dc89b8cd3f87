/**
 * Replaying a membership log (sealing.md 3.5): the one way anybody learns who belongs. Every browser does it for itself; none
 * relies on the server having done it.
 */

import { isZero, same, toHex } from "./codec.js";
import { SealError, insist } from "./errors.js";
import { REKEYING, TYPE, head16, parseEntry } from "./log_entry.js";
import { ROLE, hasInvite, parseGenesis } from "./log_payload.js";
import { parsePolicy } from "./log_policy.js";
import { RULES } from "./log_rules.js";
import { LogState, Member, STATUS, STEWARD } from "./log_state.js";
import { Proofs, VerifyKeys } from "./proofs.js";

/** @import { Bytes } from "./codec.js" */
/** @import { Draft, LogEntry } from "./log_entry.js" */
/** @import { MemberRecord } from "./log_payload.js" */
/** @import { Policy } from "./log_policy.js" */

/**
 * @typedef {object} Replayed after a failure the group is shown read-only as it was at the last good state
 * @property {LogState | null} state the last good one
 * @property {SealError | null} failed what stopped the replay; null: nothing did
 * @property {number | null} seq at which entry
 */

/** Entries whose signatures are checked at once: enough to keep the browser busy, few enough not to hold every state. */
const AT_ONCE = 50;

/** @typedef {{ group?: Bytes, genesis16?: Bytes }} Expected of entry 0, from an invite's link or from the address */
/** @typedef {{ state: LogState | null, proofs: Proofs, refusal: SealError | null }} Step one entry, its proofs still open */

/**
 * All entries in order, from the first or after `start`, a state this browser verified before. Never throws for what an entry
 * holds.
 *
 * @param {readonly Bytes[]} entries
 * @param {Expected & { start?: LogState | null }} [options]
 * @returns {Promise<Replayed>}
 */
export async function replay(entries, { group, genesis16, start = null } = {}) {
  const keys = new VerifyKeys();
  /** @type {Replayed} */
  let result = { state: start, failed: null, seq: null };
  for (let at = 0; at < entries.length && result.failed === null; at += AT_ONCE) {
    const parsed = await Promise.all(entries.slice(at, at + AT_ONCE).map(tryParse));
    const steps = takeSteps(result.state, parsed, { group, genesis16 }, keys);
    result = await settleAll(steps, result.state);
  }
  return result;
}

/**
 * @param {LogState | null} start
 * @param {readonly (LogEntry | SealError)[]} entries
 * @param {{ group: Bytes | undefined, genesis16: Bytes | undefined }} expected
 * @param {VerifyKeys} keys
 * @returns {Step[]} up to the first that is refused
 */
function takeSteps(start, entries, expected, keys) {
  const steps = [];
  let state = start;
  for (const entry of entries) {
    const step = stepFrom(state, entry, expected, keys);
    steps.push(step);
    if (step.refusal !== null) break;
    state = step.state;
  }
  return steps;
}

/**
 * Waits for every signature, in order; the state before the first that fails is the last good one.
 *
 * @param {readonly Step[]} steps
 * @param {LogState | null} start
 * @returns {Promise<Replayed>}
 */
async function settleAll(steps, start) {
  let good = start;
  for (const { state, proofs, refusal } of steps) {
    try {
      await proofs.settle(refusal);
    } catch (failed) {
      if (!(failed instanceof SealError)) throw failed;
      return { state: good, failed, seq: good === null ? 0 : good.seq + 1 };
    }
    good = state;
  }
  return { state: good, failed: null, seq: null };
}

/** @param {Bytes} bytes @returns {Promise<LogEntry | SealError>} */
async function tryParse(bytes) {
  try {
    return await parseEntry(bytes);
  } catch (error) {
    if (error instanceof SealError) return error;
    throw error;
  }
}

/**
 * @param {LogState | null} state
 * @param {LogEntry | SealError} entry
 * @param {{ group: Bytes | undefined, genesis16: Bytes | undefined }} expected
 * @param {VerifyKeys} keys
 * @returns {Step}
 */
function stepFrom(state, entry, expected, keys) {
  const proofs = new Proofs(keys);
  try {
    if (entry instanceof SealError) throw entry;
    if (state === null) checkGenesis(entry, expected);
    return { state: advance(state, entry, proofs), proofs, refusal: null };
  } catch (refusal) {
    if (!(refusal instanceof SealError)) throw refusal;
    return { state, proofs, refusal };
  }
}

/**
 * The state after one more entry; the checks in the order of sealing.md 3.5, the first that fails throws.
 *
 * @param {LogState | null} state null before GENESIS
 * @param {LogEntry} entry
 * @returns {Promise<LogState>}
 */
export async function apply(state, entry) {
  const { state: after, proofs, refusal } = stepFrom(state, entry, { group: undefined, genesis16: undefined }, new VerifyKeys());
  await proofs.settle(refusal);
  return /** @type {LogState} */ (after);
}

/**
 * `log-fingerprint` when this is not the first entry of the group somebody was invited to.
 *
 * @param {LogEntry} entry
 * @param {{ group: Bytes | undefined, genesis16: Bytes | undefined }} expected
 */
function checkGenesis({ draft, hash }, { group, genesis16 }) {
  insist(group === undefined || same(draft.group, group), "log-fingerprint");
  insist(genesis16 === undefined || same(head16(hash), genesis16), "log-fingerprint");
}

/**
 * `log-rollback` when the list does not hold what this browser or the keyring has seen of it.
 *
 * @param {LogState} state
 * @param {{ seq: number, head16: Bytes }} pin
 */
export function checkPin(state, pin) {
  const ours = state.head16s[pin.seq];
  insist(ours !== undefined && same(ours, pin.head16), "log-rollback");
}

/** @param {LogState | null} before @param {LogEntry} entry @param {Proofs} proofs @returns {LogState} */
function advance(before, entry, proofs) {
  if (before === null) return begin(entry, proofs);
  const { draft } = entry;
  checkChain(before, draft);
  const state = before.at(draft.timeMs);
  askSignature(state, entry, proofs);
  const changed = rule(draft.type)(state, draft, proofs);
  checkEpoch(state, draft);
  return after(changed, entry);
}

/** @param {number} type */
function rule(type) {
  const found = RULES.get(type);
  if (found === undefined) throw new SealError("log-format");
  return found;
}

/** @param {LogState} state @param {LogEntry} entry */
function after(state, { draft, hash }) {
  const { seq, timeMs, epoch, commit } = draft;
  const begins = epoch !== state.epoch;
  const epochCommits = begins ? new Map(state.epochCommits).set(epoch, commit) : state.epochCommits;
  return state.with({ seq, timeMs, epoch, epochCommits, head: hash, head16s: [...state.head16s, head16(hash)] });
}

/** @param {LogEntry} entry @param {Proofs} proofs */
function begin(entry, proofs) {
  const { draft, signature, signed } = entry;
  insist(draft.type === TYPE.genesis && draft.seq === 0 && isZero(draft.prev), "log-chain");
  const { founder, policy } = parseGenesis(draft.payload);
  const settled = parsePolicy(policy);
  insist(founder.role === ROLE.facilitator && !hasInvite(founder), "log-format");
  insist(same(draft.actor, founder.memberId) && founder.gen === 1, "log-authority");
  proofs.need(founder.ePublic, signature, signed, "log-signature");
  insist(draft.epoch === 1, "log-epoch");
  return firstState(entry, founder, settled);
}

/** @param {LogEntry} entry @param {Required<MemberRecord>} founder @param {Policy} policy */
function firstState({ draft, hash }, founder, policy) {
  const { group, seq, timeMs, epoch, commit } = draft;
  const member = new Member(founder, founder.role, STATUS.active, [{ first: 1, last: null }]);
  return new LogState({
    ...{ group, seq, timeMs, epoch, head: hash, head16s: [head16(hash)], epochCommits: new Map([[epoch, commit]]) },
    ...{ members: new Map([[toHex(member.id), member]]), invites: new Map(), policy, leads: policy.leads },
    ...{ agreement: null, fkey: { publicKey: new Uint8Array(32), gen: 0 }, pendingLeads: null },
    ...{ pendingDemotions: new Map(), isClosed: false },
  });
}

/** @param {LogState} state @param {Draft} draft */
function checkChain(state, { seq, prev, group, type, timeMs }) {
  insist(seq === state.seq + 1 && same(prev, state.head) && same(group, state.group), "log-chain");
  insist(type !== TYPE.genesis && timeMs >= state.timeMs, "log-chain");
  insist(!state.isClosed, "log-authority");
}

/**
 * By an active member; the steward acts as member zero, and only to set a role.
 *
 * @param {LogState} state
 * @param {LogEntry} entry
 * @param {Proofs} proofs
 */
function askSignature(state, { draft, signature, signed }, proofs) {
  const isSteward = same(draft.actor, STEWARD);
  const actor = state.member(draft.actor);
  const ePublic = isSteward ? state.steward : actor?.isActive ? actor.ePublic : null;
  if (ePublic === null || (isSteward && draft.type !== TYPE.setRole)) throw new SealError("log-authority");
  proofs.need(ePublic, signature, signed, "log-signature");
}

/** @param {LogState} state @param {Draft} draft */
function checkEpoch(state, { type, epoch, commit }) {
  if (REKEYING.has(type)) insist(epoch === state.epoch + 1, "log-epoch");
  else insist(epoch === state.epoch && same(commit, state.epochCommit), "log-epoch");
}
