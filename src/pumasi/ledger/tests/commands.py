"""One or more commands of every builder, as plain data."""

from datetime import UTC, date, datetime
from uuid import UUID

from pumasi.ledger import kinds
from pumasi.ledger.commands import Command, Terms

KEY, OTHER = UUID(int=1), UUID(int=2)
AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
FUND, PROGRAMME = "good-deed/2026", "good-deed"
TERMS = Terms(FUND, date(2029, 12, 31), 1)
WALLET, TILL, HALL, CAMPAIGN = "2100:SC:w1", "2200:SC:s1", "2300:SC:f1", "2400:SC:c1"
WALLETS = (WALLET, "2140:SC:w1", "2150:SC:w1")

_MADE: tuple[tuple[str, list[Command]], ...] = (
    ("budget_order", [
        kinds.budget_order(key=KEY, at=AT, unit="SC", fund=FUND, coins=10, won=10, deposit=deposit)
        for deposit in (False, True)
    ]),
    ("appropriation_cut", [kinds.appropriation_cut(key=KEY, at=AT, unit="SC", fund=FUND, coins=10, won=10)]),
    ("reserve", [kinds.reserve(key=KEY, at=AT, fund=FUND, claim="c", won=10, until=AT)]),
    ("unreserve", [kinds.unreserve(key=KEY, at=AT, fund=FUND, claim="c", reservation=OTHER)]),
    ("carry_over", [kinds.carry_over(key=KEY, at=AT, fund=FUND)]),
    ("earn", [
        kinds.earn(key=KEY, at=AT, wallet=WALLET, amount=10, terms=TERMS, vest_at=vest_at) for vest_at in (None, AT)
    ]),
    ("opening", [kinds.opening(key=KEY, at=AT, target=target, amount=10, terms=TERMS) for target in (WALLET, TILL)]),
    ("vest", [kinds.vest(key=KEY, at=AT, wallet=WALLET, amount=10, earned=OTHER)]),
    ("opening_undone", [
        kinds.opening_undone(key=KEY, at=AT, source=source, case="import", amount=10, lot=1, opened=OTHER)
        for source in (WALLET, TILL)
    ]),
    ("gift", [kinds.gift(key=KEY, at=AT, wallet=wallet, to="2100:SC:w2", amount=10) for wallet in WALLETS]),
    ("pay", [
        kinds.pay(key=KEY, at=AT, wallet=wallet, till=till, amount=10, programme=PROGRAMME, won=5)
        for wallet in WALLETS for till in (TILL, HALL)
    ]),
    ("hold", [kinds.hold(key=KEY, at=AT, wallet=wallet, amount=10, until=AT) for wallet in WALLETS]),
    ("capture", [
        kinds.capture(key=KEY, at=AT, held_by=WALLET, till=till, amount=10, hold=OTHER) for till in (TILL, HALL)
    ]),
    ("release", [kinds.release(key=KEY, at=AT, wallet=wallet, amount=10, hold=OTHER) for wallet in WALLETS]),
    ("refund", [
        kinds.refund(key=KEY, at=AT, till=till, wallet=wallet, amount=10, payment=OTHER, programme=PROGRAMME, won=5)
        for wallet in WALLETS for till in (TILL, HALL)
    ]),
    ("refund_late", [
        kinds.refund_late(
            key=KEY, at=AT, redeemed=redeemed, till_owner="s1", wallet=wallet, amount=10, payment=OTHER,
            programme=PROGRAMME, won=5,
        )
        for wallet in WALLETS for redeemed in ("3300:SC:2026", "3310:SC:2026")
    ]),
    ("expire", [
        kinds.expire(key=KEY, at=AT, wallet=wallet, lots=[(1, 10), (2, 5)]) for wallet in (*WALLETS, "2210:SC:s1")
    ]),
    ("clawback", [
        kinds.clawback(key=KEY, at=AT, wallet=wallet, case="c", amount=10, lots=[(1, 10)], programme=PROGRAMME)
        for wallet in WALLETS
    ]),
    ("clawback_pending", [kinds.clawback_pending(key=KEY, at=AT, wallet=WALLET, case="c", amount=10, earned=OTHER)]),
    ("donate", [kinds.donate(key=KEY, at=AT, wallet=wallet, campaign=CAMPAIGN, amount=10) for wallet in WALLETS]),
    ("donation_release", [kinds.donation_release(key=KEY, at=AT, campaign=CAMPAIGN, programme=PROGRAMME)]),
    ("donation_paid", [kinds.donation_paid(key=KEY, at=AT, campaign_owner="c1", programme=PROGRAMME)]),
    ("donation_return", [
        kinds.donation_return(key=KEY, at=AT, campaign=CAMPAIGN, wallet=wallet, amount=10, donation=OTHER)
        for wallet in WALLETS
    ]),
    ("dispute", [
        kinds.dispute(key=KEY, at=AT, till=till, case="c", amount=10, payment=OTHER) for till in (TILL, HALL)
    ]),
    ("dispute_upheld", [
        kinds.dispute_upheld(key=KEY, at=AT, suspense="2500:SC:c", till=till) for till in (TILL, HALL)
    ]),
    ("dispute_returned", [
        kinds.dispute_returned(key=KEY, at=AT, suspense="2500:SC:c", wallet=wallet, amount=10, payment=OTHER)
        for wallet in WALLETS
    ]),
    ("batch", [
        kinds.batch(key=KEY, at=AT, till=TILL, batch="b1", receipts=[(OTHER, 10)], programme=PROGRAMME)
    ]),
    ("bounced", [
        kinds.bounced(key=KEY, at=AT, batch="2700:SC:b1", till=TILL, programme=PROGRAMME),
        kinds.bounced(key=KEY, at=AT, batch="2700:SC:b1", till=TILL, programme=PROGRAMME, won=70, set_off=30),
    ]),
    ("paid", [kinds.paid(key=KEY, at=AT, batch="2700:SC:b1", till_owner="s1", programme=PROGRAMME)]),
    ("set_off", [kinds.set_off(key=KEY, at=AT, till_owner="s1", programme=PROGRAMME, won=10)]),
    ("facility_close", [kinds.facility_close(key=KEY, at=AT, till=HALL)]),
    ("custody", [kinds.custody(key=KEY, at=AT, till=TILL)]),
    ("custody_end", [kinds.custody_end(key=KEY, at=AT, till=TILL)]),
    ("write_off", [
        kinds.write_off(key=KEY, at=AT, source=source) for source in ("2220:SC:s1", "2140:SC:w1", "2150:SC:w1")
    ]),
    ("rate_change", [
        kinds.rate_change(key=KEY, at=AT, wallet=wallet, lot=1, amount=10, new_amount=20, terms=TERMS)
        for wallet in WALLETS
    ]),
    ("merge", [kinds.merge(key=KEY, at=AT, unit="SC", source_owner="w1", target_owner="w2")]),
    ("leave", [kinds.leave(key=KEY, at=AT, wallet=WALLET)]),
    ("come_back", [
        kinds.come_back(key=KEY, at=AT, source=source, wallet=wallet)
        for source, wallet in (("2150:SC:w1", WALLET), ("2140:SC:w1", WALLET), ("2140:SC:w1", "2150:SC:w1"))
    ]),
    ("death", [kinds.death(key=KEY, at=AT, wallet=wallet) for wallet in (WALLET, "2150:SC:w1")]),
    ("inherit", [kinds.inherit(key=KEY, at=AT, estate="2140:SC:w1", wallet="2100:SC:w2")]),
    ("wind_down", [
        kinds.wind_down(key=KEY, at=AT, wallet=wallet)
        for wallet in (*WALLETS, "2210:SC:s1", "2800:SC:d1", "4000:SC:good-deed")
    ]),
    ("close_book", [
        kinds.close_book(
            key=KEY, at=AT,
            moves=[("3100:SC:2026", f"1100:SC:{FUND}", None), (f"B300:KRW:{FUND}", f"B000:KRW:{FUND}", 10)],
        )
    ]),
)  # fmt: skip
EXAMPLES: dict[str, list[Command]] = dict(_MADE)
