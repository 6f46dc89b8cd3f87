from django.db import migrations, models

import holdspace.ui.fields


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0001_items_in_order"),
        ("groups", "0001_a_group_is_a_log"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="first_received",
            field=models.PositiveBigIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="item",
            name="first_seq",
            field=models.PositiveBigIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="item",
            name="is_withdrawal",
            field=models.BooleanField(db_default=False),
        ),
        migrations.AddField(
            model_name="item",
            name="recipient",
            field=holdspace.ui.fields.IdField(null=True),
        ),
        migrations.AddField(
            model_name="item",
            name="replaced",
            field=models.PositiveBigIntegerField(db_default=0),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("kind", 5)), fields=["group", "parent", "author"], name="presences"
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("replaced__gt", 0)), fields=["replaced"], name="replaced_items"
            ),
        ),
    ]
