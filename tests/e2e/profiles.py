"""A browser whose profile lies on this disk: what it wrote down can be read, and it can be begun anew."""

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from tests.conftest import CHROMIUM, PATIENCE_MS


def with_profile(chromium: Browser, profile: Path, url: str) -> BrowserContext:
    """In front of the server at `url`."""
    context = chromium.browser_type.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=["--no-sandbox"], base_url=url, locale="en-GB"
    )
    context.set_default_timeout(PATIENCE_MS)
    return context
