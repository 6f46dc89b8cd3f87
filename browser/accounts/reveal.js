/**
 * The button that shows what was typed into a passphrase field.
 * @module
 */

/** @param {ParentNode} root */
export function revealButtons(root) {
  for (const button of root.querySelectorAll("[data-reveal]")) {
    const input = document.getElementById(button.getAttribute("data-reveal") ?? "");
    if (!(input instanceof HTMLInputElement)) continue;
    button.addEventListener("click", () => {
      const shown = input.type === "text";
      input.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
    });
  }
}
