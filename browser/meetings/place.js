/**
 * Where a group meets and how one joins from afar: words of a facilitator, sealed in the standing item, so that members alone read
 * them and newcomers find them with what stands.
 */

import { postStanding } from "../groups/standing.js";
import { standingToPass } from "../conversations/tending.js";

/** @import { Place } from "../groups/standing.js" */
/** @import { Room } from "../conversations/room.js" */

/** @param {Room} room @returns {Place} */
export const placeIn = (room) => room.circle.standing?.body.place ?? {};

/** A page to open, and nothing else: what a facilitator wrote may be anything. @param {string|undefined} link @returns {URL|null} */
export function pageOf(link) {
  const url = link && URL.canParse(link) ? new URL(link) : null;
  return url && (url.protocol === "https:" || url.protocol === "http:") ? url : null;
}

/** @param {string} [phone] @returns {string} an address for the first number in it, "" where there is none */
export function dialOf(phone = "") {
  const [number = ""] = /\+?\d[\d\s()./-]{2,}/u.exec(phone.normalize("NFKC")) ?? [];
  // The zero in "+44 (0)20" is for those who dial without the country.
  const digits = number.replace(number.startsWith("+") ? "(0)" : "", "").replace(/[^\d+]/gu, "");
  return digits.length > 2 ? `tel:${digits}` : "";
}

/**
 * Changes some of it; what is empty is left out. The rest of what stands goes along.
 *
 * @param {Room} room @param {Partial<Place>} changes
 * @throws {SealError} `no-epoch-box` while what stands has not come
 */
export async function setPlace(room, changes) {
  const standing = standingToPass(room);
  const { why, ...words } = { ...standing.place, ...changes };
  const said = Object.entries(words).filter(([, text]) => text);
  const place = { ...Object.fromEntries(said), ...(why && Object.keys(why).length > 0 ? { why } : {}) };
  await room.receive([await postStanding(room.group, { ...standing, place })]);
}

/** Why the group pauses from this day. @param {Room} room @param {string} first @param {string} why "" for no reason */
export function setWhy(room, first, why) {
  const others = Object.entries(placeIn(room).why ?? {}).filter(([day]) => day !== first);
  return setPlace(room, { why: Object.fromEntries(why ? [...others, [first, why]] : others) });
}
