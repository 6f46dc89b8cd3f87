/*
 * Runs in every page before its own scripts, and watches it: when words stood there and one could write, what moved, how long the page
 * was busy at a time, and how long a key took to show. Times are milliseconds of the page's own clock.
 */
(() => {
  const seen = { wordsAt: 0, writableAt: 0, moved: 0, busy: [], keys: [] };
  globalThis.seen = seen;
  const shares = "[data-part=shares]";
  const isThere = { wordsAt: () => document.querySelector(`${shares} .said`), writableAt: () => document.querySelector(".speak [data-part=open]:enabled") };
  /** After the frame in which it is drawn. */
  const drawn = (done) => requestAnimationFrame(() => setTimeout(() => done(performance.now())));
  const waiting = new Set(Object.keys(isThere));
  const watch = new MutationObserver(() => {
    for (const name of waiting) {
      if (!isThere[name]()) continue;
      waiting.delete(name);
      drawn((now) => (seen[name] = now));
    }
    if (waiting.size === 0) watch.disconnect();
  });
  watch.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });

  const observe = (type, take, options = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...options });
  observe("layout-shift", ({ value, hadRecentInput }) => (seen.moved += hadRecentInput ? 0 : value));
  observe("longtask", ({ duration }) => seen.busy.push(duration));
  observe("event", ({ name, duration }) => name === "keydown" && seen.keys.push(duration), { durationThreshold: 16 });

  /** Resolves with the milliseconds from `begin` until the list of shares is such that `isSo`, and drawn. */
  globalThis.until = (isSo, begin = () => undefined) =>
    new Promise((resolve) => {
      const list = document.querySelector(shares);
      const begun = performance.now();
      const again = new MutationObserver(() => {
        if (!isSo(list)) return;
        again.disconnect();
        drawn((now) => resolve(now - begun));
      });
      again.observe(list, { childList: true, subtree: true });
      begin();
    });
  /** A step may bring nothing to see (names, yeses): it is over when the button may be pressed again. */
  globalThis.stepBack = () =>
    new Promise((resolve) => {
      const button = document.querySelector("[data-part=earlier]");
      const begun = performance.now();
      const again = new MutationObserver(() => {
        if (button.hasAttribute("aria-disabled")) return;
        again.disconnect();
        drawn((now) => resolve(now - begun));
      });
      again.observe(button, { attributes: true, attributeFilter: ["aria-disabled"] });
      scrollTo({ top: document.body.scrollHeight, behavior: "instant" });
      button.click();
      // It came near by itself and was the last one: then nothing is on its way.
      if (!button.hasAttribute("aria-disabled")) resolve(0);
    });
})();
