"""What every store promises: verdicts, chains, keys, refusals that leave nothing, and a schema that holds by itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from pumasi.kernel.amount import MAX_MINOR
from pumasi.ledger import kinds, posting, reads
from pumasi.ledger.chart import address
from pumasi.ledger.commands import Command, Move, Pick
from pumasi.ledger.errors import AccountNotEmpty, BadAddress, BatchTooLarge, KeyReused, NoTransaction, UnknownAccount
from pumasi.ledger.store.contract import Verdict
from pumasi.ledger.tests.books import TABLES, Books, codes, dump, verdicts

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

SOON, LATER = date(2026, 6, 30), date(2028, 12, 31)


# Chains, links and keys


def test_coins_earned_in_a_batch_can_be_spent_in_it(books: Books) -> None:
    earn, pay = _earning(books, 5), books.payment("2100:w1", "2200:s1", 5)
    assert codes([earn, pay]) == ["posted", "posted"]
    assert (books.balance("2100:w1"), books.receipt(pay)) == (0, {"2200:s1": 5})


def test_of_two_spends_of_one_lot_in_a_batch_the_first_is_posted(books: Books) -> None:
    books.earn("2100:w1", 5)
    first, second = books.payment("2100:w1", "2200:s1", 5), books.payment("2100:w1", "2200:s1", 5)
    posted, refused = verdicts([first, second])
    assert (posted.code, refused.code) == ("posted", "insufficient_balance")
    assert refused.refusal is not None
    assert refused.refusal.facts == {"available": 0, "needed": 5}
    assert reads.transfer_of(second.key) is None


def test_a_whole_life_of_coins_fits_into_one_batch(books: Books) -> None:
    earn, pay = _earning(books, 10), books.payment("2100:w1", "2200:s1", 10)
    refund = kinds.refund(
        key=books.key(), at=books.at, till=pay.moves[0].target, wallet=books.of("2100:w1"), amount=4, payment=pay.key
    )
    batch = kinds.batch(
        key=books.key(), at=books.at, till=books.of("2200:s1"), batch="b1", receipts=[(pay.key, 6)], programme="gd"
    )
    paid = kinds.paid(key=books.key(), at=books.at, batch=books.of("2700:b1"), till_owner="s1", programme="gd")
    assert codes([earn, pay, refund, batch, paid]) == ["posted"] * 5
    assert books.receipt(pay) == {"3300:2026": 6}
    assert (books.balance("B200:gd/2026"), books.balance("B300:gd/2026")) == (8, 12)


def test_linked_commands_are_posted_all_or_none(books: Books) -> None:
    books.earn("2100:w1", 5)
    before = dump()
    linked = [replace(books.payment("2100:w1", "2200:s1", amount), link="both") for amount in (3, 3)]
    assert codes(linked) == ["linked_refused", "insufficient_balance"]
    assert dump() == before
    other = books.payment("2100:w1", "2200:s1", 2)
    linked = [replace(books.payment("2100:w1", "2200:s1", amount), link="both") for amount in (3, 2)]
    assert codes([*linked, other]) == ["posted", "posted", "insufficient_balance"]


def test_the_same_key_and_body_is_the_first_result_again(books: Books) -> None:
    earn = _earning(books, 5)
    first, again = verdicts([earn, earn])
    assert (first.code, again.code, again.transfer) == ("posted", "replayed", first.transfer)
    before = dump()
    late = replace(earn, at=books.later(hours=1))
    assert verdicts([late]) == [Verdict("replayed", first.transfer)]
    assert dump() == before


def test_a_replay_is_answered_even_when_its_time_or_its_year_has_passed(books: Books) -> None:
    earn = replace(_earning(books, 5), not_after=books.at)
    transfer = books.post(earn)
    posting.close_fiscal_year(2026, at=books.at)
    assert verdicts([replace(earn, at=books.later(hours=1))]) == [Verdict("replayed", transfer)]


def test_a_key_is_not_taken_for_another_body(books: Books) -> None:
    earn = _earning(books, 5)
    other = replace(_earning(books, 6), key=earn.key)
    assert codes([earn, other]) == ["posted", "key_reused"]
    assert books.refused(other) == "key_reused"
    assert books.balance("2100:w1") == 5
    with pytest.raises(KeyReused):
        posting.post_one(other)


def test_a_refused_command_may_succeed_later_under_its_key_until_it_is_too_late(books: Books) -> None:
    pay = replace(books.payment("2100:w1", "2200:s1", 5), not_after=books.at + timedelta(minutes=1))
    assert books.refused(pay) == "insufficient_balance"
    books.earn("2100:w1", 10)
    assert codes([pay]) == ["posted"]
    late = replace(books.payment("2100:w1", "2200:s1", 5), not_after=books.at, at=books.later(seconds=1))
    assert books.refused(late) == "too_late"


def test_verdicts_come_in_the_order_of_the_commands(books: Books) -> None:
    commands = [_earning(books, amount) for amount in (3, 0, 4)]
    found = verdicts(commands)
    assert [v.code for v in found] == ["posted", "amount_not_positive", "posted"]
    assert [v.transfer for v in found] == [reads.transfer_of(c.key) for c in commands]


def test_any_proper_text_may_be_a_memo(books: Books) -> None:
    books.earn("2100:w1", 100)
    memos = ['"quoted" \\ {back,slashed} \'', "", "NULL", "품앗이 😀\n둘째 줄", "가" * 200]
    for memo in memos:
        posting.post([replace(books.payment("2100:w1", "2200:s1", 1), memo=memo, link=memo)])
    posting.post([replace(books.payment("2100:w1", "2200:s1", 1), memo=memo, link=memo) for memo in memos])
    assert [row[7] for row in dump()["transfer"]][2:] == memos * 2
    assert [row[6] for row in dump()["transfer"]][2:] == memos * 2


# Refusals: each with its own code, and nothing changed


def _earning(books: Books, amount: int, **terms: Any) -> Command:
    return kinds.earn(
        key=books.key(), at=books.at, wallet=books.of("2100:w1"), amount=amount, terms=books.terms(**terms)
    )


def _moved(books: Books, **change: Any) -> Command:
    pay = books.payment("2100:w1", "2200:s1", 5)
    return replace(pay, moves=(replace(pay.moves[0], **change),))


BAD: dict[str, tuple[str, Callable[[Books], Command]]] = {
    "an unknown wallet": ("unknown_account", lambda b: b.payment("2100:nobody", "2200:s1", 5)),
    "an unknown till": ("unknown_account", lambda b: b.payment("2100:w1", "2200:nobody", 5)),
    "a malformed address": ("bad_address", lambda b: _moved(b, source="2100:SC")),
    "an unknown code": ("bad_address", lambda b: _moved(b, source="9999:SC:w1")),
    "NUL in an address": ("bad_address", lambda b: _moved(b, source="2100:SC:w\0")),
    "a lone surrogate in an address": ("bad_address", lambda b: _moved(b, source="2100:SC:\ud800")),
    "a coin account in won": ("bad_address", lambda b: _moved(b, target="2200:KRW:s1")),
    "another unit": ("account_unit_mismatch", lambda b: _moved(b, target="2200:HOUR:s1")),
    "one account on both sides": ("same_account", lambda b: _moved(b, target=b.of("2100:w1"))),
    "zero": ("amount_not_positive", lambda b: _moved(b, amount=0)),
    "less than zero": ("amount_not_positive", lambda b: _moved(b, amount=-1)),
    "more than 2^53-1": ("amount_too_large", lambda b: _moved(b, amount=MAX_MINOR + 1)),
    "a float": ("amount_not_integer", lambda b: _moved(b, amount=5.0)),
    "a truth value": ("amount_not_integer", lambda b: _moved(b, amount=True)),
    "a text": ("amount_not_integer", lambda b: _moved(b, amount="5")),
    "more than there is": ("insufficient_balance", lambda b: b.payment("2100:w1", "2200:s1", 101)),
    "nothing": ("nothing_to_move", lambda b: replace(b.payment("2100:w1", "2200:s1", 5), moves=())),
    "a memo with NUL": ("bad_text", lambda b: replace(b.payment("2100:w1", "2200:s1", 5), memo="a\0")),
    "a memo with a lone surrogate": ("bad_text", lambda b: replace(b.payment("2100:w1", "2200:s1", 5), memo="\udfff")),
    "a memo too long": ("bad_text", lambda b: replace(b.payment("2100:w1", "2200:s1", 5), memo="가" * 201)),
    "a memo not in NFC": ("bad_text", lambda b: replace(b.payment("2100:w1", "2200:s1", 5), memo="\u1100\u1161")),
    "a link with NUL": ("bad_text", lambda b: replace(b.payment("2100:w1", "2200:s1", 5), link="a\0")),
    "an unknown receipt": (
        "unknown_origin",
        lambda b: kinds.refund(
            key=b.key(), at=b.at, till=b.of("2200:s1"), wallet=b.of("2100:w1"), amount=1, payment=UUID(int=7)
        ),
    ),
    "an unknown lot": (
        "unknown_lot",
        lambda b: kinds.expire(key=b.key(), at=b.at, wallet=b.of("2100:w1"), lots=[(999_999_999, 5)]),
    ),
    "a lot that is no number": (
        "unknown_lot",
        lambda b: kinds.expire(key=b.key(), at=b.at, wallet=b.of("2100:w1"), lots=[(1.5, 5)]),  # type: ignore[list-item]
    ),
    "a lot that still holds": (
        "lot_not_lapsed",
        lambda b: kinds.expire(key=b.key(), at=b.at, wallet=b.of("2100:w1"), lots=b.lot_ids("2100:w1")),
    ),
    "more than may be issued": ("issue_limit_reached", lambda b: _earning(b, 999_901)),
    "more won than is appropriated": ("budget_exhausted", lambda b: _earning(b, 999_900, rate=3)),
    "a fund nobody authorised": ("issue_limit_reached", lambda b: _earning(b, 1, fund="other/2026")),
    "a lot worth nothing": ("bad_lot_terms", lambda b: _earning(b, 5, rate=0)),
    "a lot of another fund": (
        "bad_lot_terms",
        lambda b: replace(
            _earning(b, 5),
            moves=(replace(_earning(b, 5).moves[0], terms=b.terms(fund="other/2026")),),
        ),
    ),
    "a floor that is no number": (
        "amount_not_integer",
        lambda b: kinds.budget_order(key=b.key(), at=b.at, unit="SC", fund="gd/2026", coins=1.5, won=1),  # type: ignore[arg-type]
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_has_its_own_code_and_changes_nothing(books: Books, what: str) -> None:
    books.earn("2100:w1", 100, LATER)
    code, make = BAD[what]
    assert books.refused(make(books)) == code


@pytest.mark.parametrize("what", BAD)
def test_bad_input_does_not_harm_its_neighbours_in_a_batch(books: Books, what: str) -> None:
    books.earn("2100:w1", 100, LATER)
    code, make = BAD[what]
    bad = make(books)
    assert codes([books.payment("2100:w1", "2200:s1", 0 + 40), bad, books.payment("2100:w1", "2200:s1", 60)]) == [
        "posted", code if code != "lot_not_lapsed" else "unknown_lot", "posted",
    ]  # fmt: skip
    assert reads.transfer_of(bad.key) is None


def test_a_refused_hold_does_not_even_open_its_account(books: Books) -> None:
    hold = kinds.hold(key=books.key(), at=books.at, wallet=books.of("2100:w1"), amount=5, until=books.at)
    assert books.refused(hold) == "insufficient_balance"
    with pytest.raises(UnknownAccount):
        reads.balance(books.of("2110:w1"))


def test_a_closed_account_takes_and_gives_nothing(books: Books) -> None:
    books.earn("2100:w1", 5)
    with pytest.raises(AccountNotEmpty):
        posting.close_account(books.of("2100:w1"), at=books.at)
    posting.close_account(books.of("2200:s1"), at=books.at)
    posting.close_account(books.of("2200:s1"), at=books.at)
    assert books.refused(books.payment("2100:w1", "2200:s1", 5)) == "account_closed"
    posting.close_account(books.of("2100:w2"), at=books.at)
    assert books.refused(books.payment("2100:w2", "2300:f1", 5)) == "account_closed"
    with pytest.raises(UnknownAccount):
        posting.close_account(books.of("2100:nobody"), at=books.at)


def test_nothing_is_posted_into_a_closed_year(books: Books) -> None:
    books.earn("2100:w1", 5)
    posting.close_fiscal_year(2026, at=books.at)
    posting.close_fiscal_year(2026, at=books.at)
    assert books.refused(books.payment("2100:w1", "2200:s1", 5)) == "fiscal_year_closed"
    books.at = datetime(2026, 12, 31, 15, tzinfo=UTC)  # New Year in Seoul
    assert codes([books.payment("2100:w1", "2200:s1", 5)]) == ["posted"]


def test_an_account_never_passes_2_to_the_53(books: Books) -> None:
    books.order("big/2026", coins=MAX_MINOR, won=MAX_MINOR)
    books.order("bigger/2026", coins=MAX_MINOR, won=MAX_MINOR)
    books.earn("2100:w1", MAX_MINOR, rate=1, fund="big/2026")
    assert books.refused(_earning(books, 1, rate=1, fund="bigger/2026")) == "amount_too_large"
    books.earn("2100:w2", 1, rate=1, fund="bigger/2026")
    assert books.refused(_earning(books, MAX_MINOR, rate=1_000_000, fund="bigger/2026")) == "amount_too_large"


def test_a_batch_has_1_to_5000_commands(books: Books) -> None:
    earn = _earning(books, 1)
    for commands in ([], [earn] * 5001):
        with pytest.raises(BatchTooLarge):
            posting.post(commands)
    assert reads.transfer_of(earn.key) is None


@pytest.mark.django_db(transaction=True)
def test_posting_needs_an_open_transaction() -> None:
    with pytest.raises(NoTransaction):
        posting.post([kinds.gift(key=UUID(int=1), at=datetime(2026, 1, 1, tzinfo=UTC), wallet="", to="", amount=1)])


@pytest.mark.parametrize("kind", ["GIFT", "NO_SUCH_KIND"])
def test_a_kind_moves_only_what_its_journal_may(books: Books, kind: str) -> None:
    move = Move(books.of("2200:s1"), books.of("2100:w1"), 5, Pick.FIFO)

    assert books.refused(Command(books.key(), kind, books.at, (move,))) == "journal_not_allowed"


@pytest.mark.parametrize("owner", ["", "a:b", "홍", "a b", "x" * 81])
def test_an_owner_that_cannot_stand_in_an_address_opens_nothing(books: Books, owner: str) -> None:
    with pytest.raises(BadAddress):
        posting.open_account("2100", "SC", owner, at=books.at)
    with pytest.raises(BadAddress):
        address("2100", "sc", "w1")


# Reads


def test_statement_pages_stay_while_new_postings_arrive(books: Books) -> None:
    for amount in (1, 2, 3, 4, 5):
        books.earn("2100:w1", amount)
    page = reads.statement(books.of("2100:w1"), limit=2)
    assert [(line.amount, line.balance) for line in page] == [(5, 15), (4, 10)]
    books.pay("2100:w1", "2200:s1", 7)
    rest = reads.statement(books.of("2100:w1"), before=page[-1].transfer, limit=2)
    assert [(line.amount, line.balance) for line in rest] == [(3, 6), (2, 3)]
    assert [(line.amount, line.balance) for line in reads.statement(books.of("2100:w1"), limit=1)] == [(-7, 8)]


def test_a_balance_is_known_for_every_past_moment(books: Books) -> None:
    start = books.at
    books.earn("2100:w1", 5)
    books.later(hours=1)
    books.pay("2100:w1", "2200:s1", 2)
    wallet = books.of("2100:w1")
    assert reads.balance_at(wallet, start - timedelta(microseconds=1)) == 0
    assert reads.balance_at(wallet, start) == 5
    assert reads.balance_at(wallet, books.at - timedelta(microseconds=1)) == 5
    assert reads.balance_at(wallet, books.at) == reads.balance(wallet) == 3


def test_a_lapsed_lot_never_counts_as_spendable(books: Books) -> None:
    books.earn("2100:w1", 5, SOON)
    books.earn("2100:w1", 7)
    wallet = books.of("2100:w1")
    assert [reads.spendable(wallet, day) for day in (SOON, SOON + timedelta(days=1))] == [12, 7]
    books.at = datetime(2026, 6, 30, 14, 59, 59, tzinfo=UTC)
    assert codes([books.payment("2100:w1", "2200:s1", 1)]) == ["posted"]
    books.later(seconds=1)
    assert books.refused(books.payment("2100:w1", "2200:s1", 8)) == "insufficient_balance"


# The schema holds by itself


def _raises(sql: str, values: tuple[Any, ...] = ()) -> bool:
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(sql, values)
        except IntegrityError:
            return True
    return False


@pytest.mark.parametrize("table", ["transfer", "posting", "lot", "lot_move", "floor_change", "closed_year", "account"])
def test_no_row_is_deleted_or_rewritten(books: Books, table: str) -> None:
    books.earn("2100:w1", 5)
    posting.close_fiscal_year(2020, at=books.at)
    column = {
        "transfer": "memo", "posting": "amount", "lot": "rate", "lot_move": "amount", "floor_change": "change",
        "closed_year": "closed_at", "account": "owner",
    }[table]  # fmt: skip
    value = "'x'" if table in {"transfer", "account"} else f"{column} + 1"
    before = dump()
    assert before[table]
    assert _raises(f"update ledger_{table} set {column} = {value}")
    assert _raises(f"delete from ledger_{table}")
    assert dump() == before


def test_a_transfer_gains_its_leaf_once(books: Books) -> None:
    earn = books.earn("2100:w1", 5)
    (_, waiting) = reads.without_leaf()
    assert waiting.key == earn.key
    assert not _raises("update ledger_transfer set leaf_index = 0 where id = %s", (waiting.transfer,))
    assert _raises("update ledger_transfer set leaf_index = 1 where id = %s", (waiting.transfer,))
    assert _raises("update ledger_transfer set leaf_index = null where id = %s", (waiting.transfer,))
    assert len(reads.without_leaf()) == 1


def test_a_closed_account_is_not_opened_again_by_hand(books: Books) -> None:
    posting.close_account(books.of("2100:w2"), at=books.at)
    assert _raises("update ledger_account set closed_at = null where address = %s", (books.of("2100:w2"),))


def _insert(table: str, **values: Any) -> None:
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"insert into ledger_{table} ({', '.join(values)}) values ({marks})", list(values.values()))


def _write(postings: dict[int, int]) -> None:
    """A transfer by hand: account id -> amount."""
    for account, amount in postings.items():
        _insert("posting", account_id=account, transfer_id=999, amount=amount, balance=0)
    key = UUID(int=999).bytes if connection.vendor == "sqlite" else UUID(int=999)
    _insert("transfer", id=999, key=key, digest=bytes(32), kind="GIFT", at=0, day=20260302)


@pytest.mark.parametrize(
    ("amounts", "what"), [([], "has no postings"), ([-5, 4], "do not sum to zero"), ([-5], "do not sum to zero")]
)
def test_a_transfer_that_does_not_balance_cannot_be_written(books: Books, amounts: list[int], what: str) -> None:
    ids = [row[0] for row in dump()["account"] if row[2] == "2100"]
    before = dump()
    with pytest.raises(IntegrityError, match=what), transaction.atomic():
        _write(dict(zip(ids, amounts, strict=False)))
    assert dump() == before


def test_won_and_coins_do_not_balance_each_other(books: Books) -> None:
    accounts = {row[2]: row[0] for row in dump()["account"]}
    with pytest.raises(IntegrityError, match="in each unit"), transaction.atomic():
        _write({accounts["2100"]: -5, accounts["B100"]: 5})


def test_a_posted_transfer_gains_no_postings_and_no_moves(books: Books) -> None:
    earn = books.earn("2100:w1", 5)
    transfer = reads.transfer_of(earn.key)
    account = next(row[0] for row in dump()["account"] if row[1] == books.of("2100:w2"))
    with pytest.raises(IntegrityError, match="gains no postings"), transaction.atomic():
        _insert("posting", account_id=account, transfer_id=transfer, amount=5, balance=5)
    lot, source = dump()["lot"][0][0], dump()["account"][0][0]
    with pytest.raises(IntegrityError, match="gains no moves"), transaction.atomic():
        _insert(
            "lot_move", transfer_id=transfer, n=2, lot_id=lot, source_id=source, target_id=account,
            origin_before=0, origin_after=0, amount=1,
        )  # fmt: skip


def test_the_schema_refuses_a_closed_year_too(books: Books) -> None:
    posting.close_fiscal_year(2026, at=books.at)
    ids = [row[0] for row in dump()["account"] if row[2] == "2100"]
    with pytest.raises(IntegrityError, match="year is closed"), transaction.atomic():
        _write(dict(zip(ids, (-5, 5), strict=True)))


def test_a_balance_cannot_be_pushed_below_its_floor_by_hand(books: Books) -> None:
    books.earn("2100:w1", 5)
    assert _raises("update ledger_account set balance = -1 where address = %s", (books.of("2100:w1"),))
    assert _raises("update ledger_position set amount = 0")


def test_the_dump_names_every_table(books: Books) -> None:
    found = {name for name in connection.introspection.table_names() if name.startswith("ledger_")}
    assert found == {f"ledger_{table}" for table in TABLES}
