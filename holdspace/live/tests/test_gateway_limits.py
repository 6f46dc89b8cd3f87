"""What a gateway puts up with: slow sockets, sessions that end, and as much as one account may hold or send."""

import asyncio
import threading
from typing import Any

import msgspec
import pytest

from holdspace.live import endings
from holdspace.live.gateway import Gateway, Limits
from holdspace.live.tests import verbs_of_a_test as these
from holdspace.live.tests.callers import PATIENCE, Caller, letter, question
from holdspace.live.tests.stories import play

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_socket_that_does_not_read_is_dropped_and_nobody_waits_for_it() -> None:
    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "ben") as slow, Caller(gateway, "ben") as quick:
            await slow.ask("listen")
            await quick.ask("listen")
            slow._outbox._maxsize = 1  # type: ignore[attr-defined]
            slow._outbox.put_nowait({"type": "websocket.send", "bytes": b"\x90"})
            for n in range(40):
                await quick.ask("tell", epoch=n)
            slow._outbox._maxsize = 0  # type: ignore[attr-defined]
            slow._outbox.get_nowait()
            slow._outbox._wakeup_next(slow._outbox._putters)  # type: ignore[attr-defined]
            assert await slow.closed() == 4413
            assert (await quick.ask("who"))[0] == "ok"

    play(story, Limits(news_bytes=200))


def test_signing_out_closes_the_sockets_of_that_session_at_once() -> None:
    ben_id = these.ACCOUNTS["ben"]
    sessions = {"phone": ben_id, "library": ben_id, "amara": these.ACCOUNTS["amara"]}

    async def story(gateway: Gateway) -> None:
        async with (
            Caller(gateway, "phone") as phone,
            Caller(gateway, "library") as library,
            Caller(gateway, "amara") as amara,
        ):
            for caller in (phone, library, amara):
                await caller.ask("who")
            del sessions["library"]
            endings.look_again(ben_id)
            assert await library.closed() == 4401
            for caller in (phone, amara):
                assert (await caller.ask("who"))[0] == "ok"
            del sessions["phone"]
            endings.look_again(ben_id)
            assert await phone.closed() == 4401

    play(story, account_of=sessions.get)


def test_a_socket_opened_at_the_very_moment_of_signing_out_is_closed() -> None:
    """The session was looked up before it ended; the ending was told before the socket had come in."""
    asked, go_on = threading.Event(), threading.Event()
    sessions = dict(these.ACCOUNTS)

    def account_of(session_key: str) -> bytes | None:
        found = sessions.get(session_key)
        if session_key == "amara" and not asked.is_set():
            asked.set()
            assert go_on.wait(PATIENCE)
        return found

    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "amara") as amara:
            assert await asyncio.to_thread(asked.wait, PATIENCE)
            del sessions["amara"]
            endings.look_again(these.ACCOUNTS["amara"])
            await asyncio.sleep(0)  # the ending is heard
            go_on.set()
            assert await amara.closed() == 4401

    play(story, account_of=account_of)


def test_a_session_that_ended_silently_closes_its_sockets_at_the_next_check() -> None:
    sessions = dict(these.ACCOUNTS)

    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "amara") as amara, Caller(gateway, "ben") as ben:
            await amara.ask("who")
            del sessions["amara"]
            assert await amara.closed() == 4401
            assert (await ben.ask("who"))[0] == "ok"

    play(story, Limits(session_check=0.02), account_of=sessions.get)


def test_an_account_holds_only_so_many_sockets() -> None:
    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "amara") as first:
            await first.ask("who")
            async with Caller(gateway, "amara") as second:
                assert await second.closed() == 4413
            async with Caller(gateway, "ben") as ben:
                assert (await ben.ask("who"))[0] == "ok"

    play(story, Limits(sockets_per_account=1))


def test_one_letter_carries_only_so_much_home() -> None:
    async def story(gateway: Gateway) -> None:
        body = msgspec.msgpack.encode([[n, "echo", {"text": bytes(1000)}] for n in range(1, 5)])
        _, answer = await letter(gateway, "amara", body)
        outcomes = [frame[1] for frame in msgspec.msgpack.decode(answer)]
        assert outcomes == ["ok", "ok", "no", "no"]

    play(story, Limits(answer_bytes=1500))


def test_what_waits_for_the_writer_is_bounded_and_what_was_taken_in_is_done() -> None:
    """A job counts as 1 KiB and its bytes. Amara has her share of three and Ben the two that are left."""

    async def story(gateway: Gateway) -> list[list[Any]]:
        async with (
            Caller(gateway, "amara") as amara,
            Caller(gateway, "ben") as ben,
            Caller(gateway, "eli") as eli,
        ):
            await eli.ask("listen")
            with these.BUSY:
                held = eli.post("keep-busy")
                # Reads go on meanwhile. Once they are answered the writer has its batch, and all else waits.
                await eli.ask("who")
                for caller in (amara, ben):
                    for epoch in range(1, 5):
                        caller.post("tell", epoch=epoch)
                    await caller.ask("who")
            assert (await eli.frame(lambda frame: frame[0] == held))[1] == "ok"
            heard = [(await eli.news("news"))["epoch"] for _ in range(5)]
            assert (await amara.ask("tell", epoch=9))[0] == "ok", "there is room again"
            return [
                [(await caller.frame(lambda frame, ref=ref: frame[0] == ref))[1:3] for ref in range(1, 5)]
                for caller in (amara, ben)
            ] + [heard]

    limits = Limits(waiting_bytes=5 * 1100, waiting_bytes_of_account=3 * 1100)
    amara, ben, heard = play(story, limits)
    assert [code for word, code in amara if word == "no"] == ["too-many"]
    assert [code for word, code in ben if word == "no"] == ["too-many", "too-many"]
    assert heard == [1, 2, 3, 1, 2]


def test_an_account_has_only_so_many_letters_here_at_a_time() -> None:
    async def story(gateway: Gateway) -> None:
        def post(name: str) -> asyncio.Task[tuple[int, bytes]]:
            return asyncio.create_task(letter(gateway, name, question("keep-busy")))

        with these.BUSY:
            amara, ben = [post("amara"), post("amara")], post("ben")
            done, _ = await asyncio.wait([*amara, ben], timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
            assert [task.result()[0] for task in done] == [429]
        assert sorted([(await task)[0] for task in amara]) == [200, 429]
        assert (await ben)[0] == 200
        assert (await post("amara"))[0] == 200, "there is room again"

    play(story, Limits(letters_per_account=1))
