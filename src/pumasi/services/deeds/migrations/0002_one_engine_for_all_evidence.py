import django.db.models.deletion
from django.db import migrations, models


def number_steps(apps, schema_editor):
    """Steps so far are numbered in the order in which they were added."""
    last = {}
    steps = apps.get_model("deeds", "ClaimStep")
    for step in steps.objects.order_by("id").iterator():
        last[step.claim_id] = step.number = last.get(step.claim_id, 0) + 1
        step.save(update_fields=["number"])


class Migration(migrations.Migration):
    dependencies = [
        ("deeds", "0001_initial"),
        ("people", "0001_initial"),
        ("places", "0001_initial"),
        ("visits", "0001_visits_and_sessions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("file_hash", models.BinaryField(max_length=32)),
                ("rows", models.PositiveIntegerField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="BatchRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("is_accepted", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name="Binding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                ("bound_by", models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="deeds.claim",
                    ),
                ),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("pool", models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="MachineKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_key", models.BinaryField(max_length=32, unique=True)),
                ("registered_by", models.UUIDField(null=True)),
                ("registered_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="MachineReceipt",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("counter", models.BigIntegerField()),
                ("nonce", models.CharField(max_length=32)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name_ko", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=60)),
                ("registered_by", models.UUIDField()),
                ("registered_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("digest", models.BinaryField(max_length=32)),
                ("sealed", models.BinaryField(null=True)),
                ("taken_in_at", models.DateTimeField()),
                ("deleted_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PhotoCode",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("code", models.CharField(max_length=8)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PoolMember",
            fields=[
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="deeds.claim",
                    ),
                ),
                ("pool", models.UUIDField(db_index=True)),
                ("coins", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="RollApproval",
            fields=[
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="visits.session",
                    ),
                ),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Thanks",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="claim",
            name="deeds_claim_evidence",
        ),
        migrations.RemoveConstraint(
            model_name="claimstep",
            name="deeds_step_once",
        ),
        migrations.RemoveConstraint(
            model_name="claimstep",
            name="deeds_step_state",
        ),
        migrations.RenameField(
            model_name="claim",
            old_name="scan",
            new_name="proof",
        ),
        migrations.AddField(
            model_name="claimstep",
            name="due_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="claimstep",
            name="note_sealed",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="claimstep",
            name="number",
            field=models.PositiveSmallIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="claimstep",
            name="quantity",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="claimstep",
            name="reason",
            field=models.CharField(default="", max_length=20),
        ),
        migrations.AddField(
            model_name="claimstep",
            name="role",
            field=models.CharField(default="", max_length=20),
        ),
        migrations.AddField(
            model_name="claimstep",
            name="said_en",
            field=models.CharField(default="", max_length=300),
        ),
        migrations.AddField(
            model_name="claimstep",
            name="said_ko",
            field=models.CharField(default="", max_length=300),
        ),
        migrations.AlterField(
            model_name="claim",
            name="evidence",
            field=models.CharField(
                choices=[
                    ("CODE", "Code"),
                    ("STAFF", "Staff"),
                    ("ATTENDANCE", "Attendance"),
                    ("MACHINE", "Machine"),
                    ("PHOTO", "Photo"),
                    ("OUTCOME", "Outcome"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="claimstep",
            name="state",
            field=models.CharField(
                choices=[
                    ("SUBMITTED", "Submitted"),
                    ("AUTO_OK", "Auto Ok"),
                    ("REVIEW", "Review"),
                    ("NEEDS_INFO", "Needs Info"),
                    ("RISK_HOLD", "Risk Hold"),
                    ("ISSUED", "Issued"),
                    ("WAITLISTED", "Waitlisted"),
                    ("REJECTED", "Rejected"),
                    ("DUPLICATE", "Duplicate"),
                    ("APPEALED", "Appealed"),
                    ("UPHELD", "Upheld"),
                    ("REVERSED", "Reversed"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["person", "sent_at"], name="deeds_claim_person"),
        ),
        migrations.AddIndex(
            model_name="claimstep",
            index=models.Index(
                condition=models.Q(("role", ""), _negated=True), fields=["role", "due_on"], name="deeds_step_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence__in", ["CODE", "STAFF", "ATTENDANCE", "MACHINE", "PHOTO", "OUTCOME"])),
                name="deeds_claim_evidence",
            ),
        ),
        migrations.RunPython(number_steps, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="claimstep",
            constraint=models.UniqueConstraint(fields=("claim", "number"), name="deeds_step_number"),
        ),
        migrations.AddConstraint(
            model_name="claimstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "SUBMITTED",
                            "AUTO_OK",
                            "REVIEW",
                            "NEEDS_INFO",
                            "RISK_HOLD",
                            "ISSUED",
                            "WAITLISTED",
                            "REJECTED",
                            "DUPLICATE",
                            "APPEALED",
                            "UPHELD",
                            "REVERSED",
                        ],
                    )
                ),
                name="deeds_step_state",
            ),
        ),
        migrations.AddField(
            model_name="batchrow",
            name="batch",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="deeds.batch"),
        ),
        migrations.AddField(
            model_name="batchrow",
            name="claim",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="deeds.claim"
            ),
        ),
        migrations.AddField(
            model_name="binding",
            name="admin",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="binding",
            name="centre",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"),
        ),
        migrations.AddField(
            model_name="machinekey",
            name="place",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"),
        ),
        migrations.AddField(
            model_name="machinereceipt",
            name="key",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="deeds.machinekey"
            ),
        ),
        migrations.AddField(
            model_name="machinereceipt",
            name="person",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="binding",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="deeds.organisation"
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="deeds.organisation"
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="claim",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="deeds.claim"),
        ),
        migrations.AddField(
            model_name="photocode",
            name="person",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="photocode",
            name="place",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"),
        ),
        migrations.AddField(
            model_name="thanks",
            name="giver",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="thanks",
            name="helper",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddConstraint(
            model_name="batchrow",
            constraint=models.UniqueConstraint(fields=("batch", "number"), name="deeds_batch_row_once"),
        ),
        migrations.AddConstraint(
            model_name="machinereceipt",
            constraint=models.UniqueConstraint(fields=("key", "counter"), name="deeds_receipt_counter"),
        ),
        migrations.AddConstraint(
            model_name="machinereceipt",
            constraint=models.UniqueConstraint(fields=("key", "nonce"), name="deeds_receipt_nonce"),
        ),
        migrations.AddConstraint(
            model_name="binding",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gte", models.F("starts"))), name="deeds_binding_span"
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.UniqueConstraint(fields=("organisation", "file_hash"), name="deeds_batch_once"),
        ),
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(fields=["digest"], name="deeds_photo_digest"),
        ),
        migrations.AddConstraint(
            model_name="thanks",
            constraint=models.UniqueConstraint(fields=("helper", "giver", "day"), name="deeds_thanks_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="thanks",
            constraint=models.CheckConstraint(
                condition=models.Q(("helper", models.F("giver")), _negated=True), name="deeds_thanks_to_another"
            ),
        ),
    ]
