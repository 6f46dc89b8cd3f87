/**
 * What somebody has begun to write: in memory while they write, and sealed on this device so that neither a lock nor a crash nor weeks
 * lose it. Each tab has its own, so that two tabs do not write over each other; what a tab left behind that is there no more is taken over
 * by the next one.
 */

import { beforeLock } from "../accounts/session.js";
import { NotKept } from "../local/device_shelf.js";
import { inTurn, isFree, takeForLife } from "../local/locks.js";
import { SORT } from "../local/records.js";
import { fromJson, toHex, toJson } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { WritableRecords } from "../local/writing.js" */
/** @typedef {{text: string, help?: string}} Draft */
/** @typedef {Record<string, Draft>} Texts by the share that is answered, or "" for a new one */

const TAB = "hs-tab";
const REST = 600;

/** @type {Promise<number>|undefined} */
let tab;

/** The number of this tab, the same after a reload. A tab made as a copy of another gets its own. @returns {Promise<number>} u32 */
function tabNumber() {
  tab ??= findNumber();
  return tab;
}

async function findNumber() {
  const known = Number(sessionStorage.getItem(TAB) ?? 0);
  if (known && (await takeForLife(`tab ${known}`))) return known;
  const [fresh] = crypto.getRandomValues(new Uint32Array(1));
  sessionStorage.setItem(TAB, String(fresh));
  await takeForLife(`tab ${fresh}`);
  return fresh;
}

export class Drafts {
  /** @type {Texts} */ #texts = {};
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;
  #number = 0;
  #records;
  #group;

  /** @param {WritableRecords} records @param {Bytes} group */
  constructor(records, group) {
    this.#records = records;
    this.#group = group;
  }

  /** Takes up what this tab, or one that is there no more, had begun. */
  async open() {
    this.#number = await tabNumber();
    await inTurn(`drafts ${toHex(this.#group)}`, () => this.#takeUp());
    beforeLock(() => this.save());
    // A phone may end a page that is out of sight, and says nothing more.
    addEventListener("visibilitychange", () => document.hidden && this.save());
  }

  async #takeUp() {
    for (const [number, texts] of await this.#kept()) {
      if (number === this.#number) this.#texts = { ...this.#texts, ...texts };
      else if (await isFree(`tab ${number}`)) await this.#takeOver(number, texts);
    }
  }

  /** What stands where this tab has begun something itself waits for the next one. @param {number} number @param {Texts} texts */
  async #takeOver(number, texts) {
    const free = Object.entries(texts).filter(([place]) => !this.#texts[place]);
    const rest = Object.entries(texts).filter(([place]) => this.#texts[place]);
    this.#texts = { ...this.#texts, ...Object.fromEntries(free) };
    await this.save();
    await this.#write(number, Object.fromEntries(rest));
  }

  /** @returns {Promise<[number, Texts][]>} this tab's first */
  async #kept() {
    try {
      const found = await this.#records.all(SORT.drafts, this.#group);
      const texts = found.map(([number, plain]) => /** @type {[number, Texts]} */ ([number, fromJson(plain).texts]));
      return texts.sort(([one], [other]) => Number(other === this.#number) - Number(one === this.#number));
    } catch (why) {
      if (!(why instanceof SealError || why instanceof NotKept)) throw why;
      return [];
    }
  }

  /** @param {string} place @returns {Draft} */
  get(place) {
    return this.#texts[place] ?? { text: "" };
  }

  /** @param {string} place @param {Draft} draft */
  set(place, draft) {
    if (draft.text) this.#texts[place] = draft;
    else delete this.#texts[place];
    this.#timer ??= setTimeout(() => this.save(), REST);
  }

  /** @returns {Promise<void>} */
  save() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#write(this.#number, this.#texts);
  }

  /** @param {number} number @param {Texts} texts */
  async #write(number, texts) {
    try {
      if (Object.keys(texts).length === 0) await this.#records.remove(SORT.drafts, this.#group, number, number);
      else await this.#records.put([[SORT.drafts, this.#group, number, toJson({ v: 1, texts })]]);
    } catch (why) {
      if (!(why instanceof NotKept)) throw why;
    }
  }
}
