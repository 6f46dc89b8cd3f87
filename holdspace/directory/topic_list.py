"""What groups are about: our own list with names, other words for them, and the terms of Open Eligibility (data/topics.json)."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from holdspace.directory.folding import key_of

_FILE = Path(__file__).parent / "data" / "topics.json"


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. `number` is what the database keeps; `also` are other words people use for it."""

    number: int
    id: str
    names: dict[str, str]
    also: tuple[str, ...]
    open_eligibility: tuple[str, ...]

    def name(self, language: str) -> str:
        """Its name in a language, else in English."""
        return self.names.get(language.partition("-")[0], self.names["en"])

    def words(self) -> str:
        """Everything it is called."""
        return " ".join((*self.names.values(), *self.also))


@cache
def topics() -> dict[str, Topic]:
    """Every topic by its id."""
    rows = json.loads(_FILE.read_text(encoding="utf-8"))["topics"]
    found = (
        Topic(
            row["number"],
            row["id"],
            {"en": row["en"], "ar": row["ar"]},
            tuple(row["also"]),
            tuple(row["open_eligibility"]),
        )
        for row in rows
    )
    return {topic.id: topic for topic in found}


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for topic in topics().values():
        for name in {key_of(each) for each in (topic.id, *topic.names.values(), *topic.also)}:
            found[name] = (*found.get(name, ()), topic.id)
    return found


def ids_of(text: str) -> tuple[str, ...]:
    """The topics a name, another word or an id stands for; often none."""
    return _by_name().get(key_of(text), ())


def ids_of_open_eligibility(term: str) -> tuple[str, ...]:
    """The topics that a term of Open Eligibility, by its id, may mean."""
    return tuple(topic.id for topic in topics().values() if term in topic.open_eligibility)


def number_of(topic_id: str) -> int | None:
    """The number of a topic, or None."""
    topic = topics().get(topic_id)
    return topic.number if topic else None
