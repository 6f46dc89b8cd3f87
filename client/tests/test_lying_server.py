"""A server that lies: what a member without a browser refuses to believe, and in which words."""

from collections.abc import Callable
from dataclasses import replace
from secrets import token_bytes
from typing import Any

import pytest

from client import ids, membership, reading, talking
from client.change import Change, append, epoch_box
from client.device import now_ms
from client.member import Member
from client.membership import reseal
from client.tests.conftest import People, Person, let_in, texts
from client.trouble import Trouble
from holdspace.sealing import log_draft
from holdspace.sealing.box import FKEY, fkey_context, seal_box
from holdspace.sealing.codec import to_json
from holdspace.sealing.envelope import SHARE, STANDING, Header, Position, Said, seal_envelope
from holdspace.sealing.errors import SealError
from holdspace.sealing.keys import new_id
from holdspace.sealing.log_state import Span
from holdspace.sealing.notice import Removal, seal_notice

FALSE_AGREEMENT = {"version": 1, "model": 1, "text": "false"}
Lie = Callable[[str, dict[str, Any]], dict[str, Any]]


def lie(person: Member, monkeypatch: pytest.MonkeyPatch, change: Lie) -> None:
    """Let every answer of the gateway pass through `change`."""
    ask = person.server.ask
    monkeypatch.setattr(person.server, "ask", lambda verb, **args: change(verb, ask(verb, **args)))


