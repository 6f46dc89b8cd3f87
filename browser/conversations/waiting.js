/** The list of what waits to be sent to one group, sealed on this device and the same for all tabs. */

import { NotKept } from "../local/device_shelf.js";
import { inTurn } from "../local/locks.js";
import { SORT } from "../local/records.js";
import { fromJson, toHex, toJson } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { WritableRecords } from "../local/writing.js" */
/** @import { Unsent } from "./sending.js" */

export class Waiting {
  /** @type {Unsent[]|null} where nothing can be kept at all: as long as the page is open */ #memory = null;
  #records;
  #group;

  /** @param {WritableRecords} records @param {Bytes} group */
  constructor(records, group) {
    this.#records = records;
    this.#group = group;
    this.name = toHex(group);
  }

  /** @returns {Promise<Unsent[]>} in the order in which they were written */
  async read() {
    if (this.#memory) return this.#memory;
    try {
      const plain = await this.#records.get(SORT.outbox, this.#group);
      return plain ? /** @type {any} */ (fromJson(plain).waiting) : [];
    } catch (why) {
      if (!(why instanceof SealError || why instanceof NotKept)) throw why;
      return [];
    }
  }

  /** One change after another, in all tabs. @param {(entries: Unsent[]) => Unsent[]} change @returns {Promise<Unsent[]>} as it is then */
  change(change) {
    return inTurn(`outbox ${this.name}`, async () => {
      const before = await this.read();
      const waiting = change(before);
      await this.#write(waiting);
      return waiting;
    });
  }

  /** @param {Unsent[]} waiting */
  async #write(waiting) {
    if (this.#memory) this.#memory = waiting;
    try {
      if (waiting.length === 0) await this.#records.remove(SORT.outbox, this.#group);
      else await this.#records.put([[SORT.outbox, this.#group, 0, toJson({ v: 1, waiting })]]);
      this.#memory = null;
    } catch (why) {
      if (!(why instanceof NotKept)) throw why;
      this.#memory = waiting;
    }
  }
}
