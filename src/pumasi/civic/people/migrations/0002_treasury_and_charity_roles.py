from typing import ClassVar

from django.db import migrations, models

ROLES = [
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
]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0001_initial")]
    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="role", name="role_known"),
        migrations.AlterField(
            model_name="role",
            name="role",
            field=models.CharField(choices=[(role, role.replace("_", " ").title()) for role in ROLES], max_length=20),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(condition=models.Q(role__in=ROLES), name="role_known"),
        ),
    ]
