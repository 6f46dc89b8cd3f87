"""Words as they are compared: small, without accents, in plain letters."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
# Letters that Unicode doesn't take apart, as people type them who haven't got them.
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"}
)
_APOSTROPHES = re.compile("['\u2019\u02bb]")


def fold(text: str) -> str:
    """Small letters without marks: "Zürich" and "zurich" are one."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order. "don't" is "dont"."""
    return _WORD.findall(_APOSTROPHES.sub("", fold(text)))


def key_of(text: str) -> str:
    """A name as one looks it up."""
    return " ".join(words_of(text))


def is_near(one: str, other: str) -> bool:
    """Whether two words differ by one slip of the finger, or two where both are long: a letter more, less, other, or swapped."""
    most = 1 if min(len(one), len(other)) < 7 else 2
    if min(len(one), len(other)) <= 3 or abs(len(one) - len(other)) > most:
        return False
    # A slip changes two letters of a word at most. What has more that the other lacks need not be looked at slowly.
    return len(set(one) ^ set(other)) <= 2 * most and distance(one, other, most) <= most


def distance(one: str, other: str, most: int) -> int:
    """How many slips lie between two words (Damerau and Levenshtein, neighbours swapped once); above `most` it is not exact."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row = row, [i]
        for j, b in enumerate(other, 1):
            steps = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                steps = min(steps, before[j - 2] + 1)
            row.append(steps)
        if min(row) > most:
            return most + 1
        before = last
    return row[-1]
