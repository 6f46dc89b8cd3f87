"""What a member keeps on this computer, all of it readable by its owner only (0600 in a 0700 folder).

    account.json   sign-in name, account id, the server's address
    cookies.json   the session's cookie
    pins.json      group -> [seq, head16]: how far each log was seen, so a shorter or different one is noticed
    kept.sealed    the member's own names, sealed under a key made from the seed
    marks/<group>  item -> [revision, hash]: what was edited or withdrawn, so no older words are shown again
    logs/<group>   the membership log, verified again at every start: `length u32 || entry`, one after another

Never here: the seed, the passphrase, an epoch's key, a word somebody said.
"""

import json
import os
from pathlib import Path
from typing import Any

from client import ids
from client.trouble import Trouble

Pin = tuple[int, bytes]
# Which envelope of an item was seen: its revision and hash.
Mark = tuple[int, bytes]


class Home:
    """The folder of one account on one server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> dict[str, Any]:
        """The JSON object kept under a name, empty when there is none."""
        raw = self.read_bytes(name)
        if raw is None:
            return {}
        try:
            kept: dict[str, Any] = json.loads(raw)
        except ValueError:
            raise Trouble("home-unreadable") from None
        return kept

    def write(self, name: str, kept: dict[str, Any]) -> None:
        """Keep a JSON object."""
        self.write_bytes(name, json.dumps(kept, indent=1, sort_keys=True).encode())

    def read_bytes(self, name: str) -> bytes | None:
        """The bytes kept under a name."""
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError:
            raise Trouble("home-unreadable") from None

    def write_bytes(self, name: str, kept: bytes) -> None:
        """Keep bytes: written beside and moved into place, so a crash leaves the old or the new."""
        path = self.folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        write_private(beside, kept)
        beside.replace(path)

    def forget(self) -> None:
        """Nothing of the account rests here any more."""
        for path in [*self.folder.glob("logs/*"), *self.folder.glob("*.json"), *self.folder.glob("*.sealed")]:
            path.unlink()

    def pins(self) -> dict[bytes, Pin]:
        """How far each group's log was seen."""
        return pins_from(self.read("pins.json"))

    def keep_pins(self, pins: dict[bytes, Pin]) -> None:
        """Keep how far each log was seen."""
        self.write("pins.json", pins_to(pins))

    def marks(self, group: bytes) -> dict[bytes, Mark]:
        """The newest revisions seen of a group's items."""
        return pins_from(self.read(f"marks/{ids.text(group)}"))

    def keep_marks(self, group: bytes, marks: dict[bytes, Mark]) -> None:
        """Keep the newest revisions seen."""
        self.write(f"marks/{ids.text(group)}", pins_to(marks))

    def log(self, group: bytes) -> list[bytes]:
        """The entries kept of a group's log, possibly none; a torn tail is left out."""
        raw, entries, at = self.read_bytes(f"logs/{ids.text(group)}") or b"", [], 0
        while at + 4 <= len(raw):
            end = at + 4 + int.from_bytes(raw[at : at + 4])
            if end > len(raw):
                break
            entries.append(raw[at + 4 : end])
            at = end
        return entries

    def keep_log(self, group: bytes, entries: list[bytes]) -> None:
        """Keep a group's whole log."""
        self.write_bytes(f"logs/{ids.text(group)}", b"".join(len(e).to_bytes(4) + e for e in entries))


def write_private(path: Path, content: bytes, *, new: bool = False) -> None:
    """Write a file that only its owner may read; with `new`, never over another."""
    flags = os.O_WRONLY | os.O_CREAT | (os.O_EXCL if new else os.O_TRUNC)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(content)


def pins_from(kept: dict[str, Any]) -> dict[bytes, Pin]:
    """Pins of their JSON: `{group hex: [seq, head16 hex]}`, as in the keyring (`docs/sealing.md`)."""
    return {bytes.fromhex(group): (seq, bytes.fromhex(head)) for group, (seq, head) in kept.items()}


def pins_to(pins: dict[bytes, Pin]) -> dict[str, Any]:
    """The JSON of pins."""
    return {group.hex(): [seq, head.hex()] for group, (seq, head) in pins.items()}
