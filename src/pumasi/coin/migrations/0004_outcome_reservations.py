from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("coin", "0003_disputes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reservation",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("claim", models.UUIDField(db_index=True)),
                ("fund", models.CharField(max_length=60)),
                ("won", models.BigIntegerField()),
                ("until", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("freed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("won__gt", 0)), name="coin_reservation_positive")
                ],
            },
        ),
    ]
