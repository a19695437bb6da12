"""Who has handed a letter over on paper."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_tables")]

    operations = [migrations.AddField(model_name="noticeread", name="by", field=models.UUIDField(null=True))]
