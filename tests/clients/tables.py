"""HSDS as a tabular data package: services as our API gives them, taken apart into the tables that the standard's own package describes."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Row = dict[str, Any]
# What a list of things is called in JSON, and the table one of them belongs to.
TABLES = {
    "languages": "language",
    "service_at_locations": "service_at_location",
    "schedules": "schedule",
    "addresses": "address",
    "accessibility": "accessibility",
    "attributes": "attribute",
    "phones": "phone",
}


class Tables:
    """Rows by table. A name that the standard does not know is an error."""

    def __init__(self, package: Path) -> None:
        self._package = json.loads(package.read_text())
        self._fields = {
            each["name"]: [field["name"] for field in each["schema"]["fields"]]
            for each in self._package["resources"]
        }
        self.rows: dict[str, dict[str, Row]] = {name: {} for name in self._fields}

    def take(self, table: str, things: Iterable[Row], **whose: str) -> None:
        """Things of one table, and all that stands in them."""
        for thing in things:
            row = {name: value for name, value in whose.items() if name in self._fields[table]}
            for name, value in thing.items():
                if isinstance(value, list):
                    self.take(TABLES[name], value, **{f"{table}_id": thing["id"]})
                elif isinstance(value, dict):
                    self.take(name, [value])
                    row[f"{name}_id"] = value["id"]
                else:
                    row[name] = value
            assert set(row) <= set(self._fields[table]), (table, row)
            self.rows[table][row["id"]] = row

    def write(self, folder: Path) -> Path:
        """The package with a file for each table; where it lies."""
        for each in self._package["resources"]:
            fields = self._fields[each["name"]]
            with (folder / each["path"]).open("w", newline="") as file:
                out = csv.DictWriter(file, fields)
                out.writeheader()
                out.writerows(self.rows[each["name"]].values())
        (folder / "datapackage.json").write_text(json.dumps(self._package))
        return folder / "datapackage.json"
