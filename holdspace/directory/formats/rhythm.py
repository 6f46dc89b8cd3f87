"""Wording about weeks in a note: "2nd and 4th only", "last Friday speaker", "every other Thursday".

A quarter of real notes hold some. Weekly formats have no field for it, so the words are offered: as a rule when they say
when the group meets, as a note when they say what it does on which day. A person decides; nobody's calendar is changed by a guess.
"""

import re
from typing import Literal

Kind = Literal["rule", "note"]

_NTH = (
    r"(?:1st|2nd|3rd|4th|5th|first|second|third|thrid|fourth|fifth|last|primer|segundo|tercer|cuarto|último)"
)
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_WEEK = rf"(?:{_DAY}|we?ee?ks?|wks?\b|day|lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
_LISTED = rf"{_NTH}(?:\s*(?:,|&|and|or|/|y)\s*{_NTH})*"
_WORDING = re.compile(
    rf"\b(?:{_LISTED}\s*(?:{_WEEK})\b|every (?:other|second|third|two|three|2|3|2nd|3rd|last)\b|alternat(?:e|ing)\b(?:\W+\w+)?|bi-?weekly|"
    rf"(?:once|twice) a month|(?:monthly|fortnightly)\b|of (?:the|each|every|fhe|the ?) ?month\b|{_LISTED}\s*-\s*\w+|"
    rf"{_NTH}\s*(?:,|&|and|or|/|y)\s*{_NTH}\b|(?:odd|even) weeks?|\d(?:/\d)+ {_DAY}|week(?:s)? \d\b|\d(?:, ?\d)+ ?(?:&|and) ?\d weeks?|{_LISTED} \d weeks?)",
    re.I,
)
_RULE = re.compile(
    rf"(?:^\W*|(?<=- )(?=meets))(?:(?:only |group |this (?:group|meeting) )?meets?(?: only)?(?: on)?(?: at [\d:apm. ]+)?(?: on)?(?: the| every)?\s+)?(?:{_LISTED}\s+{_DAY}|"
    rf"every other {_DAY}|every (?:two|2|three|3|second|third) weeks|bi-?weekly|monthly|fortnightly)"
    r"(?:\s+(?:of|in)? ?(?:the|each|every)? ?month| each month| every month)?(?:\s+only)?\b"
    r"(?=\W*$|\W*\(|\s*[,;.])|\b(?:only meets|meets only|month only|"
    rf"{_DAY} only)\b",
    re.I,
)


def wording(words: str) -> Kind | None:
    """Whether a note speaks of weeks of the month, and whether that is about when the group meets."""
    if not _WORDING.search(words):
        return None
    return "rule" if _RULE.search(words) else "note"
