"""The journeys' fixtures stand in tests/conftest.py, because other tests sit in front of the same browser; here are people for them."""

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import NewContext, NewPage
from tests.e2e.people import Kit
from tests.e2e.seats import at_home, named
from tests.running import Running

__all__ = ["NewContext", "NewPage"]


@pytest.fixture
def amara(person: NewPage) -> tuple[Page, Kit]:
    """Somebody who has just signed up, on her own device."""
    page = person()
    return page, at_home(page, named("amara")[0])


@pytest.fixture(scope="session")
def known(chromium: Browser, server: Running) -> Kit:
    """An account that is only signed in to; nobody changes its passphrase."""
    page = chromium.new_page(base_url=server.url)
    kit = at_home(page, "known to all")
    page.close()
    return kit
