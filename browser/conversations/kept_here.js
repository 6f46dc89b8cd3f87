/** Whether this device kept anything, and then what reads it: a first visit carries nothing of it. */

import { mayKeepOnDevice } from "../accounts/device_mode.js";
import { later } from "../ui/later.js";

/** @import { Reading } from "./reading_copy.js" */

const DATABASE = "holdspace";
/** Before what a tab keeps (local/tab_shelf.js). */
const IN_TAB = "hs-kept ";

/** @type {Promise<Reading|null>|undefined} */
let reading;

/** @returns {Promise<Reading|null>} the same for the whole page; null: as on a first visit */
export function keptHere() {
  reading ??= find().catch(() => null);
  return reading;
}

/** @returns {Promise<Reading|null>} */
async function find() {
  if (!mayKeepOnDevice()) return Object.keys(sessionStorage).some((key) => key.startsWith(IN_TAB)) ? later("copy") : null;
  const databases = await indexedDB.databases();
  return databases.some(({ name }) => name === DATABASE) ? later("copy") : null;
}
