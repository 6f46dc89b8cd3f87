"""News through the gateway: who may hear what, and until when."""

import msgspec
import pytest

from holdspace.live.gateway import Gateway
from holdspace.live.tests.callers import Caller, callers
from holdspace.live.tests.stories import play

pytestmark = pytest.mark.django_db(transaction=True)


def test_news_reaches_those_who_may_hear_that_epoch_and_that_level() -> None:
    async def story(gateway: Gateway) -> None:
        async with callers(gateway, "amara", "ben", "eli") as (amara, ben, eli):
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
        async with callers(gateway, "ben", "ben", "eli") as (one, other, eli):
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
