/**
 * What was written here and is not yet with the others. Nothing in it is lost by a refusal, a dropped line, a lock or a crash: it rests
 * sealed on this device, is said to wait, goes in the order in which it was written, and goes once: one tab sends at a time, and an item
 * keeps its id at each try, so that the server knows it again.
 */

import { channel } from "../accounts/tabs.js";
import { isOvertaken } from "../groups/posting.js";
import { pause } from "../live/connection.js";
import { inTurn } from "../local/locks.js";
import { fromHex, toHex } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { newId } from "../sealing/keys.js";
import { sentence } from "../ui/dom.js";
import { Refusal } from "../ui/refusal.js";

/** @import { Item, Row } from "../groups/posting.js" */
/** @import { Waiting } from "./waiting.js" */
/**
 * @typedef {object} Unsent
 * @property {string} id item id in hex, the same at each try: what arrived twice is one
 * @property {number} kind
 * @property {{t: string, h?: string, more?: boolean, part?: boolean}} body
 * @property {string} parent share's id in hex, "" for a share
 * @property {number} at when it was written, milliseconds
 * @property {string} [why] the sentence of a refusal; without one it waits
 * @property {boolean} [waits] it was refused for now, and goes by itself when there is room
 */
/**
 * @typedef {object} Way
 * @property {(item: Item) => Promise<Row>} post seals one item and sends it
 * @property {() => Promise<unknown>} online settles when there is a line
 * @property {(tries: number) => number} [pause] ms to wait where there was no room
 */

/** What waited longer goes only when its author still wants it to. */
const STILL_MEANT_MS = 24 * 3600 * 1000;
/** The server's disk is full: nobody's words are to blame, and they go when there is room. */
const FOR_NOW = "disk-full";
/** After so many tries the time between them is as long as it gets. */
const FIRST_PAUSE = 3;

/** Tells `change`, and `sent` with the row in its detail. */
export class Outbox extends EventTarget {
  /** @type {Unsent[]} */ entries = [];
  /** @type {Promise<unknown>} the last change is on the device */ kept = Promise.resolve();
  /** Ends a pause early. */ #wake = () => {};
  #waiting;
  #way;

  /** @param {Waiting} waiting @param {Way} way */
  constructor(waiting, way) {
    super();
    this.#waiting = waiting;
    this.#way = way;
  }

  /** Takes up what waits on this device. It is sent on, unless it was written long ago: then its author is asked. */
  async open() {
    const late = Date.now() - STILL_MEANT_MS;
    const words = sentence("late");
    await this.#change((entries) => entries.map((each) => (each.at < late && goes(each) ? { ...each, why: words, waits: false } : each)));
    channel.addEventListener("message", ({ data }) => data?.type === "outbox" && data.group === this.#waiting.name && this.#look());
    this.#send();
  }

  /** @param {{kind: number, body: Unsent["body"], parent?: string}} words */
  async put({ kind, body, parent = "" }) {
    const unsent = { id: toHex(newId()), kind, body, parent, at: Date.now() };
    this.#show([...this.entries, unsent]);
    await this.#change((entries) => [...entries, unsent]);
    return this.#send();
  }

  /** @param {Unsent} unsent */
  async again(unsent) {
    await this.#change((entries) => entries.map((each) => (each.id === unsent.id ? { ...each, at: Date.now(), why: undefined } : each)));
    this.#wake();
    return this.#send();
  }

  /** Takes it out: its text goes back into the box, or nowhere. @param {Unsent} unsent */
  remove(unsent) {
    return this.#change((entries) => entries.filter(({ id }) => id !== unsent.id));
  }

  /** Sends what waits, one after another; in one tab at a time. */
  #send() {
    return inTurn(`send ${this.#waiting.name}`, async () => {
      for (let tries = 0; ; ) {
        await this.#way.online();
        const next = (await this.#waiting.read()).find(goes);
        if (!next) return;
        await this.#sendOne(next);
        tries = this.#isHeldUp(next) ? tries + 1 : 0;
        if (tries > 0) await this.#rest(tries);
      }
    });
  }

  /** Was it refused for now? Then what comes after it waits too, and the order stays. @param {Unsent} unsent */
  #isHeldUp({ id }) {
    return this.entries.some((each) => each.id === id && each.waits);
  }

  /** @param {number} tries */
  #rest(tries) {
    const { pause: long = pause } = this.#way;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, long(FIRST_PAUSE + tries));
      this.#wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }

  /** @param {Unsent} unsent */
  async #sendOne(unsent) {
    try {
      const row = await this.#way.post({ ...unsent, itemId: fromHex(unsent.id), parent: unsent.parent ? fromHex(unsent.parent) : undefined });
      this.dispatchEvent(new CustomEvent("sent", { detail: row }));
    } catch (why) {
      // It is there from an earlier try, whose answer was lost on the way.
      if (!isOvertaken(why)) return this.#refused(unsent, why);
    }
    return this.remove(unsent);
  }

  /** @param {Unsent} unsent @param {unknown} why */
  async #refused(unsent, why) {
    const words = why instanceof Refusal ? why.sentence : sentence(why instanceof SealError ? why.code : "broken");
    const waits = why instanceof Refusal && why.code === FOR_NOW;
    await this.#change((entries) => entries.map((each) => (each.id === unsent.id ? { ...each, why: words, waits } : each)));
    if (!(why instanceof Refusal || why instanceof SealError)) throw why;
  }

  /** @param {(entries: Unsent[]) => Unsent[]} change */
  async #change(change) {
    const changed = this.#waiting.change(change);
    this.kept = changed.catch(() => undefined);
    this.#show(await changed);
    channel.postMessage({ type: "outbox", group: this.#waiting.name });
  }

  /** Another tab changed something. */
  async #look() {
    this.#show(await this.#waiting.read());
  }

  /** @param {Unsent[]} entries */
  #show(entries) {
    this.entries = entries;
    this.dispatchEvent(new Event("change"));
  }
}

/** @param {Unsent} unsent */
const goes = ({ why, waits }) => !why || waits;
