"""The tables of this room."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CodeUse",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=1)),
                ("subject", models.UUIDField()),
                ("step", models.BigIntegerField()),
                ("by_person", models.UUIDField()),
                ("key", models.UUIDField()),
                ("used_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("spent_key", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["used_at"], name="code_use_age")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", ["P", "L"])), name="code_use_kind"),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "P")), fields=("subject", "step"), name="code_use_person_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "L")),
                        fields=("subject", "step", "by_person"),
                        name="code_use_place_once_per_person",
                    ),
                    models.UniqueConstraint(fields=("by_person", "key"), name="code_use_key"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Miss",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("by_person", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["by_person", "at"], name="code_miss_by")],
            },
        ),
    ]
