"""Grants on PostgreSQL: the web role can add to the books and never rewrite them, the audit role can only read.

The triggers say the same to everyone; the grants say it before a trigger could be dropped. On other rooms' tables the
web role may do what pages do; the audit role sees none of them. Not here: logins and passwords.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

WEB, AUDIT = "pumasi_web", "pumasi_audit"

_APPEND_ONLY = ("transfer", "posting", "lot", "lot_move", "floor_change", "closed_year")
# What the web role may change in place, column by column.
_CHANGES = {
    "account": "update (floor, balance, closed_at)",
    "transfer": "update (leaf_index)",
    "position": "update (amount), delete",
    "pending": "delete",
}


def statements(web: str = WEB, audit: str = AUDIT) -> list[str]:
    """The grants, in order: first everything is taken away. The names come from the operator, never from a request."""
    tables = (*_APPEND_ONLY, "account", "position", "pending")
    everything = ", ".join(f"ledger_{table}" for table in tables)
    sequences = ", ".join(f"ledger_{table}_id_seq" for table in ("account", "transfer", "lot"))
    return [
        f"revoke all on {everything} from public, {web}, {audit}",
        f"revoke all on sequence {sequences} from public, {web}, {audit}",
        f"grant select on {everything} to {web}, {audit}",
        f"grant insert on {everything} to {web}",
        *(f"grant {rights} on ledger_{table} to {web}" for table, rights in _CHANGES.items()),
        f"grant usage on sequence {sequences} to {web}",
    ]


def grant(connection: BaseDatabaseWrapper, web: str = WEB, audit: str = AUDIT) -> None:
    """Give both roles exactly their rights, making the roles (without a login) where they do not exist.

    Run as the tables' owner; again after each upgrade. The web role loses the right to make temporary tables: one named
    like a table of the ledger would be found first by its triggers.
    """
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for role in (web, audit):
            cursor.execute("select 1 from pg_roles where rolname = %s", [role])
            if cursor.fetchone() is None:
                cursor.execute(f"create role {quote(role)} nologin")
        cursor.execute("select current_database()")
        ((database,),) = cursor.fetchall()
        cursor.execute(f"revoke temporary on database {quote(database)} from public, {quote(web)}, {quote(audit)}")
        for statement in statements(quote(web), quote(audit)):
            cursor.execute(statement)


def grant_elsewhere(connection: BaseDatabaseWrapper, web: str = WEB) -> None:
    """Let the web role work on every table that is not the ledger's. It owns none, so it cannot drop a trigger."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith("ledger_"):
                cursor.execute(f"grant select, insert, update, delete on {quote(table)} to {quote(web)}")
        for sequence in _sequences(connection):
            cursor.execute(f"grant usage on sequence {quote(sequence)} to {quote(web)}")


def _sequences(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select sequencename from pg_sequences where schemaname = current_schema()")
        return [str(name) for (name,) in cursor.fetchall() if not str(name).startswith("ledger_")]
