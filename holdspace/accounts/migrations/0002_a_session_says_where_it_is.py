"""So that somebody knows a browser again in the list of those they are signed in with."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_people_can_sign_in")]

    operations = [
        migrations.AddField(
            model_name="session",
            name="browser",
            field=models.CharField(blank=True, default="", max_length=16),
        ),
        migrations.AddField(
            model_name="session",
            name="system",
            field=models.CharField(blank=True, default="", max_length=16),
        ),
    ]
