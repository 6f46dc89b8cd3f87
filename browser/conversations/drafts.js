/**
 * What somebody has begun to write: in memory while they write, and sealed on this device so that neither a lock nor a crash nor weeks
 * lose it. Each letter is sealed into the tab at once, since who turns to another page does not wait for a disk. Each tab has its own, so that two tabs do not write over each other; what a tab left behind that is there no more is taken over
 * by the next one.
 */

import { beforeLock, hasLeft } from "../accounts/session.js";
import { NotKept } from "../local/device_shelf.js";
import { inTurn, isFree, takeForLife } from "../local/locks.js";
import { SORT } from "../local/records.js";
import { TabShelf } from "../local/tab_shelf.js";
import { Turns } from "../local/turns.js";
import { fromJson, toHex, toJson } from "../sealing/codec.js";

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
  /** @type {[Bytes, Bytes]|null} as they stand, sealed, and not on the device yet */ #sealed = null;
  #isSealing = false;
  #number = 0;
  #tab = new TabShelf();
  #sealing = new Turns();
  #saving = new Turns();
  #records;
  #group;
  #sent;

  /** @param {WritableRecords} records @param {Bytes} group @param {() => Promise<unknown>} [sent] what left its box is kept elsewhere by then */
  constructor(records, group, sent = async () => undefined) {
    this.#records = records;
    this.#group = group;
    this.#sent = sent;
  }

  /** Takes up what this tab, or one that is there no more, had begun. */
  async open() {
    this.#number = await tabNumber();
    await inTurn(`drafts ${toHex(this.#group)}`, () => this.#takeUp());
    beforeLock(() => this.save());
    // A phone may end a page that is out of sight, and says nothing more.
    addEventListener("pagehide", () => this.#putAway());
    addEventListener("visibilitychange", () => document.hidden && this.#putAway());
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
      const found = await this.#records.readable(SORT.drafts, this.#group);
      const texts = found.map(([number, plain]) => /** @type {[number, Texts]} */ ([number, fromJson(plain).texts]));
      return texts.sort(([one], [other]) => Number(other === this.#number) - Number(one === this.#number));
    } catch (why) {
      if (!(why instanceof NotKept)) throw why;
      return [];
    }
  }

  /** Everything begun, by place. @returns {[string, Draft][]} */
  get begun() {
    return Object.entries(this.#texts);
  }

  /** @param {string} place @returns {Draft} */
  get(place) {
    return this.#texts[place] ?? { text: "" };
  }

  /** @param {string} place @param {Draft} draft */
  set(place, draft) {
    if (draft.text) this.#texts[place] = draft;
    else delete this.#texts[place];
    this.#timer ??= setTimeout(() => hasLeft() || this.save(), REST);
    this.#lay();
  }

  /** Into the tab, as soon as it is sealed. One after another; what is typed meanwhile goes with the next. */
  #lay() {
    if (this.#isSealing) return;
    this.#isSealing = true;
    this.#sealing.take(async () => {
      await this.#sent();
      this.#isSealing = false;
      const sealed = await this.#seal(this.#number, this.#texts);
      if (hasLeft()) return;
      this.#sealed = sealed;
      await orNothing(this.#tab.put([sealed]));
    });
  }

  /** The page goes away: only what is sealed already can still reach the device. Who left has had it saved, or wanted nothing to stay. */
  #putAway() {
    if (this.#sealed && !hasLeft()) orNothing(this.#records.shelf.put([this.#sealed]));
  }

  /** @returns {Promise<void>} */
  save() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#saving.take(async () => {
      const sealed = this.#sealed;
      await this.#write(this.#number, this.#texts);
      if (this.#sealed === sealed) this.#sealed = null;
    });
  }

  /** @param {number} number @param {Texts} texts */
  #seal(number, texts) {
    return this.#records.seal(SORT.drafts, this.#group, number, toJson({ v: 1, texts }));
  }

  /** @param {number} number @param {Texts} texts */
  #write(number, texts) {
    const isNone = Object.keys(texts).length === 0;
    return orNothing(isNone ? this.#records.remove(SORT.drafts, this.#group, number, number) : this.#records.put([[SORT.drafts, this.#group, number, toJson({ v: 1, texts })]]));
  }
}

/** Where nothing can be kept the page goes on all the same. @param {Promise<void>} work */
async function orNothing(work) {
  try {
    await work;
  } catch (why) {
    if (!(why instanceof NotKept)) throw why;
  }
}
