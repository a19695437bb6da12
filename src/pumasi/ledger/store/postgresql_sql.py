"""The statements of the PostgreSQL store. One sentence each says what it does."""

_LOT = "l.id, l.unit, l.fund, l.fiscal_year, l.expires, l.rate, l.amount, l.born"

# Postings share this lock and closing a year takes it alone, so that a year closes between transfers.
YEAR_SHARED = "select pg_advisory_xact_lock_shared(7303014021)"
YEAR_ALONE = "select pg_advisory_xact_lock(7303014021)"
YEARS = "select year from ledger_closed_year"
CLOSE_YEAR = "insert into ledger_closed_year (year, closed_at) values (%s, %s) on conflict (year) do nothing"

SAVEPOINT = "savepoint ledger_attempt"
ROLLBACK = "rollback to savepoint ledger_attempt"
RELEASE = "release savepoint ledger_attempt"

# Opens an account; again: nothing happens.
OPEN = """
insert into ledger_account (address, code, unit, owner, floor, opened_at) values (%s, %s, %s, %s, %s, %s)
on conflict (address) do nothing
"""

# Closes an empty account.
CLOSE = """
update ledger_account set closed_at = %s where address = %s and closed_at is null and balance = 0 returning id
"""

# Locks accounts: coins by id, then cash, then budget. Every writer takes its locks in this order.
LOCK = """
select id, address, code, unit, owner, floor, balance, closed_at is not null from ledger_account
where address = any(%s::text[]) order by unit = 'KRW', code like 'B%%', id for no key update
"""

# Earlier transfers by key.
KNOWN = "select key, id, digest from ledger_transfer where key = any(%s::uuid[])"

# When what these transfers set aside times out.
DUE = """
select n.transfer_id, n.due_at from ledger_transfer t join ledger_pending n on n.transfer_id = t.id
where t.key = any(%s::uuid[])
"""

# The fungible lots of some accounts.
POOLS = f"""
select p.account_id, p.origin, p.amount, {_LOT} from ledger_account a
join ledger_position p on p.account_id = a.id and p.origin = 0 join ledger_lot l on l.id = p.lot_id
where a.address = any(%s::text[])
"""

# The lots of some receipts.
RECEIPTS = f"""
select p.account_id, p.origin, p.amount, {_LOT} from unnest(%s::text[], %s::uuid[]) r(address, key)
join ledger_account a on a.address = r.address join ledger_transfer t on t.key = r.key
join ledger_position p on p.account_id = a.id and p.origin = t.id join ledger_lot l on l.id = p.lot_id
"""

# The terms of some lots, wherever their coins are.
TERMS = f"select {_LOT} from ledger_lot l where l.id = any(%s::bigint[])"

# All lots of some accounts.
WHOLE = f"""
select p.account_id, p.origin, p.amount, {_LOT} from ledger_account a
join ledger_position p on p.account_id = a.id join ledger_lot l on l.id = p.lot_id
where a.address = any(%s::text[])
"""

# Ids nobody else gets, ascending; others may lie between them.
TRANSFER_IDS = "select nextval('ledger_transfer_id_seq') from generate_series(1, %s::integer)"
LOT_IDS = "select nextval('ledger_lot_id_seq') from generate_series(1, %s::integer)"
ACCOUNT_IDS = "select nextval('ledger_account_id_seq') from generate_series(1, %s::integer)"

# Rows of a plan.
OPENED = """
insert into ledger_account (id, address, code, unit, owner, floor, opened_at)
select * from unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[])
    n(id, address, code, unit, owner, floor, opened_at) order by n.address
"""
POSTING = """
insert into ledger_posting (account_id, transfer_id, amount, balance)
select * from unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
"""
NEW_LOT = """
insert into ledger_lot (id, unit, fund, fiscal_year, expires, rate, amount, born)
select * from unnest(%s::bigint[], %s::text[], %s::text[], %s::integer[], %s::integer[], %s::integer[], %s::bigint[],
    %s::bigint[])
"""
MOVE = """
insert into ledger_lot_move (transfer_id, n, lot_id, source_id, target_id, origin_before, origin_after, amount)
select * from unnest(%s::bigint[], %s::integer[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[],
    %s::bigint[])
"""
FLOOR = """
insert into ledger_floor_change (transfer_id, account_id, change)
select * from unnest(%s::bigint[], %s::bigint[], %s::bigint[])
"""
PENDING = """
insert into ledger_pending (transfer_id, kind, due_at) select * from unnest(%s::bigint[], %s::text[], %s::bigint[])
"""
SETTLED = "delete from ledger_pending where transfer_id = any(%s::bigint[])"
ACCOUNT = """
update ledger_account a set balance = n.balance, floor = n.floor
from unnest(%s::bigint[], %s::bigint[], %s::bigint[]) n(id, balance, floor) where a.id = n.id
"""
POSITION_GONE = """
delete from ledger_position p using unnest(%s::bigint[], %s::bigint[], %s::bigint[]) n(account, origin, lot)
where p.account_id = n.account and p.origin = n.origin and p.lot_id = n.lot
"""
_POSITION = """
insert into ledger_position as p (account_id, origin, lot_id, amount)
select * from unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
on conflict (account_id, origin, lot_id) do update set amount =
"""
POSITION_SET = _POSITION + " excluded.amount"
POSITION_ADD = _POSITION + " p.amount + excluded.amount"

# The transfers' own rows come last: they close the transfers. By key, so that two writers meet in one order.
TRANSFER = """
insert into ledger_transfer (id, key, digest, kind, at, day, link, memo, due_at)
select id, key, decode(digest, 'hex'), kind, at, day, link, memo, due_at from unnest(%s::bigint[], %s::uuid[],
    %s::text[], %s::text[], %s::bigint[], %s::integer[], %s::text[], %s::text[], %s::bigint[])
    n(id, key, digest, kind, at, day, link, memo, due_at)
order by key
"""
