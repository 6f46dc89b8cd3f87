"""What is done to an account as a whole: reset, new keys, the end. By the doors, as a browser asks."""

from typing import Any

import pytest
from django.conf import settings

from conftest import PASSPHRASE, Browser, auth_key
from holdspace.accounts.actions.reset import offer_reset
from holdspace.accounts.models import Account, FormerSeed, Keyring, Network, Session, Slot
from holdspace.groups.models import EpochBox, JoinRequest, Membership
from holdspace.groups.tests.cast import Circle, Person
from holdspace.sealing import passphrase, wrap
from holdspace.sealing.codec import to_b64url
from holdspace.sealing.keyring import Keyring as Ring
from holdspace.sealing.keyring import seal_keyring
from holdspace.sealing.keys import account_keys, keyring_key, new_seed
from holdspace.trail.models import Happening

pytestmark = pytest.mark.django_db


def fresh(account: Account, seed: bytes) -> dict[str, Any]:
    """What a browser sends of a new seed; its slots open with keys nobody needs here."""
    keys, key = account_keys(seed), to_b64url(bytes(range(32)))
    slots = {
        name: to_b64url(wrap.wrap_seed(seed, bytes(32), account.id, method))
        for name, method in (("wrapped", wrap.PASSPHRASE), ("new_recovery_wrapped", wrap.RECOVERY))
    }
    public = {"x_pub": to_b64url(keys.x_pub), "e_pub": to_b64url(keys.e_pub)}
    made = {"salt": to_b64url(bytes(16)), "profile": passphrase.GENERATED}
    return {**slots, **public, **made, "new_auth_key": key, "new_recovery_auth": key}


def kept(account: Account, seed: bytes, counter: int = 1, numbers: tuple[int, ...] = (1,)) -> dict[str, Any]:
    """What goes on under it."""
    key = wrap.former_key(seed, account.id)
    former = [
        (number, to_b64url(wrap.wrap_numbered(bytes(32), key, (account.id, wrap.FORMER, number))))
        for number in numbers
    ]
    ring = seal_keyring(Ring(counter), keyring_key(seed, account.id))
    return {"former": former, "counter": counter, "keyring": to_b64url(ring)}


def in_a_group(network: Network, account: Account) -> Circle:
    """A group of Ben's with this account as Amara, who waits at the door of another."""
    network.leads = []
    network.save()
    ben, amara = Person.named("Ben"), Person("Amara", account.id)
    circle = Circle().start(ben).admit(ben, amara)
    other = Circle().start(ben)
    other.append(ben, other.invitation(ben, "Amara"))
    amara.ask("ask", **other.request(amara, "Amara"))
    return circle


def test_a_reset_leaves_the_name_and_the_place_and_nothing_that_opens(
    browser: Browser, network: Network, amara: Account
) -> None:
    in_a_group(network, amara)
    Browser().signed_in_as(amara).ask(
        "keyring/put", {"counter": 1, "blob": kept(amara, new_seed())["keyring"]}
    )
    token = offer_reset("amara")
    assert browser.get(f"/reset/{token}/").status_code == 200
    told = browser.ask("reset", {"token": token}).json()
    assert (told["name"], told["account_id"]) == ("Amara", to_b64url(amara.id))
    assert browser.ask("reset/finish", {"token": token, **fresh(amara, new_seed())}).status_code == 200
    after = Account.objects.get(id=amara.id)
    assert (after.name, after.gen, after.recovery_confirmed) == ("Amara", 2, None)
    assert after.x_pub != amara.x_pub
    assert Session.objects.filter(account=amara).count() == 1, "the one that has just begun"
    member = Membership.objects.get(account=amara)
    assert member.active
    assert not EpochBox.objects.filter(member_id=member.member_id).exists()
    gone = [each.objects.filter(account=amara).count() for each in (Keyring, FormerSeed, JoinRequest)]
    assert gone == [0, 0, 0]
    assert Slot.objects.filter(account=amara).count() == 2
    assert sorted(Happening.objects.filter(about=amara.id).values_list("what", flat=True)) == [
        "account-reset",
        "reset-offered",
    ]


