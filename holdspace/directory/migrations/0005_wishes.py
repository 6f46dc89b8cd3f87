from django.db import migrations, models

import holdspace.ui.fields


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_lists_that_were_sent")]
    operations = [
        migrations.CreateModel(
            name="Wish",
            fields=[
                ("code_hash", holdspace.ui.fields.BytesField(length=32, primary_key=True, serialize=False)),
                ("topic", models.CharField(max_length=40)),
                ("town", models.CharField(blank=True, max_length=120)),
                ("country", models.CharField(blank=True, max_length=80)),
                ("language", models.CharField(blank=True, max_length=3)),
                ("hours", models.CharField(blank=True, max_length=12)),
                ("day", models.DateField()),
            ],
        ),
    ]
