/**
 * Who may write which entry, and what it does: one row of a table for each type (sealing.md 3.3).
 *
 * A rule gets the state before the entry (with everything due by its time in force), the draft, and where to ask for signatures.
 * It returns the state with the entry's effect, or throws. Seq, hash, epoch and the entry's own signature are log_replay.js's.
 */

import { isZero, same, toHex } from "./codec.js";
import { SealError, insist } from "./errors.js";
import { TYPE } from "./log_entry.js";
import {
  ROLE,
  hasInvite,
  parseAgreement,
  parseFkey,
  parseId,
  parseIds,
  parseInviteTerms,
  parseLeads,
  parseNothing,
  parseRecord,
  parseRecords,
  parseRole,
} from "./log_payload.js";
import { Member, STATUS, STEWARD, THREE_DAYS_MS } from "./log_state.js";
import { findInvite, joinMessage } from "./vouching.js";

/** @import { Bytes } from "./codec.js" */
/** @import { Draft } from "./log_entry.js" */
/** @import { MemberRecord } from "./log_payload.js" */
/** @import { LogState, PastKey, Span } from "./log_state.js" */
/** @import { Proofs } from "./proofs.js" */
/** @typedef {Required<MemberRecord>} Newcomer */
/** @typedef {(state: LogState, draft: Draft, proofs: Proofs) => LogState} Rule */

/** @param {boolean} may @returns {asserts may} */
function need(may) {
  insist(may, "log-authority");
}

/** @param {LogState} state @param {Draft} draft */
const needFacilitator = (state, { actor }) => need(state.member(actor)?.isFacilitator ?? false);

/** @param {LogState} state @param {Bytes} memberId */
function activeMember(state, memberId) {
  const member = state.member(memberId);
  if (member === undefined || !member.isActive) throw new SealError("log-authority");
  return member;
}

/**
 * A signing key belongs to one member, once: nobody stands in the list twice or under somebody else's key.
 *
 * @param {LogState} state
 * @param {Newcomer} record
 */
const needNewKey = (state, { ePublic }) =>
  need(![...state.members.values()].some((member) => same(member.ePublic, ePublic)));

/** @type {Rule} */
function add(state, draft, proofs) {
  const records = parseRecords(draft.payload);
  needFacilitator(state, draft);
  need(state.agreement !== null);
  return records.reduce((so, record) => addOne(so, draft, record, proofs), state);
}

/** @param {LogState} state @param {Draft} draft @param {Newcomer} record @param {Proofs} proofs */
function addOne(state, draft, record, proofs) {
  need(state.member(record.memberId) === undefined && record.role === ROLE.member);
  needNewKey(state, record);
  return admit(takeInvite(state, draft, record, proofs), record, [{ first: draft.epoch, last: null }]);
}

/**
 * The invite's own key must have signed the newcomer's keys: neither the server nor a second facilitator can swap them.
 *
 * @param {LogState} state
 * @param {Draft} draft
 * @param {Newcomer} record
 * @param {Proofs} proofs
 */
function takeInvite(state, draft, record, proofs) {
  const invite = findInvite(state, record, draft.timeMs);
  const message = joinMessage(state.group, state.genesis16, record);
  proofs.need(invite.terms.publicKey, record.inviteSig, message, "log-invite");
  return state.withInvite({ ...invite, usesLeft: invite.usesLeft - 1 });
}

/** @param {LogState} state @param {Newcomer} record @param {readonly Span[]} spans @param {readonly PastKey[]} [past] */
function admit(state, record, spans, past) {
  const after = state.withMember(new Member(record, record.role, STATUS.active, spans, past));
  need(after.active().length <= after.memberCap);
  return after;
}

/** @type {Rule} Facilitators cannot remove facilitators. */
function remove(state, draft) {
  const ids = parseIds(draft.payload);
  needFacilitator(state, draft);
  return ids.reduce((so, id) => removeOne(so, draft, id), state);
}

/** @param {LogState} state @param {Draft} draft @param {Bytes} id */
function removeOne(state, draft, id) {
  const member = activeMember(state, id);
  need(member.role === ROLE.member);
  return state.withMember(member.ended(STATUS.removed, draft.epoch - 1));
}

/** @type {Rule} */
function leave(state, draft) {
  parseNothing(draft.payload);
  return state.withMember(activeMember(state, draft.actor).ended(STATUS.left, draft.epoch));
}

/** @type {Rule} */
function rekey(state, draft) {
  parseNothing(draft.payload);
  activeMember(state, draft.actor);
  return state;
}

