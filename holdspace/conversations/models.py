"""Items at rest: the envelope as it came, and the header fields that questions need (sealing.md 5.1)."""

from django.db import models

from holdspace.groups.models import SupportGroup
from holdspace.ui.fields import BytesField, IdField

SHARE, REPLY, CHAT, PRESENCE, STANDING, PROFILE, ENTRY = 1, 2, 3, 5, 8, 9, 11


class Item(models.Model):
    """An accepted envelope. Its place in the group is `seq`, in the order of acceptance; nothing else orders items."""

    pk = models.CompositePrimaryKey("group_id", "seq")
    group = models.ForeignKey(SupportGroup, on_delete=models.CASCADE, related_name="items", db_index=False)
    seq = models.PositiveBigIntegerField()
    item_id = IdField()
    revision = models.PositiveIntegerField()
    kind = models.PositiveSmallIntegerField()
    author = IdField()
    epoch = models.PositiveIntegerField()
    nonce = BytesField(length=12)
    parent = IdField()
    envelope = models.BinaryField()
    received = models.PositiveBigIntegerField()
    stamp = BytesField(length=32)
    # Of a revision: where and when its item was said first. 0: here and now.
    first_seq = models.PositiveBigIntegerField(db_default=0)
    first_received = models.PositiveBigIntegerField(db_default=0)
    # Its author took the item back with this, its last revision.
    is_withdrawal = models.BooleanField(db_default=False)
    # When a newer revision took its place, in milliseconds; 0: it stands. What was replaced is in no answer (actions/tidying.py).
    replaced = models.PositiveBigIntegerField(db_default=0)
    # Of a presence: the other of the two it is for.
    recipient = IdField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "item_id", "revision"], name="one_envelope_for_each_revision"
            ),
            # Two envelopes under one key and nonce would open each other. Writers may forget to ask; this does not.
            models.UniqueConstraint(fields=["group", "epoch", "nonce"], name="no_nonce_twice"),
        ]
        indexes = [
            models.Index(
                fields=["group", "kind", "author", "seq"],
                condition=models.Q(kind__in=[STANDING, PROFILE]),
                name="standing_items",
            ),
            models.Index(
                fields=["group", "parent", "author"], condition=models.Q(kind=PRESENCE), name="presences"
            ),
            models.Index(fields=["replaced"], condition=models.Q(replaced__gt=0), name="replaced_items"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id.hex()} {self.seq}"
