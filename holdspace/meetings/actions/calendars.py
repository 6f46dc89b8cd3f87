"""The address of a member's calendar: made, made anew, ended. Only its hash is kept, so it is shown once."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from holdspace.accounts.models import Account
from holdspace.accounts.sessions import key_of
from holdspace.meetings.models import MemberCalendar


def make_calendar(account: Account) -> str:
    """The secret of a new address. An earlier one stops working."""
    secret = secrets.token_urlsafe(24)
    values = {"key": key_of(secret), "language": get_language() or "en", "made": timezone.now()}
    with transaction.atomic():
        MemberCalendar.objects.update_or_create(account=account, defaults=values)
    return secret


def end_calendar(account: Account) -> None:
    """No address shows this account's dates any more. `not-found` is nobody's: ended twice is ended."""
    MemberCalendar.objects.filter(account=account).delete()
