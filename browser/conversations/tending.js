/**
 * What a browser does in a group by itself, because no server can: it introduces its person, passes on what stands, lets known
 * people in, and puts right what somebody's closed browser left undone.
 */

import { askSeal } from "../accounts/seal_requests.js";
import { admitKnown, readAsks } from "../groups/admitting.js";
import { heal, lastAddEpoch } from "../groups/healing.js";
import { dropPromised, promisedTo } from "../groups/joining.js";
import { postProfile, postSignature } from "../groups/standing.js";
import { fromHex, toHex } from "../sealing/codec.js";

/** @import { Ask } from "../groups/admitting.js" */
/** @import { Room } from "./room.js" */

const SPREAD = 2500;

/**
 * Tends the room from now on. Tells the room's `asks` when who is waiting has changed.
 *
 * @param {Room} room @returns {() => void} stops
 */
export function tend(room) {
  const { group } = room;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ let timer;
  let isBusy = false;
  const work = async () => {
    if (isBusy) return later();
    isBusy = true;
    await tendOnce(room).catch(() => undefined);
    isBusy = false;
  };
  // Not all browsers at one moment: who comes second sees that it is done.
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(work, Math.random() * SPREAD);
  };
  const stop = group.here.connection.on("waiting", (payload) => toHex(payload.group) === group.key && look(room).catch(() => undefined));
  group.addEventListener("change", later);
  settleIn(room).catch(() => undefined).then(later);
  look(room).catch(() => undefined);
  return () => {
    clearTimeout(timer);
    group.removeEventListener("change", later);
    stop();
  };
}

/** @param {Room} room */
async function tendOnce(room) {
  if (room.group.trouble || room.group.log.isClosed) return;
  await introduce(room);
  await heal(room.group, { epoch: room.circle.standing?.epoch ?? 0, body: room.standing });
}

/** Who came after this member last said their name has not heard it from them. @param {Room} room */
async function introduce(room) {
  const said = room.circle.profiles.get(toHex(room.group.me));
  if (room.myName && (said?.epoch ?? 0) < lastAddEpoch(room.group)) await postProfile(room.group, room.myName, mySignatures(room));
}

/** @param {Room} room */
const mySignatures = (room) => room.circle.signatures.get(toHex(room.group.me));

/** The first minutes of somebody who was just let in: their name, and the yes they gave while asking. @param {Room} room */
async function settleIn(room) {
  const { group } = room;
  const promised = promisedTo(group.key);
  if (!promised || group.trouble) return;
  const isSame = promised.agreed === toHex(group.log.agreement?.sha256 ?? new Uint8Array(0));
  if (isSame && !room.hasSigned) await signBoth(room, promised.name);
  else if (!room.circle.profiles.has(toHex(group.me))) await postProfile(group, promised.name);
  dropPromised(group.key);
}

/** Says yes to the principles and to what the group agreed. @param {Room} room @param {string} [name] */
export async function signBoth(room, name = room.myName) {
  const { agreement } = room.group.log;
  const { principles } = await askSeal("network");
  await postSignature(room.group, "principles", principles.version, fromHex(principles.sha256));
  if (agreement) await postSignature(room.group, "agreement", agreement.version, agreement.sha256);
  if (name) await postProfile(room.group, name, { principles: principles.version, ...(agreement ? { agreement: agreement.version } : {}) });
}

/** @type {WeakMap<Room, Ask[]>} */
const asking = new WeakMap();

/** Who waits at the door, as this browser last saw it. @param {Room} room */
export const asksOf = (room) => asking.get(room) ?? [];

/** Looks who waits, and lets in whom a link vouches for. @param {Room} room */
export async function look(room) {
  if (!room.group.isFacilitator || room.group.trouble) return;
  asking.set(room, await readAsks(room.group));
  room.dispatchEvent(new Event("asks"));
  await admitKnown(room.group, asksOf(room), () => room.standing);
}
