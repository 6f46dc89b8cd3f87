"""The command line: `holdspace member --home DIR --server URL --passphrase-file F [--json] VERB ...`.

One sentence on stderr and exit 1 when something is refused, 2 for a command that cannot be read, never a traceback.
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from client import lines, verbs
from client.agreement import MODELS
from client.trouble import Trouble, sentence_of
from holdspace.sealing.body import HELP_WANTED
from holdspace.sealing.errors import SealError

SAID_AS = {  # the words on screen, as people type them, and the name that is sealed
    "just be with me": "be-with-me",
    "share your experience": "share-experience",
    "ideas welcome": "ideas-welcome",
    "questions are ok": "questions-ok",
}
SPOKEN = "I have spoken with the person whose keys are new: by voice, by video or in person"
FAILED, STOPPED = 1, 130
AddVerb = Callable[..., argparse.ArgumentParser]


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; the exit status."""
    try:
        options = parser().parse_args(arguments)
    except SystemExit as exit_:
        return int(exit_.code or 0)
    try:
        run(options)
        sys.stdout.flush()
    except (Trouble, SealError) as trouble:
        return _told(trouble.sentence if isinstance(trouble, Trouble) else sentence_of(trouble.code))
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        # The reader of our output has gone; without this Python complains once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as broken:
        return _told(f"Something went wrong that should not have ({type(broken).__name__}).")
    return 0


def run(options: argparse.Namespace) -> None:
    """Run the verb and write what it gives: JSON, a line each for verbs that go on, or plain lines."""
    plain = lines.LINES[options.verb]
    for answer in verbs.run(options):
        text = verbs.as_json(answer) if options.json else "\n".join(plain(answer))
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def parser() -> argparse.ArgumentParser:
    """Everything that can be asked for."""
    top = argparse.ArgumentParser(prog="holdspace member", description=__doc__, allow_abbrev=False)
    top.add_argument(
        "--home", type=Path, required=True, help="folder that keeps this member's session and logs"
    )
    top.add_argument("--server", help="address of the server; needed once, then kept in the home")
    top.add_argument("--passphrase-file", type=Path, required=True, help="file that holds the passphrase")
    top.add_argument("--json", action="store_true", help="answer in JSON")
    each = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    each.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    some = top.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, help_: str, *places: str) -> argparse.ArgumentParser:
        added = some.add_parser(name, help=help_, description=help_, parents=[each], allow_abbrev=False)
        for place in places:
            added.add_argument(place)
        return added

    _account_verbs(verb)
    _group_verbs(verb)
    _asking_verbs(verb)
    _talking_verbs(verb)
    return top


def _account_verbs(verb: AddVerb) -> None:
    verb(
        "sign-up",
        "Make an account. Signing up says that you are 18 or older and agree that the server keeps what "
        "an account needs. The recovery code is shown once.",
        "name",
    )
    verb("sign-in", "Use an account on this computer.", "name")
    recover = verb("recover", "Set a new passphrase with the recovery code. Shows a new code, once.", "name")
    recover.add_argument("--code-file", type=Path, required=True, help="file that holds the recovery code")
    reset = verb(
        "reset", "New keys by the host's one-time address, when passphrase and recovery code are lost."
    )
    reset.add_argument("link", help="the address the host gave you")
    renew = verb(
        "new-keys",
        "New keys in every group, because somebody may know the passphrase. Shows a new code, once.",
    )
    renew.add_argument(
        "--new-passphrase-file",
        type=Path,
        required=True,
        help="file for the new passphrase; made if it is not there",
    )
    end = verb("delete-account", "Leave every group and delete the account. There is no way back.")
    end.add_argument(
        "--words", choices=("leave", "withdraw"), required=True, help="what becomes of what you said"
    )
    verb("notices", "Words that facilitators sent to you when they removed you.")


