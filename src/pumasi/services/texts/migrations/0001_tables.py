"""Texts and their versions. Rows are only ever added: the database refuses the rest."""

import django.db.models.deletion
from django.db import migrations, models

from pumasi.civic.audit.store.append_only import append_only


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Text",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("OUTAGE", "Outage"),
                            ("CLOSURE", "Closure"),
                            ("QUESTION", "Question"),
                            ("NOTE", "Note"),
                        ],
                        max_length=8,
                    ),
                ),
                ("slot", models.CharField(default="", max_length=12)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind", "NOTE"), ("slot", ""), _connector="XOR"),
                        name="texts_note_has_a_slot",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("slot", ""), _negated=True), fields=("slot",), name="texts_slot_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title_ko", models.CharField(max_length=80)),
                ("title_en", models.CharField(max_length=80)),
                ("body_ko", models.CharField(max_length=1500)),
                ("body_en", models.CharField(max_length=1500)),
                ("easy", models.CharField(default="", max_length=800)),
                ("starts", models.DateField(null=True)),
                ("ends", models.DateField(null=True)),
                ("is_shown", models.BooleanField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="texts.text"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("text", "number"), name="texts_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends", None), ("starts", None)),
                            models.Q(("ends__gte", models.F("starts")), ("starts__isnull", False)),
                            _connector="OR",
                        ),
                        name="texts_days_in_order",
                    ),
                ],
            },
        ),
        append_only("texts_text", "texts_version"),
    ]
