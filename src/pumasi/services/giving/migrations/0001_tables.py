"""Charities and campaigns. Some rows are only ever added: the database itself refuses to change or delete them."""

import django.db.models.deletion
from django.db import migrations, models

APPEND_ONLY = ("giving_campaignstep",)


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
        "CREATE FUNCTION giving_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'rows are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in APPEND_ONLY:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION giving_refuse()"
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
    schema_editor.execute("DROP FUNCTION giving_refuse()")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0002_treasury_and_charity_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="Charity",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name_ko", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=60)),
                ("number", models.CharField(max_length=30, unique=True)),
                ("registered_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(choices=[("REGISTERED", "Registered"), ("VERIFIED", "Verified")], max_length=10),
                ),
                ("verified_at", models.DateTimeField(null=True)),
                ("document", models.CharField(default="", max_length=80)),
                (
                    "manager",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("title_ko", models.CharField(max_length=60)),
                ("title_en", models.CharField(max_length=60)),
                ("text_ko", models.TextField(max_length=2000)),
                ("text_en", models.TextField(max_length=2000)),
                ("target", models.BigIntegerField()),
                ("deadline", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("DRAFT", "Draft"),
                            ("OPEN", "Open"),
                            ("REACHED", "Reached"),
                            ("CLOSED", "Closed"),
                            ("RELEASED", "Released"),
                            ("EVIDENCED", "Evidenced"),
                            ("FAILED", "Failed"),
                            ("CANCELLED", "Cancelled"),
                            ("RETURNED", "Returned"),
                        ],
                        max_length=10,
                    ),
                ),
                ("drafted_at", models.DateTimeField()),
                ("clause", models.CharField(default="", max_length=200)),
                ("document", models.CharField(default="", max_length=80)),
                ("released", models.BigIntegerField(default=0)),
                ("released_won", models.BigIntegerField(default=0)),
                ("payment_number", models.CharField(default="", max_length=80)),
                ("used_won", models.BigIntegerField(default=0)),
                ("used_for", models.TextField(default="", max_length=2000)),
                ("used_document", models.CharField(default="", max_length=80)),
                (
                    "charity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="giving.charity"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CampaignStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=16)),
                ("actor", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("note", models.CharField(default="", max_length=200)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="giving.campaign"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("what__in", ["APPROVED", "RELEASE"])),
                        fields=("campaign", "what", "actor"),
                        name="campaign_officer_says_it_once",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="charity",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["REGISTERED", "VERIFIED"])), name="charity_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="charity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verified_by", None),
                    models.Q(("verified_by", models.F("manager")), _negated=True),
                    _connector="OR",
                ),
                name="charity_verified_by_another",
            ),
        ),
        migrations.AddIndex(
            model_name="campaign",
            index=models.Index(fields=["state", "deadline"], name="campaign_state_deadline"),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "DRAFT",
                            "OPEN",
                            "REACHED",
                            "CLOSED",
                            "RELEASED",
                            "EVIDENCED",
                            "FAILED",
                            "CANCELLED",
                            "RETURNED",
                        ],
                    )
                ),
                name="campaign_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(condition=models.Q(("target__gt", 0)), name="campaign_target_positive"),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["DRAFT", "CANCELLED", "RETURNED"]),
                    models.Q(("clause", ""), _negated=True),
                    _connector="OR",
                ),
                name="campaign_open_cites_its_clause",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("used_won__gte", 0), ("used_won__lte", models.F("released_won"))),
                name="campaign_used_within_released",
            ),
        ),
        migrations.RunPython(lock, unlock),
    ]
