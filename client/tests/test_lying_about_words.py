"""A server that lies about what was edited, withdrawn, or said between two."""

from secrets import token_bytes
from typing import Any

import pytest

from client import ids
from client.device import now_ms
from client.member import Member
from client.tests.conftest import People, Person, let_in, texts
from client.tests.test_lying_server import lie
from holdspace.sealing.codec import to_json
from holdspace.sealing.envelope import SHARE, Header, Said, seal_envelope


def rows_kept(person: Person, group: str) -> list[Any]:
    """The rows of a group as they are now, for showing them again later."""
    rows: list[Any] = person.device.ask("items", group=ids.parse(group), after=0, limit=200)["items"]
    return rows


@pytest.mark.parametrize("act", ["edit", "withdraw"])
@pytest.mark.parametrize("after_a_restart", [False, True])
def test_older_words_are_not_shown_again_once_newer_were_seen(
    ben: Person,
    amara: Person,
    together: str,
    monkeypatch: pytest.MonkeyPatch,
    act: str,
    *,
    after_a_restart: bool,
) -> None:
    item = ben.share(together, "said in anger")["item"]
    older = rows_kept(ben, together)
    ben.edit(together, item, "said calmly") if act == "edit" else ben.withdraw(together, item)
    assert texts(amara, together) == ["said calmly" if act == "edit" else "withdrawn"]
    with Member(amara.home.folder) as again:
        again.unlock(amara.file)
        liar_to = again if after_a_restart else amara
        lie(
            liar_to,
            monkeypatch,
            lambda verb, answer: answer | {"items": older} if verb == "items" else answer,
        )
        items = liar_to.read(together)["items"]
    assert [(each["state"], each["text"]) for each in items if each["kind"] != "presence"][-1:] == [
        ("context", None)
    ]


def test_the_server_cannot_say_that_somebody_took_their_words_back(
    ben: Person, amara: Person, together: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = ben.share(together, "I stand by this")["item"]
    found = amara.group(together)
    forged = Header(SHARE, found.id, found.state.epoch, ids.parse(item), ben.group(together).member_id, 1)
    said = Said(found.position, now_ms(), to_json({"v": 1, "gone": True}))
    row = [10**6, seal_envelope(forged, token_bytes(32), said), now_ms(), bytes(32), 1, 1]
    lie(
        amara,
        monkeypatch,
        lambda verb, answer: answer | {"items": [*answer["items"], row]} if verb == "items" else answer,
    )
    items = amara.read(together)["items"]
    assert sorted((each["state"], each["text"] or "") for each in items) == [
        ("damaged", ""),
        ("open", "I stand by this"),
    ]


def test_presence_to_somebody_else_or_at_anothers_share_is_not_shown(
    person: People, ben: Person, amara: Person, together: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_in(ben, dana := person("dana"), together, "Dana")
    hers, his = amara.share(together, "hers")["item"], ben.share(together, "his")["item"]
    dana.presence(together, his, "for Ben")
    rows = rows_kept(ben, together)
    lie(amara, monkeypatch, lambda verb, answer: answer | {"items": rows} if verb == "items" else answer)
    assert [each["text"] or each["state"] for each in amara.read(together)["items"]] == [
        "hers",
        "his",
        "context",
    ]
    assert hers != his
