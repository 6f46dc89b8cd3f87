"""The cast of groups and conversations, who may ask about hours too."""

from dataclasses import replace
from typing import Any

from holdspace.conversations.tests.cast import Circle, Person, make_network
from holdspace.groups.tests import cast
from holdspace.meetings.times import Times
from holdspace.meetings.verbs import VERBS

cast.VERBS.update({verb.name: verb for verb in VERBS})

__all__ = ["Circle", "Person", "make_network", "weekly"]


def weekly(**other: Any) -> Times:
    """Tuesdays at 18:00 in Berlin, for an hour and a half."""
    return replace(Times("Europe/Berlin", "18:00", 90, weekday=1), **other)
