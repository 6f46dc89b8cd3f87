"""The account: sign up, sign in, unlock, recover (sealing.md 2). What leaves this computer is never the passphrase."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from client import ids
from client.home import Home, write_private
from client.server import Server
from client.trouble import Trouble
from holdspace.sealing import paper_code, passphrase, wrap
from holdspace.sealing.codec import from_b64url, to_b64url
from holdspace.sealing.errors import SealError
from holdspace.sealing.keys import KeyPairs, account_keys, group_keys, new_id, new_seed
from holdspace.sealing.primitives import kdf

SHORTEST_OWN = 12
Answer = dict[str, Any]


@dataclass(frozen=True, repr=False)
class Account:
    """An open account: its id, its sign-in name, the seed of all its keys, and the seeds that one took the place of."""

    account_id: bytes
    name: str
    seed: bytes
    former: tuple[bytes, ...] = ()

    def keys(self, group: bytes, gen: int) -> KeyPairs:
        """The pairs used in one group from now on."""
        return group_keys(self.seed, group, gen)

    def every_keys(self, group: bytes, gen: int) -> list[KeyPairs]:
        """The pairs each of the seeds makes for a group, newest seed first."""
        return [group_keys(seed, group, gen) for seed in (self.seed, *self.former)]

    @property
    def local_key(self) -> bytes:
        """What seals the little that is kept in the home."""
        return kdf(self.seed, "local", self.account_id)


def sign_up(server: Server, home: Home, name: str, file: Path) -> tuple[Account, str]:
    """A new account and its recovery code. Where the passphrase file does not exist, five random words are put there.

    Keys are made and sealed here; the server gets the auth keys, the public halves and two sealed seeds.
    """
    words, profile = new_passphrase(file)
    account = Account(new_id(), name, new_seed())
    slots, code = new_slots(account, words, profile)
    keys = account_keys(account.seed)
    recovery = {part: slots.pop(f"new_{part}") for part in ("recovery_auth", "recovery_wrapped")}
    server.seal(
        "sign-up",
        name=name,
        account_id=to_b64url(account.account_id),
        x_pub=to_b64url(keys.x_pub),
        e_pub=to_b64url(keys.e_pub),
        of_age=True,
        consent=True,
        **slots,
        **recovery,
    )
    keep(home, server, account)
    return account, code


def sign_in(server: Server, home: Home, name: str, file: Path) -> tuple[Account, Answer]:
    """The open account and the server's answer, with a session on this computer."""
    words, asked = read_passphrase(file), server.seal("prelogin", name=name)
    account_id = from_b64url(asked["account_id"])
    _same_account(home, account_id)
    stretched = passphrase.stretch(words, from_b64url(asked["salt"]), asked["profile"])
    auth = to_b64url(passphrase.auth_key(stretched, account_id))
    answer = _unlock(server, auth) or server.seal("sign-in", name=name, auth_key=auth, shared=False)
    key = passphrase.wrap_key(stretched, account_id)
    seed = _unwrap(answer, key, account_id, wrap.PASSPHRASE)
    account = Account(account_id, answer["name"], seed, open_former(answer, seed, account_id))
    keep(home, server, account)
    return account, answer


def recover(server: Server, home: Home, name: str, code: str, file: Path) -> tuple[Account, str]:
    """A new passphrase in `file` by the recovery code; the account and its new code. The old code is dead then."""
    secret = paper_code.read_code(code, paper_code.RECOVERY)
    account_id = from_b64url(server.seal("prelogin", name=name)["account_id"])
    _same_account(home, account_id)
    auth = to_b64url(paper_code.recovery_auth(secret, account_id))
    answer = server.seal("recover", name=name, recovery_auth=auth)
    key = paper_code.recovery_wrap(secret, account_id)
    account = Account(account_id, name, _unwrap(answer, key, account_id, wrap.RECOVERY))
    words, profile = new_passphrase(file)
    slots, new_code = new_slots(account, words, profile)
    server.seal("recover/finish", name=name, recovery_auth=auth, **slots)
    former = open_former(server.seal("session-share/new"), account.seed, account_id)
    account = replace(account, former=former)
    keep(home, server, account)
    return account, new_code


