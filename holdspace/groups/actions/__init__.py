"""What changes a group. Called by the one writer; each change is refused as a whole or stands as a whole."""

from holdspace.groups.actions.append import append_entries
from holdspace.groups.actions.boxes import ask_for_box, reseal_box
from holdspace.groups.actions.history import give_history, keep_history
from holdspace.groups.actions.joining import ask_to_join, decline_ask
from holdspace.groups.actions.listening import listen_to_groups
from holdspace.groups.actions.projection import rebuild
from holdspace.groups.actions.requests import (
    REQUEST_STATES,
    answer_request,
    ask_from_listing,
    note_compared,
    take_request_back,
    tidy_requests,
)
from holdspace.groups.actions.states import forget_all

__all__ = [
    "REQUEST_STATES",
    "answer_request",
    "append_entries",
    "ask_for_box",
    "ask_from_listing",
    "ask_to_join",
    "decline_ask",
    "forget_all",
    "give_history",
    "keep_history",
    "listen_to_groups",
    "note_compared",
    "rebuild",
    "reseal_box",
    "take_request_back",
    "tidy_requests",
]
