/**
 * Where this member left off reading the talk. It is a place, never a number: words are counted for nobody, and nobody is told what was
 * read. It rests on this device alone (reading_on.js), and is known before the first words are drawn.
 *
 * Words stand newest first and answers oldest first, so "read to here" is the last one before which nothing was left out: whoever looked at
 * the newest alone finds their place where it was.
 */

/** @import { Circle, Words } from "./circle.js" */
/** @typedef {{line: number, read: number, at: number}} Kept as seq, and milliseconds: where the line stood, up to where all was read, when that was */
/** @typedef {{id: string, isMark: true}} Mark a place in a list of words */

/** Who comes back within this time, after a lock or a reload, finds the line where it stood. */
const SITTING = 3_600_000;
const LINE = "left-off";

/** @param {unknown} kept what lay on the device @returns {kept is Kept} */
const isKept = (kept) => ["line", "read", "at"].every((name) => Number.isSafeInteger(/** @type {any} */ (kept)?.[name]));

/** @param {Circle} circle @param {string} me in hex @returns {Words[]} what others said in the talk */
export const saidByOthers = ({ shares, replies }, me) => [...shares.values(), ...replies.values()].filter(({ author, isGone }) => author !== me && !isGone);

export class LeftOff {
  /** Up to here all was read when this visit began. */ line = Infinity;
  /** As far as the page was when it had caught up: what comes while somebody is here is not marked. */ #until = 0;
  /** @type {Set<number>} what stood on the screen for a moment */ #seen = new Set();
  /** How far this member has read; Infinity where nothing is known. */ read = Infinity;
  #me;

  /** @param {string} me in hex @param {unknown} [kept] what this device knows @param {number} [now] */
  constructor(me, kept, now = Date.now()) {
    this.#me = me;
    if (!isKept(kept)) return;
    this.read = kept.read;
    this.line = now - kept.at < SITTING ? kept.line : kept.read;
  }

  /** The page shows all that is there by now. On a first visit everything counts as read. @param {Circle} circle */
  caughtUp(circle) {
    if (this.read === Infinity) this.line = this.read = circle.last;
    if (saidByOthers(circle, this.#me).some(({ seq }) => seq > this.read)) this.line = this.read;
    this.#until = circle.last;
  }

  /** Did somebody say this since? @param {{seq: number, author: string}} words */
  isNew({ seq, author }) {
    return seq > this.line && seq <= this.#until && author !== this.#me;
  }

  /** Is it still to be looked at? @param {{seq: number, author: string}} words */
  isUnread({ seq, author }) {
    return seq > this.read && author !== this.#me && !this.#seen.has(seq);
  }

  /** @param {number} seq of words that stood on the screen */
  saw(seq) {
    this.#seen.add(seq);
  }

  /**
   * What this device keeps. Where older words are not loaded as far as the line, nothing of them was read.
   *
   * @param {Circle} circle @param {boolean} hasEarlier @param {number} [now] @returns {Kept}
   */
  kept(circle, hasEarlier, now = Date.now()) {
    const isWhole = !hasEarlier || circle.first <= this.read + 1;
    const left = saidByOthers(circle, this.#me).filter((words) => this.isUnread(words));
    const read = left.reduce((lowest, { seq }) => Math.min(lowest, seq - 1), circle.last);
    if (isWhole) this.read = Math.max(this.read, read);
    return { line: this.line, read: this.read, at: now };
  }

  /**
   * A list with the line in it: behind the new ones where the newest stand first, before them where the oldest do. Without anything
   * that was read before there is no line.
   *
   * @template {{seq: number, author: string}} T
   * @param {T[]} things in order @param {boolean} isNewestFirst @returns {(T|Mark)[]}
   */
  marked(things, isNewestFirst) {
    const isAfter = (/** @type {T} */ { seq }) => seq > this.line;
    if (!things.some((each) => this.isNew(each))) return things;
    const at = things.findIndex((each) => isAfter(each) !== isNewestFirst);
    return at < 0 ? things : [...things.slice(0, at), MARK, ...things.slice(at)];
  }
}

/** @type {Mark} */
const MARK = Object.freeze({ id: LINE, isMark: true });
