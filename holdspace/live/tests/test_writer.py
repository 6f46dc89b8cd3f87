"""A batch that breaks: what begins again as a whole, what is refused alone, and what nobody hears of."""

from collections.abc import Callable

import pytest
from django.db import OperationalError, connection, connections, transaction

from holdspace.live import line
from holdspace.live.arrivals import Job
from holdspace.live.letters import Letter
from holdspace.live.tests.verbs_of_a_test import NEWS, Nothing
from holdspace.live.topics import Room
from holdspace.live.verbs import Outcome, Request, Result, Write, one_by_one
from holdspace.live.writer import settle
from holdspace.ui.refused import Refused

pytestmark = pytest.mark.django_db(transaction=True)
ROOM = Room(bytes(16))


class LostTurn(Exception):
    """As a driver says that a transaction lost its turn."""

    sqlstate = "40P01"


class NoRoom(Exception):
    """As PostgreSQL says that its disk is full."""

    sqlstate = "53100"


def jobs(act: Callable[[Request], Result], count: int) -> list[Job]:
    """So many questions for a verb that does this."""
    verb = Write("act", Nothing, one_by_one(act))
    return [
        Job(verb, Request(bytes(16), number), Letter(bytes(16), "en"), number + 1, 0)
        for number in range(count)
    ]


def outcomes(batch: list[Job], when_cut: Callable[[], object] = lambda: None) -> list[Outcome]:
    """What a batch is answered."""
    settle(batch, when_cut)
    return [job.outcome for job in batch]


def breaks(times: int, how: Callable[[], None]) -> Callable[[Request], Result]:
    """What is asked first breaks so many times; everything tells a room."""
    left = [times]

    def act(request: Request) -> Result:
        if request.args == 0 and left[0]:
            left[0] -= 1
            how()
        request.announce(NEWS, ROOM, {"number": request.args})
        return {"number": request.args}

    return act


def lose_turn() -> None:
    """As if another process had come first."""
    raise OperationalError from LostTurn()


def be_wrong() -> None:
    """A mistake of ours."""
    raise RuntimeError


def test_a_batch_that_lost_its_turn_begins_again_as_a_whole_and_is_told_once() -> None:
    batch = jobs(breaks(2, lose_turn), 3)
    assert outcomes(batch) == [{"number": 0}, {"number": 1}, {"number": 2}]
    assert [len(job.request.effects) for job in batch] == [1, 1, 1]


def test_a_batch_does_not_begin_again_for_ever() -> None:
    broken, *others = outcomes(jobs(breaks(1000, lose_turn), 3))
    assert isinstance(broken, Refused)
    assert (broken.code, others) == ("broken", [{"number": 1}, {"number": 2}])


def find_no_room() -> None:
    """As a disk that is full."""
    raise OperationalError from NoRoom()


def test_what_there_is_no_room_for_is_refused_with_its_own_sentence_and_nobody_hears_of_it() -> None:
    batch = jobs(breaks(1000, find_no_room), 2)
    refused, other = outcomes(batch)
    assert isinstance(refused, Refused)
    assert (refused.code, other) == ("disk-full", {"number": 1})
    assert [len(job.request.effects) for job in batch] == [0, 1]


def test_a_mistake_is_refused_alone_and_nobody_hears_of_it() -> None:
    batch = jobs(breaks(1000, be_wrong), 3)
    broken, *others = outcomes(batch)
    assert isinstance(broken, Refused)
    assert (broken.code, others) == ("broken", [{"number": 1}, {"number": 2}])
    assert [len(job.request.effects) for job in batch] == [0, 1, 1]


def test_while_the_database_is_away_everything_is_refused_and_everybody_is_sent_to_catch_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(line, "is_cut", lambda error: True)
    monkeypatch.setattr(line, "is_mended", lambda: False)
    cuts: list[bool] = []
    batch = jobs(breaks(1, lose_turn), 3)
    answers = outcomes(batch, lambda: cuts.append(True))
    assert [answer.code for answer in answers if isinstance(answer, Refused)] == ["broken"] * 3
    assert (cuts, [job.request.effects for job in batch]) == ([True], [[], [], []])


@pytest.mark.postgresql
def test_where_the_line_breaks_the_batch_goes_over_a_new_one() -> None:
    cuts: list[bool] = []
    batch = jobs(breaks(1, cut_my_line), 2)
    assert outcomes(batch, lambda: cuts.append(True)) == [{"number": 0}, {"number": 1}]
    assert cuts == [True]


@pytest.mark.postgresql
def test_where_the_line_breaks_a_question_is_asked_once_more() -> None:
    def ask() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return int(cursor.fetchone()[0])

    assert ask() == 1
    with pytest.raises(OperationalError), transaction.atomic():
        cut_my_line()
    assert line.once_more_if_cut(ask) == 1


def cut_my_line() -> None:
    """As a restart of PostgreSQL does; noticed at the next statement."""
    other = connections.create_connection("default")
    with connection.cursor() as cursor, other.cursor() as over_there:
        cursor.execute("SELECT pg_backend_pid()")
        over_there.execute("SELECT pg_terminate_backend(%s)", cursor.fetchone())
        other.close()
        cursor.execute("SELECT 1")
