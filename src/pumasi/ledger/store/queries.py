"""Named reads, in SQL that both databases understand. One sentence each says what comes back."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import connections

# The balance of one account.
BALANCE = "select balance from ledger_account where address = %(address)s"

# What the postings up to a moment add up to.
BALANCE_AT = """
select coalesce(sum(p.amount), 0) from ledger_posting p
join ledger_account a on a.id = p.account_id join ledger_transfer t on t.id = p.transfer_id
where a.address = %(address)s and t.at <= %(at)s
"""

# The fungible lots of one account, the next to lapse first.
LOTS = """
select l.id, l.fund, l.fiscal_year, l.expires, l.rate, p.amount, l.born from ledger_position p
join ledger_account a on a.id = p.account_id join ledger_lot l on l.id = p.lot_id
where a.address = %(address)s and p.origin = 0
order by l.expires is null, l.expires, l.id
"""

# One page of an account's postings, newest first, with the balance after each.
STATEMENT = """
select t.id, t.key, t.kind, t.at, t.day, t.memo, p.amount, p.balance from ledger_posting p
join ledger_transfer t on t.id = p.transfer_id
where p.account_id = (select id from ledger_account where address = %(address)s) and p.transfer_id < %(before)s
order by p.transfer_id desc limit %(limit)s
"""

# The sum of all accounts of each code and unit.
TRIAL_BALANCE = """
select code, unit, count(*), sum(balance) from ledger_account group by code, unit order by code, unit
"""

# The same as it was with the transfers that have a place in the log, and the size of the log up to the last of them.
LOGGED_BALANCE = """
select a.code, a.unit, count(*), sum(a.balance) - coalesce(sum(w.amount), 0),
    (select coalesce(max(leaf_index), 0) + 1 from ledger_transfer)
from ledger_account a left join (
    select p.account_id, sum(p.amount) as amount from ledger_transfer t join ledger_posting p on p.transfer_id = t.id
    where t.leaf_index is null group by p.account_id
) w on w.account_id = a.id
group by a.code, a.unit order by a.code, a.unit
"""

# What the postings up to a day add up to, for all accounts of each code and unit.
TRIAL_AT = """
select a.code, a.unit, count(distinct a.id), sum(p.amount) from ledger_posting p
join ledger_account a on a.id = p.account_id join ledger_transfer t on t.id = p.transfer_id
where t.day <= %(day)s group by a.code, a.unit order by a.code, a.unit
"""

# The same for each account of one code.
OWNERS_AT = """
select a.owner, sum(p.amount) from ledger_posting p
join ledger_account a on a.id = p.account_id join ledger_transfer t on t.id = p.transfer_id
where a.code = %(code)s and t.day <= %(day)s group by a.owner having sum(p.amount) <> 0 order by a.owner
"""

# Where the lots lay at the end of a day, by code of the account and by fund: amounts and won value.
LOTS_AT = """
select code, unit, fund, fiscal_year, sum(amount), sum(amount * rate) from (
    select a.code, l.unit, l.fund, l.fiscal_year, l.rate, -m.amount as amount from ledger_lot_move m
    join ledger_lot l on l.id = m.lot_id join ledger_account a on a.id = m.source_id
    join ledger_transfer t on t.id = m.transfer_id where t.day <= %(day)s
    union all
    select a.code, l.unit, l.fund, l.fiscal_year, l.rate, m.amount from ledger_lot_move m
    join ledger_lot l on l.id = m.lot_id join ledger_account a on a.id = m.target_id
    join ledger_transfer t on t.id = m.transfer_id where t.day <= %(day)s
) as moved group by code, unit, fund, fiscal_year having sum(amount) <> 0 order by code, unit, fund, fiscal_year
"""

# What a span of days did to the wallets of owners (one, or all for ''), by kind: what came in and what went out.
OWNERS_BY_KIND = """
select a.owner, t.kind, sum(case when p.amount > 0 then p.amount else 0 end),
    sum(case when p.amount < 0 then -p.amount else 0 end)
from ledger_posting p join ledger_account a on a.id = p.account_id join ledger_transfer t on t.id = p.transfer_id
where a.code in ('2100', '2110', '2120', '2140', '2150') and a.unit = %(unit)s
    and t.day >= %(first)s and t.day <= %(last)s and (%(owner)s = '' or a.owner = %(owner)s)
