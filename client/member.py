"""A member, as a program sees one: a method for each verb of the command line, and the very same answers.

Ids go in and come out as UUID text. `Trouble` and `SealError` carry a code, and a sentence for a person.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

from client import (
    account,
    asking,
    ids,
    joining,
    leaving,
    membership,
    notices,
    reading,
    record,
    renewing,
    rescuing,
    returning,
    talking,
)
from client.agreement import CONSENT_FIRST
from client.device import Device
from client.group import Group
from client.home import Home
from client.membership import Beginning
from client.server import Server
from client.told import told_entries
from client.trouble import Trouble
from client.watching import Watch

Answer = dict[str, Any]


class Member:
    """One account on one computer. Open with `sign_up`, `sign_in`, `recover` or `unlock` before anything else."""

    def __init__(self, home: Path, server: str | None = None) -> None:
        self.home = Home(home)
        kept = self.home.read("account.json").get("server")
        url = server or kept
        if url is None:
            raise Trouble("no-server")
        self.server = Server(url, self.home.read("cookies.json"))
        if kept not in (None, self.server.origin):
            raise Trouble("other-server")
        self._device: Device | None = None
        self._groups: dict[bytes, Group] = {}
        self._watches: list[Watch] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up and stop watching; the account stays signed in for the next time. From any thread."""
        for watch in self._watches:
            watch.stop()
        self.server.close()

    # The account

    def sign_up(self, name: str, passphrase_file: Path) -> Answer:
        """Make an account; its recovery code is in the answer and nowhere else."""
        self._check_home_is_free()
        opened, code = account.sign_up(self.server, self.home, name, passphrase_file)
        self._device = Device(self.server, self.home, opened)
        return {"account": ids.text(opened.account_id), "recovery": code}

    def sign_in(self, name: str, passphrase_file: Path) -> Answer:
        """Use an account on this computer."""
        opened, answer = account.sign_in(self.server, self.home, name, passphrase_file)
        self._device = Device(self.server, self.home, opened, answer)
        return {"account": ids.text(opened.account_id)}

    def unlock(self, passphrase_file: Path) -> Answer:
        """Open the account that lives in this home."""
        name = self.home.read("account.json").get("name")
        if name is None:
            raise Trouble("signed-out")
        return self.sign_in(name, passphrase_file)

    def recover(self, name: str, code: str, passphrase_file: Path) -> Answer:
        """A new passphrase by the recovery code; the answer holds the code that takes its place."""
        opened, new_code = account.recover(self.server, self.home, name, code, passphrase_file)
        self._device = Device(self.server, self.home, opened, {"keyring": self.server.seal("keyring")})
        return {"account": ids.text(opened.account_id), "recovery": new_code}

    def reset(self, link: str, passphrase_file: Path) -> Answer:
        """Other keys by the one-time address of the host, when passphrase and recovery code are lost."""
        opened, code = renewing.reset(self.server, self.home, link, passphrase_file)
        self._device = Device(self.server, self.home, opened)
        return {"account": ids.text(opened.account_id), "recovery": code}

    def new_keys(self, passphrase_file: Path, new_file: Path) -> Answer:
        """New keys, because somebody may know the passphrase: in the account first, then in each group."""
        opened, code = renewing.new_keys(self.device, passphrase_file, new_file)
        self._device = Device(self.server, self.home, opened, {"keyring": self.server.seal("keyring")})
        self._groups.clear()
        return {"account": ids.text(opened.account_id), "recovery": code, "groups": self.groups()["groups"]}

    def delete_account(self, passphrase_file: Path, words: str) -> Answer:
        """Leave every group, then the end; `words`: leave or withdraw what was said."""
        listed = [self.group(each["group"]) for each in self.groups()["groups"]]
        answer = leaving.delete_account(self.device, listed, passphrase_file, takes_back=words == "withdraw")
        self._device = None
        self._groups.clear()
        return answer

    @property
    def device(self) -> Device:
        """The open account; `signed-out` before it is open."""
        if self._device is None:
            raise Trouble("signed-out")
        return self._device

    def group(self, group: str) -> Group:
        """A group, freshly asked after, with everything done in it that is this member's to do unasked."""
        group_id = ids.parse(group)
        found = self._groups.get(group_id) or Group(self.device, group_id)
        found.sync()
        self._groups[group_id] = found
        self._settle(found)
        return found

    # Groups

    def start_group(self, name: str, my_name: str = "Facilitator", **decided: Any) -> Answer:
        """Start a group; `model` and `agreement` may be decided, too."""
        beginning = Beginning(name, my_name, decided.get("model", CONSENT_FIRST), decided.get("agreement"))
        started = membership.start_group(self.device, beginning)
        self._groups[started.id] = started
        joining.settle_in(started)
        return self._done({"group": ids.text(started.id)})

    def groups(self) -> Answer:
        """The groups this member is in, and those they asked to join."""
        answer = self.device.ask("home")
        found = [self._in_short(each) for each in answer["groups"]]
        asked = [{"group": ids.text(each["group"]), "state": each["state"]} for each in answer["asked"]]
        return self._done({"groups": found, "asked": asked, "notices": answer["notices"]})

    def invite(self, group: str, *, known: bool = False, uses: int = 1, days: int = 7) -> Answer:
        """A link for somebody, to be passed on by hand."""
        link = joining.make_link(self.group(group), is_known=known, uses=uses, days=days)
        return self._done({"link": link})

    def bring_back(self, group: str, member: str, *, spoken: bool = False, days: int = 7) -> Answer:
        """A link for a member who lost all keys; whoever makes it has spoken with them by voice, by video or in person."""
        if not spoken:
            raise Trouble("speak-first")
        found = self.group(group)
        found.check_facilitator()
        lost = returning.find_lost(found, member)
        return self._done({"link": joining.make_link(found, days=days, target=lost)})

    def ask_listing(self, listing: str, title: str = "") -> Answer:
        """Ask to join the group a listing tells of, without a link."""
        return self._done(asking.told(asking.ask(self.device, listing, title)))

    def requests(self) -> Answer:
        """Where this member asked without a link, and how it stands."""
        return {"requests": [asking.told(each) for each in asking.own_requests(self.device)]}

    def take_request_back(self, group: str) -> Answer:
        """Ask no more."""
        asking.take_back(self.device, self._asked(group))
        return self._done({"group": group})

    def come(self, group: str, name: str) -> Answer:
        """With the invite that answers a request, ask at the door like anybody with a link."""
        link = asking.open_answered(self.device, self._asked(group))
        asked, state = joining.join(self.device, link, name)
        return self._done({"group": ids.text(asked), "state": state})

    def let_come(self, group: str) -> Answer:
        """Invite everybody who asked from the listing."""
        found = self.group(group)
        asked = asking.wishes(found)
        for each in asked:
            asking.let_come(found, each)
        return self._done({"requests": [ids.text(each.request) for each in asked]})

    def _asked(self, group: str) -> asking.Asked:
        asked = asking.own_requests(self.device)
        found = next((each for each in asked if ids.text(each.group) == group), None)
        if found is None:
            raise Trouble("not-found")
        return found

    def card(self, link: str) -> Answer:
        """What a link says of itself."""
        return joining.card_told(joining.read_card(self.server, joining.read_link(link)))

    def join(self, link: str, name: str) -> Answer:
        """Ask to join."""
        group, state = joining.join(self.device, joining.read_link(link), name)
        return self._done({"group": ids.text(group), "state": state})

    def waiting(self, group: str) -> Answer:
        """Who waits to be admitted."""
        return {"asks": [membership.asked(each) for each in membership.waiting(self.group(group))]}

    def admit(self, group: str, *, spoken: bool = False) -> Answer:
        """Admit everybody who waits; those who cannot be are told apart."""
        asks = membership.admit(self.group(group), spoken=spoken)
        admitted = [membership.asked(each) for each in asks if not each.refused]
        refused = [membership.asked(each) for each in asks if each.refused]
        return self._done({"admitted": admitted, "not_admitted": refused})

    def decline(self, group: str, member: str) -> Answer:
        """Say no to somebody who waits."""
        membership.decline(self.group(group), ids.parse(member))
        return {"group": group, "member": member}

    def leave(self, group: str) -> Answer:
        """Leave."""
        membership.leave(self.group(group))
        return self._done({"group": group, "state": "left"})

    def remove(self, group: str, member: str, reason: str | None = None) -> Answer:
        """Remove somebody, by id or name, with words for them."""
        found = self.group(group)
        out = found.find(member)
        membership.remove(found, out, reason)
        return self._done({"group": group, "member": ids.text(out.id)})

    def promote(self, group: str, member: str) -> Answer:
        """Make somebody a facilitator."""
        found = self.group(group)
        up = found.find(member)
        membership.promote(found, up)
        return self._done({"group": group, "member": ids.text(up.id)})

    def set_place(self, group: str, **place: Any) -> Answer:
        """Say where the group meets: `where`, `link`, `phone` and `why` it pauses."""
        membership.set_place(self.group(group), place)
        return self._done({"group": group})

    def place(self, group: str) -> dict[str, Any] | None:
        """Where the group meets, as a facilitator wrote it."""
        return self.group(group).names.place

    def rescue(self, group: str, member: str, signed: str | None = None) -> Answer:
        """The text for the steward; or, with what the steward signed, a member made facilitator."""
        found = self.group(group)
        up = found.find(member)
        if signed is None:
            return {"text": rescuing.request_text(found, up)}
        rescuing.bring_back(found, up, signed)
        self._settle(found)
        return self._done({"group": group, "member": ids.text(up.id)})

    def log(self, group: str) -> Answer:
        """The membership log, as this device checked it."""
        found = self.group(group)
        if found.stopped and found.is_list_wrong:
            raise found.stopped
        return self._done({"entries": told_entries(found), "readers": len(found.state.active())})

    def check_record(self, text: str) -> Answer:
        """What somebody's saved record shows, by the log as this device checked it."""
        saved = record.read(text)
        group = ids.text(record.group_of(saved))
        return self._done({"group": group, "seen": record.judge(self.group(group), saved)})

    def notices(self) -> Answer:
        """Words sent along with a removal."""
        return {"notices": notices.read_all(self.device)}

    # Talking

    def share(self, group: str, text: str, help_wanted: str | None = None, *, more: bool = False) -> Answer:
        """Say something to the group; with `more`, there will be more when this member is ready."""
        return self._done(talking.share(self.group(group), text, help_wanted, more=more))

    def part(
        self, group: str, item: str, text: str, help_wanted: str | None = None, *, more: bool = False
    ) -> Answer:
        """Go on with one's own share."""
        found = self.group(group)
        return self._done(talking.part(found, ids.parse(item), text, help_wanted, more=more))

    def reply(self, group: str, item: str, text: str) -> Answer:
        """Answer a share."""
        return self._done(talking.reply(self.group(group), ids.parse(item), text))

    def chat(self, group: str, text: str) -> Answer:
        """Say something beside the shares."""
        return self._done(talking.chat(self.group(group), text))

    def edit(self, group: str, item: str, text: str) -> Answer:
        """Say one's own words anew, in their place."""
        return self._done(talking.edit(self.group(group), ids.parse(item), text))

    def withdraw(self, group: str, item: str) -> Answer:
        """Take one's own words or presence back."""
        return self._done(talking.withdraw(self.group(group), ids.parse(item)))

    def presence(self, group: str, item: str, phrase: str | None = None) -> Answer:
        """Be there for who said something, with a warm phrase or without words."""
        return self._done(talking.presence(self.group(group), ids.parse(item), phrase))

    def read(self, group: str, after: int = 0) -> Answer:
        """What was said after a seq; `before` says that there is more from before this member joined."""
        found = self.group(group)
        items = reading.read(found, after)
        answer = {"items": items, "before": found.before, "stopped": found.stopped and found.stopped.code}
        return self._done(answer | {"history": returning.told_history(found)})

    def watch(
        self, group: str, after: int | None = None, on_listening: Callable[[], None] = lambda: None
    ) -> Iterator[Answer]:
        """Each thing said from now on, or after a seq, as it comes. `on_listening` is called when nothing is missed."""
        watch = Watch(self.group(group), after)
        watch.on_listening = on_listening
        self._watches.append(watch)
        return watch.items()

    def _settle(self, group: Group) -> None:
        """Somebody else being quicker, or a slow moment, must not stand in the way of what was asked for."""
        try:
            joining.settle_in(group)
        except Trouble as trouble:
            if trouble.code in ("unreachable", "signed-out"):
                raise

    def _in_short(self, listed: Answer) -> Answer:
        short = {"group": ids.text(listed["group"]), "member": ids.text(listed["member"])}
        short |= {"role": membership.ROLES[listed["role"]], "closed": listed["closed"]}
        found = self.group(short["group"])
        stopped = found.stopped and found.stopped.code
        names = {"name": found.names.group, "my_name": found.name_of(found.member_id)}
        return short | names | {"stopped": stopped}

    def _done(self, answer: Answer) -> Answer:
        self.device.put_keyring()
        return answer

    def _check_home_is_free(self) -> None:
        if self.home.read("account.json"):
            raise Trouble("home-taken")
