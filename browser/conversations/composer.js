/** The boxes one writes in: a share with what would help, and a reply that says back what was asked for. */

import { control, part, template } from "../ui/dom.js";
import { drawHelp, drawReaders } from "./parts.js";

/** @import { Share } from "./circle.js" */
/** @import { Drafts } from "./drafts.js" */
/** @import { Room } from "./room.js" */

/** @param {HTMLFormElement} form @param {(text: string) => void} send told what was written, if anything was */
function onWords(form, send) {
  const box = control(form, "text");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (text) send(text);
    else box.focus();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}

/** @param {HTMLFormElement} form @returns {string} */
const helpIn = (form) => String(new FormData(form).get("help") ?? "");

/** @param {HTMLFormElement} form @param {string} value */
function setHelp(form, value) {
  for (const choice of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name=help]"))) choice.checked = choice.value === value;
}

/**
 * @param {Room} room @param {Drafts} drafts
 * @returns {{element: HTMLFormElement, update: () => void, fill: (text: string, help: string) => void}}
 */
export function shareComposer(room, drafts) {
  const form = /** @type {HTMLFormElement} */ (template("composer"));
  const box = control(form, "text");
  const fill = (/** @type {string} */ text, /** @type {string} */ help) => {
    box.value = text;
    setHelp(form, help);
    drafts.set("", { text, help });
  };
  form.addEventListener("input", () => drafts.set("", { text: box.value, help: helpIn(form) }));
  onWords(form, (text) => {
    room.share(text, helpIn(form));
    fill("", "");
  });
  const { text, help } = drafts.get("");
  fill(text, help ?? "");
  return { element: form, update: () => drawReaders(part(form, "readers"), room), fill };
}

/**
 * @param {Room} room @param {Share} share @param {Drafts} drafts @param {() => void} close
 * @returns {HTMLFormElement}
 */
export function replyBox(room, share, drafts, close) {
  const form = /** @type {HTMLFormElement} */ (template("reply-box"));
  const box = control(form, "text");
  box.id = `reply-${share.id}`;
  /** @type {HTMLLabelElement} */ (part(form, "label")).htmlFor = box.id;
  box.value = drafts.get(share.id).text;
  drawHelp(part(form, "asked"), "help-said-back", share, room);
  drawReaders(part(form, "readers"), room);
  form.addEventListener("input", () => drafts.set(share.id, { text: box.value }));
  onWords(form, (text) => {
    room.reply(share.id, text);
    drafts.set(share.id, { text: "" });
    close();
  });
  part(form, "close").addEventListener("click", close);
  return form;
}
