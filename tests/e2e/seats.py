"""People who already sit at a browser, signed in, where a test is about what comes after.

Their accounts and groups are made by the member without a browser (`client/`), sealed as any other, at a tenth of the work. The pages
for signing up, signing in, starting a group and joining it have tests of their own.
"""

import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from holdspace.sealing.codec import from_b64url, to_b64url
from holdspace.sealing.session_seal import seal_session
from tests.e2e.people import Kit
from tests.members import Someone, company

DAY = 24 * 3600
EMPTY = "/an-empty-page"
SIT_DOWN = """(half) => {
  sessionStorage.setItem("hs", half);
  sessionStorage.setItem("hs-awake", String(Date.now()));
}"""


def named(*names: str) -> list[str]:
    """These names as nobody else on this server has them."""
    return [f"{name}-{secrets.token_hex(3)}" for name in names]


def at_home(page: Page, name: str) -> Kit:
    """Somebody with an account and a sheet that is right, signed in on a device of their own."""
    with company_at(page) as somebody:
        return seated(page, somebody(name))


def on_another_device(page: Page, kit: Kit) -> None:
    """The same person is signed in with this browser, too."""
    with tempfile.TemporaryDirectory() as folder, Someone(origin_of(page), Path(folder), kit.name) as someone:
        someone.file.write_text(kit.passphrase)
        someone.sign_in(kit.name, someone.file)
        sit_down(page, someone)


@contextmanager
def company_at(page: Page) -> Iterator[Callable[[str], Someone]]:
    """New accounts on the server that this page's browser knows: `tests.members.company` in passing."""
    with tempfile.TemporaryDirectory() as folder, company(origin_of(page), Path(folder)) as somebody:
        yield somebody


def seated(page: Page, someone: Someone) -> Kit:
    """They sit at this page now, and have their sheet on paper."""
    someone.server.seal("recovery-confirmed")
    sit_down(page, someone)
    return Kit(someone.name, someone.passphrase, someone.code)


def sit_down(page: Page, someone: Someone) -> None:
    """Their session goes on in this browser, as when they had signed in there (browser/accounts/beginning.js)."""
    origin_of(page)
    account = someone.device.account
    share = from_b64url(someone.server.seal("session-share/new")["share"])
    half = seal_session(account.seed, account.account_id, share)
    url, until = someone.server.origin, time.time() + DAY
    page.context.add_cookies(
        [
            {"name": name, "value": value, "url": url, "expires": until, "sameSite": "Lax"}
            for name, value in someone.server.cookies.items()
        ]
    )
    page.evaluate(SIT_DOWN, to_b64url(half))


def origin_of(page: Page) -> str:
    """The address of the server that this page's browser knows, from an empty page of it: a place to put something into the tab."""
    page.route(
        f"**{EMPTY}",
        lambda route: route.fulfill(body="<link rel=icon href=data:,>", content_type="text/html"),
    )
    page.goto(EMPTY)
    page.unroute(f"**{EMPTY}")
    return page.url.removesuffix(EMPTY)
