/**
 * One group as this browser knows it: its verified log, its keys, and what is wrong with it.
 *
 * The server's word is never taken for who belongs, which key counts or who facilitates: all of it comes from replaying the
 * log (sealing.md 3.5). What fails stops the group where it was last good, read-only, with a sentence.
 *
 * Tells `change` when anything of this moved, and `gone` when this member is no longer one.
 */

import { same, toHex } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { TYPE, head16, parseEntry, seqOf } from "../sealing/log_entry.js";
import { ROLE, parseFkey, parseRole, recordsIn } from "../sealing/log_payload.js";
import { replay } from "../sealing/log_replay.js";
import { Disputes, maySettle } from "./disputes.js";
import { Epochs } from "./epochs.js";
import { Pins } from "./pins.js";
import { Witness } from "./witness.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { LogEntry } from "../sealing/log_entry.js" */
/** @import { LogState, Member } from "../sealing/log_state.js" */
/** @import { Connection } from "../live/connection.js" */
/** @import { Keys } from "../accounts/account_keys.js" */
/** @import { Dispute } from "./disputes.js" */
/** @import { FkeyRow } from "./facilitators_key.js" */
/** @typedef {{connection: Connection, keys: Keys}} Here who is here, and the line to the server */

const FALSE_KEY = "epoch-unlogged";

export class Group extends EventTarget {
  /** @type {LogEntry[]} the verified entries */ entries = [];
  /** @type {Bytes} */ me = new Uint8Array(0);
  epochs = new Epochs();
  witness = new Witness();
  /** @type {FkeyRow[]} boxes with the facilitators' keys, for a facilitator; see facilitators_key.js */ fkeyRows = [];
  /** @type {Map<number, Bytes>} generation -> the public key the log names */ fkeysNamed = new Map();
  /** @type {LogState|undefined} */ #log;
  /** @type {string|null} what is wrong with the list, or with the key */ #wrong = null;
  #disputes = new Disputes();
  #pins = new Pins(this);
  /** @type {Set<string>} */ #facilitatorsEver = new Set();
  /** @type {Promise<unknown>} */ #turn = Promise.resolve();

  /** @param {Here} here @param {Bytes} id */
  constructor(here, id) {
    super();
    this.here = here;
    this.id = id;
    this.key = toHex(id);
  }

  /** @returns {LogState} */
  get log() {
    if (!this.#log) throw new Error("the group is not open yet");
    return this.#log;
  }

  get isOpen() {
    return this.#log !== undefined;
  }

  /** The log as it counts at this hour: what was to come into force may have done so. */
  get logNow() {
    return this.log.at(Date.now());
  }

  /** @returns {Member|undefined} this member, by the log */
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
   * @param {number} [itemsAfter] what is already here
   * @returns {Promise<any>} the answer to `open`, for its items
   */
  async open(itemsAfter = 0) {
    const answer = await this.ask("open", { log_after: this.#log?.seq ?? -1, items_after: itemsAfter });
    this.me = answer.member;
    await this.#inTurn(() => this.#take(answer));
    return answer;
  }

  /** Asks for what came after the last entry here. */
  catchUp() {
    return this.#inTurn(async () => this.#take(await this.ask("log", { after: this.log.seq })));
  }

  /** One at a time: a replay builds on the one before. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  #inTurn(work) {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** @param {{log: Bytes[], boxes: any[], fkeys: FkeyRow[]}} answer */
  async #take({ log, boxes, fkeys }) {
    const [before, isFirst] = [this.#log?.seq ?? -1, !this.#log];
    const fresh = log.filter((bytes) => seqOf(bytes) > before);
    const { state, failed, seq } = await replay(fresh, { group: this.id, start: this.#log });
    if (failed) await this.witness.sawEntry(failed.code, seq ?? 0, fresh[(seq ?? 0) - before - 1]);
    if (!state) throw failed ?? new SealError("log-format");
    this.#log = state;
    for (const bytes of fresh.slice(0, state.seq - before)) await this.#note(await parseEntry(bytes));
    this.fkeyRows = fkeys;
    await this.epochs.take(boxes, this.id, this.me, (gen) => this.here.keys.groupKeys(this.id, gen));
    // To somebody with a link, "log-invite" speaks of the link; here it is about an entry of the list.
    if (failed) this.report(failed.code === "log-invite" ? "log-authority" : failed.code);
    if (isFirst) await this.#pins.check().catch((why) => this.#refuse(why));
    await this.#compare(log.filter((bytes) => seqOf(bytes) <= before));
    await this.#checkKey();
    this.#pins.keep();
    this.dispatchEvent(new Event("change"));
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
      if (this.#wrong === FALSE_KEY) this.#wrong = null; // a new epoch left it behind
    } catch (why) {
      if (!(why instanceof SealError)) throw why;
      if (why.code === FALSE_KEY) this.report(why.code);
    }
  }

  /** Something is wrong: from now on this group is only read. The first reason stays, unless it was only a key. @param {string} code */
  report(code) {
    if (!this.#isListWrong) this.#wrong = code;
    this.dispatchEvent(new Event("change"));
  }

  /** Words claim another list. Our own do not lie: whoever shows us another one than they saw is the host. @param {Dispute} dispute */
  dispute(dispute) {
    const { code, position: { seq, head16: other } } = dispute;
    this.witness.saw({ code, seq, other });
    if (same(dispute.author, this.me)) return this.report(dispute.code);
    this.#disputes.add(dispute);
    this.dispatchEvent(new Event("change"));
  }

  /** Who is here and claims another list. */
  get disputes() {
    return this.#log ? this.#disputes.standing(this.#log) : [];
  }

  /** Why nothing is said here any more; null while all is well. */
  get trouble() {
    return (this.#isListWrong ? this.#wrong : this.disputes[0]?.code) ?? this.#wrong;
  }

  /**
   * Whoever begins an epoch makes its key, and a member who gives the others a false one would silence them for good, the
   * facilitators too, if the next epoch could not be begun without it. So a false key is nothing that is wrong with the list.
   */
  get #isListWrong() {
    return this.#wrong !== null && this.#wrong !== FALSE_KEY;
  }

  /** May entries be written on top of the list? */
  get mayWriteList() {
    return !this.#isListWrong && this.disputes.length === 0;
  }

  /** May the list be written to for removing this member? @param {Bytes} memberId */
  mayRemove = (memberId) => !this.#isListWrong && maySettle(this.disputes, memberId);

  /** @throws {SealError} why nothing may be said here */
  needWritable() {
    if (this.trouble) throw new SealError(this.trouble);
    this.needList();
  }

  /** @param {Bytes} [removing] whom the entry removes @throws {SealError} why the list may not be written to */
  needList(removing) {
    if (!(removing ? this.mayRemove(removing) : this.mayWriteList)) throw new SealError(this.trouble ?? "");
    if (this.log.isClosed || !this.self?.isActive) throw new SealError("not-found");
  }
}
