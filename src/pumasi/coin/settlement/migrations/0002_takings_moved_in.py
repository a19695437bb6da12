"""A line of a batch may pay takings that a district brought from its old system."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("coin", "0004_outcome_reservations"),
        ("coin_moving", "0001_tables"),
        ("coin_settlement", "0001_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="linereceipt",
            name="moved",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin_moving.movedtaking"
            ),
        ),
        migrations.AlterField(
            model_name="linereceipt",
            name="payment",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coin.payment"
            ),
        ),
        migrations.AddConstraint(
            model_name="linereceipt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("live", True)), fields=("moved",), name="settlement_moved_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="linereceipt",
            constraint=models.CheckConstraint(
                condition=models.Q(("payment", None), ("moved", None), _connector="XOR"),
                name="settlement_receipt_of_one",
            ),
        ),
    ]
