"""The committed file is what the script writes."""

from tests.vectors import make


def test_the_vector_file_is_what_the_script_writes() -> None:
    assert make.FILE.read_text("ascii") == make.written()
