/** The boxes one writes in: a share with what would help, and a reply that says back what was asked for. */

import { isText } from "../sealing/body.js";
import { control, part, sentence, template } from "../ui/dom.js";
import { closeByEscape } from "../ui/focus.js";
import { tellField } from "../ui/form.js";
import { isOnesOwn, offerBeginnings } from "./beginnings.js";
import { line } from "./lines.js";
import { openBy } from "./opener.js";
import { drawHelp, drawReaders } from "./parts.js";

/** @import { Share } from "./circle.js" */
/** @import { Desk } from "./desk.js" */
/** @import { Room } from "./room.js" */
/** @typedef {{fill: (text: string, help: string, isAsked?: boolean) => void, update: () => void}} Composer */

/** @param {HTMLFormElement} form @param {(text: string) => void} send told what was written, if anything was */
export function onWords(form, send) {
  const box = control(form, "text");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    const problem = problemOf(text);
    tellField(box, problem);
    if (!problem && isOnesOwn(form, text)) send(text);
  });
  box.addEventListener("input", () => tellField(box, ""));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}

/** Nothing is cut off as it is pasted: it stays whole, and its author is told. @param {string} text @returns {string} "" when it can be sent */
function problemOf(text) {
  if (!text) return line("writing-lines", "empty")?.textContent ?? "";
  return isText(text) ? "" : sentence("too-large");
}

/** @param {HTMLFormElement} form @returns {string} */
export const helpIn = (form) => String(new FormData(form).get("help") ?? "");

/** @param {HTMLFormElement} form @param {string} name of a box with a tick */
export const isTicked = (form, name) => control(form, name).checked;

/** @param {HTMLFormElement} form @param {string} value */
function setHelp(form, value) {
  for (const choice of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name=help]"))) choice.checked = choice.value === value;
}

/**
 * What opens the box, and the box: it asks what would help before it asks for words, and no keyboard comes up by itself. Words begun
 * on another day do not push down what is read: the button says that they are there.
 *
 * @param {HTMLElement} card @param {Desk} desk @param {Room} room @returns {Composer}
 */
export function shareComposer(card, desk, room) {
  const { drafts } = desk;
  const form = /** @type {HTMLFormElement} */ (template("share-box"));
  const box = control(form, "text");
  const opener = part(card, "open");
  const label = () => opener.replaceChildren(line("opener-lines", box.value.trim() ? "begun" : "new") ?? "");
  const open = openBy(card, form, () => /** @type {HTMLElement|null} */ (form.querySelector("[name=help]:checked"))?.focus());
  const fill = (/** @type {string} */ text, /** @type {string} */ help, isAsked = false) => {
    box.value = text;
    setHelp(form, help);
    drafts.set("", { text, help });
    label();
    open(Boolean(text));
    if (isAsked) box.focus();
  };
  form.addEventListener("input", () => drafts.set("", { text: box.value, help: helpIn(form) }));
  onWords(form, (text) => {
    desk.share(text, helpIn(form), isTicked(form, "more"));
    fill("", "");
    control(form, "more").checked = false;
    opener.focus();
  });
  offerBeginnings(form);
  part(form, "close").addEventListener("click", label);
  const { text, help } = drafts.get("");
  fill(text, help ?? "");
  open(false);
  return { fill, update: () => drawReaders(part(form, "readers"), room) };
}

/**
 * @param {Room} room @param {Share} share @param {Desk} desk @param {() => void} close
 * @returns {HTMLFormElement}
 */
export function replyBox(room, share, desk, close) {
  const { drafts } = desk;
  const form = /** @type {HTMLFormElement} */ (template("reply-box"));
  const box = control(form, "text");
  box.id = `reply-${share.id}`;
  /** @type {HTMLLabelElement} */ (part(form, "label")).htmlFor = box.id;
  box.value = drafts.get(share.id).text;
  drawHelp(part(form, "asked"), "help-said-back", share, room);
  drawReaders(part(form, "readers"), room);
  form.addEventListener("input", () => drafts.set(share.id, { text: box.value }));
  offerBeginnings(form);
  onWords(form, (text) => {
    desk.reply(share.id, text);
    drafts.set(share.id, { text: "" });
    close();
  });
  part(form, "close").addEventListener("click", close);
  closeByEscape(form, close);
  return form;
}
