"""Rows of the year end. All are only ever added: the database itself refuses to change or delete them."""

import django.db.models.deletion
from django.db import migrations, models

APPEND_ONLY = tuple(
    f"yearend_{name}" for name in ("carryover", "carryoverdone", "rolereview", "sample", "nameask", "namegrant")
)


def lock(apps, schema_editor):
    """A trigger against update and delete on each of these tables."""
    if schema_editor.connection.vendor == "sqlite":
        for table in APPEND_ONLY:
            for what in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} rows are append-only'); END"
                )
        return
    schema_editor.execute(
        "CREATE FUNCTION yearend_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'rows are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in APPEND_ONLY:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION yearend_refuse()"
        )


def unlock(apps, schema_editor):
    """The way back, before the tables go."""
    if schema_editor.connection.vendor == "sqlite":
        for table in APPEND_ONLY:
            for what in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{what}")
        return
    for table in APPEND_ONLY:
        schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    schema_editor.execute("DROP FUNCTION yearend_refuse()")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("coin", "0004_outcome_reservations"),
        ("people", "0003_organisation_admins_and_phone_tails"),
    ]

    operations = [
        migrations.CreateModel(
            name="CarryOver",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("year", models.PositiveSmallIntegerField()),
                ("document", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NameAsk",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("order_number", models.CharField(max_length=80)),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin.payment"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CarryOverDone",
            fields=[
                (
                    "asked",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="yearend.carryover",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(unique=True)),
                ("won", models.BigIntegerField()),
                ("transfer", models.BigIntegerField(unique=True)),
                ("at", models.DateTimeField()),
                (
                    "agreed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NameGrant",
            fields=[
                (
                    "asked",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="yearend.nameask",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "agreed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoleReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("decision", models.CharField(choices=[("KEEP", "Keep"), ("END", "End")], max_length=4)),
                ("at", models.DateTimeField()),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.role"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("year", "role"), name="yearend_role_once"),
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["KEEP", "END"])), name="yearend_decision_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("year", models.PositiveSmallIntegerField()),
                ("seed", models.CharField(max_length=80)),
                ("count", models.PositiveSmallIntegerField()),
                ("block", models.BigIntegerField()),
                ("size", models.BigIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("count__gt", 0)), name="yearend_sample_some")
                ],
            },
        ),
        migrations.RunPython(lock, unlock),
    ]
