/**
 * One group opened on this page: its log and keys (groups/group.js), what was said in it (circle.js), and what is on its way.
 *
 * Opening, catching up after a gap, live arrival and reading back are the same path: rows, opened, folded. Tells `change`,
 * `arrived` with live items in its detail, and `gone`.
 */

import { hear } from "../groups/hearing.js";
import { Turns } from "../local/turns.js";
import { same } from "../sealing/codec.js";
import { KIND } from "../sealing/envelope.js";
import { SealError } from "../sealing/errors.js";
import { Refusal } from "../ui/refusal.js";
import { sentenceOf, tell } from "./attempt.js";
import { fold, foldStanding, unsaid } from "./circle.js";
import { Company } from "./company.js";
import { keptHere } from "./kept_here.js";
import { LeftOff } from "./left_off.js";
import { openRows } from "./opening.js";
import { PresenceOpener } from "./presences.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Mark } from "../sealing/envelope.js" */
/** @import { Group } from "../groups/group.js" */
/** @import { Row } from "../groups/posting.js" */
/** @import { Item } from "./circle.js" */
/** @import { Desk } from "./desk.js" */
/** @import { Keeper } from "./keeper.js" */
/** @import { Answer, Copy } from "./copy.js" */

const [PAGE, STRETCH] = [50, 200];
/** In ms: so long a page with a copy waits for what came since, so that it does not come in above words that are being read. */
const NEWS_WAIT = 400;

export class Room extends Company {
  /** @type {import("../groups/admitting.js").Ask[]} who waits at the door, as this browser last saw it */ asks = [];
  /** @type {import("../groups/answering.js").FromListing} who asked from the listing */ fromListing = { wishes: [], notes: new Map() };
  /** @type {Desk|null} where this member writes, once it has come */ desk = null;
  /** Are there older words that were not loaded yet? */ hasEarlier = false;
  /** Was something said before this member came? */ hasBefore = false;
  /** Who is there for whom. */ presences = new PresenceOpener(this);
  /** Where this member left off. */ leftOff = new LeftOff("");
  /** Does something this member wrote wait on this device? */ hasUnsent = false;
  /** @type {Promise<unknown>} what came since this device looked is here, or is not waited for any more */ settled = Promise.resolve();
  /** @type {Map<string, Mark>} */ #seen = new Map();
  /** @type {Map<number, Row>} rows that stayed closed for want of a key */ #closed = new Map();
  /** One stretch after another. */ #turns = new Turns();
  #keeps = new Turns();
  /** One question after another: without a line they wait, and what is here goes on. */ #asks = new Turns();
  /** @type {(() => void)[]} */ #stops = [];
  #last = 0;
  /** @type {""|"later"|"next"|"done"} where reading back stands with the time before this member came back */ #past = "";
  /** @type {Copy|null} what this device kept, where it did */ #copy = null;
  /** @type {Promise<void>|undefined} */ #visit;
  #keeper;

