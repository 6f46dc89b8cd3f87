"""A group whose facilitators lost their keys."""

import pytest

from client.tests.conftest import People, Person, let_in, texts
from client.trouble import Trouble
from tests.running import Running


def test_the_steward_makes_a_member_a_facilitator(
    person: People, amara: Person, together: str, running: Running
) -> None:
    text = amara.rescue(together, "Amara")["text"]
    sheet = str(running.steward_sheet)
    signed = running.console("steward", "--sheet", sheet, "promote", text).strip()
    amara.rescue(together, "Amara", signed)
    entries = amara.log(together)["entries"]
    assert [each["actor"] for each in entries if each["type"] == "set-role"] == ["steward"]
    dana = person("dana")
    let_in(amara, dana, together, "Dana")
    dana.share(together, "we go on")
    assert texts(amara, together) == ["we go on"]


def test_a_text_that_is_not_the_stewards_is_not_taken(amara: Person, together: str) -> None:
    text = amara.rescue(together, "Amara")["text"]
    for other in ("", "nonsense", text):
        with pytest.raises(Trouble) as refused:
            amara.rescue(together, "Amara", other)
        assert refused.value.code == "not-the-stewards"
