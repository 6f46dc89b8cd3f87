"""The log at rest, and its projection (sealing.md 3). Times are milliseconds since 1970 UTC, as in the log."""

from django.db import models

from holdspace.accounts.models import Account
from holdspace.ui.fields import BytesField, IdField

MEMBER, FACILITATOR = 1, 2
# How it stands with somebody who asked from a listing; the open ones may still end in a place.
WAITING, LATER, INVITED, DECLINED = 1, 2, 3, 4
OPEN = (WAITING, LATER, INVITED)


class SupportGroup(models.Model):
    """A group: where its two sequences stand. The server knows no name of it."""

    id = IdField(primary_key=True)
    seq = models.PositiveIntegerField()
    head = BytesField(length=32)
    epoch = models.PositiveIntegerField()
    epoch_commit = BytesField(length=32)
    item_seq = models.PositiveBigIntegerField(default=0)
    member_cap = models.PositiveIntegerField()
    agreement_version = models.PositiveIntegerField(default=0)
    fkey_gen = models.PositiveIntegerField(default=0)
    closed = models.BooleanField(default=False)
    began = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return str(self.id.hex())


class LogEntry(models.Model):
    """One signed entry of a group's membership log, byte for byte (sealing.md 3.1)."""

    pk = models.CompositePrimaryKey("group_id", "seq")
    group = models.ForeignKey(SupportGroup, on_delete=models.CASCADE, related_name="entries", db_index=False)
    seq = models.PositiveIntegerField()
    type = models.PositiveSmallIntegerField()
    hash = BytesField(length=32)
    entry = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.group_id.hex()} {self.seq}"


class Membership(models.Model):
    """An account's place in a group, present or former. A projection of the log, but for `account` and `from_item`."""

    group = models.ForeignKey(
        SupportGroup, on_delete=models.CASCADE, related_name="memberships", db_index=False
    )
    member_id = IdField()
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="memberships")
    role = models.PositiveSmallIntegerField()
    gen = models.PositiveIntegerField()
    # Items of earlier epochs are never delivered to this member: they were said before they joined.
    from_epoch = models.PositiveIntegerField()
    # How many items there were when that epoch began.
    from_item = models.PositiveBigIntegerField()
    active = models.BooleanField()
    # Came back under new keys by the entry with this seq, at this time of our clock, and still waits for what was said before.
    rebind_seq = models.PositiveIntegerField(null=True)
    rebound = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "member_id"], name="one_membership_for_each_member"),
            models.UniqueConstraint(
                fields=["group", "account"],
                condition=models.Q(active=True),
                name="one_place_for_each_account",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[MEMBER, FACILITATOR]), name="membership_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id.hex()} {self.member_id.hex()}"


class EpochBox(models.Model):
    """An epoch's key, sealed to one member (purpose 1)."""

    pk = models.CompositePrimaryKey("group_id", "member_id", "epoch")
    group = models.ForeignKey(SupportGroup, on_delete=models.CASCADE, related_name="+", db_index=False)
    epoch = models.PositiveIntegerField()
    member_id = IdField()
    gen = models.PositiveIntegerField()
    box = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.group_id.hex()} {self.epoch}"


class HistoryBox(models.Model):
    """Epoch keys of a member's earlier time, sealed by another member to their new keys (purpose 6)."""

    pk = models.CompositePrimaryKey("group_id", "member_id", "sender")
    group = models.ForeignKey(SupportGroup, on_delete=models.CASCADE, related_name="+", db_index=False)
    member_id = IdField()
    sender = IdField()
    gen = models.PositiveIntegerField()
    seq = models.PositiveIntegerField()
    box = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.group_id.hex()} {self.seq}"


class FacilitatorKeyBox(models.Model):
    """A generation of the facilitators' private key, sealed to one facilitator (purpose 2)."""

    pk = models.CompositePrimaryKey("group_id", "member_id", "fkey_gen")
    group = models.ForeignKey(SupportGroup, on_delete=models.CASCADE, related_name="+", db_index=False)
    fkey_gen = models.PositiveIntegerField()
    member_id = IdField()
    gen = models.PositiveIntegerField()
    box = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.group_id.hex()} {self.fkey_gen}"


class Invite(models.Model):
    """An invite as the log says it stands, and its sealed card. The secret is in the link alone."""

    invite_id = IdField(primary_key=True)
    group = models.ForeignKey(SupportGroup, on_delete=models.CASCADE, related_name="invites")
    public_key = BytesField(length=32)
    expires = models.PositiveBigIntegerField()
    uses_left = models.PositiveSmallIntegerField()
    target = IdField(null=True)
    known = models.BooleanField()
    revoked = models.BooleanField(default=False)
    card = models.BinaryField(null=True)
    # From a listing alone: which key it was sealed to, for facilitators (sealing.md 9.7).
    note = models.BinaryField(null=True)

    def __str__(self) -> str:
        return str(self.invite_id.hex())


class JoinRequest(models.Model):
    """Somebody asks to join: their member record, signed with the invite, and a name only facilitators can open."""

    group = models.ForeignKey(SupportGroup, on_delete=models.CASCADE, related_name="asks", db_index=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="asks")
    invite_id = IdField()
    member_id = IdField()
    record = BytesField(length=165)
    self_sig = BytesField(length=64)
    profile = models.BinaryField()
    asked = models.PositiveBigIntegerField()
    declined = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "account"], name="one_ask_for_each_account")]

    def __str__(self) -> str:
        return f"{self.group_id.hex()} {self.member_id.hex()}"


class ListingRequest(models.Model):
    """Somebody found the group's listing and asks to come, without a link (sealing.md 9.7). It ends by itself."""

    id = IdField(primary_key=True)
    group = models.ForeignKey(SupportGroup, on_delete=models.CASCADE, related_name="requests", db_index=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="requests")
    account_x = BytesField(length=32)
    state = models.PositiveSmallIntegerField()
    invite_id = IdField(null=True)
    answer = models.BinaryField(null=True)
    asked = models.PositiveBigIntegerField()
    ends = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "account"], name="one_request_for_each_account"),
            models.CheckConstraint(
                condition=models.Q(state__in=[WAITING, LATER, INVITED, DECLINED]), name="request_state"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id.hex())


class Notice(models.Model):
    """Words to somebody who was removed, sealed to them; they outlive the removal."""

    id = IdField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notices")
    group = models.ForeignKey(SupportGroup, on_delete=models.CASCADE, related_name="+")
    member_id = IdField()
    gen = models.PositiveIntegerField()
    seq = models.PositiveIntegerField()
    box = models.BinaryField()
    sent = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return str(self.id.hex())
