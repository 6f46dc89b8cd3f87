/** Starting a group: its first three entries in one step, then what stands, who the founder is, and the founder's signatures. */

import { fromB64url, fromHex, toHex } from "../sealing/codec.js";
import { newEpochSecret } from "../sealing/epoch.js";
import { newId } from "../sealing/keys.js";
import { agree, genesis } from "../sealing/log_draft.js";
import { ROLE } from "../sealing/log_payload.js";
import { DEFAULT_POLICY } from "../sealing/log_policy.js";
import { writeFkey } from "./facilitators_key.js";
import { Group } from "./group.js";
import { boxesForAll, Pen } from "./pen.js";
import { agreementHash, postProfile, postSignature, postStanding } from "./standing.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Here } from "./group.js" */
/** @typedef {{name: string, own: string, model: number, agreement: string, place?: import("./standing.js").Place}} Beginning as the founder wrote it */
/** @typedef {{steward: string|null, leads: [string, string][], principles: {version: number, sha256: string}}} Network from /seal/network, bytes as base64url */

const MEMBER_CAP = 60;

/**
 * @param {Here} here @param {Beginning} beginning @param {Network} network
 * @param {{id: Bytes, isThere: boolean}} [which] `isThere`: its entries went through before, and what comes after them may not have
 * @returns {Promise<Group>} open
 */
export async function startGroup(here, beginning, network, { id, isThere } = { id: newId(), isThere: false }) {
  const sha256 = await agreementHash(beginning.agreement);
  if (!isThere) await writeFirst(here, id, beginning, network, sha256);
  return settle(new Group(here, id), beginning, network, sha256);
}

/** The first entries of its log. @param {Here} here @param {Bytes} id @param {Beginning} beginning @param {Network} network @param {Bytes} sha256 of the agreement */
async function writeFirst(here, id, beginning, network, sha256) {
  const [memberId, secret] = [newId(), newEpochSecret()];
  const keys = await here.keys.groupKeys(id, 1);
  const founder = { memberId, gen: 1, xPublic: keys.xPublic, ePublic: keys.ePublic, role: ROLE.facilitator };
  const pen = new Pen(null, keys.e, memberId);
  await pen.begin(genesis(id, founder, policyOf(network), { es: secret, nowMs: Date.now() }));
  await pen.write((log, by) => agree(log, by, beginning.model, sha256));
  const fkeys = await writeFkey(pen);
  await here.connection.call("append", { group: id, entries: pen.entries, boxes: await boxesForAll(pen.log, secret), fkeys, notices: [] });
}

/** @param {Network} network */
const policyOf = ({ steward, leads }) => ({
  ...DEFAULT_POLICY,
  memberCap: MEMBER_CAP,
  steward: steward ? fromB64url(steward) : null,
  leads: leads.map(([nameHash, xPublic]) => ({ nameHash: fromB64url(nameHash), xPublic: fromB64url(xPublic) })),
});

/** @param {Group} group @param {Beginning} beginning @param {Network} network @param {Bytes} sha256 */
async function settle(group, { name, own, model, agreement, place }, { principles }, sha256) {
  await group.open();
  const profiles = { [toHex(group.me)]: { n: own } };
  await postStanding(group, { name, profiles, agreement: { version: 1, model, text: agreement }, ...(place ? { place } : {}) });
  await postSignature(group, "principles", principles.version, fromHex(principles.sha256));
  await postSignature(group, "agreement", 1, sha256);
  await postProfile(group, own, { principles: principles.version, agreement: 1 });
  return group;
}
