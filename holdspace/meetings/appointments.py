"""A member's calendar: that there is an appointment, and nothing else.

It lies in programs others may look into, on a phone, in an account somewhere, so it names no group, no topic, no place and no
person, in its events or in their UIDs. Two members' calendars have no UID in common: laid side by side they show the same hours,
and nothing that proves a group.
"""

from datetime import datetime
from hashlib import blake2b

from django.utils import translation
from django.utils.translation import gettext

from holdspace.meetings import ical, queries
from holdspace.meetings.models import MemberCalendar


def written(calendar: MemberCalendar, now: datetime) -> bytes:
    """As calendar programs read it, in the language in which its address was made."""
    with translation.override(calendar.language):
        name, summary = gettext("Appointments"), gettext("Appointment")
    made = ical.new_calendar(name, "Appointments")
    for group_id, line, times in queries.times_of_account(calendar.account_id):
        for event in ical.events(times, _uid(calendar, group_id, line), now):
            event.add("summary", summary)
            event.add("class", "PRIVATE")
            made.add_component(event)
    return ical.written(made, now)


def _uid(calendar: MemberCalendar, group_id: bytes, line: int) -> str:
    """The same for as long as the address is; without its key nobody can tell which group it is of."""
    return blake2b(group_id + bytes([line]), key=bytes(calendar.key), digest_size=12).hexdigest()
