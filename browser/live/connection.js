/**
 * One connection to the gateway for the whole page: asks and their answers, news, and coming back after a gap.
 *
 * An ask is kept until it is answered and sent again after every gap. That is safe because every verb is: the same
 * envelope again is answered with its first result, and the same log entry again is refused as `stale-log`, which its
 * sender resolves by looking whether the entry is there. News may be lost in a gap; `again` is told then, and whoever
 * keeps a group asks for what came after.
 */

import { Refusal } from "../ui/refusal.js";
import { messagesOf, readAnswers, writeAsk } from "./frames.js";
import { openSocket, post, SIGNED_OUT } from "./line.js";

/** @typedef {import("./line.js").Line} Line */
/** @typedef {import("./line.js").Ends} Ends */
/** @typedef {"connecting"|"open"|"asking"|"closed"|"signed-out"} State `asking`: no socket, but requests get through */
/** @typedef {{frame: Uint8Array, sent: boolean, resolve: (result: any) => void, reject: (why: Error) => void}} Kept */

const SLOWEST = 30_000;
const SILENCE = 20_000;
const BETWEEN_QUESTIONS = 8_000;
const SOCKETS_BEFORE_REQUESTS = 2;

/** How long to wait before the next try: doubling, capped, and spread so that a restart is not met by everyone at once. */
export const pause = (/** @type {number} */ tries, random = Math.random()) =>
  Math.min(SLOWEST, 500 * 2 ** tries) * (0.5 + random / 2);

export class Connection {
  /** @type {State} */ state = "closed";
  /** @type {Map<number, Kept>} */ #asks = new Map();
  /** @type {Map<string, Set<(payload: any) => void>>} */ #ears = new Map();
  /** @type {Map<string, Uint8Array>} */ #groups = new Map();
  /** @type {Line|null} */ #line = null;
  #isOpen = false;
  #failures = 0;
  #lastRef = 0;
  #flushing = false;
  #opener;
  #post;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #retry;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #watch;

  /** @param {{opener?: (ends: Ends) => Line, poster?: (message: Uint8Array) => Promise<Uint8Array>}} [ways] */
  constructor({ opener = openSocket, poster = post } = {}) {
    this.#opener = opener;
    this.#post = poster;
  }

  /** Connects, or tries again at once: the browser says that the network is back. */
  start() {
    clearTimeout(this.#retry);
    if (this.#line) return;
    this.#tell(this.#failures ? this.state : "connecting");
    let isOver = false;
    this.#line = this.#opener({
      opened: () => this.#opened(),
      arrived: (message) => this.#arrived(message),
      closed: (code) => {
        if (isOver) return;
        isOver = true;
        this.#closed(code);
      },
    });
  }

  /** The network went away, or the line is silent: give it up, keep what is unanswered, try again. */
  drop() {
    this.#line?.close();
  }

