/**
 * One group as this browser knows it: its verified log, its keys, and what is wrong with it.
 *
 * The server's word is never taken for who belongs, which key counts or who facilitates: all of it comes from replaying the
 * log (sealing.md 3.5). What fails stops the group where it was last good, read-only, with a sentence.
 *
 * Tells `change` when anything of this moved, and `gone` when this member is no longer one.
 */

import { Turns } from "../local/turns.js";
import { same, toHex } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { TYPE, head16, parseEntry, seqOf } from "../sealing/log_entry.js";
import { ROLE, parseFkey, parseRole, recordsIn } from "../sealing/log_payload.js";
import { replay } from "../sealing/log_replay.js";
import { Epochs } from "./epochs.js";
import { Pins } from "./pins.js";
import { FALSE_KEY, Troubled } from "./troubled.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { LogEntry } from "../sealing/log_entry.js" */
/** @import { LogState, Member } from "../sealing/log_state.js" */
/** @import { Connection } from "../live/connection.js" */
/** @import { Keys } from "../accounts/account_keys.js" */
/** @import { FkeyRow } from "./facilitators_key.js" */
/** @typedef {{connection: Connection, keys: Keys}} Here who is here, and the line to the server */
/** @typedef {{me: Bytes, log: Bytes[], boxes: any[], fkeys: FkeyRow[]}} Kept the list as this device kept it */

/** As many seqs as a question may name. */
const MOST_HELD = 1000;

export class Group extends Troubled {
  /** @type {LogEntry[]} the verified entries */ entries = [];
  /** @type {any[]} my boxes, as they came */ boxRows = [];
  /** How many entries this device had kept: 0 where it kept nothing. */ keptTo = 0;
  epochs = new Epochs();
  /** @type {FkeyRow[]} boxes with the facilitators' keys, for a facilitator; see facilitators_key.js */ fkeyRows = [];
  /** @type {Map<number, Bytes>} generation -> the public key the log names */ fkeysNamed = new Map();
  /** @type {LogState|undefined} */ #log;
  #pins = new Pins(this);
  /** @type {Set<string>} */ #facilitatorsEver = new Set();
  /** One at a time: a replay builds on the one before. */ #turns = new Turns();
  /** Did the server's list hold what was seen of it before? */ #isChecked = false;

  /** @param {Here} here @param {Bytes} id */
  constructor(here, id) {
    super();
    this.here = here;
    this.id = id;
    this.key = toHex(id);
  }

  /** @override @returns {LogState} */
  get log() {
    if (!this.#log) throw new Error("the group is not open yet");
    return this.#log;
  }

  /** @override */
  get isOpen() {
    return this.#log !== undefined;
  }

  /** The log as it counts at this hour: what was to come into force may have done so. */
  get logNow() {
    return this.log.at(Date.now());
  }

  /** @override @returns {Member|undefined} this member, by the log */
  get self() {
    return this.#log && this.logNow.member(this.me);
  }

  get isFacilitator() {
    return this.self?.isFacilitator ?? false;
  }

  /** When the current epoch began, by the clock of whoever began it. */
  get epochSince() {
    return this.entries.find(({ draft }) => draft.epoch === this.log.epoch)?.draft.timeMs ?? 0;
  }

  /** Was this member ever a facilitator? What stands may be passed on by such a one alone. @param {string} member in hex */
  wasFacilitator(member) {
    return this.#facilitatorsEver.has(member);
  }

  /** @param {string} verb @param {object} [args] */
  ask(verb, args = {}) {
    return this.here.connection.call(verb, { group: this.id, ...args });
  }

  /** @param {number} epoch @returns {Promise<CryptoKey>} K_msg, by rule K1 */
  keyOf(epoch) {
    return this.epochs.keyOf(this.log, this.me, epoch);
  }

  /**
   * The list as this device kept it: replayed and held against this member's keys like any other, and the server is not asked.
   *
   * @param {Kept} kept
   * @throws {SealError} it is not what was kept
   */
  async openKept({ me, log, boxes, fkeys }) {
    this.me = me;
    await this.#turns.take(async () => {
      try {
        const failed = await this.#grow(log);
        if (failed) throw failed;
        await this.#pins.checkSelf();
        await this.#takeBoxes(boxes, fkeys);
        this.keptTo = log.length;
      } catch (why) {
        [this.#log, this.entries] = [undefined, []];
        throw why;
      }
    });
  }

  /**
   * Asks for what `open` takes: from the last entry here on, not the next. A server that went back, or onto another branch, shows it.
   *
   * @param {number} itemsAfter @param {number[]} [standingHeld] seqs of what stands and is here @param {number} [from] that entry
   */
  async askToOpen(itemsAfter, standingHeld = [], from = this.#last) {
    this.#pins.ask();
    return { ...(await this.ask("open", { log_after: from - 1, items_after: itemsAfter, standing_held: standingHeld.slice(-MOST_HELD) })), from };
  }

