"""The pages of the sealed area know no group."""

import gzip

import pytest

from conftest import Browser
from holdspace.conversations.tests.cast import Circle, Person, make_network
from holdspace.ui import ids

pytestmark = pytest.mark.django_db
PAGES = ["/groups/", "/groups/start/", "/join/", "/appeals/"]


def test_every_group_and_none_show_the_same_page(browser: Browser) -> None:
    make_network()
    circle = Circle().start(Person.named("Ben"))
    bodies = {
        browser.get(f"/groups/{ids.text(each)}/").content for each in (circle.id, bytes(16), b"\xff" * 16)
    }
    assert len(bodies) == 1


@pytest.mark.parametrize("path", ["/groups/words/", "/groups/0/", "/groups/" + "A" * 36 + "/"])
def test_an_address_that_is_no_id_is_not_found(browser: Browser, path: str) -> None:
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_the_shell_is_only_read(browser: Browser, path: str) -> None:
    assert browser.post(path, headers={"X-CSRFToken": "a" * 32}).status_code == 405


def test_a_browser_that_can_unpack_gets_the_same_page_packed(browser: Browser) -> None:
    make_network()
    plain = browser.get("/groups/")
    packed = browser.get("/groups/", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["Vary"] == plain.headers["Vary"]
