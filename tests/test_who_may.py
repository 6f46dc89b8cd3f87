"""Who may: every address and every verb, asked by each of six people. What has no row here fails, and so does a row for nothing.

Amara is a member, Ben facilitator, Chidi coordinator, Dana in another group, Eli removed, and one is signed out.
"""

import importlib
from collections.abc import Iterator

import httpx
import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from client import ids
from client.frames import decode
from holdspace.sealing.keys import new_id
from tests.running import BASE
from tests.six import ROLES, Asker, Cast, six_people
from tests.stored import execute
from tests.who_may.doors import DOORS, SIGNING_OUT
from tests.who_may.pages import FORMS, PAGES
from tests.who_may.verbs import ABOUT_A_GROUP, VERBS, envelope_of


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """The same six for every row."""
    with six_people(tmp_path_factory.mktemp("who-may")) as cast:
        yield cast


# The table is whole ---------------------------------------------------------------------------------------------------


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        else:
            assert pattern.name, f"{pattern.pattern} has no name"
            yield pattern.name


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert sorted(_names(get_resolver().url_patterns)) == sorted([*PAGES, *DOORS])


def test_every_verb_has_a_row_and_every_row_a_verb() -> None:
    apps = [
        importlib.import_module(f"holdspace.{each.parent.name}.verbs")
        for each in BASE.glob("holdspace/*/verbs.py")
    ]
    assert sorted(verb.name for app in apps for verb in getattr(app, "VERBS", [])) == sorted(VERBS)


# The table is true ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_page(cast: Cast, name: str) -> None:
    path, outcomes = PAGES[name]
    found = {}
    for role in ROLES:
        reply = Asker(cast, role, b"").get(path.format(group=cast.group))
        if name == "exit" and role in cast.people:
            person = cast.people[role]
            person.sign_in(person.name, person.file)
        found[role] = f"{reply.status_code} {reply.headers.get('location', '')}".strip()
    assert found == outcomes


@pytest.mark.parametrize("name", FORMS)
def test_form(cast: Cast, name: str) -> None:
    path, body, outcomes = FORMS[name]
    found = {}
    for role in ROLES:
        asker = Asker(cast, role, b"")
        found[role] = str(asker.send_form(path.format(group=cast.group), body).status_code)
        # Nobody has the token of a page that another site shows.
        forged = asker.send_form(path.format(group=cast.group), {**body, "csrfmiddlewaretoken": "x" * 32})
        assert forged.status_code in (403, 404)
    assert found == outcomes


@pytest.mark.parametrize("name", DOORS)
def test_door(cast: Cast, name: str) -> None:
    path, body, outcomes = DOORS[name]
    # No row of the table waits for the guesses of another.
    execute(cast.server.database_url or cast.server.data, "DELETE FROM accounts_tries")
    found = {}
    for role in ROLES:
        if name in SIGNING_OUT and role in cast.people:
            reply = Asker(cast, role, b"").post(f"/seal/{path}", json=body())
            person = cast.people[role]
            person.sign_in(person.name, person.file)
        else:
            reply = Asker(cast, role, b"").post(f"/seal/{path}", json=body())
        found[role] = "ok" if reply.is_success else reply.json()["code"]
    assert found == outcomes


@pytest.mark.parametrize("name", DOORS)
def test_doors_open_only_to_our_own_pages(cast: Cast, name: str) -> None:
    """Another site's page, a form, and a plain visit get nothing, whoever is signed in."""
    path, body, _ = DOORS[name]
    asker = Asker(cast, "facilitator", b"")
    foreign = asker.post(f"/seal/{path}", json=body(), headers={"Sec-Fetch-Site": "cross-site"})
    visited = asker.get(f"/seal/{path}")
    assert (foreign.status_code, visited.status_code) == (403, 404)
    if name != "seal_exit":  # for pages that have no token (decision 0014)
        forged = asker.post(f"/seal/{path}", json=body(), headers={"X-CSRFToken": "x" * 32})
        assert forged.status_code == 403


@pytest.mark.parametrize("verb", VERBS)
def test_verb(cast: Cast, verb: str) -> None:
    args, outcomes = VERBS[verb]
    found = {}
    for role in sorted(
        ROLES, key=lambda role: role == "facilitator"
    ):  # the one whose asking changes something, last
        asker = Asker(cast, role, ids.parse(cast.group))
        answer = decode(asker.frame(verb, args(asker)).content)[0]
        found[role] = "ok" if answer[1] == "ok" else answer[2]
    assert found == outcomes


def test_nobody_writes_under_another_members_name(cast: Cast) -> None:
    """The author check of the server: Amara, with the group's key in her hand, signs as Ben."""
    amara = Asker(cast, "member", ids.parse(cast.group))
    as_ben = envelope_of(amara._replace(role="facilitator"))
    assert decode(amara.frame("send", as_ben).content)[0][2] == "author"


# What you may not see does not exist ----------------------------------------------------------------------------------


def _told(reply: httpx.Response) -> tuple[int, list[tuple[str, str]], bytes]:
    """All that an answer says, but for the time of day."""
    return (
        reply.status_code,
        sorted((k, v) for k, v in reply.headers.multi_items() if k != "date"),
        reply.content,
    )


@pytest.mark.parametrize("verb", ABOUT_A_GROUP)
def test_a_group_that_is_not_yours_answers_like_none(cast: Cast, verb: str) -> None:
    args, outcomes = VERBS[verb]
    real, none = ids.parse(cast.group), new_id()
    for role in ROLES:
        there, nowhere = Asker(cast, role, real), Asker(cast, role, none)
        about_none = _told(nowhere.frame(verb, args(nowhere)))
        if outcomes[role] in ("not-found", "signed-out"):
            assert _told(there.frame(verb, args(there))) == about_none, role
        else:
            assert decode(about_none[2])[0][2] == "not-found", role


@pytest.mark.parametrize("role", ROLES)
def test_the_page_of_a_group_that_is_not_yours_is_like_that_of_none(cast: Cast, role: str) -> None:
    asker = Asker(cast, role, b"")
    asker.get("/groups/")
    here, nowhere = (_told(asker.get(f"/groups/{group}/")) for group in (cast.group, ids.text(new_id())))
    assert nowhere[0] == 404
    if role in ("member", "facilitator"):
        assert here[0] == 200
    elif role == "signed out":
        # A first visit gets a token of its own; it must not differ in anything else.
        assert _without_token(here) == _without_token(nowhere)
    else:
        assert here == nowhere


def _without_token(
    told: tuple[int, list[tuple[str, str]], bytes],
) -> tuple[int, list[tuple[str, str]], bytes]:
    status, headers, body = told
    return status, [(k, v if k != "set-cookie" else v.partition(";")[2]) for k, v in headers], body


def test_names_that_are_not_ids_are_not_found_like_any_page_that_is_not_there(cast: Cast) -> None:
    asker = Asker(cast, "member", b"")
    nothing = _told(asker.get("/there-is-no-such-page/"))
    assert nothing[0] == 404
    for path in ("/groups/1/", f"/groups/{'0' * 36}/", "/groups/%00/", "/admin/"):
        assert _told(asker.get(path)) == nothing, path
