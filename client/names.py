"""Who goes by which name in a group, and what it is called: folded from standing items and profiles.

A person's own profile leads over what a facilitator passed on about them.
"""

from hashlib import sha256
from typing import Any

from holdspace.sealing.envelope import PROFILE, STANDING, Opened
from holdspace.sealing.log_state import LogState

SIGNED = ("principles", "agreement")


class Names:
    """The names of one group, taken in one opened item after another, oldest first."""

    def __init__(self) -> None:
        self.group: str | None = None
        self.agreement: dict[str, Any] | None = None
        self.place: dict[str, Any] | None = None
        self.standing_epoch = 0
        self.profile_epochs: dict[bytes, int] = {}
        self._own: dict[bytes, str] = {}
        self._passed_on: dict[bytes, str] = {}
        self._signed: dict[bytes, dict[str, int]] = {}

    def of(self, member_id: bytes) -> str | None:
        """A person's name here, if anybody has said it."""
        return self._own.get(member_id) or self._passed_on.get(member_id)

    def own(self, member_id: bytes) -> str | None:
        """The name somebody gave themselves."""
        return self._own.get(member_id)

    def profile_of(self, member_id: bytes) -> dict[str, Any] | None:
        """A person's name and, where it is known, what they signed, as a profile says it; None without a name."""
        name, signed = self.of(member_id), self._signed.get(member_id)
        return {"n": name} | ({"signed": signed} if signed else {}) if name else None

    def signed_by(self, member_id: bytes) -> dict[str, int]:
        """Which versions of principles and agreement somebody said yes to, as far as they said so with their name."""
        return self._signed.get(member_id, {})

    def take(self, opened: Opened, state: LogState) -> None:
        """Take in a standing item or a profile; anything else says no name."""
        header = opened.header
        if header.kind == PROFILE and header.epoch >= self.profile_epochs.get(header.author, 0):
            self._own[header.author] = opened.body["n"]
            self.profile_epochs[header.author] = header.epoch
            self._take_signed(header.author, opened.body)
        elif header.kind == STANDING and header.epoch >= self.standing_epoch:
            self._take_standing(opened, state)

    def pass_on(self, member_id: bytes, name: str) -> None:
        """A name a facilitator learnt from somebody's request to join."""
        self._passed_on[member_id] = name

    def _take_standing(self, opened: Opened, state: LogState) -> None:
        self.standing_epoch, self.group = opened.header.epoch, opened.body["name"]
        self.place = opened.body.get("place")
        for member_hex, profile in opened.body["profiles"].items():
            self._passed_on[_id(member_hex)] = profile["n"]
            if _id(member_hex) not in self.profile_epochs:
                self._take_signed(_id(member_hex), profile)
        agreement = opened.body["agreement"]
        if state.agreement and _is_that(agreement, state):
            self.agreement = agreement

    def _take_signed(self, member_id: bytes, profile: dict[str, Any]) -> None:
        signed = profile.get("signed")
        if isinstance(signed, dict):
            self._signed[member_id] = {of: signed[of] for of in SIGNED if isinstance(signed.get(of), int)}


def _is_that(agreement: dict[str, Any], state: LogState) -> bool:
    """Whether this text is the one whose hash is in the signed log."""
    stands = state.agreement
    digest = sha256(agreement["text"].encode()).digest()
    return stands is not None and (agreement["version"], digest) == (stands.version, stands.sha256)


def _id(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
