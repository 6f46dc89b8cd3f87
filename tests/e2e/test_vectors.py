"""The golden values in a real browser: the very tests that Node runs, on the very modules that are served."""

import json
import mimetypes
from pathlib import Path

from playwright.sync_api import Browser, Route

BASE = Path(__file__).resolve().parents[2]
SITE = "https://vectors.test"
STANDS_FOR_NODE = "/tests/vectors/in_a_browser.js"
FILES = [
    f"/browser/sealing/{file.name}"
    for name in ("vectors_*.test.js", "prototype.test.js")
    for file in sorted((BASE / "browser/sealing").glob(name))
]
PAGE = """
<script type="importmap">{imports}</script>
<script type="module">
  await Promise.all({files}.map((file) => import(file)));
  const {{ outcomes }} = await import("{stands_for_node}");
  window.outcomes = outcomes();
</script>
"""


def serve(route: Route) -> None:
    """A page of our own, and the repository's files as they are."""
    path = route.request.url.removeprefix(SITE)
    if path == "/":
        names = dict.fromkeys(
            ("node:test", "node:assert/strict", "node:fs", "node:fs/promises"), STANDS_FOR_NODE
        )
        page = PAGE.format(
            imports=json.dumps({"imports": names}), files=json.dumps(FILES), stands_for_node=STANDS_FOR_NODE
        )
        route.fulfill(body=page, content_type="text/html")
    else:
        route.fulfill(path=BASE / path.lstrip("/"), content_type=mimetypes.guess_type(path)[0])


def test_a_browser_meets_every_golden_value(chromium: Browser) -> None:
    page = chromium.new_page()
    page.route(f"{SITE}/**", serve)
    page.goto(f"{SITE}/")
    page.wait_for_function("() => window.outcomes")
    outcomes = page.evaluate("() => window.outcomes")
    page.close()
    assert len(outcomes) >= 20, "the files hold fewer tests than they did"
    assert [each for each in outcomes if each[1]] == []
