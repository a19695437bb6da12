"""Endpoints, events and their deliveries."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0004_twins_and_merged_people"),
        ("places", "0003_position"),
    ]

    operations = [
        migrations.CreateModel(
            name="Endpoint",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("url", models.CharField(max_length=500)),
                ("events", models.TextField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("renewed_at", models.DateTimeField(null=True)),
                ("failing_since", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "end_reason",
                    models.CharField(choices=[("OWNER", "Owner"), ("FAILING", "Failing")], default="", max_length=8),
                ),
                (
                    "person",
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
            name="Event",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("type", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("body", models.TextField()),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="hooks_event_at")],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "Waiting"),
                            ("DONE", "Done"),
                            ("GIVEN_UP", "Given Up"),
                            ("DROPPED", "Dropped"),
                        ],
                        default="WAITING",
                        max_length=8,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("tries", models.PositiveIntegerField(default=0)),
                ("tried_at", models.DateTimeField(null=True)),
                ("status", models.PositiveIntegerField(null=True)),
                (
                    "problem",
                    models.CharField(
                        choices=[
                            ("NONE", "None"),
                            ("STATUS", "Status"),
                            ("TIMEOUT", "Timeout"),
                            ("ADDRESS", "Address"),
                            ("TLS", "Tls"),
                            ("CONNECTION", "Connection"),
                        ],
                        default="NONE",
                        max_length=10,
                    ),
                ),
                (
                    "endpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hooks.endpoint"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hooks.event"),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="endpoint",
            index=models.Index(condition=models.Q(("ended_at", None)), fields=["place"], name="hooks_endpoint_live"),
        ),
        migrations.AddIndex(
            model_name="endpoint",
            index=models.Index(fields=["person", "-made_at"], name="hooks_endpoint_person"),
        ),
        migrations.AddConstraint(
            model_name="endpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("events", ""), _negated=True), name="hooks_endpoint_hears_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="endpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_reason", ""), ("ended_at", None)),
                    models.Q(("end_reason__in", ["OWNER", "FAILING"]), ("ended_at__gte", models.F("made_at"))),
                    _connector="OR",
                ),
                name="hooks_endpoint_ends_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(condition=models.Q(("state", "WAITING")), fields=["due_at"], name="hooks_delivery_due"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["endpoint", "-id"], name="hooks_delivery_latest"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("event", "endpoint"), name="hooks_delivery_once"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["WAITING", "DONE", "GIVEN_UP", "DROPPED"])),
                name="hooks_delivery_state_known",
            ),
        ),
    ]
