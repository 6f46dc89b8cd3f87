"""Items at rest: the envelope as it came, and the header fields that questions need (sealing.md 5.1)."""

from django.db import models

from holdspace.groups.models import SupportGroup
from holdspace.ui.fields import BytesField, IdField

SHARE, REPLY, STANDING, PROFILE, ENTRY = 1, 2, 8, 9, 11


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
            )
        ]

    def __str__(self) -> str:
        return f"{self.group_id.hex()} {self.seq}"
