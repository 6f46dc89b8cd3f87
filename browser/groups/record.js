/**
 * What a device saw when a list did not hold together, as a file for somebody who can judge it (docs/sealing.md 3.7). It names
 * nobody, holds no word anybody said and no key: ids, hashes, and entries that their authors signed.
 */

import { concat, same, toB64url } from "../sealing/codec.js";
import { epochCommit } from "../sealing/epoch.js";
import { label } from "../sealing/primitives.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { LogEntry } from "../sealing/log_entry.js" */
/** @import { Group } from "./group.js" */
/** @import { Sighting } from "./witness.js" */
/** @typedef {{head16?: string, entry?: string}} Side one of two things that cannot both stand at one place, base64url */
/** @typedef {{code: string, seq: number, ours: Side, other: Side, epoch?: number, commit?: string, offered?: string}} Seen */

const RELEASE = /\/static\/(\w+)\//.exec(import.meta.url)?.[1] ?? "";

/** @param {LogEntry} entry @returns {Bytes} as its author signed it, and the signature */
export const bytesOf = ({ signed, signature }) => concat(signed.subarray(label("log").length), signature);

/** @param {Bytes|undefined} head16 @param {Bytes|undefined} entry @returns {Side} */
const side = (head16, entry) => ({ ...(head16 ? { head16: toB64url(head16) } : {}), ...(entry ? { entry: toB64url(entry) } : {}) });

/**
 * @param {Group} group open, or as far as it went @param {string} trouble code
 * @param {number} nowMs
 */
export async function recordOf(group, trouble, nowMs) {
  const { entries, witness } = group;
  const last = entries.at(-1);
  return {
    format: "holdspace-record",
    v: 1,
    time: nowMs,
    release: RELEASE,
    trouble,
    group: toB64url(group.id),
    ...(last ? { genesis16: toB64url(entries[0].hash.slice(0, 16)), list: { seq: last.draft.seq, head16: toB64url(last.hash.slice(0, 16)) } } : {}),
    seen: [...witness.sightings.map((each) => seenAt(entries, each)), ...(await falseKey(group))],
  };
}

/** What stands here at that place goes with it, unless it is what the other side showed. @param {LogEntry[]} entries @param {Sighting} sighting @returns {Seen} */
function seenAt(entries, { code, seq, ours, other, entry }) {
  const here = entries.find(({ draft }) => draft.seq === seq);
  const hash = here?.hash.slice(0, 16);
  const isOther = hash !== undefined && other !== undefined && same(hash, other);
  const shown = entry ?? (here && isOther ? bytesOf(here) : undefined);
  return { code, seq, ours: side(ours ?? (isOther ? undefined : hash), here && !isOther ? bytesOf(here) : undefined), other: side(other, shown) };
}

/** The entry that began the epoch names a commit; the key that was offered has another. @param {Group} group @returns {Promise<Seen[]>} */
async function falseKey(group) {
  if (!group.isOpen) return [];
  const { epoch, epochCommits } = group.log;
  const [commit, secret] = [epochCommits.get(epoch), group.epochs.secretOf(epoch)];
  if (!commit || !secret) return [];
  const offered = await epochCommit(group.id, epoch, secret);
  const began = group.entries.find(({ draft }) => draft.epoch === epoch);
  if (!began || same(offered, commit)) return [];
  const ours = side(began.hash.slice(0, 16), bytesOf(began));
  return [{ code: "epoch-unlogged", seq: began.draft.seq, ours, other: {}, epoch, commit: toB64url(commit), offered: toB64url(offered) }];
}
