/**
 * Where this member writes in a group: what they have begun, what is on its way, and the boxes for it. It comes after the words
 * that are already there (writing.js).
 */

import { isKeptHere, ownWordsOf } from "../accounts/own_words.js";
import { isOvertaken, post } from "../groups/posting.js";
import { isOnline } from "../live/online.js";
import { fromHex } from "../sealing/codec.js";
import { KIND } from "../sealing/envelope.js";
import { Acts } from "./acts.js";
import { signCard } from "./agreement_view.js";
import { replyBox, shareComposer } from "./composer.js";
import { Drafts } from "./drafts.js";
import { Near } from "./near.js";
import { readBack } from "./reading_back.js";
import { ReadingOn } from "./reading_on.js";
import { Outbox } from "./sending.js";
import { drawStranded, strandedIn } from "./stranded.js";
import { takeOver } from "./taking_over.js";
import { tellOfSending } from "./telling.js";
import { drawUnsent } from "./unsent_view.js";
import { Waiting } from "./waiting.js";

/** @import { Item } from "../groups/posting.js" */
/** @import { Share, Words } from "./circle.js" */
/** @import { Composer } from "./composer.js" */
/** @import { Room } from "./room.js" */
/** @import { Unsent } from "./sending.js" */
/** @import { WritableRecords } from "../local/writing.js" */
/** @typedef {{id: string, revision: number}} Mine one's own presence as it is */

export class Desk {
  /** @type {Composer|null} */ #composer = null;
  /** @type {Map<string, (text: string) => void>} */ #boxes = new Map();
  #room;

  /** @param {Room} room @param {WritableRecords} records where this device keeps what its person wrote */
  constructor(room, records) {
    const { group } = room;
    this.#room = room;
    this.outbox = new Outbox(new Waiting(records, group.id), { post: (item) => post(group, item), online: () => isOnline(group.here.connection) });
    this.drafts = new Drafts(records, group.id, () => this.outbox.kept);
    this.near = new Near(room);
    this.readingOn = new ReadingOn(room, records);
    this.acts = new Acts(room, this);
  }

  /** @param {Room} room @returns {Promise<Desk>} with what an earlier page left on it */
  static async open(room) {
    const { keys } = room.group.here;
    const records = await ownWordsOf(keys);
    await takeOver(keys, records, room.group.id);
    const desk = new Desk(room, records);
    const { outbox, drafts } = desk;
    outbox.addEventListener("change", () => room.changed());
    outbox.addEventListener("sent", (/** @type {any} */ { detail }) => room.receive([detail]));
    await Promise.all([drafts.open(), outbox.open()]);
    tellOfSending(outbox, () => room.group.here.connection.isAway);
    addEventListener("beforeunload", (event) => outbox.entries.length > 0 && !isKeptHere() && event.preventDefault());
    room.group.here.connection.on("state", () => room.changed());
    return desk;
  }

  /** @param {string} text @param {string} help "" for not known yet @param {boolean} [more] will there be more? */
  share(text, help, more = false) {
    return this.outbox.put({ kind: KIND.share, body: bodyOf(text, help, more) });
  }

  /** Goes on with one's own share. @param {string} share id in hex @param {string} text @param {string} help @param {boolean} more */
  goOn(share, text, help, more) {
    return this.outbox.put({ kind: KIND.reply, body: { ...bodyOf(text, help, more), part: true }, parent: share });
  }

  /** @param {string} text */
  chat(text) {
    return this.outbox.put({ kind: KIND.chat, body: { t: text } });
  }

  /** Says one's own words anew, in their place. @param {Words} words @param {string} text */
  edit(words, text) {
    const { help, more, part } = words;
    return this.#revise(words, { ...bodyOf(text, help ?? "", more), ...(part ? { part } : {}) });
  }

  /** Takes one's own words back. @param {Words[]} all one after another */
  async withdrawAll(all) {
    for (const words of all) await this.#withdraw(words);
  }

