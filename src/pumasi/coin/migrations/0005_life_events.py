"""Life events on record. Their rows are append-only, but for a death, whose look-up index is wiped in the end."""

from typing import ClassVar

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = (
    "proposal",
    "proposalstep",
    "leaving",
    "leavingend",
    "deathstep",
    "custody",
    "custodyend",
)


def lock(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for what in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER coin_{table}_no_{what.lower()} BEFORE {what} ON coin_{table} "
                    "BEGIN SELECT RAISE(ABORT, 'rows of a register are append-only'); END"
                )
        return
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER coin_{table}_append_only BEFORE UPDATE OR DELETE ON coin_{table} "
            "FOR EACH ROW EXECUTE FUNCTION coin_register_refuse()"
        )


def unlock(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        if schema_editor.connection.vendor == "sqlite":
            for what in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER coin_{table}_no_{what}")
        else:
            schema_editor.execute(f"DROP TRIGGER coin_{table}_append_only ON coin_{table}")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("coin", "0004_outcome_reservations"),
        ("people", "0004_twins_and_merged_people"),
        ("places", "0002_needs_hours_stickers"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Custody",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("coins", models.BigIntegerField()),
                ("reason", models.CharField(max_length=200)),
                ("document", models.CharField(max_length=80)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "place",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Leaving",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("cause", models.CharField(max_length=13)),
                ("told_by", models.UUIDField(null=True)),
                ("told_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("MERGE", "Merge"),
                            ("UNDO_DEATH", "Undo Death"),
                            ("ESTATE_BACK", "Estate Back"),
                            ("WRITE_OFF", "Write Off"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("document", models.CharField(max_length=80)),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                (
                    "other",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CustodyEnd",
            fields=[
                (
                    "custody",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="coin.custody",
                    ),
                ),
                ("how", models.CharField(max_length=11)),
                ("reason", models.CharField(max_length=200)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Death",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(unique=True)),
                ("twin_index", models.BinaryField(null=True)),
                ("died_on", models.DateField()),
                ("document", models.CharField(max_length=80)),
                ("coins", models.BigIntegerField()),
                ("reported_by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeathStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("how", models.CharField(max_length=9)),
                ("coins", models.BigIntegerField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "death",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin.death"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LeavingEnd",
            fields=[
                (
                    "leaving",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="coin.leaving",
                    ),
                ),
                ("how", models.CharField(max_length=9)),
                ("coins", models.BigIntegerField(default=0)),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ProposalStep",
            fields=[
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="coin.proposal",
                    ),
                ),
                ("step", models.CharField(max_length=8)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=200)),
            ],
        ),
        migrations.AddIndex(
            model_name="death",
            index=models.Index(fields=["twin_index"], name="coin_death_twin"),
        ),
        migrations.AddIndex(
            model_name="leaving",
            index=models.Index(fields=["day"], name="coin_leaving_day"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["MERGE", "UNDO_DEATH", "ESTATE_BACK", "WRITE_OFF"])),
                name="coin_proposal_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="coin_proposal_has_reason"
            ),
        ),
        migrations.RunPython(lock, unlock),
    ]
