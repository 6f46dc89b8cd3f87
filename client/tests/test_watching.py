"""Listening while others speak."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, Self

import pytest

from client.member import Member
from client.tests.conftest import People, Person, let_in, texts
from client.trouble import Trouble
from tests.running import Running

SECONDS = 20
Ears = Callable[[Person], "Ear"]


class Ear:
    """A second device of somebody's account that watches, in a thread of its own."""

    def __init__(self, person: Person, home: Path) -> None:
        self.device = Member(home, person.server.origin)
        self.device.sign_in(person.name, person.file)
        self._heard: queue.Queue[dict[str, Any]] = queue.Queue()
        self._listening = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def listen(self, group: str, after: int | None = None) -> Self:
        """Begin; returns when nothing can be missed any more."""
        self._items = self.device.watch(group, after, self._listening.set)
        self._thread.start()
        assert self._listening.wait(SECONDS)
        return self

    def next(self) -> dict[str, Any]:
        return self._heard.get(timeout=SECONDS)

    def has_ended_in_silence(self) -> bool:
        self._thread.join(SECONDS)
        return not self._thread.is_alive() and self._heard.empty()

    def close(self) -> None:
        self.device.close()
        self._thread.join(SECONDS)

    def _run(self) -> None:
        for item in self._items:
            self._heard.put(item)


@pytest.fixture
def ear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ears]:
    """Makes ears that hang up at the end."""
    with ExitStack() as ears:

        def make(person: Person) -> Ear:
            return ears.enter_context(closing(Ear(person, tmp_path_factory.mktemp("ear"))))

        yield make


def eventually(is_so: Callable[[], bool]) -> None:
    for _ in range(SECONDS * 10):
        if is_so():
            return
        threading.Event().wait(0.1)
    raise AssertionError("it never came true")


def test_words_come_while_they_are_said(ear: Ears, ben: Person, amara: Person, together: str) -> None:
    ben.share(together, "before listening")
    heard = ear(amara).listen(together)
    shared = ben.share(together, "live")
    ben.reply(together, shared["item"], "and more")
    assert [heard.next()["text"] for _ in range(2)] == ["live", "and more"]


def test_watching_begins_where_one_stopped(ear: Ears, ben: Person, amara: Person, together: str) -> None:
    first = ben.share(together, "one")
    ben.share(together, "two")
    heard = ear(amara).listen(together, first["seq"])
    assert heard.next()["text"] == "two"


def test_a_key_that_changes_while_listening_is_followed(
    ear: Ears, person: People, ben: Person, amara: Person, together: str
) -> None:
    heard = ear(amara).listen(together)
    dana = person("dana")
    let_in(ben, dana, together, "Dana")
    dana.share(together, "I am new")
    item = heard.next()
    assert (item["text"], item["name"]) == ("I am new", "Dana")


def test_an_awake_facilitator_admits_who_is_known(ear: Ears, person: People, ben: Person, group: str) -> None:
    dana, eli = person("dana"), person("eli")
    known, other = ben.invite(group, known=True)["link"], ben.invite(group)["link"]
    ear(ben).listen(group)
    eli.join(other, "Eli")
    dana.join(known, "Dana")
    eventually(lambda: [each["group"] for each in dana.groups()["groups"]] == [group])
    dana.share(group, "nobody clicked")
    assert [each["name"] for each in ben.waiting(group)["asks"]] == ["Eli"]


def test_who_is_removed_hears_nothing_more(
    ear: Ears, person: People, ben: Person, amara: Person, together: str
) -> None:
    heard = ear(amara).listen(together)
    ben.remove(together, "Amara")
    ben.share(together, "later")
    assert heard.has_ended_in_silence()


def test_watching_survives_a_server_that_was_killed(
    ear: Ears, ben: Person, amara: Person, together: str, running: Running
) -> None:
    heard = ear(amara).listen(together)
    ben.share(together, "before the fall")
    running.kill()
    running.start()
    ben.share(together, "after it")
    assert [heard.next()["text"] for _ in range(2)] == ["before the fall", "after it"]
    assert texts(amara, together) == ["before the fall", "after it"]


def test_a_missing_key_is_sealed_again_by_whoever_is_awake(
    ear: Ears, ben: Person, amara: Person, together: str
) -> None:
    heard = ear(ben).listen(together)
    found = amara.group(together)
    boxes = amara.device.ask("log", group=found.id, after=0)["boxes"]
    amara.device.ask("need-box", group=found.id, epoch=found.state.epoch)
    eventually(lambda: amara.device.ask("log", group=found.id, after=0)["boxes"] != boxes)
    amara.share(together, "still in")
    assert heard.next()["text"] == "still in"


def test_nobody_listens_to_a_group_that_is_not_theirs(person: People, together: str) -> None:
    with pytest.raises(Trouble) as refused:
        person("dana").watch(together)
    assert refused.value.code == "not-found"
