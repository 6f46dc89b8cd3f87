"""One person in a real Chromium, looked at from outside (the DevTools protocol) and from inside (browser.js)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, CDPSession, Page, Request, async_playwright

from bench.catch_up import resident_kib
from bench.network import LOAD_CORE, SERVER_CORE, on_core
from tests.conftest import CHROMIUM

WATCH = Path(__file__).with_name("browser.js")
PATIENCE_MS = 120_000
# A phone of some years on a bad line.
SLOWER, BITS_A_SECOND, LATENCY_MS = 4, 400_000, 100
FIGURES = """
() => {
  const timing = performance.getEntriesByType("resource").findLast(({ name }) => name.endsWith("/seal/session-share"));
  return { ...seen, keysAt: timing.responseEnd, origin: performance.timeOrigin };
}
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """One opening of a group: milliseconds since the page was asked for, and since its keys came; `moved` is a sum of layout shifts."""

    words: float
    since_keys: float
    writable: float
    moved: float
    busy: float
    origin: float


class Visitor:
    """Signed in; their device keeps a copy of what they open."""

    def __init__(self, context: BrowserContext, page: Page, cdp: CDPSession) -> None:
        self.context, self.page, self.cdp = context, page, cdp
        self.unlocked = 0.0
        page.on("requestfinished", self._note_unlocking)

    def _note_unlocking(self, request: Request) -> None:
        """The last thing that an unlocking asks for."""
        if request.url.endswith("/seal/session-share/new"):
            self.unlocked = request.timing["startTime"] + request.timing["responseEnd"]

    async def visit(self, group: str, *, anew: bool = False) -> Visit:
        """Open a group; `anew`: as on a device that has no copy of it."""
        if anew:
            await self._forget()
        await self.page.goto(f"/groups/{group}/")
        return await self.seen()

    async def seen(self) -> Visit:
        """The page, once words stand there and one can write."""
        await self.page.wait_for_function("() => seen.wordsAt > 0 && seen.writableAt > 0")
        # What comes after the first words may move them.
        await self.page.wait_for_timeout(500)
        told = await self.page.evaluate(FIGURES)
        keys, words = float(told["keysAt"]), float(told["wordsAt"])
        busy = max(told["busy"], default=0.0)
        return Visit(words, words - keys, told["writableAt"], told["moved"], busy, told["origin"])

    async def unlock(self, passphrase: str) -> float:
        """Lock this page and open it again: milliseconds from the answer to the passphrase to the first words."""
        await self.page.get_by_role("button", name="Lock now", exact=True).click()
        await self.page.get_by_label("Passphrase", exact=True).fill(passphrase)
        await self.page.get_by_role("button", name="Open again", exact=True).click()
        await self.page.wait_for_url("**/groups/*/")
        seen = await self.seen()
        return seen.origin + seen.words - self.unlocked

    async def busiest(self) -> float:
        """The longest the page was busy since this was last asked."""
        return float(await self.page.evaluate("() => Math.max(0, ...seen.busy.splice(0))"))

    async def mebibytes(self) -> float:
        """What the page's own process holds, after the rubbish is out."""
        await self.cdp.send("HeapProfiler.collectGarbage")
        browser = self.context.browser
        assert browser
        session = await browser.new_browser_cdp_session()
        told = await session.send("SystemInfo.getProcessInfo")
        await session.detach()
        pages = [int(each["id"]) for each in told["processInfo"] if each["type"] == "renderer"]
        return max(map(resident_kib, pages)) / 1024

    async def slow_down(self, *, line: bool = True) -> None:
        """As on a weak device and, with `line`, far out."""
        await self.cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        if line:
            await self._line(BITS_A_SECOND // 8, LATENCY_MS)

    async def speed_up(self) -> None:
        """As this machine is."""
        await self.cdp.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        await self._line(-1, 0)

    async def _line(self, throughput: int, latency: int) -> None:
        both = {"downloadThroughput": throughput, "uploadThroughput": throughput}
        await self.cdp.send(
            "Network.emulateNetworkConditions", {"offline": False, "latency": latency, **both}
        )

    async def _forget(self) -> None:
        origin = await self.page.evaluate("() => location.origin")
        await self.cdp.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "indexeddb"})


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """With both cores, as on anybody's machine; the server, which waits most of the time, shares one of them."""
    # Playwright's own process starts it, and hands on the cores it may use.
    with on_core(SERVER_CORE, LOAD_CORE):
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            try:
                yield browser
            finally:
                await browser.close()


async def signed_in(browser: Browser, url: str, reader: tuple[str, str]) -> Visitor:
    """A browser of their own, in which they are signed in."""
    name, passphrase = reader
    context = await browser.new_context(base_url=url, locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    page = await context.new_page()
    await page.goto("/sign-in/")
    await page.get_by_label("Sign-in name").fill(name)
    await page.get_by_label("Passphrase", exact=True).fill(passphrase)
    await page.get_by_role("button", name="Sign in", exact=True).click()
    await page.wait_for_url("**/groups/")
    await page.add_init_script(path=WATCH)
    cdp = await context.new_cdp_session(page)
    await cdp.send("Network.enable")
    return Visitor(context, page, cdp)
