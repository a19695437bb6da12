"""How a person wants to read."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_twins_and_merged_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReadingChoice",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("text", models.CharField(max_length=10)),
                ("contrast", models.CharField(max_length=10)),
                ("language", models.CharField(max_length=10)),
            ],
        ),
    ]
