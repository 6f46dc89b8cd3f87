/**
 * Signatures still being checked (sealing.md 3.5). WebCrypto answers later, and asking for hundreds of signatures one after
 * another is slow; so a replay goes on with the entry's effect and settles the proofs in order before anybody sees a state.
 */

import { toHex } from "./codec.js";
import { insist } from "./errors.js";
import { importVerifyKey, isSigned } from "./primitives.js";

/** @import { Bytes } from "./codec.js" */
/** @import { SealError } from "./errors.js" */

/** Public keys as the browser wants them: a facilitator signs many entries, and importing a key takes as long as using it. */
export class VerifyKeys {
  /** @type {Map<string, Promise<CryptoKey | null>>} */
  #keys = new Map();

  /** @param {Bytes} ePublic */
  get(ePublic) {
    const name = toHex(ePublic);
    const key = this.#keys.get(name) ?? importVerifyKey(ePublic);
    this.#keys.set(name, key);
    return key;
  }
}

/** What one entry rests on, in the order in which it must be refused. */
export class Proofs {
  /** @type {{ holds: Promise<boolean>, refused: string }[]} */
  #asked = [];
  #keys;

  /** @param {VerifyKeys} keys */
  constructor(keys) {
    this.#keys = keys;
  }

  /**
   * Asks for one signature.
   *
   * @param {Bytes} ePublic
   * @param {Bytes} signature
   * @param {Bytes} message
   * @param {string} refused
   */
  need(ePublic, signature, message, refused) {
    const holds = this.#keys.get(ePublic).then((key) => isSigned(key, signature, message));
    this.#asked.push({ holds, refused });
  }

  /**
   * Throws the code of the first that does not hold; then, when the entry itself was refused after them, that.
   *
   * @param {SealError | null} refusal
   */
  async settle(refusal) {
    for (const { holds, refused } of this.#asked) insist(await holds, refused);
    if (refusal !== null) throw refusal;
  }
}
