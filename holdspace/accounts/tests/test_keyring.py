"""The keyring: one step at a time, three versions kept."""

import pytest

from conftest import Browser
from holdspace.accounts.models import Account, Keyring
from holdspace.sealing.codec import to_b64url

pytestmark = pytest.mark.django_db


def put(browser: Browser, counter: int, words: bytes = b"sealed") -> int:
    return int(browser.ask("keyring/put", {"counter": counter, "blob": to_b64url(words)}).status_code)


def test_there_is_none_at_first(browser: Browser, amara: Account) -> None:
    assert browser.signed_in_as(amara).ask("keyring").json() == {}


def test_the_newest_comes_back_and_three_are_kept(browser: Browser, amara: Account) -> None:
    browser.signed_in_as(amara)
    assert [put(browser, n, b"version %d" % n) for n in range(1, 6)] == [200] * 5
    assert browser.ask("keyring").json() == {"counter": 5, "blob": to_b64url(b"version 5")}
    assert sorted(Keyring.objects.values_list("counter", flat=True)) == [3, 4, 5]


@pytest.mark.parametrize(("counter", "status"), [(1, 409), (2, 409), (4, 409), (3, 200), (0, 400), (-1, 400)])
def test_two_tabs_cannot_undo_one_another(
    browser: Browser, amara: Account, counter: int, status: int
) -> None:
    browser.signed_in_as(amara)
    put(browser, 1)
    put(browser, 2)
    assert put(browser, counter) == status


def test_everybody_has_their_own(amara: Account, ben: Account) -> None:
    put(Browser().signed_in_as(amara), 1, b"of amara")
    assert Browser().signed_in_as(ben).ask("keyring").json() == {}


def test_a_keyring_of_any_size_is_not_taken(browser: Browser, amara: Account) -> None:
    assert put(browser.signed_in_as(amara), 1, b"x" * 48 * 1024) == 413
    assert put(browser, 1, b"x" * 47 * 1024) == 200
