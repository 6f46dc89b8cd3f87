"""What happens to an account as a whole and reaches into its groups: reset, new keys, the end (sealing.md 2.10)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from holdspace.accounts.access import account_of_reset
from holdspace.accounts.actions.deletion import delete_account
from holdspace.accounts.actions.keys import (
    Kept,
    change_keys,
    check_fresh,
    make_slots,
    open_for_new_keys,
)
from holdspace.accounts.actions.reset import use_reset
from holdspace.accounts.actions.slots import NewKeys
from holdspace.accounts.models import Account
from holdspace.groups.models import (
    DECLINED,
    EpochBox,
    FacilitatorKeyBox,
    HistoryBox,
    JoinRequest,
    ListingRequest,
    Membership,
    Notice,
)
from holdspace.ui.refused import Refused


class Farewell(NamedTuple):
    """When an account was deleted, and when the last copy with its keys ends."""

    deleted: datetime
    copies_end: datetime


def reset_account(token: str, new: NewKeys) -> Account:
    """Other keys under the same name. What was sealed to the old ones opens for nobody now, and goes."""
    slots = make_slots(account_of_reset(token), new)
    with transaction.atomic():
        account = use_reset(token, new, slots)
        _delete_boxes(account)
        _forget_asking(account)
        Notice.objects.filter(account=account).delete()
    return account


def renew_keys(account: Account, auth_key: bytes, new: NewKeys, kept: Kept, address: str) -> None:
    """New keys. Who waits at a door asked with keys somebody may know; they ask again with others."""
    check_fresh(account, new)
    open_for_new_keys(account, auth_key, address)
    slots = make_slots(account, new)
    with transaction.atomic():
        change_keys(account, new, slots, kept)
        _forget_asking(account)


def end_account(account: Account, auth_key: bytes, lost: Sequence[bytes], address: str) -> Farewell:
    """The end of an account that left its groups; those in `lost` it has no keys to leave, and a facilitator removes it there.

    `not-found` for a lost group it is not in, `not-left` where it could have left and did not.
    """
    present = Membership.objects.filter(account=account, active=True, group__closed=False)
    if not set(lost) <= {place.group_id for place in present}:
        raise Refused("not-found")
    open_for_new_keys(account, auth_key, address)
    with transaction.atomic():
        if present.exclude(group__in=list(lost)).exists():
            raise Refused("not-left")
        _delete_boxes(account)
        delete_account(account)
    deleted = timezone.now()
    return Farewell(deleted, deleted + timedelta(days=settings.KEY_BACKUP_DAYS))


def _forget_asking(account: Account) -> None:
    JoinRequest.objects.filter(account=account).delete()
    # A no outlives new keys (decision 0026).
    ListingRequest.objects.filter(account=account).exclude(state=DECLINED).delete()


def _delete_boxes(account: Account) -> None:
    for place in Membership.objects.filter(account=account):
        for boxes in (EpochBox, FacilitatorKeyBox, HistoryBox):
            boxes.objects.filter(group=place.group_id, member_id=place.member_id).delete()
