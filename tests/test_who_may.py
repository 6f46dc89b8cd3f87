"""Who may: every address and every verb, asked by each of six people. What has no row here fails, and so does a row for nothing.

Amara is a member, Ben facilitator, Chidi coordinator, Dana in another group, Eli removed, and one is signed out.
"""

import importlib
import secrets
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from client import ids
from client.device import now_ms
from client.frames import decode
from holdspace.sealing import invite, log_draft
from holdspace.sealing.codec import to_b64url, to_json
from holdspace.sealing.envelope import SHARE, Header, Said, seal_envelope
from holdspace.sealing.invite import Link
from holdspace.sealing.keys import new_id
from holdspace.sealing.log_draft import By
from holdspace.sealing.log_entry import sign_entry
from holdspace.sealing.log_payload import InviteTerms
from tests.running import BASE
from tests.six import ROLES, Asker, Cast, Outcomes, everyone, facilitators, members, signed_in, six_people
from tests.stored import execute

# Pages: name -> address and what is answered ------------------------------------------------------------------------

PAGES: dict[str, tuple[str, Outcomes]] = {
    "front": ("/", everyone("200")),
    "sign_up": ("/sign-up/", everyone("200")),
    "sign_in": ("/sign-in/", everyone("200")),
    "recover": ("/recover/", everyone("200")),
    "principles": ("/principles/", everyone("200")),
    "language": ("/language/", everyone("302 /")),
    "exit": ("/exit/", everyone("302 https://www.wikipedia.org/")),
    "signed_out": ("/signed-out/", everyone("200")),
    "unlock": ("/unlock/", signed_in("200", "302 /sign-in/")),
    "account": ("/account/", signed_in("200", "302 /sign-in/")),
    "own_device": ("/account/own-device/", signed_in("200", "302 /sign-in/")),
    "passphrase": ("/account/passphrase/", signed_in("200", "302 /sign-in/")),
    "sheet": ("/account/sheet/", signed_in("200", "302 /sign-in/")),
    "somebody_knows": ("/account/somebody-knows/", signed_in("200", "302 /sign-in/")),
    "delete": ("/account/delete/", signed_in("200", "302 /sign-in/")),
    "reset": ("/reset/guessed-token/", everyone("404")),
    "setup": ("/setup/guessed-token/", everyone("404")),
    # These say nothing of anybody: the same bytes for all. Who may is asked at /live.
    "groups": ("/groups/", everyone("200")),
    "start-group": ("/groups/start/", everyone("200")),
    "group": ("/groups/{group}/", everyone("404") | {"member": "200", "facilitator": "200"}),
    "join": ("/join/", everyone("200")),
    "appeals": ("/appeals/", everyone("200")),
    "writing": ("/groups/parts/writing/", everyone("200")),
    "meeting": ("/groups/parts/meeting/", everyone("200")),
    "tools": ("/groups/parts/tools/", everyone("200")),
    "calendar_page": ("/account/calendar/", signed_in("200", "302 /sign-in/")),
    # Whoever has the address may; nobody guesses it.
    "calendar": ("/calendar/guessed.ics", everyone("404")),
    # The directory is for everybody, and says the same to all.
    "find": ("/find/", everyone("200")),
    "find_json": ("/find.json?topic=grief", everyone("200")),
    "listing": ("/find/no-such-group/", everyone("404")),
    "ask_listing": ("/find/no-such-group/ask/", everyone("404")),
    "listing_calendar": ("/find/no-such-group/calendar.ics", everyone("404")),
    "listing_schema": ("/find/no-such-group/schema.json", everyone("404")),
    "wish": ("/wishes/", everyone("200")),
    "wish_mine": ("/wishes/mine/", everyone("200")),
    # For those who may start a group: here, everybody who has an account.
    "wishes_together": ("/wishes/together/", signed_in("200", "404")),
    "find_calendar": ("/find.ics?topic=grief", everyone("200")),
    # What facilitators write of their group, and the coordinators' desk.
    "offering": ("/groups/{group}/listing/", everyone("404") | {"facilitator": "200"}),
    "offering_act": ("/groups/{group}/listing/act/", everyone("405")),
    "desk": ("/coordinator/", everyone("404") | {"coordinator": "200"}),
    "desk_group": ("/coordinator/groups/no-such-group/", everyone("404")),
    "desk_lists": ("/coordinator/lists/", everyone("404") | {"coordinator": "200"}),
    "desk_twins": ("/coordinator/lists/twice/", everyone("404") | {"coordinator": "200"}),
    "desk_list": ("/coordinator/lists/sent/no-such-list/", everyone("404")),
    "desk_source": ("/coordinator/lists/of/no-such-list/", everyone("404")),
    "meeting_guide_feed": ("/feeds/meeting-guide.json", everyone("200")),
    "bmlt_json": ("/client_interface/json/?switcher=GetFormats", everyone("200")),
    "bmlt_jsonp": ("/client_interface/jsonp/?switcher=GetFormats&callback=c", everyone("200")),
    "hsds": ("/hsds/", everyone("200")),
    "hsds_services": ("/hsds/services", everyone("200")),
    "hsds_service": ("/hsds/services/no-such-service", everyone("404")),
    "hsds_terms": ("/hsds/taxonomy_terms", everyone("200")),
}

