"""Every code with which something is refused, and the sentence a person reads.

The codes are those of docs/sealing.md (failure codes) and docs/protocol.md. This is their only list: the
server translates these sentences, the browser takes them from a template the server writes.
"""

SENTENCES: dict[str, str] = {
    # Messages.
    "format": "This is not something Holdspace wrote. Nothing was kept.",
    "version": "This was written with a newer Holdspace. Reload.",
    "padding": "This message is damaged.",
    "context": "This message was moved. It is not shown.",
    "damaged": "This message is damaged.",
    "commitment": "This message was made so that it could not be reported. It is not shown.",
    "no-epoch-box": "The key for this part is on its way.",
    "before-you-joined": "Said before you joined.",
    "epoch-unlogged": (
        "The server offered a key this group did not make. Tell your facilitator, outside Holdspace."
    ),
    "stale-epoch": "Please send again.",
    "nonce": "Please send again.",
    "author": "Please sign in again.",
    "kind": "You cannot send this here.",
    "exists": "This was sent already.",
    "parent": "What you answer is not here any more.",
    "too-many": "That was a lot in a short time. Wait a little and try again.",
    "too-large": "This is too long to send in one piece.",
    "stamp": "This host has no record of that message.",
    # The membership log.
    "log-format": "The member list was changed in a way its rules do not allow.",
    "log-chain": "The member list was changed in a way its rules do not allow.",
    "log-signature": "The member list was changed in a way its rules do not allow.",
    "log-authority": "The member list was changed in a way its rules do not allow.",
    "log-epoch": "The member list was changed in a way its rules do not allow.",
    "log-invite": "This link is no longer valid. Ask for a new one.",
    "log-fingerprint": "This is not the group you were invited to.",
    "log-rollback": "This host shows an older or a different list than before.",
    "fork": "This host shows an older or a different list than before.",
    "stale-log": "Somebody else changed the member list first. Please try again.",
    "boxes": "The keys do not fit the people in this group. Please try again.",
    "last-facilitator": "You are the last facilitator. Ask somebody to take over first, or close the group.",
    "full": "This group is full.",
    "may-not-start": "Only coordinators can start a group here. Ask one of them.",
    # Joining.
    "invite-damaged": "This link is incomplete. Ask for a new one.",
    "bad-public-key": "This person's key is unusable; ask them to join again.",
    # Accounts.
    "wrong-key": "That passphrase does not open your keys.",
    "key-mismatch": (
        "The server's answer is not trustworthy. Do not type your passphrase again; contact your host."
    ),
    "kdf-floor": (
        "The server's answer is not trustworthy. Do not type your passphrase again; contact your host."
    ),
    "locked": "Locked. Your words are safe.",
    "signed-out": "Please sign in again.",
    "passphrase-bad": "A passphrase needs at least one sign and at most 512 bytes.",
    "code-damaged": "This code has a slip in it. Compare it with your sheet, four signs at a time.",
    "name-taken": "Somebody has this name already. Choose another.",
    "name-bad": "This name cannot be used. Choose another.",
    "stale": "Another tab or device was first. Please try again.",
    "of-age": "You need to be old enough to join here.",
    "consent": "We need your yes before we can go on.",
    # Everywhere.
    "not-found": "There is nothing here for you.",
    "malformed": "The server could not read this.",
    "foreign-origin": "This came from another website. Open Holdspace itself and try again.",
    "not-set-up": "This Holdspace has not been set up yet.",
    "broken": "Something went wrong here. Nothing you wrote is lost. Please try again.",
}


class SealError(Exception):
    """Something was refused. `code` is a key of SENTENCES; the exception carries no bytes and no words."""

    def __init__(self, code: str) -> None:
        if code not in SENTENCES:
            raise KeyError(code)
        super().__init__(code)
        self.code = code
