"""Talking on: editing, taking back, chat, parts and presence, as members meet them."""

import pytest

from client.change import change
from client.member import Member
from client.tests.conftest import People, Person, let_in, texts
from client.trouble import Trouble
from holdspace.sealing import log_draft


def refused(act: object) -> str:
    """The code of a refusal."""
    assert callable(act)
    with pytest.raises(Trouble) as trouble:
        act()
    return trouble.value.code


@pytest.fixture
def dana(person: People, ben: Person, together: str) -> Person:
    """A third member."""
    dana = person("dana")
    let_in(ben, dana, together, "Dana")
    return dana


def test_an_edit_shows_in_its_place_and_keeps_what_was_asked(
    ben: Person, amara: Person, together: str
) -> None:
    first = amara.share(together, "I cant sleep", "be-with-me")
    ben.share(together, "something else")
    amara.edit(together, first["item"], "I cannot sleep")
    edited, other = ben.read(together)["items"]
    assert (edited["text"], edited["help_wanted"], edited["revision"]) == ("I cannot sleep", "be-with-me", 1)
    assert (edited["place"], edited["seq"] > other["seq"]) == (first["seq"], True)
    amara.edit(together, first["item"], "I can not sleep")
    assert texts(ben, together) == ["I can not sleep", "something else"]


def test_only_ones_own_words_are_edited_and_taken_back(ben: Person, amara: Person, together: str) -> None:
    item = amara.share(together, "mine")["item"]
    assert refused(lambda: ben.edit(together, item, "yours")) == "not-own"
    assert refused(lambda: ben.withdraw(together, item)) == "not-own"
    assert refused(lambda: amara.edit(together, item, " ")) == "no-text"
    assert refused(lambda: amara.withdraw(together, "1b4e28ba-2fa1-41d2-883f-b9a761bde3fb")) == "no-item"


def test_words_are_gone_at_the_next_look_and_replies_stay(ben: Person, amara: Person, together: str) -> None:
    share = amara.share(together, "too much")["item"]
    reply = ben.reply(together, share, "thank you")["item"]
    assert texts(ben, together) == ["too much", "thank you"]
    amara.withdraw(together, share)
    gone, answer = ben.read(together)["items"]
    assert (gone["state"], gone["text"], gone["item"]) == ("withdrawn", None, share)
    assert (answer["item"], answer["parent"]) == (reply, share)
    assert refused(lambda: amara.edit(together, share, "back")) == "no-item"
    assert refused(lambda: amara.withdraw(together, share)) == "no-item"
    assert refused(lambda: ben.reply(together, share, "still")) == "parent"
    ben.withdraw(together, reply)


def test_an_edit_does_not_reach_who_came_since(
    person: People, ben: Person, amara: Person, together: str
) -> None:
    item = amara.share(together, "among us")["item"]
    let_in(ben, person("dana"), together, "Dana")
    assert refused(lambda: amara.edit(together, item, "among all")) == "newcomers"
    amara.withdraw(together, item)


def test_chat_is_beside_the_shares(ben: Person, amara: Person, together: str) -> None:
    item = amara.chat(together, "Who has the key?")["item"]
    amara.edit(together, item, "Who has the door key?")
    (line,) = ben.read(together)["items"]
    assert (line["kind"], line["text"], line["parent"]) == ("chat", "Who has the door key?", None)


def test_a_share_goes_on_in_parts_of_its_author(ben: Person, amara: Person, together: str) -> None:
    item = amara.share(together, "It began in spring.", more=True)["item"]
    amara.part(together, item, "Then it got worse.", "be-with-me")
    assert refused(lambda: ben.part(together, item, "And I")) == "not-own"
    share, part = ben.read(together)["items"]
    assert (share["more"], share["part"]) == (True, False)
    assert (part["more"], part["part"], part["parent"], part["help_wanted"]) == (
        False,
        True,
        item,
        "be-with-me",
    )


def test_presence_reaches_the_author_and_nobody_else(
    ben: Person, amara: Person, dana: Person, together: str
) -> None:
    item = amara.share(together, "today was hard")["item"]
    given = ben.presence(together, item, "I'm with you.")
    assert given["readers"] == 2
    for person in (amara, ben):
        there = person.read(together)["items"][1]
        assert (there["kind"], there["name"], there["text"]) == ("presence", "Ben", "I'm with you.")
        assert (there["parent"], there["state"]) == (item, "open")
    assert texts(dana, together) == ["today was hard"]
    assert refused(lambda: amara.presence(together, item)) == "own-item"
    assert refused(lambda: ben.presence(together, item, "x" * 81)) == "long-phrase"


def test_presence_is_given_once_changed_and_taken_back(ben: Person, amara: Person, together: str) -> None:
    item = amara.share(together, "today was hard")["item"]
    first = ben.presence(together, item)
    again = ben.presence(together, item, "Thinking of you.")
    assert again["item"] == first["item"]
    assert [each["text"] for each in amara.read(together)["items"]] == ["today was hard", "Thinking of you."]
    ben.withdraw(together, first["item"])
    assert [each["state"] for each in amara.read(together)["items"]] == ["open", "withdrawn"]
    assert ben.presence(together, item)["item"] != first["item"]


def test_presence_still_opens_after_somebody_got_new_keys_in_later_epochs(
    ben: Person, amara: Person, dana: Person, together: str
) -> None:
    item = amara.share(together, "today was hard")["item"]
    ben.presence(together, item, "With you.")
    dana.leave(together)
    ben.share(together, "a new key for everybody")
    with Member(amara.home.folder) as again:
        again.unlock(amara.file)
        assert again.read(together)["items"][1]["text"] == "With you."


def test_in_a_closed_group_words_can_still_be_taken_back(ben: Person, amara: Person, together: str) -> None:
    item = amara.share(together, "said too much")["item"]
    found = ben.group(together)
    change(found, lambda made: made.sign(log_draft.close(made.state, made.by)))
    assert refused(lambda: amara.edit(together, item, "other words")) == "not-found"
    amara.withdraw(together, item)
    assert [each["state"] for each in ben.read(together)["items"]] == ["withdrawn"]
