/**
 * The facilitators' key: askers' names are sealed to it. Every generation rests in a box for each facilitator.
 */

import { PURPOSE, fkeyContext, openBox } from "../sealing/box.js";
import { same } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { importAgreementKey } from "../sealing/keys.js";
import { setFkey } from "../sealing/log_draft.js";
import { randomBytes } from "../sealing/primitives.js";
import { sealBox } from "../sealing/seal_box.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Pair } from "../accounts/account_keys.js" */
/** @import { Group } from "./group.js" */
/** @import { Pen } from "./pen.js" */
/** @typedef {{secret: Bytes, x: CryptoKey, xPublic: Bytes}} FacilitatorsKey */
/** @typedef {[fkeyGen: number, gen: number, box: Bytes]} FkeyRow */

/** @param {Bytes} secret 32 bytes @returns {Promise<FacilitatorsKey>} */
async function keyFrom(secret) {
  const { key, publicKey } = await importAgreementKey(secret);
  return { secret, x: key, xPublic: publicKey };
}

export class FacilitatorsKeys {
  /** @type {Map<number, FacilitatorsKey>} */
  #held = new Map();

  /**
   * Opens what is new. As with epochs, a box proves nothing: a key is held only when the log named its public half.
   *
   * @param {FkeyRow[]} rows
   * @param {Map<number, Bytes>} named generation -> public key, from the verified log
   * @param {Bytes} group @param {Bytes} me
   * @param {(gen: number) => Promise<Pair>} keysOf
   */
  async take(rows, named, group, me, keysOf) {
    for (const [fkeyGen, gen, box] of rows.filter(([each]) => !this.#held.has(each))) {
      try {
        const key = await keyFrom(await openBox(PURPOSE.fkey, fkeyContext(group, fkeyGen, me, gen), await keysOf(gen), box));
        const expected = named.get(fkeyGen);
        if (expected && same(key.xPublic, expected)) this.#held.set(fkeyGen, key);
      } catch (why) {
        if (!(why instanceof SealError)) throw why;
      }
    }
  }

  /** @returns {[number, FacilitatorsKey][]} newest first */
  newestFirst() {
    return [...this.#held].sort(([one], [other]) => other - one);
  }
}

/** The keys this facilitator was given, opened. @param {Group} group @returns {Promise<FacilitatorsKeys>} */
export async function fkeysOf(group) {
  const held = new FacilitatorsKeys();
  await held.take(group.fkeyRows, group.fkeysNamed, group.id, group.me, (gen) => group.here.keys.groupKeys(group.id, gen));
  return held;
}

/**
 * Writes the next SET_FKEY and seals the key to every facilitator, with the older ones this facilitator holds, so that
 * who becomes facilitator today can read the names of those who asked yesterday.
 *
 * @param {Pen} pen @param {FacilitatorsKeys} [known]
 * @returns {Promise<[number, Bytes, Bytes][]>} `fkeys` of `append`
 */
export async function writeFkey(pen, known) {
  const fresh = await keyFrom(randomBytes(32));
  await pen.write((log, by) => setFkey(log, by, fresh.xPublic));
  const { group, fkey } = pen.log;
  /** @type {[number, FacilitatorsKey][]} */
  const all = [[fkey.gen, fresh], ...(known?.newestFirst() ?? [])];
  return Promise.all(
    pen.log.facilitators().flatMap((member) =>
      all.map(async ([gen, key]) => [gen, member.id, await sealBox(PURPOSE.fkey, fkeyContext(group, gen, member.id, member.gen), member.xPublic, key.secret)]),
    ),
  );
}
