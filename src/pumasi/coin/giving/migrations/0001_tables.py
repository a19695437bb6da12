"""Donations and their way back. Some rows are only ever added: the database itself refuses to change or delete them."""

import django.db.models.deletion
from django.db import migrations, models

APPEND_ONLY = (
    "coin_giving_donation",
    "coin_giving_donationback",
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
        "CREATE FUNCTION coin_giving_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'rows are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in APPEND_ONLY:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION coin_giving_refuse()"
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
    schema_editor.execute("DROP FUNCTION coin_giving_refuse()")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0002_treasury_and_charity_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="Donation",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("campaign", models.UUIDField()),
                ("transfer", models.BigIntegerField(unique=True)),
                ("wallet", models.CharField(max_length=120)),
                ("coins", models.BigIntegerField()),
                ("name_ko", models.CharField(max_length=80)),
                ("name_en", models.CharField(max_length=80)),
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
            name="DonationBack",
            fields=[
                (
                    "donation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="coin_giving.donation",
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("TAKEN_BACK", "Taken Back"), ("RETURNED", "Returned")], max_length=10),
                ),
                ("transfer", models.BigIntegerField(unique=True)),
                ("lapsed", models.BigIntegerField()),
                ("actor", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("lapsed__gte", 0)), name="giving_back_lapsed"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["TAKEN_BACK", "RETURNED"])), name="giving_back_kind_known"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="donation",
            index=models.Index(fields=["campaign"], name="coin_giving_of_campaign"),
        ),
        migrations.AddIndex(
            model_name="donation",
            index=models.Index(fields=["person", "-at"], name="coin_giving_of_person"),
        ),
        migrations.AddConstraint(
            model_name="donation",
            constraint=models.CheckConstraint(condition=models.Q(("coins__gt", 0)), name="giving_donation_positive"),
        ),
        migrations.RunPython(lock, unlock),
    ]
