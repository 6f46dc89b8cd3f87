"""Writing the trail."""

from django.utils import timezone

from holdspace.trail.models import Happening


def note(what: str, who: bytes | None = None, about: bytes | None = None) -> None:
    """Keep that `who` did `what`, in the transaction of the thing itself: what is undone was never noted."""
    Happening.objects.create(at=timezone.now(), what=what, who=who, about=about)
