"""Browsers of people in tests, one after another in front of the same server.

Between two people everything a page can keep is taken away. What stays is what a browser has fetched already, as with anybody who comes
the second time: to fetch a hundred small files anew for each person was a third of the work of all tests. A browser that was bent (a
script in every page, a clock, a door on the socket) is nobody's after that.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, WebError

# Clocks of tests put themselves in the place of these.
STRAIGHT = "() => [Date, setTimeout, requestAnimationFrame].every((each) => /native code/.test(each))"
BENDING = ("add_init_script", "expose_binding", "expose_function", "route_web_socket")


class Lent:
    """A browser that somebody has for a test; `troubles` is what went wrong in its pages meanwhile."""

    def __init__(self, context: BrowserContext, options: dict[str, Any]) -> None:
        self.context, self.options = context, options
        self.troubles: list[str] = []
        self._is_bent = False
        for name in BENDING:
            setattr(context, name, self._bent(getattr(context, name)))
        context.on("weberror", self._note_error)
        context.on("console", self._note_message)

    def _note_error(self, error: WebError) -> None:
        self.troubles.append(str(error.error))

    def _note_message(self, message: ConsoleMessage) -> None:
        """What the content policy, the integrity policy or Trusted Types complained about."""
        words = ("Content Security Policy", "Integrity-Policy", "TrustedScript", "Trusted Type", "integrity")
        self.troubles.extend([message.text] if any(word in message.text for word in words) else [])

    def _bent(self, bend: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(bend)
        def bent(*words: Any, **more: Any) -> Any:
            self._is_bent = True
            return bend(*words, **more)

        return bent

    def is_as_new(self) -> bool:
        """Take away what was kept; whether somebody else may have it."""
        if self._is_bent:
            return False
        try:
            self._empty()
            page = self.context.new_page()
            is_straight = bool(page.evaluate(STRAIGHT))
            page.close()
        except Error:  # a test has closed it
            return False
        self.troubles = []
        return is_straight

    def _empty(self) -> None:
        self.context.set_offline(False)
        self.context.unroute_all(behavior="ignoreErrors")
        self.context.clear_permissions()
        self.context.clear_cookies()
        blank = self.context.new_page()
        for page in self.context.pages[:-1]:
            page.close()
        window = self.context.new_cdp_session(blank)
        kept = {"origin": self.options["base_url"], "storageTypes": "all"}
        window.send("Storage.clearDataForOrigin", kept)
        blank.close()


class Wardrobe:
    """Browsers by the options they were made with."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self._browser, self._origin = browser, origin
        self._free: dict[str, list[Lent]] = {}

    def lend(self, **options: Any) -> Lent:
        """One with these options, which nobody else has meanwhile."""
        free = self._free.get(repr(sorted(options.items())), [])
        return free.pop() if free else Lent(self._browser.new_context(**options), options)

    def take_back(self, lent: Lent) -> None:
        """For the next one, where it can be."""
        if lent.options["base_url"] == self._origin and lent.is_as_new():
            self._free.setdefault(repr(sorted(lent.options.items())), []).append(lent)
        else:
            lent.context.close()
