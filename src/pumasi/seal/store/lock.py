"""The lock of the one sealer in the database, for sealers on two machines. It lives and dies with the connection.

PostgreSQL only: a SQLite file has one machine, where the lock file of `sealer` is enough.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_KEY = (0x70756D61, 0x7365616C)  # "puma", "seal"
_TAKE = """
select case when exists (
    select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and granted
        and database = (select oid from pg_database where datname = current_database())
        and classid = %s and objid = %s and objsubid = 2
) then true else pg_try_advisory_lock(%s, %s) end
"""


def take(connection: BaseDatabaseWrapper) -> bool:
    """Whether this connection holds the lock now: taken before or just now."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [*_KEY, *_KEY])
        ((held,),) = cursor.fetchall()
    return bool(held)


def give_back(connection: BaseDatabaseWrapper) -> None:
    """Let another sealer take it."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_unlock(%s, %s)", [*_KEY])
