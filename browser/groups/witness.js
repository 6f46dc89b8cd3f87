/**
 * What this device saw of a list that does not hold together (docs/sealing.md 3.7): kept while the page is open, for its person to save
 * (record.js). No words, no names, no keys.
 */

import { toHex } from "../sealing/codec.js";
import { head16, parseEntry } from "../sealing/log_entry.js";

/** @import { Bytes } from "../sealing/codec.js" */
/**
 * @typedef {object} Sighting of one place in the list
 * @property {string} code
 * @property {number} seq
 * @property {Bytes} [ours] head16 of what this device holds, or saw before
 * @property {Bytes} [other] head16 of what was claimed or shown in its place
 * @property {Bytes} [entry] the other entry, where the server served it
 */

export class Witness {
  /** @type {Map<string, Sighting>} */ #seen = new Map();

  /** @param {Sighting} sighting what is known of it already stays */
  saw(sighting) {
    const place = `${sighting.seq} ${toHex(sighting.other ?? new Uint8Array(0))}`;
    this.#seen.set(place, { ...this.#seen.get(place), ...sighting });
  }

  /** An entry the server showed that does not fit. @param {string} code @param {number} seq where it came @param {Bytes} entry @param {Bytes} [ours] head16 */
  async sawEntry(code, seq, entry, ours) {
    const parsed = await parseEntry(entry).catch(() => null);
    this.saw({ code, seq, entry, ...(ours ? { ours } : {}), ...(parsed ? { other: head16(parsed.hash) } : {}) });
  }

  get sightings() {
    return [...this.#seen.values()];
  }
}
