"""Everybody in the demo: an account each, made the first time somebody is needed."""

from pathlib import Path

from client.home import write_private
from client.member import Member


class Company:
    """The folder holds `people/NAME`, a member's home, `passphrases/NAME`, the words that open their keys, and
    `sheets/NAME`, their recovery code.
    """

    def __init__(self, server: str, folder: Path) -> None:
        self._server, self._folder = server, folder
        self._members: dict[str, Member] = {}

    def member(self, name: str) -> Member:
        """Somebody by their sign-in name: signed in if they have a passphrase already, otherwise signed up."""
        if name not in self._members:
            self._members[name] = self._opened(name)
        return self._members[name]

    def passphrase(self, name: str) -> str:
        """What opens somebody's keys."""
        return self._private("passphrases", name).read_text("utf-8").removesuffix("\n")

    def close(self) -> None:
        """Everybody hangs up."""
        for member in self._members.values():
            member.close()

    def _opened(self, name: str) -> Member:
        member, words = (
            Member(self._folder / "people" / name, self._server),
            self._private("passphrases", name),
        )
        if words.exists():
            member.sign_in(name, words)
        else:
            code = member.sign_up(name, words)["recovery"]
            write_private(self._private("sheets", name), f"{code}\n".encode())
        # They have their sheet: otherwise the first thing a visitor is asked for would be a paper nobody has.
        member.server.seal("recovery-confirmed")
        return member

    def _private(self, what: str, name: str) -> Path:
        folder = self._folder / what
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder / name
