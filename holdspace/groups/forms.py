"""What the doors of groups may be asked (protocol.md 6)."""

from typing import Annotated, Literal

from msgspec import Meta

from holdspace.ui.doors import Body, Bytes, Bytes16, Bytes32, Bytes84

Counter = Annotated[int, Meta(ge=1, le=2**53 - 1)]
Token = Annotated[str, Meta(max_length=100)]


class Card(Body, frozen=True):
    """Which invite's card."""

    invite: Bytes16


class OpenReset(Body, frozen=True):
    """A one-time address, by its last part."""

    token: Token


class NewSeed(Body, frozen=True, kw_only=True):
    """A fresh seed: its public halves and the two slots that open it."""

    salt: Bytes16
    profile: Literal[1, 2]
    new_auth_key: Bytes32
    x_pub: Bytes32
    e_pub: Bytes32
    wrapped: Bytes84
    new_recovery_auth: Bytes32
    new_recovery_wrapped: Bytes84


class FinishReset(NewSeed, frozen=True, kw_only=True):
    """A fresh seed by a one-time address."""

    token: Token


class RenewKeys(NewSeed, frozen=True, kw_only=True):
    """A fresh seed by the passphrase, and what goes on under it: (number, former seed) and the keyring."""

    auth_key: Bytes32
    former: Annotated[list[tuple[int, Bytes84]], Meta(max_length=32)]
    counter: Counter
    keyring: Bytes


class EndAccount(Body, frozen=True, kw_only=True):
    """The end. `lost`: groups which this account has no keys to leave."""

    auth_key: Bytes32
    lost: Annotated[list[Bytes16], Meta(max_length=500)] = []