  get #last() {
    return this.#log?.seq ?? 0;
  }

  /**
   * @param {number} [itemsAfter] what is already here
   * @param {Promise<any>} [asked] the question, where it is on its way
   * @returns {Promise<any>} the answer to `open`, for its items
   */
  async open(itemsAfter = 0, asked = this.askToOpen(itemsAfter)) {
    const early = await asked;
    return this.#turns.take(async () => {
      // Where the list grew meanwhile, this is of the time before.
      const answer = early.from === this.#last ? early : await this.askToOpen(itemsAfter);
      // Who this member is was verified here.
      if (this.#log && !same(answer.member, this.me)) this.report("log-authority");
      else this.me = answer.member;
      if (this.#log && !answer.log.some((/** @type {Bytes} */ bytes) => seqOf(bytes) === this.log.seq)) this.report("log-rollback");
      await this.#take(answer);
      return answer;
    });
  }

  /** Asks for what came after the last entry here. */
  catchUp() {
    return this.#turns.take(async () => this.#take(await this.ask("log", { after: this.log.seq })));
  }

  /** @param {{log: Bytes[], boxes: any[], fkeys: FkeyRow[]}} answer */
  async #take({ log, boxes, fkeys }) {
    const [before, isFirst] = [this.#log?.seq ?? -1, !this.#log];
    const failed = await this.#grow(log);
    if (!this.#log) throw failed ?? new SealError("log-format");
    await this.#takeBoxes(boxes, fkeys);
    // To somebody with a link, "log-invite" speaks of the link; here it is about an entry of the list.
    if (failed) this.report(failed.code === "log-invite" ? "log-authority" : failed.code);
    await this.#checkOnce(isFirst);
    await this.#compare(log.filter((bytes) => seqOf(bytes) <= before));
    await this.#checkKey();
    this.#pins.keep();
    this.dispatchEvent(new Event("change"));
  }

  /** Replays what is new. @param {Bytes[]} log @returns {Promise<SealError|null>} what stopped it */
  async #grow(log) {
    const before = this.#log?.seq ?? -1;
    const fresh = log.filter((bytes) => seqOf(bytes) > before);
    const { state, failed, seq } = await replay(fresh, { group: this.id, start: this.#log });
    if (failed) await this.witness.sawEntry(failed.code, seq ?? 0, fresh[(seq ?? 0) - before - 1]);
    if (!state) return failed ?? new SealError("log-format");
    this.#log = state;
    for (const entry of await Promise.all(fresh.slice(0, state.seq - before).map(parseEntry))) await this.#note(entry);
    return failed;
  }

  /** @param {any[]} boxes @param {FkeyRow[]} fkeys */
  async #takeBoxes(boxes, fkeys) {
    this.fkeyRows = fkeys;
    this.boxRows = boxes;
    await this.epochs.take(boxes, this.id, this.me, (gen) => this.here.keys.groupKeys(this.id, gen));
  }

  /** Once, when the server first showed its list. What this device had kept stays to be read. @param {boolean} isFirst nothing was here before */
  async #checkOnce(isFirst) {
    if (this.#isChecked) return;
    try {
      await this.#pins.check();
      this.#isChecked = true;
    } catch (why) {
      if (isFirst) this.#refuse(why);
      if (!(why instanceof SealError)) throw why;
      this.report(why.code);
    }
  }

  /** An entry that is here already is the same one, or two lists are shown. @param {Bytes[]} again */
  async #compare(again) {
    for (const bytes of again) {
      const ours = this.log.head16s[seqOf(bytes)];
      const entry = await parseEntry(bytes).catch(() => null);
      if (entry && same(head16(entry.hash), ours)) continue;
      await this.witness.sawEntry("fork", seqOf(bytes), bytes, ours);
      this.report("fork");
    }
  }

  /** @param {LogEntry} entry */
  async #note(entry) {
    this.entries.push(entry);
    const { type, actor, payload } = entry.draft;
    for (const { memberId, gen, xPublic } of recordsIn(entry.draft)) if (same(memberId, this.me)) await this.here.keys.recognise(this.id, gen, xPublic);
    if (type === TYPE.genesis) this.#facilitatorsEver.add(toHex(actor));
    if (type === TYPE.setFkey) {
      const { gen, publicKey } = parseFkey(payload);
      this.fkeysNamed.set(gen, publicKey);
    }
    if (type === TYPE.setRole) {
      const { memberId, role } = parseRole(payload);
      if (role === ROLE.facilitator) this.#facilitatorsEver.add(toHex(memberId));
    }
  }

  /** What was wrong first is said; the list is not believed. @param {unknown} why @returns {never} */
  #refuse(why) {
    this.#log = undefined;
    throw this.trouble ? new SealError(this.trouble) : why;
  }

  /** Only the key the log names is spoken under (K1). */
  async #checkKey() {
    try {
      await this.keyOf(this.log.epoch);
      this.takeBack(FALSE_KEY); // a new epoch left it behind
    } catch (why) {
      if (!(why instanceof SealError)) throw why;
      if (why.code === FALSE_KEY) this.report(why.code);
    }
  }
}
