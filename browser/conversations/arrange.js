/** @type {WeakMap<Element, string>} */
const keys = new WeakMap();

/**
 * A list on the page that follows a list of things: what is there stays the same element (with its focus, its half-written
 * reply and its place on the screen), what is new is made, what is gone is taken away.
 *
 * @template T
 * @param {Element} parent
 * @param {T[]} things in order
 * @param {object} by
 * @param {(thing: T) => string} by.key
 * @param {(thing: T) => HTMLElement} by.make
 * @param {(element: HTMLElement, thing: T) => void} [by.update] called for new and old alike
 */
export function arrange(parent, things, { key, make, update = () => {} }) {
  const old = new Map([...parent.children].map((each) => [keys.get(each), /** @type {HTMLElement} */ (each)]));
  let place = parent.firstElementChild;
  for (const thing of things) {
    const known = old.get(key(thing));
    const element = known ?? make(thing);
    old.delete(key(thing));
    keys.set(element, key(thing));
    update(element, thing);
    if (element === place) place = place.nextElementSibling;
    else parent.insertBefore(element, place);
  }
  for (const gone of old.values()) gone.remove();
}
