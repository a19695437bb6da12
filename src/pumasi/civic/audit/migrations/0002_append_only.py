"""Audit rows are append-only: the database itself refuses to change or delete one, on both stores."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = [
    """
    CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_auditrow
    BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END
    """,
    """
    CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit_auditrow
    BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END
    """,
]
POSTGRESQL = [
    """
    CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit rows are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_auditrow
    FOR EACH ROW EXECUTE FUNCTION audit_refuse()
    """,
]


def lock(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def unlock(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER audit_no_update")
        schema_editor.execute("DROP TRIGGER audit_no_delete")
    else:
        schema_editor.execute("DROP TRIGGER audit_append_only ON audit_auditrow")
        schema_editor.execute("DROP FUNCTION audit_refuse()")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("audit", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(lock, unlock)]
