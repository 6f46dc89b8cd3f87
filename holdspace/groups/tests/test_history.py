"""What was said before somebody came back under new keys: who may give it, when, and what is kept."""

from typing import Any

import pytest
from django.http import Http404

from holdspace.groups.actions import history as acting
from holdspace.groups.models import EpochBox, HistoryBox, Membership
from holdspace.groups.tests.cast import Circle, Person, granted, make_network, now
from holdspace.sealing import box, history, log_draft
from holdspace.sealing.epoch import new_epoch_secret
from holdspace.sealing.history import WAIT_MS
from holdspace.sealing.log_entry import LogEntry
from holdspace.sealing.log_payload import Record
from holdspace.ui.refused import Refused

pytestmark = pytest.mark.django_db


class Back(Circle):
    """Ben's group in which Amara belonged, lost her keys and came back. Chidi and Dana are members."""

    def __init__(self) -> None:
        super().__init__()
        make_network()
        self.cast = {name: Person.named(name) for name in ("Ben", "Amara", "Chidi", "Dana")}
        ben, amara, chidi, dana = self.cast.values()
        self.start(ben).admit(ben, amara, chidi).admit(ben, dana)

    def come_back(self, by: str = "Ben") -> "Back":
        """Ben makes the link; `by` lets her in."""
        ben, amara = self.cast["Ben"], self.cast["Amara"]
        self.append(ben, self.invitation(ben, "back", target=self.ids["Amara"]))
        asked = self.request(amara, "back", gen=2)
        amara.ask("ask", **asked)
        es, record = new_epoch_secret(), Record.parse(asked["record"])
        letting, state = self.cast[by], self.now
        draft = log_draft.rebind(state, self.by(letting), record, es=es)
        self.append(letting, self.new_epoch(letting, draft, es))
        return self

    @property
    def back(self) -> history.Return:
        """How she came back."""
        entries = [LogEntry.parse(each) for each in self.log]
        return history.find_returns(self.now, entries)[0]

    @property
    def log(self) -> list[bytes]:
        """The whole log."""
        found: list[bytes] = self.cast["Ben"].ask("log", group=self.id, after=-1)["log"]
        return found

    def gift(self, **changed: Any) -> dict[str, Any]:
        """What a giver's browser sends."""
        sealed = history.seal_history(self.now, self.back, self.secrets)
        gift = {"group": self.id, "member": self.ids["Amara"], "seq": self.back.seq, "box": sealed}
        return gift | changed

    def kept(self, *epochs: int) -> dict[str, Any]:
        """What Amara's browser keeps of it."""
        boxes = [(epoch, self.box_for(self.now, self.ids["Amara"], self.secrets[1])) for epoch in epochs]
        return {"group": self.id, "boxes": boxes}

    def code(self, name: str, verb: str, args: dict[str, Any]) -> str:
        """What somebody is answered."""
        try:
            granted(self.cast[name].ask(verb, **args))
        except Refused as refused:
            return refused.code
        except Http404:
            return "not-found"
        return "ok"


@pytest.fixture
def circle() -> Back:
    """Amara is back, vouched for by Ben alone."""
    return Back().come_back()


def later(monkeypatch: pytest.MonkeyPatch, ms: int) -> None:
    """The server's clock goes on."""
    monkeypatch.setattr(acting, "now_ms", lambda: now() + ms)


