"""The gateway with verbs of no app: sessions, frames, rights, batches."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest

from holdspace.live import endings
from holdspace.live.gateway import Gateway, Limits
from holdspace.live.tests import verbs_of_a_test as these
from holdspace.live.tests.callers import PATIENCE, Caller, Message, headers_of, letter
from holdspace.live.topics import Topic
from holdspace.live.verbs import Read

pytestmark = pytest.mark.django_db(transaction=True)
Story = Callable[[Gateway], Awaitable[Any]]
A_LETTER = {"content_type": "application/x-holdspace"}


def play(story: Story, limits: Limits | None = None, account_of: Any = these.account_of) -> Any:
    """Run a story with a gateway of its own."""

    async def run() -> Any:
        gateway = Gateway(verbs=these.VERBS, topics=these.TOPICS, account_of=account_of, limits=limits)
        try:
            return await story(gateway)
        finally:
            await gateway.stop()

    return asyncio.run(run())


def test_a_question_is_answered_to_whoever_the_session_belongs_to() -> None:
    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "amara") as amara, Caller(gateway, "ben") as ben:
            assert await amara.ask("who") == ["ok", {"account": these.ACCOUNTS["amara"]}]
            assert await ben.ask("who") == ["ok", {"account": these.ACCOUNTS["ben"]}]

    play(story)


def test_a_socket_without_a_session_is_closed() -> None:
    async def story(gateway: Gateway) -> None:
        for session in (None, "nobody"):
            async with Caller(gateway, session) as caller:
                assert await caller.closed() == 4401

    play(story)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.test"},
        {"origin": "null"},
        {"origin": "https://holdspace.test.elsewhere.test"},
        {"origin": "https://holdspace.test:444"},
        {"origin": "", "sec_fetch_site": "same-origin"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "https://holdspace.test", "sec_fetch_site": "none"},
    ],
)
def test_another_site_s_page_cannot_use_its_visitor_s_session(headers: dict[str, str]) -> None:
    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "amara", **headers) as caller:
            assert await caller.closed() == 4403
        assert (await letter(gateway, "amara", question("who"), **headers))[0] == 403

    play(story)


def test_our_own_page_and_a_program_may_ask() -> None:
    async def story(gateway: Gateway) -> None:
        for headers in ({"origin": "https://holdspace.test", "sec_fetch_site": "same-origin"}, {}):
            async with Caller(gateway, "amara", **headers) as caller:
                assert (await caller.ask("who"))[0] == "ok"
            assert (await letter(gateway, "amara", question("who"), **headers))[0] == 200

    play(story)


def question(verb: str, ref: Any = 1, args: Any = None) -> bytes:
    return msgspec.msgpack.encode([[ref, verb, {} if args is None else args]])


MALFORMED = {
    "nothing": b"",
    "no frames": msgspec.msgpack.encode([]),
    "text": b"hello",
    "a map": msgspec.msgpack.encode({"ref": 1}),
    "cut": question("who")[:-1],
    "something behind": question("who") + b"\x00",
    "ref 0, which is news": question("who", ref=0),
    "a ref too large": question("who", ref=1 << 32),
    "a negative ref": question("who", ref=-1),
    "a ref that is a float": question("who", ref=1.5),
    "a frame too short": msgspec.msgpack.encode([[1, "who"]]),
    "a frame too long": msgspec.msgpack.encode([[1, "who", {}, {}]]),
    "a verb that is bytes": msgspec.msgpack.encode([[1, b"who", {}]]),
    "a verb without end": question("w" * 33),
    "too many frames": msgspec.msgpack.encode([[n + 1, "who", {}] for n in range(65)]),
    "more than a mebibyte": question("echo", args={"text": bytes(1 << 20)}),
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_message_closes_the_socket_and_is_a_bad_request(data: bytes) -> None:
    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "amara") as caller:
            caller.put(data)
            assert await caller.closed() == 4400
        status, _ = await letter(gateway, "amara", data)
        assert status == (413 if len(data) > 1 << 20 else 400)

    play(story)


WRONG_ARGS = {
    "unknown verb": ("shout", {}),
    "unknown argument": ("who", {"group": bytes(16)}),
    "missing argument": ("echo", {}),
    "text for bytes": ("echo", {"text": "words"}),
    "a float": ("tell", {"epoch": 1.0}),
    "an extension type": ("echo", {"text": msgspec.msgpack.Ext(5, b"x")}),
    "a list for a map": ("who", []),
    "nil for bytes": ("echo", {"text": None}),
}


@pytest.mark.parametrize(("verb", "args"), WRONG_ARGS.values(), ids=WRONG_ARGS)
def test_a_question_a_verb_does_not_take_is_refused_and_the_socket_stays(verb: str, args: Any) -> None:
    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "amara") as caller:
            caller.put(question(verb, ref=7, args=args))
            assert (await caller.frame(lambda frame: frame[0] == 7))[1:3] == ["no", "format"]
            assert (await caller.ask("who"))[0] == "ok"

    play(story)


def test_text_instead_of_bytes_closes_the_socket() -> None:
    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "amara") as caller:
            caller._inbox.put_nowait({"type": "websocket.receive", "text": "hello"})
            assert await caller.closed() == 4400

    play(story)


def test_a_letter_is_answered_frame_by_frame() -> None:
    async def story(gateway: Gateway) -> None:
        body = msgspec.msgpack.encode([[5, "who", {}], [6, "tell", {"epoch": 2}], [7, "nothing", {}]])
        status, answer = await letter(gateway, "amara", body)
        frames = {frame[0]: frame[1:] for frame in msgspec.msgpack.decode(answer)}
        assert status == 200
        assert frames[5] == ["ok", {"account": these.ACCOUNTS["amara"]}]
        assert frames[6] == ["ok", {"together": 2}]
        assert frames[7][:2] == ["no", "format"]

    play(story)


def test_a_letter_without_a_session_is_told_so_for_each_question() -> None:
    async def story(gateway: Gateway) -> None:
        status, answer = await letter(gateway, None, question("who", ref=9))
        assert status == 200
        assert msgspec.msgpack.decode(answer)[0][:3] == [9, "no", "signed-out"]

    play(story)


def test_a_letter_of_another_type_or_method_is_not_read() -> None:
    async def story(gateway: Gateway) -> None:
        assert (await letter(gateway, "amara", question("who"), content_type="text/plain"))[0] == 400
        assert (await letter(gateway, "amara", question("who"), method="GET"))[0] == 405

    play(story)


def test_a_letter_that_never_ends_is_not_waited_for() -> None:
    async def story(gateway: Gateway) -> None:
        scope = {"type": "http", "method": "POST", "path": "/live", "headers": headers_of(None, **A_LETTER)}
        sent: list[Message] = []

        async def put(message: Message) -> None:
            sent.append(message)

        await asyncio.wait_for(gateway(scope, asyncio.Queue[Message]().get, put), PATIENCE)
        assert sent[0]["status"] == 408

    play(story, Limits(body=0.02))


def test_news_reaches_those_who_may_hear_that_epoch_and_that_level() -> None:
    async def story(gateway: Gateway) -> None:
        async with (
            Caller(gateway, "amara") as amara,
            Caller(gateway, "ben") as ben,
            Caller(gateway, "eli") as eli,
        ):
            await amara.ask("listen")
            await ben.ask("listen")
            await eli.ask("tell", epoch=2)
            await eli.ask("tell", epoch=3)
            assert (await amara.news("news"))["epoch"] == 3, "epoch 2 was before Amara came"
            assert [(await ben.news("news"))["epoch"] for _ in range(2)] == [2, 3]
            assert (await ben.news("secret"))["epoch"] == 2
            await amara.ask("who")
            assert await amara.hears() == [], "secrets are for level 2"
            await eli.ask("who")
            assert await eli.hears() == [], "Eli never listened"

    play(story)


def test_every_ear_hears_the_same_bytes_and_one_message_for_a_batch() -> None:
    async def story(gateway: Gateway) -> None:
        async with (
            Caller(gateway, "ben") as one,
            Caller(gateway, "ben") as other,
            Caller(gateway, "eli") as eli,
        ):
            await one.ask("listen")
            await other.ask("listen")
            eli.put(msgspec.msgpack.encode([[n + 1, "tell", {"epoch": n}] for n in range(1, 9)]))
            await eli.frame(lambda frame: frame[0] == 9)
            first, second = await one.raw(), await other.raw()
            assert first["bytes"] == second["bytes"]
            assert len(msgspec.msgpack.decode(first["bytes"])) > 1

    play(story)


def test_who_loses_the_right_hears_farewell_and_nothing_after() -> None:
    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "eli") as eli, Caller(gateway, "ben") as ben:
            await eli.ask("listen")
            await ben.ask("listen")
            assert (await ben.ask("entitle", names=["ben"]))[0] == "ok"
            assert await eli.news("farewell") == {}
            await ben.ask("tell", epoch=5)
            await eli.ask("who")
            assert await eli.hears() == [], "not even the news of the change itself"
            assert [(await ben.news("news"))["epoch"] for _ in range(2)] == [-1, 5]

    play(story)


def test_who_goes_away_while_asking_to_listen_leaves_no_ear_behind() -> None:
    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "eli") as eli:
            eli.post("listen")
        async with Caller(gateway, "ben") as ben:
            assert (await ben.ask("tell", epoch=5))[0] == "ok"
        assert gateway._hub._rooms == {}

    play(story)


def test_a_broken_request_is_refused_alone() -> None:
    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "ben") as ben:
            await ben.ask("listen")
            epochs = [1, 99, 2, 98, 3]
            ben.put(msgspec.msgpack.encode([[n + 10, "tell", {"epoch": e}] for n, e in enumerate(epochs)]))
            answers = [(await ben.frame(lambda f, n=n: f[0] == n + 10))[1:3] for n in range(5)]
            assert answers == [
                ["ok", {"together": 1}],
                ["no", "broken"],
                ["ok", {"together": 2}],
                ["no", "stale-epoch"],
                ["ok", {"together": 3}],
            ]
            assert [(await ben.news("news"))["epoch"] for _ in range(3)] == [1, 2, 3]
            assert "news" not in await ben.hears(), "each was told once, though the batch was tried twice"

    play(story)


def test_a_read_that_breaks_is_refused_and_says_nothing_of_what_was_asked(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "ben") as ben:
            assert (await ben.ask("echo", text=b"break the river"))[:2] == ["no", "broken"]
            assert (await ben.ask("echo", text=b"refuse"))[:2] == ["no", "not-found"]
            assert await ben.ask("echo", text=b"kept") == ["ok", {"text": b"kept"}]

    play(story)
    assert "RuntimeError" in caplog.text
    assert "river" not in caplog.text


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


def test_two_verbs_or_topics_of_one_name_stop_the_start() -> None:
    for verbs, topics in (
        ([*these.VERBS, Read("who", these.Nothing, these.who)], []),
        ([], [Topic("a"), Topic("a")]),
    ):
        with pytest.raises(ValueError, match="registered twice"):
            Gateway(verbs=verbs, topics=topics, account_of=these.account_of)
