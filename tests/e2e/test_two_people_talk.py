"""Two people, and more, on devices of their own: what one shares the others read, and nobody else."""

import re
import time
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from client.device import now_ms
from tests.e2e.conftest import NewContext, NewPage
from tests.e2e.people import faults, press, sign_up, unlock
from tests.e2e.rooms import (
    MOVED,
    arrived,
    fill_join,
    group_of,
    in_a_group,
    invite,
    let_in,
    opener,
    read_back,
    readers,
    reply,
    sees,
    share,
    start_group,
    turn_to,
    writing_box,
)
from tests.e2e.seats import at_home
from tests.members import Someone, company
from tests.running import Running
from tests.stored import execute

HOUR_MS = 3_600_000
NARROW = {"width": 360, "height": 740}


def test_two_people_start_a_group_join_it_and_talk_live(person: NewPage) -> None:
    ben, amara = person(), person(viewport=NARROW)
    sign_up(ben, "ben-1")
    start_group(ben, "Tuesday 🌱 ثلاثاء", "Ben 🧑🏽‍🦽")
    share(ben, "Said before anybody came.")
    amara.goto(invite(ben))
    expect(amara.get_by_role("heading", level=1)).to_have_text("Tuesday 🌱 ثلاثاء")
    expect(amara.get_by_text("Ben 🧑🏽‍🦽 invites you.")).to_be_visible()
    expect(amara.get_by_text("What is said here stays here.")).to_be_visible()
    assert "#" not in amara.url, "the secret of the link stays in the address"
    sign_up(amara, "amara-1", goes_to="/join/")
    fill_join(amara, "أمارة")
    expect(amara.get_by_role("heading", name="You asked to join")).to_be_visible()
    let_in(ben, "أمارة")
    arrived(amara)
    for page in (ben, amara):
        readers(page, 2)
        assert page.title() == "Home"
    turn_to(amara, "People")
    expect(amara.locator("[data-part=members] > li")).to_contain_text(["Ben 🧑🏽‍🦽", "أمارة"])
    share(amara, "A hard week.\nהיה שבוע קשה.", helps="just be with me")
    turn_to(ben, "Talk")
    heard = sees(ben, "A hard week.")
    expect(heard).to_contain_text("أمارة asks: just be with me.")
    heard.get_by_role("button", name="Reply").click()
    expect(heard).to_contain_text("asked you to just be there")
    heard.get_by_role("button", name="Not now").click()
    reply(ben, "A hard week.", "I am here.")
    expect(sees(amara, "A hard week.")).to_contain_text("I am here.")
    expect(amara.get_by_text("What was said before you came")).to_be_visible()
    assert "Said before anybody came." not in amara.content()


def test_every_part_of_a_group_is_fit_for_everybody(person: NewPage) -> None:
    ben, amara = person(color_scheme="dark"), person(viewport={"width": 320, "height": 640})
    group_of([ben, amara], ["Ben-2", "Amara-2"])
    share(amara, "Words to reply to.", helps="ideas welcome")
    reply(ben, "Words to reply to.", "An idea.")
    for page in (ben, amara):
        for part in ("Talk", "People", "What we agreed", "Member list"):
            turn_to(page, part)
            _is_fit(page)
    turn_to(ben, "For facilitators")
    _is_fit(ben)
    ben.get_by_role("link", name="Home", exact=True).click()
    expect(ben.get_by_role("link", name="Tuesday evening")).to_be_visible()
    _is_fit(ben)
    for address in ("/groups/start/", "/appeals/"):
        ben.goto(address)
        expect(ben.get_by_role("heading", level=1)).to_be_visible()
        _is_fit(ben)


def _is_fit(page: Page) -> None:
    assert faults(page) == []
    wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= room, f"{page.url} is wider than the screen"


