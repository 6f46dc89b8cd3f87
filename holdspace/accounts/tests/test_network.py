"""What everybody may know about a network, and the first visit that makes it."""

import pytest
from django.conf import settings

from conftest import PASSPHRASE, STEWARD_SEED, Browser, new_account, shown
from holdspace.accounts import principles, setup_token
from holdspace.accounts.models import Account, Network
from holdspace.sealing.codec import from_b64url, to_b64url
from holdspace.sealing.primitives import e_public, sha

pytestmark = pytest.mark.django_db


def first_visit(token: str, **other: object) -> dict[str, object]:
    return (
        shown(new_account("Chidi", PASSPHRASE, bytes(16)))
        | {"of_age": True, "consent": True, "setup": token, "steward": to_b64url(e_public(STEWARD_SEED))}
        | {"network": {"name": "River network", "language": "en", "may_start": "coordinators"}}
        | other
    )


@pytest.fixture
def token(db: None) -> str:
    """The word of the one-time address."""
    setup_token.burn()
    return setup_token.make()


def test_the_first_visit_makes_everything_once(browser: Browser, token: str) -> None:
    assert browser.get(f"/setup/{token}/").status_code == 200
    assert browser.ask("sign-up", first_visit(token)).status_code == 200
    chidi, network = Account.objects.get(), Network.objects.get()
    assert (chidi.is_coordinator, chidi.is_lead) == (True, True)
    assert network.leads == [[sha(b"Chidi").hex(), chidi.x_pub.hex()]]
    assert (network.name, network.who_may_start) == ("River network", "coordinators")
    assert browser.get(f"/setup/{token}/").status_code == 404
    again = Browser().ask("sign-up", first_visit(token, name="Second"))
    assert (again.status_code, again.json()["code"]) == (404, "not-found")
    assert setup_token.current() is None
    assert Account.objects.count() == 1


def test_the_token_is_the_hosts_alone(token: str) -> None:
    assert (settings.DATA / "setup-token").stat().st_mode & 0o077 == 0
    assert setup_token.make() == token


@pytest.mark.parametrize("guess", ["guess", "", "é"])
def test_a_guessed_address_is_like_any_other(browser: Browser, token: str, guess: str) -> None:
    assert browser.get(f"/setup/{guess}/").status_code == 404
    answer = browser.ask("sign-up", first_visit(guess))
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert Account.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"steward": None}, 400),
        ({"steward": "A" * 43}, 422),
        ({"network": None}, 400),
        ({"network": {"name": "", "language": "en"}}, 422),
        ({"network": {"name": "x" * 81, "language": "en"}}, 422),
        ({"network": {"name": "River", "language": "xx-klingon"}}, 400),
        ({"network": {"name": "River", "language": "en", "may_start": "nobody"}}, 400),
        ({"of_age": False}, 422),
    ],
)
def test_half_a_setup_leaves_nothing(
    browser: Browser, token: str, wrong: dict[str, object], status: int
) -> None:
    answer = browser.ask("sign-up", first_visit(token, **wrong))
    assert answer.status_code == status
    assert (Account.objects.count(), Network.objects.count()) == (0, 0)
    assert browser.get(f"/setup/{token}/").status_code == 200


def test_everybody_may_know_the_network(browser: Browser, network: Network, chidi: Account) -> None:
    got = browser.ask("network").json()
    assert got["name"] == "River network"
    assert from_b64url(got["steward"]) == e_public(STEWARD_SEED)
    assert [from_b64url(part) for part in got["leads"][0]] == [sha(b"Chidi"), chidi.x_pub]
    assert (got["may_start"], got["you_may_start"], got["you_may_have_code"]) == ("everyone", False, False)
    assert got["principles"] == {"version": 1, "sha256": principles.current().sha256.hex()}
    assert browser.signed_in_as(chidi).ask("network").json()["you_may_start"] is True


def test_ones_own_sheet_is_told_as_right_once_it_was_asked_back(
    browser: Browser, network: Network, amara: Account
) -> None:
    def is_right(asker: Browser) -> object:
        return asker.ask("network").json()["recovery_confirmed"]

    assert is_right(browser) is False
    browser.signed_in_as(amara)
    assert is_right(browser) is False
    browser.ask("recovery-confirmed")
    assert (is_right(browser), is_right(Browser())) == (True, False)


def test_before_setup_there_is_no_network(browser: Browser, db: None) -> None:
    assert browser.ask("network").json()["code"] == "not-set-up"
    assert browser.get("/").status_code == 200