def open_former(answer: Answer, seed: bytes, account_id: bytes) -> tuple[bytes, ...]:
    """The seeds this one took the place of, newest first; one that does not open is `key-mismatch`."""
    key = wrap.former_key(seed, account_id)
    try:
        return tuple(_unwrap(each, key, account_id, wrap.FORMER) for each in answer["former"])
    except SealError:
        raise SealError("key-mismatch") from None


def auth_of(server: Server, account: Account, file: Path) -> str:
    """What proves to the server that the passphrase in `file` is this account's."""
    asked = server.seal("prelogin", name=account.name)
    if from_b64url(asked["account_id"]) != account.account_id:
        raise SealError("key-mismatch")
    stretched = passphrase.stretch(read_passphrase(file), from_b64url(asked["salt"]), asked["profile"])
    return to_b64url(passphrase.auth_key(stretched, account.account_id))


def keep(home: Home, server: Server, account: Account) -> None:
    """Remember in the home who lives there, and the session's cookies."""
    kept = {"account": ids.text(account.account_id), "name": account.name, "server": server.origin}
    if home.read("account.json") != kept:
        home.write("account.json", kept)
    if home.read("cookies.json") != server.cookies:
        home.write("cookies.json", server.cookies)


def read_passphrase(file: Path) -> str:
    """The passphrase of a file. One newline at the end is the editor's; every other space is the person's."""
    try:
        return file.read_text("utf-8").removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError):
        raise Trouble("no-passphrase") from None


def new_passphrase(file: Path) -> tuple[str, int]:
    if file.exists():
        words = read_passphrase(file)
        if len(words) < SHORTEST_OWN:
            raise Trouble("short-passphrase")
        return words, passphrase.CHOSEN
    words = passphrase.generate()
    try:
        write_private(file, words.encode() + b"\n", new=True)
    except OSError:
        raise Trouble("no-passphrase") from None
    return words, passphrase.GENERATED


def new_slots(account: Account, words: str, profile: int) -> tuple[dict[str, Any], str]:
    """What the server keeps for the passphrase and for a new recovery code, and that code."""
    salt, secret = paper_code.new_secret(), paper_code.new_secret()
    account_id, seed = account.account_id, account.seed
    stretched = passphrase.stretch(words, salt, profile)
    key, recovery_key = (
        passphrase.wrap_key(stretched, account_id),
        paper_code.recovery_wrap(secret, account_id),
    )
    wrapped = wrap.wrap_seed(seed, key, account_id, wrap.PASSPHRASE)
    recovery = wrap.wrap_seed(seed, recovery_key, account_id, wrap.RECOVERY)
    slots = {
        "salt": to_b64url(salt),
        "profile": profile,
        "auth_key": to_b64url(passphrase.auth_key(stretched, account_id)),
        "wrapped": to_b64url(wrapped),
        "new_recovery_auth": to_b64url(paper_code.recovery_auth(secret, account_id)),
        "new_recovery_wrapped": to_b64url(recovery),
    }
    return slots, paper_code.write_code(secret, paper_code.RECOVERY)


def _unlock(server: Server, auth: str) -> Answer | None:
    """Use the session of last time; None when there is none any more."""
    if not any(name.endswith("holdspace") for name in server.cookies):
        return None
    try:
        return server.seal("unlock", auth_key=auth)
    except Trouble as trouble:
        if trouble.code != "signed-out":
            raise
    return None


def _unwrap(answer: Answer, key: bytes, account_id: bytes, method: int) -> bytes:
    published = from_b64url(answer["x_pub"]), from_b64url(answer["e_pub"])
    return wrap.unwrap_seed(from_b64url(answer["wrapped"]), key, account_id, method, published)


def _same_account(home: Home, account_id: bytes) -> None:
    """The auth key is bound to the id: a server that names another id gets nothing from us (`key-mismatch`)."""
    kept = home.read("account.json").get("account")
    if kept is not None and kept != ids.text(account_id):
        raise SealError("key-mismatch")
