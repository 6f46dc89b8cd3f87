/**
 * One group opened on this page: its log and keys (groups/group.js), what was said in it (circle.js), and what is on its way.
 *
 * Opening, catching up after a gap, live arrival and reading back are the same path: rows, opened, folded. Tells `change`,
 * `arrived` with live items in its detail, and `gone`.
 */

import { hear } from "../groups/hearing.js";
import { same, toHex } from "../sealing/codec.js";
import { emptyCircle, fold, foldStanding, groupName, nameOf } from "./circle.js";
import { openRows } from "./opening.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Mark } from "../sealing/envelope.js" */
/** @import { Group } from "../groups/group.js" */
/** @import { Row } from "../groups/posting.js" */
/** @import { Item } from "./circle.js" */
/** @import { Desk } from "./desk.js" */

const PAGE = 50;
const STRETCH = 200;

export class Room extends EventTarget {
  circle = emptyCircle();
  /** @type {import("../groups/admitting.js").Ask[]} who waits at the door, as this browser last saw it */ asks = [];
  /** @type {Desk|null} where this member writes, once it has come */ desk = null;
  /** Are there older words that were not loaded yet? */ hasEarlier = false;
  /** Was something said before this member came? */ hasBefore = false;
  /** @type {Map<string, Mark>} */ #seen = new Map();
  /** @type {Map<number, Row>} rows that stayed closed for want of a key */ #closed = new Map();
  /** @type {Promise<unknown>} */ #turn = Promise.resolve();
  /** @type {(() => void)[]} */ #stops = [];
  #last = 0;
  /** @type {""|"later"|"next"|"done"} where reading back stands with the time before this member came back */ #past = "";

  /** @param {Group} group not open yet */
  constructor(group) {
    super();
    this.group = group;
  }

  /** @param {Group} group @returns {Promise<Room>} open, and following */
  static async open(group) {
    const room = new Room(group);
    await room.look();
    room.#follow();
    return room;
  }

  /** Opens it as it is now, without following what comes. @param {number} [itemsAfter] */
  async look(itemsAfter = 0) {
    const { standing, items, more, before, last } = await this.group.open(itemsAfter);
    this.hasEarlier = more;
    this.hasBefore = before;
    this.circle = foldStanding(this.circle, await this.#open(standing));
    this.circle = fold(this.circle, await this.#open(items));
    this.#last = Math.max(last, this.circle.last);
  }

  #follow() {
    const { connection } = this.group.here;
    const heard = (/** @type {{group: Bytes, row: Row}} */ { group, row }) => same(group, this.group.id) && this.#heard(row);
    const changed = () => this.#inTurn(() => this.#openAgain());
    this.group.addEventListener("change", changed);
    this.group.addEventListener("gone", () => this.dispatchEvent(new Event("gone")));
    this.#stops = [connection.on("item", heard), connection.on("again", () => this.catchUp()), hear(this.group, () => this.catchUp())];
  }

  /** Nothing is heard any more. */
  close() {
    for (const stop of this.#stops) stop();
  }

  /** What a member is called. @param {string} member id in hex */
  nameOf(member) {
    return nameOf(this.circle, member);
  }

  get myName() {
    return this.nameOf(toHex(this.group.me));
  }

  get name() {
    return groupName(this.circle);
  }

  /** Everything that came after what is here. */
  catchUp() {
    return this.#inTurn(async () => {
      for (let more = true; more; ) {
        const answer = await this.group.ask("items", { after: this.#last, limit: STRETCH });
        await this.#fold(answer.items);
        more = answer.more;
      }
    }).catch(() => undefined);
  }

  /** The page of words before the oldest one here; behind the last of those since this member came back, those of before. */
  loadEarlier() {
    return this.#inTurn(async () => {
      const before = this.circle.first || Number.MAX_SAFE_INTEGER;
      const { items, more } = await this.group.ask(this.#past === "next" ? "past" : "items", { before, limit: PAGE });
      this.hasEarlier = more;
      if (!more && this.#past) this.#turnToPast();
      await this.#fold(items);
    });
  }

  /** Words from before this member came back can be opened. @param {boolean} isWhole all of them */
  offerPast(isWhole) {
    if (isWhole) this.hasBefore = false;
    if (this.#past) return;
    this.#past = "later";
    if (!this.hasEarlier) this.#turnToPast();
  }

  #turnToPast() {
    this.hasEarlier = this.#past === "later";
    this.#past = this.#past === "later" ? "next" : "done";
    this.changed();
  }

  /** @param {Row} row */
  async #heard(row) {
    if (row[0] > this.#last + 1) await this.catchUp();
    const items = await this.receive([row]);
    this.dispatchEvent(new CustomEvent("arrived", { detail: items }));
  }

  /** @param {Row[]} rows */
  receive(rows) {
    return this.#inTurn(() => this.#fold(rows));
  }

  /** One stretch after another, so that no two opened at once lose each other's. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  #inTurn(work) {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** @param {Row[]} rows @returns {Promise<Item[]>} */
  async #fold(rows) {
    const items = await this.#open(rows);
    this.circle = fold(this.circle, items);
    this.#last = Math.max(this.#last, this.circle.last);
    this.changed();
    return items;
  }

  /** @param {Row[]} rows */
  async #open(rows) {
    const items = await openRows(this.group, rows, this.#seen);
    items.forEach(({ code }, i) => code === "no-epoch-box" && this.#closed.set(rows[i][0], rows[i]));
    return items;
  }

  /** A key may have come: what waited for one is opened. */
  async #openAgain() {
    const rows = [...this.#closed.values()];
    this.#closed.clear();
    if (rows.length > 0) await this.#fold(rows);
    else this.changed();
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }

  /** Did this member say yes to the agreement as it stands, and to the principles? By their own word alone. */
  get hasSigned() {
    return this.isBoth(this.circle.signatures.get(toHex(this.group.me)));
  }

  /** @param {Record<string, number>|undefined} signed */
  isBoth(signed) {
    return (signed?.agreement ?? 0) >= (this.group.log.agreement?.version ?? 1) && (signed?.principles ?? 0) >= 1;
  }
}
