"""Verified states of groups, so that an entry costs one replay step and not the whole log.

Only the writer comes here. A state counts only while the group's row still names its seq and head; otherwise, and after
a rollback, the log itself is replayed.
"""

from collections import OrderedDict

from django.http import Http404

from holdspace.groups import access, queries
from holdspace.sealing.log_replay import LogState, replay

_REMEMBERED = 256
_states: OrderedDict[bytes, LogState] = OrderedDict()


def state_of(group_id: bytes) -> LogState:
    """The group's state after its last entry, or 404."""
    place = queries.place(group_id)
    if place is None:
        raise Http404
    known = _states.get(group_id)
    if known is None or (known.seq, known.head) != place:
        known = replay_all(group_id)
        remember(known)
    return known


def replay_all(group_id: bytes) -> LogState:
    """The state that the stored log adds up to. A stored entry that does not verify is our own damage: ValueError."""
    replayed = replay(queries.entries(group_id, -1), group=group_id)
    if replayed.state is None or replayed.failed is not None:
        raise ValueError(f"The log of group {group_id.hex()} is damaged at entry {replayed.seq}.")
    return replayed.state


def remember(state: LogState) -> None:
    """Keep a state, newest uses longest."""
    _states[state.group] = state
    _states.move_to_end(state.group)
    if len(_states) > _REMEMBERED:
        _states.popitem(last=False)


def forget_all() -> None:
    """The transaction that all this came from was rolled back."""
    _states.clear()
    access.forget_all()
