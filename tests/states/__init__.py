"""Every page and every state a person may see, written once: pictures, layout tests and axe walk the same list.

A state goes on from the one before it, in the browser of the same person. Steps name things by what they are (`data-part`, `id`),
never by their words, so that the list can be walked in any language.
"""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, Page

from tests.scenery import Scenery
from tests.states.coming_and_going import CAME, ENDED, GONE
from tests.states.directory import DESK, OFFERING
from tests.states.guide import GUIDE
from tests.states.newcomer import NEWCOMER
from tests.states.nobody import NOBODY
from tests.states.walk import LOCALES, State, Walk, settle

__all__ = ["LOCALES", "State", "settle", "states"]


def states(
    browser: Browser, of: Scenery, patience: int = 20_000, **options: Any
) -> Iterator[tuple[State, Page]]:
    """Walk through all of them, in the language of the scenery; each is given with the page that shows it."""
    small = of._replace(group=of.small)
    walks = [
        (of, of.guide, [*OFFERING, *GUIDE]),
        (of, of.desk, DESK),
        (of, of.came, CAME),
        (of, of.gone, GONE),
        (small, of.guide, ENDED),
    ]
    for where, who, seen in ((of, None, [*NOBODY, *NEWCOMER]), *walks):
        context = browser.new_context(base_url=of.url, locale=LOCALES[of.language], **options)
        context.set_default_timeout(patience)
        walk = Walk(context.new_page(), where)
        if who:
            walk.sign_in(who)
        for state in seen:
            state.steps(walk)
            settle(walk.page)
            yield state, walk.page
        context.close()
