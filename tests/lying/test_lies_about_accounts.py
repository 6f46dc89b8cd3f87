"""A server that lies at the door: about how hard a passphrase is to guess, and about whose keys it hands back."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from client import account as signing_in
from holdspace.sealing import session_seal
from holdspace.sealing.codec import from_b64url, to_b64url
from holdspace.sealing.errors import SENTENCES
from tests.conftest import NewContext
from tests.e2e.people import Kit, press, sign_in
from tests.e2e.seats import on_another_device
from tests.lying.conftest import TRUTH, People, Stage, shares
from tests.lying.liar import Liar

Answer = dict[str, Any]


@pytest.mark.parametrize("profile", [0, 3, -1, None, True], ids=str)
def test_a_passphrase_is_never_made_cheap_to_guess(
    device: NewContext, people: People, profile: object
) -> None:
    liar = Liar(device())
    liar.at_door("prelogin", lambda answer: {**answer, "profile": profile})
    page = liar.new_page()
    sign_in(page, Kit(people.amara.name, people.amara.passphrase, ""))
    expect(page.get_by_role("alert").get_by_text(SENTENCES["kdf-floor"])).to_be_visible()
    expect(page.get_by_label("Passphrase", exact=True)).to_be_hidden()
    assert "sign-in" not in liar.asked


def test_somebody_elses_keys_are_not_taken_for_ones_own(device: NewContext, people: People) -> None:
    """The server answers Amara with all that Eli would get: his seed in his wrapping, his public keys."""
    _opened, hers = signing_in.sign_in(people.eli.server, people.eli.home, people.eli.name, people.eli.file)
    own = ("wrapped", "x_pub", "e_pub", "gen", "account_id", "keyring")
    liar = Liar(device())
    liar.at_door("sign-in", lambda answer: {**answer, **{name: hers[name] for name in own if name in hers}})
    page = liar.new_page()
    sign_in(page, Kit(people.amara.name, people.amara.passphrase, ""))
    expect(page.get_by_role("alert").get_by_text(SENTENCES["key-mismatch"])).to_be_visible()
    assert "session-share/new" not in liar.asked


CODE = "042917"
PUT = """([account, device, kept]) => new Promise((done) => {
  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const asked = indexedDB.open("hs-own-device", 1);
  asked.onsuccess = () => {
    const change = asked.result.transaction("kept", "readwrite");
    change.objectStore("kept").put({ accountId: bytes(account), device: bytes(device), kept: bytes(kept) }, 1);
    change.oncomplete = () => { asked.result.close(); done(); };
  };
})"""


def locked_with_a_code(device: NewContext, people: People) -> tuple[Page, Liar]:
    """Amara's own device, asking for its code."""
    liar = Liar(device())
    page = liar.new_page()
    on_another_device(page, Kit(people.amara.name, people.amara.passphrase, ""))
    page.goto("/account/own-device/")
    page.get_by_label("A code of six digits").fill(CODE)
    page.get_by_label("This device is mine alone").check()
    page.get_by_label("Passphrase", exact=True).fill(people.amara.passphrase)
    press(page, "Use this code")
    expect(page.get_by_role("heading", name="From now on, your code opens this device")).to_be_visible()
    press(page, "Lock now")
    expect(page.get_by_label("Your code")).to_be_visible()
    liar.asked.clear()
    return page, liar


def nothing_more_is_told(page: Page, liar: Liar) -> None:
    """The sentence, no way to type anything else, and no session."""
    expect(page.get_by_role("alert").get_by_text(SENTENCES["key-mismatch"])).to_be_visible()
    expect(page.get_by_label("Your code")).to_be_hidden()
    expect(page.get_by_label("Passphrase", exact=True)).to_be_hidden()
    assert not {"session-share/new", "unlock", "prelogin"} & set(liar.asked)
    assert page.evaluate("sessionStorage.getItem('hs')") is None