/** @type {Rule} */
function invite(state, draft) {
  const terms = parseInviteTerms(draft.payload);
  needFacilitator(state, draft);
  need(state.invite(terms.inviteId) === undefined);
  need(isZero(terms.target) || state.member(terms.target) !== undefined);
  return state.withInvite({ terms, by: draft.actor, usesLeft: terms.uses, isRevoked: false });
}

/** @type {Rule} */
function revoke(state, draft) {
  const inviteId = parseId(draft.payload);
  needFacilitator(state, draft);
  const known = state.invite(inviteId);
  if (known === undefined || known.isRevoked) throw new SealError("log-invite");
  return state.withInvite({ ...known, isRevoked: true });
}

/** @type {Rule} */
function setRole(state, draft) {
  const { memberId, role } = parseRole(draft.payload);
  const member = activeMember(state, memberId);
  if (same(draft.actor, STEWARD)) return stewardSetsRole(state, draft, member, role);
  if (role === ROLE.facilitator) needFacilitator(state, draft);
  else need(same(draft.actor, memberId));
  need(member.role !== role);
  return state.withMember(member.withRole(role));
}

/**
 * Promotes at once, which also calls off a demotion; demotes after 72 hours, so that all can see it coming.
 *
 * @param {LogState} state
 * @param {Draft} draft
 * @param {Member} member
 * @param {number} role
 */
function stewardSetsRole(state, draft, member, role) {
  const id = toHex(member.id);
  const isLeaving = state.pendingDemotions.has(id);
  const pendingDemotions = new Map([...state.pendingDemotions].filter(([each]) => each !== id));
  if (role === ROLE.facilitator) {
    need(member.role === ROLE.member || isLeaving);
    return state.withMember(member.withRole(role)).with({ pendingDemotions });
  }
  need(member.role === ROLE.facilitator && !isLeaving);
  return state.with({ pendingDemotions: pendingDemotions.set(id, draft.timeMs + THREE_DAYS_MS) });
}

/** @type {Rule} */
function updateKey(state, draft) {
  const record = parseRecord(draft.payload);
  const member = activeMember(state, draft.actor);
  insist(!hasInvite(record), "log-format");
  need(same(record.memberId, member.id) && record.gen === member.gen + 1 && record.role === member.role);
  needNewKey(state, record);
  return state.withMember(member.withKeys(record, draft.epoch));
}

/** @type {Rule} New keys for somebody who lost theirs. Not for a facilitator: that would be a way to remove one. */
function rebind(state, draft, proofs) {
  const record = parseRecord(draft.payload);
  needFacilitator(state, draft);
  const member = state.member(record.memberId);
  if (member === undefined || member.isFacilitator) throw new SealError("log-authority");
  need(record.gen === member.gen + 1 && record.role === ROLE.member);
  needNewKey(state, record);
  const after = takeInvite(state, draft, record, proofs);
  const { spans } = member.isActive ? member.ended(STATUS.left, draft.epoch - 1) : member;
  return admit(after, record, [...spans, { first: draft.epoch, last: null }], member.pastBefore(draft.epoch));
}

/** @type {Rule} */
function setFkey(state, draft) {
  const fkey = parseFkey(draft.payload);
  needFacilitator(state, draft);
  need(fkey.gen === state.fkey.gen + 1);
  return state.with({ fkey });
}

/** @type {Rule} In force after 72 hours; a later one takes the place of one that still waits. */
function setLead(state, draft) {
  const leads = parseLeads(draft.payload);
  needFacilitator(state, draft);
  return state.with({ pendingLeads: { dueMs: draft.timeMs + THREE_DAYS_MS, leads } });
}

/** @type {Rule} */
function agree(state, draft) {
  const agreement = parseAgreement(draft.payload);
  needFacilitator(state, draft);
  need(agreement.version === (state.agreement?.version ?? 0) + 1);
  return state.with({ agreement });
}

/** @type {Rule} */
function close(state, draft) {
  parseNothing(draft.payload);
  needFacilitator(state, draft);
  return state.with({ isClosed: true });
}

/** @type {ReadonlyMap<number, Rule>} */
export const RULES = new Map([
  [TYPE.add, add],
  [TYPE.remove, remove],
  [TYPE.leave, leave],
  [TYPE.rekey, rekey],
  [TYPE.invite, invite],
  [TYPE.revoke, revoke],
  [TYPE.setRole, setRole],
  [TYPE.updateKey, updateKey],
  [TYPE.rebind, rebind],
  [TYPE.setFkey, setFkey],
  [TYPE.setLead, setLead],
  [TYPE.agreement, agree],
  [TYPE.close, close],
]);
