"""Groups and askers out of a hat: in the towns of the world by how many people live there, at the hours groups have.

Most meet weekly, a third have two topics, words are few and very common: what is hardest for an index.
"""

from bisect import bisect
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from itertools import accumulate
from random import Random  # noqa: TID251 (the same groups each time)
from typing import Any, NamedTuple

_TONGUES = "en es pt fr ar de hi zh ru ja it nl tr pl sw vi ko uk fa ro"
_WORDS = "circle hope morning light serenity river open door together listening quiet saturday women men young newcomers home garden"
_SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve wi xo yu za ki lo mu ra"
TONGUES, WORDS, _SOUNDS = _TONGUES.split(), _WORDS.split(), _SYLLABLES.split()
# Five thousand more, each rarer than the one before.
RARER = ["".join(_SOUNDS[number // 20**place % 20] for place in (0, 1, 2)) + "n" for number in range(5000)]


def tonight() -> datetime:
    """The next time it is 19:00 in UTC, when most groups of Europe and Africa are on."""
    now = datetime.now(UTC)
    today = now.replace(hour=19, minute=0, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)


class Town(NamedTuple):
    """Where a group or an asker is."""

    name: str
    lat: float
    lon: float
    zone: str


class World:
    """Dice, towns by their people, topics and tongues by how common they are."""

    def __init__(self, towns: list[tuple[Any, ...]], topics: list[str], throw: int = 0) -> None:
        self.dice = Random(throw)  # noqa: S311
        self._towns = [Town(*row[:4]) for row in towns]
        self._people = list(accumulate(row[4] for row in towns))
        self.topics = topics
        self.common = [1 / (rank + 1) for rank in range(len(RARER))]

    def town(self) -> Town:
        """One, by its people."""
        return self._towns[bisect(self._people, self.dice.random() * self._people[-1])]

    def some(self, of: Any, most: int) -> tuple[str, ...]:
        """One of a list, the first ones more often; or two."""
        many = 2 if most > 1 and self.dice.random() < 0.35 else 1
        return tuple(dict.fromkeys(self.dice.choices(of, self.common[: len(of)], k=many)))


def groups(world: World, first: int, how_many: int) -> Iterator[Any]:
    """Entries out of the hat, numbered from the first on."""
    from holdspace.directory.entry import Entry
    from holdspace.directory.marks import ACCESS

    dice = world.dice
    for number in range(first, first + how_many):
        town, mode = world.town(), dice.random()
        yield Entry(
            "bench", str(number), " ".join(dice.sample(WORDS, 3)).capitalize(),
            notes=" ".join([*dice.choices(WORDS, k=6), *dice.choices(RARER, world.common, k=3)]), topics=world.some(world.topics, 2),
            languages=world.some(TONGUES, 1), in_person=mode < 0.7, online=mode > 0.55, city=town.name,
            lat=min(90.0, town.lat + dice.gauss(0, 0.05)), lon=(town.lon + dice.gauss(0, 0.05) + 180) % 360 - 180,
            access=tuple(dice.sample(sorted(ACCESS), dice.choice([0, 1, 3]))), times=(_hours(dice, town.zone),),
        )  # fmt: skip


def _hours(dice: Random, zone: str) -> Any:
    from holdspace.meetings.times import Times

    day = date(2026, 11, 2) + timedelta(days=dice.randrange(7))
    rhythm = dice.random()
    every = "nth" if rhythm > 0.96 else "week"
    return Times(
        zone, f"{dice.choice([7, 12, 17, 18, 19, 19, 20]):02}:{dice.choice([0, 30]):02}", dice.choice([60, 90]),
        every, day.weekday(), 2 if 0.93 < rhythm <= 0.96 else 1, day, nth=(dice.choice([1, 2, 3, 4, -1]),),
    )  # fmt: skip


def questions(world: World) -> dict[str, Callable[[], Any]]:
    """The classes of questions, each made anew for each asker."""
    from holdspace.directory.marks import ACCESS, MODES
    from holdspace.directory.search import Near, Query
    from holdspace.directory.windows import Hours

    online = (MODES["online"] | MODES["phone"],)

    def evening(*days: int) -> Any:
        return Hours(world.town().zone, frozenset(days), clock(18), clock(22))

    def topic() -> tuple[str, ...]:
        return world.some(world.topics, 1)

    def near(km: float) -> Any:
        town = world.town()
        return Near(town.lat, town.lon, km)

    def tongue() -> str:
        return world.some(TONGUES, 1)[0]

    day = world.dice.randrange
    return {
        "soonest online": lambda: Query(some=online),
        "topic, language, online, an evening of mine": lambda: Query(topic(), tongue(), 0, online, hours=evening(day(7))),
        "topic, language, online": lambda: Query(topic(), tongue(), 0, online),
        "language, evenings from Monday to Friday": lambda: Query(language=tongue(), hours=evening(0, 1, 2, 3, 4)),
        "common topic, rare language, two needs": lambda: Query(
            tuple(world.topics[:1]), TONGUES[-1], ACCESS["step_free"] | ACCESS["captions"]
        ),
        "topic within 25 km, soonest": lambda: Query(topic(), near=near(25)),
        "topic within 100 km, an evening, nearest": lambda: Query(topic(), near=near(100), hours=evening(day(7)), nearest=True),
        "any topic within 25 km, an evening, nearest": lambda: Query(near=near(25), hours=evening(day(7)), nearest=True),
        "any topic within 25 km, nearest": lambda: Query(near=near(25), nearest=True),
        "nearest, however far": lambda: Query(near=near(0), nearest=True),
        "one common word": lambda: Query(words=world.dice.choice(WORDS)),
        "one rarer word": lambda: Query(words=world.dice.choice(RARER[:500])),
        "a rarer word, online, evenings": lambda: Query(some=online, words=world.dice.choice(RARER[:500]), hours=evening(0, 1, 2, 3, 4)),
        "two common words, online": lambda: Query(some=online, words=" ".join(world.dice.sample(WORDS, 2))),
        "a topic's word and a town": lambda: Query(words=f"{world.topics[day(9)]} {world.town().name}"),
        "word, topic, language, online": lambda: Query(topic(), tongue(), 0, online, words=world.dice.choice(WORDS)),
        "word within 25 km": lambda: Query(near=near(25), words=world.dice.choice(WORDS)),
        "a beginning of a word, online": lambda: Query(some=online, words=world.dice.choice(WORDS)[:4]),
        "a slip in a word": lambda: Query(words=world.dice.choice(("serinity", "mornign", "listning", "togther"))),
        "nothing fits": lambda: Query(tuple(world.topics[-1:]), near=Near(-60.0, -100.0, 50)),
    }  # fmt: skip
