/* What of a page lies wrong, as sentences: nothing when all is well. Evaluated in the page by tests/layout.py. */
(() => {
  const PRESSED = "a[href], button, input, select, textarea, summary, label.choice, [tabindex='0']";
  const found = [];
  const tell = (what, element) => found.push(`${what}: ${named(element)}`);
  const named = (element) => {
    const words = (element.innerText || element.getAttribute("aria-label") || element.id || "").trim().replace(/\s+/g, " ").slice(0, 50);
    const place = [element.id && `#${element.id}`, element.dataset?.part && `[${element.dataset.part}]`, element.className && `.${element.className}`];
    return `<${element.localName}${place.filter(Boolean).join(" ")}> ${words}`;
  };

  // What is far from the screen is not laid out (docs/decisions/0017). Here all of it is.
  for (const each of document.querySelectorAll("*")) {
    if (getComputedStyle(each).contentVisibility === "auto") each.style.contentVisibility = "visible";
  }
  const dialog = document.querySelector("dialog[open]:modal");
  const page = dialog ?? document.body;
  const isSeen = (element) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return style.visibility === "visible" && box.width > 1 && box.height > 1 && element.checkVisibility({ opacityProperty: true }) &&
      !element.closest(".visually-hidden, .skip-link, [inert]");
  };
  const isFixed = (element) => Boolean(element.closest(".hurry")) && getComputedStyle(element.closest(".hurry")).position === "fixed";
  const scrolls = (element) => {
    for (let each = element.parentElement; each && each !== document.documentElement; each = each.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(each).overflowX + getComputedStyle(each).overflowY)) return true;
    }
    return false;
  };
  const all = [...page.querySelectorAll("*")].filter(isSeen);
  // A tick and its words are pressed as one: the label is the target.
  const pressed = all.filter((each) => each.matches(PRESSED) && !(each.matches("input") && each.closest("label.choice")));

  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) {
    const out = all.filter((each) => !scrolls(each) && (each.getBoundingClientRect().right > wide + 1 || each.getBoundingClientRect().left < -1));
    found.push(`scrolls sideways: ${out.slice(-3).map(named).join(" / ")}`);
  }

  const isInText = (element) => getComputedStyle(element).display.startsWith("inline") && !element.matches(".button") &&
    [...(element.parentElement?.childNodes ?? [])].some((each) => each.nodeType === Node.TEXT_NODE && each.nodeValue.trim());
  for (const each of pressed) {
    const { width, height } = each.getBoundingClientRect();
    const least = isFixed(each) ? 44 : 24;
    const isTall = height >= least - 0.5 && width >= Math.min(least, 24) - 0.5;
    if (!isTall && !isInText(each)) tell(`target of ${Math.round(width)} x ${Math.round(height)}`, each);
  }

  const boxes = pressed.filter((each) => !isFixed(each)).map((each) => ({ each, rects: [...each.getClientRects()] }));
  const meet = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;
  boxes.forEach(({ each, rects }, index) => {
    for (const { each: other, rects: others } of boxes.slice(index + 1)) {
      const isInside = each.contains(other) || other.contains(each);
      if (!isInside && rects.some((one) => others.some((two) => meet(one, two)))) tell(`overlaps ${named(other)}`, each);
    }
  });

  const hasWords = (element) => [...element.childNodes].some((each) => each.nodeType === Node.TEXT_NODE && each.nodeValue.trim());
  const block = (element) => {
    let each = element;
    while (each.parentElement && getComputedStyle(each).display === "inline") each = each.parentElement;
    return each;
  };
  for (const each of all.filter((one) => hasWords(one) && !one.matches("textarea, select, option"))) {
    const style = getComputedStyle(each);
    const isClipped = /hidden|clip/.test(style.overflowX) && each.scrollWidth > each.clientWidth + 1;
    if (isClipped || (/hidden|clip/.test(style.overflowY) && each.scrollHeight > each.clientHeight + 1)) tell("cut", each);
    const range = document.createRange();
    range.selectNodeContents(each);
    const box = block(each).getBoundingClientRect();
    const spills = [...range.getClientRects()].some((line) => line.width > 1 && (line.right > box.right + 2 || line.left < box.left - 2));
    // Where spaces are kept, those at the end of a line hang over it; nobody sees them.
    const keepsSpaces = style.whiteSpaceCollapse !== "collapse";
    if (spills && !keepsSpaces && !scrolls(each)) tell("words outside their box", each);
  }

  const bar = [...document.querySelectorAll(".hurry")].find((each) => getComputedStyle(each).position === "fixed");
  if (bar && !dialog) {
    const before = scrollY;
    scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
    const top = bar.getBoundingClientRect().top;
    for (const each of all.filter((one) => !isFixed(one) && (one.matches(PRESSED) || hasWords(one)))) {
      if (each.getBoundingClientRect().bottom > top + 1) tell("stays under the bar", each);
    }
    scrollTo({ top: before, behavior: "instant" });
  }
  return [...new Set(found)];
})()
