/**
 * What a group sees when it sits together: a fold of opened items into shares with their replies, chat, names, what stands,
 * and who signed what. Pure: no page, no network, no keys.
 *
 * Items may come in any order and more than once (live, catching up, older ones on demand); the result is the same.
 *
 * @typedef {object} Item an opened envelope, or the reason why it stays closed
 * @property {number} seq the group's order of acceptance, from 1
 * @property {number} kind 1 share, 2 reply, 3 chat, 8 standing item, 9 profile, 11 entry
 * @property {string} id item id in hex
 * @property {string} author member id in hex
 * @property {string} parent item id in hex, of a reply
 * @property {number} revision 0 at first
 * @property {number} epoch
 * @property {number} received milliseconds, the server's clock
 * @property {{seq: number, received: number}} [first] of a revision: where and when it was said first
 * @property {number} [sent] milliseconds, the sender's clock
 * @property {Record<string, any>} [body]
 * @property {string} [code] why it is not shown; then there is no body
 *
 * @typedef {object} Words one share, reply or line of chat as it is shown
 * @property {number} kind
 * @property {string} id
 * @property {number} seq of its first revision: editing moves nothing
 * @property {string} author
 * @property {number} received
 * @property {number} revision
 * @property {string} [text]
 * @property {string} parent in hex
 * @property {string} [help] what would help
 * @property {boolean} [more]
 * @property {boolean} [part]
 * @property {boolean} [isGone] withdrawn
 * @property {number} [ownClock] as `sent`, where it is told
 * @property {string} [code]
 *
 * @typedef {Words & {parts: Words[], replies: Words[]}} Share
 * @typedef {{name: string, epoch: number, seq: number}} Profile
 * @typedef {{seq: number, epoch: number, author: string, body: Record<string, any>}} Standing
 *
 * @typedef {object} Circle
 * @property {Map<string, Words>} shares
 * @property {Map<string, Words>} replies
 * @property {Map<string, Words>} chats
 * @property {Map<string, string>} parents reply id -> share id
 * @property {Map<string, Profile>} profiles member id -> what they call themselves
 * @property {Standing|null} standing
 * @property {Map<string, Record<string, number>>} signatures member id -> {principles: version, agreement: version}
 * @property {number} first the lowest seq seen, 0 when none
 * @property {number} last the highest seq seen, 0 when none
 */

import { HELP_WANTED, isGone } from "../sealing/body.js";
import { KIND } from "../sealing/envelope.js";

/** Texts people say yes to. A profile repeats its author's yes, because a newcomer cannot read the one said before. */
const SIGNED = Object.freeze(["principles", "agreement"]);

const HOUR = 3_600_000;
const LAST_DATE = 8_640_000_000_000_000;

/** @returns {Circle} */
export const emptyCircle = () => ({
  shares: new Map(),
  replies: new Map(),
  chats: new Map(),
  parents: new Map(),
  profiles: new Map(),
  standing: null,
  signatures: new Map(),
  first: 0,
  last: 0,
});

/** @param {Circle} circle @returns {Circle} the same people and what stands, with nothing said yet */
export const unsaid = ({ profiles, standing, signatures }) => ({ ...emptyCircle(), profiles, standing, signatures });

/**
 * @param {Circle} circle
 * @param {Item[]} items in any order
 * @returns {Circle} a new one; the old stays as it was
 */
export function fold(circle, items) {
  const next = {
    ...circle,
    shares: new Map(circle.shares),
    replies: new Map(circle.replies),
    chats: new Map(circle.chats),
    parents: new Map(circle.parents),
    profiles: new Map(circle.profiles),
    signatures: new Map(circle.signatures),
  };
  for (const item of items) FOLDS[item.kind]?.(next, item);
  const seqs = items.map((item) => item.seq);
  return { ...next, first: lowest(circle.first, seqs), last: Math.max(circle.last, ...seqs) };
}

/**
 * As `fold`, for what stands: these rows are the newest of their kind and may be far behind, so they say nothing about
 * which part of the talk has been loaded.
 *
 * @param {Circle} circle @param {Item[]} items @returns {Circle}
 */
export const foldStanding = (circle, items) => ({ ...fold(circle, items), first: circle.first, last: circle.last });

/** @param {number} first 0 when nothing was seen @param {number[]} seqs */
function lowest(first, seqs) {
  const seen = first > 0 ? [first, ...seqs] : seqs;
  return seen.length > 0 ? Math.min(...seen) : 0;
}

/** @type {Record<number, (circle: Circle, item: Item) => void>} */
const FOLDS = {
  [KIND.share]: (circle, item) => foldWords(circle.shares, item),
  [KIND.chat]: (circle, item) => foldWords(circle.chats, item),
  [KIND.reply](circle, item) {
    const known = circle.replies.get(item.id);
    // Anybody can write a header around an item's id; what did not open must not carry a reply to another share.
    if (!known || replaces(item, known)) circle.parents.set(item.id, item.parent);
    foldWords(circle.replies, item);
  },
  [KIND.standing](circle, { body, seq, epoch, author }) {
    if (body && seq > (circle.standing?.seq ?? 0)) circle.standing = { seq, epoch, author, body };
  },
  [KIND.profile](circle, { body, seq, epoch, author }) {
    if (!body) return;
    if (seq > (circle.profiles.get(author)?.seq ?? 0)) circle.profiles.set(author, { name: body.n, epoch, seq });
    for (const of of SIGNED) foldSignature(circle, author, of, body.signed?.[of]);
  },
  [KIND.entry](circle, { body, author }) {
    if (body?.type === "signature") foldSignature(circle, author, body.of, body.version);
  },
};

