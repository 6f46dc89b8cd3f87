// What a screen reader would say by itself: the text of each live region, whenever it changes.
(() => {
  const LIVE = "[role=status], [role=alert], [aria-live]";
  const said = new WeakMap();
  const isOff = (region) => region.closest("[hidden]") !== null || region.getAttribute("aria-live") === "off";
  const kind = (region) => (region.role === "alert" || region.ariaLive === "assertive" ? "at once" : "politely");
  const textOf = (region) => (isOff(region) ? "" : region.innerText.replace(/\s+/g, " ").trim());
  const look = () => {
    for (const region of document.querySelectorAll(LIVE)) {
      const text = textOf(region);
      // What stood there from the beginning is read when one comes to it.
      const before = said.get(region) ?? (region.role === "alert" ? "" : text);
      said.set(region, text);
      if (text && text !== before) globalThis.heard(kind(region), text);
    }
  };
  document.addEventListener("DOMContentLoaded", () => {
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
})();
