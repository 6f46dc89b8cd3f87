"""Another seed for the account: by the host's one-time address, or because somebody may know the passphrase (sealing.md 2.10).

The account changes first, in one step of the server: from then on the old passphrase opens nothing. Then each group is told, by
an entry that the old keys sign. Which groups were told is written in their logs and nowhere else, and the former seed is kept
under the new one: so it does not matter where this stops and which device goes on.
"""

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from client.account import Account, Answer, auth_of, keep, new_passphrase, new_slots
from client.change import Change, change
from client.device import Device
from client.group import Group
from client.home import Home
from client.server import Server
from holdspace.sealing import log_draft, wrap
from holdspace.sealing.codec import from_b64url, to_b64url
from holdspace.sealing.keyring import Keyring, seal_keyring
from holdspace.sealing.keys import account_keys, keyring_key, new_seed
from holdspace.sealing.log_payload import Record


def reset(server: Server, home: Home, link: str, file: Path) -> tuple[Account, str]:
    """A fresh seed in the place of the lost one; the account and its recovery code."""
    token = urlsplit(link.strip()).path.strip("/").split("/")[-1]
    told = server.seal("reset", token=token)
    account = Account(from_b64url(told["account_id"]), told["name"], new_seed())
    words, profile = new_passphrase(file)
    slots, code = new_slots(account, words, profile)
    server.seal("reset/finish", token=token, **_fresh(account, slots))
    keep(home, server, account)
    return account, code


def new_keys(device: Device, file: Path, new_file: Path) -> tuple[Account, str]:
    """A fresh seed in the place of the one somebody may know; the account and its recovery code."""
    old = device.account
    auth = auth_of(device.server, old, file)
    answer = device.server.seal("unlock", auth_key=auth)
    device.put_keyring()
    words, profile = new_passphrase(new_file)
    account = replace(old, seed=new_seed(), former=(old.seed, *old.former))
    slots, code = new_slots(account, words, profile)
    kept = {"former": _former(account, answer["gen"]), **_keyring(device, account)}
    device.server.seal("new-keys", auth_key=auth, **_fresh(account, slots), **kept)
    remembered = device.remembered()
    keep(device.home, device.server, account)
    Device(device.server, device.home, account).remember(remembered)
    return account, code


def is_due(group: Group) -> bool:
    """Whether the group's log still names keys of a former seed."""
    account = group.device.account
    return bool(account.former) and group.keys.x_pub != account.keys(group.id, group.me.gen).x_pub


def renew(group: Group) -> None:
    """The next keys in the log, signed with the last; a facilitator's key is made anew with them."""

    def build(made: Change) -> None:
        me = made.state.members[group.member_id]
        keys = group.device.account.keys(group.id, me.gen + 1)
        record = Record(me.id, me.gen + 1, keys.x_pub, keys.e_pub, me.role)
        made.sign_new_epoch(lambda es: log_draft.update_key(made.state, made.by, record, es=es))
        made.keys = keys
        if me.is_facilitator:
            made.sign_new_fkey(group.fkeys)

    change(group, build)
    group.device.gens[group.id] = group.me.gen
    group.note_own_keys()


def _fresh(account: Account, slots: Answer) -> Answer:
    """What the doors want of a fresh seed."""
    keys = account_keys(account.seed)
    public = {"x_pub": to_b64url(keys.x_pub), "e_pub": to_b64url(keys.e_pub)}
    auth_key = slots.pop("auth_key")
    return {**slots, **public, "new_auth_key": auth_key}


def _former(account: Account, newest: int) -> list[list[object]]:
    """Every former seed under the fresh one, with its number."""
    key, account_id = wrap.former_key(account.seed, account.account_id), account.account_id
    numbered = [(newest - back, seed) for back, seed in enumerate(account.former)]
    return [
        [number, to_b64url(wrap.wrap_numbered(seed, key, (account_id, wrap.FORMER, number)))]
        for number, seed in numbered
    ]


def _keyring(device: Device, account: Account) -> Answer:
    """The same keyring, sealed under the fresh seed."""
    ring = device.keyring
    ring = Keyring(ring.counter + 1, ring.pins, ring.gens, ring.seen)
    blob = seal_keyring(ring, keyring_key(account.seed, account.account_id))
    return {"counter": ring.counter, "keyring": to_b64url(blob)}
