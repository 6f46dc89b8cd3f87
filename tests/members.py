"""People without a browser, for tests against a real server: each with a home, a passphrase and an account."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from client.device import now_ms
from client.group import Group
from client.member import Member
from holdspace.sealing.codec import to_json
from holdspace.sealing.envelope import SHARE, Header, Said, seal_envelope
from holdspace.sealing.keys import new_id
from tests.running import Running


class Someone(Member):
    """A member who keeps their passphrase beside their home, as a test may."""

    def __init__(self, server: Running | str, folder: Path, name: str) -> None:
        super().__init__(folder / name, server if isinstance(server, str) else server.url)
        self.name = name
        self.file = folder / f"{name}.txt"
        self.code = ""

    @property
    def passphrase(self) -> str:
        """What they type into a browser."""
        return self.file.read_text().removesuffix("\n")


@contextmanager
def company(server: Running | str, folder: Path) -> Iterator[Callable[[str], Someone]]:
    """`somebody(name)` is a new account; at the end everybody hangs up."""
    with ExitStack() as stack:

        def somebody(name: str) -> Someone:
            someone = stack.enter_context(Someone(server, folder, name))
            someone.code = someone.sign_up(name, someone.file)["recovery"]
            return someone

        yield somebody


def admitted(group: str, by: Someone, *newcomers: Someone) -> None:
    """Everybody joins the group and is let in; in it they go by their sign-in name."""
    for newcomer in newcomers:
        newcomer.join(by.invite(group)["link"], newcomer.name)
    told = by.admit(group)
    assert not told["not_admitted"], told


def sealed_share(group: Group, text: str) -> bytes:
    """An envelope of a share, ready to be sent and not sent yet."""
    header = Header(SHARE, group.id, group.state.epoch, new_id(), group.member_id)
    return seal_envelope(
        header, group.key_of(header.epoch), Said(group.position, now_ms(), to_json({"v": 1, "t": text}))
    )


def said(someone: Someone, group: str) -> list[dict[str, Any]]:
    """What this person can read there."""
    items: list[dict[str, Any]] = someone.read(group)["items"]
    return items
