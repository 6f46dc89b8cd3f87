/**
 * What a device of one's own keeps on its disk (sealing.md 2.11): 180 bytes that open nothing without the server's half.
 * @module
 */

/** @import { Bytes } from "../sealing/codec.js" */
/** @typedef {{accountId: Bytes, device: Bytes, kept: Bytes}} Kept */

const BASE = "hs-own-device";
const STORE = "kept";
const ONLY = 1;
const DECLINED = 2;

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function done(request) {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result), { once: true });
    request.addEventListener("error", () => reject(request.error), { once: true });
  });
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} ask
 * @returns {Promise<T>}
 */
async function withStore(mode, ask) {
  const opening = indexedDB.open(BASE, 1);
  opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore(STORE));
  const base = await done(opening);
  base.addEventListener("versionchange", () => base.close());
  try {
    return await done(ask(base.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    base.close();
  }
}

/** @param {Kept} kept @returns {Promise<unknown>} */
export const keepDevice = (kept) => withStore("readwrite", (store) => store.put(kept, ONLY));

/** What is kept here, or null; also where the browser keeps nothing at all. @returns {Promise<Kept | null>} */
export async function readDevice() {
  try {
    return (await withStore("readonly", (store) => store.get(ONLY))) ?? null;
  } catch {
    return null;
  }
}

/** Somebody does not want a code here just now. @returns {Promise<unknown>} */
export const keepDeclined = () => withStore("readwrite", (store) => store.put(Date.now(), DECLINED));

/** When somebody last said so here, milliseconds; 0: never, or it was cleared. @returns {Promise<number>} */
export async function declinedAt() {
  try {
    return Number((await withStore("readonly", (store) => store.get(DECLINED))) ?? 0);
  } catch {
    return 0;
  }
}

/** Forgets it; without the server's half it is dead bytes anyway. */
export const forgetDevice = () => done(indexedDB.deleteDatabase(BASE)).catch(() => undefined);
