/** What a browser has and node has not, for the tests of this folder and those above it. */
import "fake-indexeddb/auto";

import { DATABASE } from "../browser/local/device_shelf.js";

/** A `sessionStorage` of one's own; `limit` bytes fit in. */
export function freshSession(limit = Infinity) {
  /** @type {Map<string, string>} */ const kept = new Map();
  const size = () => [...kept].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  const session = {
    get length() { return kept.size; },
    key: (/** @type {number} */ i) => [...kept.keys()][i] ?? null,
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem(/** @type {string} */ key, /** @type {string} */ value) {
      if (size() + value.length > limit) throw new DOMException("full", "QuotaExceededError");
      kept.set(key, value);
    },
    removeItem: (/** @type {string} */ key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
  Object.defineProperty(globalThis, "sessionStorage", { value: session, configurable: true });
  return session;
}

/** As the browser does when it needs room, or a tab that clears this device. @returns {Promise<void>} */
export const removeDatabase = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(DATABASE);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });

// As much of a page as modules need that listen to it, or look for a sentence in it.
class HTMLTemplateElement {
  content = { querySelector: (/** @type {string} */ which) => ({ textContent: `sentence for ${which}` }) };
}
const document = { getElementById: () => new HTMLTemplateElement() };
Object.assign(globalThis, { window: globalThis, addEventListener: () => undefined, document, HTMLTemplateElement, CSS: { escape: String } });
