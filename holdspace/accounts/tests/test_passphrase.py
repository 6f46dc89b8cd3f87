"""A new passphrase: the old one is dead, the sheet lives, others are signed out."""

import secrets
from typing import Any

import pytest

from conftest import PASSPHRASE, Browser, auth_key, sheet_auth
from holdspace.accounts.models import PASSPHRASE as SLOT
from holdspace.accounts.models import Account, Session, Slot
from holdspace.sealing import passphrase, wrap
from holdspace.sealing.codec import to_b64url

pytestmark = pytest.mark.django_db
NEW = "other words than those before"


def change(account: Account, old: str = PASSPHRASE, **fields: Any) -> dict[str, Any]:
    """What a browser sends. The seed is another, which the server can't see."""
    salt = secrets.token_bytes(16)
    stretched = passphrase.stretch(NEW, salt, 1)
    wrapped = wrap.wrap_seed(
        bytes(32), passphrase.wrap_key(stretched, account.id), account.id, wrap.PASSPHRASE
    )
    return {
        "auth_key": auth_key(account, old),
        "salt": to_b64url(salt),
        "profile": 1,
        "new_auth_key": to_b64url(passphrase.auth_key(stretched, account.id)),
        "wrapped": to_b64url(wrapped),
        **fields,
    }


def test_the_new_passphrase_opens_and_the_old_one_does_not(browser: Browser, amara: Account) -> None:
    body = change(amara)
    assert browser.signed_in_as(amara).ask("passphrase", body).json() == {}
    old = auth_key(amara)
    amara.refresh_from_db()
    assert browser.ask("prelogin", {"name": "Amara"}).json()["salt"] == body["salt"]
    assert Browser().ask("sign-in", {"name": "Amara", "auth_key": old}).json()["code"] == "wrong-key"
    answer = Browser().ask("sign-in", {"name": "Amara", "auth_key": auth_key(amara, NEW)}).json()
    assert answer["wrapped"] == body["wrapped"]


def test_the_sheet_works_as_before_and_stays_shown(browser: Browser, amara: Account) -> None:
    browser.signed_in_as(amara).ask("recovery-confirmed")
    browser.ask("passphrase", change(amara))
    assert browser.ask("recover", {"name": "Amara", "recovery_auth": sheet_auth(amara)}).status_code == 200
    amara.refresh_from_db()
    assert amara.recovery_confirmed


def test_everybody_signed_in_with_the_old_one_elsewhere_is_signed_out(
    browser: Browser, amara: Account, ben: Account
) -> None:
    elsewhere, bens = Browser().signed_in_as(amara), Browser().signed_in_as(ben)
    browser.signed_in_as(amara).ask("session-share/new")
    browser.ask("passphrase", change(amara))
    assert [one.ask("keyring").status_code for one in (browser, elsewhere, bens)] == [200, 401, 200]
    assert browser.ask("session-share").status_code == 200, "who changed it goes on"


@pytest.mark.parametrize(
    "what", ["a wrong passphrase", "a seed wrapped for somebody else", "a profile nobody has"]
)
def test_nothing_changes_otherwise(browser: Browser, amara: Account, ben: Account, what: str) -> None:
    Browser().signed_in_as(amara)
    before = (Slot.objects.get(account=amara, method=SLOT).verifier, amara.salt, Session.objects.count() + 1)
    body = {
        "a wrong passphrase": lambda: change(amara, "five words that open nothing"),
        "a seed wrapped for somebody else": lambda: change(amara, wrapped=change(ben)["wrapped"]),
        "a profile nobody has": lambda: change(amara, profile=3),
    }[what]()
    code = "wrong-key" if what == "a wrong passphrase" else "malformed"
    assert browser.signed_in_as(amara).ask("passphrase", body).json()["code"] == code
    amara.refresh_from_db()
    assert (
        Slot.objects.get(account=amara, method=SLOT).verifier,
        amara.salt,
        Session.objects.count(),
    ) == before


def test_guesses_are_slowed_down(browser: Browser, amara: Account) -> None:
    body = change(amara, "five words that open nothing")
    browser.signed_in_as(amara)
    codes = [browser.ask("passphrase", body).json()["code"] for _ in range(3)]
    assert codes == ["wrong-key", "wrong-key", "too-many"]
