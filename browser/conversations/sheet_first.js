/** Who starts or guides a group has shown once that their recovery sheet is right: others count on them. */

import { comeBackTo } from "../accounts/beginning.js";
import { part } from "../ui/dom.js";

/** The card's way to the sheet leads back here. @param {HTMLElement} element with groups/_sheet_first.html inside */
export function sheetFirst(element) {
  part(element, "to-sheet").addEventListener("click", () => comeBackTo(location.pathname + location.hash));
  return element;
}
