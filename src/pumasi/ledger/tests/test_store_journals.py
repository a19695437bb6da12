"""Every journal kind on every store: exact postings, where the lots lie, the budget's legs, what waits."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pumasi.ledger import kinds, posting, reads
from pumasi.ledger.commands import Command
from pumasi.ledger.journals import JOURNALS
from pumasi.ledger.moments import micros
from pumasi.ledger.tests.books import Books, codes, dump, pending

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

SOON, LATER = date(2026, 6, 30), date(2028, 12, 31)


def test_a_budget_order_opens_the_right_to_issue_and_the_appropriation(books: Books) -> None:
    order = kinds.budget_order(
        key=books.key(), at=books.at, unit="SC", fund="gd/2027", coins=500, won=1000, deposit=True
    )
    assert books.legs(order) == {"B000:gd/2027": -1000, "B100:gd/2027": 1000, "K000:gd": -1000, "K100:gd": 1000}
    assert reads.accounts_of("1100")[1][3:] == (-500, 0)


def test_a_cut_takes_back_what_is_still_free(books: Books) -> None:
    books.earn("2100:w1", 400_000)
    cut = kinds.appropriation_cut(key=books.key(), at=books.at, unit="SC", fund="gd/2026", coins=600_000, won=1_200_000)
    assert books.legs(cut) == {"B000:gd/2026": 1_200_000, "B100:gd/2026": -1_200_000}
    assert reads.accounts_of("1100")[0][3:] == (-400_000, -400_000)
    cut = kinds.appropriation_cut(key=books.key(), at=books.at, unit="SC", fund="gd/2026", coins=1, won=1)
    assert books.refused(cut) == "issue_limit_reached"
    cut = kinds.appropriation_cut(key=books.key(), at=books.at, unit="SC", fund="gd/2026", coins=0, won=1)
    assert books.refused(cut) == "budget_exhausted"


def test_a_reservation_waits_and_is_freed_whole(books: Books) -> None:
    until = books.at + timedelta(hours=1)
    reserve = kinds.reserve(key=books.key(), at=books.at, fund="gd/2026", claim="claim1", won=300, until=until)
    assert books.legs(reserve) == {"B100:gd/2026": -300, "B210:claim1": 300}
    assert pending() == [("RESERVE", micros(until))]
    free = kinds.unreserve(key=books.key(), at=books.at, fund="gd/2026", claim="claim1", reservation=reserve.key)
    assert books.legs(free) == {"B210:claim1": -300, "B100:gd/2026": 300}
    assert pending() == []


def test_earning_makes_a_lot_and_turns_free_budget_into_a_promise(books: Books) -> None:
    earn = kinds.earn(key=books.key(), at=books.at, wallet=books.of("2100:w1"), amount=500, terms=books.terms(LATER))
    assert books.legs(earn) == {"1100:gd/2026": -500, "2100:w1": 500, "B100:gd/2026": -1000, "B200:gd/2026": 1000}
    assert books.lots("2100:w1") == [(LATER, 2, 500)]
    assert [lot[5] for lot in dump()["lot"]] == ["2028Q4"]
    assert pending() == []


def test_coins_of_an_older_fund_are_promised_as_carried_over(books: Books) -> None:
    books.order("gd/2025")
    earn = kinds.earn(
        key=books.key(), at=books.at, wallet=books.of("2100:w1"), amount=5, terms=books.terms(None, fund="gd/2025")
    )
    assert books.legs(earn) == {"1100:gd/2025": -5, "2100:w1": 5, "B100:gd/2025": -10, "B110:gd/2025": 10}
    assert [lot[5] for lot in dump()["lot"]] == ["none"]


def test_waiting_coins_vest_and_stop_waiting_when_all_have(books: Books) -> None:
    vest_at = books.at + timedelta(days=7)
    earn = kinds.earn(
        key=books.key(),
        at=books.at,
        wallet=books.of("2100:w1"),
        amount=500,
        terms=books.terms(LATER),
        vest_at=vest_at,
    )
    assert books.legs(earn) == {"1100:gd/2026": -500, "2120:w1": 500, "B100:gd/2026": -1000, "B200:gd/2026": 1000}
    assert books.receipt(earn) == {"2120:w1": 500}
    assert pending() == [("EARN", micros(vest_at))]
    assert books.legs(_vest(books, 200, earn)) == {"2120:w1": -200, "2100:w1": 200}
    assert pending() == [("EARN", micros(vest_at))]
    assert books.legs(_vest(books, 300, earn)) == {"2120:w1": -300, "2100:w1": 300}
    assert books.lots("2100:w1") == [(LATER, 2, 500)]
    assert pending() == []


def test_waiting_coins_that_lapsed_meanwhile_expire(books: Books) -> None:
    earn = books.done(
        kinds.earn(
            key=books.key(),
            at=books.at,
            wallet=books.of("2100:w1"),
            amount=500,
            terms=books.terms(SOON),
            vest_at=books.at + timedelta(days=7),
        )
    )
    books.later(days=200)
    assert books.legs(_vest(books, 500, earn)) == {
        "2120:w1": -500, "3100:2026": 500, "B200:gd/2026": -1000, "B100:gd/2026": 1000,
    }  # fmt: skip
    assert pending() == []


def test_an_opening_balance_is_issued_like_an_earned_one(books: Books) -> None:
    for target in ("2100:w1", "2200:s1"):
        opening = kinds.opening(
            key=books.key(), at=books.at, target=books.of(target), amount=70, terms=books.terms(LATER)
        )
        assert books.legs(opening) == {"1100:gd/2026": -70, target: 70, "B100:gd/2026": -140, "B200:gd/2026": 140}
    assert books.receipt(opening) == {"2200:s1": 70}


def test_a_gift_keeps_expiry_and_takes_the_earliest_first(books: Books) -> None:
    books.earn("2100:w1", 100, LATER)
    books.earn("2100:w1", 100, SOON)
    books.earn("2100:w1", 100, None, rate=1)
    assert books.legs(_gift(books, 150)) == {"2100:w1": -150, "2100:w2": 150}
    assert books.lots("2100:w1") == [(LATER, 2, 50), (None, 1, 100)]
    assert books.lots("2100:w2") == [(SOON, 2, 100), (LATER, 2, 50)]


def test_a_payment_may_be_partly_in_won_and_a_refund_splits_the_same_way(books: Books) -> None:
    books.earn("2100:w1", 100, LATER)
    pay = books.payment("2100:w1", "2200:s1", 60, won=40)
    assert books.legs(pay) == {"2100:w1": -60, "2200:s1": 60, "K000:gd": -40, "K500:s1": 40}
    refund = kinds.refund(
        key=books.key(), at=books.at, till=books.of("2200:s1"), wallet=books.of("2100:w1"), amount=30,
        payment=pay.key, programme="gd", won=20,
    )  # fmt: skip
    assert books.legs(refund) == {"2200:s1": -30, "2100:w1": 30, "K000:gd": 20, "K500:s1": -20}
    assert books.receipt(pay) == {"2200:s1": 30}
    assert books.lots("2100:w1") == [(LATER, 2, 70)]


def test_a_refund_brings_the_same_lots_back_the_last_taken_first_and_a_lapsed_part_expires(books: Books) -> None:
    books.earn("2100:w1", 100, SOON)
    books.earn("2100:w1", 100, LATER)
    pay = books.pay("2100:w1", "2200:s1", 150)
    books.later(days=200)
    assert books.legs(_refund(books, pay, 80)) == {
        "2200:s1": -80, "2100:w1": 50, "3100:2026": 30, "B200:gd/2026": -60, "B100:gd/2026": 60,
    }  # fmt: skip
    assert books.lots("2100:w1") == [(LATER, 2, 100)]
    assert books.receipt(pay) == {"2200:s1": 70}
    assert books.refused(_refund(books, pay, 71)) == "refund_exceeds_captured"


def test_lots_of_one_expiry_are_taken_oldest_first_and_come_back_newest_first(books: Books) -> None:
    for _ in range(2):
        books.earn("2100:w1", 10, LATER)
    (old, _), (new, _) = books.lot_ids("2100:w1")
    pay = books.pay("2100:w1", "2200:s1", 15)
    assert books.lot_ids("2100:w1") == [(new, 5)]
    books.post(_refund(books, pay, 7))
    assert books.lot_ids("2100:w1") == [(old, 2), (new, 10)]


def test_a_hold_is_captured_in_part_and_the_rest_released(books: Books) -> None:
    books.earn("2100:w1", 100, LATER)
    until = books.at + timedelta(minutes=10)
    hold = kinds.hold(key=books.key(), at=books.at, wallet=books.of("2100:w1"), amount=90, until=until)
    assert books.legs(hold) == {"2100:w1": -90, "2110:w1": 90}
    assert pending() == [("HOLD", micros(until))]
    capture = _capture(books, hold, 50)
    assert books.legs(capture) == {"2110:w1": -50, "2200:s1": 50}
    assert (books.receipt(hold), books.receipt(capture)) == ({"2110:w1": 40}, {"2200:s1": 50})
    assert books.refused(_capture(books, hold, 41)) == "capture_exceeds_hold"
    assert books.legs(_release(books, hold, 40)) == {"2110:w1": -40, "2100:w1": 40}
    assert pending() == []
    assert books.lots("2100:w1") == [(LATER, 2, 50)]


def test_a_hold_cannot_be_captured_after_its_time_and_still_be_released(books: Books) -> None:
    books.earn("2100:w1", 100, LATER)
    hold = books.done(_hold(books, 90))
    books.later(minutes=10)
    books.post(_capture(books, hold, 10))
    books.later(seconds=1)
    assert books.refused(_capture(books, hold, 10)) == "hold_timed_out"
    assert books.legs(_release(books, hold, 80)) == {"2110:w1": -80, "2100:w1": 80}


def test_a_hold_times_out_within_its_own_batch(books: Books) -> None:
    books.earn("2100:w1", 100, LATER)
    hold = _hold(books, 90)
    books.later(minutes=11)
    assert codes([hold, _capture(books, hold, 10), _release(books, hold, 90)]) == [
        "posted", "hold_timed_out", "posted",
    ]  # fmt: skip
    assert pending() == []


def test_a_late_refund_is_owed_by_the_shop_and_set_off(books: Books) -> None:
    pay, _ = _settled(books, 100)
    late = kinds.refund_late(
        key=books.key(), at=books.at, redeemed=books.of("3300:2026"), till_owner="s1",
        wallet=books.of("2100:w1"), amount=40, payment=pay.key, programme="gd",
    )  # fmt: skip
    assert books.legs(late) == {
        "3300:2026": -40, "2100:w1": 40, "B300:gd/2026": -80, "B200:gd/2026": 80, "K000:gd": -80, "K210:s1": 80,
    }  # fmt: skip
    books.earn("2100:w2", 100, LATER)
    again = books.pay("2100:w2", "2200:s1", 100)
    books.post(_batch(books, "b2", again, 100))
    set_off = kinds.set_off(key=books.key(), at=books.at, till_owner="s1", programme="gd", won=80)
    assert books.legs(set_off) == {"K210:s1": -80, "K200:s1": -80, "K000:gd": 160}


def test_a_refund_in_a_later_year_is_income_of_the_open_year(books: Books) -> None:
    pay, _ = _settled(books, 100)
    books.order("gd/2027")
    books.at = datetime(2027, 2, 1, tzinfo=UTC)
    posting.close_fiscal_year(2026, at=books.at)
    late = kinds.refund_late(
        key=books.key(), at=books.at, redeemed=books.of("3300:2026"), till_owner="s1",
        wallet=books.of("2100:w1"), amount=40, payment=pay.key, programme="gd",
    )  # fmt: skip
    assert books.legs(late) == {
        "3300:2026": -40, "2100:w1": 40, "B400:gd/2027": -80, "B110:gd/2026": 80, "K000:gd": -80, "K210:s1": 80,
    }  # fmt: skip


def test_only_lapsed_lots_expire_and_their_budget_is_free_again(books: Books) -> None:
    books.earn("2100:w1", 100, SOON)
    (lot,) = books.lot_ids("2100:w1")
    expire = kinds.expire(key=books.key(), at=books.at, wallet=books.of("2100:w1"), lots=[lot])
    assert books.refused(expire) == "lot_not_lapsed"
    books.later(days=200)
    expire = kinds.expire(key=books.key(), at=books.at, wallet=books.of("2100:w1"), lots=[lot])
    assert books.legs(expire) == {"2100:w1": -100, "3100:2026": 100, "B200:gd/2026": -200, "B100:gd/2026": 200}
    assert books.lots("2100:w1") == []


def test_what_lapses_in_a_later_year_goes_back_to_the_budget_of_that_year(books: Books) -> None:
    books.earn("2100:w1", 100, SOON)
    (lot,) = books.lot_ids("2100:w1")
    books.post(kinds.carry_over(key=books.key(), at=datetime(2026, 12, 31, tzinfo=UTC), fund="gd/2026"))
    at = datetime(2027, 1, 2, tzinfo=UTC)
    expire = kinds.expire(key=books.key(), at=at, wallet=books.of("2100:w1"), lots=[lot])
    assert books.legs(expire) == {"2100:w1": -100, "3100:2027": 100, "B110:gd/2026": -200, "B400:gd/2027": 200}


def test_carried_over_budget_pays_out_in_the_next_year(books: Books) -> None:
    books.earn("2100:w1", 100, LATER)
    pay = books.pay("2100:w1", "2200:s1", 100)
    carry = kinds.carry_over(key=books.key(), at=datetime(2026, 12, 31, tzinfo=UTC), fund="gd/2026")
    assert books.legs(carry) == {"B200:gd/2026": -200, "B110:gd/2026": 200}
    books.at = datetime(2027, 1, 2, tzinfo=UTC)
    books.post(_batch(books, "b1", pay, 100))
    assert books.legs(_paid(books, "b1")) == {
        "2700:b1": -100, "3300:2027": 100, "B110:gd/2026": -200, "B300:gd/2027": 200, "K200:s1": -200, "K000:gd": 200,
    }  # fmt: skip


def test_a_clawback_takes_the_named_lots_then_any_and_the_rest_is_owed_in_won(books: Books) -> None:
    books.earn("2100:w1", 100, SOON)
    books.earn("2100:w1", 100, LATER)
    (_, first), (last, second) = books.lot_ids("2100:w1")
    assert (first, second) == (100, 100)
    books.pay("2100:w1", "2200:s1", 50)
    claw = kinds.clawback(
        key=books.key(), at=books.at, wallet=books.of("2100:w1"), case="case1", amount=180, lots=[(last, 100)],
        programme="gd",
    )  # fmt: skip
    assert books.legs(claw) == {
        "2100:w1": -150, "3200:case1": 150, "B200:gd/2026": -300, "B100:gd/2026": 300, "K000:gd": -60, "K220:w1": 60,
    }  # fmt: skip
    assert books.balance("2100:w1") == 0


def test_coins_are_clawed_back_while_they_wait(books: Books) -> None:
    earn = books.done(
        kinds.earn(
            key=books.key(),
            at=books.at,
            wallet=books.of("2100:w1"),
            amount=50,
            terms=books.terms(LATER),
            vest_at=books.at + timedelta(days=7),
        )
    )
    claw = kinds.clawback_pending(
        key=books.key(), at=books.at, wallet=books.of("2100:w1"), case="case1", amount=50, earned=earn.key
    )
    assert books.legs(claw) == {"2120:w1": -50, "3200:case1": 50, "B200:gd/2026": -100, "B100:gd/2026": 100}
    assert pending() == []


def test_a_campaign_is_paid_out_or_given_back(books: Books) -> None:
    books.earn("2100:w1", 100, LATER)
    first, second = _donate(books, 30), _donate(books, 20)
    assert books.legs(first) == {"2100:w1": -30, "2400:c1": 30}
    books.post(second)
    back = kinds.donation_return(
        key=books.key(), at=books.at, campaign=books.of("2400:c1"), wallet=books.of("2100:w1"), amount=30,
        donation=first.key,
    )  # fmt: skip
    assert books.legs(back) == {"2400:c1": -30, "2100:w1": 30}
    release = kinds.donation_release(key=books.key(), at=books.at, campaign=books.of("2400:c1"), programme="gd")
    assert books.legs(release) == {
        "2400:c1": -20, "3400:2026": 20, "B200:gd/2026": -40, "B300:gd/2026": 40, "K000:gd": -40, "K300:c1": 40,
    }  # fmt: skip
    assert books.receipt(second) == {"3400:2026": 20}
    paid = kinds.donation_paid(key=books.key(), at=books.at, campaign_owner="c1", programme="gd")
    assert books.legs(paid) == {"K300:c1": -40, "K000:gd": 40}


def test_a_disputed_sum_goes_back_to_the_till_or_to_the_payer(books: Books) -> None:
    books.earn("2100:w1", 100, LATER)
    pay = books.pay("2100:w1", "2200:s1", 60)
    assert books.legs(_dispute(books, pay, "case1")) == {"2200:s1": -60, "2500:case1": 60}
    assert books.receipt(pay) == {"2500:case1": 60}
    upheld = kinds.dispute_upheld(
        key=books.key(), at=books.at, suspense=books.of("2500:case1"), till=books.of("2200:s1")
    )
    assert books.legs(upheld) == {"2500:case1": -60, "2200:s1": 60}
    books.post(_dispute(books, pay, "case2"))
    returned = kinds.dispute_returned(
        key=books.key(), at=books.at, suspense=books.of("2500:case2"), wallet=books.of("2100:w1"), amount=60,
        payment=pay.key,
    )  # fmt: skip
    assert books.legs(returned) == {"2500:case2": -60, "2100:w1": 60}
    assert books.receipt(pay) == {}


def test_a_batch_is_owed_bounces_and_is_paid(books: Books) -> None:
    books.earn("2100:w1", 100, LATER)
    pay = books.pay("2100:w1", "2200:s1", 60)
    assert books.legs(_batch(books, "b1", pay, 60)) == {
        "2200:s1": -60, "2700:b1": 60, "K000:gd": -120, "K200:s1": 120,
    }  # fmt: skip
    bounced = kinds.bounced(
        key=books.key(), at=books.at, batch=books.of("2700:b1"), till=books.of("2200:s1"), programme="gd"
    )
    assert books.legs(bounced) == {"2700:b1": -60, "2200:s1": 60, "K000:gd": 120, "K200:s1": -120}
    assert books.receipt(pay) == {"2200:s1": 60}
    books.post(_batch(books, "b2", pay, 60))
    assert books.legs(_paid(books, "b2")) == {
        "2700:b2": -60, "3300:2026": 60, "B200:gd/2026": -120, "B300:gd/2026": 120, "K200:s1": -120, "K000:gd": 120,
    }  # fmt: skip
    assert books.receipt(pay) == {"3300:2026": 60}


def test_a_payment_with_lots_of_two_rates_is_owed_at_both(books: Books) -> None:
    books.earn("2100:w1", 100, SOON, rate=2)
    books.earn("2100:w1", 100, LATER, rate=1)
    pay = books.pay("2100:w1", "2200:s1", 150)
    assert books.legs(_batch(books, "b1", pay, 150))["K200:s1"] == 100 * 2 + 50 * 1


def test_a_facility_closes_its_takings_without_cash(books: Books) -> None:
    books.earn("2100:w1", 100, LATER)
    books.pay("2100:w1", "2300:f1", 60)
    close = kinds.facility_close(key=books.key(), at=books.at, till=books.of("2300:f1"))
    assert books.legs(close) == {"2300:f1": -60, "3310:2026": 60, "B200:gd/2026": -120, "B300:gd/2026": 120}


def test_takings_nobody_comes_for_go_to_custody_come_back_or_are_written_off(books: Books) -> None:
    books.earn("2100:w1", 100, LATER)
    payment, till = books.pay("2100:w1", "2200:s1", 60), books.of("2200:s1")
    for word, sign in (("custody", -1), ("custody_end", 1), ("custody", -1)):
        command = getattr(kinds, word)(key=books.key(), at=books.at, till=till)
        assert books.legs(command) == {"2200:s1": sign * 60, "2220:s1": -sign * 60}
        assert list(reads.receipt(payment.key).values()) == [60]
    off = kinds.write_off(key=books.key(), at=books.at, source=books.of("2220:s1"))
    assert books.legs(off) == {"2220:s1": -60, "3500:2026": 60, "B200:gd/2026": -120, "B100:gd/2026": 120}


def test_a_rate_change_conserves_value_or_is_refused(books: Books) -> None:
    books.earn("2100:w1", 100, LATER, rate=2)
    ((lot, _),) = books.lot_ids("2100:w1")

    def change(new_amount: int) -> Command:
        return kinds.rate_change(
            key=books.key(), at=books.at, wallet=books.of("2100:w1"), lot=lot, amount=100, new_amount=new_amount,
            terms=books.terms(LATER, rate=1),
        )  # fmt: skip

    assert books.refused(change(199)) == "value_not_conserved"
    assert books.legs(change(200)) == {"2100:w1": 100, "1900:gd/2026": -100}
    assert books.lots("2100:w1") == [(LATER, 1, 200)]


def test_merged_wallets_keep_terms_and_their_holds_can_be_released(books: Books) -> None:
    books.earn("2100:w1", 100, LATER)
    hold = books.done(_hold(books, 40))
    merge = kinds.merge(key=books.key(), at=books.at, unit="SC", source_owner="w1", target_owner="w2")
    assert books.legs(merge) == {"2100:w1": -60, "2100:w2": 60, "2110:w1": -40, "2110:w2": 40}
    back = kinds.release(key=books.key(), at=books.at, wallet=books.of("2100:w2"), amount=40, hold=hold.key)
    assert books.legs(back) == {"2110:w2": -40, "2100:w2": 40}
    assert books.lots("2100:w2") == [(LATER, 2, 100)]
    assert pending() == []


def test_a_wallet_goes_with_one_who_leaves_and_to_the_family_of_one_who_dies(books: Books) -> None:
    books.earn("2100:w1", 100, LATER)
    assert books.legs(kinds.leave(key=books.key(), at=books.at, wallet=books.of("2100:w1"))) == {
        "2100:w1": -100, "2150:w1": 100,
    }  # fmt: skip
    back = kinds.come_back(key=books.key(), at=books.at, source=books.of("2150:w1"), wallet=books.of("2100:w1"))
    assert books.legs(back) == {"2150:w1": -100, "2100:w1": 100}
    books.post(kinds.leave(key=books.key(), at=books.at, wallet=books.of("2100:w1")))
    assert books.legs(kinds.death(key=books.key(), at=books.at, wallet=books.of("2150:w1"))) == {
        "2150:w1": -100, "2140:w1": 100,
    }  # fmt: skip
    inherit = kinds.inherit(key=books.key(), at=books.at, estate=books.of("2140:w1"), wallet=books.of("2100:w2"))
    assert books.legs(inherit) == {"2140:w1": -100, "2100:w2": 100}
    assert books.lots("2100:w2") == [(LATER, 2, 100)]


def test_the_programme_winds_down_and_every_account_ends_at_zero(books: Books) -> None:
    _settled(books, 100)
    books.earn("2100:w2", 50, LATER)
    wind = kinds.wind_down(key=books.key(), at=books.at, wallet=books.of("2100:w2"))
    assert books.legs(wind) == {"2100:w2": -50, "3100:2026": 50, "B200:gd/2026": -100, "B100:gd/2026": 100}
    close = kinds.close_book(
        key=books.key(),
        at=books.at,
        moves=[
            (books.of("3300:2026"), books.of("1100:gd/2026"), None),
            (books.of("3100:2026"), books.of("1100:gd/2026"), None),
            (books.of("B100:gd/2026"), books.of("B000:gd/2026"), None),
            (books.of("B300:gd/2026"), books.of("B000:gd/2026"), None),
        ],
    )
    assert books.legs(close) == {
        "1100:gd/2026": 150, "3300:2026": -100, "3100:2026": -50, "B000:gd/2026": 2_000_000,
        "B100:gd/2026": -1_999_800, "B300:gd/2026": -200,
    }  # fmt: skip
    assert {line.balance for line in reads.trial_balance()} == {0}
    assert dump()["position"] == []


def test_every_kind_of_the_table_is_named_in_this_file() -> None:
    told = {
        "BUDGET_ORDER", "APPROPRIATION_CUT", "RESERVE", "UNRESERVE", "CARRY_OVER", "OPENING", "EARN", "VEST", "GIFT",
        "PAY", "HOLD", "CAPTURE", "RELEASE", "REFUND", "REFUND_LATE", "DONATE", "DONATION_RELEASE", "DONATION_PAID",
        "DONATION_RETURN", "EXPIRE", "CLAWBACK", "DISPUTE", "DISPUTE_UPHELD", "DISPUTE_RETURNED", "BATCH", "BOUNCED",
        "PAID", "SET_OFF", "FACILITY_CLOSE", "CUSTODY", "CUSTODY_END", "WRITE_OFF", "RATE_CHANGE", "MERGE", "LEAVE",
        "COME_BACK", "DEATH", "INHERIT", "WIND_DOWN", "CLOSE_BOOK", "OPENING_UNDONE",
    }  # fmt: skip
    assert told == set(JOURNALS)


def _settled(books: Books, amount: int) -> tuple[Command, Command]:
    """A payment of a wallet's coins that the shop has been paid for."""
    books.earn("2100:w1", amount, LATER)
    pay = books.pay("2100:w1", "2200:s1", amount)
    books.post(_batch(books, "b1", pay, amount))
    return pay, books.done(_paid(books, "b1"))


