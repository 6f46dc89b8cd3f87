"""The verbs of the command line: from options to a member's method, and its answers as they come."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from client.agreement import MODELS
from client.member import Member
from client.trouble import Trouble

Options = argparse.Namespace
Answer = dict[str, Any]


def as_json(answer: Answer) -> str:
    """An answer on one line."""
    return json.dumps(answer, ensure_ascii=False)


def sign_up(options: Options) -> Answer:
    """An account."""
    return Member(options.home, options.server).sign_up(options.name, options.passphrase_file)


def sign_in(options: Options) -> Answer:
    """An account on another computer."""
    return Member(options.home, options.server).sign_in(options.name, options.passphrase_file)


def recover(options: Options) -> Answer:
    """A new passphrase."""
    member = Member(options.home, options.server)
    return member.recover(options.name, read_file(options.code_file), options.passphrase_file)


def card(options: Options) -> Answer:
    """A link's card; nobody needs to be signed in for it."""
    return Member(options.home, options.server).card(options.link)


def start_group(options: Options) -> Answer:
    """A group."""
    text = read_file(options.agreement) if options.agreement else None
    decided = {"model": MODELS[options.model], "agreement": text}
    return unlocked(options).start_group(options.name, options.my_name, **decided)


def invite(options: Options) -> Answer:
    """A link."""
    wanted = {"known": options.known, "uses": options.uses, "days": options.days}
    return unlocked(options).invite(options.group, **wanted)


def watch(options: Options) -> Iterator[Answer]:
    """What is said, as it is said."""

    def listening() -> None:
        sys.stderr.write("Listening. Stop with Ctrl-C.\n")
        sys.stderr.flush()

    return unlocked(options).watch(options.group, options.after, listening)


def unlocked(options: Options) -> Member:
    """The member who lives in this home."""
    member = Member(options.home, options.server)
    member.unlock(options.passphrase_file)
    return member


def read_file(path: Path) -> str:
    """The text of a file."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Trouble("no-file") from None


def words(text: str) -> str:
    """The words given, or standard input's for `-`."""
    return sys.stdin.read().removesuffix("\n") if text == "-" else text


ONE_ANSWER: dict[str, Callable[[Options], Answer]] = {
    "sign-up": sign_up,
    "sign-in": sign_in,
    "recover": recover,
    "notices": lambda options: unlocked(options).notices(),
    "start-group": start_group,
    "groups": lambda options: unlocked(options).groups(),
    "invite": invite,
    "card": card,
    "join": lambda options: unlocked(options).join(options.link, options.name),
    "waiting": lambda options: unlocked(options).waiting(options.group),
    "admit": lambda options: unlocked(options).admit(options.group),
    "decline": lambda options: unlocked(options).decline(options.group, options.member),
    "leave": lambda options: unlocked(options).leave(options.group),
    "remove": lambda options: unlocked(options).remove(options.group, options.member, options.reason),
    "promote": lambda options: unlocked(options).promote(options.group, options.member),
    "log": lambda options: unlocked(options).log(options.group),
    "share": lambda options: unlocked(options).share(options.group, words(options.text), options.help_wanted),
    "reply": lambda options: unlocked(options).reply(options.group, options.item, words(options.text)),
    "read": lambda options: unlocked(options).read(options.group, options.after),
}


def run(options: Options) -> Iterator[Answer]:
    """The answers of a verb: one, or one after another."""
    if options.verb == "watch":
        yield from watch(options)
    else:
        yield ONE_ANSWER[options.verb](options)
