"""Languages as numbers, for an index: a code of two or three letters ("pt-br" counts as "pt") and back. 0 is not known."""

from django.conf.locale import LANG_INFO

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def number_of(code: str) -> int:
    """The number of a language's code, 0 when it is none."""
    primary = code.lower().replace("_", "-").partition("-")[0]
    if len(primary) not in (2, 3) or not set(primary) <= set(_LETTERS):
        return 0
    number = 0
    for letter in primary:
        number = number * 27 + _LETTERS.index(letter) + 1
    return number


def code_of(number: int) -> str:
    """The code of a number."""
    code = ""
    while number:
        number, letter = divmod(number, 27)
        code = _LETTERS[letter - 1] + code
    return code


def name_of(code: str) -> str:
    """What a language calls itself, or its code."""
    found = LANG_INFO.get(code.lower()) or LANG_INFO.get(code.partition("-")[0].lower()) or {}
    return str(found.get("name_local") or code).capitalize()


def all_codes() -> list[str]:
    """Every language we know a name of, by what it calls itself."""
    return sorted({code.partition("-")[0] for code in LANG_INFO}, key=lambda code: name_of(code).casefold())
