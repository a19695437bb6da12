"""The rows of moving in. All are only ever added: the database itself refuses to change or delete them."""

import django.db.models.deletion
from django.db import migrations, models

APPEND_ONLY = tuple(
    f"coin_moving_{table}"
    for table in (
        "proposal",
        "proposalsum",
        "beneficiary",
        "step",
        "movedmember",
        "movedshop",
        "movedtaking",
        "exportorder",
        "exportstep",
    )
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
        "CREATE FUNCTION coin_moving_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'rows are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in APPEND_ONLY:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION coin_moving_refuse()"
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
    schema_editor.execute("DROP FUNCTION coin_moving_refuse()")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0003_organisation_admins_and_phone_tails"),
        ("places", "0002_needs_hours_stickers"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExportOrder",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("purpose", models.CharField(max_length=100)),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("origin", models.CharField(max_length=80)),
                ("extract_on", models.DateField()),
                ("members", models.PositiveIntegerField()),
                ("without_phone", models.PositiveIntegerField()),
                ("shops", models.PositiveIntegerField()),
                ("coins", models.BigIntegerField()),
                ("won", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["digest"], name="moving_proposal_digest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("coins__gte", 0), ("won__gte", 0)), name="moving_proposal_positive"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MovedShop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("old_index", models.BinaryField(max_length=32)),
                ("owner", models.CharField(max_length=32)),
                ("lots", models.PositiveIntegerField()),
                ("coins", models.BigIntegerField()),
                (
                    "place",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin_moving.proposal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MovedMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("old_index", models.BinaryField(max_length=32)),
                ("owner", models.CharField(max_length=32)),
                ("lots", models.PositiveIntegerField()),
                ("coins", models.BigIntegerField()),
                ("is_new", models.BooleanField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin_moving.proposal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Beneficiary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin_moving.proposal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProposalSum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("where", models.CharField(max_length=8)),
                ("fund", models.CharField(max_length=60)),
                ("expires", models.CharField(max_length=10)),
                ("rate", models.PositiveIntegerField()),
                ("lots", models.PositiveIntegerField()),
                ("coins", models.BigIntegerField()),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin_moving.proposal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("FIRST", "First"),
                            ("SECOND", "Second"),
                            ("REJECTED", "Rejected"),
                            ("STARTED", "Started"),
                            ("DONE", "Done"),
                            ("BACK_ASKED", "Back Asked"),
                            ("BACK_AGREED", "Back Agreed"),
                            ("BACK_CLOSED", "Back Closed"),
                            ("UNDONE", "Undone"),
                        ],
                        max_length=12,
                    ),
                ),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=200)),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin_moving.proposal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ExportStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=8)),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin_moving.exportorder"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("step", "AGREED")), fields=("order",), name="moving_export_agreed_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("step__in", ["AGREED", "WRITTEN"])), name="moving_export_step_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MovedTaking",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("till", models.CharField(max_length=120)),
                ("transfer", models.BigIntegerField(unique=True)),
                ("coins", models.BigIntegerField()),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "shop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin_moving.movedshop"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("coins__gt", 0)), name="moving_taking_positive")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="movedshop",
            constraint=models.UniqueConstraint(fields=("proposal", "old_index"), name="moving_shop_once"),
        ),
        migrations.AddIndex(
            model_name="movedmember",
            index=models.Index(fields=["old_index"], name="moving_member_index"),
        ),
        migrations.AddConstraint(
            model_name="movedmember",
            constraint=models.UniqueConstraint(fields=("proposal", "old_index"), name="moving_member_once"),
        ),
        migrations.AddConstraint(
            model_name="beneficiary",
            constraint=models.UniqueConstraint(fields=("proposal", "person"), name="moving_beneficiary_once"),
        ),
        migrations.AddConstraint(
            model_name="proposalsum",
            constraint=models.UniqueConstraint(
                fields=("proposal", "where", "fund", "expires", "rate"), name="moving_sum_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(fields=("proposal", "step"), name="moving_step_once"),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            "FIRST",
                            "SECOND",
                            "REJECTED",
                            "STARTED",
                            "DONE",
                            "BACK_ASKED",
                            "BACK_AGREED",
                            "BACK_CLOSED",
                            "UNDONE",
                        ],
                    )
                ),
                name="moving_step_known",
            ),
        ),
        migrations.RunPython(lock, unlock),
    ]
