/**
 * What one can do with words that are there: be with whoever said them; edit, go on with, or take back one's own. What was given can be
 * taken back in a group that has ended, too. Drawn below them, and the same elements stay while words arrive around them.
 */

import { isOvertaken } from "../groups/posting.js";
import { fromHex } from "../sealing/codec.js";
import { KIND } from "../sealing/envelope.js";
import { askOnce } from "../ui/dialog.js";
import { part, show, template } from "../ui/dom.js";
import { speak } from "../ui/voice.js";
import { attempt } from "./attempt.js";
import { editBox, partBox, phraseBox } from "./act_boxes.js";
import { line } from "./lines.js";
import { presentAt } from "./presences.js";

/** @import { Share, Words } from "./circle.js" */
/** @import { Desk } from "./desk.js" */
/** @import { Presence } from "./presences.js" */
/** @import { Room } from "./room.js" */
/** @typedef {{words: Words, opened: string, base: Words}} Drawn what an element was drawn with last; `opened`: the box that stands open, "" for none; `base`: the words as its person saw them when they began to edit */

export class Acts {
  /** @type {WeakMap<HTMLElement, Drawn>} */ #drawn = new WeakMap();
  #room;
  #desk;
  #since;

  /** @param {Room} room @param {Desk} desk */
  constructor(room, desk) {
    this.#room = room;
    this.#desk = desk;
    this.#since = room.circle.last;
    room.addEventListener("present", (event) => this.#speak(/** @type {CustomEvent<Presence[]>} */ (event).detail));
  }

  get #mayTakeBack() {
    return !this.#room.group.trouble;
  }

