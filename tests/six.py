"""Six people around one group, to see who may do what (test_who_may.py)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from client import ids
from client.frames import CONTENT_TYPE, encode
from client.group import Group
from tests.members import Someone, admitted, company
from tests.running import Running

ROLES = ("member", "facilitator", "coordinator", "other group", "signed out", "removed")
Outcomes = dict[str, str]


def everyone(outcome: str) -> Outcomes:
    """The same for all."""
    return dict.fromkeys(ROLES, outcome)


def signed_in(outcome: str, otherwise: str = "signed-out") -> Outcomes:
    """The same for all who have a session."""
    return everyone(outcome) | {"signed out": otherwise}


def members(outcome: str) -> Outcomes:
    """Who belongs to the group; to everybody else there is no such group."""
    return signed_in("not-found") | {"member": outcome, "facilitator": outcome}


def facilitators(outcome: str, member: str = "not-found") -> Outcomes:
    """Who guides the group."""
    return members(outcome) | {"member": member}


class Cast(NamedTuple):
    """Six people and Amara's and Ben's group. `asker` is None for the one who is signed out."""

    people: dict[str, Someone]
    group: str
    server: Running
    said: bytes
    notice: bytes


class Asker(NamedTuple):
    """One of them, about to ask about a group: the real one, or one that is not there."""

    cast: Cast
    role: str
    group: bytes

    @property
    def person(self) -> Someone | None:
        """None when signed out."""
        return self.cast.people.get(self.role)

    @property
    def ours(self) -> Group:
        """The real group as its facilitator holds it."""
        return self.cast.people["facilitator"].group(self.cast.group)

    def get(self, path: str) -> httpx.Response:
        """A page."""
        with self._browser() as browser:
            return browser.get(path)

    def post(self, path: str, **request: Any) -> httpx.Response:
        """A body or frames, with everything a page of ours sends along."""
        with self._browser() as browser:
            if not self.person:
                browser.get("/")
            token = next(cookie.value for cookie in browser.cookies.jar if "csrf" in cookie.name)
            headers = {"X-CSRFToken": token or "", **request.pop("headers", {})}
            return browser.post(path, headers=headers, **request)

    def send_form(self, path: str, body: dict[str, str]) -> httpx.Response:
        """A form of a plain page."""
        return self.post(path, data=body)

    def _browser(self) -> httpx.Client:
        cookies = self.person.server.cookies if self.person else None
        url = self.cast.server.url
        return httpx.Client(
            base_url=url, cookies=cookies, headers={"Origin": url}, trust_env=False, timeout=30
        )

    def frame(self, verb: str, args: dict[str, Any]) -> httpx.Response:
        """Ask the gateway."""
        message = encode([(1, verb, args)])
        return self.post("/live", content=message, headers={"Content-Type": CONTENT_TYPE})


@contextmanager
def six_people(folder: Path) -> Iterator[Cast]:
    """The cast on a real server. Eli was a member and was removed; Dana facilitates a group of her own."""
    server = Running(folder / "data", HOLDSPACE_ITEMS_PER_MINUTE="600", HOLDSPACE_LIST_CHANGES_PER_HOUR="600")
    told = server.set_up("--coordinator", "chidi")
    server.start()
    with company(server, folder) as somebody, Someone(server, folder, "chidi") as chidi:
        chidi.file.write_text(told.partition("Passphrase")[2].split("\n")[0].strip())
        chidi.sign_in("chidi", chidi.file)
        amara, ben, dana, eli = (somebody(name) for name in ("amara", "ben", "dana", "eli"))
        group = ben.start_group("Ours", "ben")["group"]
        dana.start_group("Theirs", "dana")
        admitted(group, ben, amara, eli)
        amara.group(group)
        assert len(eli.read(group)["items"]) == 0, "eli did belong"
        ben.remove(group, "eli", "You told others what was said here.")
        notice = eli.device.ask("notices")["notices"][0]["notice"]
        said = ids.parse(amara.share(group, "taken back later")["item"])
        people = dict(zip(ROLES, (amara, ben, chidi, dana, None, eli), strict=True))
        yield Cast({role: person for role, person in people.items() if person}, group, server, said, notice)
    server.stop()
