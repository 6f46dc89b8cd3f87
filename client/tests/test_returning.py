"""Both lost: the host resets the account, a facilitator vouches, and the group remembers."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from client import ids, returning
from client.device import now_ms
from client.member import Member
from client.tests.conftest import People, Person, let_in, texts
from client.trouble import Trouble
from holdspace.sealing import history
from holdspace.sealing.errors import SealError
from holdspace.sealing.history import WAIT_MS
from tests.running import Running

Returned = Callable[[Person], Member]


@pytest.fixture
def start_again(running: Running, tmp_path: Path) -> Iterator[Returned]:
    """`start_again(amara)`: she has lost everything and opens the host's one-time address on another computer."""
    with ExitStack() as everybody:

        def act(person: Person) -> Member:
            address = running.console("reset-account", person.name).strip()
            again = everybody.enter_context(Member(tmp_path / "again", running.url))
            again.reset(address, tmp_path / "new words")
            return again

        yield act


def vouched(ben: Person, amara: Member, group: str) -> None:
    """Ben has spoken with her, makes her link, and lets her in."""
    amara.join(ben.bring_back(group, "Amara", spoken=True)["link"], "Amara")
    assert [each["name"] for each in ben.admit(group)["admitted"]] == ["Amara"]


def later(monkeypatch: pytest.MonkeyPatch, ms: int) -> None:
    """From now on the members' own clocks are ahead by so much."""
    monkeypatch.setattr(returning, "now_ms", lambda: now_ms() + ms)


def test_after_a_reset_the_old_way_in_is_gone_and_a_group_has_no_keys_yet(
    ben: Person, amara: Person, together: str, start_again: Returned, running: Running
) -> None:
    ben.share(together, "before")
    again = start_again(amara)
    told = again.groups()["groups"]
    assert [(each["group"], each["stopped"], each["name"]) for each in told] == [(together, "no-keys", None)]
    with pytest.raises(SealError) as refused:
        again.share(together, "to whom?")
    assert refused.value.code == "no-keys"
    with pytest.raises(Trouble) as closed:
        amara.unlock(amara.file)
    assert closed.value.code == "wrong-key"
    assert again.device.account.account_id == amara.device.account.account_id


def test_a_one_time_address_works_once(amara: Person, running: Running, tmp_path: Path) -> None:
    address = running.console("reset-account", amara.name).strip()
    newer = running.console("reset-account", amara.name.upper()).strip()
    codes = []
    for place, used in enumerate((address, newer, newer, newer[:-3] + "AA/")):
        with Member(tmp_path / f"home {place}", running.url) as one:
            try:
                one.reset(used, tmp_path / f"words {place}")
                codes.append("ok")
            except Trouble as refused:
                codes.append(refused.code)
    assert codes == ["not-found", "ok", "not-found", "not-found"]


def test_two_facilitators_vouch_and_the_group_remembers(
    person: People, ben: Person, amara: Person, together: str, start_again: Returned
) -> None:
    dana = person("dana")
    let_in(ben, dana, together, "Dana")
    ben.promote(together, "Dana")
    ben.share(together, "one")
    mine = amara.share(together, "two, of Amara's")["item"]
    again = start_again(amara)
    again.join(ben.bring_back(together, "Amara", spoken=True)["link"], "Amara")
    assert [each["code"] for each in dana.admit(together)["not_admitted"]] == ["speak-first"]
    assert [each["name"] for each in dana.admit(together, spoken=True)["admitted"]] == ["Amara"]
    dana.share(together, "welcome back")
    ben.group(together)
    assert texts(again, together) == ["one", "two, of Amara's", "welcome back"]
    ben.reply(together, mine, "heard")
    again.reply(together, mine, "thank you")
    assert texts(ben, together)[-2:] == ["heard", "thank you"]
    told = again.read(together)
    assert (told["history"], told["stopped"]) == (None, None)
    assert ben.group(together).device.ask("histories", group=ben.group(together).id)["wanted"] == []


def test_one_voucher_means_two_days_by_the_log_the_clocks_and_the_server(
    ben: Person, amara: Person, together: str, start_again: Returned, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben.share(together, "before")
    again = start_again(amara)
    vouched(ben, again, together)
    ben.share(together, "after")
    asked: list[str] = []
    ask = ben.server.ask

    def noted(verb: str, **args: Any) -> Any:
        asked.append(verb)
        return ask(verb, **args)

    monkeypatch.setattr(ben.server, "ask", noted)
    ben.group(together)
    later(monkeypatch, WAIT_MS - 60_000)
    ben.group(together)
    assert "give-history" not in asked
    told = again.read(together)
    assert [each["text"] for each in told["items"]] == ["after"]
    assert told["history"]["state"] == "waiting"
    later(monkeypatch, WAIT_MS + 1000)
    ben.group(together)
    assert "give-history" in asked
    assert texts(again, together) == ["after"], "the server's own clock says that it is too early"


def test_who_first_sees_it_late_waits_from_then(
    ben: Person, amara: Person, together: str, start_again: Returned, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that hides the entry from Ben for a week gains nothing by it."""
    vouched(ben, start_again(amara), together)
    found = ben.group(together)
    [back] = history.find_returns(found.state, found.entries)
    ben.log(together)
    seen = now_ms() + 7 * 24 * 3600 * 1000
    assert back.due_ms(seen) == seen + WAIT_MS
    with Member(ben.home.folder) as later_on:
        later_on.unlock(ben.file)
        assert later_on.device.seen[found.id][back.seq] <= now_ms()


def test_when_nobody_of_that_time_is_left_the_history_is_lost(
    person: People, ben: Person, amara: Person, together: str, start_again: Returned
) -> None:
    amara.share(together, "only we two heard it")
    dana = person("dana")
    let_in(ben, dana, together, "Dana")
    ben.promote(together, "Dana")
    again = start_again(amara)
    link = ben.bring_back(together, "Amara", spoken=True)["link"]
    dana.group(together)
    ben.leave(together)
    again.join(link, "Amara")
    assert dana.admit(together, spoken=True)["admitted"]
    dana.share(together, "we go on")
    told = again.read(together)
    assert [each["text"] for each in told["items"]] == ["we go on"]
    assert told["history"]["state"] == "lost"


def test_nobody_is_vouched_for_without_having_been_spoken_with(
    ben: Person, amara: Person, together: str
) -> None:
    with pytest.raises(Trouble) as refused:
        ben.bring_back(together, "Amara")
    assert refused.value.code == "speak-first"
    for who in ("Ben", "nobody"):
        with pytest.raises(Trouble) as wrong:
            ben.bring_back(together, who, spoken=True)
        assert wrong.value.code == "who"
    ben.promote(together, "Amara")
    with pytest.raises(Trouble) as facilitator:
        ben.bring_back(together, "Amara", spoken=True)
    assert facilitator.value.code == "facilitator-lost"


def test_a_link_for_one_member_lets_nobody_else_in(
    person: People, ben: Person, amara: Person, together: str
) -> None:
    """Whoever holds the link speaks for Amara's place, and for no other; a newcomer's record under it is refused."""
    link = ben.bring_back(together, "Amara", spoken=True)["link"]
    eli = person("eli")
    assert eli.join(link, "Eli")["state"] == "waiting"
    asks: list[Any] = ben.waiting(together)["asks"]
    assert [each["member"] for each in asks] == [ids.text(ben.group(together).find("Amara").id)], (
        "who lets them in reads whose place it is"
    )
