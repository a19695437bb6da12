"""Tokens of the API, by the hash of their secret."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0004_twins_and_merged_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="Token",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                ("secret_hash", models.BinaryField(max_length=32, unique=True)),
                ("scopes", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("ends", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("seen_on", models.DateField(null=True)),
                ("minute", models.BigIntegerField(default=0)),
                ("used", models.IntegerField(default=0)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-made_at"], name="api_token_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scopes", ""), _negated=True), name="api_token_has_scopes"
                    ),
                    models.CheckConstraint(condition=models.Q(("used__gte", 0)), name="api_token_counts_up"),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at", None), ("ended_at__gte", models.F("made_at")), _connector="OR"),
                        name="api_token_ends_after_made",
                    ),
                ],
            },
        ),
    ]
