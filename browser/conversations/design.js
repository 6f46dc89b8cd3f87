/** The page that shows every part in every state: each template of the pages, drawn with nothing hidden (docs/design.md). */

import { toHex } from "../sealing/codec.js";
import { part, say, sentence, whenReady } from "../ui/dom.js";
import { tellTime } from "../ui/local_time.js";
import { line } from "./lines.js";
import { drawName } from "./parts.js";

/** Lists of sentences, not things one sees. */
const LISTS = /(-lines|^count-.*|^help-.*|^sentences|^later-.*)$/;

/** @param {HTMLElement} place @param {HTMLTemplateElement} source */
function show(place, source) {
  const specimen = document.createElement("section");
  specimen.className = "specimen stack";
  const title = document.createElement("h2");
  say(title, source.id);
  specimen.append(title, document.importNode(source.content, true));
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (specimen.querySelectorAll("[hidden]"))) each.hidden = false;
  for (const each of specimen.querySelectorAll("dialog")) each.open = true;
  for (const each of specimen.querySelectorAll("fieldset")) each.disabled = false;
  fill(specimen, place.dataset);
  place.append(specimen);
}

/** What comes while somebody reads: one sentence of each sort. @param {HTMLElement} specimen @param {string} who */
function fillShelf(specimen, who) {
  for (const each of specimen.querySelectorAll("#told")) say(each, sentence("unreachable"));
  for (const each of specimen.querySelectorAll("[data-part=news]")) each.replaceChildren(line("news-lines", "joined", { who }) ?? "");
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (specimen.querySelectorAll("[data-closed]"))) say(each, each.dataset["closed"] ?? "");
}

/** @param {HTMLElement} specimen @param {DOMStringMap} samples */
function fill(specimen, { name = "", words = "" }) {
  fillShelf(specimen, name);
  for (const each of specimen.querySelectorAll("time")) tellTime(each, Date.now() - 3_600_000);
  for (const each of specimen.querySelectorAll("bdi:empty")) say(each, name);
  for (const each of specimen.querySelectorAll(".said:empty, .closed-words:empty")) say(each, words);
  for (const each of specimen.querySelectorAll(".share, .reply, .chat-line")) {
    drawName(/** @type {HTMLElement} */ (each), name, toHex(crypto.getRandomValues(new Uint8Array(16))));
  }
}

whenReady(() => {
  const place = part(document, "specimens");
  const sources = /** @type {HTMLTemplateElement[]} */ ([...document.querySelectorAll("template[id]")]);
  for (const each of sources) if (!LISTS.test(each.id)) show(place, each);
});
