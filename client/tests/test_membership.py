"""Coming and going."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from client.tests.conftest import People, Person, let_in, texts
from client.trouble import Trouble
from holdspace.sealing.errors import SealError


def types(person: Person, group: str) -> list[str]:
    return [each["type"] for each in person.log(group)["entries"]]


def test_the_card_shows_what_somebody_is_asked_into(ben: Person, amara: Person, group: str) -> None:
    card = amara.card(ben.invite(group)["link"])
    assert (card["name"], card["by"], card["model"]) == ("Tuesday circle", "Ben", 2)
    assert card["agreement"].startswith("Our agreement, for now")


def test_somebody_who_asked_waits_until_admitted(ben: Person, amara: Person, group: str) -> None:
    answer = amara.join(ben.invite(group)["link"], "Amara")
    assert answer == {"group": group, "state": "waiting"}
    with pytest.raises(Trouble) as refused:
        amara.read(group)
    assert refused.value.code == "not-found"
    assert [each["name"] for each in ben.waiting(group)["asks"]] == ["Amara"]
    assert [each["name"] for each in ben.admit(group)["admitted"]] == ["Amara"]
    assert ben.admit(group) == {"admitted": [], "not_admitted": []}
    assert texts(amara, group) == []


def test_somebody_declined_is_told_so(ben: Person, amara: Person, group: str) -> None:
    amara.join(ben.invite(group)["link"], "Amara")
    ben.decline(group, ben.waiting(group)["asks"][0]["member"])
    assert [each["state"] for each in amara.groups()["asked"]] == ["declined"]
    assert ben.admit(group)["admitted"] == []


def test_one_link_admits_as_many_as_it_says(person: People, ben: Person, group: str) -> None:
    link = ben.invite(group, uses=2)["link"]
    for name in ("Amara", "Dana", "Eli"):
        person(name.lower()).join(link, name)
    answer = ben.admit(group)
    assert len(answer["admitted"]) == 2
    assert [each["code"] for each in answer["not_admitted"]] == ["log-invite"]


def test_a_used_link_admits_nobody_else(person: People, ben: Person, amara: Person, group: str) -> None:
    link = ben.invite(group)["link"]
    amara.join(link, "Amara")
    ben.admit(group)
    with pytest.raises(Trouble) as refused:
        person("dana").join(link, "Dana")
    assert refused.value.code == "log-invite"


def test_a_link_cut_by_a_mail_program_says_so(ben: Person, amara: Person, group: str) -> None:
    link = ben.invite(group)["link"]
    for broken in (link[:-1], link[:-3] + "AAA", link.split("#")[0], ""):
        with pytest.raises(SealError) as refused:
            amara.join(broken, "Amara")
        assert refused.value.code == "invite-damaged"


def test_who_leaves_reads_nothing_that_is_said_after(
    person: People, ben: Person, amara: Person, together: str
) -> None:
    dana = person("dana")
    let_in(ben, dana, together, "Dana")
    left = amara.group(together)
    amara.leave(together)
    dana.share(together, "after Amara")
    assert types(ben, together)[-2:] == ["leave", "rekey"]
    with pytest.raises(Trouble) as refused:
        amara.read(together)
    assert refused.value.code == "not-found"
    envelope = ben.device.ask("items", group=left.id, after=0, limit=200)["items"][-1][1]
    with pytest.raises(SealError):
        left._open(envelope)
    assert texts(ben, together) == ["after Amara"]
    assert ben.log(together)["readers"] == 2


def test_a_reason_reaches_who_was_removed(person: People, ben: Person, amara: Person, together: str) -> None:
    eli = person("eli")
    let_in(ben, eli, together, "Eli")
    ben.remove(together, "Eli", "You told others what was said here.")
    amara.share(together, "without Eli")
    with pytest.raises(Trouble):
        eli.read(together)
    notice = eli.notices()["notices"][0]
    assert notice["text"] == "You told others what was said here."
    assert (notice["name"], notice["by"], notice["state"]) == ("Tuesday circle", "Ben", "open")
    assert texts(ben, together) == ["without Eli"]
    assert ben.log(together)["entries"][-1]["members"][0]["name"] == "Eli"


def test_only_facilitators_do_what_facilitators_do(ben: Person, amara: Person, together: str) -> None:
    member = ben.group(together).member_id
    forbidden_to_members: list[Callable[[], Any]] = [
        lambda: amara.invite(together),
        lambda: amara.admit(together),
        lambda: amara.remove(together, "Ben"),
        lambda: amara.promote(together, "Amara"),
    ]
    for forbidden in forbidden_to_members:
        with pytest.raises(Trouble) as refused:
            forbidden()
        assert refused.value.code == "not-facilitator"
    assert member == ben.group(together).member_id


def test_a_second_facilitator_can_invite_and_admit(
    person: People, ben: Person, amara: Person, together: str
) -> None:
    ben.promote(together, "Amara")
    dana = person("dana")
    let_in(amara, dana, together, "Dana")
    assert types(ben, together)[-4:] == ["set-role", "set-fkey", "invite", "add"]
    ben.leave(together)
    assert amara.share(together, "now us two")["readers"] == 2
    assert texts(dana, together) == ["now us two"]
    assert sorted(types(dana, together)[-3:]) == ["leave", "rekey", "set-fkey"]


def test_a_place_reaches_who_is_here_and_goes_along_to_who_comes_later(
    person: People, ben: Person, amara: Person, together: str
) -> None:
    place = {"where": "The hall behind the church. Ring twice.", "link": "https://rooms.example/tuesday"}
    ben.set_place(together, **place)
    assert amara.place(together) == place
    ben.promote(together, "Amara")
    dana = person("dana")
    let_in(amara, dana, together, "Dana")
    assert dana.place(together) == place
    with pytest.raises(Trouble) as refused:
        dana.set_place(together, where="Elsewhere")
    assert refused.value.code == "not-facilitator"


def test_the_last_facilitator_hands_over_before_leaving(ben: Person, amara: Person, together: str) -> None:
    with pytest.raises(Trouble) as refused:
        ben.leave(together)
    assert refused.value.code == "last-facilitator"


def test_two_facilitators_admit_two_people_at_once(
    person: People, ben: Person, amara: Person, together: str
) -> None:
    ben.promote(together, "Amara")
    dana, eli = person("dana"), person("eli")
    dana.join(ben.invite(together)["link"], "Dana")
    eli.join(amara.invite(together)["link"], "Eli")
    with ThreadPoolExecutor() as both:
        answers = list(both.map(lambda each: each.admit(together), (ben, amara)))
    admitted = sorted(each["name"] for answer in answers for each in answer["admitted"])
    assert admitted == ["Dana", "Eli"]
    ben.share(together, "welcome")
    assert texts(dana, together) == texts(eli, together) == ["welcome"]


def test_somebody_who_left_can_come_back(ben: Person, amara: Person, together: str) -> None:
    amara.leave(together)
    ben.share(together, "while Amara was away")
    let_in(ben, amara, together, "Amara again")
    ben.share(together, "welcome back")
    assert texts(amara, together) == ["welcome back"]


def test_everybody_signs_principles_and_agreement_once(ben: Person, amara: Person, together: str) -> None:
    amara.read(together)
    amara.read(together)
    rows = ben.device.ask("items", group=ben.group(together).id, after=0, limit=200)["items"]
    opened = [ben.group(together).open(row[1]) for row in rows]
    signed = [(each.header.author, each.body["of"]) for each in opened if each.header.kind == 11]
    members = {each.id for each in ben.group(together).state.active()}
    assert sorted(signed) == sorted((each, of) for each in members for of in ("principles", "agreement"))


def test_what_somebody_signed_is_said_with_their_name_and_passed_on(
    person: People, ben: Person, amara: Person, together: str
) -> None:
    amara.read(together)
    dana = person("dana")
    let_in(ben, dana, together, "Dana")
    amara.read(together)
    dana.read(together)
    both = {"principles": 1, "agreement": 1}
    for each in (dana, ben):
        found = each.group(together)
        assert [found.names.signed_by(member.id) for member in found.state.active()] == [both] * 3
    rows = ben.device.ask("items", group=ben.group(together).id, after=0, limit=200)["items"]
    opened = [ben.group(together).open(row[1]) for row in rows if row[1][4] in (8, 9)]
    profiles = [each.body for each in opened if each.header.kind == 9]
    assert all(each["signed"] == both for each in profiles)
    newest = [each.body for each in opened if each.header.kind == 8][-1]
    assert newest["profiles"][amara.group(together).member_id.hex()] == {"n": "Amara", "signed": both}
