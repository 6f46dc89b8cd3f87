/**
 * The device's shelf, and the tab's where the device takes nothing: for the little that must not be lost. What somebody has written
 * rests in their tab at least, when the device is full or its database does not open.
 */

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Shelf } from "./device_shelf.js" */
import { same, toHex } from "../sealing/codec.js";
import { NotKept } from "./device_shelf.js";

/**
 * Nothing, where the device does not answer; whoever wants to know is told by `put`.
 *
 * @template T @param {Promise<T>} work @param {T} instead @returns {Promise<T>}
 */
async function orElse(work, instead) {
  try {
    return await work;
  } catch (why) {
    if (!(why instanceof NotKept)) throw why;
    return instead;
  }
}

/** @implements {Shelf} */
export class BothShelves {
  #device;
  #tab;
  #told;

  /** @param {Shelf} device @param {Shelf} tab @param {(why: NotKept) => void} told the device took nothing */
  constructor(device, tab, told) {
    this.#device = device;
    this.#tab = tab;
    this.#told = told;
  }

  /** @param {Bytes} place */
  async get(place) {
    return (await this.#tab.get(place)) ?? orElse(this.#device.get(place), undefined);
  }

  /** @param {Bytes} from @param {Bytes} to @returns {Promise<[Bytes, Bytes][]>} */
  async range(from, to) {
    /** @type {[Bytes, Bytes][]} */ const none = [];
    const [below, above] = await Promise.all([orElse(this.#device.range(from, to), none), this.#tab.range(from, to)]);
    const found = new Map([...below, ...above].map((entry) => [toHex(entry[0]), entry]));
    return [...found.keys()].sort().map((place) => /** @type {[Bytes, Bytes]} */ (found.get(place)));
  }

  /** @param {[Bytes, Bytes][]} entries */
  async put(entries) {
    const before = await Promise.all(entries.map(([place]) => this.#tab.get(place)));
    try {
      await this.#device.put(entries);
    } catch (why) {
      if (!(why instanceof NotKept)) throw why;
      this.#told(why);
      return this.#tab.put(entries);
    }
    // What rested in the tab is the older one now, unless it came meanwhile.
    await Promise.all(entries.map(([place], i) => this.#removeFromTab(place, before[i])));
  }

  /** @param {Bytes} place @param {Bytes|undefined} older */
  async #removeFromTab(place, older) {
    const there = await this.#tab.get(place);
    if (there && older && same(there, older)) await this.#tab.remove(place, place);
  }

  /** @param {Bytes} from @param {Bytes} to */
  async remove(from, to) {
    await Promise.all([orElse(this.#device.remove(from, to), undefined), this.#tab.remove(from, to)]);
  }
}
