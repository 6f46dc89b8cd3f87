"""A server that puts words into a facilitator's mouth: what somebody was told when they were removed."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page, expect

from holdspace.sealing.box import NOTICE, notice_context, seal_box
from holdspace.sealing.codec import to_padded_json
from holdspace.sealing.errors import SENTENCES
from holdspace.sealing.keys import new_seed
from holdspace.sealing.notice import Removal, seal_notice
from tests.lying.conftest import LIE, Stage, shows_no_lie
from tests.lying.test_mutations import Check, weakened
from tests.members import admitted

Answer = dict[str, Any]
REASON = "Ben's own words to Amara"
BODY = {"v": 1, "t": LIE, "g": "Tuesday evening", "by": "Ben"}
SIGNED = Check(
    "browser/sealing/notice.js",
    'insist(await isSigned(signer, signature, await noticeMessage(removal, words)), "notice-unsigned");',
)


class Removed(NamedTuple):
    """Amara was removed by Ben; `removal` and her public key are what the server knows."""

    stage: Stage
    removal: Removal
    x_pub: bytes

    def notices(self) -> list[Answer]:
        """What the honest server holds for Amara about this group."""
        told: list[Answer] = self.stage.amara.device.ask("notices")["notices"]
        return [each for each in told if each["group"] == self.stage.group_id]

    def tell(self, box: bytes) -> None:
        """From now on the page is given only this box, in the place of Ben's."""
        lie = {**self.notices()[0], "box": box}
        self.stage.liar.about(lambda result, args: {"notices": [lie]}, "notices")

    def look(self) -> Page:
        """Amara opens her page of notices."""
        self.stage.page.goto("/appeals/")
        return self.stage.page


@pytest.fixture
def removed(stage: Stage) -> Iterator[Removed]:
    """Amara has read in the group, then Ben removed her with a reason."""
    stage.look_honestly()
    member = stage.of(stage.ben).state.members[stage.member_id(stage.amara)]
    stage.ben.remove(stage.group, stage.amara.name, REASON)
    seq = stage.of(stage.ben).state.seq
    yield Removed(stage, Removal(stage.group_id, member.id, member.gen, seq), member.x_pub)


def only(page: Page) -> Any:
    """The one notice on the page."""
    notice = page.locator("[data-part=notices] > li")
    expect(notice).to_have_count(1)
    return notice


def test_the_words_of_who_removed_her_are_shown(removed: Removed) -> None:
    removed.stage.liar.about(lambda result, args: {"notices": removed.notices()}, "notices")
    notice = only(removed.look())
    expect(notice.locator("[data-part=words]")).to_have_text(REASON)
    expect(notice.locator("[data-part=told]")).to_contain_text(
        f"{removed.stage.ben.name} wrote to you about it"
    )


def unsigned(removed: Removed) -> bytes:
    """Words of the server's own, in a box that opens."""
    return seal_box(NOTICE, removed.removal.context, removed.x_pub, to_padded_json(BODY))


def signed_by_nobody_here(removed: Removed) -> bytes:
    """The same, with a signature by a key of the server's own."""
    return seal_notice(removed.removal, removed.x_pub, new_seed(), BODY)


def signed_by_another_member(removed: Removed) -> bytes:
    """The same, with the help of a member who removed nobody."""
    stage = removed.stage
    admitted(stage.group, stage.ben, stage.eli)
    return seal_notice(removed.removal, removed.x_pub, stage.of(stage.eli).keys.e, BODY)


FORGERIES: list[Callable[[Removed], bytes]] = [unsigned, signed_by_nobody_here, signed_by_another_member]


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
def test_words_of_the_servers_own_are_not_shown(removed: Removed, forge: Callable[[Removed], bytes]) -> None:
    removed.tell(forge(removed))
    page = removed.look()
    expect(only(page).locator("[data-part=closed]")).to_have_text(
        "The server passed on words that nobody in the group signed. They are not shown."
    )
    expect(page.locator("[data-part=told]")).to_be_hidden()
    expect(page.locator("[data-part=words]")).to_be_hidden()
    shows_no_lie(page)


def test_a_list_without_the_removal_vouches_for_nothing(removed: Removed) -> None:
    removed.tell(removed.notices()[0]["box"])
    removed.stage.liar.about(lambda result, args: {"log": result["log"][:-1]}, "removal")
    page = removed.look()
    expect(only(page).locator("[data-part=closed]")).to_have_text(SENTENCES["notice-unsigned"])
    assert REASON not in page.content()


def test_without_the_check_the_lie_is_believed(removed: Removed) -> None:
    removed.tell(signed_by_nobody_here(removed))
    with weakened(removed.stage.page, SIGNED):
        expect(only(removed.look()).locator("[data-part=words]")).to_have_text(LIE)


def test_another_context_opens_no_box(removed: Removed) -> None:
    other = notice_context(removed.stage.group_id, removed.removal.member_id, 1, removed.removal.seq + 1)
    removed.tell(seal_box(NOTICE, other, removed.x_pub, bytes(64) + to_padded_json(BODY)))
    expect(only(removed.look()).locator("[data-part=closed]")).to_have_text(SENTENCES["damaged"])
