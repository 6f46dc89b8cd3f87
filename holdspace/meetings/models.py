"""A group's hours at rest, which the server knows so that it can list a group and fill calendars (threats.md); and those calendars."""

import msgspec
from django.db import models

from holdspace.accounts.models import Account
from holdspace.groups.models import SupportGroup
from holdspace.meetings.times import Times
from holdspace.ui.fields import BytesField


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


class MemberCalendar(models.Model):
    """The secret address at which a member's calendar programs ask. Only its hash is here: a stolen table shows nobody's dates."""

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, primary_key=True, related_name="calendar"
    )
    key = BytesField(length=32, unique=True)
    # Calendar programs say no language, so it is the one in which the address was made.
    language = models.CharField(max_length=16)
    made = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key.hex()[:8])