group by a.owner, t.kind order by a.owner, t.kind
"""

# Which lots a transfer moved, how much of each, and the transfer that each was born in.
LOTS_OF = """
select l.id, l.fund, l.fiscal_year, l.expires, l.rate, sum(m.amount), l.born from ledger_lot_move m
join ledger_lot l on l.id = m.lot_id where m.transfer_id = %(transfer)s
group by l.id, l.fund, l.fiscal_year, l.expires, l.rate, l.born order by l.id
"""

# Accounts of one code, by owner.
ACCOUNTS_OF = """
select address, unit, owner, floor, balance from ledger_account where code = %(code)s order by unit, owner
"""

# Transfers that no entry of the log covers yet, oldest first.
WITHOUT_LEAF = "select id, key, kind, at, day from ledger_transfer where leaf_index is null order by id limit %(limit)s"

# One transfer by its key.
TRANSFER = "select id, key, digest, kind, at, day, memo, leaf_index from ledger_transfer where key = %(key)s"

# The accounts and amounts of one transfer.
POSTINGS_OF = """
select a.address, p.amount, p.balance from ledger_posting p join ledger_account a on a.id = p.account_id
where p.transfer_id = %(transfer)s order by a.address
"""

# What OPENING journals with one kind of memo have brought, oldest first.
OPENINGS = """
select t.id, t.key, t.memo, a.address, l.id, l.fund, l.fiscal_year, l.expires, l.rate, l.amount from ledger_transfer t
join ledger_lot l on l.born = t.id
join ledger_lot_move m on m.transfer_id = t.id and m.lot_id = l.id join ledger_account a on a.id = m.target_id
where t.kind = 'OPENING' and t.memo like %(memo)s order by t.id
"""

# Owners of wallets and tills that anything but an opening balance or its undoing has touched after a transfer.
TOUCHED = """
select distinct a.owner from ledger_posting p
join ledger_account a on a.id = p.account_id join ledger_transfer t on t.id = p.transfer_id
where p.transfer_id > %(after)s and t.kind not in ('OPENING', 'OPENING_UNDONE')
    and a.code in ('2100', '2110', '2120', '2140', '2150', '2200', '2210', '2220')
"""

# Every lot that lies somewhere in accounts of one code, with how it was born.
LOTS_IN = """
select a.owner, t.kind, t.memo, t.day, l.id, l.fund, l.fiscal_year, l.expires, l.rate, sum(p.amount), l.born
from ledger_position p join ledger_account a on a.id = p.account_id join ledger_lot l on l.id = p.lot_id
join ledger_transfer t on t.id = l.born
where a.code = %(code)s and a.unit = %(unit)s and p.amount > 0
group by a.owner, t.kind, t.memo, t.day, l.id, l.fund, l.fiscal_year, l.expires, l.rate, l.born
order by a.owner, l.id
"""

# What is left of each receipt in accounts of one code, by fund and rate.
TAKINGS_IN = """
select a.owner, t.key, t.day, l.fund, l.rate, sum(p.amount) from ledger_position p
join ledger_account a on a.id = p.account_id join ledger_lot l on l.id = p.lot_id
join ledger_transfer t on t.id = p.origin
where a.code = %(code)s and a.unit = %(unit)s and p.amount > 0
group by a.owner, t.id, t.key, t.day, l.fund, l.rate order by a.owner, t.id, l.fund, l.rate
"""

# Where the coins of one receipt lie now.
RECEIPT = """
select a.address, sum(p.amount) from ledger_position p join ledger_account a on a.id = p.account_id
where p.origin = (select id from ledger_transfer where key = %(key)s) group by a.address order by a.address
"""

# Of one receipt and lot more went back into a wallet or campaign's giver than had come in under it: key, lot, amounts.
BACK_CHANGED = """
select t.key, b.lot_id, b.amount, coalesce(i.amount, 0) from (
    select m.origin_before as origin, m.lot_id, sum(m.amount) as amount from ledger_lot_move m
    where m.origin_before <> 0 and m.origin_after <> m.origin_before group by m.origin_before, m.lot_id
) b join ledger_transfer t on t.id = b.origin
left join (
    select m.origin_after as origin, m.lot_id, sum(m.amount) as amount from ledger_lot_move m
    where m.origin_after <> 0 and m.origin_after <> m.origin_before group by m.origin_after, m.lot_id
) i on i.origin = b.origin and i.lot_id = b.lot_id
where b.amount > coalesce(i.amount, 0) order by b.origin, b.lot_id
"""

# Lots that were born of anything but earning, an opening balance or a conversion of what was there.
STRANGE_BIRTHS = """
select l.id, t.kind from ledger_lot l join ledger_transfer t on t.id = l.born
where t.kind not in ('EARN', 'OPENING', 'RATE_CHANGE') order by l.id
"""

# Every receipt whose coins lie in accounts of one code: amount and won value, by owner and age.
RECEIPTS_IN = """
select a.owner, t.key, t.id, sum(p.amount), sum(p.amount * l.rate) from ledger_position p
join ledger_account a on a.id = p.account_id join ledger_lot l on l.id = p.lot_id
join ledger_transfer t on t.id = p.origin
where a.code = %(code)s and a.unit = %(unit)s and p.amount > 0 group by a.owner, t.key, t.id order by a.owner, t.id
"""

# What waited until a moment and waits no longer: holds to release, coins to vest.
DUE = """
select n.kind, t.key, a.code, a.unit, a.owner, sum(p.amount) from ledger_pending n
join ledger_transfer t on t.id = n.transfer_id
join ledger_position p on p.origin = n.transfer_id join ledger_account a on a.id = p.account_id
where n.due_at <= %(at)s and a.code in ('2110', '2120')
group by n.due_at, n.transfer_id, n.kind, t.key, a.code, a.unit, a.owner
order by n.due_at, n.transfer_id limit %(limit)s
"""

# Reservations that have timed out.
RESERVATIONS_DUE = """
select t.key, a.owner, b.owner from ledger_pending n join ledger_transfer t on t.id = n.transfer_id
join ledger_posting p on p.transfer_id = t.id and p.amount > 0 join ledger_account a on a.id = p.account_id
join ledger_posting q on q.transfer_id = t.id and q.amount < 0 join ledger_account b on b.id = q.account_id
where n.kind = 'RESERVE' and n.due_at <= %(at)s order by n.due_at, n.transfer_id limit %(limit)s
"""

# Lots in wallets whose last valid day has passed, and the newest transfer of each wallet.
LAPSED = """
select a.address, p.lot_id, p.amount,
    (select max(s.transfer_id) from ledger_posting s where s.account_id = p.account_id)
