-- The ledger's tables on SQLite. Times are microseconds since 1970 (UTC), days are yyyymmdd in Asia/Seoul.
-- What is append-only is held by triggers; what must balance is checked when a transfer is closed by its own row.

create table ledger_account (
    id integer primary key,
    address text not null unique,
    code text not null,
    unit text not null,
    owner text not null,
    floor integer,
    balance integer not null default 0,
    opened_at integer not null,
    closed_at integer,
    check (floor is null or balance >= floor),
    check (closed_at is null or balance = 0),
    check (abs(balance) <= 9007199254740991)
) strict;
create index ledger_account_by_code on ledger_account (code, unit, owner);

create table ledger_transfer (
    id integer primary key,
    key blob not null unique check (length(key) = 16),
    digest blob not null check (length(digest) = 32),
    kind text not null,
    at integer not null,
    day integer not null check (day between 20000101 and 99991231),
    link text,
    memo text not null default '' check (length(memo) <= 200),
    due_at integer,
    leaf_index integer unique
) strict;
create index ledger_transfer_without_leaf on ledger_transfer (id) where leaf_index is null;

create table ledger_posting (
    account_id integer not null references ledger_account (id),
    transfer_id integer not null references ledger_transfer (id) deferrable initially deferred,
    amount integer not null check (amount <> 0),
    balance integer not null,
    primary key (account_id, transfer_id)
) strict, without rowid;
-- With the amounts: closing a transfer sums them, and `verify` walks them in this order.
create index ledger_posting_by_transfer on ledger_posting (transfer_id, account_id, amount, balance);

create table ledger_lot (
    id integer primary key,
    unit text not null,
    fund text not null,
    fiscal_year integer not null,
    expires integer check (expires between 20000101 and 99991231),
    vintage text generated always as (
        case when expires is null then 'none'
        else (expires / 10000) || 'Q' || ((expires / 100 % 100 + 2) / 3) end
    ) virtual,
    rate integer not null check (rate > 0),
    amount integer not null check (amount > 0),
    born integer not null -- a transfer; a foreign key here would scan all lots at each transfer (no index, deferred)
) strict;

create table ledger_lot_move (
    transfer_id integer not null references ledger_transfer (id) deferrable initially deferred,
    n integer not null,
    lot_id integer not null references ledger_lot (id),
    source_id integer not null references ledger_account (id),
    target_id integer not null references ledger_account (id),
    origin_before integer not null,
    origin_after integer not null,
    amount integer not null check (amount > 0),
    primary key (transfer_id, n),
    check (source_id <> target_id)
) strict, without rowid;

-- Where each lot lies now: derived from ledger_lot_move, rebuilt by `pumasi ledger rebuild`.
create table ledger_position (
    account_id integer not null references ledger_account (id),
    origin integer not null,
    lot_id integer not null references ledger_lot (id),
    amount integer not null check (amount > 0),
    primary key (account_id, origin, lot_id)
) strict, without rowid;
create index ledger_position_by_origin on ledger_position (origin) where origin <> 0;

-- What still waits for its transfer's due moment: holds, reservations, coins that vest. Derived, rebuilt like positions.
create table ledger_pending (
    transfer_id integer primary key references ledger_transfer (id) deferrable initially deferred,
    kind text not null,
    due_at integer not null
) strict;
create index ledger_pending_by_due on ledger_pending (due_at);

create table ledger_floor_change (
    transfer_id integer not null references ledger_transfer (id) deferrable initially deferred,
    account_id integer not null references ledger_account (id),
    change integer not null,
    primary key (transfer_id, account_id)
) strict, without rowid;

create table ledger_closed_year (
    year integer primary key,
    closed_at integer not null
) strict;

create trigger ledger_transfer_is_balanced after insert on ledger_transfer
begin
    select raise(abort, 'ledger: the transfer has no postings')
    where not exists (select 1 from ledger_posting where transfer_id = new.id);
    select raise(abort, 'ledger: the postings do not sum to zero in each unit')
    where exists (
        select 1 from ledger_posting p join ledger_account a on a.id = p.account_id
        where p.transfer_id = new.id group by a.unit having sum(p.amount) <> 0
    );
    select raise(abort, 'ledger: the fiscal year is closed')
    where exists (select 1 from ledger_closed_year where year = new.day / 10000);
end;
create trigger ledger_transfer_takes_one_leaf before update on ledger_transfer
when old.leaf_index is not null or new.leaf_index is null or (new.id, new.key, new.digest, new.kind, new.at, new.day, new.link, new.memo, new.due_at)
    is not (old.id, old.key, old.digest, old.kind, old.at, old.day, old.link, old.memo, old.due_at)
begin select raise(abort, 'ledger: a transfer only ever gains its leaf index'); end;
create trigger ledger_transfer_stays before delete on ledger_transfer
begin select raise(abort, 'ledger: transfers are append-only'); end;
create trigger ledger_posting_before_transfer before insert on ledger_posting
when exists (select 1 from ledger_transfer where id = new.transfer_id)
begin select raise(abort, 'ledger: a posted transfer gains no postings'); end;
create trigger ledger_posting_fixed before update on ledger_posting
begin select raise(abort, 'ledger: postings are append-only'); end;
create trigger ledger_posting_stays before delete on ledger_posting
begin select raise(abort, 'ledger: postings are append-only'); end;
create trigger ledger_lot_fixed before update on ledger_lot
begin select raise(abort, 'ledger: lots are append-only'); end;
create trigger ledger_lot_stays before delete on ledger_lot
begin select raise(abort, 'ledger: lots are append-only'); end;
create trigger ledger_lot_move_before_transfer before insert on ledger_lot_move
when exists (select 1 from ledger_transfer where id = new.transfer_id)
begin select raise(abort, 'ledger: a posted transfer gains no moves'); end;
create trigger ledger_lot_move_fixed before update on ledger_lot_move
begin select raise(abort, 'ledger: moves are append-only'); end;
create trigger ledger_lot_move_stays before delete on ledger_lot_move
begin select raise(abort, 'ledger: moves are append-only'); end;
create trigger ledger_floor_change_fixed before update on ledger_floor_change
begin select raise(abort, 'ledger: floor changes are append-only'); end;
create trigger ledger_floor_change_stays before delete on ledger_floor_change
begin select raise(abort, 'ledger: floor changes are append-only'); end;
create trigger ledger_closed_year_fixed before update on ledger_closed_year
begin select raise(abort, 'ledger: closed years stay closed'); end;
create trigger ledger_closed_year_stays before delete on ledger_closed_year
begin select raise(abort, 'ledger: closed years stay closed'); end;
create trigger ledger_account_identity before update on ledger_account
when (new.id, new.address, new.code, new.unit, new.owner, new.opened_at) is not (old.id, old.address, old.code, old.unit, old.owner, old.opened_at)
    or (old.closed_at is not null and new.closed_at is not old.closed_at)
begin select raise(abort, 'ledger: an account keeps its identity, and a closed one stays closed'); end;
create trigger ledger_account_stays before delete on ledger_account
begin select raise(abort, 'ledger: accounts are never deleted'); end;
