/** What is said, as JSON: the fields each kind needs (docs/sealing.md "Bodies"). Unknown fields are ignored. */

import { fromJson } from "./codec.js";
import { SealError, insist } from "./errors.js";

/** @import { Bytes, Json } from "./codec.js" */

export const MAX_TEXT = 20_000;
const MAX_NAME = 80;
export const MAX_PHRASE = 80;
const WITHDRAWABLE = new Set([1, 2, 3, 5]);
export const HELP_WANTED = Object.freeze(["be-with-me", "share-experience", "ideas-welcome", "questions-ok"]);

/**
 * The body of an opened envelope. A needed field missing or of the wrong type: `damaged`; a kind this release cannot show:
 * `version`.
 *
 * @param {number} kind
 * @param {Bytes} bytes
 * @returns {Json}
 */
export function readBody(kind, bytes) {
  const body = fromJson(bytes);
  const check = CHECKS.get(kind);
  if (check === undefined) throw new SealError("version");
  insist((WITHDRAWABLE.has(kind) && isGone(body)) || check(body), "damaged");
  return body;
}

/** Did its author take the item back? Then nothing else in the body counts. @param {Json} body */
export const isGone = ({ gone }) => gone === true;

/** @param {Json} body */
const isShare = ({ t, h }) => isText(t) && (h === undefined || h === null || HELP_WANTED.some((wish) => wish === h));

/** @param {Json} body */
const isReply = (body) => (body["part"] === true ? isShare(body) : isText(body["t"]));

/** @param {Json} body */
const isChat = ({ t }) => isText(t);

/** @param {Json} body */
const isPresence = ({ t }) => t === undefined || t === null || (isText(t, MAX_PHRASE) && t !== "");

/** @param {Json} body */
const isStanding = ({ name, profiles, agreement, place }) =>
  isText(name) && isObject(profiles) && Object.values(profiles).every(isProfile) && isAgreement(agreement) && (place === undefined || place === null || isPlace(place));

/** Where a group meets: a place, a link, a phone number, and why it pauses, each only where it is known. @param {unknown} value */
function isPlace(value) {
  if (!isObject(value)) return false;
  const { where = "", link = "", phone = "", why = {} } = value;
  return isObject(why) && [where, link, phone, ...Object.values(why)].every((each) => isText(each));
}

/** @param {unknown} value */
const isAgreement = (value) =>
  isObject(value) && isCount(value["version"]) && (value["model"] === 1 || value["model"] === 2) && isText(value["text"]);

/** @param {unknown} value */
const isProfile = (value) => isObject(value) && isText(value["n"], MAX_NAME) && value["n"] !== "";

/** @param {Json} body */
function isEntry({ type, of, version, sha256 }) {
  if (type !== "signature") return typeof type === "string";
  return (of === "principles" || of === "agreement") && isCount(version) && typeof sha256 === "string";
}

/**
 * Text is counted in code points, as the Python twin counts it; half of a surrogate pair is no text.
 *
 * @param {unknown} value
 * @param {number} [most]
 */
export function isText(value, most = MAX_TEXT) {
  if (typeof value !== "string" || value.length > 2 * most || /\p{Surrogate}/u.test(value)) return false;
  return value.length <= most || [...value].length <= most;
}

/** @param {unknown} value @returns {value is Json} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {unknown} value */
const isCount = (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) < 2 ** 32;

/** @type {ReadonlyMap<number, (body: Json) => boolean>} */
const CHECKS = new Map([
  [1, isShare],
  [2, isReply],
  [3, isChat],
  [5, isPresence],
  [8, isStanding],
  [9, isProfile],
  [11, isEntry],
]);
