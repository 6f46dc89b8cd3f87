"""What one account may ask of the gateway, on all its connections together (docs/running.md, Settings).

Before a question is looked at at all, so that questions whose answer is no count too. Far above what anybody needs who reads
and writes; below what would slow down everybody else. Kept in memory, in the loop's thread.
"""

from holdspace.live.buckets import Buckets

MINUTE, DAY = 60, 24 * 3600


class Allowance:
    """So many questions a minute, and so many bytes in changes a day."""

    def __init__(self, questions_per_minute: int, bytes_per_day: int) -> None:
        self._most_questions, self._most_bytes = questions_per_minute, bytes_per_day
        self._questions, self._bytes = Buckets(MINUTE), Buckets(DAY)

    def refusal(self, account_id: bytes, change_bytes: int) -> str | None:
        """Count a question, `change_bytes` long if it asks for a change, else 0; the code when it is one too many."""
        if not self._questions.take(account_id, self._most_questions):
            return "too-many"
        if change_bytes and not self._bytes.take(account_id, self._most_bytes, change_bytes):
            return "too-much"
        return None
