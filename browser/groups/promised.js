/**
 * What somebody said while asking to join: what they want to be called, and which agreement they said yes to. It is kept in their
 * tab until they are in, and said to the group then.
 */

/** @typedef {{name: string, agreed: string}} Promised the agreement as its hash in hex */

const PLACE = "hs-promised ";

/** @param {string} group in hex @param {Promised} promised */
export const keepPromised = (group, promised) => sessionStorage.setItem(PLACE + group, JSON.stringify(promised));

/** @param {string} group in hex @returns {Promised|null} */
export function promisedTo(group) {
  const kept = sessionStorage.getItem(PLACE + group);
  return kept === null ? null : JSON.parse(kept);
}

/** @param {string} group in hex */
export const dropPromised = (group) => sessionStorage.removeItem(PLACE + group);
