/**
 * Keeps the copy of a room in step with what the room has seen. Nothing here is waited for: whatever happens to the copy, the page
 * goes on.
 */

import { copiesToWrite, keeping } from "../accounts/own_words.js";
import { bytesOf } from "../groups/record.js";
import { KIND } from "../sealing/envelope.js";
import { Copying } from "./copying.js";

/** @import { Group } from "../groups/group.js" */
/** @import { Row } from "../groups/posting.js" */
/** @import { Item } from "./circle.js" */
/** @import { Answer, List } from "./copy.js" */

const STRETCH = 200;

/** What stands: the newest standing item, and each member's newest profile. @param {Item} item */
const standsAs = ({ kind, author }) => (kind === KIND.profile ? author : "");

export class Keeper {
  /** @type {Map<string, Row>} */ #standing = new Map();
  #hasBefore = false;
  #written = "";
  #group;

  /** @param {Group} group @param {Copying} copy */
  constructor(group, copy) {
    this.#group = group;
    this.copy = copy;
  }

  /** @param {Group} group */
  static async of(group) {
    const records = await copiesToWrite(group.here.keys);
    return new Keeper(group, new Copying(records, group.id, (why) => keeping.tell(why)));
  }

  /** The room was opened from this. @param {List} list */
  wasKept({ before, standing }) {
    this.#hasBefore = before;
    this.#written = this.#mark(standing);
  }

  /** The server's first answer. @param {Answer} answer @param {number} after what was here already, 0 for nothing */
  async opened({ items, more, before, last }, after) {
    this.#hasBefore = before;
    await this.keepList();
    if (after === 0) return this.copy.begin(items, { first: more ? items[0][0] : 0, last });
    if (last < after) return this.copy.cut(last);
    return more ? this.#fill(after) : this.came(after, items, last);
  }

  /** All that came behind `after`. @param {number} after @param {Row[]} rows @param {number} [last] */
  async came(after, rows, last = rows.at(-1)?.[0] ?? after) {
    if (last <= after) return;
    const had = await this.copy.append(after, rows, last);
    if (had === null) await this.#keepAnew();
    else if (had !== undefined && had < after) await this.#fill(had);
  }

  /** The browser took the copy away under the page. */
  #keepAnew() {
    this.#written = "";
    return this.keepList();
  }

  /** @param {number} before @param {Row[]} rows @param {boolean} more */
  cameBefore(before, rows, more) {
    return this.copy.prepend(before, rows, more);
  }

  /** @param {Item[]} items opened @param {Row[]} rows the same, as they came */
  note(items, rows) {
    items.forEach((item, i) => {
      const stands = !item.code && (item.kind === KIND.profile || item.kind === KIND.standing);
      if (stands && rows[i][0] > (this.#standing.get(standsAs(item))?.[0] ?? 0)) this.#standing.set(standsAs(item), rows[i]);
    });
  }

  /** The list, as far as it is in order, and what stands. Written only when something of it moved. */
  async keepList() {
    const { trouble, isOpen, me, entries, boxRows, fkeyRows } = this.#group;
    const standing = [...this.#standing.values()];
    const written = this.#mark(standing);
    if (trouble || !isOpen || written === this.#written) return;
    this.#written = written;
    await this.copy.keepList({ me, log: entries.map(bytesOf), boxes: boxRows, fkeys: fkeyRows, standing, before: this.#hasBefore });
  }

  /** Tells one list from another: all of it only grows. @param {Row[]} standing */
  #mark(standing) {
    const { entries, boxRows, fkeyRows } = this.#group;
    return [entries.length, boxRows.length, fkeyRows.length, ...standing.map(([seq]) => seq).sort((one, other) => one - other)].join();
  }

  /** What lies between the copy and the newest words, which are on the page already. @param {number} after */
  async #fill(after) {
    for (let more = true; more; ) {
      const answer = await this.#group.ask("items", { after, limit: STRETCH });
      const last = answer.items.at(-1)?.[0] ?? after;
      await this.copy.append(after, answer.items, last);
      after = last;
      more = answer.more;
    }
  }

  /** Nothing of this group stays. */
  forget() {
    return this.copy.forget();
  }
}
