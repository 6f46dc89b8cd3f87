"""`holdspace setup`: what the first visit in a browser does, at the console.

The first coordinator's keys are made here, so this machine sees that passphrase once. In a browser it would not.
"""

from pathlib import Path
from typing import NamedTuple

from holdspace.accounts import names, queries
from holdspace.accounts.actions.network import NewNetwork, clean_name, known_language
from holdspace.accounts.actions.sign_up import NewAccount, set_up
from holdspace.ops.sheets import write_sheet
from holdspace.ops.trouble import Trouble
from holdspace.sealing import paper_code, passphrase
from holdspace.sealing.keys import account_keys, new_id, new_seed
from holdspace.sealing.primitives import e_public
from holdspace.sealing.wrap import PASSPHRASE, RECOVERY, wrap_seed


class Made(NamedTuple):
    """What is shown once."""

    sign_in_name: str
    passphrase: str
    recovery_code: str


def set_up_network(name: str, language: str, coordinator: str, sheet: Path) -> Made:
    """Network, first coordinator and lead, steward sheet; all or nothing."""
    if queries.network() is not None:
        raise Trouble("This network is set up already. Nothing was changed.")
    name, language, coordinator = clean_name(name), known_language(language), names.clean(coordinator)
    words, recovery, steward = passphrase.generate(), paper_code.new_secret(), paper_code.new_secret()
    write_sheet(sheet, steward, name)
    try:
        network = NewNetwork(name, language, "everyone", e_public(paper_code.steward_seed(steward)))
        set_up(new_account(coordinator, words, recovery), network, of_age=True, consent=True)
    except BaseException:
        sheet.unlink()
        raise
    return Made(coordinator, words, paper_code.write_code(recovery, paper_code.RECOVERY))


def new_account(
    name: str, words: str, recovery: bytes, *, account_id: bytes | None = None, seed: bytes | None = None
) -> NewAccount:
    """An account as a browser makes it (sealing.md 2.1 to 2.5)."""
    account_id, seed, salt = account_id or new_id(), seed or new_seed(), paper_code.new_secret()
    stretched = passphrase.stretch(words, salt, passphrase.GENERATED)
    keys = account_keys(seed)
    wrap_key = passphrase.wrap_key(stretched, account_id)
    recovery_key = paper_code.recovery_wrap(recovery, account_id)
    return NewAccount(
        name=name,
        account_id=account_id,
        salt=salt,
        profile=passphrase.GENERATED,
        auth_key=passphrase.auth_key(stretched, account_id),
        x_pub=keys.x_pub,
        e_pub=keys.e_pub,
        wrapped=wrap_seed(seed, wrap_key, account_id, method=PASSPHRASE),
        recovery_auth=paper_code.recovery_auth(recovery, account_id),
        recovery_wrapped=wrap_seed(seed, recovery_key, account_id, method=RECOVERY),
    )
