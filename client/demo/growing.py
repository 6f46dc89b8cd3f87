"""One long group of many members and many items, to look at growth. Sealed by the same code as everything else."""

import tomllib
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from client import ids
from client.demo.company import Company
from client.group import Group
from client.member import Member
from client.talking import reply, share
from holdspace.sealing.log_payload import MAX_USES

FILE = Path(__file__).with_name("growth.toml")
AT_ONCE = 8
# Every third item is a share, the others answer one of the newest shares.
A_SHARE_EVERY, NEWEST = 3, 20


class Growth:
    """`first` are the sign-in names that come before the made-up ones, so that a person can look at it."""

    def __init__(self, company: Company, first: Iterable[str], members: int) -> None:
        self._told = tomllib.loads(FILE.read_text("utf-8"))
        names = [*first, *(f"many-{number:02}" for number in range(1, members + 1))][:members]
        with ThreadPoolExecutor(AT_ONCE) as several:
            self._members = list(several.map(company.member, names))
        self._shares: deque[str] = deque(maxlen=NEWEST)

    def grow(self, items: int) -> str:
        """Everybody comes in, and then they talk in turns; the group's id."""
        group = self._gathered()
        with ThreadPoolExecutor(AT_ONCE) as several:
            groups = list(several.map(lambda member: member.group(group), self._members))
            for begun in range(0, items, len(groups)):
                numbers = range(begun, min(begun + len(groups), items))
                list(several.map(self._say, groups, numbers))
        return group

    def _gathered(self) -> str:
        founder, *others = self._members
        group: str = founder.start_group(self._told["name"], self._told["people"][0])["group"]
        for begun in range(0, len(others), MAX_USES):
            coming = others[begun : begun + MAX_USES]
            link = founder.invite(group, uses=len(coming))["link"]
            with ThreadPoolExecutor(AT_ONCE) as several:
                list(several.map(self._join(link), coming, range(begun + 1, begun + 1 + len(coming))))
        if others:
            founder.admit(group)
        return group

    def _join(self, link: str) -> Callable[[Member, int], Any]:
        return lambda member, number: member.join(link, self._name(number))

    def _name(self, number: int) -> str:
        people = self._told["people"]
        again = number // len(people)
        return str(people[number % len(people)]) + (f" {again + 1}" if again else "")

    def _say(self, group: Group, number: int) -> None:
        text = self._text(number)
        if number % A_SHARE_EVERY == 0 or not self._shares:
            self._shares.append(share(group, text)["item"])
        else:
            reply(group, ids.parse(self._shares[number * 5 % len(self._shares)]), text)

    def _text(self, number: int) -> str:
        """Lengths differ as they do among people: one line, or up to four."""
        lines = self._told["lines"]
        return " ".join(lines[(number * 7 + more * 11) % len(lines)] for more in range(1 + number % 4))