/** @param {Circle} circle @param {string} author @param {string} of @param {unknown} version */
function foldSignature(circle, author, of, version) {
  if (!Number.isSafeInteger(version)) return;
  const signed = circle.signatures.get(author) ?? {};
  circle.signatures.set(author, { ...signed, [of]: Math.max(signed[of] ?? 0, Number(version)) });
}

/** @param {Map<string, Words>} words @param {Item} item */
function foldWords(words, item) {
  const known = words.get(item.id);
  const said = item.first ?? item;
  const place = known && known.seq < said.seq ? known : said;
  const shown = known && !replaces(item, known) ? known : wordsOf(item);
  words.set(item.id, { ...shown, seq: place.seq, received: place.received });
}

/**
 * Only a higher revision replaces: a second envelope of the same one is refused (sealing.md 8.2). What stays closed never
 * replaces what is open, so that one damaged envelope does not silence its author; what opens replaces what was closed.
 * An item is its first author's: what somebody else says under its id, which only a lying server lets in, never takes its place.
 * What was taken back never comes back.
 *
 * @param {Item} item @param {Words} known
 */
function replaces(item, known) {
  if (Boolean(item.code) !== Boolean(known.code)) return !item.code;
  if (item.author !== known.author) return item.revision < known.revision;
  if (known.isGone) return false;
  return item.revision > known.revision || Boolean(item.body && isGone(item.body));
}

/** @param {Item} item @returns {Words} */
function wordsOf({ kind, id, seq, author, parent, received, revision, code, body = {}, sent }) {
  const words = { kind, id, seq, author, parent, received, revision };
  if (code) return { ...words, code };
  if (isGone(body)) return { ...words, isGone: true };
  const marks = { help: helpOf(body), more: body.more === true, part: body.part === true };
  return { ...words, text: body.t, ...marks, ownClock: ownClock(received, sent) };
}

/**
 * Told when more than an hour off (sealing.md 8.2): words kept back, or a wrong clock. Any number may come: beyond the last date
 * there is, writing it would stop the page.
 *
 * @param {number} received @param {number|undefined} sent
 */
const ownClock = (received, sent) => (sent !== undefined && sent <= LAST_DATE && Math.abs(sent - received) > HOUR ? sent : undefined);

/** Anything else is as if nothing had been asked. @param {Record<string, any>|undefined} body */
const helpOf = (body) => (HELP_WANTED.includes(body?.h) ? body?.h : undefined);

/** @param {Words} one @param {Words} other */
const bySeq = (one, other) => one.seq - other.seq;

/** Replies of each share, in order. @param {Circle} circle @returns {Map<string, Words[]>} */
function repliesByShare(circle) {
  /** @type {Map<string, Words[]>} */
  const byShare = new Map();
  for (const reply of [...circle.replies.values()].sort(bySeq)) {
    const share = circle.parents.get(reply.id) ?? "";
    const others = byShare.get(share);
    if (others) others.push(reply);
    else byShare.set(share, [reply]);
  }
  return byShare;
}

/** @param {Circle} circle @returns {Share[]} newest first, replies oldest first; withdrawn ones only with replies */
export function sharesOf(circle) {
  const answers = repliesByShare(circle);
  const shares = [...circle.shares.values()].map((share) => whole(share, answers.get(share.id) ?? []));
  return shares.filter((share) => !share.isGone || share.replies.length > 0).sort((one, other) => bySeq(other, one));
}

/** A share as far as it was told. @param {Words} share @param {Words[]} answers @returns {Share} */
function whole(share, answers) {
  const isPart = (/** @type {Words} */ { part, author }) => Boolean(part) && author === share.author;
  const parts = share.isGone ? [] : answers.filter((each) => isPart(each) && !each.isGone);
  const replies = answers.filter((each) => !isPart(each) && !each.isGone);
  const told = [share, ...parts];
  return { ...share, help: told.findLast(({ help }) => help)?.help, more: told.at(-1)?.more, parts, replies };
}

/** @param {Circle} circle @returns {Words[]} replies whose share has not been loaded yet, newest first */
export const looseReplies = (circle) =>
  [...circle.replies.values()].filter((reply) => !reply.isGone && !circle.shares.has(circle.parents.get(reply.id) ?? "")).sort((one, other) => bySeq(other, one));

/**
 * What a member is called: by their own word, else by what a facilitator passed on.
 *
 * @param {Circle} circle @param {string} member @returns {string|undefined}
 */
export const nameOf = (circle, member) => circle.profiles.get(member)?.name ?? circle.standing?.body.profiles?.[member]?.n;

/** @param {Circle} circle @returns {string|undefined} the group's name */
export const groupName = (circle) => circle.standing?.body.name;
