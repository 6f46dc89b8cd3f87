"""What happened, for the people who must answer for it."""

from django.db import models

from holdspace.ui.fields import IdField


class Happening(models.Model):
    """One thing that was done. `who` is an account id or empty for the host's console; `about` an id, or empty."""

    at = models.DateTimeField(db_index=True)
    what = models.CharField(max_length=40)
    who = IdField(null=True)
    about = IdField(null=True)

    def __str__(self) -> str:
        return self.what
