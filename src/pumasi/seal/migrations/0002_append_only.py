"""Entries and blocks are append-only: the database itself refuses to change or delete one, on both stores.

A block may gain its note and the moment of its publication, once.
"""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = [
    """
    CREATE TRIGGER seal_entry_fixed BEFORE UPDATE ON seal_entry
    BEGIN SELECT RAISE(ABORT, 'seal: entries are append-only'); END
    """,
    """
    CREATE TRIGGER seal_entry_stays BEFORE DELETE ON seal_entry
    BEGIN SELECT RAISE(ABORT, 'seal: entries are append-only'); END
    """,
    """
    CREATE TRIGGER seal_block_fixed BEFORE UPDATE ON seal_block
    WHEN OLD.note IS NOT NULL OR NEW.note IS NULL
        OR (NEW.number, NEW.first, NEW.size, NEW.root, NEW.sealed_at)
            IS NOT (OLD.number, OLD.first, OLD.size, OLD.root, OLD.sealed_at)
    BEGIN SELECT RAISE(ABORT, 'seal: a block only ever gains its note'); END
    """,
    """
    CREATE TRIGGER seal_block_stays BEFORE DELETE ON seal_block
    BEGIN SELECT RAISE(ABORT, 'seal: blocks are append-only'); END
    """,
]
POSTGRESQL = [
    """
    CREATE FUNCTION seal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'seal: %', tg_argv[0] USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER seal_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON seal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION seal_refuse('entries are append-only')
    """,
    """
    CREATE TRIGGER seal_block_fixed BEFORE UPDATE ON seal_block FOR EACH ROW
    WHEN (OLD.note IS NOT NULL OR NEW.note IS NULL
        OR (NEW.number, NEW.first, NEW.size, NEW.root, NEW.sealed_at)
            IS DISTINCT FROM (OLD.number, OLD.first, OLD.size, OLD.root, OLD.sealed_at))
    EXECUTE FUNCTION seal_refuse('a block only ever gains its note')
    """,
    """
    CREATE TRIGGER seal_block_stays BEFORE DELETE OR TRUNCATE ON seal_block
    FOR EACH STATEMENT EXECUTE FUNCTION seal_refuse('blocks are append-only')
    """,
]


def lock(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def unlock(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    on = "" if schema_editor.connection.vendor == "sqlite" else " ON seal_{table}"
    names = ["entry_stays", "block_fixed", "block_stays", *(["entry_fixed"] if not on else [])]
    for name in names:
        schema_editor.execute(f"DROP TRIGGER seal_{name}{on.format(table=name.split('_')[0])}")
    if on:
        schema_editor.execute("DROP FUNCTION seal_refuse()")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("seal", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(lock, unlock)]
