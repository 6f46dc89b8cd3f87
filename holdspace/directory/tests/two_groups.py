"""Two groups to look for, in Berlin and online from New York, and how they are looked for."""

from datetime import UTC, datetime
from typing import Any

from django.test import Client
from freezegun import freeze_time

from holdspace.directory.entry import Entry
from holdspace.meetings.times import Times

NOW = "2026-10-20 12:00"
BERLIN = Entry(
    "hat", "b", "Lantern circle", host="Helping Hands", topics=("grief",), languages=("de",), in_person=True,
    venue="Old school", city="Berlin", lat=52.52, lon=13.40, openness="open", cost="free", access=("step_free",),
    confirmed=datetime(2026, 9, 1, tzinfo=UTC), link="https://meet.example/secret",
    times=(Times("Europe/Berlin", "18:00", 90, weekday=1),),
)  # fmt: skip
NEW_YORK = Entry(
    "hat", "n", "Evening line", topics=("anxiety",), languages=("en",), online=True,
    times=(Times("America/New_York", "13:00", 60, weekday=2),),
)  # fmt: skip


def found(client: Client, **said: Any) -> str:
    """The page after a search by form."""
    with freeze_time(NOW):
        answer = client.post("/find/", said)
    assert answer.status_code == 200
    return answer.content.decode()


def told(client: Client, query: str) -> Any:
    """What a program is told."""
    with freeze_time(NOW):
        return client.get(f"/find.json?{query}").json()


def names(client: Client, query: str) -> list[str]:
    """The groups a program is told of."""
    return [row["name"] for row in told(client, query)["results"]]
