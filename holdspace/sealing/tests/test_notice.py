"""Words to somebody who was removed, by the vectors."""

from typing import Any

import pytest

from holdspace.sealing.box import NOTICE, open_box
from holdspace.sealing.codec import Json
from holdspace.sealing.keys import group_keys
from holdspace.sealing.notice import Removal, notice_message, open_notice, seal_notice
from holdspace.sealing.primitives import is_signed
from holdspace.sealing.tests.reading import cases, code_of, unhex

NOTICES = cases("notice")
GOOD = [name for name, case in NOTICES.items() if "code" not in case]


def removal_of(case: Any) -> Removal:
    return Removal(unhex(case["group"]), unhex(case["member"]), case["gen"], case["seq"])


def opened(case: Any, box: bytes | None = None) -> Json:
    """What the reader of a case reads."""
    removal = removal_of(case)
    keys = group_keys(unhex(case["seed"]), removal.group, removal.gen)
    log = [unhex(entry) for entry in cases("log")["circle"]["entries"][: case["entries"]]]
    pin = (case["pin"]["seq"], unhex(case["pin"]["head16"])) if case["pin"] else None
    return open_notice(removal, keys, box or unhex(case["box"]), log, pin)


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_counts_or_is_refused(name: str) -> None:
    case = NOTICES[name]
    if "code" in case:
        assert code_of(lambda: opened(case)) == case["code"]
    else:
        assert opened(case) == case["body"]


@pytest.mark.parametrize("name", GOOD)
def test_what_is_sealed_here_opens_and_is_signed_alike(name: str) -> None:
    case = NOTICES[name]
    removal, keys = removal_of(case), group_keys(unhex(case["seed"]), unhex(case["group"]), case["gen"])
    signer = group_keys(unhex(case["signer"]), removal.group, 1)
    sealed = seal_notice(removal, keys.x_pub, signer.e, case["body"])
    assert opened(case, sealed) == case["body"]
    inside = [open_box(NOTICE, removal.context, keys.x, each) for each in (sealed, unhex(case["box"]))]
    assert inside[0] == inside[1], "a signature is the same each time"
    assert is_signed(signer.e_pub, inside[0][:64], notice_message(removal, inside[0][64:]))