@pytest.mark.parametrize("share", [bytes(32), b"short", b""], ids=["another", "short", "none"])
def test_a_wrong_half_for_a_right_code_opens_nothing(
    device: NewContext, people: People, share: bytes
) -> None:
    page, liar = locked_with_a_code(device, people)
    liar.at_door("own-device/open", lambda answer: {**answer, "share": to_b64url(share)})
    page.get_by_label("Your code").fill(CODE)
    press(page, "Open again")
    nothing_more_is_told(page, liar)


def test_keys_of_somebody_else_planted_on_the_device_open_nothing(device: NewContext, people: People) -> None:
    """Eli had the device in his hands and put his own keys there; the server plays along with the half that opens them."""
    page, liar = locked_with_a_code(device, people)
    form = page.locator("[data-part=form]")
    named = [form.get_attribute(name) or "" for name in ("data-account-id", "data-device-id")]
    amara, here = (from_b64url(name, refused="format") for name in named)
    share, elis = bytes(range(32)), bytes(range(16))
    planted = session_seal.seal_session(bytes(32), elis, share, device=here)
    page.evaluate(PUT, [amara.hex(), here.hex(), planted.hex()])
    page.route("**/seal/own-device/open", lambda route: route.fulfill(json={"share": to_b64url(share)}))
    page.reload()
    page.get_by_label("Your code").fill(CODE)
    press(page, "Open again")
    nothing_more_is_told(page, liar)
    # Under Eli's own name they are not even asked for.
    page.evaluate(PUT, [elis.hex(), here.hex(), planted.hex()])
    page.reload()
    expect(page.get_by_label("Passphrase", exact=True)).to_be_visible()
    expect(page.get_by_label("Your code")).to_be_hidden()


# The half of a session, former seeds, and the keyring ---------------------------------------------------------------------

SOMEBODY_ELSE = to_b64url(bytes(range(16)))
HALVES: dict[str, Answer] = {
    "another half": {"share": to_b64url(bytes(32))},
    "a short half": {"share": to_b64url(b"short")},
    "for somebody else": {"account_id": SOMEBODY_ELSE},
    "a former seed that is none": {
        "former": [
            {"x_pub": to_b64url(bytes(32)), "e_pub": to_b64url(bytes(32)), "wrapped": to_b64url(bytes(84))}
        ]
    },
}


@pytest.mark.parametrize("which", HALVES)
def test_a_false_half_of_a_session_locks_and_shows_nothing(stage: Stage, which: str) -> None:
    stage.look_honestly()
    stage.liar.at_door("session-share", lambda answer: {**answer, **HALVES[which]})
    page = stage.look()
    page.wait_for_url("**/unlock/")
    assert TRUTH not in page.content()
    # The sealed keyring is asked for beside the half, once; the group is not.
    assert sorted(stage.liar.asked[-3:]) == ["keyring", "session-share", "session-share"]
    # Only then has this page asked, too: the true half would open it by itself.
    expect(page.get_by_label("Passphrase", exact=True)).to_be_visible()
    stage.liar.honest()
    page.get_by_label("Passphrase", exact=True).fill(stage.amara.passphrase)
    press(page, "Open again")
    expect(shares(page).filter(has_text=TRUTH)).to_be_visible()


@pytest.mark.parametrize("blob", [b"", b"HK\1\0", bytes(200)], ids=["nothing", "a beginning", "no keyring"])
def test_a_keyring_that_does_not_open_opens_no_group(stage: Stage, blob: bytes) -> None:
    """Without it nobody knows how far the list was seen: nothing is shown that could not be held against it."""
    stage.liar.at_door("keyring", lambda answer: {**answer, "blob": to_b64url(blob) if blob else None})
    page = stage.look()
    expect(page.get_by_role("heading", level=1)).to_have_text("This does not open")
    assert TRUTH not in page.content()
    assert page.locator("[data-part=why]").inner_text() in {
        SENTENCES["log-rollback"],
        SENTENCES["format"],
        SENTENCES["damaged"],
    }
    stage.liar.honest()
    stage.look_honestly()
