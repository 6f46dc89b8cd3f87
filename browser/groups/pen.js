/**
 * Writes entries on top of a log, one after another, each on the state the one before leaves, and seals the boxes that go with
 * them. Nothing is sent here.
 */

import { apply } from "../sealing/log_replay.js";
import { parseEntry, signEntry } from "../sealing/log_entry.js";
import { sealEpoch } from "./resealing.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Draft } from "../sealing/log_entry.js" */
/** @import { Group } from "./group.js" */
/** @import { LogState, Member } from "../sealing/log_state.js" */
/** @typedef {{memberId: Bytes, nowMs: number}} By */

export class Pen {
  /** @type {Bytes[]} */ entries = [];
  /** @type {Bytes} hash of the last entry written */ lastHash = new Uint8Array(0);
  #log;
  #key;
  #memberId;

  /**
   * @param {LogState|null} log none before GENESIS
   * @param {CryptoKey} key signs
   * @param {Bytes} memberId who signs
   */
  constructor(log, key, memberId) {
    this.#log = log;
    this.#key = key;
    this.#memberId = memberId;
  }

  /** @returns {LogState} as it is after what was written */
  get log() {
    if (!this.#log) throw new Error("nothing has been written yet");
    return this.#log;
  }

  /** From here on another key of the same member signs. @param {CryptoKey} key */
  signWith(key) {
    this.#key = key;
  }

  /** The first entry of a group. @param {Draft | Promise<Draft>} draft */
  begin(draft) {
    return this.#sign(draft);
  }

  /** @param {(log: LogState, by: By) => Draft | Promise<Draft>} draft one of log_draft.js */
  write(draft) {
    return this.#sign(draft(this.log, { memberId: this.#memberId, nowMs: Date.now() }));
  }

  /** @param {Draft | Promise<Draft>} draft */
  async #sign(draft) {
    const entry = await signEntry(await draft, this.#key);
    // Through the rules before anybody else sees it: what would be refused elsewhere is refused here, with its code.
    const parsed = await parseEntry(entry);
    this.#log = await apply(this.#log, parsed);
    this.lastHash = parsed.hash;
    this.entries.push(entry);
  }
}

/** @param {Group} group @param {Bytes} [removing] whom it is for removing @returns {Promise<Pen>} this member's, to write on top of the list as it is here */
export async function penOf(group, removing) {
  group.needList(removing);
  const { gen } = /** @type {Member} */ (group.log.member(group.me));
  const { e } = await group.here.keys.groupKeys(group.id, gen);
  return new Pen(group.log, e, group.me);
}

/**
 * One box for each active member: never from a list the server gave (sealing.md 4.1).
 *
 * @param {LogState} log after the entry that begins the epoch @param {Bytes} secret ES of its epoch
 * @returns {Promise<[Bytes, Bytes][]>} member id and box
 */
export const boxesForAll = (log, secret) =>
  Promise.all(log.active().map(async (member) => [member.id, await sealEpoch(log, member, log.epoch, secret)]));
