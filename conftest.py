"""What every Python test stands on: a network, its people, and a browser's way to speak."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from holdspace.accounts.actions.network import NewNetwork
from holdspace.accounts.actions.sessions import begin_session
from holdspace.accounts.actions.sign_up import NewAccount, set_up, sign_up
from holdspace.accounts.models import Account, Network
from holdspace.ops.first_visit import new_account as new_account
from holdspace.sealing import paper_code, passphrase
from holdspace.sealing.codec import to_b64url
from holdspace.sealing.primitives import e_public

PASSPHRASE = "five words nobody else has"
STEWARD_SEED = bytes(range(32))
HERE = "127.0.0.1"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What only PostgreSQL can do is looked at where there is one (bin/with-postgres)."""
    if connection.vendor == "postgresql":
        return
    elsewhere = [item for item in items if item.get_closest_marker("postgresql")]
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = [item for item in items if item not in elsewhere]


def shown(new: NewAccount, *fields: str) -> dict[str, Any]:
    """Fields of an account a browser made, as they travel in JSON."""
    values = {name: getattr(new, name) for name in fields or NewAccount.__dataclass_fields__}
    return {name: to_b64url(value) if isinstance(value, bytes) else value for name, value in values.items()}


def auth_key(account: Account, words: str = PASSPHRASE) -> str:
    """What a browser sends for a typed passphrase."""
    return to_b64url(
        passphrase.auth_key(passphrase.stretch(words, account.salt, account.profile), account.id)
    )


def sheet_auth(account: Account, secret: bytes = bytes(16)) -> str:
    """What a browser sends for the code of a recovery sheet."""
    return to_b64url(paper_code.recovery_auth(secret, account.id))


class Browser(Client):
    """Django's test client that speaks to the doors as our modules do, CSRF token included."""

    def __init__(self) -> None:
        super().__init__(enforce_csrf_checks=True)
        self.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32

    def ask(self, door: str, body: Any = None, **headers: str) -> Any:
        """POST `body` to `/seal/<door>`. Answer with `.status_code` and `.json()`."""
        content = body if isinstance(body, (bytes, str)) else json.dumps({} if body is None else body)
        names = {"X-CSRFToken": "a" * 32, "Sec-Fetch-Site": "same-origin"} | headers
        return self.post(f"/seal/{door}", content, content_type="application/json", headers=names)

    def signed_in_as(self, account: Account) -> "Browser":
        """With a session of `account`."""
        self.cookies[settings.SESSION_COOKIE_NAME] = begin_session(account)
        return self


@pytest.fixture
def browser() -> Browser:
    """A browser nobody is signed in with."""
    return Browser()


@pytest.fixture
def chidi(db: None) -> Account:
    """Coordinator and safeguarding lead; the network came to be with them."""
    network = NewNetwork("River network", "en", "everyone", e_public(STEWARD_SEED))
    return set_up(new_account("Chidi", PASSPHRASE, bytes(16)), network, of_age=True, consent=True)


@pytest.fixture
def network(chidi: Account) -> Network:
    """A network that is set up."""
    return Network.objects.get()


@pytest.fixture
def make_account(network: Network) -> Callable[[str], Account]:
    """Make an account by its sign-in name; everybody's passphrase is `PASSPHRASE`, their recovery secret 16 zero bytes."""
    return lambda name: sign_up(new_account(name, PASSPHRASE, bytes(16)), HERE, of_age=True, consent=True)


@pytest.fixture
def amara(make_account: Callable[[str], Account]) -> Account:
    """A member."""
    return make_account("Amara")


@pytest.fixture
def ben(make_account: Callable[[str], Account]) -> Account:
    """A facilitator."""
    return make_account("Ben")


@pytest.fixture
def dana(make_account: Callable[[str], Account]) -> Account:
    """Somebody in another group."""
    return make_account("Dana")


@pytest.fixture
def eli(make_account: Callable[[str], Account]) -> Account:
    """Somebody who was removed."""
    return make_account("Eli")
