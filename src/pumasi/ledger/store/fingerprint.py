"""The fingerprint of the ledger's schema: whoever drops a trigger, a constraint or a column changes it.

Every table, constraint, index, trigger and function is a part with a digest of its own; `fingerprints.json` beside this
file holds the digests of the committed schema, and a test on a fresh database keeps it true. Not here: what rows say.
"""

import hashlib
import json
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

EXPECTED = Path(__file__).with_name("fingerprints.json")

# Everything that hangs on the ledger's tables, and its text as it was written.
_SQLITE = r"""
select type || ' ' || name, coalesce(sql, '') from sqlite_master where tbl_name like 'ledger\_%' escape '\'
"""

# Columns; constraints with their deferral; indexes; triggers with their switch, those of foreign keys too; functions
# with their source; rules. From the catalogues, so that an auditor may read them without any right to create.
_POSTGRESQL = r"""
with home as (select oid, nspname from pg_namespace where nspname = current_schema()),
ledger as (
    select c.* from pg_class c join home on home.oid = c.relnamespace
    where c.relname like 'ledger\_%' and c.relkind in ('r', 'p', 'v', 'm', 'f')
)
select 'table ' || l.relname, concat_ws(' ', l.relkind, l.relpersistence, l.relrowsecurity, l.reloptions, (
    select string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
        a.attgenerated, pg_get_expr(d.adbin, d.adrelid)), ', ' order by a.attnum)
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = l.oid and a.attnum > 0 and not a.attisdropped
)) from ledger l
union all
select 'constraint ' || c.conname, concat_ws(' ', l.relname, pg_get_constraintdef(c.oid), c.convalidated)
from pg_constraint c join ledger l on l.oid = c.conrelid where c.contype in ('c', 'f', 'p', 'u', 'x')
union all
select 'index ' || i.indexrelid::regclass, concat_ws(' ', pg_get_indexdef(i.indexrelid), i.indisvalid)
from pg_index i join ledger l on l.oid = i.indrelid
union all
select 'trigger ' || t.tgname, concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled)
from pg_trigger t join ledger l on l.oid = t.tgrelid where not t.tgisinternal
union all
select 'foreign keys of ' || l.relname, string_agg(concat_ws(' ', t.tgfoid::regproc, t.tgenabled), ', '
    order by t.tgfoid::regproc::text, t.tgenabled)
from pg_trigger t join ledger l on l.oid = t.tgrelid where t.tgisinternal group by l.relname
union all
select 'function ' || p.proname, concat_ws(' ', pg_get_function_arguments(p.oid), pg_get_function_result(p.oid),
    (select lanname from pg_language where oid = p.prolang), p.provolatile, p.prosecdef, p.proconfig, p.prosrc)
from pg_proc p join home on home.oid = p.pronamespace where p.proname like 'ledger\_%'
union all
select 'rule ' || r.rulename, pg_get_ruledef(r.oid) from pg_rewrite r join ledger l on l.oid = r.ev_class
"""


def fingerprint(connection: BaseDatabaseWrapper) -> str:
    """SHA-256 (hex) over all parts of the schema as it is in this database."""
    return _whole(parts(connection))


def expected(vendor: str) -> str:
    """SHA-256 (hex) of the committed schema for `sqlite` or `postgresql`."""
    return _whole(_committed(vendor))


def check(connection: BaseDatabaseWrapper) -> str | None:
    """None when the schema is the committed one, else the first part that differs and how."""
    found, committed = parts(connection), _committed(connection.vendor)
    for name in sorted(found.keys() | committed.keys()):
        if name not in found:
            return f"{name} is missing"
        if name not in committed:
            return f"{name} does not belong to the schema"
        if found[name] != committed[name]:
            return f"{name} is not as committed"
    return None


def parts(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Each part of the schema, such as `trigger ledger_posting_stays`, with the SHA-256 (hex) of its definition."""
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)
        rows: list[tuple[str, str]] = cursor.fetchall()
        schema = ""
        if connection.vendor == "postgresql":
            cursor.execute("select quote_ident(current_schema()) || '.'")
            ((schema,),) = cursor.fetchall()
    plain = {name: " ".join((text.replace(schema, "") if schema else text).split()) for name, text in rows}
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in sorted(plain.items())}


def record(connection: BaseDatabaseWrapper) -> None:
    """Write this database's parts into `fingerprints.json`, after a change of the schema that was meant."""
    known = json.loads(EXPECTED.read_text(encoding="utf-8")) if EXPECTED.exists() else {}
    known[connection.vendor] = parts(connection)
    EXPECTED.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _committed(vendor: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(EXPECTED.read_text(encoding="utf-8"))[vendor]
    return found


def _whole(found: dict[str, str]) -> str:
    return hashlib.sha256("".join(f"{name}\0{digest}\n" for name, digest in sorted(found.items())).encode()).hexdigest()
