/**
 * Where a session begins: on the pages that ask for a passphrase or a code, or make an account. And where it goes on from there.
 * @module
 */
import { fromB64url } from "../sealing/codec.js";
import { sealSession } from "../sealing/seal_session.js";
import { Keys } from "./account_keys.js";
import { wakeUp } from "./idle_clock.js";
import { askSeal } from "./seal_requests.js";
import { RETURN, hold } from "./session.js";
import { giveHalf, keepHalf } from "./tab_half.js";

/** @import { Bytes } from "../sealing/codec.js" */

const LONG_AWAY = "hs-away";

/**
 * Begins a session on this page and keeps it for the next ones. The seed's bytes are gone afterwards.
 * @param {Bytes} seed
 * @param {{accountId: Bytes, name: string, shared: boolean}} who
 * @returns {Promise<Keys>}
 */
export async function begin(seed, { accountId, name, shared }) {
  const { share, former } = await askSeal("session-share/new");
  const kept = await sealSession(seed, accountId, fromB64url(share));
  keepHalf({ kept, shared });
  giveHalf({ kept, shared });
  wakeUp();
  const keys = await Keys.from(seed, accountId, name, former);
  hold(keys);
  return keys;
}

/** Remembers a page of ours to go to after signing in. @param {string} path */
export function comeBackTo(path) {
  sessionStorage.setItem(RETURN, path);
}

/** Notes in this tab that its person was away for two months or more: the page of their groups says something about it. */
export const noteLongAway = () => sessionStorage.setItem(LONG_AWAY, "1");
export const wasLongAway = () => sessionStorage.getItem(LONG_AWAY) !== null;
export const forgetLongAway = () => sessionStorage.removeItem(LONG_AWAY);

/** Where to go after unlocking; asked for once. Only ever a page of this site. */
export function wayBack() {
  const path = sessionStorage.getItem(RETURN) ?? "";
  sessionStorage.removeItem(RETURN);
  return /^\/(?![/\\])/.test(path) ? path : "/groups/";
}
