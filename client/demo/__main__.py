"""`python -m client.demo --server URL --folder DIR`: the demo's members fill an empty network.

Started by `holdspace demo`. Ends with 0 when everybody has said what they say and DIR/sign-ins.txt is there.
"""

import argparse
import sys
from pathlib import Path

from client.command import FAILED, STOPPED
from client.demo.company import Company
from client.demo.filling import fill
from client.home import write_private
from client.trouble import Trouble, sentence_of
from holdspace.sealing.errors import SealError


def main(arguments: list[str] | None = None) -> int:
    """Fill, then write down who can sign in. One sentence on stderr when it can't be done."""
    options = parser().parse_args(arguments)
    company = Company(options.server, options.folder)
    try:
        told = fill(company, options.items, options.members)
    except (Trouble, SealError) as trouble:
        sys.stderr.write(
            (trouble.sentence if isinstance(trouble, Trouble) else sentence_of(trouble.code)) + "\n"
        )
        return FAILED
    except KeyboardInterrupt:
        return STOPPED
    finally:
        company.close()
    _finish(options.folder / "sign-ins.txt", told)
    return 0


def parser() -> argparse.ArgumentParser:
    """What `holdspace demo` says to it."""
    top = argparse.ArgumentParser(prog="python -m client.demo", description=__doc__, allow_abbrev=False)
    top.add_argument("--server", required=True)
    top.add_argument("--folder", type=Path, required=True)
    top.add_argument("--items", type=int, default=0)
    top.add_argument("--members", type=int, default=0)
    return top


def _finish(path: Path, told: str) -> None:
    """Moved into place whole: where it is, the demo is finished."""
    beside = path.with_name(".sign-ins")
    write_private(beside, told.encode())
    beside.replace(path)


if __name__ == "__main__":
    sys.exit(main())