def _batch(books: Books, batch: str, pay: Command, amount: int) -> Command:
    return kinds.batch(
        key=books.key(), at=books.at, till=books.of("2200:s1"), batch=batch, receipts=[(pay.key, amount)],
        programme="gd",
    )  # fmt: skip


def _paid(books: Books, batch: str) -> Command:
    return kinds.paid(key=books.key(), at=books.at, batch=books.of(f"2700:{batch}"), till_owner="s1", programme="gd")


def _vest(books: Books, amount: int, earn: Command) -> Command:
    return kinds.vest(key=books.key(), at=books.at, wallet=books.of("2100:w1"), amount=amount, earned=earn.key)


def _gift(books: Books, amount: int) -> Command:
    return kinds.gift(key=books.key(), at=books.at, wallet=books.of("2100:w1"), to=books.of("2100:w2"), amount=amount)


def _refund(books: Books, pay: Command, amount: int) -> Command:
    return kinds.refund(
        key=books.key(), at=books.at, till=books.of("2200:s1"), wallet=books.of("2100:w1"), amount=amount,
        payment=pay.key,
    )  # fmt: skip


def _hold(books: Books, amount: int) -> Command:
    until = books.at + timedelta(minutes=10)
    return kinds.hold(key=books.key(), at=books.at, wallet=books.of("2100:w1"), amount=amount, until=until)


def _capture(books: Books, hold: Command, amount: int) -> Command:
    return kinds.capture(
        key=books.key(), at=books.at, held_by=books.of("2100:w1"), till=books.of("2200:s1"), amount=amount,
        hold=hold.key,
    )  # fmt: skip


def _release(books: Books, hold: Command, amount: int) -> Command:
    return kinds.release(key=books.key(), at=books.at, wallet=books.of("2100:w1"), amount=amount, hold=hold.key)


def _donate(books: Books, amount: int) -> Command:
    return kinds.donate(
        key=books.key(), at=books.at, wallet=books.of("2100:w1"), campaign=books.of("2400:c1"), amount=amount
    )


def _dispute(books: Books, pay: Command, case: str) -> Command:
    return kinds.dispute(key=books.key(), at=books.at, till=books.of("2200:s1"), case=case, amount=60, payment=pay.key)
