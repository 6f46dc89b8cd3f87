"""An address on one line, taken apart: "2634 Union Ave, San Jose, CA 95124, USA"."""

import re
from dataclasses import dataclass

from holdspace.directory.formats.rows import country_of
from holdspace.directory.formats.words import line

_REGION_AND_CODE = re.compile(
    r"([A-Za-zÀ-ž .]{2,30}?)?\s*([A-Z]{0,2}[\d][A-Z\d -]{2,9}|[A-Z]\d[A-Z] ?\d[A-Z]\d)?"
)


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address; each may be missing."""

    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""


def address_of(written: object) -> Address:
    """The parts, as far as commas tell them. What can't be told stays in the street."""
    parts = [part for piece in line(written, 300).split(",") if (part := piece.strip())]
    country = country_of(parts[-1]) if len(parts) > 1 and not _is_state(parts) else ""
    if country:
        parts.pop()
    region = code = ""
    if len(parts) > 1 and (found := _REGION_AND_CODE.fullmatch(parts[-1])) and (len(parts) > 2 or found[2]):
        region, code = (found[1] or "").strip(), found[2] or ""
        parts.pop()
    city = parts.pop() if len(parts) > 1 or (parts and not any(sign.isdigit() for sign in parts[0])) else ""
    return Address(", ".join(parts), city, region, code, country)


def _is_state(parts: list[str]) -> bool:
    # Two letters at the end are a state ("Tupelo, MS") unless a state with its code stands before ("..., CA 95124, US").
    return len(parts[-1]) == 2 and not any(sign.isdigit() for sign in parts[-2])
