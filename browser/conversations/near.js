/**
 * What is near the screen is drawn with each change; what is far from it when its words change, and whole again when it comes near.
 * Where somebody read back through months, a word that arrives would else draw thousands.
 */

import { arrange } from "./arrange.js";

/** @import { Room } from "./room.js" */
/** @import { Words } from "./circle.js" */
/** @typedef {{isNear: boolean, words: Words[], draw: () => void}} Known what was drawn last */

/** As far as a browser lays out what it may skip (`content-visibility`, room.css). */
const MARGIN = "150% 0px";

export class Near {
  /** @type {WeakMap<Element, Known>} */ #known = new WeakMap();
  #watch = new IntersectionObserver((entries) => entries.forEach((each) => this.#moved(each)), { rootMargin: MARGIN });
  #room;

  /** @param {Room} room */
  constructor(room) {
    this.#room = room;
  }

  /** As `arrange`. @type {typeof arrange} */
  arrange(list, things, by) {
    arrange(list, things, { ...by, update: (element, thing) => this.#update(element, thing, () => by.update?.(element, thing)) });
  }

  /** Is this in one of the things, and that one far away? @param {Element} place in the page, or not yet */
  isFar(place) {
    for (let at = /** @type {Element|null} */ (place); at; at = at.parentElement) {
      const known = this.#known.get(at);
      if (known) return !known.isNear;
    }
    return false;
  }

  /** @param {HTMLElement} element @param {any} thing @param {() => void} draw */
  #update(element, thing, draw) {
    const known = this.#known.get(element) ?? this.#meet(element);
    const words = this.#wordsOf(thing);
    const isSaid = words.length === known.words.length && words.every((each, i) => each === known.words[i]);
    Object.assign(known, { words, draw });
    if (known.isNear || !isSaid) draw();
  }

  /** @param {HTMLElement} element @returns {Known} */
  #meet(element) {
    const known = { isNear: false, words: [], draw: () => undefined };
    this.#known.set(element, known);
    this.#watch.observe(element);
    return known;
  }

  /** The very words the circle holds: they are others when anything of them changed. @param {any} thing a share or a loose reply @returns {Words[]} */
  #wordsOf(thing) {
    if (!("replies" in thing)) return [thing];
    return [this.#room.circle.shares.get(thing.id) ?? thing, ...thing.parts, ...thing.replies];
  }

  /** @param {IntersectionObserverEntry} entry */
  #moved({ target, isIntersecting }) {
    const known = this.#known.get(target);
    if (!known || known.isNear === isIntersecting) return;
    known.isNear = isIntersecting;
    if (isIntersecting) known.draw();
    else for (const slot of target.querySelectorAll("[data-part=acts]")) clear(slot);
  }
}

/** Nobody presses what is far away; what stands open or has the focus stays. @param {Element} slot */
function clear(slot) {
  if (!slot.querySelector("form") && !slot.contains(document.activeElement)) slot.replaceChildren();
}
