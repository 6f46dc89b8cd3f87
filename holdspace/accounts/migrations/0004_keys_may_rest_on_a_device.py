"""The server's half of keys that rest on somebody's own device."""

import django.db.models.deletion
from django.db import migrations, models

from holdspace.ui.fields import BytesField, IdField


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_keys_can_be_replaced")]

    operations = [
        migrations.CreateModel(
            name="OwnDevice",
            fields=[
                ("id", IdField(primary_key=True, serialize=False)),
                ("salt2", BytesField(length=16)),
                ("verifier", BytesField(length=32)),
                ("blob", models.BinaryField(max_length=128)),
                ("tries_left", models.PositiveSmallIntegerField()),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_device",
                        to="accounts.session",
                    ),
                ),
            ],
        ),
    ]
