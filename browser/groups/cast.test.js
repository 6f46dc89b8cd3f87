/** People and groups for the tests of this folder: real keys, real logs, and a server that is a list. */

import { invite as draftInvite, add, agree, genesis } from "../sealing/log_draft.js";
import { askToJoin, invitePublic, newSecret } from "../sealing/invite.js";
import { groupKeys } from "../sealing/keys.js";
import { ROLE } from "../sealing/log_payload.js";
import { parseEntry } from "../sealing/log_entry.js";
import { randomBytes, sha } from "../sealing/primitives.js";
import { Refusal } from "../ui/refusal.js";
import { writeFkey } from "./facilitators_key.js";
import { boxesForAll, Pen } from "./pen.js";

/** @typedef {{id: Uint8Array<ArrayBuffer>, keys: import("../sealing/keys.js").Keys, seed: Uint8Array<ArrayBuffer>}} Person */

const WEEK = 7 * 24 * 3600 * 1000;

/** A group with a founder, and everything that happened in it. */
export class Town {
  id = randomBytes(16);
  /** @type {Map<string, Person>} */ people = new Map();
  /** @type {Uint8Array<ArrayBuffer>[]} */ secrets = [new Uint8Array(0)];
  /** @type {Uint8Array<ArrayBuffer>[]} */ entries = [];
  /** @type {any} */ fkeys = [];

  /** @param {string} name @returns {Promise<Person>} */
  async person(name) {
    const seed = randomBytes(32);
    const person = { id: randomBytes(16), seed, keys: await groupKeys(seed, this.id, 1) };
    this.people.set(name, person);
    return person;
  }

  /** @param {string} name @param {Uint8Array<ArrayBuffer>|null} [steward] */
  async begin(name, steward = null) {
    const { id: memberId, keys } = await this.person(name);
    const pen = new Pen(null, keys.e, memberId);
    const founder = { memberId, gen: 1, xPublic: keys.xPublic, ePublic: keys.ePublic, role: ROLE.facilitator };
    this.secrets.push(randomBytes(32));
    await pen.begin(genesis(this.id, founder, { steward }, { es: this.secrets[1], nowMs: Date.now() }));
    await pen.write(async (log, by) => agree(log, by, 2, await sha(new Uint8Array(1))));
    this.fkeys = await writeFkey(pen);
    return this.take(pen);
  }

  /** @param {Pen} pen */
  take(pen) {
    this.entries.push(...pen.entries);
    this.log = pen.log;
    return this;
  }

  /** @param {string} name @returns {Pen} to act as somebody */
  penOf(name) {
    const { id, keys } = /** @type {Person} */ (this.people.get(name));
    return new Pen(this.log ?? null, keys.e, id);
  }

  /** @param {string} name who comes @param {string} by who lets them in */
  async admit(name, by) {
    const newcomer = await this.person(name);
    const link = { inviteId: randomBytes(16), genesis16: this.state.genesis16, secret: newSecret() };
    const publicKey = await invitePublic(link.secret, link.inviteId);
    const { record } = await askToJoin(link, this.id, newcomer.id, 1, newcomer.keys);
    const [pen, secret] = [this.penOf(by), randomBytes(32)];
    await pen.write((log, who) => draftInvite(log, who, { inviteId: link.inviteId, publicKey, expiresMs: Date.now() + WEEK }));
    await pen.write((log, who) => add(log, who, [record], secret));
    this.secrets.push(secret);
    return this.take(pen);
  }

  get state() {
    if (!this.log) throw new Error("not begun");
    return this.log;
  }

  /** @param {string} name @returns {Promise<[number, number, Uint8Array<ArrayBuffer>][]>} the newest epoch's box */
  async boxesOf(name) {
    const boxes = await boxesForAll(this.state, this.secrets[this.state.epoch]);
    const mine = boxes.filter(([id]) => id === this.idOf(name) || Buffer.compare(id, this.idOf(name)) === 0);
    return mine.map(([, box]) => [this.state.epoch, 1, box]);
  }

  /** @param {string} name */
  idOf(name) {
    return /** @type {Person} */ (this.people.get(name)).id;
  }

  /** @param {string} name @returns {(gen: number) => Promise<any>} */
  keysOf(name) {
    return (gen) => groupKeys(/** @type {Person} */ (this.people.get(name)).seed, this.id, gen);
  }

  parsed() {
    return Promise.all(this.entries.map(parseEntry));
  }
}

/** What `append` and `post` need of a group, with answers the test decides. @param {Town} town @param {string} name */
export function groupOf(town, name) {
  return {
    id: town.id,
    me: town.idOf(name),
    trouble: null,
    fkeyRows: [],
    fkeysNamed: new Map(),
    epochSince: Date.now(),
    caughtUp: 0,
    /** @type {[string, any][]} */ asked: [],
    /** @type {((verb: string, args: any) => any)} */ answer: () => ({}),
    get log() {
      return town.state;
    },
    get here() {
      const groupKeys = (/** @type {unknown} */ _id, /** @type {number} */ gen) => town.keysOf(name)(gen);
      return { keys: { groupKeys }, connection: { call: (/** @type {string} */ verb, /** @type {any} */ args) => this.ask(verb, args) } };
    },
    async ask(/** @type {string} */ verb, /** @type {any} */ args) {
      this.asked.push([verb, args]);
      return this.answer(verb, args);
    },
    async catchUp() {
      this.caughtUp += 1;
    },
    needWritable() {},
    needList() {},
    async keyOf(/** @type {number} */ epoch) {
      return town.secrets[epoch];
    },
  };
}

export const no = (/** @type {string} */ code) => {
  throw new Refusal(code, `sentence of ${code}`);
};
