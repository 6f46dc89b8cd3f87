"""What is said, as JSON: the fields each kind needs (sealing.md, bodies). Unknown fields are ignored.

The server never comes here: it cannot open an envelope.
"""

from collections.abc import Callable

from holdspace.sealing.codec import Json, from_json
from holdspace.sealing.errors import SealError

MAX_TEXT, MAX_PHRASE = 20_000, 80
HELP_WANTED = ("be-with-me", "share-experience", "ideas-welcome", "questions-ok")


def read_body(kind: int, data: bytes) -> Json:
    """The body, or `damaged`; `version` for a kind this release cannot show."""
    body = from_json(data)
    check = _CHECKS.get(kind)
    if check is None:
        raise SealError("version")
    if not (kind in _WITHDRAWABLE and is_gone(body)) and not check(body):
        raise SealError("damaged")
    return body


def is_gone(body: Json) -> bool:
    """Whether its author took the item back; then nothing else in the body counts."""
    return body.get("gone") is True


def _is_share(body: Json) -> bool:
    return _is_text(body.get("t")) and body.get("h") in (None, *HELP_WANTED)


def _is_reply(body: Json) -> bool:
    """A part of a share says what a share does."""
    return _is_share(body) if body.get("part") is True else _is_text(body.get("t"))


def _is_chat(body: Json) -> bool:
    return _is_text(body.get("t"))


def _is_presence(body: Json) -> bool:
    phrase = body.get("t")
    return phrase is None or (_is_text(phrase) and 1 <= len(phrase) <= MAX_PHRASE)


def _is_standing(body: Json) -> bool:
    profiles = body.get("profiles")
    named = isinstance(profiles, dict) and all(map(_is_profile, profiles.values()))
    stands = named and _is_text(body.get("name")) and _is_agreement(body.get("agreement"))
    return stands and _is_place(body.get("place"))


def _is_place(value: object) -> bool:
    """Where a group meets: a place, a link, a phone number, and why it pauses, each only where it is known."""
    if value is None:
        return True
    if not isinstance(value, dict) or not isinstance(value.get("why", {}), dict):
        return False
    words = [value.get(name, "") for name in ("where", "link", "phone")]
    return all(map(_is_text, [*words, *value.get("why", {}).values()]))


def _is_agreement(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    numbered = _is_count(value.get("version")) and _is_count(value.get("model")) and value["model"] <= 2
    return numbered and _is_text(value.get("text"))


def _is_profile(body: object) -> bool:
    return isinstance(body, dict) and _is_text(body.get("n")) and 1 <= len(body["n"]) <= 80


def _is_entry(body: Json) -> bool:
    if body.get("type") != "signature":
        return isinstance(body.get("type"), str)
    known = body.get("of") in ("principles", "agreement")
    return known and _is_count(body.get("version")) and isinstance(body.get("sha256"), str)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MAX_TEXT


def _is_count(value: object) -> bool:
    """A whole number from 1; JSON does not tell 1 from 1.0, so neither do we."""
    if type(value) is not int and type(value) is not float:
        return False
    return 1 <= value < 2**32 and value == int(value)


_WITHDRAWABLE = frozenset({1, 2, 3, 5})
_CHECKS: dict[int, Callable[[Json], bool]] = {
    1: _is_share,
    2: _is_reply,
    3: _is_chat,
    5: _is_presence,
    8: _is_standing,
    9: _is_profile,
    11: _is_entry,
}
