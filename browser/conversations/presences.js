/**
 * Who is there for whom: presence given to this member, and by them (sealing.md 5.2). A pure fold, and the opening of what is between
 * two, which waits until it is known who said what it answers.
 *
 * @typedef {object} Presence
 * @property {string} id item id in hex
 * @property {number} seq
 * @property {string} author member id in hex
 * @property {string} parent item id in hex
 * @property {number} revision
 * @property {string} [text] a warm phrase; wordless without
 * @property {boolean} isGone
 *
 * @typedef {ReadonlyMap<string, Presence>} Presences by item id
 */

import { pairKeyOf } from "../groups/pairing.js";
import { isGone } from "../sealing/body.js";
import { fromHex, toHex } from "../sealing/codec.js";
import { openEnvelope, parseEnvelope } from "../sealing/envelope.js";
import { SealError } from "../sealing/errors.js";

/** @import { Mark } from "../sealing/envelope.js" */
/** @import { Row } from "../groups/posting.js" */
/** @import { Circle } from "./circle.js" */
/** @import { Company } from "./company.js" */

/** @type {Presences} */
export const NONE = new Map();

/**
 * @param {Presences} presences @param {Presence[]} given in any order, and more than once
 * @returns {Presences} the same in any order
 */
export function foldPresences(presences, given) {
  const next = new Map(presences);
  for (const each of given) {
    const known = next.get(each.id);
    if (!known || replaces(each, known)) next.set(each.id, each);
  }
  return next;
}

/** What was taken back never comes back, and nobody takes another's place. @param {Presence} each @param {Presence} known */
const replaces = (each, known) => each.author === known.author && !known.isGone && (each.isGone || each.revision > known.revision);

/** @param {Presences} presences @param {string} item @returns {Presence[]} who is there for its author, the first first */
export const presentAt = (presences, item) =>
  [...presences.values()].filter(({ parent, isGone: gone }) => parent === item && !gone).sort((one, other) => one.seq - other.seq);

/** Who said a share or reply, if it is here and open. @param {Circle} circle @param {string} item @returns {string|undefined} */
function authorOf({ shares, replies }, item) {
  const words = shares.get(item) ?? replies.get(item);
  return words?.code ? undefined : words?.author;
}

/** Opens what came between this member and others, as soon as it can. */
export class PresenceOpener {
  /** @type {Presences} */ all = NONE;
  /** @type {Map<string, Mark>} */ #seen = new Map();
  /** @type {Row[]} */ #waiting = [];
  #room;

  /** @param {Company} room */
  constructor(room) {
    this.#room = room;
  }

  /** @param {Row[]} rows to be opened */
  add(rows) {
    this.#waiting.push(...rows);
  }

  /** @returns {Promise<Presence[]>} what opened by now, and was given to this member by somebody */
  async open() {
    const waiting = this.#waiting.splice(0);
    if (waiting.length === 0) return [];
    const opened = (await Promise.all(waiting.map((row) => this.#open(row)))).filter((each) => each !== null);
    this.all = foldPresences(this.all, opened);
    return opened.filter(({ author }) => author !== this.#room.me);
  }

  /** @param {Row} row @returns {Promise<Presence|null>} null for what stays closed: nothing is said of it */
  async #open(row) {
    const [seq, envelope] = row;
    const { group, circle } = this.#room;
    try {
      const { header } = parseEnvelope(envelope);
      const [author, parent, { me }] = [toHex(header.author), toHex(header.parent), this.#room];
      const saidBy = authorOf(circle, parent);
      if (saidBy === undefined) return this.#wait(row);
      if (author !== me && saidBy !== me) return null;
      const keyOf = () => pairKeyOf(group, author === me ? fromHex(saidBy) : header.author, header.epoch);
      const { body, mark } = await openEnvelope(envelope, { expect: { group: group.id }, log: group.log, keyOf, seen: this.#seen });
      this.#seen.set(toHex(header.itemId), mark);
      return { id: toHex(header.itemId), seq, author, parent, revision: header.revision, text: typeof body.t === "string" ? body.t : undefined, isGone: isGone(body) };
    } catch (why) {
      if (!(why instanceof SealError)) throw why;
      return why.code === "stale-log" || why.code === "no-epoch-box" ? this.#wait(row) : null;
    }
  }

  /** @param {Row} row */
  #wait(row) {
    this.#waiting.push(row);
    return null;
  }
}