def test_a_reset_by_another_word_or_twice_is_not_there(browser: Browser, amara: Account) -> None:
    token = offer_reset("Amara")
    for wrong in ("", "guessed", token[:-1]):
        assert browser.ask("reset/finish", {"token": wrong, **fresh(amara, new_seed())}).status_code == 404
    assert browser.ask("reset/finish", {"token": token, **fresh(amara, new_seed())}).status_code == 200
    assert browser.ask("reset/finish", {"token": token, **fresh(amara, new_seed())}).status_code == 404
    assert browser.get(f"/reset/{token}/").status_code == 404


def test_a_seed_of_somebody_else_is_refused_and_the_address_still_works(
    browser: Browser, amara: Account, ben: Account
) -> None:
    token = offer_reset("Amara")
    assert (
        browser.ask("reset/finish", {"token": token, **fresh(ben, new_seed())}).json()["code"] == "malformed"
    )
    assert browser.ask("reset", {"token": token}).status_code == 200


def new_keys(account: Account, seed: bytes, **changed: Any) -> dict[str, Any]:
    """A whole change of keys."""
    return {
        "auth_key": auth_key(account, PASSPHRASE),
        **fresh(account, seed),
        **kept(account, seed),
        **changed,
    }


def test_new_keys_end_every_other_session_and_keep_every_seed(browser: Browser, amara: Account) -> None:
    browser.signed_in_as(amara)
    thief, seed = Browser().signed_in_as(amara), new_seed()
    assert browser.ask("new-keys", new_keys(amara, seed)).status_code == 200
    assert thief.ask("keyring").json()["code"] == "signed-out"
    share = browser.ask("session-share/new").json()
    assert [each["x_pub"] for each in share["former"]] == [to_b64url(amara.x_pub)]
    assert Keyring.objects.get(account=amara).counter == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"former": []}, "malformed"),
        ({"former": [[2, to_b64url(bytes(84))]]}, "malformed"),
        ({"counter": 2}, "stale"),
        ({"auth_key": to_b64url(bytes(32))}, "wrong-key"),
    ],
    ids=["a seed left out", "another number", "another keyring", "a wrong passphrase"],
)
def test_a_change_of_keys_that_would_lose_something_changes_nothing(
    browser: Browser, amara: Account, changed: dict[str, Any], code: str
) -> None:
    browser.signed_in_as(amara)
    seed = new_seed()
    assert browser.ask("new-keys", new_keys(amara, seed) | changed).json()["code"] == code
    assert Account.objects.get(id=amara.id).x_pub == amara.x_pub
    assert not FormerSeed.objects.exists()
    assert browser.ask("keyring").status_code == 200, "still signed in"


def test_an_account_ends_only_when_it_has_left(browser: Browser, network: Network, amara: Account) -> None:
    circle = in_a_group(network, amara)
    browser.signed_in_as(amara)
    asked = {"auth_key": auth_key(amara, PASSPHRASE)}
    assert browser.ask("delete", asked).json()["code"] == "not-left"
    assert browser.ask("delete", asked | {"lost": [to_b64url(bytes(16))]}).json()["code"] == "not-found"
    told = browser.ask("delete", asked | {"lost": [to_b64url(circle.id)]}).json()
    assert told["copies_end"] - told["deleted"] == settings.KEY_BACKUP_DAYS * 24 * 3600 * 1000
    assert not Account.objects.filter(id=amara.id).exists()
    member = Membership.objects.get(group=circle.id, member_id=circle.ids["Amara"])
    assert (member.active, member.account_id) == (True, None)
    assert not EpochBox.objects.filter(member_id=member.member_id).exists()
    assert browser.ask("keyring").json()["code"] == "signed-out"


def test_who_runs_the_network_alone_stays(browser: Browser, chidi: Account) -> None:
    browser.signed_in_as(chidi)
    answer = browser.ask("delete", {"auth_key": auth_key(chidi, PASSPHRASE)})
    assert answer.json()["code"] == "runs-network"
    assert Account.objects.filter(id=chidi.id).exists()
