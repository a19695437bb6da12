"""Sales, their steps and won that went back: only ever added. The simulated provider's book."""

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
            name="SimulatedMove",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=10)),
                ("of", models.UUIDField(null=True)),
                ("won", models.PositiveIntegerField()),
                ("reason", models.CharField(default="", max_length=30)),
                ("day", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Sale",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("coins", models.PositiveIntegerField()),
                ("price", models.PositiveIntegerField()),
                ("won", models.PositiveIntegerField()),
                ("payment_id", models.UUIDField(unique=True)),
                ("at", models.DateTimeField()),
                (
                    "cashier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "payer",
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
            name="SaleStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("OPEN", "Open"),
                            ("AUTHORISED", "Authorised"),
                            ("SPENT", "Spent"),
                            ("DONE", "Done"),
                            ("DECLINED", "Declined"),
                            ("RELEASING", "Releasing"),
                            ("RELEASED", "Released"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reference", models.CharField(default="", max_length=60)),
                ("reason", models.CharField(default="", max_length=60)),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "sale",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pos.sale"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WonBack",
            fields=[
                ("refund_id", models.UUIDField(primary_key=True, serialize=False)),
                ("won", models.PositiveIntegerField()),
                ("reference", models.CharField(max_length=60)),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "sale",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pos.sale"),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="sale",
            index=models.Index(fields=["place", "-at"], name="pos_sale_place"),
        ),
        migrations.AddConstraint(
            model_name="sale",
            constraint=models.CheckConstraint(
                condition=models.Q(("coins__gt", 0), ("price__gt", 0), ("won__gt", 0)), name="pos_sale_has_both"
            ),
        ),
        migrations.AddConstraint(
            model_name="salestep",
            constraint=models.UniqueConstraint(fields=("sale", "state"), name="pos_step_once"),
        ),
        append_only("pos_sale", "pos_salestep", "pos_wonback"),
    ]
