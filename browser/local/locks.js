/** One after another, in all tabs of this browser: what is read, changed and put back must not cross another tab's doing. */

import { Turns } from "./turns.js";

const PATIENCE_MS = 500;

/** @returns {LockManager|undefined} */
const lockManager = () => globalThis.navigator?.locks;

/** @type {Map<string, Turns>} where there are no locks */
const queues = new Map();

/** @param {string} name */
function queueOf(name) {
  const queue = queues.get(name) ?? new Turns();
  queues.set(name, queue);
  return queue;
}

/**
 * @template T
 * @param {string} name what must not be done twice at once @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inTurn(name, work) {
  const locks = lockManager();
  return locks ? locks.request(`hs ${name}`, work) : queueOf(name).take(work);
}

/**
 * Holds a name for the life of this page.
 *
 * @param {string} name
 * @returns {Promise<boolean>} false: another tab has it
 */
export async function takeForLife(name) {
  const locks = lockManager();
  if (!locks) return true;
  // A page that is being reloaded lets go a moment later.
  const signal = AbortSignal.timeout(PATIENCE_MS);
  return new Promise((resolve) => {
    const hold = () => {
      resolve(true);
      return new Promise(() => undefined);
    };
    locks.request(`hs ${name}`, { signal }, hold).catch(() => resolve(false));
  });
}

/** Does no page hold this name? @param {string} name @returns {Promise<boolean>} */
export async function isFree(name) {
  const locks = lockManager();
  return !locks || locks.request(`hs ${name}`, { ifAvailable: true }, (lock) => lock !== null);
}
