"""A refusal: something did not happen, for a reason a person can read. Raised by actions, answered in one place.

The codes and their English sentences are `sealing.errors.SENTENCES`, the only list there is.
"""

from django.utils.translation import gettext

from holdspace.sealing.errors import SENTENCES

# What HTTP calls it. Everything else is 422: understood, and not done.
STATUS = {
    "format": 400,
    "malformed": 400,
    "signed-out": 401,
    "wrong-key": 403,
    "wrong-code": 403,
    "no-device": 404,
    "foreign-origin": 403,
    "not-found": 404,
    "log-invite": 404,
    "stale": 409,
    "exists": 409,
    "not-set-up": 409,
    "name-taken": 409,
    "too-large": 413,
    "locked": 423,
    "too-many": 429,
    "disk-full": 507,
}


class Refused(Exception):
    """An outcome, not a fault: `code` for programs, `sentence` for people in their language, seconds to `wait`, if any."""

    def __init__(self, code: str, sentence: str = "", wait: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.wait = wait
        self._sentence = sentence

    @property
    def sentence(self) -> str:
        """The sentence given, or the code's own."""
        return self._sentence or sentence_of(self.code)


def sentence_of(code: str) -> str:
    """The sentence of `code` in the reader's language."""
    return gettext(SENTENCES[code]) if SENTENCES.get(code) else ""


def status_of(code: str) -> int:
    """The HTTP status of `code`."""
    return STATUS.get(code, 422)
