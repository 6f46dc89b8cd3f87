/**
 * The shelf on the device: one IndexedDB database with one table, bytes under bytes. It says nothing about what it holds.
 *
 * A browser may take the database away at any time: under a running page, for want of room, or because there is none at all (a
 * private window). So it is opened anew when it went away, and whatever fails is one error, `NotKept`, which nobody dies of.
 */

/** @import { Bytes } from "../sealing/codec.js" */
/**
 * @typedef {object} Shelf sealed bytes, by places of 20 bytes; in the order of places
 * @property {(place: Bytes) => Promise<Bytes|undefined>} get
 * @property {(from: Bytes, to: Bytes) => Promise<[Bytes, Bytes][]>} range both included
 * @property {(entries: [Bytes, Bytes][]) => Promise<void>} put all or none
 * @property {(from: Bytes, to: Bytes) => Promise<void>} remove both included
 */

export const DATABASE = "holdspace";
export const TABLE = "records";
const PATIENCE_MS = 2_000;

/** It could not be kept, or not be read: `isFull` when there is no room. */
export class NotKept extends Error {
  /** @param {unknown} cause */
  constructor(cause) {
    super("not kept on this device", { cause });
    this.isFull = cause instanceof DOMException && cause.name === "QuotaExceededError";
  }
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Some browsers neither open nor refuse. @template T @param {Promise<T>} work @returns {Promise<T>} */
function soon(work) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, PATIENCE_MS, new Error("the database does not open"));
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** @param {any} value what lay there @returns {Bytes} */
const bytes = (value) => new Uint8Array(value);

export class DeviceShelf {
  /** @type {Promise<IDBDatabase>|null} */ #opened = null;

  /** @param {Bytes} place */
  async get(place) {
    const found = await this.#read((table) => answered(table.get(place)));
    return found && bytes(found);
  }

  /** @param {Bytes} from @param {Bytes} to @returns {Promise<[Bytes, Bytes][]>} */
  range(from, to) {
    return this.#read(async (table) => {
      const which = IDBKeyRange.bound(from, to);
      const [places, values] = await Promise.all([answered(table.getAllKeys(which)), answered(table.getAll(which))]);
      return places.map((place, i) => [bytes(place), bytes(values[i])]);
    });
  }

  /** @template T @param {(table: IDBObjectStore) => Promise<T>} work @returns {Promise<T>} */
  #read(work) {
    return this.within("readonly", (transaction) => work(transaction.objectStore(TABLE)));
  }

  /** Twice, because the database may have gone away since it was opened. @template T @param {IDBTransactionMode} mode @param {(transaction: IDBTransaction) => Promise<T>} work @returns {Promise<T>} */
  async within(mode, work) {
    for (let again = true; ; again = false) {
      try {
        const database = await this.#database();
        return await work(database.transaction(TABLE, mode, { durability: "strict" }));
      } catch (why) {
        this.#opened = null;
        const isGone = why instanceof DOMException && (why.name === "InvalidStateError" || why.name === "AbortError");
        if (!again || !isGone) throw new NotKept(why);
      }
    }
  }

  #database() {
    this.#opened ??= soon(this.#open());
    return this.#opened;
  }

  async #open() {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
    const database = await answered(request);
    const away = () => {
      database.close();
      this.#opened = null;
    };
    // Somebody takes it away: a tab that clears this device (ui/forget.js), or the browser.
    database.onversionchange = away;
    database.onclose = away;
    return database;
  }
}
