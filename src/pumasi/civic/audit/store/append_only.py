"""Triggers for tables whose rows are only ever added, as one step of a migration for both stores."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps


def append_only(*tables: str) -> RunPython:
    """The database itself refuses to change or delete rows of these tables."""

    def lock(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            if editor.connection.vendor == "sqlite":
                for what in ("UPDATE", "DELETE"):
                    editor.execute(
                        f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
                        f"BEGIN SELECT RAISE(ABORT, '{table} rows are append-only'); END"
                    )
                continue
            editor.execute(
                f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "RAISE EXCEPTION 'rows are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
            editor.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
            )

    def unlock(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            if editor.connection.vendor == "sqlite":
                for what in ("update", "delete"):
                    editor.execute(f"DROP TRIGGER {table}_no_{what}")
                continue
            editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
            editor.execute(f"DROP FUNCTION {table}_refuse()")

    return RunPython(lock, unlock, elidable=False)
