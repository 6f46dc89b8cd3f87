/**
 * How much of a long list stands on the page: a stretch of it, which moves to older things and back to newer ones. Whoever reads back
 * through years has as little on the page as who reads of today.
 */

/** So many stand on the page at first, and so many more come at each step. */
export const STEP = 50;
/** More than these are not there at a time: what is furthest behind is let go of. */
export const MOST = 300;

/** @typedef {{seq: number}} Placed */

/** How many of so many are let go of. @param {number} count @param {number} loose */
const tooMany = (count, loose) => Math.max(0, Math.min(count - MOST, loose));

/** Every list given to it has the newest first. */
export class Stretch {
  /** The seq of the newest on the page; Infinity: all that come. */ #newest = Infinity;
  #size = STEP;

  /** @param {Placed[]} all */
  #from(all) {
    const from = all.findIndex(({ seq }) => seq <= this.#newest);
    return from < 0 ? 0 : from;
  }

  /** What stands on the page. @template {Placed} T @param {T[]} all @returns {T[]} */
  of(all) {
    const from = this.#from(all);
    return all.slice(from, from + this.#size);
  }

  /** @param {Placed[]} all */
  hasOlder(all) {
    return all.length > this.#from(all) + this.#size;
  }

  /** @param {Placed[]} all */
  hasNewer(all) {
    return this.#from(all) > 0;
  }

  /** @param {Placed[]} all @param {number} loose so many of the newest may be let go of */
  goBack(all, loose) {
    const from = this.#from(all);
    const size = this.#size + STEP;
    const gone = tooMany(Math.min(all.length - from, size), loose);
    if (gone > 0) this.#newest = all[from + gone].seq;
    this.#size = size - gone;
  }

  /** @param {Placed[]} all @param {number} loose so many of the oldest may be let go of */
  goForward(all, loose) {
    const from = this.#from(all);
    const first = Math.max(0, from - STEP);
    const size = Math.min(all.length, from + this.#size) - first;
    this.#newest = first === 0 ? Infinity : all[first].seq;
    this.#size = size - tooMany(size, loose);
  }

  goToNewest() {
    this.#newest = Infinity;
    this.#size = STEP;
  }
}

/** Does something stand open in it, or a keyboard? Then it stays. @param {Element} each */
const isHeld = (each) => each.querySelector("form") !== null || each.contains(document.activeElement);

/** How many at the beginning of these may be let go of. @param {Element[]} things */
export function looseAmong(things) {
  const held = things.findIndex(isHeld);
  return held < 0 ? things.length : held;
}

/**
 * Changes a list so that what is read stays where it is on the screen; not every browser sees to that.
 *
 * @param {Element} list @param {() => void} change
 * @returns {boolean} whether what is read is still there
 */
export function inPlace(list, change) {
  const read = [...list.children].find((each) => each.getBoundingClientRect().bottom > 0);
  const top = read?.getBoundingClientRect().top ?? 0;
  change();
  if (!read?.isConnected) return false;
  scrollBy({ top: read.getBoundingClientRect().top - top, behavior: "instant" });
  return true;
}
