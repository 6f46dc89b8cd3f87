"""What browsers may send about groups outside the gateway (docs/protocol.md 6)."""

from holdspace.ui.doors import Body, Bytes16


class Card(Body, frozen=True):
    """An invite id."""

    invite: Bytes16
