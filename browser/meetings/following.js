/** A group's hours on this page: asked for, kept in step with the others, changed by facilitators. Tells `change`. */

import { same } from "../sealing/codec.js";
import { readHours, setHours } from "./hours.js";

/** @import { Room } from "../conversations/room.js" */
/** @import { MeetingDate, Times } from "./hours.js" */

/** In ms: so often what goes on and what is next is looked at anew. */
const AGAIN = 10 * 60_000;

export class Hours extends EventTarget {
  /** @type {Times[]} */ times = [];
  /** @type {MeetingDate[]} */ dates = [];
  /** Have they come? */ isHere = false;
  #room;

  /** @param {Room} room */
  constructor(room) {
    super();
    this.#room = room;
    const { connection } = room.group.here;
    connection.on("hours", (/** @type {any} */ { group }) => same(group, room.group.id) && this.#look());
    connection.on("again", () => this.#look());
    setInterval(() => this.#look(), AGAIN);
    this.#look();
  }

  get now() {
    return Date.now();
  }

  get isAway() {
    return this.#room.group.here.connection.isAway;
  }

  get maySet() {
    const { group } = this.#room;
    return group.isFacilitator && !group.log.isClosed && !group.trouble;
  }

  /** What stands stays where they don't come. */
  #look() {
    return this.#ask().catch(() => undefined);
  }

  async #ask() {
    const { times, dates } = await readHours(this.#room.group);
    [this.times, this.dates, this.isHere] = [times, dates.filter(([, end]) => end > Date.now()), true];
    this.dispatchEvent(new Event("change"));
  }

  /**
   * Changes the hours as they are by now.
   *
   * @param {(all: Times[]) => Times[]} change
   */
  async set(change) {
    await setHours(this.#room.group, change(this.times));
    await this.#ask();
  }
}
