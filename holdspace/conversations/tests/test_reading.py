"""Reading: what somebody may have, in order, page by page, and nothing else."""

from typing import Any

import msgspec
import pytest
from django.db import connection
from django.http import Http404
from pytest_django import Settings

from holdspace.conversations import queries
from holdspace.conversations.actions import rates
from holdspace.conversations.queries import MOST_BYTES
from holdspace.conversations.tests.cast import Circle, Person, make_network
from holdspace.conversations.verbs import Open
from holdspace.groups.access import membership_of
from holdspace.ui.refused import Refused
from holdspace.ui.statements import ask as ask_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle(settings: Settings) -> Circle:
    """Ben's group with Eli. They said four things before Amara came, and four since; Eli is gone now."""
    settings.ITEMS_PER_MINUTE = 100_000
    rates.forget_all()
    make_network()
    ben, eli, amara = Person.named("Ben"), Person.named("Eli"), Person.named("Amara")
    circle = Circle().start(ben).admit(ben, eli)
    for person, kind in ((ben, 8), (ben, 9), (eli, 9), (eli, 1)):
        circle.say(person, kind=kind)
    circle.admit(ben, amara)
    for person, kind in ((ben, 8), (ben, 9), (amara, 9), (amara, 1)):
        circle.say(person, kind=kind)
    circle.append(ben, circle.removal(ben, eli))
    return circle


def seqs(rows: list[Any]) -> list[int]:
    return [row[0] for row in rows]


def items(person: Person, circle: Circle, **args: Any) -> tuple[list[int], bool]:
    found = person.ask("items", **{"group": circle.id, "limit": 3} | args)
    return seqs(found["items"]), found["more"]


def test_opening_a_group_gives_all_a_browser_needs(circle: Circle, ben: Person) -> None:
    opened = ben.ask("open", group=circle.id)
    assert opened["member"] == circle.ids["Ben"]
    assert (opened["epoch"], opened["last"], opened["before"], opened["more"]) == (4, 8, False, False)
    assert len(opened["log"]) == circle.now.seq + 1
    assert [epoch for epoch, _, _ in opened["boxes"]] == [1, 2, 3, 4]
    assert len(opened["fkeys"]) == 1
    assert seqs(opened["items"]) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert seqs(opened["standing"]) == [3, 5, 6, 7], "the newest of kind 8, and of kind 9 by each"


def test_a_newcomer_is_never_given_what_was_said_before_they_came(circle: Circle, amara: Person) -> None:
    opened = amara.ask("open", group=circle.id)
    assert seqs(opened["items"]) == [5, 6, 7, 8]
    assert seqs(opened["standing"]) == [5, 6, 7]
    assert (opened["before"], opened["more"], opened["last"]) == (True, False, 8)
    assert [epoch for epoch, _, _ in opened["boxes"]] == [3, 4]
    assert items(amara, circle, after=0) == ([5, 6, 7], True)
    assert items(amara, circle, before=8) == ([5, 6, 7], False)
    assert items(amara, circle, before=5) == ([], False)


