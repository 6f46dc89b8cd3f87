"""What one account may ask in a while: on all its connections together, whatever the answer, and nobody else's."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import msgspec
import pytest

from holdspace.live.buckets import Buckets
from holdspace.live.gateway import Gateway, Limits
from holdspace.live.tests import verbs_of_a_test as these
from holdspace.live.tests.callers import Caller, letter

pytestmark = pytest.mark.django_db(transaction=True)
AMARA, BEN = b"a" * 16, b"b" * 16


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """A clock that stands until it is moved."""
    at = [time.monotonic()]
    monkeypatch.setattr("holdspace.live.buckets.time.monotonic", lambda: at[0])
    yield at


def play(story: Callable[[Gateway], Awaitable[None]], limits: Limits) -> None:
    async def run() -> None:
        gateway = Gateway(verbs=these.VERBS, topics=these.TOPICS, account_of=these.account_of, limits=limits)
        try:
            await story(gateway)
        finally:
            await gateway.stop()

    asyncio.run(run())


def code_of(answer: list[Any]) -> str:
    return "ok" if answer[0] == "ok" else str(answer[1])


def test_questions_are_counted_for_an_account_whatever_the_answer(clock: list[float]) -> None:
    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "amara") as amara, Caller(gateway, "amara") as also_amara:
            assert code_of(await amara.ask("who")) == "ok"
            assert code_of(await also_amara.ask("nonsense")) == "version"
            assert code_of(await also_amara.ask("tell", epoch=98)) == "stale-epoch"
            assert code_of(await amara.ask("echo", text=b"refuse")) == "not-found"
            for ask in ("who", "nonsense", "listen"):
                refused = await amara.ask(ask)
                assert (code_of(refused), refused[2]) == (
                    "too-many",
                    "That was a lot in a short time. Wait a little and try again.",
                )
            body = msgspec.msgpack.encode([[1, "who", {}]])
            _, answers = await letter(gateway, "amara", body)
            assert msgspec.msgpack.decode(answers)[0][2] == "too-many"
        async with Caller(gateway, "ben") as ben:
            assert code_of(await ben.ask("who")) == "ok"

    play(story, Limits(questions_per_minute=4))


def test_after_a_while_there_is_room_again(clock: list[float]) -> None:
    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "amara") as amara:
            assert [code_of(await amara.ask("who")) for _ in range(3)] == ["ok", "ok", "too-many"]
            clock[0] += 30
            assert [code_of(await amara.ask("who")) for _ in range(2)] == ["ok", "too-many"]

    play(story, Limits(questions_per_minute=2))


def test_bytes_are_counted_where_something_is_to_be_changed(clock: list[float]) -> None:
    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "amara") as amara, Caller(gateway, "ben") as ben:
            assert code_of(await amara.ask("echo", text=bytes(900))) == "ok", "reading costs no bytes"
            names = {"names": ["amara", "ben", "eli"] * 20}
            assert code_of(await amara.ask("entitle", **names)) == "ok"
            refused = await amara.ask("entitle", **names)
            assert refused[1:] == [
                "too-much",
                "That is as much as one person can send in a day. Wait some hours and try again.",
            ]
            assert code_of(await amara.ask("echo", text=b"still read")) == "ok"
            assert code_of(await ben.ask("entitle", **names)) == "ok"
            clock[0] += 24 * 3600
            assert code_of(await amara.ask("entitle", **names)) == "ok"

    play(story, Limits(change_bytes_per_day=500))


def test_a_bucket_refills_steadily_and_never_overflows(clock: list[float]) -> None:
    buckets = Buckets(60)
    assert [buckets.take(AMARA, 2) for _ in range(3)] == [True, True, False]
    assert buckets.take(BEN, 2)
    clock[0] += 30
    assert [buckets.take(AMARA, 2) for _ in range(2)] == [True, False]
    clock[0] += 6000
    assert [buckets.take(AMARA, 2) for _ in range(3)] == [True, True, False]
    buckets.give_back(AMARA, 2)
    assert buckets.take(AMARA, 2)


def test_more_than_a_bucket_holds_takes_a_full_one(clock: list[float]) -> None:
    buckets = Buckets(60)
    assert buckets.take(AMARA, 10, 25), "otherwise it could never be done"
    assert not buckets.take(AMARA, 10, 25)
    assert not buckets.take(AMARA, 10, 1)


def test_whoever_was_quiet_for_longest_is_forgotten_first(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("holdspace.live.buckets._MOST_BUCKETS", 2)
    buckets = Buckets(60)
    buckets.take(AMARA, 1)
    buckets.take(BEN, 1)
    buckets.take(AMARA, 1)
    buckets.take(bytes(16), 1)
    assert not buckets.take(AMARA, 1)
    assert buckets.take(BEN, 1)
