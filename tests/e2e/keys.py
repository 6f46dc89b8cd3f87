"""A person at a keyboard, without a mouse: wherever they stop is looked at."""

import re
from typing import Any, NamedTuple

from playwright.sync_api import Page

MANY_STOPS = 120
# Things in one row may begin a little higher or lower.
LINE = 48
# What has the focus: how it is called, where it is, whether a ring is drawn around it, and how much of it nothing else covers.
WHERE = """
() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const first = (words) => (words ?? "").replace(/\\s+/g, " ").trim();
  const byIds = (ids) => first((ids ?? "").split(" ").map((id) => document.getElementById(id)?.textContent).join(" "));
  const label = [...(at.labels ?? [])].map((each) => each.textContent).join(" ");
  const name = first(at.ariaLabel) || byIds(at.getAttribute("aria-labelledby")) || first(label) || first(at.textContent) || at.localName;
  const rounds = [at, at.parentElement].map((each) => getComputedStyle(each));
  const ring = rounds.some((each) => each.outlineStyle !== "none" && parseFloat(each.outlineWidth) >= 2);
  const box = [...at.getClientRects()].sort((one, other) => other.width - one.width)[0] ?? at.getBoundingClientRect();
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  const steps = [0.1, 0.3, 0.5, 0.7, 0.9];
  const hits = (across, down) => {
    const found = document.elementFromPoint(left + (right - left) * across, top + (bottom - top) * down);
    return found !== null && (at.contains(found) || found.contains(at) && found !== document.body && found !== document.documentElement);
  };
  const isOnScreen = right > left && bottom > top;
  const seen = isOnScreen ? steps.flatMap((across) => steps.map((down) => hits(across, down))).filter(Boolean).length / 25 : 0;
  // The heading of the talk is for who listens: who looks sees the talk.
  if (at.matches(".visually-hidden")) return { name, ring: true, seen: 1, isHeading: true, y: box.top + scrollY, fixed: true, parts: false };
  const isHeading = at.matches("[tabindex='-1']");
  return { name, ring, seen, isHeading, y: box.top + scrollY, fixed: Boolean(at.closest(".hurry, dialog, aside")), parts: at.matches("[type=date], [type=time]") };
}
"""


class Stop(NamedTuple):
    """Where a keyboard stands."""

    name: str
    ring: bool
    seen: float
    y: float
    has_parts: bool  # a day, a month and a year in one field: each is a stop
    is_still: bool  # at the edge of the screen, or over the page: not in the order from top to bottom


def where(page: Page) -> Stop | None:
    """What has the focus; none on the page itself."""
    at: dict[str, Any] | None = page.evaluate(WHERE)
    if not at:
        return None
    return Stop(at["name"], at["ring"] or at["isHeading"], at["seen"], at["y"], at["parts"], at["fixed"])


class Keys:
    """Presses keys, and nothing else. `stops` are where one stood, in order."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.stops: list[str] = []

    def press(self, *keys: str) -> "Keys":
        """One after another."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def write(self, text: str) -> "Keys":
        """Type, where one stands."""
        self.page.keyboard.type(text)
        return self

    def go(self, name: str, *, back: bool = False) -> "Keys":
        """On to what is called so. Each stop on the way can be seen, is not covered, and comes in the order one reads."""
        wanted, before = re.compile(rf"^{re.escape(name)}"), where(self.page)
        passed = []
        for _ in range(MANY_STOPS):
            self.press("Shift+Tab" if back else "Tab")
            stop = where(self.page)
            if stop is None:
                before = None
                continue
            self._look_at(stop, before, back=back)
            passed.append(stop.name)
            before = stop
            if wanted.search(stop.name):
                self.stops.append(stop.name)
                return self
        raise AssertionError(f"no way to {name!r}, only to {passed}")

    def _look_at(self, stop: Stop, before: Stop | None, *, back: bool) -> None:
        assert stop.ring, f"nobody sees that the keyboard stands on {stop.name!r}"
        assert stop.seen > 0.25, f"{stop.name!r} is covered or off the screen: {stop.seen:.0%} is seen"
        assert before != stop or stop.has_parts, f"the keyboard does not come away from {stop.name!r}"
        if before and not back and not (stop.is_still or before.is_still):
            assert stop.y >= before.y - LINE, f"{stop.name!r} comes after {before.name!r} and stands above it"

    def choose(self, name: str, *, back: bool = False) -> "Keys":
        """Go there, and press Enter."""
        return self.go(name, back=back).press("Enter")

    def tick(self, name: str) -> "Keys":
        """Go there, and press Space."""
        return self.go(name).press("Space")

    def fill(self, name: str, text: str) -> "Keys":
        """Go to a field, and write in it."""
        return self.go(name).write(text)

    def is_at(self, name: str) -> None:
        """Wait until the keyboard stands there, and see it."""
        self.waits_at(name)
        stop = where(self.page)
        assert stop and stop.ring and stop.seen > 0.25, stop

    def waits_at(self, name: str) -> None:
        """Wait until the keyboard stands there, though what has just come may have moved it down."""
        self.page.wait_for_function(
            f"(name) => {{ const at = ({WHERE})(); return at?.name.startsWith(name); }}", arg=name
        )
