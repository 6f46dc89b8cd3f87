"""Groups and items through the real gateway: who hears what, and who stops hearing."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest
from pytest_django import Settings

from holdspace.conversations.actions import rates
from holdspace.conversations.models import Item
from holdspace.conversations.tests.cast import Circle, Person, make_network
from holdspace.conversations.topics import TOPICS as ITEM_TOPICS
from holdspace.conversations.verbs import VERBS as ITEM_VERBS
from holdspace.groups.actions import forget_all
from holdspace.groups.topics import TOPICS as GROUP_TOPICS
from holdspace.groups.verbs import VERBS as GROUP_VERBS
from holdspace.live.gateway import Gateway
from holdspace.live.tests.callers import Caller, letter

pytestmark = pytest.mark.django_db(transaction=True)
Story = Callable[[Gateway], Awaitable[Any]]


@pytest.fixture
def circle(settings: Settings) -> Circle:
    """Ben's group with Amara and Eli; an open invite for Dana."""
    settings.ITEMS_PER_MINUTE = 100_000
    rates.forget_all()
    make_network()
    ben = Person.named("Ben")
    circle = Circle().start(ben).admit(ben, Person.named("Amara"), Person.named("Eli"))
    circle.append(ben, circle.invitation(ben, "Dana"))
    circle.join_as(Person.named("Dana"))
    forget_all()
    return circle


def play(circle: Circle, story: Story) -> Any:
    """Run a story with the gateway as `asgi.py` makes it; a session's key is its person's name."""

    def account_of(session_key: str) -> bytes | None:
        person = circle.people.get(session_key)
        return person.id if person else None

    async def run() -> Any:
        verbs, topics = [*GROUP_VERBS, *ITEM_VERBS], [*GROUP_TOPICS, *ITEM_TOPICS]
        gateway = Gateway(verbs=verbs, topics=topics, account_of=account_of)
        try:
            return await story(gateway)
        finally:
            await gateway.stop()
            forget_all()

    return asyncio.run(run())


async def append(caller: Caller, circle: Circle, args: dict[str, Any]) -> None:
    """Append and move on."""
    assert (await caller.ask("append", **args))[0] == "ok"
    circle.state = circle.after(*args["entries"])


def test_what_one_says_the_others_hear_and_the_database_holds(circle: Circle) -> None:
    amara = circle.people["Amara"]

    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "Amara") as hers, Caller(gateway, "Ben") as his:
            await his.ask("listen", groups=[circle.id])
            envelope = circle.envelope(amara)
            state, sent = await hers.ask("send", envelope=envelope)
            news = await his.news("item")
            assert state == "ok"
            assert news == {
                "group": circle.id,
                "row": [sent["seq"], envelope, sent["received"], sent["stamp"]],
            }

    play(circle, story)
    assert Item.objects.get().seq == 1


def test_a_removed_member_s_ear_is_closed_on_the_spot(circle: Circle) -> None:
    ben, eli, amara = (circle.people[name] for name in ("Ben", "Eli", "Amara"))

    async def story(gateway: Gateway) -> None:
        async with (
            Caller(gateway, "Eli") as his,
            Caller(gateway, "Eli") as phone,
            Caller(gateway, "Ben") as bens,
        ):
            for caller in (his, phone, bens):
                await caller.ask("listen", groups=[circle.id])
            await bens.ask("send", envelope=circle.envelope(ben))
            assert (await his.news("item"))["row"][0] == 1, "he heard before, or this proves nothing"
            await phone.news("item")
            await append(bens, circle, circle.removal(ben, eli))
            for caller in (his, phone):
                assert await caller.news("gone") == {"group": circle.id}
            await bens.ask("send", envelope=circle.envelope(ben))
            for caller in (his, phone):
                assert (await caller.ask("home"))[1]["groups"] == []
                assert await caller.hears() == []
                assert (await caller.ask("listen", groups=[circle.id]))[:2] == ["no", "not-found"]
                assert (await caller.ask("open", group=circle.id))[:2] == ["no", "not-found"]
                assert (await caller.ask("send", envelope=circle.envelope(eli)))[:2] == ["no", "not-found"]
            assert (await bens.news("entry"))["seq"] == circle.now.seq

    play(circle, story)
    assert amara.ask("open", group=circle.id)["last"] == 2


def test_a_removal_and_words_that_arrive_together_keep_their_order(circle: Circle) -> None:
    ben, eli = circle.people["Ben"], circle.people["Eli"]
    removal = circle.removal(ben, eli)
    late = circle.envelope(ben)

    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "Ben") as his:
            his.put(msgspec.msgpack.encode([[1, "append", removal], [2, "send", {"envelope": late}]]))
            assert (await his.frame(lambda frame: frame[0] == 1))[1] == "ok"
            assert (await his.frame(lambda frame: frame[0] == 2))[1:3] == ["no", "stale-epoch"]

    play(circle, story)


