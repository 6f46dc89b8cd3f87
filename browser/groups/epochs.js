/**
 * The secrets of a group's epochs that this member was given.
 *
 * Rule K1 (sealing.md 4.1): a secret counts only when the verified log commits to it. A box authenticates nobody, so
 * everything that leaves this module as a key has gone through `findMessageKey`, which asks the log.
 */

import { PURPOSE, epochContext, openBox } from "../sealing/box.js";
import { same } from "../sealing/codec.js";
import { findMessageKey } from "../sealing/epoch.js";
import { SealError } from "../sealing/errors.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { LogState } from "../sealing/log_state.js" */
/** @import { Pair } from "../accounts/account_keys.js" */
/** @typedef {[epoch: number, gen: number, box: Bytes]} BoxRow */

export class Epochs {
  /** @type {Map<number, Bytes>} epoch -> ES */
  #held = new Map();
  /** @type {Map<number, Bytes>} epoch -> the box it came in, until the log vouched for it */ #boxes = new Map();

  /**
   * Opens what is new among the boxes. A box that does not open is as good as none: another one is asked for. What the log has
   * not vouched for makes room for another box: a false key does not stay in the true one's place.
   *
   * @param {BoxRow[]} rows
   * @param {Bytes} group @param {Bytes} me
   * @param {(gen: number) => Promise<Pair>} keysOf
   */
  async take(rows, group, me, keysOf) {
    await Promise.all(rows.filter((row) => this.#isNew(row)).map(async ([epoch, gen, box]) => {
      try {
        this.#held.set(epoch, await openBox(PURPOSE.epoch, epochContext(group, epoch, me, gen), await keysOf(gen), box));
        this.#boxes.set(epoch, box);
      } catch (why) {
        if (!(why instanceof SealError)) throw why;
      }
    }));
  }

  /** @param {BoxRow} row */
  #isNew([epoch, , box]) {
    const known = this.#boxes.get(epoch);
    return known ? !same(known, box) : !this.#held.has(epoch);
  }

  /** Secrets somebody gave, each checked against the log. @param {Map<number, Bytes>} given epoch -> ES */
  add(given) {
    for (const [epoch, es] of given) if (!this.#held.has(epoch)) this.#held.set(epoch, es);
  }

  /** @param {number} epoch @returns {Bytes|undefined} ES, to seal it again for somebody entitled to it */
  secretOf(epoch) {
    return this.#held.get(epoch);
  }

  /**
   * @param {LogState} log @param {Bytes} me @param {number} epoch
   * @returns {Promise<CryptoKey>} K_msg; or refuses: `before-you-joined`, `no-epoch-box`, `epoch-unlogged`
   */
  async keyOf(log, me, epoch) {
    const key = await findMessageKey(log, me, this.#held, epoch);
    this.#boxes.delete(epoch);
    return key;
  }

  /** @param {LogState} log @param {Bytes} me @returns {number[]} epochs that are this member's and whose secret has not come */
  missing(log, me) {
    const all = Array.from({ length: log.epoch }, (_, i) => i + 1);
    // Those of a time before this member came back are not asked for: they are given (returning.js).
    const since = log.member(me)?.sinceEpoch ?? 0;
    return all.filter((epoch) => epoch >= since && log.activeIn(me, epoch) && !this.#held.has(epoch));
  }
}
