"""The rows of settlement. Some rows are only ever added: the database itself refuses to change or delete them."""

import django.db.models.deletion
from django.db import migrations, models

APPEND_ONLY = (
    "coin_settlement_payoutaccount",
    "coin_settlement_accountseen",
    "coin_settlement_hold",
    "coin_settlement_holdend",
    "coin_settlement_sealoverride",
    "coin_settlement_sealoverridevote",
    "coin_settlement_leftout",
    "coin_settlement_step",
    "coin_settlement_facilityclose",
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
        "CREATE FUNCTION coin_settlement_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'rows are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in APPEND_ONLY:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION coin_settlement_refuse()"
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
    schema_editor.execute("DROP FUNCTION coin_settlement_refuse()")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("coin", "0001_tables"),
        ("people", "0002_treasury_and_charity_roles"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PayoutAccount",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("bank", models.CharField(max_length=30)),
                ("number_sealed", models.BinaryField()),
                ("holder_sealed", models.BinaryField()),
                ("tail", models.CharField(max_length=4)),
                ("at", models.DateTimeField()),
                (
                    "entered_by",
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
            name="Hold",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "place",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SealOverride",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=200)),
                ("covers_until", models.DateTimeField()),
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
            name="Batch",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("DRAFT", "Draft"),
                            ("CHECKED", "Checked"),
                            ("EXPORTED", "Exported"),
                            ("DONE", "Done"),
                            ("VOID", "Void"),
                        ],
                        max_length=8,
                    ),
                ),
                ("cutoff", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(null=True)),
                ("sheet", models.CharField(default="", max_length=64)),
                ("document", models.CharField(default="", max_length=80)),
                ("payment_number", models.CharField(default="", max_length=80)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "checker",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "maker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Desk",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("last_number", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="settlement_one_desk")],
            },
        ),
        migrations.CreateModel(
            name="FacilityClose",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("transfer", models.BigIntegerField(unique=True)),
                ("coins", models.BigIntegerField()),
                ("won", models.BigIntegerField()),
                ("document", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                (
                    "actor",
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
            name="HoldEnd",
            fields=[
                (
                    "hold",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="coin_settlement.hold",
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="LeftOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("TOO_YOUNG", "Too Young"),
                            ("NOT_SEALED", "Not Sealed"),
                            ("DISPUTED", "Disputed"),
                            ("ON_HOLD", "On Hold"),
                            ("NO_ACCOUNT", "No Account"),
                            ("BELOW_MINIMUM", "Below Minimum"),
                            ("DRAFTED", "Drafted"),
                        ],
                        max_length=16,
                    ),
                ),
                ("coins", models.BigIntegerField()),
                ("won", models.BigIntegerField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin_settlement.batch"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("till", models.CharField(max_length=120)),
                ("shop", models.CharField(max_length=60)),
                ("coins", models.BigIntegerField()),
                ("won", models.BigIntegerField()),
                ("set_off", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("OPEN", "Open"), ("PAID", "Paid"), ("BOUNCED", "Bounced"), ("VOID", "Void")],
                        default="OPEN",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(default="", max_length=200)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="coin_settlement.payoutaccount",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin_settlement.batch"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SealOverrideVote",
            fields=[
                (
                    "override",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="coin_settlement.sealoverride",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="LineReceipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("coins", models.BigIntegerField()),
                ("won", models.BigIntegerField()),
                ("live", models.BooleanField(default=True)),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin_settlement.line"
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin.payment"),
                ),
                (
                    "override",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="coin_settlement.sealoverride",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=16)),
                ("at", models.DateTimeField()),
                ("note", models.CharField(default="", max_length=200)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin_settlement.batch"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AccountSeen",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="coin_settlement.payoutaccount",
                    ),
                ),
                ("document", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                (
                    "seen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="payoutaccount",
            index=models.Index(fields=["place", "-id"], name="settlement_account_place"),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["DRAFT", "CHECKED", "EXPORTED", "DONE", "VOID"])),
                name="settlement_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checker", None), models.Q(("checker", models.F("maker")), _negated=True), _connector="OR"
                ),
                name="settlement_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checker", None), ("sheet", "")), ("checker__isnull", False), _connector="OR"
                ),
                name="settlement_checked_has_sheet",
            ),
        ),
        migrations.AddField(
            model_name="holdend",
            name="ended_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(fields=("batch", "place"), name="settlement_shop_once_in_batch"),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["OPEN", "PAID", "BOUNCED", "VOID"])),
                name="settlement_line_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("coins__gt", 0), ("set_off__gte", 0), ("set_off__lte", models.F("won")), ("won__gt", 0)
                ),
                name="settlement_line_amounts",
            ),
        ),
        migrations.AddField(
            model_name="sealoverridevote",
            name="agreed_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddConstraint(
            model_name="linereceipt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("live", True)), fields=("payment",), name="settlement_receipt_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="linereceipt",
            constraint=models.CheckConstraint(
                condition=models.Q(("coins__gt", 0), ("won__gt", 0)), name="settlement_receipt_amounts"
            ),
        ),
        migrations.RunPython(lock, unlock),
    ]
