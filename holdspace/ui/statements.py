"""Statements by hand, for what is asked at every visit: straight to the driver, and several at once where the database is another process.

Errors stay Django's. What Django puts around each statement (a cursor, two wrappers, another spelling) costs more than a short
statement does, and PostgreSQL is waited for once instead of once a statement.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections

Row = tuple[Any, ...]
T = TypeVar("T")


class Question(NamedTuple, Generic[T]):
    """A statement, its values, and what its rows mean."""

    sql: str
    values: list[Any]
    read: Callable[[list[Row]], T]


def rows(sql: str, values: list[Any]) -> list[Row]:
    """All rows of one statement. It has no percent sign but for the places of its values."""
    # This thread's own: `connection` looks it up again at each word.
    line = connections[DEFAULT_DB_ALIAS]
    if line.queries_logged:
        # Somebody counts them.
        with line.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())
    line.ensure_connection()
    with line.wrap_database_errors:
        found: list[Row] = line.connection.execute(_as_spelt(sql), values).fetchall()
        return found


def ask(question: Question[T]) -> T:
    """One answer."""
    return question.read(rows(question.sql, question.values))


def ask_together(*questions: Question[Any]) -> list[Any]:
    """The answers, in order. Each knows at least what the one before it knew."""
    if connection.vendor != "postgresql" or connection.queries_logged:
        return [ask(question) for question in questions]
    connection.ensure_connection()
    line = connection.connection
    with connection.wrap_database_errors, line.pipeline():
        cursors = [line.execute(question.sql, question.values) for question in questions]
        return [question.read(cursor.fetchall()) for question, cursor in zip(questions, cursors, strict=True)]


@cache
def _as_spelt(sql: str) -> str:
    return sql.replace("%s", "?") if connection.vendor == "sqlite" else sql
