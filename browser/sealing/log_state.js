/** What the entries so far add up to (sealing.md 3.5). A value: each entry makes a new one, and nothing changes the old. */

import { same, toHex } from "./codec.js";
import { ROLE } from "./log_payload.js";
import { ID_SIZE } from "./primitives.js";

/** @import { Bytes } from "./codec.js" */
/** @import { Agreement, InviteTerms, Lead, MemberRecord } from "./log_payload.js" */
/** @import { Policy } from "./log_policy.js" */

export const STATUS = Object.freeze({ active: "active", left: "left", removed: "removed" });
export const THREE_DAYS_MS = 72 * 3600 * 1000;

/** The member id as which the steward signs. @type {Bytes} */
export const STEWARD = new Uint8Array(ID_SIZE);

/** @typedef {{ first: number, last: number | null }} Span epochs in which somebody belonged, both included; null: still does */
/** @typedef {{ last: number, gen: number, xPublic: Bytes }} PastKey a key somebody had before the present one, up to the epoch `last` */
/** @typedef {{ terms: Required<InviteTerms>, by: Bytes, usesLeft: number, isRevoked: boolean }} Invite */
/** @typedef {{ dueMs: number, leads: readonly Lead[] }} PendingLeads new leads that wait */
/** @typedef {{ publicKey: Bytes, gen: number }} FacilitatorKey X25519; gen 0 before the first */

/** A person in the log. `spans` has one span for each time they belonged, `past` one key for each before this; oldest first. */
export class Member {
  /**
   * @param {Pick<MemberRecord, "memberId" | "gen" | "xPublic" | "ePublic">} keys
   * @param {number} role one of ROLE
   * @param {string} status one of STATUS
   * @param {readonly Span[]} spans
   * @param {readonly PastKey[]} [past]
   */
  constructor({ memberId, gen, xPublic, ePublic }, role, status, spans, past = []) {
    /** @readonly */ this.id = memberId;
    /** @readonly */ this.gen = gen;
    /** @readonly */ this.xPublic = xPublic;
    /** @readonly */ this.ePublic = ePublic;
    /** @readonly */ this.role = role;
    /** @readonly */ this.status = status;
    /** @readonly */ this.spans = spans;
    /** @readonly */ this.past = past;
  }

  /** Belongs now. */
  get isActive() {
    return this.status === STATUS.active;
  }

  /** Belongs now and facilitates. */
  get isFacilitator() {
    return this.isActive && this.role === ROLE.facilitator;
  }

  /** First epoch of the latest time they belonged. */
  get sinceEpoch() {
    return this.spans.at(-1)?.first ?? 0;
  }

  /** Last epoch of the latest time they belonged; null while they do. */
  get untilEpoch() {
    return this.spans.at(-1)?.last ?? null;
  }

  /** @param {number} epoch */
  belongedIn(epoch) {
    return this.spans.some(({ first, last }) => first <= epoch && (last === null || epoch <= last));
  }

  /** Generation and X25519 public key in an epoch. @param {number} epoch @returns {{ gen: number, xPublic: Bytes }} */
  xKeyIn(epoch) {
    return this.past.find(({ last }) => epoch <= last) ?? this;
  }

  /** Every key so far, for when a new one begins with this epoch. @param {number} epoch */
  pastBefore(epoch) {
    return [...this.past, { last: epoch - 1, gen: this.gen, xPublic: this.xPublic }];
  }

  /** @param {Pick<MemberRecord, "gen" | "xPublic" | "ePublic">} keys @param {number} epoch that begins with them */
  withKeys({ gen, xPublic, ePublic }, epoch) {
    return new Member({ memberId: this.id, gen, xPublic, ePublic }, this.role, this.status, this.spans, this.pastBefore(epoch));
  }

  /** @param {number} role */
  withRole(role) {
    return new Member({ ...this, memberId: this.id }, role, this.status, this.spans, this.past);
  }

  /** @param {string} status @param {number} last */
  ended(status, last) {
    const spans = [...this.spans.slice(0, -1), { first: this.sinceEpoch, last }];
    return new Member({ ...this, memberId: this.id }, this.role, status, spans, this.past);
  }
}

/**
 * @typedef {object} LogFields
 * @property {Bytes} group
 * @property {number} seq of the last entry
 * @property {Bytes} head its hash
 * @property {readonly Bytes[]} head16s first half of each entry's hash, by seq
 * @property {number} timeMs of the last entry
 * @property {number} epoch
 * @property {ReadonlyMap<number, Bytes>} epochCommits
 * @property {ReadonlyMap<string, Member>} members by id in hex, in the order in which they first came
 * @property {Policy} policy
 * @property {readonly Lead[]} leads in force
 * @property {ReadonlyMap<string, Invite>} invites by id in hex
 * @property {Agreement | null} agreement
 * @property {FacilitatorKey} fkey
 * @property {PendingLeads | null} pendingLeads
 * @property {ReadonlyMap<string, number>} pendingDemotions member id in hex -> ms when the steward's demotion comes into force
 * @property {boolean} isClosed
 */

