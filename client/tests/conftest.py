"""A real server, and people with homes of their own."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from client.member import Member
from tests.running import Running

People = Callable[[str], "Person"]


class Person(Member):
    """Somebody signed up on the server of this run; `file` holds their passphrase."""

    def __init__(self, folder: Path, url: str, name: str) -> None:
        super().__init__(folder / "home", url)
        self.file = folder / "passphrase"
        self.name = f"{name}-{secrets.token_hex(4)}"
        self.answer = self.sign_up(self.name, self.file)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server for all of these tests, set up, without a limit that a test would run into."""
    data = tmp_path_factory.mktemp("server") / "data"
    server = Running(data, HOLDSPACE_ITEMS_PER_MINUTE="100000", HOLDSPACE_LIST_CHANGES_PER_HOUR="100000")
    server.set_up()
    try:
        yield server.start()
    finally:
        server.stop()


@pytest.fixture
def person(running: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    """Makes a person who has just signed up."""
    with ExitStack() as everybody:

        def arrive(name: str) -> Person:
            return everybody.enter_context(Person(tmp_path_factory.mktemp(name), running.url, name))

        yield arrive


@pytest.fixture
def ben(person: People) -> Person:
    """A facilitator to be."""
    return person("ben")


@pytest.fixture
def amara(person: People) -> Person:
    """A member to be."""
    return person("amara")


@pytest.fixture
def group(ben: Person) -> str:
    """A group that Ben started."""
    return str(ben.start_group("Tuesday circle", "Ben")["group"])


@pytest.fixture
def together(ben: Person, amara: Person, group: str) -> str:
    """Ben's group with Amara in it."""
    let_in(ben, amara, group, "Amara")
    return group


def let_in(facilitator: Person, newcomer: Person, group: str, name: str) -> None:
    """Invite, join, admit."""
    newcomer.join(facilitator.invite(group)["link"], name)
    assert [each["name"] for each in facilitator.admit(group)["admitted"]] == [name]


def texts(person: Member, group: str, after: int = 0) -> list[str | None]:
    """What somebody reads in a group: words, or the state of what they cannot."""
    return [each["text"] or each["state"] for each in person.read(group, after)["items"]]
