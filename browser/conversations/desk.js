/**
 * Where this member writes in a group: what they have begun, what is on its way, and the boxes for it. It comes after the words
 * that are already there (writing.js).
 */

import { isKeptHere, ownWordsOf } from "../accounts/own_words.js";
import { post } from "../groups/posting.js";
import { isOnline } from "../live/online.js";
import { KIND } from "../sealing/envelope.js";
import { signCard } from "./agreement_view.js";
import { replyBox, shareComposer } from "./composer.js";
import { Drafts } from "./drafts.js";
import { Outbox } from "./sending.js";
import { drawUnsent } from "./unsent_view.js";
import { Waiting } from "./waiting.js";

/** @import { Share } from "./circle.js" */
/** @import { Composer } from "./composer.js" */
/** @import { Pane } from "./group_view.js" */
/** @import { Room } from "./room.js" */
/** @import { Unsent } from "./sending.js" */
/** @import { WritableRecords } from "../local/writing.js" */

export class Desk {
  /** @type {Composer|null} */ #composer = null;
  #room;

  /** @param {Room} room @param {WritableRecords} records where this device keeps what its person wrote */
  constructor(room, records) {
    const { group } = room;
    this.#room = room;
    this.outbox = new Outbox(new Waiting(records, group.id), { post: (item) => post(group, item), online: () => isOnline(group.here.connection) });
    this.drafts = new Drafts(records, group.id);
    /** @type {Pane} stands where the box will be until this member said yes */ this.sign = signCard(room);
  }

  /** @param {Room} room @returns {Promise<Desk>} with what an earlier page left on it */
  static async open(room) {
    const desk = new Desk(room, await ownWordsOf(room.group.here.keys));
    const { outbox, drafts } = desk;
    outbox.addEventListener("change", () => room.changed());
    outbox.addEventListener("sent", (/** @type {any} */ { detail }) => room.receive([detail]));
    await Promise.all([drafts.open(), outbox.open()]);
    addEventListener("beforeunload", (event) => outbox.entries.length > 0 && !isKeptHere() && event.preventDefault());
    room.group.here.connection.on("state", () => room.changed());
    return desk;
  }

  /** @param {string} text @param {string} help "" for not known yet */
  share(text, help) {
    return this.outbox.put({ kind: KIND.share, body: { t: text, ...(help ? { h: help } : {}) } });
  }

  /** @param {string} share id in hex @param {string} text */
  reply(share, text) {
    return this.outbox.put({ kind: KIND.reply, body: { t: text }, parent: share });
  }

  /** The box for a share, from now on. @param {HTMLFormElement} form */
  compose(form) {
    this.#composer = shareComposer(form, this);
    return this.#composer;
  }

  /** @param {Share} share @param {() => void} close @returns {HTMLFormElement} */
  replyBox(share, close) {
    return replyBox(this.#room, share, this, close);
  }

  /** What is on its way: shares, or the replies to one. @param {HTMLElement} list @param {string} parent "" for shares @param {(unsent: Unsent) => void} putBack */
  drawUnsent(list, parent, putBack) {
    const entries = this.outbox.entries.filter((unsent) => unsent.parent === parent);
    drawUnsent(list, parent ? entries : entries.reverse(), { outbox: this.outbox, isAway: this.#room.group.here.connection.isAway, putBack: (unsent) => this.#putBack(unsent, putBack) });
  }

  /** Back into its box, after what stands there by now. @param {Unsent} unsent @param {(unsent: Unsent) => void} done */
  #putBack(unsent, done) {
    const { text, help } = this.drafts.get(unsent.parent);
    const draft = { text: [text, unsent.body.t].filter(Boolean).join("\n\n"), help: help || unsent.body.h || "" };
    this.drafts.set(unsent.parent, draft);
    if (!unsent.parent) this.#composer?.fill(draft.text, draft.help);
    done(unsent);
  }
}
