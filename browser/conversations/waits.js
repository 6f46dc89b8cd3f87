/** What waits for somebody in one of their groups, in words: seen from the page of their groups, without opening the group itself. */

import { copiesToWrite, ownWordsOf } from "../accounts/own_words.js";
import { NotKept } from "../local/device_shelf.js";
import { SORT } from "../local/records.js";
import { fromJson, same, toHex } from "../sealing/codec.js";
import { TYPE } from "../sealing/log_entry.js";
import { recordsIn } from "../sealing/log_payload.js";
import { Refusal } from "../ui/refusal.js";
import { Copy } from "./copy.js";
import { keptHere } from "./kept_here.js";
import { LeftOff, saidByOthers } from "./left_off.js";
import { line } from "./lines.js";
import { named } from "./parts.js";
import { Waiting } from "./waiting.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { WritableRecords } from "../local/writing.js" */
/** @import { List, Stretch } from "./copy.js" */
/** @import { Room } from "./room.js" */

/** More items than any group has: only what stands is asked for. */
const NO_ITEMS = Number.MAX_SAFE_INTEGER;
/** So many names are told; then it is "and others". */
const NAMES = 3;

export class Visit {
  #room;
  #kept;
  #read;

  /**
   * @param {Room} room
   * @param {{list: List, stretch: Stretch}|null} kept what this device had seen of it; null: nothing that it knows of
   * @param {number} read how far its person had read (left_off.js)
   */
  constructor(room, kept, read) {
    this.#room = room;
    this.#kept = kept;
    this.#read = read;
  }

  /** Opens the group's name and people, and what was said since its person left off reading, or this device last saw it. @param {Room} room */
  static async to(room) {
    const { here, id } = room.group;
    const kept = await new Copy(await copiesToWrite(here.keys), id).read();
    const left = kept && (await (await keptHere())?.visitOf(room.group));
    const { read } = new LeftOff("", left?.leftOff);
    await room.look(kept ? Math.min(kept.stretch.last, read) : NO_ITEMS);
    return new Visit(room, kept, read);
  }

  /** @returns {Promise<HTMLElement[]>} a line each */
  async waits() {
    const { group } = this.#room;
    if (group.log.isClosed || group.trouble) return [];
    const [own, guiding] = await Promise.all([this.#own(), this.#guiding()]);
    const lines = [...own, ...this.#news(), this.#place(), ...guiding].filter((each) => each !== null);
    const isQuiet = lines.length === 0 && this.#kept;
    return [...lines, ...(isQuiet ? [wait("quiet") ?? ""] : [])].map((words) => {
      const item = document.createElement("li");
      item.append(words);
      return item;
    });
  }

  /** What its person left unfinished. */
  async #own() {
    const { here, id } = this.#room.group;
    const records = await ownWordsOf(here.keys);
    const [unsent, begun] = await Promise.all([new Waiting(records, id).read(), hasBegun(records, id)]);
    return [unsent.length > 0 ? wait("unsent") : null, begun ? wait("begun") : null];
  }

  /** What happened since this device last saw it; nothing where it keeps nothing. */
  #news() {
    if (!this.#kept) return [];
    return [told("wrote", this.#authors()), told("came", this.#newcomers())];
  }

  /** @returns {string[]} the others who shared, replied or wrote in the chat, by name */
  #authors() {
    const { circle, group } = this.#room;
    const said = [circle.shares, circle.replies, circle.chats].flatMap((words) => [...words.values()]);
    const fresh = said.filter(({ author, code, isGone, seq }) => !code && !isGone && author !== toHex(group.me) && seq > this.#last);
    return this.#namesOf(fresh.map(({ author }) => author));
  }

  /** As far as this device had seen it. */
  get #last() {
    return this.#kept?.stretch.last ?? 0;
  }

  /** Its person stopped reading partway: it is said that their place is kept, not that anything was missed. Where there is news, the group's page says it. */
  #place() {
    if (!this.#kept || this.#authors().length > 0) return null;
    const isPartway = saidByOthers(this.#room.circle, toHex(this.#room.group.me)).some(({ code, seq }) => !code && seq > this.#read);
    return isPartway ? wait("place") : null;
  }

  /** @returns {string[]} who was let in, by name */
  #newcomers() {
    const { group } = this.#room;
    const since = group.entries.slice(this.#kept?.list.log.length);
    const came = since.flatMap(({ draft }) => (draft.type === TYPE.add ? recordsIn(draft).map(({ memberId }) => memberId) : []));
    return this.#namesOf(came.filter((id) => group.log.member(id)?.isActive && !same(id, group.me)).map(toHex));
  }

  /** @param {string[]} members in hex @returns {string[]} each once */
  #namesOf(members) {
    return [...new Set(members)].flatMap((member) => this.#room.nameOf(member) ?? []);
  }

  /** What waits for who guides the group. */
  async #guiding() {
    const { group } = this.#room;
    if (!group.isFacilitator) return [];
    const isAsked = await group.ask("waiting").then(hasNews, unlessRefused);
    const here = group.log.active();
    const isAlone = here.length === 1;
    const guides = here.filter(({ isFacilitator }) => isFacilitator);
    return [isAsked ? wait("asking") : null, isAlone ? wait("alone") : null, !isAlone && guides.length === 1 ? wait("one-facilitator") : null];
  }
}

/** Who was told "later" waits for a place and not for an answer. @param {{asks: unknown[], requests: {state: string}[]}} answer */
const hasNews = ({ asks, requests }) => asks.length > 0 || requests.some(({ state }) => state === "waiting");

/** @param {unknown} why */
function unlessRefused(why) {
  if (!(why instanceof Refusal)) throw why;
  return false;
}

/** @param {string} name @param {Record<string, string>} [places] */
const wait = (name, places) => line("home-waits", name, places);

/** @param {string} name @param {string[]} names */
function told(name, names) {
  if (names.length === 0) return null;
  return names.length > NAMES ? wait(`more-${name}`, { who: named(names.slice(0, NAMES - 1), "unit") }) : wait(name, { who: named(names) });
}

/** Are there words in a box, in whichever tab they were begun? About nobody: is a group being started? @param {WritableRecords} records @param {Bytes} group */
export async function hasBegun(records, group) {
  try {
    const kept = await records.readable(SORT.drafts, group);
    // What was sent may leave a record behind in which nothing is begun.
    return kept.some(([, plain]) => Object.keys(/** @type {object} */ (fromJson(plain).texts)).length > 0);
  } catch (why) {
    if (!(why instanceof NotKept)) throw why;
    return false;
  }
}
