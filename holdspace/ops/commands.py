"""The console's verbs: call, print, and end with one sentence when it can't be done."""

import argparse
import sys
from pathlib import Path
from typing import TextIO

from django.db import DatabaseError

from holdspace.accounts.actions import reset as resetting
from holdspace.conversations.actions import tidy as tidy_away
from holdspace.groups.actions import tidy_requests
from holdspace.ops import checks, demonstration, directory, first_visit, housekeeping, serving
from holdspace.ops import steward as stewarding
from holdspace.ops.trouble import Trouble
from holdspace.sealing.errors import SealError
from holdspace.ui import full_disk
from holdspace.ui.refused import Refused, sentence_of

MOST_MEMBERS = 200


def run(options: argparse.Namespace) -> int:
    """Run the verb; its exit status."""
    try:
        return VERBS[options.verb](options)
    except (Trouble, Refused, SealError) as trouble:
        say(sentence(trouble), sys.stderr)
    except (OSError, DatabaseError) as error:
        if not full_disk.is_full(error):
            raise
        say("There is no room left on the disk. Make room, then try again.", sys.stderr)
    return 1


def sentence(trouble: Exception) -> str:
    """What a person reads."""
    if isinstance(trouble, Refused):
        return trouble.sentence
    return sentence_of(trouble.code) if isinstance(trouble, SealError) else str(trouble)


def say(words: str, stream: TextIO | None = None) -> None:
    """One line, at once."""
    print(words, file=stream or sys.stdout, flush=True)


def serve(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    door = serving.open_door()
    with serving.alone():
        serving.prepare()
        for line in serving.greeting():
            say(line)
        with housekeeping.at_work():
            serving.listen(door, serving.server())
    return 0


def tidy(options: argparse.Namespace) -> int:
    """Destroy what was withdrawn or replaced and has been kept for long enough."""
    serving.prepare_database()
    tidy_away()
    tidy_requests()
    return 0


def demo(options: argparse.Namespace) -> int:
    """Serve a network of made-up groups, which is filled first where it is not there yet."""
    if options.items and not 2 <= options.members <= MOST_MEMBERS:
        raise Trouble(f"A group of the demo has 2 to {MOST_MEMBERS} members.")
    door = serving.open_door()
    with serving.alone():
        demonstration.prepare(options.items, options.members)
        server = serving.server()
        if demonstration.is_finished():
            _tell_demo()
        else:
            say("The people of the demo are coming in. Please wait a moment.")
            demonstration.fill(server, options.items, options.members, _tell_demo)
        serving.listen(door, server)
        if not demonstration.is_finished():
            raise Trouble("The demo was stopped before it was ready. Run it again: it begins anew.")
    return 0


def _tell_demo() -> None:
    say(f"Holdspace is at {serving.address()}/\n\n{demonstration.sign_ins()}")


def check(options: argparse.Namespace) -> int:
    """Look whether all is in order."""
    troubles = checks.troubles()
    for trouble in troubles:
        say(trouble, sys.stderr)
    if not troubles:
        say("Everything is in order.")
    return 1 if troubles else 0


def setup(options: argparse.Namespace) -> int:
    """What the first visit does."""
    sheet = Path(options.steward_sheet)
    serving.prepare_database()
    made = first_visit.set_up_network(options.name, options.language, options.coordinator, sheet)
    say(
        f"The network is set up. Keep these three safe; the first two are not shown again.\n\n"
        f"  Sign-in name    {made.sign_in_name}\n"
        f"  Passphrase      {made.passphrase}\n"
        f"  Recovery code   {made.recovery_code}\n"
        f"  Steward sheet   {sheet}\n\n"
        "This machine has seen the passphrase while it made the keys. Sign in, make a new recovery sheet and\n"
        "print the steward sheet, then delete its file."
    )
    return 0


def steward(options: argparse.Namespace) -> int:
    """Sign one of the steward's two acts. Only the signed text goes to stdout."""
    sign = {"promote": stewarding.promote, "demote": stewarding.demote}[options.act]
    say(sign(Path(options.sheet), options.request))
    say("Give this text back to the member. Everybody in the group will see what it did.", sys.stderr)
    return 0


def reset_account(options: argparse.Namespace) -> int:
    """Make the one-time address of a reset. Only the address goes to stdout."""
    token = resetting.offer_reset(options.name)
    say(f"{serving.address()}/reset/{token}/")
    say(
        "Hand this address to the person yourself, after you have spoken with them. It works once, for 24 hours.\n"
        "Whoever opens it gets the account: the old keys are thrown away, what was said comes back from their groups.",
        sys.stderr,
    )
    return 0


def look_after_directory(options: argparse.Namespace) -> int:
    """What a host does for the directory."""
    return directory.run(options, say)


VERBS = {
    "serve": serve,
    "tidy": tidy,
    "demo": demo,
    "check": check,
    "setup": setup,
    "reset-account": reset_account,
    "steward": steward,
    "directory": look_after_directory,
}
