/**
 * What a member's browser does in a group by itself, because no server can: it introduces its person and says what they said yes
 * to. What a facilitator's browser does besides is in door.js.
 */

import { askSeal } from "../accounts/seal_requests.js";
import { dropPromised, promisedTo } from "../groups/promised.js";
import { lastAddEpoch, postProfile, postSignature } from "../groups/standing.js";
import { fromHex, toHex } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";

/** @import { StandingBody } from "../groups/standing.js" */
/** @import { Room } from "./room.js" */

const SPREAD = 2500;

/**
 * @param {Room} room
 * @param {() => Promise<unknown>} work done a moment after each change of the member list, never twice at once
 * @returns {() => void} stops
 */
export function afterChanges(room, work) {
  /** @type {ReturnType<typeof setTimeout>|undefined} */ let timer;
  let isBusy = false;
  const run = async () => {
    if (isBusy) return later();
    isBusy = true;
    await work().catch(() => undefined);
    isBusy = false;
  };
  // Not all browsers at one moment: who comes second sees that it is done.
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(run, Math.random() * SPREAD);
  };
  room.group.addEventListener("change", later);
  later();
  return () => {
    clearTimeout(timer);
    room.group.removeEventListener("change", later);
  };
}

/** @param {Room} room @param {string} member in hex @returns {Record<string, number>|undefined} */
const signedOf = ({ circle }, member) => circle.signatures.get(member) ?? circle.standing?.body.profiles[member]?.signed;

/** Did all who are here say yes, to us or to whoever passed it on to us? @param {Room} room */
export const haveAllSigned = (room) => room.group.log.active().every(({ id }) => room.isBoth(signedOf(room, toHex(id))));

/** What stands, with every name as it is known now; null while it has not come. @param {Room} room @returns {StandingBody|null} */
export function standingOf(room) {
  const body = room.circle.standing?.body;
  if (!body) return null;
  const known = room.group.log.active().flatMap(({ id }) => {
    const [n, signed] = [room.nameOf(toHex(id)), signedOf(room, toHex(id))];
    return n ? [[toHex(id), { n, ...(signed ? { signed } : {}) }]] : [];
  });
  const profiles = { ...body.profiles, ...Object.fromEntries(known) };
  return { name: body.name, profiles, agreement: body.agreement, ...(body.place ? { place: body.place } : {}) };
}

/** What stands, to be passed on. @param {Room} room @throws {SealError} `no-epoch-box` while it has not come */
export function standingToPass(room) {
  const standing = standingOf(room);
  if (!standing) throw new SealError("no-epoch-box");
  return standing;
}

/** @param {Room} room @returns {() => void} stops */
export function tend(room) {
  const settled = settleIn(room).catch(() => undefined);
  return afterChanges(room, () => settled.then(() => introduce(room)));
}

/** Who came after this member last said their name has not heard it from them. @param {Room} room */
async function introduce(room) {
  const { group } = room;
  if (group.trouble || group.log.isClosed) return;
  const said = room.circle.profiles.get(toHex(group.me));
  const signed = room.circle.signatures.get(toHex(group.me));
  if (room.myName && (said?.epoch ?? 0) < lastAddEpoch(group)) await postProfile(group, room.myName, signed);
}

/** The first moments of somebody who was just let in: their name, and the yes they gave while asking. @param {Room} room */
async function settleIn(room) {
  const { group } = room;
  const promised = await promisedTo(group.here.keys, group.id);
  if (!promised || group.trouble) return;
  const isSame = promised.agreed === toHex(group.log.agreement?.sha256 ?? new Uint8Array(0));
  if (isSame && !room.hasSigned) await signBoth(room, promised.name);
  else if (!room.circle.profiles.has(toHex(group.me))) await postProfile(group, promised.name);
  await dropPromised(group.here.keys, group.id);
}

/** Says yes to the principles and to what the group agreed. @param {Room} room @param {string} [name] */
export async function signBoth(room, name = room.myName) {
  const { agreement } = room.group.log;
  const { principles } = await askSeal("network");
  await postSignature(room.group, "principles", principles.version, fromHex(principles.sha256));
  if (agreement) await postSignature(room.group, "agreement", agreement.version, agreement.sha256);
  if (name) await postProfile(room.group, name, { principles: principles.version, ...(agreement ? { agreement: agreement.version } : {}) });
}
