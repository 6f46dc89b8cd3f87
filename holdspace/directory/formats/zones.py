"""Time zones of rows: the one they name, if it is one; else the one of the place they are at."""

from functools import lru_cache
from zoneinfo import available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON
from tzfpy import get_tz


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(zone for zone in available_timezones() if "/" in zone or zone == "UTC")


@lru_cache(maxsize=4096)
def known_zone(written: str) -> str:
    """The IANA name of a zone as a feed wrote it (a Windows name will do), or "" when there is no such zone."""
    name = written.strip().strip('"')
    name = WINDOWS_TO_OLSON.get(name, name)
    if name in _known():
        return name
    # Outlook and older programs write "/freeassociation.sourceforge.net/Europe/Berlin".
    tail = "/".join(name.split("/")[-2:])
    return tail if tail in _known() else ""


@lru_cache(maxsize=65536)
def zone_at(latitude: float, longitude: float) -> str:
    """The zone of a place on land or at sea, offline."""
    return known_zone(get_tz(longitude, latitude))


def place_of(latitude: object, longitude: object) -> tuple[float, float] | None:
    """Both numbers, or None when one is missing, beyond the globe or both are nought (a map's way to say "unknown")."""
    try:
        found = float(str(latitude)), float(str(longitude))
    except ValueError:
        return None
    # Written so that "nan" falls through.
    inside = -90 <= found[0] <= 90 and -180 <= found[1] <= 180
    return found if inside and found != (0.0, 0.0) else None
