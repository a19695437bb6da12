"""Since when nobody is signed in any more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_how_somebody_reads"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="signed_out_at",
            field=models.DateTimeField(null=True),
        ),
    ]
