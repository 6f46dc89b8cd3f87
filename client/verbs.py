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

# Verbs for which no account needs to be open yet.
OPENING = ("sign-up", "sign-in", "recover", "reset", "card")


def as_json(answer: Answer) -> str:
    """An answer on one line."""
    return json.dumps(answer, ensure_ascii=False)


def run(options: Options) -> Iterator[Answer]:
    """The answers of a verb: one, or one after another."""
    with Member(options.home, options.server) as member:
        if options.verb not in OPENING:
            member.unlock(options.passphrase_file)
        if options.verb == "watch":
            yield from member.watch(options.group, options.after, listening)
        else:
            yield VERBS[options.verb](member, options)


def recover(member: Member, options: Options) -> Answer:
    """A new passphrase."""
    return member.recover(options.name, read_file(options.code_file), options.passphrase_file)


def start_group(member: Member, options: Options) -> Answer:
    """A group."""
    text = read_file(options.agreement) if options.agreement else None
    decided = {"model": MODELS[options.model], "agreement": text}
    return member.start_group(options.name, options.my_name, **decided)


def invite(member: Member, options: Options) -> Answer:
    """A link."""
    return member.invite(options.group, known=options.known, uses=options.uses, days=options.days)


def listening() -> None:
    """Say that nothing said from now on will be missed."""
    sys.stderr.write("Listening. Stop with Ctrl-C.\n")
    sys.stderr.flush()


def read_file(path: Path) -> str:
    """The text of a file."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Trouble("no-file") from None


def words(text: str) -> str:
    """The words given, or standard input's for `-`."""
    return sys.stdin.read().removesuffix("\n") if text == "-" else text


VERBS: dict[str, Callable[[Member, Options], Answer]] = {
    "sign-up": lambda member, options: member.sign_up(options.name, options.passphrase_file),
    "sign-in": lambda member, options: member.sign_in(options.name, options.passphrase_file),
    "recover": recover,
    "reset": lambda member, options: member.reset(options.link, options.passphrase_file),
    "new-keys": lambda member, options: member.new_keys(options.passphrase_file, options.new_passphrase_file),
    "delete-account": lambda member, options: member.delete_account(options.passphrase_file, options.words),
    "notices": lambda member, options: member.notices(),
    "start-group": start_group,
    "groups": lambda member, options: member.groups(),
    "invite": invite,
    "card": lambda member, options: member.card(options.link),
    "join": lambda member, options: member.join(options.link, options.name),
    "waiting": lambda member, options: member.waiting(options.group),
    "bring-back": lambda member, options: member.bring_back(
        options.group, options.member, spoken=options.spoken, days=options.days
    ),
    "admit": lambda member, options: member.admit(options.group, spoken=options.spoken),
    "decline": lambda member, options: member.decline(options.group, options.member),
    "ask-listing": lambda member, options: member.ask_listing(options.listing, options.title),
    "requests": lambda member, options: member.requests(),
    "take-request-back": lambda member, options: member.take_request_back(options.group),
    "come": lambda member, options: member.come(options.group, options.name),
    "let-come": lambda member, options: member.let_come(options.group),
    "leave": lambda member, options: member.leave(options.group),
    "remove": lambda member, options: member.remove(options.group, options.member, options.reason),
    "promote": lambda member, options: member.promote(options.group, options.member),
    "rescue": lambda member, options: member.rescue(options.group, options.member, options.signed),
    "log": lambda member, options: member.log(options.group),
    "check-record": lambda member, options: member.check_record(read_file(options.file)),
    "share": lambda member, options: member.share(
        options.group, words(options.text), options.help_wanted, more=options.more
    ),
    "part": lambda member, options: member.part(
        options.group, options.item, words(options.text), options.help_wanted, more=options.more
    ),
    "chat": lambda member, options: member.chat(options.group, words(options.text)),
    "edit": lambda member, options: member.edit(options.group, options.item, words(options.text)),
    "withdraw": lambda member, options: member.withdraw(options.group, options.item),
    "presence": lambda member, options: member.presence(options.group, options.item, options.words),
    "reply": lambda member, options: member.reply(options.group, options.item, words(options.text)),
    "read": lambda member, options: member.read(options.group, options.after),
}