/** The group after its entry `seq`. */
export class LogState {
  /** @param {LogFields} fields */
  constructor(fields) {
    /** @readonly */ this.group = fields.group;
    /** @readonly */ this.seq = fields.seq;
    /** @readonly */ this.head = fields.head;
    /** @readonly */ this.head16s = fields.head16s;
    /** @readonly */ this.timeMs = fields.timeMs;
    /** @readonly */ this.epoch = fields.epoch;
    /** @readonly */ this.epochCommits = fields.epochCommits;
    /** @readonly */ this.members = fields.members;
    /** @readonly */ this.policy = fields.policy;
    /** @readonly */ this.leads = fields.leads;
    /** @readonly */ this.invites = fields.invites;
    /** @readonly */ this.agreement = fields.agreement;
    /** @readonly */ this.fkey = fields.fkey;
    /** @readonly */ this.pendingLeads = fields.pendingLeads;
    /** @readonly */ this.pendingDemotions = fields.pendingDemotions;
    /** @readonly */ this.isClosed = fields.isClosed;
  }

  /** @param {Partial<LogFields>} changes */
  with(changes) {
    return new LogState({ ...this, ...changes });
  }

  /** The group's fingerprint. */
  get genesis16() {
    return /** @type {Bytes} */ (this.head16s[0]);
  }

  /** First half of the last entry's hash: what senders put into envelopes. */
  get head16() {
    return /** @type {Bytes} */ (this.head16s.at(-1));
  }

  /** The current epoch's commit. */
  get epochCommit() {
    return /** @type {Bytes} */ (this.epochCommits.get(this.epoch));
  }

  /** The steward's Ed25519 public key. */
  get steward() {
    return this.policy.steward;
  }

  /** How many may belong at once. */
  get memberCap() {
    return this.policy.memberCap;
  }

  /** @param {Bytes} id */
  member(id) {
    return this.members.get(toHex(id));
  }

  /** @param {Bytes} id */
  invite(id) {
    return this.invites.get(toHex(id));
  }

  /** Those who belong now: exactly who gets a box, and who "can read". Never take this list from a server. */
  active() {
    return [...this.members.values()].filter((member) => member.isActive);
  }

  /** Those who facilitate now. */
  facilitators() {
    return [...this.members.values()].filter((member) => member.isFacilitator);
  }

  /** Those who left and still hold the current epoch's key: who speaks next re-keys first (sealing.md 3.5). */
  leavers() {
    const holds = (/** @type {Member} */ member) => member.status === STATUS.left && member.untilEpoch === this.epoch;
    return [...this.members.values()].filter(holds);
  }

  /**
   * Did somebody belong in an epoch: may they have written in it, may they read it?
   *
   * @param {Bytes} memberId
   * @param {number} epoch
   */
  activeIn(memberId, epoch) {
    return epoch >= 1 && epoch <= this.epoch && (this.member(memberId)?.belongedIn(epoch) ?? false);
  }

  /** @param {Bytes} memberId would the group have no facilitator without this one? */
  isLastFacilitator(memberId) {
    const [only, ...others] = this.facilitators();
    return only !== undefined && others.length === 0 && same(only.id, memberId);
  }

  /**
   * This state with everything in force that is due by then.
   *
   * @param {number} nowMs an entry's own time, or the clock on a screen
   * @returns {LogState}
   */
  at(nowMs) {
    const waiting = this.pendingLeads;
    const isDue = waiting !== null && waiting.dueMs <= nowMs;
    const due = [...this.pendingDemotions].filter(([, dueMs]) => dueMs <= nowMs).map(([id]) => this.members.get(id));
    /** @type {LogState} */
    const state = isDue ? this.with({ leads: waiting.leads, pendingLeads: null }) : this;
    return due.reduce((so, member) => (member ? so.withMember(member.withRole(ROLE.member)) : so), state);
  }

  /** This state with one member new or changed. Who is no facilitator cannot have a demotion waiting. @param {Member} member */
  withMember(member) {
    const id = toHex(member.id);
    const members = new Map(this.members).set(id, member);
    const still = [...this.pendingDemotions].filter(([each]) => each !== id);
    return this.with(member.isFacilitator ? { members } : { members, pendingDemotions: new Map(still) });
  }

  /** This state with one invite new or changed. @param {Invite} invite */
  withInvite(invite) {
    return this.with({ invites: new Map(this.invites).set(toHex(invite.terms.inviteId), invite) });
  }
}
