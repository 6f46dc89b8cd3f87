"""A server that lies at the door: about how hard a passphrase is to guess, and about whose keys it hands back."""

from typing import Any

import pytest
from playwright.sync_api import expect

from client import account as signing_in
from holdspace.sealing.errors import SENTENCES
from tests.conftest import NewContext
from tests.e2e.people import Kit, sign_in
from tests.lying.conftest import People
from tests.lying.liar import Liar

Answer = dict[str, Any]


@pytest.mark.parametrize("profile", [0, 3, -1, None, True], ids=str)
def test_a_passphrase_is_never_made_cheap_to_guess(
    device: NewContext, people: People, profile: object
) -> None:
    context = device()
    liar = Liar(context)
    liar.at_door("prelogin", lambda answer: {**answer, "profile": profile})
    page = context.new_page()
    sign_in(page, Kit(people.amara.name, people.amara.passphrase, ""))
    expect(page.get_by_role("alert").get_by_text(SENTENCES["kdf-floor"])).to_be_visible()
    expect(page.get_by_label("Passphrase", exact=True)).to_be_hidden()
    assert "sign-in" not in liar.asked


def test_somebody_elses_keys_are_not_taken_for_ones_own(device: NewContext, people: People) -> None:
    """The server answers Amara with all that Eli would get: his seed in his wrapping, his public keys."""
    _opened, hers = signing_in.sign_in(people.eli.server, people.eli.home, people.eli.name, people.eli.file)
    own = ("wrapped", "x_pub", "e_pub", "gen", "account_id", "keyring")
    context = device()
    liar = Liar(context)
    liar.at_door("sign-in", lambda answer: {**answer, **{name: hers[name] for name in own if name in hers}})
    page = context.new_page()
    sign_in(page, Kit(people.amara.name, people.amara.passphrase, ""))
    expect(page.get_by_role("alert").get_by_text(SENTENCES["key-mismatch"])).to_be_visible()
    assert "session-share/new" not in liar.asked
