/**
 * What was written here and is not yet with the others. Nothing in it is lost by a refusal or a dropped line: it stays on the
 * page, is said to wait, and can be sent again or put back into its box.
 */

import { Refusal } from "../live/connection.js";
import { fromHex, toHex } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { newId } from "../sealing/keys.js";
import { sentence } from "../ui/dom.js";

/** @import { Item, Row } from "../groups/posting.js" */
/**
 * @typedef {object} Unsent
 * @property {string} id item id in hex, the same at each try: what arrived twice is one
 * @property {number} kind
 * @property {{t: string, h?: string}} body
 * @property {string} parent share's id in hex, "" for a share
 * @property {string} [why] the sentence of a refusal; without one it waits
 */

/** Tells `change`, and `sent` with the row in its detail. */
export class Outbox extends EventTarget {
  /** @type {Unsent[]} */ entries = [];
  #post;

  /** @param {(item: Item) => Promise<Row>} post seals one item and sends it */
  constructor(post) {
    super();
    this.#post = post;
  }

  /** @param {{kind: number, body: {t: string, h?: string}, parent?: string}} words */
  put({ kind, body, parent = "" }) {
    const unsent = { id: toHex(newId()), kind, body, parent };
    this.entries = [...this.entries, unsent];
    return this.#send(unsent);
  }

  /** What an earlier page left unsent: whether it goes is for its author to say. @param {Unsent[]} entries @param {string} why */
  restore(entries, why) {
    this.entries = [...entries.map((each) => ({ ...each, why })), ...this.entries];
    this.#changed();
  }

  /** @param {Unsent} unsent */
  again(unsent) {
    this.entries = this.entries.map((each) => (each.id === unsent.id ? { ...each, why: undefined } : each));
    return this.#send({ ...unsent, why: undefined });
  }

  /** Takes it out, for its text to go back into the box. @param {Unsent} unsent */
  remove(unsent) {
    this.entries = this.entries.filter(({ id }) => id !== unsent.id);
    this.#changed();
  }

  /** @param {Unsent} unsent */
  async #send(unsent) {
    this.#changed();
    try {
      const row = await this.#post({ ...unsent, itemId: fromHex(unsent.id), parent: unsent.parent ? fromHex(unsent.parent) : undefined });
      this.dispatchEvent(new CustomEvent("sent", { detail: row }));
    } catch (why) {
      // It is there from an earlier try, whose answer was lost on the way.
      if (!(why instanceof Refusal && why.code === "exists")) return this.#refused(unsent, why);
    }
    this.remove(unsent);
  }

  /** @param {Unsent} unsent @param {unknown} why */
  #refused(unsent, why) {
    const words = why instanceof Refusal ? why.sentence : sentence(why instanceof SealError ? why.code : "broken");
    this.entries = this.entries.map((each) => (each.id === unsent.id ? { ...each, why: words } : each));
    this.#changed();
    if (!(why instanceof Refusal || why instanceof SealError)) throw why;
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
