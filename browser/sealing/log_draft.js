/**
 * Drafts of log entries, one function for each type: right seq, hash, epoch and commit, still unsigned. Each takes the state so
 * far and who acts; types that begin an epoch take its secret ES.
 */

import { concat } from "./codec.js";
import { epochCommit } from "./epoch.js";
import { TYPE } from "./log_entry.js";
import { encodeAgreement, encodeFkey, encodeInviteTerms, encodeLeads, encodeRecord, encodeRole } from "./log_payload.js";
import { encodePolicy } from "./log_policy.js";
import { STEWARD } from "./log_state.js";

/** @import { Bytes } from "./codec.js" */
/** @import { Draft } from "./log_entry.js" */
/** @import { InviteTerms, Lead, MemberRecord } from "./log_payload.js" */
/** @import { Policy } from "./log_policy.js" */
/** @import { LogState } from "./log_state.js" */
/** @typedef {{ memberId: Bytes, nowMs: number }} By who acts, and when by their own clock */

const EMPTY = new Uint8Array(0);
const HASH_SIZE = 32;

/**
 * The first entry.
 *
 * @param {Bytes} group
 * @param {MemberRecord} founder role 2 and gen 1
 * @param {Partial<Policy>} policy
 * @param {{ es: Bytes, nowMs: number }} begin
 * @returns {Promise<Draft>}
 */
export async function genesis(group, founder, policy, { es, nowMs }) {
  const commit = await epochCommit(group, 1, es);
  const payload = concat(encodeRecord(founder), encodePolicy(policy));
  const place = { type: TYPE.genesis, group, seq: 0, prev: new Uint8Array(HASH_SIZE), timeMs: nowMs };
  return { ...place, actor: founder.memberId, epoch: 1, commit, payload };
}

/**
 * Admits people.
 *
 * @param {LogState} state
 * @param {By} by
 * @param {MemberRecord[]} records
 * @param {Bytes} es of the epoch it begins
 */
export const add = (state, by, records, es) => newEpoch(state, by, TYPE.add, concat(...records.map(encodeRecord)), es);

/**
 * Removes members.
 *
 * @param {LogState} state
 * @param {By} by
 * @param {Bytes[]} memberIds
 * @param {Bytes} es of the epoch it begins
 */
export const remove = (state, by, memberIds, es) => newEpoch(state, by, TYPE.remove, concat(...memberIds), es);

/**
 * Leaves.
 *
 * @param {LogState} state
 * @param {By} by
 */
export const leave = (state, by) => sameEpoch(state, by, TYPE.leave);

/**
 * Begins a new epoch; whoever left stays behind.
 *
 * @param {LogState} state
 * @param {By} by
 * @param {Bytes} es of the epoch it begins
 */
export const rekey = (state, by, es) => newEpoch(state, by, TYPE.rekey, EMPTY, es);

/**
 * Makes an invite.
 *
 * @param {LogState} state
 * @param {By} by
 * @param {InviteTerms} terms
 */
export const invite = (state, by, terms) => sameEpoch(state, by, TYPE.invite, encodeInviteTerms(terms));

/**
 * Takes an invite back.
 *
 * @param {LogState} state
 * @param {By} by
 * @param {Bytes} inviteId
 */
export const revoke = (state, by, inviteId) => sameEpoch(state, by, TYPE.revoke, inviteId);

/**
 * Makes somebody a facilitator, or oneself a member.
 *
 * @param {LogState} state
 * @param {By} by
 * @param {Bytes} memberId
 * @param {number} role
 */
export const setRole = (state, by, memberId, role) => sameEpoch(state, by, TYPE.setRole, encodeRole(memberId, role));

/**
 * The steward's one act; signed with the steward's key.
 *
 * @param {LogState} state
 * @param {number} nowMs
 * @param {Bytes} memberId
 * @param {number} role
 */
export const stewardSetsRole = (state, nowMs, memberId, role) => setRole(state, { memberId: STEWARD, nowMs }, memberId, role);

/**
 * New keys for oneself, signed with the old.
 *
 * @param {LogState} state
 * @param {By} by
 * @param {MemberRecord} record
 * @param {Bytes} es of the epoch it begins
 */
export const updateKey = (state, by, record, es) => newEpoch(state, by, TYPE.updateKey, encodeRecord(record), es);

/**
 * New keys for somebody who lost theirs and was invited back.
 *
 * @param {LogState} state
 * @param {By} by
 * @param {MemberRecord} record
 * @param {Bytes} es of the epoch it begins
 */
export const rebind = (state, by, record, es) => newEpoch(state, by, TYPE.rebind, encodeRecord(record), es);

/**
 * The next facilitators' key.
 *
 * @param {LogState} state
 * @param {By} by
 * @param {Bytes} publicKey X25519
 */
export const setFkey = (state, by, publicKey) => sameEpoch(state, by, TYPE.setFkey, encodeFkey(publicKey, state.fkey.gen + 1));

/**
 * The safeguarding leads from 72 hours on.
 *
 * @param {LogState} state
 * @param {By} by
 * @param {Lead[]} leads
 */
export const setLead = (state, by, leads) => sameEpoch(state, by, TYPE.setLead, encodeLeads(leads));

/**
 * The next version of the agreement.
 *
 * @param {LogState} state
 * @param {By} by
 * @param {number} model 1 mandatory duty, 2 consent first
 * @param {Bytes} sha256 of the text
 */
export function agree(state, by, model, sha256) {
  const version = (state.agreement?.version ?? 0) + 1;
  return sameEpoch(state, by, TYPE.agreement, encodeAgreement({ version, model, sha256 }));
}

/**
 * The last entry.
 *
 * @param {LogState} state
 * @param {By} by
 */
export const close = (state, by) => sameEpoch(state, by, TYPE.close);

/** @param {LogState} state @param {By} by @param {number} type @param {Bytes} [payload] */
const sameEpoch = (state, by, type, payload = EMPTY) => next(state, by, type, state.epoch, state.epochCommit, payload);

/** @param {LogState} state @param {By} by @param {number} type @param {Bytes} payload @param {Bytes} es */
async function newEpoch(state, by, type, payload, es) {
  const epoch = state.epoch + 1;
  return next(state, by, type, epoch, await epochCommit(state.group, epoch, es), payload);
}

/** @param {LogState} state @param {By} by @param {number} type @param {number} epoch @param {Bytes} commit @param {Bytes} payload @returns {Draft} */
function next(state, by, type, epoch, commit, payload) {
  const timeMs = Math.max(by.nowMs, state.timeMs); // one wrong clock must not make the list run backwards
  const place = { type, group: state.group, seq: state.seq + 1, prev: state.head, timeMs };
  return { ...place, actor: by.memberId, epoch, commit, payload };
}
