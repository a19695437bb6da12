from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_treasury_and_charity_roles"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="person",
            name="person_closed_has_no_contacts",
        ),
        migrations.RemoveConstraint(
            model_name="role",
            name="role_known",
        ),
        migrations.AddField(
            model_name="person",
            name="tail_index",
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name="role",
            name="role",
            field=models.CharField(
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
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["tail_index"], name="person_tail"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("name_sealed__isnull", False)),
                    models.Q(
                        ("birth_year", None),
                        ("closed_at__isnull", False),
                        ("name_sealed", None),
                        ("phone_index", None),
                        ("phone_sealed", None),
                        ("tail_index", None),
                    ),
                    _connector="OR",
                ),
                name="person_closed_has_no_contacts",
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
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
                            "TREASURY",
                            "CHARITY_MANAGER",
                            "ORGANISATION_ADMIN",
                        ],
                    )
                ),
                name="role_known",
            ),
        ),
    ]
