/**
 * How far a person's devices saw a group's list, kept in their keyring: what a host shows later, here or on another device, must
 * hold it.
 */

import { same } from "../sealing/codec.js";
import { insist } from "../sealing/errors.js";
import { checkPin } from "../sealing/log_replay.js";

/** @import { Keyring } from "../sealing/keyring.js" */
/** @import { Group } from "./group.js" */

export class Pins {
  #group;
  #kept = -1;
  /** @type {Promise<Keyring|null>|undefined} */ #asked;

  /** @param {Group} group */
  constructor(group) {
    this.#group = group;
  }

  /** The keyring is asked for beside the list. Where it did not come it is asked for again. */
  ask() {
    this.#asked ??= this.#group.here.keys.keyring.load().catch(() => null);
  }

  /**
   * Once, at first sight: the list holds what was seen of it before, and the keys in it for me are mine. Where it does not,
   * nothing is opened: a server can make a whole false group around a member, with every signature in it right.
   *
   * @throws {import("../sealing/errors.js").SealError} `log-fingerprint`, `log-rollback`, `log-authority`, `no-keys`
   */
  async check() {
    const { key, here } = this.#group;
    const { pins, gens } = (await this.#asked) ?? (await here.keys.keyring.load());
    // Once: who looks again later asks for it as it is then.
    this.#asked = Promise.resolve(null);
    const pin = pins.get(key);
    if (pin) this.#check(pin);
    this.#kept = pin?.seq ?? -1;
    const gen = await this.checkSelf(gens.get(key));
    if ((gens.get(key) ?? 0) < gen) await here.keys.keyring.change((ring) => ring.gens.set(key, gen));
  }

  /**
   * The keys in the list for me are mine.
   *
   * @param {number} [known] my generation there, as the keyring has it @returns {Promise<number>} the list's
   * @throws {import("../sealing/errors.js").SealError} `log-authority`, `no-keys`
   */
  async checkSelf(known = Infinity) {
    const { log, me, id, here } = this.#group;
    const member = log.member(me);
    insist(member !== undefined, "log-authority");
    const own = await here.keys.groupKeys(id, member.gen);
    // Keys that were never mine: lost, until a facilitator vouches for the new ones. Or a false list.
    const isKnown = known <= member.gen;
    insist(same(own.xPublic, member.xPublic) && same(own.ePublic, member.ePublic), isKnown ? "log-authority" : "no-keys");
    return member.gen;
  }

  /** @param {{seq: number, head16: import("../sealing/codec.js").Bytes}} pin */
  #check(pin) {
    const { log, witness } = this.#group;
    // The pin of somebody who just joined is the first entry, which their link named.
    const code = pin.seq === 0 ? "log-fingerprint" : "log-rollback";
    try {
      insist(pin.seq !== 0 || same(pin.head16, log.genesis16), code);
      checkPin(log, pin);
    } catch (why) {
      witness.saw({ code, seq: pin.seq, ours: pin.head16, other: log.head16s[pin.seq] });
      throw why;
    }
  }

  /** Remembers how far the list was seen. Not waited for: a pin protects the next visit. */
  keep() {
    const { trouble, key, log, here } = this.#group;
    if (trouble || log.seq === this.#kept) return;
    const { seq, head16 } = log;
    this.#kept = seq;
    const keep = (/** @type {Keyring} */ ring) => {
      if ((ring.pins.get(key)?.seq ?? -1) < seq) ring.pins.set(key, { seq, head16 });
    };
    here.keys.keyring.change(keep).catch(() => undefined);
  }
}
