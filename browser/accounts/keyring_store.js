/**
 * The keyring on the server: read once a page, changed by compare-and-swap (sealing.md 2.7). Two tabs may change it at once;
 * the second reads what the first wrote and puts its own change on top.
 * @module
 */
import { fromB64url, toB64url } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { emptyKeyring, openKeyring, sealKeyring } from "../sealing/keyring.js";
import { Refusal } from "../ui/refusal.js";
import { early } from "./early.js";
import { askSeal } from "./seal_requests.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Keyring } from "../sealing/keyring.js" */

const ROUNDS = 5;
const SEEN = "hs-ring ";

export class KeyringStore {
  /** @type {Bytes} */
  #key;
  #place;
  /** @type {Promise<unknown>} */
  #queue = Promise.resolve();

  /** @param {Bytes} key from `keyringKey` @param {string} account in hex */
  constructor(key, account) {
    this.#key = key;
    this.#place = SEEN + account;
  }

  /** The highest counter this tab has seen, on whatever page: with an older keyring its pins would be gone. */
  get #seen() {
    return Number(sessionStorage.getItem(this.#place) ?? 0);
  }

  /** @param {number} counter */
  set #seen(counter) {
    sessionStorage.setItem(this.#place, String(counter));
  }

  /**
   * The keyring as the server has it. Older than one seen in this tab: `log-rollback`.
   * @returns {Promise<Keyring>}
   */
  async load() {
    const { blob } = (await early("keyring")) ?? (await askSeal("keyring"));
    const keyring = blob ? await openKeyring(fromB64url(blob), this.#key) : emptyKeyring();
    if (keyring.counter < this.#seen) throw new SealError("log-rollback");
    this.#seen = keyring.counter;
    return keyring;
  }

  /**
   * Changes the keyring; `change` may be called again with a fresher one. Changes of one page wait for each other.
   * @param {(keyring: Keyring) => void} change
   * @returns {Promise<Keyring>}
   */
  change(change) {
    const next = this.#queue.then(() => this.#changeNow(change));
    this.#queue = next.catch(() => undefined);
    return next;
  }

  /** @param {(keyring: Keyring) => void} change */
  async #changeNow(change) {
    for (let round = 1; ; round++) {
      const keyring = await this.load();
      change(keyring);
      keyring.counter += 1;
      try {
        const blob = await sealKeyring(keyring, this.#key);
        await askSeal("keyring/put", { counter: keyring.counter, blob: toB64url(blob) });
        this.#seen = keyring.counter;
        return keyring;
      } catch (trouble) {
        if (!(trouble instanceof Refusal) || trouble.code !== "stale" || round === ROUNDS) throw trouble;
      }
    }
  }
}
