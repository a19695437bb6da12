"""The tables of this room."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("LOOK", "Look"), ("ACT", "Act")], max_length=4)),
                ("at", models.DateTimeField()),
                ("actor", models.UUIDField(null=True)),
                ("actor_role", models.CharField(max_length=120)),
                ("subject", models.UUIDField(null=True)),
                ("channel", models.CharField(max_length=8)),
                ("purpose", models.CharField(max_length=100)),
                ("action", models.CharField(max_length=60)),
                ("whom", models.UUIDField(null=True)),
                ("detail_code", models.CharField(max_length=60)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["whom", "kind", "-id"], name="audit_whom"),
                    models.Index(fields=["actor", "-at"], name="audit_actor_at"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", ["LOOK", "ACT"])), name="audit_kind_known"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "channel__in",
                                ["PHONE", "DESK", "CARD", "KIOSK", "MACHINE", "PAPER", "VOICE", "API", "JOB"],
                            )
                        ),
                        name="audit_channel_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "LOOK"), _negated=True),
                            models.Q(("purpose", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="audit_look_has_purpose",
                    ),
                ],
            },
        ),
    ]
