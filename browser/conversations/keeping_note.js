/** Says that this device does not take things, or that the server has less than it, once it is so: reading and sending go on. */

import { keeping } from "../accounts/own_words.js";
import { template } from "../ui/dom.js";
import { speak } from "../ui/voice.js";
import { line } from "./lines.js";

/** From now on. */
export function watchKeeping() {
  const say = () => {
    const what = keeping.trouble ?? keeping.news;
    if (!what || document.getElementById("keeping")) return;
    const note = template("keeping-note");
    note.id = "keeping";
    note.append(/** @type {DocumentFragment} */ (line("keeping-lines", what)));
    speak(line("keeping-lines", what));
    document.getElementById("shelf")?.firstElementChild?.prepend(note);
  };
  keeping.addEventListener("change", say);
  say();
}
