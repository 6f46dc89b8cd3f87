"""What changes a group's hours. Called by the one writer."""

from holdspace.meetings.actions.hours import set_hours, write_hours

__all__ = ["set_hours", "write_hours"]
