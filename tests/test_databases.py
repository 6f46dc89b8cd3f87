"""`DATABASE_URL`: what it may say, and that anything else stops the start without repeating a password."""

from typing import Any

import pytest

from holdspace import databases, env

PLACE = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
PASSWORD = "very%2Fhidden"


def place(url: str) -> tuple[Any, ...]:
    """Where a URL leads."""
    return tuple(databases.postgresql(url)[name] for name in PLACE)


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("postgres://amara:p@db.test:5433/circle", ("circle", "amara", "p", "db.test", "5433")),
        ("postgresql://amara@db.test/circle", ("circle", "amara", "", "db.test", "")),
        ("postgres://a%40b:p%2F%3Aq@[::1]:5432/my%20circle", ("my circle", "a@b", "p/:q", "::1", "5432")),
        ("postgres:///circle?host=/run/pg&port=5433", ("circle", "", "", "/run/pg", "5433")),
        ("postgres://amara@/circle?host=/run/pg", ("circle", "amara", "", "/run/pg", "")),
        ("postgres://amara@%2Frun%2Fpg/circle", ("circle", "amara", "", "/run/pg", "")),
        ("postgres:///circle", ("circle", "", "", "", "")),
    ],
)
def test_a_url_names_a_place(url: str, where: tuple[str, ...]) -> None:
    assert place(url) == where


def test_encryption_of_the_line_may_be_asked_for() -> None:
    options = databases.postgresql("postgres://a@db.test/c?sslmode=verify-full&sslrootcert=/ca.pem")[
        "OPTIONS"
    ]
    assert (options["sslmode"], options["sslrootcert"]) == ("verify-full", "/ca.pem")


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://amara:{PASSWORD}@db.test/circle",
        f"sqlite:///{PASSWORD}",
        PASSWORD,
        f"postgres://amara:{PASSWORD}@db.test",
        f"postgres://amara:{PASSWORD}@db.test/",
        f"postgres://amara:{PASSWORD}@db.test/a/b",
        f"postgres://amara:{PASSWORD}@db.test:none/circle",
        f"postgres://amara:{PASSWORD}@db.test:70000/circle",
        f"postgres://amara:{PASSWORD}@:5432/circle",
        f"postgres://amara:{PASSWORD}@[::1/circle",
        f"postgres://amara:{PASSWORD}@db.test/circle#there",
        f"postgres://amara:{PASSWORD}@db.test/circle?options=-csynchronous_commit%3Doff",
        f"postgres://amara:{PASSWORD}@db.test/circle?sslmode",
        f"postgres://amara:{PASSWORD}@db.test/circle?host=/run/pg",
        f"postgres://amara:{PASSWORD}@/circle?host=/a&host=/b",
        f"postgres://amara:{PASSWORD}@/circle?port=none",
    ],
)
def test_anything_else_stops_the_start_and_repeats_no_password(url: str) -> None:
    with pytest.raises(SystemExit, match="DATABASE_URL should look like") as stopped:
        databases.postgresql(url)
    assert "hidden" not in str(stopped.value)


def test_the_url_may_stand_in_a_file(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "url").write_text("postgres:///circle\n")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "url"))
    assert env.text_or_file("DATABASE_URL") == "postgres:///circle"
    monkeypatch.setenv("DATABASE_URL", "postgres:///other")
    with pytest.raises(SystemExit, match="both set"):
        env.text_or_file("DATABASE_URL")
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "nothing"))
    with pytest.raises(SystemExit, match="can't be read"):
        env.text_or_file("DATABASE_URL")
