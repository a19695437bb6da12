"""Who looks after whom."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0005_how_somebody_reads"),
    ]

    operations = [
        migrations.CreateModel(
            name="Guardianship",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "basis",
                    models.CharField(
                        choices=[("PARENT", "Parent"), ("COURT", "Court"), ("WISH", "Wish")], max_length=6
                    ),
                ),
                ("ends", models.DateField()),
                ("made_by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "guardian",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "ward",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ward", models.F("guardian")), _negated=True), name="guardian_is_another"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("basis__in", ["PARENT", "COURT", "WISH"])), name="guardian_basis_known"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("ward", "guardian"), name="guardian_once"
                    ),
                ],
            },
        ),
    ]
