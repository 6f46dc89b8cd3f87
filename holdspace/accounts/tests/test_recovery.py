"""Back in with the recovery sheet: once, within ten minutes, whole or not at all."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from conftest import Browser, auth_key, new_account, sheet_auth, shown
from holdspace.accounts.models import Account, Session
from holdspace.sealing import paper_code, wrap
from holdspace.sealing.codec import from_b64url, to_b64url

pytestmark = pytest.mark.django_db
NEW_WORDS, NEW_SHEET = "other words than before", bytes(range(16))


def finish(account: Account, **other: object) -> dict[str, object]:
    """A new passphrase and a new sheet, wrapped by a browser that opened the old one."""
    new = new_account(account.name, NEW_WORDS, NEW_SHEET, account_id=account.id, seed=bytes(32))
    fields = shown(new, "name", "salt", "profile", "auth_key", "wrapped")
    sheet = {"new_recovery_auth": new.recovery_auth, "new_recovery_wrapped": new.recovery_wrapped}
    return (
        fields
        | {"recovery_auth": sheet_auth(account)}
        | {name: to_b64url(value) for name, value in sheet.items()}
        | other
    )


def recover(browser: Browser, account: Account) -> None:
    answer = browser.ask("recover", {"name": account.name, "recovery_auth": sheet_auth(account)})
    assert answer.status_code == 200


def test_the_sheet_opens_the_seed_and_signs_nobody_in(browser: Browser, amara: Account) -> None:
    got = browser.ask("recover", {"name": "amara", "recovery_auth": sheet_auth(amara)}).json()
    key = paper_code.recovery_wrap(bytes(16), amara.id)
    seed = wrap.unwrap_seed(
        from_b64url(got["wrapped"]), key, amara.id, method=2, published=(amara.x_pub, amara.e_pub)
    )
    assert len(seed) == 32
    assert Session.objects.count() == 0


def test_finishing_makes_the_old_passphrase_and_sheet_useless(browser: Browser, amara: Account) -> None:
    old_key, old_sheet, elsewhere = auth_key(amara), sheet_auth(amara), Browser().signed_in_as(amara)
    recover(browser, amara)
    assert browser.ask("recover/finish", finish(amara)).json() == {}
    amara.refresh_from_db()
    assert browser.ask("keyring").status_code == 200
    assert elsewhere.ask("keyring").status_code == 401
    fresh = Browser()
    assert fresh.ask("sign-in", {"name": "amara", "auth_key": old_key}).status_code == 403
    assert fresh.ask("recover", {"name": "amara", "recovery_auth": old_sheet}).status_code == 403
    assert fresh.ask("sign-in", {"name": "amara", "auth_key": auth_key(amara, NEW_WORDS)}).status_code == 200
    assert (
        fresh.ask("recover", {"name": "amara", "recovery_auth": sheet_auth(amara, NEW_SHEET)}).status_code
        == 200
    )


def test_finishing_needs_an_open_recovery(browser: Browser, amara: Account) -> None:
    answer = browser.ask("recover/finish", finish(amara))
    assert (answer.status_code, answer.json()["code"]) == (409, "stale")
    assert browser.ask("sign-in", {"name": "amara", "auth_key": auth_key(amara)}).status_code == 200


def test_after_ten_minutes_it_is_too_late_and_nothing_changed(browser: Browser, amara: Account) -> None:
    with freeze_time("2026-11-22 12:00") as clock:
        recover(browser, amara)
        clock.tick(timedelta(minutes=11))
        late = browser.ask("recover/finish", finish(amara))
        assert (late.status_code, late.json()["code"]) == (409, "stale")
        assert "ten minutes" in late.json()["sentence"]
        assert browser.ask("sign-in", {"name": "amara", "auth_key": auth_key(amara)}).status_code == 200


def test_a_seed_wrapped_for_somebody_else_is_refused_whole(
    browser: Browser, amara: Account, ben: Account
) -> None:
    recover(browser, amara)
    answer = browser.ask("recover/finish", finish(amara, wrapped=finish(ben)["wrapped"]))
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    assert browser.ask("sign-in", {"name": "amara", "auth_key": auth_key(amara)}).status_code == 200
    assert browser.ask("recover/finish", finish(amara)).status_code == 200


@pytest.mark.parametrize("name", ["Amara", "Nobody"])
def test_a_wrong_code_and_a_wrong_name_answer_alike_and_get_slower(
    browser: Browser, amara: Account, name: str
) -> None:
    body = {"name": name, "recovery_auth": to_b64url(bytes(32))}
    answers = [browser.ask("recover", body) for _ in range(3)]
    assert [answer.json()["code"] for answer in answers] == ["wrong-key", "wrong-key", "too-many"]


def test_a_new_sheet_needs_the_passphrase_and_asks_back_again(browser: Browser, amara: Account) -> None:
    browser.signed_in_as(amara).ask("recovery-confirmed")
    amara.refresh_from_db()
    assert amara.recovery_confirmed
    new = shown(new_account(amara.name, NEW_WORDS, NEW_SHEET, account_id=amara.id, seed=bytes(32)))
    body = {name: new[name] for name in ("recovery_auth", "recovery_wrapped")}
    assert (
        browser.ask("recovery/new", body | {"auth_key": to_b64url(bytes(32))}).json()["code"] == "wrong-key"
    )
    assert browser.ask("recovery/new", body | {"auth_key": auth_key(amara)}).json() == {}
    amara.refresh_from_db()
    assert amara.recovery_confirmed is None
    assert browser.ask("recover", {"name": "amara", "recovery_auth": sheet_auth(amara)}).status_code == 403
    new_proof = sheet_auth(amara, NEW_SHEET)
    assert browser.ask("recover", {"name": "amara", "recovery_auth": new_proof}).status_code == 200
