/** Older words come when the button for them is pressed, and by themselves when it is near. */

import { line, speak } from "./lines.js";

/** So many steps at once by themselves, where little of what came is for this view: a group of thousands is never loaded whole. */
const BY_ITSELF = 4;
/** @type {WeakSet<HTMLElement>} */
const watched = new WeakSet();

/** @param {HTMLElement} button @param {() => Promise<void>} stepBack shows what comes before; asked again for the same button it does nothing */
export function readBack(button, stepBack) {
  if (watched.has(button)) return;
  watched.add(button);
  let isLoading = false;
  let steps = 0;

  async function load() {
    if (isLoading || button.hidden) return;
    isLoading = true;
    button.setAttribute("aria-disabled", "true");
    try {
      await stepBack();
      speak(line("spoken-lines", "loaded"));
      lookAgain();
    } finally {
      isLoading = false;
      button.removeAttribute("aria-disabled");
    }
  }
  const near = new IntersectionObserver((entries) => {
    const isNear = entries.some((each) => each.isIntersecting);
    steps = isNear ? steps + 1 : 0;
    if (isNear && steps <= BY_ITSELF) load();
  }, { rootMargin: "300px" });
  /** A button that stayed near on a short page comes near once only: watched anew, it says so again. */
  function lookAgain() {
    near.unobserve(button);
    near.observe(button);
  }
  button.addEventListener("click", load);
  near.observe(button);
}