def _group_verbs(verb: AddVerb) -> None:
    start = verb("start-group", "Start a group and be its first facilitator.")
    start.add_argument("--name", required=True, help="name of the group, seen by its members only")
    start.add_argument("--my-name", default="Facilitator", help="your name in this group")
    start.add_argument("--model", choices=MODELS, default="consent-first", help="model of confidentiality")
    start.add_argument("--agreement", type=Path, help="file with the first agreement")
    verb("groups", "The groups you are in or asked to join.")
    invite = verb(
        "invite", "Make a link for one person. Pass it on yourself; the server never sends it.", "group"
    )
    invite.add_argument("--known", action="store_true", help="I know who this is: admit without another look")
    invite.add_argument("--uses", type=int, default=1, help="how many people may use it, up to 30")
    invite.add_argument("--days", type=int, default=7, help="how long it is good for")
    verb("card", "What a link says before joining: group, inviter, agreement.", "link")
    join = verb("join", "Ask to join by a link.", "link")
    join.add_argument("--name", required=True, help="your name in this group")
    verb("waiting", "Who waits to be admitted.", "group")
    back = verb(
        "bring-back",
        "A link for a member who lost all keys. Everybody sees that you vouched.",
        "group",
        "member",
    )
    back.add_argument("--spoken", action="store_true", help=SPOKEN)
    back.add_argument("--days", type=int, default=7, help="how long it is good for")
    admit = verb("admit", "Admit everybody who waits.", "group")
    admit.add_argument("--spoken", action="store_true", help=SPOKEN)
    verb("decline", "Tell somebody who waits that it is a no.", "group", "member")
    verb("leave", "Leave a group.", "group")
    remove = verb("remove", "Remove somebody from a group.", "group", "member")
    remove.add_argument("--reason", help="words for the person, which they can still read afterwards")
    verb("promote", "Make a member a facilitator.", "group", "member")
    rescue = verb(
        "rescue",
        "A group without a facilitator: the text for the network's steward to sign.",
        "group",
        "member",
    )
    rescue.add_argument("--signed", metavar="TEXT", help="the text the steward gave back")
    verb("log", "The group's membership log, checked here.", "group")
    check = verb(
        "check-record", "What a file shows that somebody saved from a group's page, by this group's log."
    )
    check.add_argument("file", type=Path)


def _asking_verbs(verb: AddVerb) -> None:
    ask = verb("ask-listing", "Ask to join a group you found in the directory, without a link.")
    ask.add_argument("listing", help="last part of the listing's address: /find/LISTING/")
    ask.add_argument("--title", default="", help="what the listing is called, to remember it by")
    verb("requests", "Where you asked without a link, and how it stands.")
    verb("take-request-back", "Ask no more.", "group")
    come = verb("come", "Go on with the invite that answered you.", "group")
    come.add_argument("--name", required=True, help="your name in this group")
    verb("let-come", "Invite everybody who asked from the group's listing.", "group")


def _talking_verbs(verb: AddVerb) -> None:
    share = verb("share", "Share something with a group.", "group")
    part = verb("part", "Go on with a share of your own.", "group", "item")
    for each in (share, part):
        each.add_argument(
            "--help-wanted",
            type=_help_wanted,
            metavar="WORDS",
            help=f"what would help: {' | '.join(SAID_AS)}",
        )
        each.add_argument("--more", action="store_true", help="there is more to come, when you are ready")
    reply = verb("reply", "Reply to a share.", "group", "item")
    chat = verb("chat", "Say something beside the shares.", "group")
    edit = verb("edit", "Say your own words anew, in their place.", "group", "item")
    for each in (share, part, reply, chat, edit):
        each.add_argument("--text", required=True, help="the words; - reads standard input")
    verb(
        "withdraw",
        "Take your own words or presence back. A locked copy stays for 14 days, for reports.",
        "group",
        "item",
    )
    presence = verb(
        "presence", "Be there for who said something. Only they see that it was you.", "group", "item"
    )
    presence.add_argument("--words", help="a warm phrase; without it, wordless")
    read = verb("read", "What was said in a group.", "group")
    read.add_argument("--after", type=int, default=0, metavar="SEQ", help="only what came after this number")
    watch = verb("watch", "Each thing said from now on, as it comes.", "group")
    watch.add_argument("--after", type=int, metavar="SEQ", help="begin with what came after this number")


def _help_wanted(words: str) -> str:
    """The sealed name of what would help, from its name or from the words on screen."""
    plain = " ".join(words.casefold().split())
    if plain in HELP_WANTED:
        return plain
    if plain not in SAID_AS:
        raise argparse.ArgumentTypeError(f"choose from {', '.join(SAID_AS)}")
    return SAID_AS[plain]


def _told(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return FAILED
