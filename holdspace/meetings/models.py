"""A group's hours at rest. The server knows them, so that it can list a group and fill calendars (threats.md)."""

import msgspec
from django.db import models

from holdspace.groups.models import SupportGroup
from holdspace.meetings.times import Times


class Hours(models.Model):
    """One line of a group's hours, as a facilitator wrote it. No place, no link, no reason: those are sealed."""

    pk = models.CompositePrimaryKey("group_id", "line")
    group = models.ForeignKey(SupportGroup, on_delete=models.CASCADE, related_name="hours", db_index=False)
    line = models.PositiveSmallIntegerField()
    told = models.TextField()

    def __str__(self) -> str:
        return f"{self.group_id.hex()} {self.line}"

    def times(self) -> Times:
        """The line."""
        return msgspec.json.decode(self.told, type=Times)
