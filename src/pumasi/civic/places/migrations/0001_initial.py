"""The tables of this room."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("SHOP", "Shop"),
                            ("FACILITY", "Facility"),
                            ("CENTRE", "Centre"),
                            ("MACHINE", "Machine"),
                        ],
                        max_length=8,
                    ),
                ),
                ("name_ko", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=60)),
                ("dong", models.CharField(max_length=20)),
                ("till", models.UUIDField(unique=True)),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(null=True)),
                ("code_version", models.PositiveIntegerField(default=1)),
                ("accepts", models.TextField(default="")),
                ("needs", models.TextField(default="")),
                ("daily_limit", models.PositiveIntegerField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "dong"], name="place_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["SHOP", "FACILITY", "CENTRE", "MACHINE"])),
                        name="place_kind_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("number__lt", 32768)), name="place_number_in_range"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on", None), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="place_closes_after_opening",
                    ),
                ],
            },
        ),
    ]
