"""Reading the whole book in order, in bounded memory: what `verify`, `rebuild` and `export` walk through.

Each scan is one ordered query, read in chunks (a server-side cursor on PostgreSQL), all inside one snapshot, so that
writers may go on. Not here: what the rows mean.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

from django.db import connections, transaction

CHUNK = 2000
Row = tuple[Any, ...]

# Every account.
ACCOUNTS = """
select id, address, code, unit, owner, floor, balance, opened_at, closed_at from ledger_account order by id
"""

# Every transfer, oldest first.
TRANSFERS = "select id, kind, at, day, memo, key from ledger_transfer order by id"

# The first day on which anything happened.
FIRST_DAY = "select min(day) from ledger_transfer"

# Every posting, by transfer.
POSTINGS = """
select transfer_id, account_id, amount, balance from ledger_posting order by transfer_id, account_id
"""

# Every move with its lot, by transfer.
MOVES = """
select m.transfer_id, m.n, m.lot_id, m.source_id, m.target_id, m.origin_before, m.origin_after, m.amount,
    l.unit, l.fund, l.fiscal_year, l.expires, l.rate, l.amount, l.born
from ledger_lot_move m left join ledger_lot l on l.id = m.lot_id order by m.transfer_id, m.n
"""

# Every change of a control's limit, by transfer.
FLOOR_CHANGES = "select transfer_id, account_id, change from ledger_floor_change order by transfer_id, account_id"

# The sum of each account's postings.
POSTING_TOTALS = "select account_id, sum(amount) from ledger_posting group by account_id order by account_id"

# What each move did to the place it left and to the place it went to, place by place.
PLACES = """
select account_id, origin, lot_id, amount from (
    select source_id as account_id, origin_before as origin, lot_id, -amount as amount from ledger_lot_move
    union all
    select target_id, origin_after, lot_id, amount from ledger_lot_move
) as place order by account_id, origin, lot_id
"""

# Where lots are said to lie now.
POSITIONS = "select account_id, origin, lot_id, amount from ledger_position order by account_id, origin, lot_id"

# Lots of which the parts that lie somewhere and the parts that went back to a control are not the whole.
LOTS_TORN = """
select l.id, l.amount, coalesce(p.amount, 0) + coalesce(b.amount, 0) from ledger_lot l
left join (select lot_id, sum(amount) as amount from ledger_position group by lot_id) p on p.lot_id = l.id
left join (
    select m.lot_id, sum(m.amount) as amount from ledger_lot_move m join ledger_account a on a.id = m.target_id
    where a.code in ('1100', '1900') group by m.lot_id
) b on b.lot_id = l.id
where coalesce(p.amount, 0) + coalesce(b.amount, 0) <> l.amount order by l.id limit 1
"""

# Lots that no move brought into the world.
LOTS_UNBORN = """
select l.id, l.born, l.amount from ledger_lot l
where not exists (select 1 from ledger_lot_move m where m.transfer_id = l.born and m.lot_id = l.id)
order by l.id limit 1
"""

# What waits by its receipt, and until when: holds, coins that vest.
WAITING_LOTS = """
select p.origin, t.kind, t.due_at from ledger_position p join ledger_account a on a.id = p.account_id
left join ledger_transfer t on t.id = p.origin
where a.code in ('2110', '2120') and p.origin <> 0 group by p.origin, t.kind, t.due_at order by p.origin
"""

# Reservations whose claim still has something set aside, and until when.
WAITING_WON = """
select t.id, t.kind, t.due_at from ledger_transfer t join ledger_posting p on p.transfer_id = t.id and p.amount > 0
join ledger_account a on a.id = p.account_id
where t.kind = 'RESERVE' and a.code = 'B210' and a.balance > 0 order by t.id
"""

# What is said to wait.
PENDING = "select transfer_id, kind, due_at from ledger_pending order by transfer_id"

# Fiscal years that are closed, and since when.
CLOSED_YEARS = "select year, closed_at from ledger_closed_year order by year"

# How many rows there are to walk through.
COUNTS = """
select (select count(*) from ledger_transfer), (select count(*) from ledger_posting),
    (select count(*) from ledger_lot_move), (select count(*) from ledger_account), (select count(*) from ledger_lot)
"""


@contextmanager
def snapshot(using: str) -> Iterator[None]:
    """One unchanging view of the books for all scans inside; the caller's own transaction when there is one."""
    connection = connections[using]
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("begin")  # deferred: a reader, which no writer waits for
            try:
                yield
            finally:
                cursor.execute("rollback")
    else:
        with transaction.atomic(using=using):
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read, read only")
            yield


def scan(query: str, using: str) -> Iterator[Row]:
    """The rows of one of the queries above, in chunks; the cursor closes with the iterator."""
    cursor = connections[using].chunked_cursor()
    cursor.execute(query)
    return chain.from_iterable(iter(lambda: cursor.fetchmany(CHUNK), []))
