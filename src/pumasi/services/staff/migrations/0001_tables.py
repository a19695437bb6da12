"""Requests for roles, decisions and early ends. Rows are only ever added: the database refuses the rest."""

import django.db.models.deletion
from django.db import migrations, models

from pumasi.civic.audit.store.append_only import append_only


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0004_twins_and_merged_people"),
        ("places", "0003_position"),
    ]

    operations = [
        migrations.CreateModel(
            name="Appointment",
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
                            ("TREASURY", "Treasury"),
                            ("CHARITY_MANAGER", "Charity Manager"),
                            ("ORGANISATION_ADMIN", "Organisation Admin"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "instead_of",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.role"
                    ),
                ),
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
        ),
        migrations.CreateModel(
            name="RoleEnd",
            fields=[
                (
                    "role",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.role",
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "appointment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="decision",
                        serialize=False,
                        to="staff.appointment",
                    ),
                ),
                ("is_right", models.BooleanField()),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gte", models.F("starts"))), name="staff_appointment_dates"
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("asked_by")), _negated=True), name="staff_nobody_asks_for_self"
            ),
        ),
        append_only("staff_appointment", "staff_decision", "staff_roleend"),
    ]
