"""The day on which somebody was last here."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_keys_may_rest_on_a_device")]

    operations = [
        migrations.AddField(model_name="account", name="last_here", field=models.DateField(null=True)),
    ]
