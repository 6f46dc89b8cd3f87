"""Every code with which something is refused, and the sentence a person reads.

The codes are those of docs/sealing.md (failure codes) and docs/protocol.md. This is their only list: the
server translates these sentences, the browser takes them from a template the server writes.
"""


def _(sentence: str) -> str:
    """Marks a sentence for translators (makemessages looks for this name); it is translated where it is shown."""
    return sentence


SENTENCES: dict[str, str] = {
    # Messages.
    "format": _("This is not something Holdspace wrote. Nothing was kept."),
    "version": _("This was written with a newer Holdspace. Load the page again."),
    "padding": _("These words are damaged. They are not shown."),
    "context": _("These words were moved. They are not shown."),
    "damaged": _("These words are damaged. They are not shown."),
    "commitment": _("These words were made so that nobody could report them. They are not shown."),
    "no-epoch-box": _("The key for this part is on its way."),
    "before-you-joined": _("Said before you joined."),
    "epoch-unlogged": _(
        "The server gave us a key that this group did not make. Tell your facilitator, outside Holdspace."
    ),
    "stale-epoch": _("This was not sent yet. Please send it again."),
    "nonce": _("This was not sent yet. Please send it again."),
    "author": _("Please sign in again."),
    "kind": _("You cannot send this here."),
    "exists": _(
        "Another device or tab of yours was first. Look at how it is now. If you still want this, do it again."
    ),
    "newcomers": _(
        "Somebody has joined since you said this, and would read it too. Take it back and say it again."
    ),
    "parent": _("What you answer is not here any more."),
    "too-many": _("That was a lot in a short time. Wait a little and try again."),
    "too-much": _("That is as much as one person can send in a day. Wait some hours and try again."),
    "too-large": _("This is too long to send in one piece. You can share it in parts."),
    "notice-unsigned": _("The server passed on words that nobody in the group signed. They are not shown."),
    "stamp": _("The server has no record of those words."),
    # The membership log.
    "log-format": _("The member list was changed in a way its rules do not allow."),
    "log-chain": _("The member list was changed in a way its rules do not allow."),
    "log-signature": _("The member list was changed in a way its rules do not allow."),
    "log-authority": _("The member list was changed in a way its rules do not allow."),
    "log-epoch": _("The member list was changed in a way its rules do not allow."),
    "log-invite": _("This link does not work any more. Ask for a new one."),
    "log-fingerprint": _("This is not the group you were invited to."),
    "log-rollback": _("The server shows an older or a different list than before."),
    "fork": _("The server shows an older or a different list than before."),
    "stale-log": _("Somebody else changed the member list first. Please try again."),
    "boxes": _("The keys do not fit the people in this group. Please try again."),
    "clock": _("The date on this device is wrong. Set its date and time, then try again."),
    "last-facilitator": _(
        "You are the last facilitator. Ask somebody to take over first, or close the group."
    ),
    "full": _("This group is full. Somebody new can come in when another has left."),
    "no-keys": _("You have no keys here yet: ask a facilitator."),
    "too-early": _("You can do this later: two days after the new key."),
    "hours": _("These times do not fit together. Please look at the day, the hour and the dates again."),
    "hours-changed": _("Somebody else changed this time just now. Put this away and look at it again."),
    "may-not-start": _("Only coordinators can start a group here. Ask one of them."),
    # Joining.
    "answer-foreign": _(
        "The server passed on an answer that is not for you, or not from this group. It was not opened. Take your ask back, then ask again."
    ),
    "note-missing": _(
        "We do not have the four words of this person to compare. To be sure, remove them, then give them a link by hand."
    ),
    "inside": _("You are in this group already. You find it under “My groups”."),
    "invite-damaged": _("A piece of this link is missing. Look for the whole link, or ask for a new one."),
    "bad-public-key": _("This person's key does not work. Ask them to join again."),
    # Accounts.
    "wrong-key": _("That passphrase does not open your keys. Please look at it again."),
    "key-mismatch": _(
        "The server did not answer as it should. It may be false. Do not type your passphrase again. "
        "Ask the people who run this network."
    ),
    "kdf-floor": _(
        "The server did not answer as it should. It may be false. Do not type your passphrase again. "
        "Ask the people who run this network."
    ),
    "wrong-code": _("That code does not open your keys. Five wrong tries in a row end it."),
    "no-device": _("The code does not open anything any more. Please use your passphrase."),
    "locked": _("Locked. Your words are safe."),
    "signed-out": _("Please sign in again."),
    "passphrase-bad": _("This passphrase is empty or too long. Please choose another."),
    "code-damaged": _("This code has a slip in it. Compare it with your sheet, four signs at a time."),
    "name-taken": _("Somebody has this name already. Choose another. Your passphrase stays as it is."),
    "name-bad": _("This name is too short or too long, or has signs that nobody can see. Choose another."),
    "stale": _("Another tab or device was first. Please try again."),
    "not-left": _("You are still in a group. Leave it first."),
    "runs-network": _("This account runs the network, so it cannot be deleted."),
    "of-age": _("This place is for people of 18 and older."),
    "consent": _("We need your yes before we can go on."),
    # What a group says of itself in public.
    "listing-no-agreement": _("Before a group is shown to others, its first agreement has to stand."),
    "listing-no-lead": _(
        "Before a group is shown, it needs a lead: somebody you can tell when a member is in danger. Ask a coordinator."
    ),
    "listing-closed": _("This group is closed, so it is not shown to others."),
    "listing-unfinished": _("Something is still missing. It says so beside it. All you wrote is kept."),
    "listing-principles": _("Please read the principles and say yes to them first. All you wrote is kept."),
    "listing-nothing": _("There is nothing to ask about yet. Write it first."),
    # Everywhere.
    "not-found": _("There is nothing here for you."),
    "malformed": _("The server could not read this. Load the page again, then try once more."),
    "foreign-origin": _("This came from another website. Open Holdspace itself and try again."),
    "not-set-up": _("This place is not set up yet. Please come back a little later."),
    "disk-full": _("There is no room left on the server just now. Nothing is lost. Please try again later."),
    "broken": _("Something went wrong here. Nothing you wrote is lost. Please try again."),
}


class SealError(Exception):
    """Something was refused. `code` is a key of SENTENCES; the exception carries no bytes and no words."""

    def __init__(self, code: str) -> None:
        if code not in SENTENCES:
            raise KeyError(code)
        super().__init__(code)
        self.code = code
