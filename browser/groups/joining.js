/** Joining: the link, its card, and asking. */

import { askSeal } from "../accounts/seal_requests.js";
import { profileContext } from "../sealing/box.js";
import { fromB64url, toB64url, toHex } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { askToJoin, openCard, parseLink, sealProfile } from "../sealing/invite.js";
import { newId } from "../sealing/keys.js";
import { encodeRecord } from "../sealing/log_payload.js";
import { keepPromised } from "./promised.js";
import { agreementHash } from "./standing.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Link } from "../sealing/invite.js" */
/** @import { Here } from "./group.js" */
/** @typedef {{group: Bytes, name: string, by: string, model: number, agreement: string, fkey: Bytes, fgen: number, expires: number, target: Bytes|null, gen: number}} Card */

const LINK = "hs-join";

/**
 * The link's secret part, taken out of the address before anything else happens: neither the history nor a screen that is
 * shared keeps it. It stays in the tab while its owner makes an account.
 *
 * @returns {string|null}
 */
export function takeFragment() {
  const { hash, pathname } = location;
  if (hash.length > 1) {
    history.replaceState(null, "", pathname);
    sessionStorage.setItem(LINK, hash.slice(1));
  }
  return sessionStorage.getItem(LINK);
}

/** For the page of invites, which goes on with it. @param {string} fragment */
export const keepFragment = (fragment) => sessionStorage.setItem(LINK, fragment);

/** The link has done its work, or does none. */
export const dropFragment = () => sessionStorage.removeItem(LINK);

/**
 * What the invite shows of itself, before any sign-up.
 *
 * @param {string} fragment
 * @returns {Promise<{link: Link, card: Card}>}
 * @throws {SealError|Error} `invite-damaged`, `log-invite`; what cannot be opened is not a card of this link
 */
export async function openInvite(fragment) {
  const link = await parseLink(fragment);
  const { card } = await askSeal("card", { invite: toB64url(link.inviteId) });
  const shown = await openCard(fromB64url(card), link);
  return { link, card: readCard(shown) };
}

/** @param {Record<string, any>} shown @returns {Card} */
function readCard({ group, name, by, model, agreement, fkey, fgen, expires, target = "", gen = 1 }) {
  const isCard = [group, name, by, agreement, fkey, target].every((each) => typeof each === "string") && [model, fgen, expires, gen].every(Number.isSafeInteger);
  if (!isCard) throw new SealError("damaged");
  return { group: fromB64url(group), name, by, model, agreement, fkey: fromB64url(fkey), fgen, expires, target: target ? fromB64url(target) : null, gen };
}

/**
 * @param {Here} here @param {{link: Link, card: Card}} invited @param {string} name in this group
 * @returns {Promise<{group: Bytes, state: string}>}
 */
export async function askIn(here, { link, card }, name) {
  const [memberId, key] = [card.target ?? newId(), toHex(card.group)];
  const ring = await here.keys.keyring.change(({ gens, pins }) => {
    // Keys that were in this group's list once never come back into it. Who comes back takes the place that waits for them.
    gens.set(key, card.target ? card.gen : (gens.get(key) ?? 0) + 1);
    // The link says which group this is; whatever list the server shows later must begin with that entry.
    if (!pins.has(key)) pins.set(key, { seq: 0, head16: link.genesis16 });
  });
  const gen = ring.gens.get(key) ?? 1;
  const keys = await here.keys.groupKeys(card.group, gen);
  const { record, selfSig } = await askToJoin(link, card.group, memberId, gen, keys);
  const profile = await sealProfile(name, card.fkey, profileContext(card.group, card.fgen, link.inviteId, memberId));
  const answer = await here.connection.call("ask", { invite: link.inviteId, record: encodeRecord(record), self_sig: selfSig, profile });
  await keepPromised(here.keys, card.group, { name, agreed: toHex(await agreementHash(card.agreement)), to: card.name, by: card.by });
  dropFragment();
  return answer;
}
