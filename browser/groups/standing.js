/**
 * What stands in a group: its name, who is called what, what was agreed. It is an item like any other, sent
 * anew in each epoch that brings newcomers, so that nobody ever meets nameless people or an agreement they cannot read.
 */

import { same, toHex, utf8, wordNumbers } from "../sealing/codec.js";
import { KIND } from "../sealing/envelope.js";
import { TYPE } from "../sealing/log_entry.js";
import { label, sha } from "../sealing/primitives.js";
import { post } from "./posting.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Group } from "./group.js" */
/**
 * @typedef {object} Place where the group meets, as a facilitator wrote it
 * @property {string} [where] and how to get in @property {string} [link] @property {string} [phone]
 * @property {Record<string, string>} [why] first day of a pause -> its reason
 */
/**
 * @typedef {object} StandingBody
 * @property {string} name of the group
 * @property {Record<string, {n: string, signed?: Record<string, number>}>} profiles member id in hex -> name, and what they signed
 * @property {{version: number, model: number, text: string}} agreement
 * @property {Place|null} [place]
 */

/** SHA-256 of an agreement's text, as AGREEMENT names it. @param {string} text */
export const agreementHash = (text) => sha(utf8(text));

/**
 * @param {Group} group @param {StandingBody} body
 * @returns {Promise<import("./posting.js").Row>}
 */
export const postStanding = (group, body) => post(group, { kind: KIND.standing, body: { ...body } });

/**
 * Who this member is, and what they said yes to: their signatures may lie in epochs that a newcomer cannot read.
 *
 * @param {Group} group @param {string} name @param {Record<string, number>} [signed] text -> version
 */
export const postProfile = (group, name, signed) => post(group, { kind: KIND.profile, body: { n: name, ...(signed ? { signed } : {}) } });

/**
 * Says yes to a text, for all in the group to see.
 *
 * @param {Group} group @param {"principles"|"agreement"} of @param {number} version @param {Bytes} sha256
 */
export const postSignature = (group, of, version, sha256) =>
  post(group, { kind: KIND.entry, body: { type: "signature", of, version, sha256: toHex(sha256) } });

/**
 * Is this the text the log says was agreed? A facilitator passes the text on; the log names its hash.
 *
 * @param {Group} group @param {StandingBody|undefined} standing
 * @returns {Promise<boolean>}
 */
export async function isAgreed(group, standing) {
  const { agreement } = group.log;
  if (!agreement || !standing) return false;
  const { text, version, model } = standing.agreement;
  return version === agreement.version && model === agreement.model && same(await agreementHash(text), agreement.sha256);
}

/** The epoch that brought the last newcomers, 0 when nobody was ever added. @param {Group} group */
export const lastAddEpoch = (group) =>
  group.entries.findLast(({ draft }) => draft.type === TYPE.add || draft.type === TYPE.rebind)?.draft.epoch ?? 0;

/** The four words' numbers: 32 bits each of the hash of the list's head, for the words list to be asked. @param {Group} group */
export const headNumbers = async (group) => wordNumbers(await sha(label("loghash"), group.log.head));
