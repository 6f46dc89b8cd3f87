"""What rests in a browser's database, for who has the device in their hands: bytes to look at, to change and to put back.

With somebody's seed, what only their own browser could make of it.
"""

from dataclasses import dataclass
from time import monotonic
from typing import Any

import msgspec
from playwright.sync_api import Page

from holdspace.sealing.local_record import LocalKeys, local_keys, open_record, record_place, seal_record
from tests.members import Someone

GROUP, ITEMS, DRAFTS, OUTBOX = 1, 2, 3, 4  # browser/local/records.js
STRETCH, LIST = 0, 1  # browser/conversations/copy.js
SHEET = 64
_PATIENCE = 40
_ALL = """() => new Promise((done, fail) => {
  const asked = indexedDB.open("holdspace");
  const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  // Not there yet: it is left to the page to make it.
  asked.onupgradeneeded = () => asked.transaction.abort();
  asked.onerror = () => (asked.error.name === "AbortError" ? done([]) : fail(asked.error));
  asked.onsuccess = () => {
    const db = asked.result;
    const table = db.transaction("records").objectStore("records");
    const [places, values] = [table.getAllKeys(), table.getAll()];
    values.onsuccess = () => (db.close(), done(places.result.map((place, i) => [hex(place), hex(values.result[i])])));
  };
})"""
_PUT = """(changes) => new Promise((done) => {
  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const asked = indexedDB.open("holdspace");
  asked.onsuccess = () => {
    const change = asked.result.transaction("records", "readwrite");
    const table = change.objectStore("records");
    for (const [place, value] of changes) value ? table.put(bytes(value), bytes(place)) : table.delete(bytes(place));
    change.oncomplete = () => (asked.result.close(), done());
  };
})"""

Records = dict[bytes, bytes]


@dataclass(frozen=True)
class Disk:
    """The device of `owner`, whose pages are at `page`'s address. The page is left before it is looked at."""

    page: Page
    owner: Someone

    @property
    def keys(self) -> LocalKeys:
        """Those of its owner."""
        account = self.owner.device.account
        return local_keys(account.seed, account.account_id)

    def records(self) -> Records:
        """Everything that rests there."""
        self._be_there()
        found: list[list[str]] = self.page.evaluate(_ALL)
        return {bytes.fromhex(place): bytes.fromhex(value) for place, value in found}

    def change(self, changes: dict[bytes, bytes | None]) -> None:
        """Put these bytes there; None takes them away."""
        self._be_there()
        self.page.evaluate(
            _PUT, [[place.hex(), value.hex() if value else ""] for place, value in changes.items()]
        )

    def of_group(self, group: bytes, *sorts: int) -> Records:
        """The records of one group."""
        names = {record_place(self.keys, sort, group, 0)[:16] for sort in sorts or (GROUP, ITEMS)}
        return {place: value for place, value in self.records().items() if place[:16] in names}

    def read(self, sort: int, group: bytes, number: int) -> Any:
        """What a record of the copy says, or None."""
        place = record_place(self.keys, sort, group, number)
        value = self.records().get(place)
        return value and msgspec.msgpack.decode(open_record(self.keys, place, value))

    def write(self, sort: int, group: bytes, number: int, value: Any) -> None:
        """As the owner's own browser would have written it."""
        place = record_place(self.keys, sort, group, number)
        self.change({place: seal_record(self.keys, place, msgspec.msgpack.encode(value))})

    def rows(self, group: bytes) -> list[Any]:
        """The items of a group's copy."""
        first = record_place(self.keys, ITEMS, group, 0)[:16]
        sheets = sorted((place, value) for place, value in self.records().items() if place[:16] == first)
        return [
            row
            for place, value in sheets
            for row in msgspec.msgpack.decode(open_record(self.keys, place, value))
        ]

    def is_kept(self, group: bytes, last: int) -> bool:
        """Does the copy reach to this item?"""
        stretch = self.read(GROUP, group, STRETCH)
        return bool(stretch and stretch["last"] >= last and self.read(GROUP, group, LIST))

    def wait_for(self, group: bytes, last: int) -> None:
        """Until the copy reaches to this item."""
        until = monotonic() + _PATIENCE
        while not self.is_kept(group, last):
            assert monotonic() < until, "the copy was not written"
            self.page.wait_for_timeout(50)

    def _be_there(self) -> None:
        assert self.page.url.startswith("http"), "a page of this server has to be open"
