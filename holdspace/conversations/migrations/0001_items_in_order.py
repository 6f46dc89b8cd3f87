import django.db.models.deletion
from django.db import migrations, models

import holdspace.ui.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [("groups", "0001_a_group_is_a_log")]

    operations = [
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "group_id", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seq", models.PositiveBigIntegerField()),
                ("item_id", holdspace.ui.fields.IdField()),
                ("revision", models.PositiveIntegerField()),
                ("kind", models.PositiveSmallIntegerField()),
                ("author", holdspace.ui.fields.IdField()),
                ("epoch", models.PositiveIntegerField()),
                ("nonce", holdspace.ui.fields.BytesField(length=12)),
                ("parent", holdspace.ui.fields.IdField()),
                ("envelope", models.BinaryField()),
                ("received", models.PositiveBigIntegerField()),
                ("stamp", holdspace.ui.fields.BytesField(length=32)),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="groups.supportgroup",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("kind__in", [8, 9])),
                        fields=["group", "kind", "author", "seq"],
                        name="standing_items",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("group", "item_id", "revision"), name="one_envelope_for_each_revision"
                    ),
                    models.UniqueConstraint(fields=("group", "epoch", "nonce"), name="no_nonce_twice"),
                ],
            },
        )
    ]
