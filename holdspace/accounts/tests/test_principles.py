"""The principles in force are the file in docs/, whole and unchanged."""

import hashlib
import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape
from django.utils.translation import override

from holdspace.accounts.principles import current

FOLDER = settings.BASE / "docs" / "principles"


def test_people_sign_the_hash_of_the_file() -> None:
    assert current().sha256 == hashlib.sha256((FOLDER / f"{current().version}.en.md").read_bytes()).digest()


def test_version_1_never_changes() -> None:
    """A changed text needs a new file and a new number: people have signed this one."""
    version_1 = (FOLDER / "1.en.md").read_bytes()
    assert (
        hashlib.sha256(version_1).hexdigest()
        == "d479bb5c762f2490cdc3ae7cced7096037f59ff58f6d803d7ee55db79fb8693e"
    )


@pytest.mark.django_db
def test_no_principle_is_lost_on_the_way_to_the_screen(client: Client) -> None:
    page = client.get("/principles/").content.decode()
    shown = re.sub(r"<[^>]+>|\s+", " ", page.replace("&#x27;", "'"))
    lines = re.findall(r"^\d+\. (.+)$", (FOLDER / f"{current().version}.en.md").read_text(), re.MULTILINE)
    assert len(lines) == 12
    assert not [line for line in lines if line.replace("**", "") not in re.sub(r"\s+", " ", shown)]


@pytest.mark.django_db
@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_in_each_language_the_same_twelve_are_shown_and_the_same_hash_is_signed(
    client: Client, language: str
) -> None:
    signed = current()
    page = client.get("/principles/", headers={"Accept-Language": language}).content.decode()
    with override(language):
        own = current()
    assert (own.language, own.version, own.sha256) == (language, signed.version, signed.sha256)
    assert len(own.items) == len(signed.items)
    assert not [
        each for each in own.items if f"<strong>{escape(each[0])}</strong> {escape(each[1])}" not in page
    ]
    assert escape(signed.items[-1][1]) in page, "the text that is signed stands beside it"