  /** @param {Group} group not open yet */
  constructor(group) {
    super(group);
    /** @type {Promise<Keeper>} */ this.#keeper = new Promise((/** @type {(keeper: Keeper) => void} */ resolve) => {
      /** From now on the copy is kept up. @param {Keeper} keeper */
      this.keepWith = (keeper) => {
        this.#copy ??= keeper.copy;
        resolve(keeper);
      };
    });
  }

  /** @param {Group} group @returns {Promise<Room>} open, and following: soon as this device kept it, else as the server has it */
  static async open(group) {
    const room = new Room(group);
    if (await room.#lookBack()) return room;
    await room.look();
    room.#follow();
    return room;
  }

  /** Opens what this device kept, and asks for what came since while it does. @returns {Promise<boolean>} whether it kept anything */
  async #lookBack() {
    const reading = await keptHere();
    this.#copy = reading && (await reading.copyOf(this.group));
    const kept = this.#copy && (await reading?.lookBack(this.group, this.#copy, PAGE));
    if (!kept) return false;
    this.#keep((keeper) => keeper.wasKept(kept.list, kept.answer.last));
    const after = (this.#last = kept.answer.last);
    const shown = this.#turns.take(() => this.#show(kept.answer));
    const news = this.#asks.take(() => shown.then(() => this.look(after, kept.asked))).catch((why) => this.#failed(why));
    this.#follow();
    await shown;
    this.settled = Promise.race([news, new Promise((resolve) => setTimeout(resolve, NEWS_WAIT))]);
    return true;
  }

  /** Opens it as it is now, without following what comes. @param {number} [itemsAfter] @param {Promise<any>} [asked] the question, where it is on its way @returns {Promise<void>} */
  async look(itemsAfter = this.#last, asked = undefined) {
    const after = asked ? itemsAfter : this.#last;
    const answer = await this.group.open(itemsAfter, asked);
    if (answer.last < after) return this.look((this.#last = 0)); // less than the copy: anew
    await this.#turns.take(() => {
      // More than a page has come meanwhile: the newest are shown.
      if (after > 0 && answer.more) {
        this.seat(unsaid(this.circle));
        this.#past &&= "later";
      }
      return this.#show({ ...answer, more: answer.more || (after > 0 && this.hasEarlier) });
    });
    this.#keep((keeper) => keeper.opened(answer, after));
  }

  /** @param {Answer} answer */ async #show({ standing, items, more, before, last }) {
    this.hasEarlier = more;
    this.hasBefore = before;
    const stands = foldStanding(this.circle, await this.#open(standing));
    this.seat(fold(stands, await this.#open(items)));
    await Promise.all([this.#openPresences(), (this.#visit ??= this.#takeUp())]);
    this.leftOff.caughtUp(this.circle);
    this.#last = Math.max(this.#last, last, this.circle.last);
    this.changed();
  }

  /** What this device knows of the visit before: it is there before anything is drawn. */
  async #takeUp() {
    const visit = await (await keptHere())?.visitOf(this.group);
    this.leftOff = new LeftOff(this.me, visit?.leftOff);
    this.hasUnsent = visit?.hasUnsent ?? false;
  }

  /** What came between this member and others is opened after the words it answers. Tells `present` with what others gave. */
  async #openPresences() {
    const detail = await this.presences.open();
    if (detail.length > 0) this.dispatchEvent(new CustomEvent("present", { detail }));
  }

  /** The copy is kept up beside all else, when its keeper has come. @param {(keeper: Keeper) => unknown} work */
  #keep(work) {
    this.#keeps.take(async () => work(await this.#keeper)).catch((why) => {
      if (!(why instanceof Refusal)) throw why;
    });
  }

  /** What is here stays and can be read, but what came after it did not come, or was not as it should be. @param {unknown} why */
  #failed(why) {
    if (why instanceof Refusal && why.code === "not-found") this.#gone();
    else if (why instanceof SealError) this.group.report(why.code);
    else if (!(why instanceof Refusal)) tell(sentenceOf(why));
  }

  #gone() {
    this.#keep((keeper) => keeper.forget());
    this.dispatchEvent(new Event("gone"));
  }

  #follow() {
    const { connection } = this.group.here;
    const heard = (/** @type {{group: Bytes, row: Row, after?: number}} */ { group, row, after }) => same(group, this.group.id) && this.heard(row, after);
    this.group.addEventListener("change", () => this.#keep((keeper) => keeper.keepList()));
    this.group.addEventListener("change", () => this.#turns.take(() => this.#openAgain()).catch((why) => this.#failed(why)));
    this.group.addEventListener("gone", () => this.#gone());
    this.#stops = [connection.on("item", heard), connection.on("again", () => this.catchUp()), hear(this.group, () => this.catchUp())];
  }

  /** Nothing is heard any more. */ close = () => this.#stops.forEach((stop) => stop());

  /** Everything that came after what is here. */
  catchUp() {
    return this.#asks.take(async () => {
      for (let more = true; more; ) {
        const after = this.#last;
        const answer = await this.group.ask("items", { after, limit: STRETCH });
        this.dispatchEvent(new CustomEvent("arrived", { detail: await this.#turns.take(() => this.#fold(answer.items)) }));
        this.#keep((keeper) => keeper.came(after, answer.items));
        more = answer.more;
      }
    }).catch((why) => this.#failed(why));
  }

  /** The page of words before the oldest one here; behind the last of those since this member came back, those of before. */
  async loadEarlier() {
    const isPast = this.#past === "next";
    const before = this.circle.first || Number.MAX_SAFE_INTEGER;
    const { items, more } = (isPast ? null : await this.#copy?.ahead(before, PAGE)) ?? (await this.#askAhead(before, isPast));
    await this.#turns.take(() => {
      this.hasEarlier = more;
      if (!more && this.#past) this.#turnToPast();
      return this.#fold(items);
    });
  }

  /** From the server. @param {number} before @param {boolean} isPast @returns {Promise<{items: Row[], more: boolean}>} */
  async #askAhead(before, isPast) {
    const { items, more } = await this.group.ask(isPast ? "past" : "items", { before, limit: PAGE });
    if (!isPast) this.#keep((keeper) => keeper.cameBefore(before, items, more));
    return { items, more };
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

  /** News, which are the server's word alone: where they are not of a row, what came is asked for. @param {Row} row @param {number} [after] the last one for the whole room */
  heard(row, after) {
    return this.receive([row], after).then((detail) => this.dispatchEvent(new CustomEvent("arrived", { detail })), () => this.catchUp());
  }

  /** One that was just accepted. What came before it and was not heard is asked for first. @param {[Row]} rows @param {number} [before] the last that may have come before it */
  async receive(rows, before = rows[0][0] - 1) {
    if (before > this.#last) await this.catchUp();
    return this.#turns.take(async () => {
      const after = this.#last;
      const items = await this.#fold(rows);
      this.#keep((keeper) => keeper.came(after, rows));
      return items;
    });
  }

  /** @param {Row[]} rows @returns {Promise<Item[]>} */ async #fold(rows) {
    const items = await this.#open(rows);
    this.seat(fold(this.circle, items));
    await this.#openPresences();
    this.#last = Math.max(this.#last, this.circle.last);
    this.changed();
    return items;
  }

  /** @param {Row[]} rows */ async #open(rows) {
    const items = await openRows(this.group, rows, this.#seen);
    items.forEach(({ code }, i) => (code === "no-epoch-box" || code === "epoch-unlogged") && this.#closed.set(rows[i][0], rows[i]));
    this.#keep((keeper) => keeper.note(items, rows));
    this.presences.add(rows.filter((_, i) => items[i].kind === KIND.presence && !items[i].code));
    return items;
  }

  /** A key may have come: what waited for one is opened. */
  async #openAgain() {
    const rows = [...this.#closed.values()];
    this.#closed.clear();
    await this.#fold(rows);
  }
}
