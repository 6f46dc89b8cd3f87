"""What browsers may send about accounts (protocol.md 6)."""

from typing import Annotated, Literal

from msgspec import Meta

from holdspace.ui.doors import Body, Bytes, Bytes16, Bytes32, Bytes84

# Longer than any allowed name, so that a wrong one gets its sentence.
Name = Annotated[str, Meta(max_length=200)]
Counter = Annotated[int, Meta(ge=1, le=2**53 - 1)]


class NewNetwork(Body, frozen=True):
    """What the setup page says about the network."""

    name: Name
    language: Annotated[str, Meta(max_length=16)]
    may_start: Literal["everyone", "coordinators"] = "everyone"


class Prelogin(Body, frozen=True):
    """Who wants to sign in?"""

    name: Name


class SignUp(Body, frozen=True, kw_only=True):
    """A new account; the last three come together, from the setup page only."""

    name: Name
    account_id: Bytes16
    salt: Bytes16
    profile: Literal[1, 2]
    auth_key: Bytes32
    x_pub: Bytes32
    e_pub: Bytes32
    wrapped: Bytes84
    recovery_auth: Bytes32
    recovery_wrapped: Bytes84
    of_age: bool
    consent: bool
    setup: Annotated[str, Meta(max_length=100)] | None = None
    steward: Bytes32 | None = None
    network: NewNetwork | None = None
    shared: bool = False


class SignIn(Body, frozen=True):
    """A try to sign in."""

    name: Name
    auth_key: Bytes32
    shared: bool = False


class EndSession(Body, frozen=True):
    """One of one's own sessions, by the key the account page shows."""

    session: Bytes32


class Unlock(Body, frozen=True):
    """A try to unlock, already signed in."""

    auth_key: Bytes32


class ChangePassphrase(Body, frozen=True):
    """The passphrase as it was, and what the new one makes of the same seed."""

    auth_key: Bytes32
    salt: Bytes16
    profile: Literal[1, 2]
    new_auth_key: Bytes32
    wrapped: Bytes84


class KeepOnDevice(Body, frozen=True):
    """Keys are to rest on this device, for a code."""

    auth_key: Bytes32
    device: Bytes16
    code_auth: Bytes32
    share: Bytes32


class OpenDevice(Body, frozen=True):
    """A try with a device's code."""

    device: Bytes16
    code_auth: Bytes32


class Recover(Body, frozen=True):
    """A try with the code of the recovery sheet."""

    name: Name
    recovery_auth: Bytes32


class FinishRecovery(Body, frozen=True):
    """The new passphrase and the new sheet."""

    name: Name
    recovery_auth: Bytes32
    salt: Bytes16
    profile: Literal[1, 2]
    auth_key: Bytes32
    wrapped: Bytes84
    new_recovery_auth: Bytes32
    new_recovery_wrapped: Bytes84
    shared: bool = False


class NewSheet(Body, frozen=True):
    """A new recovery sheet in the place of the old one."""

    auth_key: Bytes32
    recovery_auth: Bytes32
    recovery_wrapped: Bytes84


class PutKeyring(Body, frozen=True):
    """The next version of a keyring."""

    counter: Counter
    blob: Bytes
