/**
 * Taking words along: printed as a sheet, kept as a file, copied.
 * @module
 */

import { part, say } from "./dom.js";

/**
 * Buttons marked `data-print` print the page; print CSS hides all but the sheet.
 * @param {ParentNode} root
 */
export function printButtons(root) {
  for (const button of root.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }
}

/**
 * Hands a text to the person as a file. It goes through a blob address that is let go at once.
 * @param {string} name
 * @param {string} text
 */
export function saveFile(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/**
 * The button `copy` copies a text, and `copied` says that it did.
 * @param {ParentNode} root @param {() => string} text
 */
export function copyButton(root, text) {
  part(root, "copy").addEventListener("click", async () => {
    await navigator.clipboard.writeText(text());
    say(part(root, "copied"), part(root, "copied").dataset["done"] ?? "");
  });
}
