"""`holdspace directory import`: a report that adds up, and nothing lost by a bad day of a source."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from holdspace.console import main, parser
from holdspace.directory import formats, queries
from holdspace.directory.formats.types import PROGRAMS
from holdspace.directory.models import Listing

NA = settings.BASE / "tests" / "data" / "na-meetings-2672.lgv.json.gz"
pytestmark = pytest.mark.django_db


def write(folder: Path, rows: list[dict[str, object]]) -> str:
    """A Meeting Guide feed in a file."""
    path = folder / "feed.json"
    path.write_text(json.dumps(rows))
    return str(path)


def row(number: int, **other: object) -> dict[str, object]:
    """One meeting."""
    return {
        "name": f"Group {number}",
        "slug": f"g-{number}",
        "day": 1,
        "time": "19:00",
        "timezone": "Europe/London",
        **other,
    }


def run(file: str, *other: str) -> int:
    """Import a feed of AA."""
    return main(
        [
            "directory",
            "import",
            file,
            "--format",
            "meeting-guide",
            "--source",
            "aa-here",
            "--program",
            "aa",
            *other,
        ]
    )


def test_the_2672_real_meetings_come_in_once(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["directory", "import", str(NA), "--format", "lgv", "--source", "na", "--program", "na"]
    assert main(words) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "2,672 rows: 2,672 new, 0 changed, 0 the same, 0 refused."
    assert any(
        line.startswith("Words that may lead to a member, which wait for a coordinator: 1") for line in said
    )
    assert "  100-4421 and 100-5973" in said
    assert queries.how_many() == 2672
    assert main(words) == 0
    assert (
        capsys.readouterr().out.splitlines()[0] == "2,672 rows: 0 new, 0 changed, 2,672 the same, 0 refused."
    )


def test_every_row_is_in_the_report_and_each_wrong_one_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(write(tmp_path, [row(1), row(2, day=9), row(3), row(3)])) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "4 rows: 2 new, 0 changed, 0 the same, 2 refused."
    assert "Row 2 (g-2): Its day is none of the seven of a week." in said
    assert any(line.startswith("g-3: ") for line in said)


def test_a_rehearsal_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(write(tmp_path, [row(1)]), "--dry-run") == 0
    assert "Nothing was written." in capsys.readouterr().out
    assert not Listing.objects.exists()


def test_a_short_list_takes_nothing_away_unless_that_is_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(write(tmp_path, [row(number) for number in range(10)]))
    short = write(tmp_path, [row(number) for number in range(3)])
    assert run(short) == 1
    assert "say --accept-shrink" in capsys.readouterr().out
    assert queries.how_many() == 10
    assert run(short, "--part") == 0
    assert queries.how_many() == 10
    assert run(short, "--accept-shrink") == 0
    assert queries.how_many() == 3
    assert Listing.objects.count() == 10


def test_a_list_that_is_none_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(write(tmp_path, [row(1)]))
    page = tmp_path / "page.html"
    page.write_text("<html>Not found</html>")
    assert run(str(page)) == 1
    assert capsys.readouterr().err == "This is a web page and not a list of meetings. Nothing was read.\n"
    assert queries.how_many() == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--source", "A B"], "A source is named with small letters"),
        (["--program", "none"], "We know no program of that name."),
        (["--program", ""], "Say with --program whose list this is."),
        (["--zone", "Mars/Base"], "We know no time zone of that name."),
    ],
)
def test_what_was_not_said_well_is_asked_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    assert run(write(tmp_path, [row(1)]), *words) == 1
    assert capsys.readouterr().err.startswith(sentence)
    assert not Listing.objects.exists()


def test_a_folder_of_tables_is_one_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "services.csv").write_text("id,name,status,organization_id\ns1,Grief group,active,o1\n")
    (tmp_path / "organizations.csv").write_text("id,name\no1,Host\n")
    (tmp_path / "locations.csv").write_text("id,name,latitude,longitude\nl1,Hall,51.5,-0.1\n")
    (tmp_path / "service_at_location.csv").write_text("id,service_id,location_id\nx,s1,l1\n")
    (tmp_path / "regular_schedules.csv").write_text(
        "id,service_id,weekday,opens_at,closes_at\n1,s1,Monday,19:00,20:30\n2,s1,Tuesday,9am,10am\n"
    )
    assert main(["directory", "import", str(tmp_path), "--format", "hsds", "--source", "here"]) == 0
    assert capsys.readouterr().out.startswith("1 rows: 1 new")
    entry = Listing.objects.get().entry()
    assert (entry.host, entry.venue, [times.start for times in entry.times]) == (
        "Host",
        "Hall",
        ["19:00", "09:00"],
    )
    assert entry.times[0].zone == "Europe/London"


def test_the_console_knows_every_format_there_is_a_reader_for() -> None:
    for form in formats.READERS:
        parser().parse_args(["directory", "import", "x", "--format", form, "--source", "s"])
    assert len(PROGRAMS) == 27