def test_it_waits_two_days_by_the_time_the_entry_reached_us(
    circle: Back, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert circle.code("Ben", "give-history", circle.gift()) == "too-early"
    place = Membership.objects.filter(group=circle.id, member_id=circle.ids["Amara"])
    later(monkeypatch, WAIT_MS - 60_000)
    assert circle.code("Ben", "give-history", circle.gift()) == "too-early"
    later(monkeypatch, WAIT_MS + 1)
    assert circle.code("Ben", "give-history", circle.gift()) == "ok"
    later(monkeypatch, WAIT_MS + 60_000)
    place.update(rebound=now() + 3600_000)
    assert circle.code("Dana", "give-history", circle.gift()) == "too-early"


def test_two_who_vouched_need_not_wait_and_she_hears_of_it() -> None:
    circle = Back()
    ben, chidi = circle.cast["Ben"], circle.cast["Chidi"]
    circle.append(ben, circle.promotion(ben, chidi))
    circle.come_back(by="Chidi")
    news = circle.cast["Ben"].news("give-history", **circle.gift())
    assert [each.audience.account_id for each in news] == [circle.cast["Amara"].id]
    told = circle.cast["Amara"].ask("histories", group=circle.id)
    assert [(gen, seq) for gen, seq, _ in told["boxes"]] == [(2, circle.back.seq)]


def test_each_gives_once_and_only_to_who_came_back(circle: Back, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, WAIT_MS + 1)
    amara, ben, me = circle.ids["Amara"], circle.cast["Ben"], circle.cast["Amara"]
    wanted = [(amara, circle.back.seq)]
    assert [tuple(each) for each in ben.ask("histories", group=circle.id)["wanted"]] == wanted
    assert circle.code("Ben", "give-history", circle.gift()) == "ok"
    assert ben.ask("histories", group=circle.id)["wanted"] == []
    assert [tuple(each) for each in circle.cast["Dana"].ask("histories", group=circle.id)["wanted"]] == wanted
    assert me.ask("histories", group=circle.id)["wanted"] == []
    others = [
        ("Amara", circle.gift()),
        ("Ben", circle.gift(member=circle.ids["Dana"])),
        ("Ben", circle.gift(seq=circle.back.seq + 1)),
    ]
    assert [circle.code(name, "give-history", gift) for name, gift in others] == ["not-found"] * 3
    epoch_box = circle.box_for(circle.now, amara, bytes(32))
    for wrong in (b"", b"HB", epoch_box, circle.gift()["box"] + b"\0"):
        assert circle.code("Dana", "give-history", circle.gift(box=wrong)) == "boxes"


def test_what_she_keeps_opens_the_past_for_her_and_nobody_needs_to_give_any_more(
    circle: Back, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, WAIT_MS + 1)
    circle.code("Ben", "give-history", circle.gift())
    amara = circle.ids["Amara"]
    owed = history.owed_epochs(circle.now.members[amara])
    assert circle.code("Amara", "keep-history", circle.kept(owed[0])) == "ok"
    assert HistoryBox.objects.filter(group=circle.id).count() == 1, "something is still missing"
    assert circle.code("Amara", "keep-history", circle.kept(*owed[1:])) == "ok"
    assert not HistoryBox.objects.filter(group=circle.id).exists()
    assert circle.cast["Dana"].ask("histories", group=circle.id)["wanted"] == []
    boxes = EpochBox.objects.filter(group=circle.id, member_id=amara).values_list("epoch", "gen")
    assert sorted(boxes) == [(epoch, 2) for epoch in [*owed, circle.now.epoch]]


def test_she_keeps_keys_of_her_own_time_only(circle: Back) -> None:
    owed = history.owed_epochs(circle.now.members[circle.ids["Amara"]])
    for wrong in (
        circle.kept(1),
        circle.kept(circle.now.epoch),
        circle.kept(99),
        circle.kept(owed[0], owed[0]),
    ):
        assert circle.code("Amara", "keep-history", wrong) == "boxes"
    notice = box.seal_box(box.NOTICE, b"", circle.cast["Ben"].keys(circle.id).x_pub, bytes(32))
    wrong = {"group": circle.id, "boxes": [(owed[0], notice)]}
    assert circle.code("Amara", "keep-history", wrong) == "boxes"
    assert circle.code("Dana", "keep-history", circle.kept(owed[0])) == "boxes", "she never was away"


def test_who_is_removed_after_all_gets_nothing(circle: Back, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, WAIT_MS + 1)
    gift = circle.gift()
    circle.code("Ben", "give-history", gift)
    ben = circle.cast["Ben"]
    circle.append(ben, circle.removal(ben, circle.cast["Amara"]))
    assert not HistoryBox.objects.filter(group=circle.id).exists()
    assert circle.code("Dana", "give-history", gift) == "not-found"
    assert circle.code("Amara", "histories", {"group": circle.id}) == "not-found"
