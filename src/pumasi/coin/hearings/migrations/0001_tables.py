"""Cases and their steps. Steps are only ever added: the database itself refuses to change or delete one."""

import django.db.models.deletion
from django.db import migrations, models


def lock(apps, schema_editor):
    """A trigger against update and delete of steps, and against deleting a case."""
    guarded = (
        ("coin_hearings_casestep", "UPDATE"),
        ("coin_hearings_casestep", "DELETE"),
        ("coin_hearings_case", "DELETE"),
    )
    if schema_editor.connection.vendor == "sqlite":
        for table, what in guarded:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} rows are append-only'); END"
            )
        return
    schema_editor.execute(
        "CREATE FUNCTION coin_hearings_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'rows are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table, what in guarded:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION coin_hearings_refuse()"
        )


def unlock(apps, schema_editor):
    """The way back, before the tables go."""
    tables = (
        ("coin_hearings_casestep", "update"),
        ("coin_hearings_casestep", "delete"),
        ("coin_hearings_case", "delete"),
    )
    for table, what in tables:
        on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
        schema_editor.execute(f"DROP TRIGGER {table}_no_{what}{on}")
    if schema_editor.connection.vendor != "sqlite":
        schema_editor.execute("DROP FUNCTION coin_hearings_refuse()")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0003_organisation_admins_and_phone_tails"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(choices=[("CLAWBACK", "Clawback"), ("SUSPENSION", "Suspension")], max_length=10),
                ),
                ("subject", models.UUIDField()),
                ("coins", models.BigIntegerField(default=0)),
                ("why", models.CharField(max_length=300)),
                ("clause", models.CharField(max_length=80)),
                ("hear_until", models.DateField()),
                ("opened_by", models.UUIDField()),
                ("opened_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("NOTIFIED", "Notified"),
                            ("ANSWERED", "Answered"),
                            ("DECIDED", "Decided"),
                            ("DROPPED", "Dropped"),
                            ("OBJECTED", "Objected"),
                            ("UPHELD", "Upheld"),
                            ("GRANTED", "Granted"),
                            ("FINAL", "Final"),
                        ],
                        max_length=10,
                    ),
                ),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("why", models.CharField(default="", max_length=300)),
                ("note_sealed", models.BinaryField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin_hearings.case"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["person", "-opened_at"], name="hearings_person"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)), fields=["hear_until"], name="hearings_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["CLAWBACK", "SUSPENSION"])), name="hearings_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("why", ""), _negated=True), models.Q(("clause", ""), _negated=True)),
                name="hearings_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("coins__gt", 0), ("kind", "CLAWBACK")),
                    models.Q(("coins", 0), ("kind", "SUSPENSION")),
                    _connector="OR",
                ),
                name="hearings_coins",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("kind", "subject"), name="hearings_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="casestep",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="hearings_step_number"),
        ),
        migrations.AddConstraint(
            model_name="casestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["NOTIFIED", "ANSWERED", "DECIDED", "DROPPED", "OBJECTED", "UPHELD", "GRANTED", "FINAL"],
                    )
                ),
                name="hearings_step_state",
            ),
        ),
        migrations.RunPython(lock, unlock),
    ]
