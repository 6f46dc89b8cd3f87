/** The shelf in the tab: `sessionStorage`. It is gone with the tab, and holds little. */

import { fromB64url, fromHex, toB64url, toHex } from "../sealing/codec.js";
import { NotKept } from "./device_shelf.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Shelf } from "./device_shelf.js" */

const PREFIX = "hs-kept ";

/** @returns {string[]} places in hex */
const places = () =>
  Array.from({ length: sessionStorage.length }, (_, i) => sessionStorage.key(i) ?? "")
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => key.slice(PREFIX.length))
    .sort();

/** @param {Bytes} from @param {Bytes} to @returns {string[]} */
const within = (from, to) => places().filter((place) => toHex(from) <= place && place <= toHex(to));

/** @param {string} place in hex @returns {Bytes|undefined} */
function read(place) {
  const kept = sessionStorage.getItem(PREFIX + place);
  return kept === null ? undefined : fromB64url(kept);
}

/** @implements {Shelf} */
export class TabShelf {
  /** @param {Bytes} place */
  async get(place) {
    return read(toHex(place));
  }

  /** @param {Bytes} from @param {Bytes} to @returns {Promise<[Bytes, Bytes][]>} */
  async range(from, to) {
    return within(from, to).map((place) => [fromHex(place), /** @type {Bytes} */ (read(place))]);
  }

  /** @param {[Bytes, Bytes][]} entries */
  async put(entries) {
    try {
      for (const [place, value] of entries) sessionStorage.setItem(PREFIX + toHex(place), toB64url(value));
    } catch (why) {
      throw new NotKept(why);
    }
  }

  /** @param {Bytes} from @param {Bytes} to */
  async remove(from, to) {
    for (const place of within(from, to)) sessionStorage.removeItem(PREFIX + place);
  }
}
