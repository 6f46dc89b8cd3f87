/** What GENESIS settles for good: type, length and value, in rising order, each once, none unknown (docs/sealing.md). */

import { concat, u16, u8 } from "./codec.js";
import { SealError, insist } from "./errors.js";
import { encodeLeads, parseLeads } from "./log_payload.js";
import { isEKey } from "./primitives.js";
import { Reader } from "./reader.js";

/** @import { Bytes } from "./codec.js" */
/** @import { Lead } from "./log_payload.js" */

/**
 * @typedef {object} Policy
 * @property {Bytes | null} steward Ed25519 key that can replace lost facilitators
 * @property {readonly Lead[]} leads in force at once
 * @property {number} memberCap 2 to 500
 * @property {number} reportDays how long something deleted can still be reported
 * @property {boolean} rebindHistory may somebody with new keys get back what they could read?
 */

const FORMAT = "log-format";
const MAX_MEMBERS = 500;
const TLV = Object.freeze({ steward: 1, leads: 2, memberCap: 3, reportDays: 4, rebindHistory: 5 });

/** What holds where GENESIS says nothing. @type {Policy} */
export const DEFAULT_POLICY = Object.freeze({
  steward: null,
  leads: [],
  memberCap: MAX_MEMBERS,
  reportDays: 14,
  rebindHistory: true,
});

/**
 * @param {Partial<Policy>} [wanted]
 * @returns {Bytes} steward and leads only when there are any
 */
export function encodePolicy(wanted = {}) {
  const { steward, leads, memberCap, reportDays, rebindHistory } = { ...DEFAULT_POLICY, ...wanted };
  const named = concat(
    steward === null ? new Uint8Array(0) : tlv(TLV.steward, steward),
    leads.length === 0 ? new Uint8Array(0) : tlv(TLV.leads, encodeLeads([...leads])),
  );
  const limits = concat(tlv(TLV.memberCap, u16(memberCap)), tlv(TLV.reportDays, u16(reportDays)));
  return concat(named, limits, tlv(TLV.rebindHistory, u8(Number(rebindHistory))));
}

/** @param {number} type @param {Bytes} value @returns {Bytes} */
const tlv = (type, value) => concat(u8(type), u16(value.length), value);

/** @param {Bytes} bytes @returns {Policy} or `log-format` */
export function parsePolicy(bytes) {
  const reader = new Reader(bytes, FORMAT);
  let policy = DEFAULT_POLICY;
  for (let last = 0, type; reader.left > 0; last = type) {
    type = reader.u8();
    insist(type > last, FORMAT);
    policy = { ...policy, ...readField(type, reader.take(reader.u16())) };
  }
  return policy;
}

/** @param {number} type @param {Bytes} value @returns {Partial<Policy>} */
function readField(type, value) {
  const read = READ.get(type);
  if (read === undefined) throw new SealError(FORMAT);
  return read(value);
}

/** @type {ReadonlyMap<number, (value: Bytes) => Partial<Policy>>} */
const READ = new Map([
  [TLV.steward, readSteward],
  [TLV.leads, readLeads],
  [TLV.memberCap, readCap],
  [TLV.reportDays, readDays],
  [TLV.rebindHistory, readYesNo],
]);

/** @param {Bytes} value @returns {Partial<Policy>} */
function readSteward(value) {
  insist(isEKey(value), FORMAT);
  return { steward: value };
}

/** @param {Bytes} value @returns {Partial<Policy>} */
function readLeads(value) {
  insist(value.length > 0, FORMAT);
  return { leads: parseLeads(value) };
}

/** @param {Bytes} value @returns {Partial<Policy>} */
function readCap(value) {
  const memberCap = readU16(value);
  insist(memberCap >= 2 && memberCap <= MAX_MEMBERS, FORMAT);
  return { memberCap };
}

/** @param {Bytes} value @returns {Partial<Policy>} */
function readDays(value) {
  return { reportDays: readU16(value) };
}

/** @param {Bytes} value */
function readU16(value) {
  insist(value.length === 2, FORMAT);
  return new Reader(value, FORMAT).u16();
}

/** @param {Bytes} value @returns {Partial<Policy>} */
function readYesNo(value) {
  insist(value.length === 1 && Number(value[0]) <= 1, FORMAT);
  return { rebindHistory: value[0] === 1 };
}
