"""Can a stranger tell by the clock that something is there which they may not see (settled 25)? Asked in pairs in random order, what is there
and what is not; the figure is how often the one that is there took longer: 0.5 is a coin."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

import httpx

from bench.network import gather, serving, signed_up
from bench.rows import Row
from client import ids
from client.member import Member
from client.trouble import Trouble
from holdspace.sealing.keys import new_id

PAIRS, WARM = 1_500, 100
# Among 1,500 pairs of a coin's, three runs in a thousand lie further away than this.
COIN = 0.04
Asked = TypeVar("Asked")


def not_there_rows(folder: Path) -> list[Row]:
    """A page and a question of the gateway about a group, and what is told of a sign-in name."""
    with (
        serving(folder / "not-there") as server,
        signed_up(server, folder, 1) as ben,
        signed_up(server, folder, 2) as dana,
        httpx.Client(base_url=server.url, cookies=dana.server.cookies, trust_env=False) as browser,
    ):
        groups, names = (ids.parse(gather([ben])), new_id()), ("member-1", "member-9")
        return [
            _row("a page of a group", groups, lambda each: browser.get(f"/groups/{ids.text(each)}/listing/")),
            _row("the gateway, of a group", groups, lambda each: _open(dana, each)),
            _row("a sign-in name", names, lambda each: dana.server.seal("prelogin", name=each)),
        ]  # fmt: skip


def _open(member: Member, group: bytes) -> None:
    with suppress(Trouble):
        member.device.ask("open", group=group, log_after=0, items_after=0)


def _row(what: str, pair: tuple[Asked, Asked], ask: Callable[[Asked], object]) -> Row:
    """The figure for one question, about what is there and what is not. Each stays the same: what was asked before is quicker to ask again."""
    there, absent = pair
    times: dict[bool, list[float]] = {True: [], False: []}
    for number in range(WARM + PAIRS):
        for is_there in (True, False) if secrets.randbelow(2) else (False, True):
            began = perf_counter()
            ask(there if is_there else absent)
            if number >= WARM:
                times[is_there].append((perf_counter() - began) * 1000)
    slower = sum(one > other for one, other in zip(times[True], times[False], strict=True)) / PAIRS
    both = ", ".join(
        f"{name} {median(times[is_there]):.3f} ms"
        for name, is_there in (("there", True), ("not there", False))
    )
    promise = f"{0.5 - COIN:.2f} ... {0.5 + COIN:.2f}"
    return Row(f"not there: {what}, how often what is there takes longer", "", slower, 0, promise, abs(slower - 0.5) <= COIN, [both])  # fmt: skip
