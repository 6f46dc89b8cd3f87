"""What the form offers to choose from, and what of it is chosen."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django.forms import Form
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language

from holdspace.directory import languages, offer, queries, showing
from holdspace.directory.topic_list import topics

Choice = tuple[str, Any, bool]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KILOMETRES = (5, 10, 25, 50, 100, 200)
_PARTS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def of(said: QueryDict) -> dict[str, list[Choice]]:
    """(value, name, whether it is chosen) for each field that is chosen from."""
    spoken = [(code, languages.name_of(code)) for code in map(languages.code_of, queries.languages_there())]
    offered: dict[str, list[tuple[str, Any]]] = {
        "topic": topics_by_name(),
        "language": sorted(spoken, key=lambda pair: pair[1]),
        "days": [(day, WEEKDAYS[number]) for number, day in enumerate(DAYS)],
        "tz": list(zones()),
        "km": [(str(km), km) for km in KILOMETRES],
        "access": list(showing.ACCESS_NAMES.items()),
        "openness": list(showing.OPENNESS_NAMES.items()),
        "structure": list(showing.STRUCTURE_NAMES.items()),
    }
    return {
        name: [(*each, _is_chosen(said, name, each[0])) for each in pairs] for name, pairs in offered.items()
    }


def of_offer(form: Form) -> dict[str, Any]:
    """The same for what a group says of itself. Topics and languages have three boxes each, of which some stay empty."""
    one = {
        "access": list(showing.ACCESS_NAMES.items()),
        "openness": list(offer.OPENNESS.items()),
        "cost": list(showing.COST_NAMES.items()),
        "structure": list(showing.STRUCTURE_NAMES.items()),
        "size": list(offer.SIZES.items()),
        "places": list(offer.PLACES.items()),
    }
    found: dict[str, Any] = {
        name: [(*pair, pair[0] in _said(form, name)) for pair in pairs] for name, pairs in one.items()
    }
    return found | {
        "topics": _boxes(form, "topics", topics_by_name()),
        "languages": _boxes(form, "languages", every_language()),
    }


def _said(form: Form, name: str) -> list[str]:
    value = form[name].value()
    return [value] if isinstance(value, str) else list(value or ())


def _boxes(form: Form, name: str, pairs: Sequence[tuple[str, Any]]) -> list[list[Choice]]:
    """A box for each thing that was chosen, and empty ones up to three."""
    chosen = [each for each in _said(form, name) if each] or [""]
    chosen += [""] * (3 - len(chosen))
    return [[(*pair, pair[0] == one) for pair in pairs] for one in chosen]


def topics_by_name() -> list[tuple[str, str]]:
    """Every topic, by its name in the reader's language."""
    tongue = get_language() or "en"
    named = ((topic.id, topic.name(tongue)) for topic in topics().values())
    return sorted(named, key=lambda pair: pair[1].casefold())


@cache
def every_language() -> tuple[tuple[str, str], ...]:
    """Languages with a name, by what they call themselves."""
    return tuple((code, languages.name_of(code)) for code in languages.all_codes())


@cache
def zones() -> tuple[tuple[str, str], ...]:
    """Zones that are named after a town, by that town."""
    named = (zone for zone in available_timezones() if zone.partition("/")[0] in _PARTS)
    return tuple(sorted(((zone, _named(zone)) for zone in named), key=lambda pair: pair[1]))


def _named(zone: str) -> str:
    part = zone.partition("/")[0]
    return f"{showing.place_of(zone)} ({part})"


def _is_chosen(said: QueryDict, name: str, value: str) -> bool:
    values = said.getlist(name)
    if name == "km":
        # A button under the map says it once more, after the form.
        return value == ((values or [""])[-1] or "25")
    return value in values