# Forms of plain pages: name -> address and body. Who may not send them gets 404, as does who may and names nothing there is.
FORMS: dict[str, tuple[str, dict[str, str], Outcomes]] = {
    "offering": ("/groups/{group}/listing/", {"do": "save", "title": "Ours"}, everyone("404") | {"facilitator": "303"}),
    "offering_act": ("/groups/{group}/listing/act/", {"do": "burn"}, everyone("404")),
    "desk_group": ("/coordinator/groups/no-such-group/", {"do": "approve"}, everyone("404")),
    "desk_lists": ("/coordinator/lists/", {"source": "na"}, everyone("404") | {"coordinator": "200"}),
    "desk_twins": ("/coordinator/lists/twice/", {"do": "drop", "listing": "1"}, everyone("404")),
    "desk_list": ("/coordinator/lists/sent/no-such-list/", {"do": "take"}, everyone("404")),
    "desk_source": ("/coordinator/lists/of/no-such-list/", {"do": "take-down"}, everyone("404")),
}  # fmt: skip

# Doors: name -> address, body and code ("ok" where it is granted) -----------------------------------------------------

KEY, ID, SEED = (to_b64url(secrets.token_bytes(size)) for size in (32, 16, 84))
SLOT = {"salt": ID, "profile": 1, "auth_key": KEY, "wrapped": SEED}
NEW_SEED = {
    "salt": ID, "profile": 1, "new_auth_key": KEY, "x_pub": KEY, "e_pub": KEY, "wrapped": SEED,
    "new_recovery_auth": KEY, "new_recovery_wrapped": SEED,
}  # fmt: skip
Body = dict[str, Any]


def _somebody() -> Body:
    return {"name": f"nobody {secrets.token_hex(8)}"}


