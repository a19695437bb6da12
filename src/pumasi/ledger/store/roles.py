"""Grants on PostgreSQL: who may add to the books, who may give a transfer its place in the log, who may only read.

The web role adds to the books and never rewrites them; the seal role adds to the log and never to the books; the audit
role reads. The triggers say the same to everyone; the grants say it before a trigger could be dropped. On other rooms'
tables the web role may do what pages do, and the seal role reads. Not here: logins and passwords.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

WEB, AUDIT, SEAL = "pumasi_web", "pumasi_audit", "pumasi_seal"

_APPEND_ONLY = ("transfer", "posting", "lot", "lot_move", "floor_change", "closed_year")
# What the web role may change in place, column by column.
_CHANGES = {
    "account": "update (floor, balance, closed_at)",
    "position": "update (amount), delete",
    "pending": "delete",
}


def statements(web: str = WEB, audit: str = AUDIT, seal: str = SEAL) -> list[str]:
    """The grants, in order: first everything is taken away. The names come from the operator, never from a request."""
    tables = (*_APPEND_ONLY, "account", "position", "pending")
    everything = ", ".join(f"ledger_{table}" for table in tables)
    sequences = ", ".join(f"ledger_{table}_id_seq" for table in ("account", "transfer", "lot"))
    return [
        f"revoke all on {everything} from public, {web}, {audit}, {seal}",
        f"revoke all on sequence {sequences} from public, {web}, {audit}, {seal}",
        f"grant select on {everything} to {web}, {audit}, {seal}",
        f"grant insert on {everything} to {web}",
        *(f"grant {rights} on ledger_{table} to {web}" for table, rights in _CHANGES.items()),
        f"grant usage on sequence {sequences} to {web}",
        f"grant update (leaf_index) on ledger_transfer to {seal}",
    ]


def grant(connection: BaseDatabaseWrapper, web: str = WEB, audit: str = AUDIT, seal: str = SEAL) -> None:
    """Give the three roles exactly their rights, making the roles (without a login) where they do not exist.

    Run as the tables' owner; again after each upgrade. The web role loses the right to make temporary tables: one named
    like a table of the ledger would be found first by its triggers.
    """
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, (web, audit, seal)))
    with connection.cursor() as cursor:
        for role in (web, audit, seal):
            cursor.execute("select 1 from pg_roles where rolname = %s", [role])
            if cursor.fetchone() is None:
                cursor.execute(f"create role {quote(role)} nologin")
        cursor.execute("select current_database()")
        ((database,),) = cursor.fetchall()
        cursor.execute(f"revoke temporary on database {quote(database)} from public, {names}")
        for statement in statements(quote(web), quote(audit), quote(seal)):
            cursor.execute(statement)


def grant_elsewhere(connection: BaseDatabaseWrapper, web: str = WEB, seal: str = SEAL) -> None:
    """Let the web role work on every table that is neither the ledger's nor the log's, and the seal role on the log's.

    Both read the rest. They own no table, so they cannot drop a trigger.
    """
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith("ledger_"):
                works, reads = (seal, web) if table.startswith("seal_") else (web, seal)
                cursor.execute(f"revoke all on {quote(table)} from {quote(works)}, {quote(reads)}")
                cursor.execute(f"grant select, insert, update, delete on {quote(table)} to {quote(works)}")
                cursor.execute(f"grant select on {quote(table)} to {quote(reads)}")
        for sequence in _sequences(connection):
            cursor.execute(f"grant usage on sequence {quote(sequence)} to {quote(web)}")


def _sequences(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select sequencename from pg_sequences where schemaname = current_schema()")
        return [str(name) for (name,) in cursor.fetchall() if not str(name).startswith("ledger_")]
