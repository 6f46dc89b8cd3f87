/** Where what was begun is kept: with the drafts, sealed, about no group yet (../drafts.js). On a shared device it ends with the tab. */

import { ownWordsOf } from "../../accounts/own_words.js";
import { NOBODY } from "../../local/records.js";
import { Drafts } from "../drafts.js";
import { takeOver } from "../taking_over.js";
import { readBegun } from "./begun.js";

/** @import { Keys } from "../../accounts/account_keys.js" */
/** @import { Begun } from "./begun.js" */

const PLACE = "start";

export class KeptBegun {
  #drafts;

  /** @param {Drafts} drafts open */
  constructor(drafts) {
    this.#drafts = drafts;
  }

  /** @param {Keys} keys */
  static async open(keys) {
    const records = await ownWordsOf(keys);
    await takeOver(keys, records, NOBODY);
    const drafts = new Drafts(records, NOBODY);
    await drafts.open();
    return new KeptBegun(drafts);
  }

  /** @returns {Begun} */
  read() {
    return readBegun(this.#drafts.get(PLACE).text);
  }

  /** @param {Begun} begun */
  write(begun) {
    this.#drafts.set(PLACE, { text: JSON.stringify(begun) });
  }

  /** Written, and on the device when it returns. @param {Begun} begun */
  async keep(begun) {
    this.write(begun);
    await this.#drafts.save();
  }

  async forget() {
    this.#drafts.set(PLACE, { text: "" });
    await this.#drafts.save();
  }
}
