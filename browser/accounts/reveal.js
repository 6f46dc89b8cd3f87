/**
 * The button that shows what was typed into a passphrase field.
 * @module
 */

/** @param {ParentNode} root */
export function revealButtons(root) {
  for (const button of root.querySelectorAll("[data-reveal]")) {
    button.addEventListener("click", () => {
      // Looked for each time: on a borrowed device another field takes its place (unremembered.js).
      const input = document.getElementById(button.getAttribute("data-reveal") ?? "");
      if (!(input instanceof HTMLInputElement)) return;
      const shown = button.getAttribute("aria-pressed") === "true";
      if (input.autocomplete === "off" && input.name === "passphrase") input.classList.toggle("masked", shown);
      else input.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
    });
  }
}
