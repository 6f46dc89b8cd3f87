"""Where a demo may not be made."""

from pathlib import Path

import pytest
from django.test import override_settings

from holdspace.ops import demonstration, first_visit
from holdspace.ops.trouble import Trouble


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url", ["", "postgres://somebody:secret@nowhere/ours"], ids=["a folder", "PostgreSQL"]
)
def test_a_network_that_is_no_demo_is_named_by_where_it_is(url: str, tmp_path: Path) -> None:
    first_visit.set_up_network("Ours", "en", "chidi", tmp_path / "sheet")
    with override_settings(DATA=tmp_path, DATABASE_URL=url), pytest.raises(Trouble) as told:
        demonstration.prepare(0, 60)
    where, way = (
        ("The database of DATABASE_URL", "DATABASE_URL.") if url else (str(tmp_path), "HOLDSPACE_DATA.")
    )
    assert told.value.args[0].startswith(f"{where} holds a network that is not a demo. Nothing was changed.")
    assert told.value.args[0].endswith(way)
    assert "secret" not in told.value.args[0]
