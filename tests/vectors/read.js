/** Reads the vector files for `node --test`. */

import { readFileSync } from "node:fs";

import { codeOf } from "../../browser/sealing/errors.js";

/** @param {string} name */
const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));

/** What the prototype of the specification gave. */
export const prototype = read("prototype.json");

/** What the Python twin made: sections hold cases by name, bytes in hex. A case with `code` must be refused with it. */
export const vectors = read("holdspace-1.json");

/**
 * The code with which something is refused; undefined when it is not. Anything but a SealError is thrown on.
 *
 * @param {() => Promise<unknown>} work
 * @returns {Promise<string | undefined>}
 */
export async function refusalOf(work) {
  try {
    await work();
  } catch (error) {
    return codeOf(error);
  }
  return undefined;
}
