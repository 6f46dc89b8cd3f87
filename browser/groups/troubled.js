/** What is wrong with a group, as this browser sees it, and what may still be done in it. */

import { same } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { Disputes, maySettle } from "./disputes.js";
import { Witness } from "./witness.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { LogState, Member } from "../sealing/log_state.js" */
/** @import { Dispute } from "./disputes.js" */

export const FALSE_KEY = "epoch-unlogged";

/** Tells `change`. */
export class Troubled extends EventTarget {
  /** @type {Bytes} */ me = new Uint8Array(0);
  witness = new Witness();
  /** @type {string|null} what is wrong with the list, or with the key */ #wrong = null;
  #disputes = new Disputes();

  get isOpen() {
    return false;
  }

  /** @returns {LogState} */
  get log() {
    throw new Error("the group is not open yet");
  }

  /** @returns {Member|undefined} */
  get self() {
    return undefined;
  }

  /** Something is wrong: from now on this group is only read. The first reason stays, unless it was only a key. @param {string} code */
  report(code) {
    if (!this.#isListWrong) this.#wrong = code;
    this.dispatchEvent(new Event("change"));
  }

  /** It is in order again. @param {string} code */
  takeBack(code) {
    if (this.#wrong === code) this.#wrong = null;
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
    return this.isOpen ? this.#disputes.standing(this.log) : [];
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
  mayRemove(memberId) {
    return !this.#isListWrong && maySettle(this.disputes, memberId);
  }

  /** In a group that has ended words are taken back, and no others said. @param {"send"|"withdraw"} [verb] @throws {SealError} why nothing may be said here */
  needWritable(verb = "send") {
    if (this.trouble) throw new SealError(this.trouble);
    if ((this.log.isClosed && verb === "send") || !this.self?.isActive) throw new SealError("not-found");
  }

  /** @param {Bytes} [removing] whom the entry removes @throws {SealError} why the list may not be written to */
  needList(removing) {
    if (!(removing ? this.mayRemove(removing) : this.mayWriteList)) throw new SealError(this.trouble ?? "");
    if (this.log.isClosed || !this.self?.isActive) throw new SealError("not-found");
  }
}