def test_a_key_that_the_log_does_not_name_is_refused(
    ben: Person, amara: Person, together: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = amara.group(together)
    ghost = epoch_box(found.id, found.state.epoch, found.me, token_bytes(32))
    other = Member(amara.home.folder)
    with other:
        other.unlock(amara.file)
        epoch = found.state.epoch
        lie(
            other,
            monkeypatch,
            lambda verb, answer: answer | {"boxes": [[epoch, 1, ghost]]} if verb == "open" else answer,
        )
        with pytest.raises(SealError) as refused:
            other.share(together, "to whom?")
    assert refused.value.code == "epoch-unlogged"


def test_a_member_who_gives_the_others_a_false_key_does_not_silence_them_for_good(
    person: People, ben: Person, amara: Person, together: str
) -> None:
    let_in(ben, dana := person("dana"), together, "Dana")
    texts(dana, together)
    begin_falsely(amara, together)
    for each in (ben, dana):
        with pytest.raises(SealError) as refused:
            each.share(together, "to whom?")
        assert refused.value.code == "epoch-unlogged"
    ben.remove(together, "Amara")
    for each in (ben, dana):
        assert each.share(together, "heard again")["readers"] == 2
        assert each.read(together)["stopped"] is None
    assert texts(dana, together)[-2:] == ["heard again"] * 2


def begin_falsely(liar: Person, group: str) -> None:
    """Begin an epoch, with boxes that hold another key than the log names."""
    found = liar.group(group)
    made = Change(found.state, found.member_id, found.keys)
    made.sign_new_epoch(lambda secret: log_draft.rekey(made.state, made.by, es=secret))
    epoch, others = made.state.epoch, made.state.active()
    made.more["boxes"] = [(each.id, epoch_box(found.id, epoch, each, token_bytes(32))) for each in others]
    append(found, made)


def claim_another_list(liar: Person, group: str, text: str = "from elsewhere") -> None:
    """Say something as if the member list had been another one at a place that everybody has."""
    found = liar.group(group)
    said = Said(Position(2, token_bytes(16)), now_ms(), to_json({"v": 1, "t": text}))
    header = Header(SHARE, found.id, found.state.epoch, new_id(), found.member_id)
    liar.device.ask("send", envelope=seal_envelope(header, found.key_of(found.state.epoch), said))


def test_a_member_who_claims_another_list_does_not_silence_the_others_for_good(
    person: People, ben: Person, amara: Person, together: str
) -> None:
    let_in(ben, dana := person("dana"), together, "Dana")
    texts(dana, together)
    claim_another_list(amara, together)
    found = ben.group(together)
    assert [each["text"] or each["state"] for each in reading.read(found, 0)][-1] == "fork"
    refusals: list[Callable[[], object]] = [
        lambda: talking.share(found, "to whom?", None),
        lambda: membership.remove(found, found.find("Dana"), None),
        lambda: membership.promote(found, found.find("Dana")),
        lambda: membership.leave(found),
    ]
    for act in refusals:
        with pytest.raises(SealError) as refused:
            act()
        assert refused.value.code == "fork"
    membership.remove(found, found.find("Amara"), None)
    assert found.stopped is None
    assert talking.share(found, "heard again", None)["readers"] == 2
    told = dana.read(together)
    assert told["stopped"] is None
    assert [each["text"] or each["state"] for each in told["items"]][-2:] == ["fork", "heard again"]


def test_words_of_an_epoch_that_is_not_here_are_laid_on_nobody(
    ben: Person, amara: Person, together: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = amara.group(together)
    header = Header(SHARE, found.id, found.state.epoch + 1, new_id(), found.member_id)
    made_up = seal_envelope(
        header, token_bytes(32), Said(found.position, now_ms(), to_json({"v": 1, "t": "?"}))
    )
    lie(
        ben,
        monkeypatch,
        lambda verb, answer: (
            answer | {"items": [[99, made_up, now_ms(), bytes(32)]]} if verb == "items" else answer
        ),
    )
    theirs = ben.group(together)
    assert [each["state"] for each in reading.read(theirs, 0)] == ["log-rollback"]
    assert theirs.disputes == []
    with pytest.raises(SealError):
        membership.remove(theirs, theirs.find("Amara"), None)


def test_what_is_wrong_with_the_list_stands_over_a_false_key(ben: Person, together: str) -> None:
    found = ben.group(together)
    for code in ("epoch-unlogged", "fork", "epoch-unlogged"):
        found.stop(SealError(code))
    with pytest.raises(SealError) as refused:
        found.check_list()
    assert refused.value.code == "fork"


def test_by_a_shorter_log_than_seen_before_nothing_opens(
    person: People, ben: Person, amara: Person, together: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_in(ben, person("dana"), together, "Dana")
    ben.share(together, "seen")
    assert texts(amara, together) == ["seen"]
    for kept in amara.home.folder.glob("logs/*"):
        kept.unlink()
    with Member(amara.home.folder) as again:
        again.unlock(amara.file)

        def older(verb: str, answer: dict[str, Any]) -> dict[str, Any]:
            log = {"open": answer.get("log", [])[:5], "log": []}
            return answer | {"log": log[verb]} if verb in log else answer

        lie(again, monkeypatch, older)
        with pytest.raises(SealError) as refused:
            again.share(together, "to whom?")
        assert refused.value.code == "log-rollback"
        told = again.read(together)
        assert told["stopped"] == "log-rollback"
        assert [item["text"] for item in told["items"]] == [None]


def test_a_changed_entry_stops_the_group_where_it_was(
    ben: Person, amara: Person, together: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    with Member(tmp_path, amara.server.origin) as other:
        other.sign_in(amara.name, amara.file)
        other.device.pins = {}

        def changed(verb: str, answer: dict[str, Any]) -> dict[str, Any]:
            if verb != "open":
                return answer
            *rest, last = answer["log"]
            return answer | {"log": [*rest, last[:-1] + bytes([last[-1] ^ 1])]}

        lie(other, monkeypatch, changed)
        with pytest.raises(SealError) as refused:
            other.log(together)
    assert refused.value.code == "log-signature"


def test_another_group_than_the_one_on_the_link_is_refused(
    ben: Person, amara: Person, group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = ben.start_group("Another group", "Ben")["group"]
    amara.join(ben.invite(group)["link"], "Amara")
    ben.admit(group)
    real = amara.group(group)
    foreign = [entry.data for entry in ben.group(other).entries]
    with Member(amara.home.folder) as again:
        again.unlock(amara.file)
        for kept in amara.home.folder.glob("logs/*"):
            kept.unlink()
        again.device.pins = {real.id: (0, real.state.genesis16)}
        lie(again, monkeypatch, lambda verb, answer: answer | {"log": foreign} if verb == "open" else answer)
        with pytest.raises(SealError) as refused:
            again.log(group)
    assert refused.value.code == "log-fingerprint"


def test_one_bad_item_never_hides_the_others(
    ben: Person, amara: Person, together: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    amara.read(together)
    for word in ("one", "two", "three"):
        ben.share(together, word)

    def damaged(verb: str, answer: dict[str, Any]) -> dict[str, Any]:
        if verb != "items":
            return answer
        rows = [list(row) for row in answer["items"]]
        rows[-2][1] = rows[-2][1][:-1] + bytes([rows[-2][1][-1] ^ 1])
        rows[-3][1] = rows[-3][1][:8] + token_bytes(16) + rows[-3][1][24:]
        return answer | {"items": rows}

    lie(amara, monkeypatch, damaged)
    items = amara.read(together)["items"][-3:]
    assert [each["state"] for each in items] == ["context", "damaged", "open"]
    assert [each["text"] for each in items] == [None, None, "three"]
    assert items[0]["sentence"] == "These words were moved. They are not shown."


def test_an_entry_withheld_from_one_member_shows_when_somebody_speaks(
    person: People, ben: Person, amara: Person, together: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts(amara, together)
    known = len(amara.group(together).entries)
    ben.invite(together)
    ben.share(together, "after the invite")

    def withheld(verb: str, answer: dict[str, Any]) -> dict[str, Any]:
        return answer | {"log": []} if verb in ("open", "log") else answer

    lie(amara, monkeypatch, withheld)
    told = amara.read(together)
    assert told["stopped"] == "log-rollback"
    assert [(each["state"], each["text"]) for each in told["items"]] == [("log-rollback", None)]
    assert len(amara.group(together).entries) == known


def test_who_comes_second_three_times_is_told(
    ben: Person, group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask, tries = ben.server.ask, []

    def somebody_was_first(verb: str, **args: Any) -> dict[str, Any]:
        if verb == "append":
            tries.append(verb)
            raise Trouble("stale-log")
        return ask(verb, **args)

    monkeypatch.setattr(ben.server, "ask", somebody_was_first)
    monkeypatch.setattr("client.change.LONGEST_WAIT_SECONDS", 0.01)
    with pytest.raises(Trouble) as refused:
        ben.invite(group)
    assert (refused.value.code, len(tries)) == ("stale-log", 3)


def test_words_are_sealed_again_once_when_the_epoch_moved(
    ben: Person, amara: Person, together: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    amara.read(together)
    ask, sent = amara.server.ask, []

    def too_late_at_first(verb: str, **args: Any) -> dict[str, Any]:
        if verb == "send":
            sent.append(args["envelope"])
            if len(sent) == 1:
                raise Trouble("stale-epoch")
        return ask(verb, **args)

    monkeypatch.setattr(amara.server, "ask", too_late_at_first)
    amara.share(together, "once")
    first, second = sent
    assert first[28:44] == second[28:44]
    assert first[80:92] != second[80:92]
    assert texts(ben, together) == ["once"]


def test_what_stands_is_passed_on_by_facilitators_alone(
    person: People, ben: Person, amara: Person, together: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A member and the server would rename the group and everybody in it."""
    let_in(ben, dana := person("dana"), together, "Dana")
    hers, his = dana.group(together), ben.group(together).member_id
    body = {"v": 1, "name": "false", "profiles": {his.hex(): {"n": "false"}}, "agreement": FALSE_AGREEMENT}
    header = Header(STANDING, hers.id, hers.state.epoch, new_id(), hers.member_id)
    said = Said(hers.position, now_ms(), to_json(body))
    row = [10**6, seal_envelope(header, hers.key_of(header.epoch), said), now_ms(), bytes(32)]
    lie(
        amara,
        monkeypatch,
        lambda verb, answer: answer | {"standing": [*answer["standing"], row]} if verb == "open" else answer,
    )
    found = amara.group(together)
    assert (found.names.group, found.name_of(his)) == ("Tuesday circle", "Ben")


def test_a_facilitators_key_that_the_log_does_not_name_is_not_kept(
    ben: Person, together: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben.promote(together, "Amara")
    with Member(ben.home.folder) as again:
        again.unlock(ben.file)
        me = ben.group(together).me
        sealed = [
            [
                gen,
                me.gen,
                seal_box(
                    FKEY, fkey_context(ids.parse(together), gen, me.id, me.gen), me.x_pub, token_bytes(32)
                ),
            ]
            for gen in (1, 2, 3)
        ]
        lie(
            again,
            monkeypatch,
            lambda verb, answer: answer | {"fkeys": sealed} if "fkeys" in answer else answer,
        )
        assert set(again.group(together).fkeys) == {3}, (
            "one made anew, since none of the offered was the group's"
        )


def test_who_came_back_with_new_keys_gets_nothing_of_the_time_before_by_asking(
    ben: Person, amara: Person, together: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = ben.group(together)
    member = found.state.members[amara.group(together).member_id]
    back = replace(member, spans=(Span(1, 1), Span(2)))
    monkeypatch.setattr(found, "_state", found.state.with_member(back))
    asked: list[Any] = []
    monkeypatch.setattr(found.device, "ask", lambda verb, **args: asked.append((verb, args["epoch"])))
    for epoch in (1, 2):
        reseal(found, epoch, member.id)
    assert asked == [("reseal", 2)]


def test_words_about_a_removal_count_only_signed_by_who_removed(
    ben: Person, amara: Person, together: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = amara.group(together).me
    ben.remove(together, "Amara", "Ben's own words.")
    removal = Removal(ids.parse(together), me.id, me.gen, ben.group(together).state.seq)
    assert [each["text"] for each in amara.notices()["notices"]] == ["Ben's own words."]
    forged = seal_notice(removal, me.x_pub, token_bytes(32), {"v": 1, "t": "a lie", "g": "", "by": "Ben"})

    def replaced(verb: str, answer: dict[str, Any]) -> dict[str, Any]:
        if verb == "notices":
            return {"notices": [each | {"box": forged} for each in answer["notices"]]}
        return answer

    lie(amara, monkeypatch, replaced)
    (told,) = amara.notices()["notices"]
    assert (told["state"], told["text"], told["by"]) == ("notice-unsigned", None, None)
    assert told["sentence"].endswith("nobody in the group signed. They are not shown.")


def test_who_came_back_still_reads_what_they_were_told_and_no_list_but_the_one_they_know(
    ben: Person, amara: Person, together: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben.remove(together, "Amara", "Ben's own words.")
    let_in(ben, amara, together, "Amara again")
    ben.share(together, "welcome back")
    assert texts(amara, together) == ["welcome back"]
    amara.leave(together)
    assert [each["state"] for each in amara.notices()["notices"]] == ["open"]
    cut = lambda verb, answer: answer | {"log": answer["log"][:-1]} if verb == "removal" else answer  # noqa: E731
    lie(amara, monkeypatch, cut)
    assert [each["state"] for each in amara.notices()["notices"]] == ["notice-unsigned"]
