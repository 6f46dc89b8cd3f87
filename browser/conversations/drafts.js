/**
 * What somebody has begun to write: in memory while they write, and sealed in this tab so that a lock or a reload loses nothing.
 * The seal is the account's own; what lies in the tab opens for nobody else.
 */

import { beforeLock } from "../accounts/session.js";
import { concat, fromB64url, fromJson, toB64url, toJson, utf8 } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { aeOpen, aeSeal, randomBytes } from "../sealing/primitives.js";

/** @import { Keys } from "../accounts/account_keys.js" */
/** @import { Unsent } from "./sending.js" */
/** @typedef {{text: string, help?: string}} Draft */

const PLACE = "hs-drafts ";
const NONCE = 12;
const REST = 600;

export class Drafts {
  /** @type {Record<string, Draft>} by the share that is answered, or "" for a new one */ #texts = {};
  /** @type {() => Unsent[]} */ #unsent = () => [];
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;
  #keys;
  #group;

  /** @param {Keys} keys @param {string} group in hex */
  constructor(keys, group) {
    this.#keys = keys;
    this.#group = group;
  }

  /** @param {() => Unsent[]} unsent what else has to be kept @returns {Promise<Unsent[]>} what an earlier page kept */
  async open(unsent) {
    const { texts = {}, waiting = [] } = await this.#read();
    this.#texts = texts;
    this.#unsent = unsent;
    beforeLock(() => this.save());
    return waiting;
  }

  /** @param {string} place @returns {Draft} */
  get(place) {
    return this.#texts[place] ?? { text: "" };
  }

  /** @param {string} place @param {Draft} draft */
  set(place, draft) {
    if (draft.text) this.#texts[place] = draft;
    else delete this.#texts[place];
    this.saveSoon();
  }

  get isEmpty() {
    return Object.keys(this.#texts).length === 0 && this.#unsent().length === 0;
  }

  saveSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), REST);
  }

  async save() {
    clearTimeout(this.#timer);
    if (this.isEmpty) return sessionStorage.removeItem(PLACE + this.#group);
    const nonce = randomBytes(NONCE);
    const kept = toJson({ v: 1, texts: this.#texts, waiting: this.#unsent() });
    sessionStorage.setItem(PLACE + this.#group, toB64url(concat(nonce, await aeSeal(await this.#keys.localKey(), nonce, utf8(PLACE + this.#group), kept))));
  }

  /** @returns {Promise<{texts?: Record<string, Draft>, waiting?: Unsent[]}>} */
  async #read() {
    const kept = sessionStorage.getItem(PLACE + this.#group);
    if (kept === null) return {};
    try {
      const bytes = fromB64url(kept);
      return fromJson(await aeOpen(await this.#keys.localKey(), bytes.slice(0, NONCE), utf8(PLACE + this.#group), bytes.slice(NONCE)));
    } catch (why) {
      if (!(why instanceof SealError)) throw why;
      return {};
    }
  }
}
