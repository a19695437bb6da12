import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_organisation_admins_and_phone_tails"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="person", name="person_closed_has_no_contacts"),
        migrations.AddField(model_name="person", name="twin_index", field=models.BinaryField(null=True)),
        migrations.AddField(
            model_name="person",
            name="merged_into",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddIndex(model_name="person", index=models.Index(fields=["twin_index"], name="person_twin")),
        migrations.AddIndex(
            model_name="person", index=models.Index(fields=["relation_until"], name="person_relation_until")
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
                        ("twin_index", None),
                    ),
                    _connector="OR",
                ),
                name="person_closed_has_no_contacts",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None),
                    models.Q(("closed_at__isnull", False), models.Q(("merged_into", models.F("id")), _negated=True)),
                    _connector="OR",
                ),
                name="person_merged_is_closed",
            ),
        ),
    ]