from ledger_position p
join ledger_lot l on l.id = p.lot_id join ledger_account a on a.id = p.account_id
where l.expires < %(day)s and p.origin = 0 and a.code in ('2100', '2140', '2150', '2210')
order by a.address, p.lot_id limit %(limit)s
"""


# Coins in wallets that lapse within a time, by owner and last day.
LAPSING = """
select a.owner, l.expires, sum(p.amount) from ledger_position p
join ledger_lot l on l.id = p.lot_id join ledger_account a on a.id = p.account_id
where l.expires >= %(first)s and l.expires <= %(last)s and p.origin = 0 and p.amount > 0
    and a.code in ('2100', '2150') and a.unit = %(unit)s
group by a.owner, l.expires order by a.owner, l.expires
"""

# Coins in wallets that lapse within a time, added up by last day: wallets, amount, won value.
LAPSING_BY_DAY = """
select l.expires, count(distinct p.account_id), sum(p.amount), sum(p.amount * l.rate) from ledger_position p
join ledger_lot l on l.id = p.lot_id join ledger_account a on a.id = p.account_id
where l.expires >= %(first)s and l.expires <= %(last)s and p.origin = 0 and p.amount > 0
    and a.code in ('2100', '2140', '2150', '2210') and a.unit = %(unit)s
group by l.expires order by l.expires
"""

# What a transfer says and moves, whole: for the log and for the journal of blocks. `{ids}` are transfer ids.
TRANSFERS_WHOLE = """
select id, key, digest, kind, at, day, link, memo, due_at, leaf_index from ledger_transfer
where id in ({ids}) order by id
"""
POSTINGS_WHOLE = """
select p.transfer_id, a.address, p.amount from ledger_posting p join ledger_account a on a.id = p.account_id
where p.transfer_id in ({ids}) order by p.transfer_id, a.address
"""
MOVES_WHOLE = """
select m.transfer_id, m.n, m.lot_id, s.address, t.address, b.key, f.key, m.amount, l.vintage, l.unit, l.fund,
    l.expires, l.rate, l.amount, l.born
from ledger_lot_move m join ledger_lot l on l.id = m.lot_id
join ledger_account s on s.id = m.source_id join ledger_account t on t.id = m.target_id
left join ledger_transfer b on b.id = m.origin_before left join ledger_transfer f on f.id = m.origin_after
where m.transfer_id in ({ids}) order by m.transfer_id, m.n
"""
FLOORS_WHOLE = """
select f.transfer_id, a.address, f.change from ledger_floor_change f join ledger_account a on a.id = f.account_id
where f.transfer_id in ({ids}) order by f.transfer_id, a.address
"""

# Give a transfer its place in the log; the schema lets this happen once.
LEAF_INDEX = "update ledger_transfer set leaf_index = %s where id = %s"


def whole(query: str, using: str, transfers: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    """The rows of one of the `..._WHOLE` queries."""
    ids = ",".join(str(int(transfer)) for transfer in transfers)
    with connections[using].cursor() as cursor:
        cursor.execute(query.format(ids=ids))
        yield from cursor.fetchall()


def assign_leaves(using: str, indexes: Iterable[tuple[int, int]]) -> None:
    """(leaf index, transfer) for each transfer that enters the log."""
    with connections[using].cursor() as cursor:
        cursor.executemany(LEAF_INDEX, list(indexes))


def rows(query: str, using: str, **values: str | int | bytes | UUID) -> Iterator[tuple[Any, ...]]:
    """The rows of a named query."""
    with connections[using].cursor() as cursor:
        cursor.execute(query, values)
        yield from cursor.fetchall()
