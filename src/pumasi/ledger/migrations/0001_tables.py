"""The ledger's tables, in each database's own SQL (`ledger/store/*.sql`)."""

from django.db import migrations

from pumasi.ledger.store import schema


def create(apps, editor):
    if editor.connection.alias != "keys":
        schema.create(editor)


class Migration(migrations.Migration):
    initial = True
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