DOORS: dict[str, tuple[str, Callable[[], Body], Outcomes]] = {
    "seal_network": ("network", dict, everyone("ok")),
    "seal_prelogin": ("prelogin", _somebody, everyone("ok")),
    "seal_sign_up": (
        "sign-up",
        lambda: {
            **_somebody(), **SLOT, "account_id": to_b64url(new_id()), "x_pub": KEY, "e_pub": KEY,
            "recovery_auth": KEY, "recovery_wrapped": SEED, "of_age": False, "consent": True,
        },
        everyone("of-age"),
    ),
    "seal_sign_in": ("sign-in", lambda: {**_somebody(), "auth_key": KEY}, everyone("wrong-key")),
    "seal_recover": ("recover", lambda: {**_somebody(), "recovery_auth": KEY}, everyone("wrong-key")),
    "seal_finish_recovery": (
        "recover/finish",
        lambda: {
            **_somebody(), **SLOT, "recovery_auth": KEY, "new_recovery_auth": KEY, "new_recovery_wrapped": SEED,
        },
        everyone("wrong-key"),
    ),
    "card": ("card", lambda: {"invite": ID}, everyone("log-invite")),
    "seal_reset": ("reset", lambda: {"token": "guessed"}, everyone("not-found")),
    "seal_finish_reset": ("reset/finish", lambda: {"token": "guessed", **NEW_SEED}, everyone("not-found")),
    "seal_new_keys": (
        "new-keys",
        lambda: {"auth_key": KEY, **NEW_SEED, "former": [], "counter": 1, "keyring": KEY},
        signed_in("format"),
    ),
    "seal_delete": ("delete", lambda: {"auth_key": KEY, "lost": [ID]}, signed_in("not-found")),
    "seal_unlock": ("unlock", lambda: {"auth_key": KEY}, signed_in("wrong-key")),
    "seal_change_passphrase": (
        "passphrase",
        lambda: {**SLOT, "new_auth_key": KEY},
        signed_in("wrong-key"),
    ),
    "seal_new_sheet": (
        "recovery/new",
        lambda: {"auth_key": KEY, "recovery_auth": KEY, "recovery_wrapped": SEED},
        signed_in("wrong-key"),
    ),
    "seal_recovery_confirmed": ("recovery-confirmed", dict, signed_in("ok")),
    "seal_session_share": ("session-share", dict, signed_in("locked")),
    "seal_new_session_share": ("session-share/new", dict, signed_in("ok")),
    "seal_lock": ("lock", dict, signed_in("ok")),
    "seal_end_session": ("sessions/end", lambda: {"session": KEY}, signed_in("not-found")),
    "seal_keep_on_device": (
        "own-device/new",
        lambda: {"auth_key": KEY, "device": ID, "code_auth": KEY, "share": KEY},
        signed_in("wrong-key"),
    ),
    "seal_open_device": ("own-device/open", lambda: {"device": ID, "code_auth": KEY}, signed_in("no-device")),
    "seal_end_own_device": ("own-device/end", dict, signed_in("ok")),
    "seal_new_calendar": ("calendar/new", dict, signed_in("ok")),
    "seal_end_calendar": ("calendar/end", dict, signed_in("ok")),
    "seal_keyring": ("keyring", dict, signed_in("ok")),
    "seal_put_keyring": ("keyring/put", lambda: {"counter": 1_000_000, "blob": KEY}, signed_in("stale")),
    "seal_exit": ("exit", dict, everyone("ok")),
    "seal_sign_out": ("sign-out", dict, everyone("ok")),
    "seal_sign_out_everywhere": ("sign-out/everywhere", dict, signed_in("ok")),
}  # fmt: skip

# After these the session is over: who asked signs in again before the next row.
SIGNING_OUT = ("seal_sign_out", "seal_sign_out_everywhere", "seal_exit")

# Verbs: name -> arguments and code ------------------------------------------------------------------------------------

Args = dict[str, Any]


def _of_group(asker: Asker, **more: Any) -> Args:
    return {"group": asker.group, **more}


def _envelope(asker: Asker) -> Args:
    """A share as this person would seal it if they belonged: its author is them, or somebody made up."""
    ours = asker.ours
    author = _member_id(asker)
    header = Header(SHARE, asker.group, ours.state.epoch, new_id(), author)
    body = to_json({"v": 1, "t": "who may"})
    return {
        "envelope": seal_envelope(header, ours.key_of(ours.state.epoch), Said(ours.position, now_ms(), body))
    }


def _entry(asker: Asker) -> Args:
    """An invite, signed with this person's keys in this group."""
    ours, link = asker.ours, Link(new_id(), bytes(16), secrets.token_bytes(16))
    terms = InviteTerms(
        link.invite_id,
        invite.invite_public(link.secret, link.invite_id),
        now_ms() + 60_000,
        1,
        is_known=False,
    )
    draft = log_draft.invite(ours.state, By(_member_id(asker), now_ms()), terms)
    signer = asker.person or asker.cast.people["other group"]
    entry = sign_entry(draft, signer.device.account.keys(ours.id, 1).e)
    return _of_group(asker, entries=[entry], card=invite.seal_card({"v": 1}, link))


