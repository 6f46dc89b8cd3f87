"""The principles in force are the file in docs/, whole and unchanged."""

import hashlib
import re
from pathlib import Path

from holdspace.ui.principles import VERSION, current

FILE = Path(__file__).resolve().parents[3] / "docs" / "principles" / f"{VERSION}.en.md"


def test_people_sign_the_hash_of_the_file() -> None:
    assert current().sha256 == hashlib.sha256(FILE.read_bytes()).digest()


def test_version_1_never_changes() -> None:
    """A changed text needs a new file and a new number: people have signed this one."""
    version_1 = FILE.with_name("1.en.md").read_bytes()
    assert hashlib.sha256(version_1).hexdigest() == "d479bb5c762f2490cdc3ae7cced7096037f59ff58f6d803d7ee55db79fb8693e"


def test_no_principle_is_lost_on_the_way_to_the_screen() -> None:
    shown = [current().title, current().introduction]
    shown += [f"{heading} {words}" for heading, words in current().principles]
    in_file = re.sub(r"(?m)^Version \d+$|^# |^\d+\. |\*\*", "", FILE.read_text())
    assert " ".join(shown).split() == in_file.split()
    assert len(current().principles) == 12
