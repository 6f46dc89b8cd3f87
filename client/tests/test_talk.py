"""The fold of what was said: every device ends with the same state, whatever came when, twice, or not at all."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from client.talk import fold, in_order

LAST = 4


def said(item: int, revision: int, *, last: bool = False, **more: Any) -> dict[str, Any]:
    """One revision of an item, as a row of the server becomes one."""
    words = {"state": "withdrawn", "text": None} if last else {"state": "open", "text": f"{item} {revision}"}
    place = {"seq": item + 100 * revision, "place": item, "revision": revision}
    return {"item": f"item {item}", "member": f"author of {item}"} | place | words | more


def closed(row: dict[str, Any]) -> dict[str, Any]:
    """The same where it does not open: only the header is known, and nobody vouches for it."""
    return row | {"item": None, "member": None, "revision": None, "state": "damaged", "text": None}


@st.composite
def histories(draw: st.DrawFn) -> list[list[dict[str, Any]]]:
    """Items with their revisions, oldest first; some are taken back in the end."""
    items = []
    for item in range(1, draw(st.integers(1, 6)) + 1):
        count = draw(st.integers(1, LAST))
        is_gone = draw(st.booleans()) and count > 1
        items.append([said(item, each, last=is_gone and each == count - 1) for each in range(count)])
    return items


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[list[list[dict[str, Any]]], list[dict[str, Any]]]:
    """A history, and what reaches one device of it: the newest of each item, any older ones, some twice, in any order."""
    items = draw(histories())
    every = [row for revisions in items for row in revisions]
    extra = draw(st.lists(st.sampled_from(every), max_size=12))
    return items, draw(st.permutations([*(revisions[-1] for revisions in items), *extra]))


@given(deliveries(), st.data())
def test_any_order_of_loss_and_retry_gives_the_same_talk(
    told: tuple[list[list[dict[str, Any]]], list[dict[str, Any]]], data: st.DataObject
) -> None:
    items, rows = told
    cut = data.draw(st.integers(0, len(rows)))
    here = fold(fold({}, rows[:cut]), rows[cut:])
    assert in_order(here) == [revisions[-1] for revisions in items]


@given(st.permutations([said(1, 0), said(1, 1, last=True), said(1, 2), said(1, 3)]))
def test_what_was_taken_back_never_comes_back(rows: list[dict[str, Any]]) -> None:
    assert [item["state"] for item in in_order(fold({}, rows))] == ["withdrawn"]


@given(st.permutations([said(1, 0), said(1, 5, member="a liar"), said(1, 1)]))
def test_nobody_else_takes_an_items_place(rows: list[dict[str, Any]]) -> None:
    (item,) = in_order(fold({}, rows))
    assert (item["member"], item["text"]) == ("author of 1", "1 1")


def test_what_does_not_open_silences_nobody() -> None:
    rows = [said(1, 0), closed(said(1, 1))]
    for order in (rows, rows[::-1]):
        assert [item["text"] for item in in_order(fold({}, order))] == ["1 0", None]