def test_a_newcomer_hears_from_their_admission_on(circle: Circle) -> None:
    ben, dana = circle.people["Ben"], circle.people["Dana"]
    request = circle.request(dana, "Dana")

    async def story(gateway: Gateway) -> None:
        async with (
            Caller(gateway, "Dana") as hers,
            Caller(gateway, "Ben") as his,
            Caller(gateway, "Eli") as elis,
        ):
            await his.ask("listen", groups=[circle.id])
            await elis.ask("listen", groups=[circle.id])
            assert (await hers.ask("listen", groups=[circle.id]))[:2] == ["no", "not-found"]
            await his.ask("send", envelope=circle.envelope(ben))
            assert (await hers.ask("ask", **request))[1]["state"] == "waiting"
            assert await his.news("waiting") == {"group": circle.id}
            await elis.ask("home")
            assert "waiting" not in await elis.hears(), "that is for facilitators"
            await append(his, circle, circle.admission(ben, request["record"]))
            assert await hers.news("admitted") == {"group": circle.id}
            assert (await hers.ask("listen", groups=[circle.id]))[0] == "ok"
            await his.ask("send", envelope=circle.envelope(ben))
            assert (await hers.news("item"))["row"][0] == 2
            opened = (await hers.ask("open", group=circle.id))[1]
            assert [row[0] for row in opened["items"]] == [2]
            assert opened["before"]

    play(circle, story)


def test_a_new_facilitator_hears_who_waits_without_listening_again(circle: Circle) -> None:
    ben, amara, dana = (circle.people[name] for name in ("Ben", "Amara", "Dana"))
    request = circle.request(dana, "Dana")

    async def story(gateway: Gateway) -> None:
        async with (
            Caller(gateway, "Amara") as hers,
            Caller(gateway, "Ben") as his,
            Caller(gateway, "Dana") as danas,
        ):
            await hers.ask("listen", groups=[circle.id])
            await append(his, circle, circle.promotion(ben, amara))
            await danas.ask("ask", **request)
            assert await hers.news("waiting") == {"group": circle.id}

    play(circle, story)


def test_a_group_of_others_and_an_invented_one_answer_with_the_same_bytes(circle: Circle) -> None:
    """Dana belongs to no group; the one she asks about may be Ben's or nobody's."""
    never = Circle(
        ids=circle.ids, people=circle.people, state=circle.state, secrets=circle.secrets, fkey=circle.fkey
    )
    dana, amara, ben = (circle.people[name] for name in ("Dana", "Amara", "Ben"))
    box = circle.box_for(circle.now, circle.ids["Amara"], bytes(32))

    def questions(group: Circle) -> list[Any]:
        named = {"group": group.id}
        rekey = circle.rekeying(amara) | named
        return [
            [1, "open", named],
            [2, "log", named | {"after": -1}],
            [3, "items", named | {"after": 0, "limit": 5}],
            [4, "waiting", named],
            [5, "listen", {"groups": [group.id]}],
            [6, "send", {"envelope": group.envelope(dana)}],
            [7, "append", rekey],
            [8, "decline", named | {"member": circle.ids["Amara"]}],
            [9, "need-box", named | {"epoch": 2}],
            [10, "reseal", named | {"epoch": 2, "member": circle.ids["Amara"], "box": box}],
        ]

    async def story(gateway: Gateway) -> None:
        for question, invented in zip(questions(circle), questions(never), strict=True):
            status, answer = await letter(gateway, "Dana", msgspec.msgpack.encode([question]))
            other = await letter(gateway, "Dana", msgspec.msgpack.encode([invented]))
            assert (status, answer) == other
            assert msgspec.msgpack.decode(answer)[0][1:3] == ["no", "not-found"], question[1]
        named = {"group": circle.id}
        status, answer = await letter(gateway, "Ben", msgspec.msgpack.encode([[1, "open", named]]))
        assert msgspec.msgpack.decode(answer)[0][1] == "ok", "the group is there, or this proves nothing"

    play(circle, story)
    assert ben.ask("open", group=circle.id)["last"] == 0


def test_the_two_doors_answer_alike(circle: Circle) -> None:
    async def story(gateway: Gateway) -> None:
        async with Caller(gateway, "Amara") as hers:
            by_socket = await hers.ask("open", group=circle.id)
            _, answer = await letter(
                gateway, "Amara", msgspec.msgpack.encode([[1, "open", {"group": circle.id}]])
            )
            assert msgspec.msgpack.decode(answer)[0][1:] == by_socket

    play(circle, story)


def test_a_hundred_items_at_once_are_all_there_once_and_in_one_order_for_all(circle: Circle) -> None:
    names = ["Ben", "Amara", "Eli"]
    envelopes = {name: [circle.envelope(circle.people[name]) for _ in range(40)] for name in names}

    async def story(gateway: Gateway) -> None:
        async with (
            Caller(gateway, "Ben") as ben,
            Caller(gateway, "Amara") as amara,
            Caller(gateway, "Eli") as eli,
        ):
            callers = [ben, amara, eli]
            for caller in callers:
                await caller.ask("listen", groups=[circle.id])
            for caller, name in zip(callers, names, strict=True):
                for envelope in envelopes[name]:
                    caller.post("send", envelope=envelope)
            heard = [[(await caller.news("item"))["row"] for _ in range(120)] for caller in callers]
            assert heard[0] == heard[1] == heard[2]
            assert [row[0] for row in heard[0]] == list(range(1, 121))
            assert {row[1] for row in heard[0]} == {each for name in names for each in envelopes[name]}

    play(circle, story)
    assert Item.objects.count() == 120
