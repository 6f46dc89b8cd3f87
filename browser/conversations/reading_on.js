/**
 * What stood on the screen for a moment counts as read, and how far that goes is kept on this device, sealed. On a shared device it
 * rests in the tab and goes with the session. Nobody else is told, the server neither.
 */

import { hasLeft } from "../accounts/session.js";
import { NotKept } from "../local/device_shelf.js";
import { SORT } from "../local/records.js";
import { toJson } from "../sealing/codec.js";

/** @import { Words } from "./circle.js" */
/** @import { Room } from "./room.js" */
/** @import { WritableRecords } from "../local/writing.js" */

/** In ms: words that only pass by are not read. */
const A_MOMENT = 1_500;
const REST = 400;
/** In ms: so often the time is written anew, where nothing else is. */
const STILL_HERE = 300_000;

export class ReadingOn {
  /** @type {WeakMap<Element, number>} */ #seqs = new WeakMap();
  /** @type {Map<Element, ReturnType<typeof setTimeout>>} */ #timers = new Map();
  #isSaving = false;
  /** @type {import("./left_off.js").Kept|null} */ #kept = null;
  #watch = new IntersectionObserver((entries) => entries.forEach((each) => this.#moved(each)));
  #room;
  #records;

  /** @param {Room} room @param {WritableRecords} records */
  constructor(room, records) {
    this.#room = room;
    this.#records = records;
    room.addEventListener("change", () => this.#saveSoon());
    this.#saveSoon();
  }

  /** @param {Element} element with these words @param {Words} words */
  watch(element, words) {
    if (this.#seqs.has(element) || !this.#room.leftOff.isUnread(words)) return;
    this.#seqs.set(element, words.seq);
    this.#watch.observe(element);
  }

  /** @param {IntersectionObserverEntry} entry */
  #moved({ target, isIntersecting }) {
    clearTimeout(this.#timers.get(target));
    this.#timers.delete(target);
    if (isIntersecting) this.#timers.set(target, setTimeout(() => this.#saw(target), A_MOMENT));
  }

  /** @param {Element} element */
  #saw(element) {
    this.#timers.delete(element);
    this.#watch.unobserve(element);
    // The page lies behind another: watched anew, it tells again when it is looked at.
    if (document.hidden) return this.#watch.observe(element);
    this.#room.leftOff.saw(this.#seqs.get(element) ?? 0);
    return this.#saveSoon();
  }

  #saveSoon() {
    if (this.#isSaving) return;
    this.#isSaving = true;
    setTimeout(() => this.#save(), REST);
  }

  async #save() {
    this.#isSaving = false;
    const { leftOff, circle, hasEarlier, group } = this.#room;
    // Whoever left may have left nothing.
    if (hasLeft()) return;
    const [before, kept] = [this.#kept, leftOff.kept(circle, hasEarlier)];
    if (before && before.line === kept.line && before.read === kept.read && kept.at - before.at < STILL_HERE) return;
    this.#kept = kept;
    try {
      await this.#records.put([[SORT.leftOff, group.id, 0, toJson({ v: 1, ...kept })]]);
    } catch (why) {
      if (!(why instanceof NotKept)) throw why;
    }
  }
}
