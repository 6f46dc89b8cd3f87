"""Whoever waits for answers: a WebSocket or one HTTP request."""

from abc import ABC, abstractmethod

from holdspace.live import frames
from holdspace.live.sentences import sentence


class Asker(ABC):
    """A signed-in account at the other end of a connection, or nobody (`account_id` None: every answer is no)."""

    def __init__(self, account_id: bytes | None, language: str) -> None:
        self.account_id = account_id
        self.language = language
        self.open_questions = 0

    def asked(self, count: int) -> None:
        """Remember how many answers are owed."""
        self.open_questions += count

    def refusal(self, ref: int, code: str) -> bytes:
        """A no in this asker's language. Safe in any thread."""
        return frames.refusal(ref, code, sentence(code, self.language))

    @abstractmethod
    def answer(self, frame: bytes, count: int = 1) -> None:
        """Take owed answers, `count` frames one after the other. Only in the loop's thread."""
