"""What changes a group's hours, called by the one writer; and the addresses of calendars, called by pages."""

from holdspace.meetings.actions.calendars import end_calendar, make_calendar
from holdspace.meetings.actions.hours import set_hours, write_hours

__all__ = ["end_calendar", "make_calendar", "set_hours", "write_hours"]
