"""What was seen of a list while its rows went by, for the report of an import."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator

from holdspace.directory.entry import Entry
from holdspace.directory.formats.duplicates import Where, find_pairs
from holdspace.directory.formats.rows import Refusal

# So many rows a person is shown as they were read, to see that each column went where it belongs.
FIRST = 5


class Reading:
    """What was seen while the rows went by: how many, which were refused, and what a person should look at."""

    def __init__(self, rows: Iterable[Entry | Refusal]) -> None:
        self._rows = rows
        self.count = 0
        self.refused: list[Refusal] = []
        self.remarks: Counter[str] = Counter()
        self.held = 0
        self.places: list[Where] = []
        self.first: list[Entry] = []

    def entries(self) -> Iterator[Entry]:
        """The rows that can be used."""
        for row in self._rows:
            self.count += 1
            if isinstance(row, Refusal):
                self.refused.append(row)
                continue
            self.remarks.update(row.remarks)
            self.held += bool(row.held)
            self.places += places_of(row)
            if len(self.first) < FIRST:
                self.first.append(row)
            yield row

    def pairs(self) -> list[tuple[Hashable, Hashable]]:
        """Those that may be one meeting twice."""
        return pairs_among(self.places)


def pairs_among(places: Iterable[Where]) -> list[tuple[Hashable, Hashable]]:
    """Those that may be one meeting twice, each pair once. No row is its own twin."""
    return list(dict.fromkeys(pair for pair in find_pairs(places) if pair[0] != pair[1]))


def places_of(entry: Entry) -> Iterator[Where]:
    """When and where it meets, for each of its weekdays."""
    place = None if entry.lat is None or entry.lon is None else (entry.lat, entry.lon)
    street = f"{entry.street} {entry.city}".strip() if entry.street else ""
    for hours in entry.times:
        if hours.weekday is not None and (place or street):
            start = int(hours.start[:2]) * 60 + int(hours.start[3:])
            yield Where(entry.key, hours.weekday, start, place, street)