def _member_id(asker: Asker) -> bytes:
    """Who they are, or were, in the group."""
    if asker.role == "member":
        return asker.ours.find("amara").id
    if asker.role == "facilitator":
        return asker.ours.member_id
    return new_id()


def _withdrawal(asker: Asker) -> Args:
    """Amara's share, taken back by each: nobody but she can, and nobody hears whether it is there."""
    ours = asker.ours
    author = _member_id(asker)
    header = Header(SHARE, asker.group, ours.state.epoch, asker.cast.said, author, 1)
    said = Said(ours.position, now_ms(), to_json({"v": 1, "gone": True}))
    return {"envelope": seal_envelope(header, ours.key_of(header.epoch), said)}


def _notice(asker: Asker) -> Args:
    """What Eli was told when he was removed: his alone to ask about."""
    is_there = asker.group == ids.parse(asker.cast.group)
    return {"notice": asker.cast.notice if is_there else new_id()}


VERBS: dict[str, tuple[Callable[[Asker], Args], Outcomes]] = {
    "home": (lambda asker: {}, signed_in("ok")),
    "notices": (lambda asker: {}, signed_in("ok")),
    "removal": (_notice, signed_in("not-found") | {"removed": "ok"}),
    "open": (_of_group, members("ok")),
    "log": (lambda asker: _of_group(asker, after=-1), members("ok")),
    "items": (lambda asker: _of_group(asker, after=0, limit=10), members("ok")),
    "listen": (lambda asker: {"groups": [asker.group]}, members("ok")),
    "need-box": (lambda asker: _of_group(asker, epoch=asker.ours.state.epoch), members("ok")),
    "reseal": (
        lambda asker: _of_group(asker, epoch=asker.ours.state.epoch, member=asker.ours.member_id, box=b"no box"),
        members("boxes"),
    ),
    "histories": (_of_group, members("ok")),
    "past": (lambda asker: _of_group(asker, before=1000, limit=10), members("ok")),
    "give-history": (
        lambda asker: _of_group(asker, member=asker.ours.member_id, seq=1, box=b"no box"),
        signed_in("not-found"),
    ),
    "keep-history": (lambda asker: _of_group(asker, boxes=[[1, b"no box"]]), members("boxes")),
    "waiting": (_of_group, facilitators("ok")),
    "decline": (lambda asker: _of_group(asker, member=new_id()), everyone("not-found") | {"signed out": "signed-out"}),
    "ask-listing": (
        lambda asker: {"listing": "no-such-group", "request": new_id(), "account_x": bytes(32)},
        signed_in("not-found"),
    ),
    "take-request-back": (lambda asker: {"request": new_id()}, signed_in("not-found")),
    "answer-request": (
        lambda asker: _of_group(asker, request=new_id(), answer="later"),
        signed_in("not-found"),
    ),
    "note-compared": (
        lambda asker: _of_group(asker, invite=new_id(), note=b"no note"),
        facilitators("format"),
    ),
    "send": (_envelope, members("ok")),
    "withdraw": (_withdrawal, members("ok") | {"facilitator": "exists"}),
    "hours": (_of_group, members("ok")),
    "set-hours": (lambda asker: _of_group(asker, times=[]), facilitators("ok")),
    "append": (_entry, facilitators("ok", member="log-authority")),
    "ask": (
        lambda asker: {"invite": new_id(), "record": bytes(165), "self_sig": bytes(64), "profile": bytes(300)},
        signed_in("log-invite"),
    ),
}  # fmt: skip
ABOUT_A_GROUP = [verb for verb, (_, outcomes) in VERBS.items() if outcomes["other group"] == "not-found"]


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
    as_ben = _envelope(amara._replace(role="facilitator"))
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
