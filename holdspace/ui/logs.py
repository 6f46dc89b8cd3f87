"""Logs hold no words of people: where in the code something happened, what kind it was, and ids. Never what it was about."""

import logging
import re
import traceback
from typing import Any

_QUERY = re.compile(r"\?\S*")
# Addresses that are keys: of a calendar, of a reset, of a first visit.
_SECRET = re.compile(r"(/(?:calendar|reset|setup)/)\S+")


class WithoutWords(logging.Filter):
    """Cuts an address in a line before its query, and before what in it is secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the line pass, shortened."""
        record.msg, record.args = _SECRET.sub(r"\1...", _QUERY.sub("?...", record.getMessage())), None
        return True


class Plain(logging.Formatter):
    """A trace without the exceptions' own text: a value from somebody's request may stand in it."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 (logging's name)
        """Files, lines and the kinds of the exceptions."""
        lines = []
        trouble: BaseException | None = ei[1]
        while trouble is not None:
            for frame in traceback.extract_tb(trouble.__traceback__):
                lines.append(f"  {frame.filename}:{frame.lineno} in {frame.name}")
            lines.append(f"{type(trouble).__module__}.{type(trouble).__qualname__}")
            trouble = trouble.__cause__ or (None if trouble.__suppress_context__ else trouble.__context__)
        return "\n".join(lines)
