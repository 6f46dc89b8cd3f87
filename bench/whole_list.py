"""Twenty groups on a page, beside a page that loads the whole list: tsml-ui, on the same 2,672 real meetings, from the same server, in the
same Chromium. tsml-ui is a package of others; `make clients` installs it."""

from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.async_api import Browser

from bench.network import serving
from bench.rows import Row
from bench.visiting import chromium
from tests.clients.theirs import site, tsml_ui, tsml_ui_of
from tests.running import BASE

MEETINGS = BASE / "tests" / "data" / "na-meetings-2672.lgv.json.gz"
OURS, THEIRS = "#list > li", "#tsml-ui table tbody tr"


async def whole_list_rows(folder: Path, rounds: int) -> list[Row]:
    """From the address to the first groups that stand there; none where tsml-ui is not installed."""
    script, place = tsml_ui(), folder / "theirs"
    if script is None:
        print("tsml-ui is not installed (make clients): its whole list is not measured.")
        return []
    place.mkdir()
    with serving(folder / "whole-list") as server:
        server.console(
            "directory", "import", str(MEETINGS), "--format", "lgv", "--source", "na", "--program", "na"
        )
        feed = f"{server.url}/feeds/meeting-guide.json"
        with site(place, tsml_ui_of(feed), script) as theirs:
            pages = {f"{server.url}/find/?online=1": OURS, theirs: THEIRS}
            seen: dict[str, list[float]] = {address: [] for address in pages}
            async with chromium() as browser:
                for _ in range(rounds):
                    for address, rows in pages.items():
                        seen[address].append(await _until_shown(browser, address, rows))
    ours, whole = (median(each) for each in seen.values())
    what = "find: groups stand there, of 2,672 meetings, beside tsml-ui, which loads them all"
    notes = [f"{name}: {', '.join(f'{each:,.0f}' for each in times)} ms" for name, times in zip(("ours", "tsml-ui"), seen.values(), strict=True)]  # fmt: skip
    return [Row(what, "ms", ours, whole, "none yet", is_kept=True, notes=notes)]


async def _until_shown(browser: Browser, address: str, rows: str) -> float:
    """Milliseconds, in a browser that was never there."""
    context = await browser.new_context()
    page = await context.new_page()
    began = perf_counter()
    await page.goto(address, wait_until="commit")
    await page.wait_for_selector(rows)
    passed = (perf_counter() - began) * 1000
    await context.close()
    return passed
