import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("activity", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=60)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("opened_by", models.UUIDField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "place",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Leader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("added_by", models.UUIDField(null=True)),
                ("added_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="visits.session"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("activity", models.CharField(max_length=40)),
                ("is_open", models.BooleanField(default=True)),
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
                (
                    "session",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="visits.session"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Span",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("CLAIMED", "Claimed"),
                            ("ARRIVED", "Arrived"),
                            ("CALLED", "Called"),
                            ("STARTED", "Started"),
                            ("ENDED", "Ended"),
                            ("CANCELLED", "Cancelled"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("channel", models.CharField(max_length=8)),
                (
                    "visit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="visits.visit"),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["place", "-starts_at"], name="session_place"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="session_ends"
            ),
        ),
        migrations.AddConstraint(
            model_name="leader",
            constraint=models.UniqueConstraint(fields=("session", "person"), name="leader_once"),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["place", "is_open"], name="visit_place"),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_open", True)), fields=("person",), name="visit_one_place_at_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("session__isnull", False)),
                fields=("session", "person"),
                name="visit_once_per_session",
            ),
        ),
        migrations.AddConstraint(
            model_name="span",
            constraint=models.UniqueConstraint(fields=("visit", "stage"), name="span_stage_once"),
        ),
        migrations.AddConstraint(
            model_name="span",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["CLAIMED", "ARRIVED", "CALLED", "STARTED", "ENDED", "CANCELLED"])),
                name="span_stage_known",
            ),
        ),
    ]