def test_what_is_written_without_a_line_waits_and_arrives(device: NewContext, person: NewPage) -> None:
    context, ben = device(), person()
    amara = context.new_page()
    group_of([ben, amara], ["Ben-3", "Amara-3"])
    expect(opener(amara)).to_be_enabled()
    context.set_offline(True)
    expect(amara.get_by_text("Not connected. What you wrote is kept here.")).to_be_visible()
    share(ben, "Said while you were away.")
    writing_box(amara).fill("Written in a tunnel.")
    press(amara, "Share")
    expect(amara.locator("[data-part=outbox]").first).to_contain_text("Waiting to be sent.")
    context.set_offline(False)
    sees(amara, "Written in a tunnel.")
    sees(amara, "Said while you were away.")
    sees(ben, "Written in a tunnel.")
    expect(ben.locator("[data-part=shares] > li")).to_have_count(2)
    expect(amara.locator("#stage").get_by_text("Waiting to be sent.")).to_have_count(0)


def test_a_clock_that_is_hours_off_is_told_and_an_odd_address_shows_the_talk(
    person: NewPage, server: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = person()
    in_a_group(ben, "ben-38", "By whose clock", "Ben")
    link = invite(ben, known=True)
    with company(server, tmp_path) as somebody:
        amara = somebody("amara-38")
        group = amara.join(link, "Amara")["group"]
        readers(ben, 2)
        amara.share(group, "Said now.")
        monkeypatch.setattr("client.talking.now_ms", lambda: now_ms() - 2 * HOUR_MS)
        amara.share(group, "Said two hours ago.")
    ben.goto(ben.url.partition("#")[0] + "#constructor")
    ben.reload()
    expect(sees(ben, "Said two hours ago.").get_by_text("by their own clock:")).to_be_visible()
    expect(sees(ben, "Said now.").get_by_text("by their own clock:")).to_be_hidden()


def test_where_sockets_do_not_get_through_requests_carry_the_words(device: NewContext) -> None:
    context = device()
    one = context.new_page()
    one.route_web_socket("**/live", lambda socket: socket.close())
    in_a_group(one, "ben-9", "Behind a wall", "Ben")
    expect(one.get_by_text("The quick line to the server does not work here.")).to_be_visible()
    share(one, "Said by request.")
    two = context.new_page()
    two.goto(one.url)
    sees(two, "Said by request.")
    share(two, "Said by socket.")
    sees(one, "Said by socket.")


def test_two_tabs_of_one_person_show_the_same(device: NewContext) -> None:
    context = device()
    one = context.new_page()
    in_a_group(one, "ben-4", "Two tabs", "Ben")
    two = context.new_page()
    two.goto(one.url)
    share(two, "From the second tab.")
    sees(one, "From the second tab.")
    share(one, "From the first tab.")
    sees(two, "From the first tab.")
    for page in (one, two):
        expect(page.locator("[data-part=shares] > li")).to_have_count(2)


def test_a_half_written_share_outlives_a_lock_and_a_reload(device: NewContext) -> None:
    page = device().new_page()
    kit = in_a_group(page, "ben-5", "Drafts", "Ben")
    writing_box(page).fill("Not finished yet")
    page.get_by_label("questions are ok").check()
    press(page, "Lock now")
    page.wait_for_url("**/unlock/")
    assert "Not finished" not in page.evaluate("JSON.stringify(sessionStorage)")
    unlock(page, kit)
    expect(writing_box(page)).to_have_value("Not finished yet")
    page.wait_for_timeout(800)
    page.reload()
    expect(writing_box(page)).to_have_value("Not finished yet")
    expect(page.get_by_label("questions are ok")).to_be_checked()


def test_the_box_stands_where_it_will_work_and_nothing_moves_when_it_does(person: NewPage) -> None:
    page = person(viewport=NARROW)
    in_a_group(page, "ben-39", "A slow line", "Ben")
    share(page, "The first words.")
    held: list[Route] = []
    page.route("**/groups/parts/writing/", lambda route: held.append(route))
    page.reload()
    box, words = opener(page), sees(page, "The first words.")
    expect(box).to_be_disabled()
    before = (box.bounding_box(), words.bounding_box())
    held[0].continue_()
    expect(box).to_be_enabled()
    assert (box.bounding_box(), words.bounding_box()) == before
    reply(page, "The first words.", "Then an answer.")


def test_letters_that_come_late_move_nothing(person: NewPage) -> None:
    page = person(viewport=NARROW)
    in_a_group(page, "ben-41", "A phone in the hills", "Ben")
    share(page, "The first words.")
    page.route("**/*.woff2", _come_late)
    for _ in range(3):
        page.reload()
        sees(page, "The first words.")
        expect(opener(page)).to_be_enabled()
        expect(page.get_by_role("button", name="Lock now")).to_be_visible()
        assert page.evaluate(MOVED) == []


def _come_late(route: Route) -> None:
    """Once the page's first frame stands, as on a slow line."""
    time.sleep(0.1)
    route.continue_()


def test_a_page_from_before_a_release_says_that_there_is_a_newer_one(person: NewPage) -> None:
    page = person()
    in_a_group(page, "ben-40", "Yesterday's page", "Ben")
    held: list[Route] = []
    page.route("**/groups/parts/tools/", _of_a_newer_release)
    page.route("**/groups/parts/writing/", lambda route: held.append(route))
    page.reload()
    turn_to(page, "What we agreed")
    told = page.get_by_role("alert").filter(has_text="newer Holdspace. Load the page again.")
    expect(told).to_be_visible()
    held[0].continue_()
    expect(opener(page)).to_be_enabled()
    expect(told).to_be_visible()
    page.unroute_all(behavior="wait")
    page.reload()
    expect(page.get_by_role("heading", name="What this group agreed")).to_be_visible()


def _of_a_newer_release(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub(r"/static/\w+/", "/static/000000000000/", answer.text()))


def test_older_words_come_when_they_are_asked_for(person: NewPage, server: Running, tmp_path: Path) -> None:
    ben = person()
    in_a_group(ben, "ben-6", "Long talk", "Ben")
    with Someone(server, tmp_path, "amara-6") as amara:
        amara.sign_up(amara.name, amara.file)
        asked = amara.join(invite(ben, known=True), "Amara")
        readers(ben, 2)
        for number in range(120):
            amara.share(asked["group"], f"Share number {number}.")
    ben.goto(ben.url.split("#")[0])
    sees(ben, "Share number 119.")
    shares = ben.locator("[data-part=shares] > li")
    assert shares.count() < 120, "the whole list was loaded at once"
    # By no finger: on the way to the button one comes so near to its end that they come by themselves.
    ben.wait_for_function(
        """() => {
            document.querySelector("[data-part=shares] ~ p [data-part=earlier]").click();
            return document.querySelectorAll("[data-part=shares] > li").length > 50;
        }"""
    )
    read_back(ben, 120)
    expect(shares).to_have_count(120)
    assert (shares.first.text_content() or "").find("Share number 119.") > 0


def test_a_group_one_is_not_in_and_one_that_is_not_there_look_the_same(person: NewPage) -> None:
    ben, dana = person(), person()
    in_a_group(ben, "ben-7", "Closed door", "Ben")
    at_home(dana, "dana-7")
    said = []
    for address in (ben.url.split("#")[0], "/groups/0123abcd-0123-4123-8123-0123456789ab/"):
        dana.goto(address)
        expect(dana.get_by_role("heading", level=1)).to_have_text("Not here")
        said.append(dana.locator("main").inner_text())
    assert said[0] == said[1]


def test_nothing_but_the_site_itself_is_asked_for_anything(device: NewContext) -> None:
    context = device()
    asked: set[str] = set()
    context.on("request", lambda request: asked.add(re.sub(r"^(\w+://[^/]+).*", r"\1", request.url)))
    page = context.new_page()
    sign_up(page, "ben-8")
    start_group(page, "At home", "Ben")
    share(page, "Nobody else hears of this.")
    turn_to(page, "Member list")
    expect(page.locator("[data-part=words]")).to_contain_text("·")
    assert len(asked) == 1, asked


def test_a_key_that_got_lost_on_the_server_comes_from_another_member(
    person: NewPage, server: Running
) -> None:
    ben, amara = person(), person()
    group_of([ben, amara], ["Ben-10", "Amara-10"])
    share(ben, "Said before the loss.")
    sees(amara, "Said before the loss.")
    group = uuid.UUID(amara.url.split("/groups/")[1][:36]).bytes
    lost = execute(server.stored, "DELETE FROM groups_epochbox WHERE group_id = %s AND epoch = 2", [group])
    assert lost == 2, "everybody's box of the newest epoch"
    amara.reload()
    expect(amara.get_by_role("heading", level=1)).to_be_visible()
    sees(amara, "Said before the loss.")
    share(amara, "Said after it.")
    sees(ben, "Said after it.")
