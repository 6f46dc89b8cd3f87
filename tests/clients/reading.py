"""Programs of others read our lists, as they come: what they show is what we list. Run by bin/clients, which installs them."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.clients.tables import Tables
from tests.clients.theirs import CROUTON, INSTALLED, site, tsml_ui, tsml_ui_of
from tests.running import Running, network

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DATA = ROOT / "tests" / "data"


@pytest.fixture(scope="module")
def listing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with sixty meetings of New York."""
    running = network(tmp_path_factory.mktemp("listing"))
    running.console(
        "directory", "import", str(DATA / "new-york-60.bmlt.json"), "--format", "bmlt", "--source", "new-york",
        "--program", "na", "--zone", "America/New_York",
    )  # fmt: skip
    yield running
    running.stop()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A browser that reaches nothing but this machine."""
    context = chromium.new_context()
    context.route(lambda url: not url.startswith("http://127.0.0.1:"), lambda route: route.abort())
    yield context.new_page()
    context.close()


_TO_THE_END = """() => setInterval(() => {
    scrollTo(0, 0);
    scrollTo(0, document.documentElement.scrollHeight);
    dispatchEvent(new Event('scroll'));
}, 100)"""


def test_tsml_ui_shows_every_meeting(page: Page, tmp_path: Path, listing: Running) -> None:
    feed = f"{listing.url}/feeds/meeting-guide.json"
    rows = httpx.get(feed, trust_env=False).json()
    # What goes on just now stands there a second time, so the clock is stopped while none does.
    page.clock.set_fixed_time("2026-12-01T03:30:00-05:00")
    script = tsml_ui()
    assert script
    with site(tmp_path, tsml_ui_of(feed), script) as address:
        page.goto(address)
        shown = page.locator("#tsml-ui table tbody tr")
        expect(shown.first).to_be_visible()
        assert len(rows) >= 60
        # It draws twenty, and the next when one gets to their end.
        page.evaluate(_TO_THE_END)
        expect(shown).to_have_count(len(rows))
        names = {" ".join(row["name"].split()) for row in rows}
        words = " ".join(page.locator("#tsml-ui table").inner_text().split())
        assert all(name in words for name in names)


def test_crouton_shows_every_meeting(page: Page, tmp_path: Path, listing: Running) -> None:
    api = f"{listing.url}/client_interface/json/?switcher="
    rows = httpx.get(f"{api}GetSearchResults", trust_env=False).json()
    bodies = httpx.get(f"{api}GetServiceBodies", trust_env=False).json()
    wanted = json.dumps({"root_server": listing.url, "service_body": [each["id"] for each in bodies]})
    with site(tmp_path, '<div id="bmlt-tabs"></div>', INSTALLED / CROUTON) as address:
        page.goto(address)
        # It looks for itself under this name.
        page.evaluate(f"() => {{ window.crouton = new Crouton({wanted}); window.crouton.render(); }}")
        shown = page.locator("#bmlt-tabs .bmlt-data-row")
        expect(shown.first).to_be_attached()
        ids = {row.get_attribute("id") for row in shown.all()}
        assert len(rows) >= 60
        assert len(ids) >= len(rows)


def test_frictionless_finds_our_services_to_be_a_package_of_hsds(listing: Running, tmp_path: Path) -> None:
    """The standard's own description of its tables (tests/data), each row of ours in them, every reference followed."""
    tables = Tables(DATA / "hsds-3.0.datapackage.json")
    page = {"last_page": False, "page_number": 0}
    while not page["last_page"]:
        address = f"{listing.url}/hsds/services?per_page=25&page={page['page_number'] + 1}"
        page = httpx.get(address, trust_env=False).json()
        tables.take("service", page["contents"])
    assert {name: len(tables.rows[name]) >= 60 for name in ("service", "location", "schedule")} == {
        "service": True,
        "location": True,
        "schedule": True,
    }
    checked = subprocess.run(
        [INSTALLED / "bin" / "frictionless", "validate", str(tables.write(tmp_path)), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(checked.stdout)
    wrong = [(task["name"], error["message"]) for task in report["tasks"] for error in task["errors"]]
    assert not wrong + report["errors"], checked.stderr
    assert report["stats"]["tasks"] == len(tables.rows)
    assert report["valid"]


@pytest.mark.parametrize("path", ["/find.ics?online=1&in_person=1&q=", "/find.ics"], ids=["asked", "all"])
def test_khal_and_vdirsyncer_show_the_groups_of_a_search(path: str, listing: Running, tmp_path: Path) -> None:
    shown = agenda(f"{listing.url}{path}", tmp_path)
    found = httpx.get(f"{listing.url}{path}", trust_env=False).text
    names = {line.partition(":")[2].strip() for line in found.splitlines() if line.startswith("SUMMARY:")}
    assert len(names) > 10
    assert all(name[:20].replace("\\", "") in shown for name in names)


def test_khal_shows_the_hours_of_one_group_on_its_own_wall(listing: Running, tmp_path: Path) -> None:
    row = httpx.get(f"{listing.url}/feeds/meeting-guide.json", trust_env=False).json()[0]
    shown = agenda(f"{row['url']}calendar.ics", tmp_path)
    assert shown.splitlines()[0].startswith(row["time"])
    assert row["name"][:20] in shown


def agenda(address: str, folder: Path) -> str:
    """What a calendar shows of the next week, once it has subscribed to an address."""
    theirs = folder / "calendars"
    settings = f"""[general]
status_path = "{folder}/status/"
[pair p]
a = "web"
b = "here"
collections = null
[storage web]
type = "http"
url = "{address}"
[storage here]
type = "filesystem"
path = "{theirs}"
fileext = ".ics"
"""
    (folder / "vdirsyncer").write_text(settings)
    khal = f"""[calendars]
[[c]]
path = {theirs}
[locale]
local_timezone = America/New_York
default_timezone = America/New_York
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""
    (folder / "khal").write_text(khal)
    for act in ("discover", "sync"):
        run("vdirsyncer", "-c", str(folder / "vdirsyncer"), act)
    return run(
        "khal",
        "-c",
        str(folder / "khal"),
        "list",
        "--day-format",
        "",
        "-f",
        "{start-time} {title}",
        "today",
        "8d",
    )


def run(program: str, *words: str) -> str:
    """What a program of theirs prints."""
    done = subprocess.run(
        [str(INSTALLED / "bin" / program), *words],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        input="y\n",
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
