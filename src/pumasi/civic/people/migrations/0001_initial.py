"""The tables of this room."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonKey",
            fields=[
                ("person_id", models.UUIDField(primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField()),
                ("node_key_id", models.CharField(max_length=16)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("wallet", models.UUIDField(unique=True)),
                ("code_number", models.PositiveIntegerField(unique=True)),
                ("level", models.CharField(choices=[("L0", "L0"), ("L1", "L1"), ("L2", "L2")], max_length=2)),
                ("relation", models.CharField(choices=[("RESIDENT", "Resident"), ("WORKER", "Worker")], max_length=8)),
                ("relation_until", models.DateField(null=True)),
                ("joined_on", models.DateField()),
                ("left_on", models.DateField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("shredded_at", models.DateTimeField(null=True)),
                ("birth_year", models.PositiveSmallIntegerField(null=True)),
                ("name_sealed", models.BinaryField(null=True)),
                ("phone_sealed", models.BinaryField(null=True)),
                ("phone_index", models.BinaryField(null=True, unique=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["L0", "L1", "L2"])), name="person_level_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("relation__in", ["RESIDENT", "WORKER"])), name="person_relation_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("name_sealed__isnull", False)),
                            models.Q(
                                ("birth_year", None),
                                ("closed_at__isnull", False),
                                ("name_sealed", None),
                                ("phone_index", None),
                                ("phone_sealed", None),
                            ),
                            _connector="OR",
                        ),
                        name="person_closed_has_no_contacts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shredded_at", None), ("shredded_at__gte", models.F("closed_at")), _connector="OR"
                        ),
                        name="person_shredded_after_close",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("RESIDENT", "Resident"),
                            ("SHOP_KEEPER", "Shop Keeper"),
                            ("FACILITY_CASHIER", "Facility Cashier"),
                            ("DONG_OFFICIAL", "Dong Official"),
                            ("ISSUER", "Issuer"),
                            ("BUDGET_OFFICER", "Budget Officer"),
                            ("AUDITOR", "Auditor"),
                            ("REVIEWER", "Reviewer"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts", models.DateField()),
                ("ends", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("granted_by", models.UUIDField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
                "indexes": [models.Index(fields=["place", "role"], name="role_place")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "RESIDENT",
                                    "SHOP_KEEPER",
                                    "FACILITY_CASHIER",
                                    "DONG_OFFICIAL",
                                    "ISSUER",
                                    "BUDGET_OFFICER",
                                    "AUDITOR",
                                    "REVIEWER",
                                ],
                            )
                        ),
                        name="role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends", None), ("ends__gte", models.F("starts")), _connector="OR"),
                        name="role_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", False), ("role", "RESIDENT"), _connector="OR"),
                        name="role_only_residents_stay",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignInCode",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("code_hash", models.BinaryField()),
                ("issued_by", models.UUIDField()),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                ("spent_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-issued_at"], name="sign_in_person")],
            },
        ),
    ]
