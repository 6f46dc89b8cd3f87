"""What a signed-in member has at hand: the server's two doors, the open account, and what was seen of each log."""

import time
from secrets import token_bytes
from typing import Any

from client.account import Account, Answer
from client.home import Home, Pin
from client.server import Server
from client.trouble import Trouble
from holdspace.sealing.codec import from_b64url, from_padded_json, to_b64url, to_padded_json
from holdspace.sealing.errors import SealError
from holdspace.sealing.keyring import Keyring, open_keyring, seal_keyring
from holdspace.sealing.keys import keyring_key
from holdspace.sealing.primitives import ae_open, ae_seal

KEPT = b"HL-home"


class Device:
    """One account open on one computer."""

    def __init__(self, server: Server, home: Home, account: Account, answer: Answer | None = None) -> None:
        self.server, self.home, self.account = server, home, account
        self._keyring = self._opened((answer or {}).get("keyring"))
        self.pins = _newest(home.pins(), self._keyring.pins)
        self.gens = dict(self._keyring.gens)
        self.seen = {group: dict(times) for group, times in self._keyring.seen.items()}
        # Where this member asked without a link; the last word of this device counts.
        self.requests = dict(self._keyring.requests)

    def ask(self, verb: str, **args: Any) -> dict[str, Any]:
        """Ask the gateway."""
        return self.server.ask(verb, **args)

    def pin(self, group: bytes, pin: Pin) -> None:
        """Remember how far a group's log was seen; it never goes back."""
        self.pins = _newest(self.home.pins(), self.pins | {group: pin})
        self.home.keep_pins(self.pins)

    @property
    def keyring(self) -> Keyring:
        """As the server has it."""
        return self._keyring

    def put_keyring(self) -> None:
        """Let the server keep, sealed, what this device has seen, so that the next one notices an older list."""
        for _ in range(3):
            pins = _newest(self._keyring.pins, self.pins)
            gens = {group: max(gen, self._keyring.gens.get(group, 0)) for group, gen in self.gens.items()}
            gens = self._keyring.gens | gens
            seen = _earliest(self.seen, self._keyring.seen)
            old = self._keyring
            if (pins, gens, seen, self.requests) == (old.pins, old.gens, old.seen, old.requests):
                return
            keyring = Keyring(old.counter + 1, pins, gens, seen, dict(self.requests))
            try:
                if self._put(keyring):
                    self._keyring = keyring
                    return
            except Trouble as trouble:
                if trouble.code == "disk-full":
                    return  # kept with the next verb for which there is room; until then this home remembers
                raise
            self._keyring = self._opened(self.server.seal("keyring"))

    def first_seen(self, group: bytes, seq: int) -> int:
        """When one of this person's devices first saw an entry, in ms; now, when none had."""
        return self.seen.setdefault(group, {}).setdefault(seq, now_ms())

    def remember(self, kept: dict[str, Any]) -> None:
        """Keep a little of the member's own in the home, sealed."""
        nonce, body = token_bytes(12), to_padded_json({"v": 1} | kept)
        sealed = nonce + ae_seal(self.account.local_key, nonce, KEPT, body)
        self.home.write_bytes("kept.sealed", sealed)

    def remembered(self) -> dict[str, Any]:
        """What `remember` kept; empty when there is nothing, or nothing that opens."""
        sealed = self.home.read_bytes("kept.sealed") or b""
        try:
            return from_padded_json(ae_open(self.account.local_key, sealed[:12], KEPT, sealed[12:]))
        except SealError:
            return {}

    def _put(self, keyring: Keyring) -> bool:
        blob = seal_keyring(keyring, keyring_key(self.account.seed, self.account.account_id))
        try:
            self.server.seal("keyring/put", counter=keyring.counter, blob=to_b64url(blob))
        except Trouble as trouble:
            if trouble.code != "stale":
                raise
            return False
        return True

    def _opened(self, answer: Answer | None) -> Keyring:
        """The keyring; a damaged one is only a lost cache, and its counter goes on."""
        if not answer:
            return Keyring()
        try:
            return open_keyring(
                from_b64url(answer["blob"]), keyring_key(self.account.seed, self.account.account_id)
            )
        except SealError:
            return Keyring(answer["counter"])


def _earliest(*many: dict[bytes, dict[int, int]]) -> dict[bytes, dict[int, int]]:
    earliest: dict[bytes, dict[int, int]] = {}
    for seen in many:
        for group, times in seen.items():
            known = earliest.setdefault(group, {})
            known |= {seq: min(ms, known.get(seq, ms)) for seq, ms in times.items()}
    return earliest


def now_ms() -> int:
    """This computer's clock, in milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


def _newest(*many: dict[bytes, Pin]) -> dict[bytes, Pin]:
    newest: dict[bytes, Pin] = {}
    for pins in many:
        for group, pin in pins.items():
            if group not in newest or pin[0] > newest[group][0]:
                newest[group] = pin
    return newest