  /** Nothing is tried any more. Asks stay unanswered. */
  stop() {
    this.#tell("signed-out");
    this.drop();
    clearTimeout(this.#retry);
  }

  /**
   * @param {string} verb @param {object} [args]
   * @returns {Promise<any>} the result's map
   * @throws {Refusal} when the server says no. While there is no connection it waits.
   */
  call(verb, args = {}) {
    const ref = (this.#lastRef += 1);
    const frame = writeAsk([ref, verb, args]);
    return new Promise((resolve, reject) => {
      this.#asks.set(ref, { frame, sent: false, resolve, reject });
      this.#flushSoon();
    });
  }

  /** Hears a group's news from now on, and again after every gap. @param {string} key @param {Uint8Array} group */
  listen(key, group) {
    this.#groups.set(key, group);
    return this.call("listen", { groups: [group] });
  }

  /** @param {string} key */
  unlisten(key) {
    this.#groups.delete(key);
  }

  /**
   * @param {string} topic one of the gateway's, or `state` (a State), or `again` (there was a gap)
   * @param {(payload: any) => void} ear
   * @returns {() => void} stops hearing
   */
  on(topic, ear) {
    const ears = this.#ears.get(topic) ?? new Set();
    this.#ears.set(topic, ears.add(ear));
    return () => ears.delete(ear);
  }

  /** Does nothing get through just now? */
  get isAway() {
    return this.state === "closed" || this.state === "signed-out";
  }

  /** @param {string} topic @param {any} payload */
  #news(topic, payload) {
    // Each on its own: what one ear throws must not keep the rest of the message from the others.
    for (const ear of this.#ears.get(topic) ?? []) queueMicrotask(() => ear(payload));
  }

  /** @param {State} state */
  #tell(state) {
    if (state === this.state) return;
    this.state = state;
    this.#news("state", state);
  }

  #opened() {
    this.#isOpen = true;
    const hadGap = this.#failures > 0;
    this.#tell("open");
    // One ask for each group: a group one was removed from meanwhile must not silence the others.
    for (const group of this.#groups.values()) this.call("listen", { groups: [group] }).catch(() => {});
    this.#flush();
    if (hadGap) this.#news("again", {});
  }

  /** @param {number} code */
  #closed(code) {
    this.#line = null;
    this.#isOpen = false;
    clearTimeout(this.#watch);
    for (const kept of this.#asks.values()) kept.sent = false;
    if (code === SIGNED_OUT) this.#tell("signed-out");
    if (this.state === "signed-out") return;
    this.#failures += 1;
    this.#retry = setTimeout(() => this.start(), pause(this.#failures));
    if (this.#failures < SOCKETS_BEFORE_REQUESTS) this.#tell("closed");
    else this.#askByRequest();
  }

  #flushSoon() {
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      if (this.#isOpen) this.#flush();
      else if (this.state === "asking") this.#askByRequest();
    });
  }

  #unsent() {
    return [...this.#asks.values()].filter((kept) => !kept.sent);
  }

  #flush() {
    const unsent = this.#unsent();
    for (const message of messagesOf(unsent.map((kept) => kept.frame))) this.#line?.send(message);
    for (const kept of unsent) kept.sent = true;
    if (unsent.length > 0) this.#watchForSilence();
  }

  /** A line that swallows asks is as good as none, and no browser says so by itself. */
  #watchForSilence() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#asks.size > 0 && this.drop(), SILENCE);
  }

  async #askByRequest() {
    const unsent = this.#unsent();
    for (const kept of unsent) kept.sent = true;
    try {
      const frames = unsent.length > 0 ? unsent.map((kept) => kept.frame) : [writeAsk([2 ** 32 - 1, "home", {}])];
      for (const message of messagesOf(frames)) this.#arrived(await this.#post(message));
      this.#byRequest();
    } catch {
      for (const kept of unsent) kept.sent = false;
      if (!this.#isOpen) this.#tell("closed");
    }
  }

  /** Requests get through: news come only to those who ask, so ask from time to time. */
  #byRequest() {
    if (this.#isOpen || this.state === "signed-out") return;
    const isNew = this.state !== "asking";
    this.#tell("asking");
    if (isNew) this.#askAround();
  }

  #askAround() {
    if (this.state !== "asking") return;
    this.#news("again", {});
    setTimeout(() => this.#askAround(), BETWEEN_QUESTIONS);
  }

  /** @param {Uint8Array} message */
  #arrived(message) {
    try {
      for (const answer of readAnswers(message)) this.#answered(answer);
      // Not at opening: some networks let a socket open and then cut it.
      if (this.#isOpen) this.#failures = 0;
    } catch {
      this.drop();
    }
  }

  /** @param {import("./frames.js").Answer} answer */
  #answered(answer) {
    if ("topic" in answer) return this.#news(answer.topic, answer.payload);
    const kept = this.#asks.get(answer.ref);
    this.#asks.delete(answer.ref);
    if (this.#asks.size === 0) clearTimeout(this.#watch);
    if ("ok" in answer) return kept?.resolve(answer.ok);
    if (answer.code === "signed-out") this.stop();
    return kept?.reject(new Refusal(answer.code, answer.sentence));
  }
}
