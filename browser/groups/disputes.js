/**
 * Words that claim another member list than this browser has, by who said them (docs/decisions/0011).
 *
 * They are no trouble of the list itself: a host that shows two lists makes them, and so does one member who lies. Whoever is no
 * longer here, or came back with new keys since, disputes nothing.
 */

import { same, toHex } from "../sealing/codec.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Position } from "../sealing/envelope.js" */
/** @import { LogState } from "../sealing/log_state.js" */
/**
 * @typedef {object} Dispute
 * @property {Bytes} author member id, as the header says it: with a group's key and the server one can write in another's name (T9)
 * @property {number} epoch of the words
 * @property {string} code `fork`, or `log-rollback` when the claimed entry is not here
 * @property {Position} position in the list, as the words claim it
 */

export class Disputes {
  /** @type {Map<string, Dispute>} author in hex -> the newest */ #newest = new Map();

  /** @param {Dispute} dispute */
  add(dispute) {
    const place = toHex(dispute.author);
    if (dispute.epoch > (this.#newest.get(place)?.epoch ?? -1)) this.#newest.set(place, dispute);
  }

  /** @param {LogState} log @returns {Dispute[]} those of members who are here */
  standing(log) {
    return [...this.#newest.values()].filter(({ author, epoch }) => {
      const member = log.member(author);
      return member !== undefined && member.isActive && epoch >= member.sinceEpoch;
    });
  }
}

/** May this member be removed while these disputes stand? The disputing alone. @param {Dispute[]} disputes @param {Bytes} memberId */
export const maySettle = (disputes, memberId) => disputes.length === 0 || disputes.some(({ author }) => same(author, memberId));