def test_the_epoch_keeps_older_items_back_even_if_the_bound_were_lost(circle: Circle, amara: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE groups_membership SET from_item = 0")
    assert items(amara, circle, after=0, limit=200) == ([5, 6, 7, 8], False)
    assert seqs(amara.ask("open", group=circle.id)["standing"]) == [5, 6, 7]


def test_somebody_removed_finds_nothing_as_if_there_were_no_group(circle: Circle, ben: Person) -> None:
    asked: list[tuple[str, dict[str, Any]]] = [("open", {}), ("items", {"after": 0, "limit": 3})]
    for person in (circle.people["Eli"], Person.named("Dana")):
        for group in (circle.id, bytes(16)):
            for verb, args in asked:
                with pytest.raises(Http404):
                    person.ask(verb, group=group, **args)
    for verb, args in asked:
        assert ben.ask(verb, group=circle.id, **args)


def test_catching_up_asks_only_for_what_is_new(circle: Circle, ben: Person) -> None:
    opened = ben.ask("open", group=circle.id, log_after=circle.now.seq - 1, items_after=6)
    assert seqs(opened["items"]) == [7, 8]
    assert len(opened["log"]) == 1
    assert not ben.ask("open", group=circle.id, log_after=circle.now.seq, items_after=8)["log"]


def test_items_come_page_by_page_in_both_directions(circle: Circle, ben: Person) -> None:
    assert items(ben, circle, after=0) == ([1, 2, 3], True)
    assert items(ben, circle, after=3) == ([4, 5, 6], True)
    assert items(ben, circle, after=6) == ([7, 8], False)
    assert items(ben, circle, after=5) == ([6, 7, 8], False)
    assert items(ben, circle, before=9) == ([6, 7, 8], True)
    assert items(ben, circle, before=4) == ([1, 2, 3], False)


def test_opening_gives_the_newest_fifty_and_says_that_there_are_older_ones(
    circle: Circle, ben: Person
) -> None:
    for _ in range(50):
        circle.say(ben)
    opened = ben.ask("open", group=circle.id)
    assert seqs(opened["items"]) == list(range(9, 59))
    assert opened["more"]
    assert not ben.ask("open", group=circle.id, items_after=8)["more"]


def test_an_answer_stays_within_its_size_and_the_rest_is_asked_for(circle: Circle, ben: Person) -> None:
    long = "long " * 15_000
    for _ in range(12):
        circle.say(ben, long)
    forward, more = items(ben, circle, after=8, limit=200)
    assert more
    assert forward[0] == 9
    assert items(ben, circle, after=forward[-1], limit=200)[0][0] == forward[-1] + 1
    back, more = items(ben, circle, before=21, limit=200)
    assert more
    assert back[-1] == 20
    rows = ben.ask("items", group=circle.id, after=8, limit=200)["items"]
    assert sum(len(row[1]) for row in rows) <= MOST_BYTES


def test_items_are_asked_for_in_one_direction(circle: Circle, ben: Person) -> None:
    for args in ({}, {"after": 1, "before": 5}):
        with pytest.raises(Refused) as refused:
            items(ben, circle, **args)
        assert refused.value.code == "format"


@pytest.mark.parametrize("place", ["log_after", "items_after"])
def test_no_number_is_taken_that_the_database_could_not_hold(place: str) -> None:
    given = msgspec.msgpack.encode({"group": bytes(16), place: 1 << 63})
    assert Open.read(msgspec.Raw(given)) is None


def test_a_row_is_seq_envelope_time_and_stamp(circle: Circle, ben: Person) -> None:
    envelope = circle.envelope(ben)
    sent = ben.ask("send", envelope=envelope)
    (row,) = ben.ask("items", group=circle.id, after=sent["seq"] - 1, limit=1)["items"]
    assert list(row) == [sent["seq"], envelope, sent["received"], sent["stamp"]]


QUESTIONS = {
    "newest": lambda member: ask_now(queries.tail_rows(member.group_id)),
    "behind": lambda member: queries.behind(member, 3, 50),
    "ahead": lambda member: queries.ahead(member, 9, 50),
    "standing": lambda member: ask_now(queries.standing_rows(member.group_id)),
}


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_no_question_scans_the_table(
    circle: Circle, ben: Person, ask: Any, django_assert_num_queries: Any
) -> None:
    talk_on(circle, ben, 300)
    member = membership_of(ben.id, circle.id)
    with django_assert_num_queries(1) as captured:
        ask(member)
    plan = plan_of(captured.captured_queries[0]["sql"])
    assert any("conversations_item" in line for line in plan), plan
    assert not [line for line in plan if "SCAN conversations_item" in line or "Seq Scan" in line], plan
    if ask is QUESTIONS["standing"]:
        assert any("standing_items" in line for line in plan), plan
    else:
        assert not [
            line for line in plan if "no_nonce_twice" in line or "Sort" in line or "TEMP B-TREE" in line
        ], plan


def talk_on(circle: Circle, person: Person, count: int) -> None:
    """So many items more, and the database knows it: where there are few, a plan that gathers all of them looks as good as any."""
    for _ in range(count):
        circle.say(person)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE conversations_item")


def plan_of(sql: str) -> list[str]:
    """How the database goes about it, a line for each step."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("EXPLAIN QUERY PLAN " + sql)
            return [row[3] for row in cursor.fetchall()]
        # Where there are few rows it would scan them whatever the index.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + sql)
        return [row[0] for row in cursor.fetchall()]
