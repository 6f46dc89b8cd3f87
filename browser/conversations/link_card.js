/** The card of a link that was just made: shown once, to be copied, printed or sent on with another app. */

import { focusOn, part, say, show } from "../ui/dom.js";
import { showTime } from "../ui/local_time.js";
import { copyButton, printButtons } from "../ui/paper.js";

/** @typedef {{address: string, expiresMs: number}} Link */

/** @param {HTMLElement} card empty @returns {(link: Link) => void} shows a link in it */
export function linkCard(card) {
  let address = "";
  copyButton(card, () => address);
  show(part(card, "share-out"), "share" in navigator);
  part(card, "share-out").addEventListener("click", () => navigator.share({ url: address }).catch(() => undefined));
  printButtons(card);
  return (link) => {
    address = link.address;
    say(part(card, "link"), address);
    showTime(/** @type {HTMLTimeElement} */ (part(card, "expires")), link.expiresMs);
    say(part(card, "copied"), "");
    show(card, true);
    focusOn(card);
  };
}
