"""The gateway with verbs of no app: sessions, questions, letters, batches."""

import asyncio
from typing import Any

import msgspec
import pytest

from holdspace.live.gateway import Gateway, Limits
from holdspace.live.tests import verbs_of_a_test as these
from holdspace.live.tests.callers import PATIENCE, Caller, Message, headers_of, letter, question
from holdspace.live.tests.stories import play
from holdspace.live.topics import Topic
from holdspace.live.verbs import Read

pytestmark = pytest.mark.django_db(transaction=True)
A_LETTER = {"content_type": "application/x-holdspace"}


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


def test_a_verb_of_another_release_is_refused_as_such_and_the_socket_stays() -> None:
    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "amara") as caller:
            caller.put(question("shout", ref=7, args={}))
            assert (await caller.frame(lambda frame: frame[0] == 7))[1:3] == ["no", "version"]
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
        assert frames[7][:2] == ["no", "version"]

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


def test_two_verbs_or_topics_of_one_name_stop_the_start() -> None:
    for verbs, topics in (
        ([*these.VERBS, Read("who", these.Nothing, these.who)], []),
        ([], [Topic("a"), Topic("a")]),
    ):
        with pytest.raises(ValueError, match="registered twice"):
            Gateway(verbs=verbs, topics=topics, account_of=these.account_of)
