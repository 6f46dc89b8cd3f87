/**
 * Keeps the copy of a room in step with what the room has seen. Nothing here is waited for: whatever happens to the copy, the page
 * goes on.
 */

import { copiesToWrite, keeping } from "../accounts/own_words.js";
import { bytesOf } from "../groups/record.js";
import { same } from "../sealing/codec.js";
import { KIND } from "../sealing/envelope.js";
import { Refusal } from "../ui/refusal.js";
import { Copying } from "./copying.js";

/** @import { Room } from "./room.js" */
/** @import { Row } from "../groups/posting.js" */
/** @import { Circle, Item, Words } from "./circle.js" */
/** @import { Answer, List } from "./copy.js" */

const STRETCH = 200;
const MENDED_AT_ONCE = 20;
/** Why a row stays closed that may have been another one on its way here. @type {ReadonlySet<string>} */
const CHANGED = new Set(["format", "padding", "context", "damaged", "commitment"]);

const lastOf = (/** @type {Row[]} */ rows, /** @type {number} */ otherwise) => rows.reduce((last, [seq]) => Math.max(last, seq), otherwise);
const sameRow = (/** @type {Row} */ one, /** @type {Row|undefined} */ other) => other !== undefined && one[0] === other[0] && same(one[1], other[1]);

/** What stands: the newest standing item, and each member's newest profile. @param {Item} item */
const standsAs = ({ kind, author }) => (kind === KIND.profile ? author : "");

/** The circle without what stayed closed at this place. @param {Circle} circle @param {number} seq @returns {Circle} */
function without(circle, seq) {
  const left = (/** @type {Map<string, Words>} */ words) => new Map([...words].filter(([, each]) => !(each.code && each.seq === seq)));
  return { ...circle, shares: left(circle.shares), replies: left(circle.replies), chats: left(circle.chats) };
}

/** Tells one list from another: it only grows, and a box may take another's place. @param {{log: unknown[], boxes: any[], fkeys: unknown[], standing: Row[]}} list */
function markOf({ log, boxes, fkeys, standing }) {
  const which = boxes.map(([epoch, , box]) => `${epoch} ${box.slice(-4).join(".")}`).sort();
  return [log.length, ...which, fkeys.length, ...standing.map(([seq]) => seq).sort((one, other) => one - other)].join();
}

export class Keeper {
  /** @type {Map<string, Row>} */ #standing = new Map();
  /** @type {Set<number>} asked for once more */ #asked = new Set();
  #hasBefore = false;
  #hadLast = 0;
  #written = "";
  #room;
  #group;

  /** @param {Room} room @param {Copying} copy */
  constructor(room, copy) {
    this.#room = room;
    this.#group = room.group;
    this.copy = copy;
  }

  /** @param {Room} room */
  static async of(room) {
    const { id, here } = room.group;
    const records = await copiesToWrite(here.keys);
    return new Keeper(room, new Copying(records, id, (why) => keeping.tell(why)));
  }

  /** The room was opened from this. @param {List} list @param {number} last item of it */
  wasKept(list, last) {
    this.#hadLast = last;
    this.#hasBefore = list.before;
    this.#written = markOf(list);
  }

  /** The server's first answer. How far it says things have come counts no further than what it shows. @param {Answer} answer @param {number} after what was here already, 0 for nothing */
  async opened({ items, more, before }, after) {
    this.#hasBefore = before;
    await this.keepList();
    const last = lastOf(items, after);
    if (last < this.#hadLast) keeping.say("less");
    if (after === 0) return this.copy.begin(items, { first: more ? items[0][0] : 0, last });
    return more ? this.#fill(after) : this.came(after, items, last);
  }

  /** All that came behind `after`. @param {number} after @param {Row[]} rows @param {number} [last] */
  async came(after, rows, last = lastOf(rows, after)) {
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
    const changed = rows.filter((row, i) => CHANGED.has(items[i].code ?? "") && !this.#asked.has(row[0])).slice(0, MENDED_AT_ONCE);
    for (const [seq] of changed) this.#asked.add(seq);
    // Not waited for: without a line it would hold up all else.
    Promise.all(changed.map((row) => this.#mend(row))).catch((why) => {
      if (!(why instanceof Refusal)) throw why;
    });
  }

  /**
   * A row that does not open is asked for once more: what a server, or whoever sits in between, changed on one day must not stay closed here
   * for good.
   *
   * @param {Row} row
   */
  async #mend(row) {
    const [seq] = row;
    const { items } = await this.#group.ask("items", { after: seq - 1, limit: 1 });
    /** @type {Row|undefined} */ const now = items[0];
    if (sameRow(row, now)) return;
    const mended = now?.[0] === seq ? now : null;
    await this.copy.mend(seq, mended);
    this.#room.seat(without(this.#room.circle, seq));
    if (mended) await this.#room.receive([mended]);
    else this.#room.changed();
  }

  /** The list, as far as it is in order, and what stands. Written only when something of it moved. */
  async keepList() {
    const { trouble, isOpen, me, entries, boxRows, fkeyRows } = this.#group;
    if (trouble || !isOpen) return;
    const list = { me, log: entries, boxes: boxRows, fkeys: fkeyRows, standing: [...this.#standing.values()], before: this.#hasBefore };
    const written = markOf(list);
    if (written === this.#written) return;
    this.#written = written;
    await this.copy.keepList({ ...list, log: entries.map(bytesOf) });
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
