"""Words of strangers as plain text: no markup, no control characters, no tricks of direction, and not without end."""

import re
import unicodedata
from html import unescape

MOST = 4_000  # characters of one field; a note is a note
_READ_AT_MOST = 20_000  # of one field, before markup is taken out
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n\s*")
_MARKUP = re.compile(r"<[a-zA-Z/!?]|&[#\w]+;")
# Each runs to the end when nothing closes it, so that none is looked at twice: html.parser takes seconds for a field full of "<a ".
_SILENT = re.compile(
    r"<(script|style|template|iframe|object|svg|head|title|noscript)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>",
    re.I | re.S,
)
_BREAKS = re.compile(r"</?(?:p|br|div|li|ul|ol|tr|table|h[1-6]|blockquote)\b[^<>]*>?", re.I)
_TAGS = re.compile(r"<[a-zA-Z/!?][^<>]*>?")


def plain(written: object, most: int = MOST) -> str:
    """One field as plain text of at most so many characters. Lists, objects and nothing are no words: ""."""
    if not isinstance(written, (str, int, float)) or isinstance(written, bool):
        return ""
    words = str(written)[:_READ_AT_MOST]
    if words.isascii() and words.isprintable() and not _MARKUP.search(words):
        return _cut(" ".join(words.split()), most)
    words = _LINES.sub("\n", _SPACES.sub(" ", _visible(_without_markup(words))))
    return _cut(words.strip(), most)


def line(written: object, most: int = 200) -> str:
    """The same on one line: for names and addresses."""
    return _cut(" ".join(plain(written).split()), most)


def _without_markup(words: str) -> str:
    # Twice, since what was escaped twice is markup for whoever unescapes once more.
    for _ in range(2):
        if not _MARKUP.search(words):
            break
        words = _text_of(words)
    return words


def _text_of(markup: str) -> str:
    words = _BREAKS.sub("\n", _SILENT.sub("", markup))
    return unescape(_TAGS.sub("", words))


def _visible(words: str) -> str:
    """Without control and format characters (except joiners, which scripts need) and halves of surrogate pairs."""
    return "".join(_kept(letter) for letter in words.replace("\r\n", "\n").replace("\r", "\n"))


def _kept(letter: str) -> str:
    if letter in "\n\u200c\u200d":
        return letter
    kind = unicodedata.category(letter)
    if kind in ("Zl", "Zp", "Cc"):
        return "\n" if kind != "Cc" else " "
    return "\ufffd" if kind == "Cs" else "" if kind == "Cf" else letter


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def slug_of(written: object, most: int = 64) -> str:
    """A name that may stand in an address: letters, figures and dashes."""
    folded = unicodedata.normalize("NFKD", plain(written)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:most].rstrip("-")
