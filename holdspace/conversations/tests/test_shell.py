"""The pages of the sealed area know no group."""

import gzip
import re

import pytest
from django.conf import settings

from conftest import Browser
from holdspace.accounts.models import Account
from holdspace.conversations.tests.cast import Circle, Person, make_network
from holdspace.ui import ids
from holdspace.ui.served import served

pytestmark = pytest.mark.django_db
PARTS = ["/groups/parts/writing/", "/groups/parts/tools/"]
PAGES = ["/groups/", "/groups/start/", "/join/", "/appeals/", *PARTS]
LATER = re.compile(r"<template\b.*?</template>", re.DOTALL)
MOST = 90_000  # 100 kB are promised


def opens(browser: Browser, group_id: bytes) -> tuple[int, bytes]:
    """Status and page at a group's address."""
    answer = browser.get(f"/groups/{ids.text(group_id)}/")
    return answer.status_code, answer.content


def test_a_member_gets_the_same_page_in_every_group(browser: Browser) -> None:
    make_network()
    ben = Person.named("Ben")
    browser.signed_in_as(Account.objects.get(pk=ben.id))
    (one, first), (two, second) = (opens(browser, Circle().start(ben).id) for _ in range(2))
    assert (one, two) == (200, 200)
    assert first == second


def test_a_group_is_not_there_for_a_stranger_and_for_the_signed_out(browser: Browser) -> None:
    make_network()
    circle = Circle().start(Person.named("Ben"))
    dana = Browser().signed_in_as(Account.objects.get(pk=Person.named("Dana").id))
    dana.get("/groups/")  # a first visit brings a token
    for asker in (browser, dana):
        nothing = opens(asker, bytes(16))
        assert nothing[0] == 404
        assert opens(asker, circle.id) == nothing


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


def files_of(page: bytes) -> list[str]:
    """Styles and modules a page lists."""
    return re.findall(rf'"{re.escape(settings.STATIC_URL)}([^"]+\.(?:css|js))"', page.decode())


def weights(page: bytes) -> dict[str, int]:
    """What a first visit fetches before it can show anything, packed: styles and modules of the page; "" is the page itself."""
    at_once = LATER.sub("", page.decode()).encode()
    packed = {
        name: len(gzip.compress(served(name, (settings.BROWSER / name).read_bytes())))
        for name in files_of(at_once)
    }
    return packed | {"": len(gzip.compress(page))}


def test_the_first_load_of_a_group_is_light(browser: Browser) -> None:
    make_network()
    ben = Person.named("Ben")
    browser.signed_in_as(Account.objects.get(pk=ben.id))
    found = weights(opens(browser, Circle().start(ben).id)[1])
    assert {"css/base.css", "sealing/envelope.js", "accounts/session.js"} <= set(found), (
        "else this weighs nothing"
    )
    assert not {
        "groups/posting.js",
        "conversations/desk.js",
        "accounts/header.js",
        "conversations/copy.js",
        "sealing/seal_box.js",
    } & set(found), "these come later"
    assert sum(found.values()) <= MOST, sorted(found.items(), key=lambda each: -each[1])


def test_what_it_takes_to_start_a_group_is_fetched_on_its_own_page_alone(browser: Browser) -> None:
    make_network()
    ben = Person.named("Ben")
    browser.signed_in_as(Account.objects.get(pk=ben.id))
    walk = {"meetings/start.js", "conversations/start/walk.js", "css/start.css"}
    found = weights(browser.get("/groups/start/").content)
    assert walk <= set(found)
    assert not {"conversations/start/pack.js", "groups/starting.js"} & set(found), "the end comes later"
    assert sum(found.values()) <= MOST, sorted(found.items(), key=lambda each: -each[1])
    for page in ("/groups/", f"/groups/{ids.text(Circle().start(ben).id)}/", *PARTS):
        assert not walk & set(files_of(browser.get(page).content)), page


@pytest.mark.parametrize("part", PARTS)
def test_what_comes_later_brings_only_what_is_not_there_yet(browser: Browser, part: str) -> None:
    make_network()
    ben = Person.named("Ben")
    browser.signed_in_as(Account.objects.get(pk=ben.id))
    page = opens(browser, Circle().start(ben).id)[1]
    assert f'data-from="{part}"' in page.decode()
    later = browser.get(part).content
    assert later == Browser().get(part).content, "it knows nobody"
    assert files_of(later)
    assert not set(files_of(later)) & set(weights(page))
    ids = [set(re.findall(r'<template id="([^"]+)"', each.decode())) for each in (page, later)]
    assert not ids[0] & ids[1]


def test_the_script_of_what_comes_later_stands_in_the_page_itself(browser: Browser) -> None:
    """Out of a page that was fetched Firefox runs none."""
    make_network()
    ben = Person.named("Ben")
    browser.signed_in_as(Account.objects.get(pk=ben.id))
    page = opens(browser, Circle().start(ben).id)[1].decode()
    fetched = re.findall(r'<template id="later-\w+" data-from="([^"]+)">(.*?)</template>', page, re.DOTALL)
    assert {*PARTS, "/groups/parts/meeting/"} == {part for part, _script in fetched}
    for part, script in fetched:
        assert re.fullmatch(
            r'<script type="module" src="[^"]+" integrity="sha256-[^"]+" crossorigin="anonymous"></script>',
            script,
        )
        assert "<script" not in browser.get(part).content.decode()