  /** @param {Presence[]} given by others */
  #speak(given) {
    const live = given.filter(({ seq, isGone, revision }) => seq > this.#since && !isGone && revision === 0);
    // That somebody is there, not with which words: those are read where they stand.
    for (const { author } of live) speak(line("present-lines", "wordless", { who: this.#room.nameOf(author) }));
  }

  /** @param {HTMLElement} slot @param {Words|Share} words @param {boolean} mayWrite */
  draw(slot, words, mayWrite) {
    const isOpen = !words.code && !words.isGone;
    if (!isOpen) return slot.replaceChildren();
    if (!slot.firstElementChild && this.#desk.near.isFar(slot)) return;
    const element = /** @type {HTMLElement} */ (slot.firstElementChild ?? this.#make(slot, words));
    /** @type {Drawn} */ (this.#drawn.get(element)).words = words;
    if (words.author === this.#room.me) this.#drawOwn(element, words, mayWrite);
    else this.#drawOthers(element, words, this.#mineAt(words), mayWrite);
  }

  /** @param {HTMLElement} element @param {Words} words @param {boolean} mayWrite */
  #drawOwn(element, words, mayWrite) {
    show(part(element, "go-on"), mayWrite && words.kind === KIND.share);
    show(part(element, "edit"), mayWrite);
    show(part(element, "withdraw"), this.#mayTakeBack);
  }

  /** @param {HTMLElement} element @param {Words} words @param {Presence|undefined} mine @param {boolean} mayWrite */
  #drawOthers(element, words, mine, mayWrite) {
    const isHere = this.#room.group.log.member(fromHex(words.author))?.isActive ?? false;
    const [give, change, stop] = ["be-present", "change", "stop"].map((name) => part(element, name));
    const hadFocus = [give, stop].some((each) => each === document.activeElement);
    show(give, mayWrite && !mine && isHere && words.kind !== KIND.chat && !words.part);
    show(change, mayWrite && mine !== undefined && isHere);
    show(stop, this.#mayTakeBack && mine !== undefined);
    // The one takes the other's place under a finger: a keyboard stays there, too.
    if (hadFocus) [give, change, stop].find((each) => !each.hidden)?.focus();
  }

  /** @param {HTMLElement} slot @param {Words} words */
  #make(slot, words) {
    const element = template("acts");
    this.#drawn.set(element, { words, opened: "", base: words });
    part(element, "buttons").setAttribute("aria-labelledby", `who-${words.id} when-${words.id}`);
    const now = () => /** @type {Drawn} */ (this.#drawn.get(element)).words;
    for (const name of ["be-present", "change", "go-on", "edit"]) part(element, name).addEventListener("click", () => this.#toggle(element, name));
    part(element, "stop").addEventListener("click", () => this.#stop(now()));
    part(element, "withdraw").addEventListener("click", () => this.#withdraw(now(), element));
    slot.replaceChildren(element);
    return element;
  }

  /** @param {HTMLElement} element @param {string} name of the button whose box opens or closes */
  #toggle(element, name) {
    const drawn = /** @type {Drawn} */ (this.#drawn.get(element));
    const isOpening = drawn.opened !== name;
    this.#close(element);
    if (!isOpening) return;
    [drawn.opened, drawn.base] = [name, drawn.words];
    part(element, name).setAttribute("aria-expanded", "true");
    const box = this.#box(name, drawn, () => this.#close(element));
    part(element, "open").replaceChildren(box);
    /** @type {HTMLElement|null} */ (box.querySelector("textarea, button"))?.focus();
  }

  /** @param {string} name @param {Drawn} drawn @param {() => void} close */
  #box(name, drawn, close) {
    const { words } = drawn;
    if (name === "edit") return editBox(words, this.#desk, close, (text) => this.#edit(drawn, text, close));
    if (name === "go-on") return partBox(words, this.#desk, close);
    return phraseBox(this.#room.nameOf(words.author), close, (phrase) => this.#bePresent(words, phrase, close));
  }

  /** @param {HTMLElement} element */
  #close(element) {
    const drawn = /** @type {Drawn} */ (this.#drawn.get(element));
    if (!drawn.opened) return;
    const button = part(element, drawn.opened);
    drawn.opened = "";
    button.setAttribute("aria-expanded", "false");
    const hadFocus = part(element, "open").contains(document.activeElement);
    part(element, "open").replaceChildren();
    // What was done may have taken the button away: then the one that stands in its place.
    if (hadFocus) [button, part(element, "change"), part(element, "stop")].find((each) => !each.hidden)?.focus();
  }

  /** What another device wrote meanwhile is not written over unseen: its person is told, sees it, and saves once more. @param {Drawn} drawn @param {string} text @param {() => void} close */
  async #edit(drawn, text, close) {
    const edit = async () => {
      try {
        await this.#desk.edit(drawn.base, text);
      } catch (why) {
        if (isOvertaken(why)) drawn.base = this.#desk.now(drawn.base);
        throw why;
      }
    };
    if (!(await attempt(edit))) return;
    close();
    speak(line("done-lines", "edited"));
  }

  /** @param {Words} words @param {HTMLElement} element below them, which goes with them */
  async #withdraw(words, element) {
    const near = nearOf(element);
    const dialog = /** @type {HTMLDialogElement} */ (template("withdraw-dialog"));
    if ((await askOnce(dialog)) !== "yes") return;
    const parts = "parts" in words ? /** @type {Share} */ (words).parts : [];
    if (!(await attempt(() => this.#desk.withdrawAll([...parts, words])))) return;
    near.find((each) => each.isConnected)?.focus({ preventScroll: true });
    speak(line("done-lines", "withdrawn"));
  }

  /** @param {Words} words @param {string} phrase @param {() => void} close */
  async #bePresent(words, phrase, close) {
    if (await attempt(() => this.#desk.bePresent(words, phrase, this.#mineAt(words)))) close();
  }

  /** @param {Words} words @returns {Presence|undefined} */
  #mineAt({ id }) {
    return presentAt(this.#room.presences.all, id).find(({ author }) => author === this.#room.me);
  }

  /** @param {Words} words */
  async #stop(words) {
    const mine = this.#mineAt(words);
    if (mine && (await attempt(() => this.#desk.stopPresence(words, mine)))) speak(line("done-lines", "stopped"));
  }
}

/** Where a keyboard goes on when these words are gone: their own place if it is left, what stands beside it, or around it. @param {HTMLElement} element */
function nearOf(element) {
  const item = element.closest("li");
  const places = [item, item?.nextElementSibling, item?.previousElementSibling, item?.parentElement?.closest("[tabindex]"), document.querySelector("h1")];
  const focusable = (/** @type {Element|null|undefined} */ place) => (place?.matches("[tabindex]") ? place : place?.querySelector(":scope > [tabindex]"));
  return places.flatMap((place) => /** @type {HTMLElement[]} */ ([focusable(place)].filter(Boolean)));
}
