"""A server, a browser and people in front of it: one browser for all tests that need one."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from holdspace.ui.module_graph import integrity_of
from tests.firefox import firefox as launch_firefox
from tests.lying.passage import passage
from tests.running import Running, network

# Two slow cores may be busy with much else. Nobody waits this long while all is well.
PATIENCE_MS = 40_000
expect.set_options(timeout=PATIENCE_MS)

# Debian's Chromium without the windows nobody sees: a third of the work. CHROMIUM=/usr/bin/chromium drives the whole of it.
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
# Which browser people sit in front of: chromium, or firefox. The second is for tests/lying (make lying).
BROWSER = os.environ.get("HOLDSPACE_BROWSER", "chromium")
HASH_OF_NOTHING = integrity_of(b"").partition("-")[2]

NewContext = Callable[..., BrowserContext]
NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A network that is set up, on a free port."""
    folder = tmp_path_factory.mktemp("network")
    running = Running(
        folder / "data", HOLDSPACE_ITEMS_PER_MINUTE="600", HOLDSPACE_LIST_CHANGES_PER_HOUR="600"
    )
    running.set_up("--coordinator", "chidi", name="A quiet place")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def bare_server(tmp_path: Path) -> Iterator[Running]:
    """A server nobody has set up yet."""
    running = Running(tmp_path / "data")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def own_network(tmp_path: Path) -> Iterator[Running]:
    """A network of one's own, for those who write faster than people do."""
    running = network(tmp_path)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """For what is about Chromium, such as its files on the disk."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Debian's, over WebDriver BiDi."""
    browser = launch_firefox(playwright, tmp_path_factory.mktemp("firefox"), passage().url)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def real_browser(request: pytest.FixtureRequest) -> Browser:
    """One browser for the whole run; people get contexts of their own. HOLDSPACE_BROWSER says which."""
    browser: Browser = request.getfixturevalue(BROWSER)
    return browser


@pytest.fixture
def device(real_browser: Browser, request: pytest.FixtureRequest) -> Iterator[NewContext]:
    """`device()` is a browser of its own, with no cookie. Options are Playwright's, such as `base_url`.

    What goes wrong in a page (an uncaught error, something the content policy stopped) fails the test.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def make(**options: Any) -> BrowserContext:
        if "base_url" not in options:
            options["base_url"] = request.getfixturevalue("server").url
        options.setdefault("locale", "en-GB")
        context = real_browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        context.on("weberror", lambda error: troubles.extend(serious(error.error)))
        context.on("console", lambda message: troubles.extend(_stopped(message)))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert not troubles, troubles


def serious(error: Error) -> list[str]:
    """What went wrong in a page, unless it was left: Firefox says of a file it then no longer loads that nothing of it has the hash of nothing."""
    return [] if HASH_OF_NOTHING in error.message else [str(error)]


def _stopped(message: ConsoleMessage) -> list[str]:
    """What the content policy, the integrity policy or Trusted Types complained about."""
    words = ("Content Security Policy", "Integrity-Policy", "TrustedScript", "Trusted Type", "integrity")
    return [message.text] if any(word in message.text for word in words) else []


@pytest.fixture
def person(device: NewContext) -> NewPage:
    """`person()` is a page in a browser of its own."""

    def make(**options: Any) -> Page:
        return device(**options).new_page()

    return make


@pytest.fixture(autouse=True)
def picture(request: pytest.FixtureRequest) -> Iterator[None]:
    """With HOLDSPACE_PICTURES=folder, every open page is drawn there at the end of a test."""
    folder = os.environ.get("HOLDSPACE_PICTURES")
    if not folder or "device" not in request.fixturenames:
        yield
        return
    # Asked for first, so that its pages are still open when this ends.
    request.getfixturevalue("device")
    yield
    _draw(request.getfixturevalue("real_browser"), Path(folder), request.node.name)


def _draw(browser: Browser, folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    pages = [page for context in browser.contexts for page in context.pages]
    for number, page in enumerate(pages):
        try:
            page.screenshot(path=folder / f"{name}-{number}.png", full_page=True)
        except Error:
            continue
