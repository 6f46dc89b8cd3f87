"""`make pictures`: every page and state as people see it: small and wide, by day, by night, with more contrast, and in Arabic.

The list is tests/states, the people are the demo's, who are made up. The chosen few stand in docs/pictures/ and in the README;
all of them in docs/pictures/all/, which is not kept.
"""

import shutil
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.conftest import CHROMIUM
from tests.running import BASE
from tests.scenery import Scenery, network
from tests.states import settle, states

FOLDER = BASE / "docs" / "pictures"
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 390, "height": 844},
    "wide": {"width": 1280, "height": 800},
}
DAY: dict[str, Any] = {"color_scheme": "light", "contrast": "no-preference"}
LIGHTS: dict[str, dict[str, dict[str, Any]]] = {
    "en": {
        "day": DAY,
        "night": {**DAY, "color_scheme": "dark"},
        "contrast": {**DAY, "contrast": "more"},
    },
    "ar": {"arabic": DAY, "arabic-night": {**DAY, "color_scheme": "dark"}},
}
CHOSEN = [
    "first-wide-day",
    "first-phone-arabic",
    "home-phone-day",
    "join-card-phone-day",
    "sign-up-words-phone-night",
    "sheet-phone-day",
    "talk-phone-day",
    "talk-phone-night",
    "talk-phone-arabic",
    "talk-wide-night",
    "share-phone-day",
    "people-phone-contrast",
]


def draw(browser: Browser, of: Scenery, folder: Path) -> None:
    """Every state, as each size and light shows it."""
    for state, page in states(browser, of, viewport=SIZES["phone"], reduced_motion="reduce"):
        for (size, viewport), (light, options) in product(SIZES.items(), LIGHTS[of.language].items()):
            page.set_viewport_size(viewport)
            page.emulate_media(**options)
            _draw(page, folder / f"{state.name}-{size}-{light}.jpg")
        page.set_viewport_size(SIZES["phone"])  # what comes next is pressed on a phone


def _draw(page: Page, path: Path) -> None:
    settle(page)
    page.screenshot(path=path, type="jpeg", quality=60)


def main() -> None:
    """Make a network, draw it, and keep the chosen pictures."""
    folder = FOLDER / "all"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with (
        tempfile.TemporaryDirectory() as place,
        sync_playwright() as playwright,
        network(Path(place), *LIGHTS) as made,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for language in LIGHTS:
            draw(browser, made[language], folder)
        browser.close()
    for old in FOLDER.glob("*.jpg"):
        old.unlink()
    for name in CHOSEN:
        shutil.copyfile(folder / f"{name}.jpg", FOLDER / f"{name}.jpg")
    sys.stdout.write(f"{len(list(folder.iterdir()))} pictures are in {folder.relative_to(BASE)}\n")


if __name__ == "__main__":
    main()
