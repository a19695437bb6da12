"""The registers that officers keep. Their rows are append-only: the database itself refuses to change one."""

from typing import ClassVar

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = (
    "tariffchange",
    "changestep",
    "tariffversion",
    "freeze",
    "freezestep",
    "findingclosed",
    "selfdeal",
    "paidroster",
    "rosterwithdrawn",
    "paidhours",
    "unpaidanswer",
)
REFUSE = """
CREATE FUNCTION coin_register_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of a register are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def lock(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for what in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER coin_{table}_no_{what.lower()} BEFORE {what} ON coin_{table} "
                    "BEGIN SELECT RAISE(ABORT, 'rows of a register are append-only'); END"
                )
        return
    schema_editor.execute(REFUSE)
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER coin_{table}_append_only BEFORE UPDATE OR DELETE ON coin_{table} "
            "FOR EACH ROW EXECUTE FUNCTION coin_register_refuse()"
        )


def unlock(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for what in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER coin_{table}_no_{what}")
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER coin_{table}_append_only ON coin_{table}")
    schema_editor.execute("DROP FUNCTION coin_register_refuse()")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("coin", "0001_tables"),
        ("people", "0001_initial"),
        ("places", "0001_initial"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="PaidRoster",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=80)),
                ("digest", models.CharField(max_length=64)),
                ("lines", models.PositiveIntegerField()),
                ("matched", models.PositiveIntegerField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Freeze",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("what", models.CharField(max_length=10)),
                ("kind", models.CharField(max_length=40)),
                ("cause", models.CharField(max_length=12)),
                ("reason", models.CharField(max_length=200)),
                ("clause", models.CharField(max_length=80)),
                ("starts", models.DateField()),
                ("until", models.DateField()),
                ("is_emergency", models.BooleanField()),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                (
                    "place",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FreezeStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=12)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=200)),
                (
                    "freeze",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin.freeze"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RosterWithdrawn",
            fields=[
                (
                    "roster",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="coin.paidroster",
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PaidHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("starts", models.PositiveSmallIntegerField()),
                ("ends", models.PositiveSmallIntegerField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "roster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin.paidroster"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SelfDeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("refusal", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TariffChange",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name_ko", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=60)),
                ("clause", models.CharField(max_length=80)),
                ("document", models.CharField(max_length=80)),
                ("effective_on", models.DateField()),
                ("edits", models.TextField()),
                ("drafted_by", models.UUIDField()),
                ("drafted_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("clause", ""), _negated=True), models.Q(("document", ""), _negated=True)
                        ),
                        name="coin_change_has_document",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=12)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=200)),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin.tariffchange"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TariffVersion",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                (
                    "step",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin.changestep"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnpaidAnswer",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
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
            name="FindingClosed",
            fields=[
                ("finding", models.UUIDField(primary_key=True, serialize=False)),
                ("monday", models.DateField()),
                ("rule", models.CharField(max_length=20)),
                ("numbers", models.TextField()),
                ("outcome", models.CharField(max_length=10)),
                ("note", models.CharField(max_length=400)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
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
            options={
                "indexes": [models.Index(fields=["monday"], name="coin_finding_monday")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True), name="coin_finding_has_note"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="freeze",
            index=models.Index(fields=["until"], name="coin_freeze_until"),
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gte", models.F("starts"))), name="coin_freeze_span"
            ),
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("reason", ""), _negated=True), models.Q(("clause", ""), _negated=True)),
                name="coin_freeze_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.CheckConstraint(
                condition=models.Q(("what", "PLACE"), ("place", None), _connector="XOR"), name="coin_freeze_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="freezestep",
            constraint=models.UniqueConstraint(fields=("freeze", "step"), name="coin_freeze_step_once"),
        ),
        migrations.AddIndex(
            model_name="paidhours",
            index=models.Index(fields=["person", "day"], name="coin_paid_person_day"),
        ),
        migrations.AddConstraint(
            model_name="paidhours",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gt", models.F("starts")), ("ends__lte", 1440)), name="coin_paid_hours_span"
            ),
        ),
        migrations.AddIndex(
            model_name="selfdeal",
            index=models.Index(fields=["at"], name="coin_selfdeal_at"),
        ),
        migrations.AddConstraint(
            model_name="changestep",
            constraint=models.UniqueConstraint(fields=("change", "step"), name="coin_change_step_once"),
        ),
        migrations.RunPython(lock, unlock),
    ]