  /** Another device may have edited them a moment ago: then it is the revision after that. @param {Words} words */
  async #withdraw(words) {
    try {
      await this.#revise(words, { gone: true }, "withdraw");
    } catch (why) {
      if (!isOvertaken(why)) throw why;
      const now = this.now(words);
      if (!now.isGone) await this.#revise(now, { gone: true }, "withdraw");
    }
  }

  /** As they are by now. @param {Words} words @returns {Words} */
  now(words) {
    const { shares, replies, chats } = this.#room.circle;
    return [shares, replies, chats].map((each) => each.get(words.id)).find((found) => found !== undefined) ?? words;
  }

  /** @param {Words} words @param {Record<string, unknown>} body @param {"send"|"withdraw"} [verb] */
  #revise({ kind, id, parent, revision }, body, verb = "send") {
    return this.#post({ kind, body, itemId: fromHex(id), parent: fromHex(parent), revision: revision + 1, verb });
  }

  /** Is there for whoever said these words; again, it takes the first one's place. @param {Words} words @param {string} phrase "" without words @param {Mine} [mine] */
  bePresent(words, phrase, mine) {
    return this.#present(words, { body: phrase ? { t: phrase } : {}, ...next(mine) });
  }

  /** @param {Words} words @param {Mine} mine */
  stopPresence(words, mine) {
    return this.#present(words, { body: { gone: true }, ...next(mine), verb: "withdraw" });
  }

  /** @param {Words} words @param {Omit<Item, "kind">} item */
  #present({ id, author }, item) {
    return this.#post({ kind: KIND.presence, parent: fromHex(id), between: fromHex(author), ...item });
  }

  /**
   * At once, and not by way of the outbox: its person waits for it, and is told when it cannot be. Where another device of theirs was
   * first, what it did is on the page by then.
   *
   * @param {Item} item
   */
  async #post(item) {
    try {
      await this.#room.receive([await post(this.#room.group, item)]);
    } catch (why) {
      if (isOvertaken(why)) await this.#room.catchUp();
      throw why;
    }
  }

  /** Told the words when they come back into the box of this place. @param {string} place @param {(text: string) => void} fill */
  onPutBack(place, fill) {
    this.#boxes.set(place, fill);
  }

  /** @param {string} share id in hex @param {string} text */
  reply(share, text) {
    return this.outbox.put({ kind: KIND.reply, body: { t: text }, parent: share });
  }

  /** Older words, from now on. @param {HTMLElement} button for them @param {import("./reading_back.js").StepBack} stepBack shows what comes before */
  readBack(button, stepBack) {
    readBack(button, this.#room.group.here.connection, stepBack);
  }

  /** The box for a share, from now on. @param {HTMLElement} card */
  compose(card) {
    this.#composer = shareComposer(card, this, this.#room);
    return this.#composer;
  }

  /** What to say yes to first, from now on. @param {HTMLElement} card @returns {{update: () => void}} */
  askToSign(card) {
    return { update: signCard(card, this.#room) };
  }

  /** @param {Share} share @param {() => void} close @returns {HTMLFormElement} */
  replyBox(share, close) {
    return replyBox(this.#room, share, this, close);
  }

  /** What is on its way: shares, the chat, or the replies to a share. @param {HTMLElement} list @param {string} parent "" for shares, "chat" @param {(unsent: Unsent) => void} putBack */
  drawUnsent(list, parent, putBack) {
    const entries = this.outbox.entries.filter((unsent) => listOf(unsent) === parent);
    drawUnsent(list, parent ? entries : entries.reverse(), { outbox: this.outbox, isAway: this.#room.group.here.connection.isAway, putBack: (unsent) => this.#putBack(unsent, putBack) });
  }

  /** What was being written to words that were taken back. @param {HTMLElement} list */
  drawStranded(list) {
    drawStranded(list, strandedIn(this.drafts.begun, this.#room.circle), this.drafts, (text) => this.#beginShare(text));
  }

  /** After what stands in the box for a share by now. @param {string} words @param {string} [wanted] what would help, if nothing was chosen yet */
  #beginShare(words, wanted = "") {
    const { text, help } = this.drafts.get("");
    const all = [text, words].filter(Boolean).join("\n\n");
    this.drafts.set("", { text: all, help: help || wanted });
    this.#composer?.fill(all, help || wanted);
    document.getElementById("share-text")?.focus();
  }

  /** Back into its box, after what stands there by now. @param {Unsent} unsent @param {(unsent: Unsent) => void} done */
  #putBack(unsent, done) {
    const place = unsent.body.part ? `part-box ${unsent.parent}` : listOf(unsent);
    const { text, help } = this.drafts.get(place);
    const draft = { text: [text, unsent.body.t].filter(Boolean).join("\n\n"), help: help || unsent.body.h || "" };
    this.drafts.set(place, draft);
    this.#boxes.get(place)?.(draft.text);
    if (!place) this.#composer?.fill(draft.text, draft.help, true);
    done(unsent);
  }
}

/** @param {Mine} [mine] */
const next = (mine) => (mine ? { itemId: fromHex(mine.id), revision: mine.revision + 1 } : {});

/** In which list something waits. @param {Unsent} unsent */
const listOf = ({ kind, parent }) => (kind === KIND.chat ? "chat" : parent);

/** A field that says nothing is left out. @param {string} text @param {string} help @param {boolean} [more] */
const bodyOf = (text, help, more) => ({ t: text, ...(help ? { h: help } : {}), ...(more ? { more } : {}) });
