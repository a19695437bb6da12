"""The tariff: every published amount on its day, the batches, and the refusals."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.coin.errors import (
    AgeUnknown,
    AmountNotPublished,
    BadQuantity,
    DeedEnded,
    DeedNotInForceYet,
    NeedsDocument,
    QuantityTooSmall,
    TooYoung,
    UnknownDeed,
)
from pumasi.coin.tariff import MAX_QUANTITY, CapScope, EvidenceKind, Part, Tariff
from pumasi.coin.tariff_file import DATA, load
from pumasi.kernel.amount import Amount

SEOCHO = load(DATA / "seocho.toml")
NOWON = load(DATA / "nowon_style.toml")
SUMMER_2023, MARCH_2024, AFTER_DOUBLING = date(2023, 7, 10), date(2024, 3, 15), date(2026, 10, 5)

# kind, day, quantity, whole coins: facts of the programme, one line per published amount.
PUBLISHED = [
    ("HANGER", SUMMER_2023, 10, 1),
    ("HANGER", AFTER_DOUBLING, 10, 2),
    ("CLEAR_PET", SUMMER_2023, 10, 1),
    ("CLEAR_PET", date(2024, 4, 9), 10, 1),
    ("CLEAR_PET", date(2024, 4, 10), 10, 2),
    ("HOUSEHOLD_GRANTED", SUMMER_2023, 1, 10),
    ("HOUSEHOLD_GRANTED", AFTER_DOUBLING, 1, 20),
    ("HOUSEHOLD_LINKED", SUMMER_2023, 1, 5),
    ("HOUSEHOLD_LINKED", AFTER_DOUBLING, 1, 10),
    ("TALENT", SUMMER_2023, 60, 1),
    ("TALENT", MARCH_2024, 60, 3),
    ("TALENT", AFTER_DOUBLING, 60, 5),
    ("VOLUNTEERING", SUMMER_2023, 60, 1),
    ("VOLUNTEERING", MARCH_2024, 60, 3),
    ("VOLUNTEERING", AFTER_DOUBLING, 120, 10),
    ("HEALTH_CLASS", SUMMER_2023, 60, 1),
    ("HEALTH_CLASS", AFTER_DOUBLING, 60, 2),
    ("TOY_DONATION", MARCH_2024, 1, 1),
    ("TOY_DONATION", AFTER_DOUBLING, 1, 2),
    ("CHILD_RENTAL", MARCH_2024, 1, 1),
    ("CHILD_RENTAL", AFTER_DOUBLING, 1, 2),
    ("BARTER_ITEM", MARCH_2024, 3, 3),
    ("BARTER_ITEM", AFTER_DOUBLING, 3, 6),
    ("E_FORM", MARCH_2024, 1, 1),
    ("E_FORM", AFTER_DOUBLING, 1, 2),
    ("BLOOD_DONATION", MARCH_2024, 1, 10),
    ("BLOOD_DONATION", AFTER_DOUBLING, 1, 20),
    ("PAPER_PACK", AFTER_DOUBLING, 1000, 5),
    ("TUMBLER", AFTER_DOUBLING, 1, 2),
    ("WELCOME", date(2024, 11, 4), 1, 10),
]


class TestPublishedAmounts:
    @pytest.mark.parametrize(("kind", "day", "quantity", "coins"), PUBLISHED)
    def test_every_published_amount_is_paid_on_its_day(self, kind: str, day: date, quantity: int, coins: int) -> None:
        priced = SEOCHO.price(kind, day, quantity)

        assert priced.amount == Amount.whole(coins, SEOCHO.unit)

    def test_a_coin_was_worth_200_won_until_may_2023_and_100_won_since(self) -> None:
        assert SEOCHO.unit.won_rate(date(2023, 5, 31)) == 200
        assert SEOCHO.unit.won_rate(date(2023, 6, 1)) == 100
        assert SEOCHO.unit.won_per_minor(AFTER_DOUBLING) == 1

    def test_the_shop_owner_earns_too_where_hangers_are_handed_over(self) -> None:
        priced = SEOCHO.price("HANGER", AFTER_DOUBLING, 20)

        assert SEOCHO.kind("HANGER").payees == (Part.RESIDENT, Part.SHOP)
        assert (priced.amount.minor, priced.shop.minor) == (400, 400)

    def test_only_hangers_pay_a_shop(self) -> None:
        assert [kind.code for kind in SEOCHO.kinds.values() if Part.SHOP in kind.payees] == ["HANGER"]

    def test_coins_are_paid_in_steps_of_ten(self) -> None:
        assert SEOCHO.step(AFTER_DOUBLING) == 10

    def test_what_is_assumed_says_so(self) -> None:
        rows = [(kind.code, row) for kind in SEOCHO.kinds.values() for row in kind.rows]

        assert [(code, row.starts) for code, row in rows if row.basis == "ASSUMED"] == [
            ("VOLUNTEERING", date(2024, 2, 1)),
            ("WELCOME", date(2024, 11, 4)),
            ("TALENT", date(2024, 2, 1)),
        ]

    def test_amounts_that_no_source_names_are_not_payable(self) -> None:
        assert [kind.code for kind in SEOCHO.kinds.values() if not kind.rows] == [
            "WORKS_SUPERVISOR",
            "SAFETY_REPORT",
            "DISASTER_CORPS",
        ]

    def test_every_row_cites_a_sample_document_and_a_source(self) -> None:
        for kind in SEOCHO.kinds.values():
            for row in kind.rows:
                assert row.act.document.startswith("SAMPLE-")
                assert row.act.clause.startswith("SAMPLE clause")
                assert row.sources


class TestBatches:
    def test_25_bottles_are_two_batches_and_5_short_of_the_next(self) -> None:
        priced = SEOCHO.price("CLEAR_PET", SUMMER_2023, 25)

        assert priced.amount.minor == 200
        assert (priced.counted, priced.left_over, priced.short_by) == (20, 5, 5)

    def test_90_minutes_of_volunteering_are_one_hour(self) -> None:
        priced = SEOCHO.price("VOLUNTEERING", AFTER_DOUBLING, 90)

        assert (priced.amount.minor, priced.short_by) == (500, 30)

    def test_nine_bottles_are_refused_with_how_many_are_missing(self) -> None:
        with pytest.raises(QuantityTooSmall) as refused:
            SEOCHO.price("CLEAR_PET", AFTER_DOUBLING, 9)

        assert refused.value.facts == {"per": 10, "quantity": 9, "more": 1, "coins": 2}
        assert refused.value.text("en") == "This deed counts in batches of 10. You have 9; 1 more earns 2 coins."

    @pytest.mark.parametrize("quantity", [0, -1, MAX_QUANTITY + 1, True, 1.5])
    def test_a_quantity_that_is_no_count_is_refused(self, quantity: int) -> None:
        with pytest.raises(BadQuantity):
            SEOCHO.price("TUMBLER", AFTER_DOUBLING, quantity)

    @given(st.sampled_from(sorted(SEOCHO.kinds)), st.dates(date(2022, 1, 1), date(2030, 1, 1)), st.integers(1, 10_000))
    def test_a_price_is_whole_batches_of_its_row_and_nothing_else(self, code: str, day: date, quantity: int) -> None:
        kind = SEOCHO.kinds[code]
        try:
            priced = SEOCHO.price(code, day, quantity)
        except (AmountNotPublished, DeedNotInForceYet, DeedEnded):
            assert not any(row.starts <= day <= (row.until or date.max) for row in kind.rows)
            return
        except QuantityTooSmall as refusal:
            more = int(refusal.facts["more"])
            assert quantity + more == kind.per
            return

        assert priced.counted + priced.left_over == quantity
        assert 0 <= priced.left_over < kind.per
        assert priced.amount.minor == priced.counted // kind.per * priced.row.coins * 100

    @given(st.integers(10, 5_000), st.integers(10, 5_000))
    def test_splitting_a_bag_never_earns_more(self, first: int, second: int) -> None:
        together = SEOCHO.price("CLEAR_PET", AFTER_DOUBLING, first + second).amount
        apart = (
            SEOCHO.price("CLEAR_PET", AFTER_DOUBLING, first).amount
            + SEOCHO.price("CLEAR_PET", AFTER_DOUBLING, second).amount
        )

        assert apart <= together


class TestRefusals:
    def test_a_deed_before_its_first_row_says_from_when(self) -> None:
        with pytest.raises(DeedNotInForceYet) as refused:
            SEOCHO.row_in_force("TUMBLER", date(2024, 4, 9))

        assert refused.value.facts == {"starts": "2024-04-10"}

    def test_a_deed_after_its_last_row_says_until_when(self) -> None:
        with pytest.raises(DeedEnded) as refused:
            SEOCHO.row_in_force("WELCOME", date(2025, 1, 1))

        assert refused.value.facts == {"until": "2024-12-31"}

    @pytest.mark.parametrize("kind", ["WORKS_SUPERVISOR", "SAFETY_REPORT", "DISASTER_CORPS"])
    def test_a_deed_whose_cut_amount_was_never_published_is_refused(self, kind: str) -> None:
        with pytest.raises(AmountNotPublished):
            SEOCHO.price(kind, AFTER_DOUBLING, 60)

    def test_an_unknown_deed_is_refused(self) -> None:
        with pytest.raises(UnknownDeed):
            SEOCHO.row_in_force("JUGGLING", AFTER_DOUBLING)

    @pytest.mark.parametrize("missing", ["clause", "document"])
    def test_a_row_without_clause_or_document_is_not_switched_on(self, missing: str) -> None:
        tariff = _with_act_lacking(missing)

        with pytest.raises(NeedsDocument):
            tariff.price("TUMBLER", AFTER_DOUBLING, 1)

    def test_volunteering_was_for_60_and_over_until_april_2024(self) -> None:
        before, after = date(2024, 4, 9), date(2024, 4, 10)

        with pytest.raises(TooYoung) as refused:
            SEOCHO.check_age(SEOCHO.row_in_force("VOLUNTEERING", before), before, 1990)
        SEOCHO.check_age(SEOCHO.row_in_force("VOLUNTEERING", before), before, 1964)
        SEOCHO.check_age(SEOCHO.row_in_force("VOLUNTEERING", after), after, 1990)

        assert refused.value.facts == {"min_age": 60, "until": "2024-04-09"}

    def test_an_unknown_birth_year_is_asked_for_only_where_an_age_counts(self) -> None:
        SEOCHO.check_age(SEOCHO.row_in_force("TUMBLER", AFTER_DOUBLING), AFTER_DOUBLING, None)
        with pytest.raises(AgeUnknown) as refused:
            SEOCHO.check_age(SEOCHO.row_in_force("HEALTH_CLASS", AFTER_DOUBLING), AFTER_DOUBLING, None)

        assert refused.value.facts == {"min_age": 60}

    def test_membership_itself_was_for_60_and_over_until_may_2023(self) -> None:
        row = SEOCHO.kinds["HANGER"].rows[0]

        with pytest.raises(TooYoung):
            SEOCHO.check_age(row, date(2023, 5, 31), 1990)
        SEOCHO.check_age(row, date(2023, 6, 1), 1990)

    def test_a_spouse_of_any_age_joins_the_health_class(self) -> None:
        row = SEOCHO.row_in_force("HEALTH_CLASS", AFTER_DOUBLING)

        SEOCHO.check_age(row, AFTER_DOUBLING, 1980, is_spouse=True)
        with pytest.raises(TooYoung):
            SEOCHO.check_age(row, AFTER_DOUBLING, 1980)


class TestPolicy:
    def test_seocho_coins_do_not_expire(self) -> None:
        assert SEOCHO.expires_on(AFTER_DOUBLING) is None

    def test_the_second_sample_expires_after_three_years_even_from_a_leap_day(self) -> None:
        assert NOWON.expires_on(date(2026, 10, 5)) == date(2029, 10, 5)
        assert NOWON.expires_on(date(2024, 2, 29)) == date(2027, 2, 28)

    def test_only_photo_deeds_wait_before_they_can_be_spent(self) -> None:
        assert SEOCHO.vests_after(EvidenceKind.PHOTO) == 7
        assert [kind for kind in EvidenceKind if SEOCHO.vests_after(kind)] == [EvidenceKind.PHOTO]

    def test_a_kind_counts_against_its_own_caps_and_the_general_ones(self) -> None:
        caps = SEOCHO.caps_for("TUMBLER", AFTER_DOUBLING)

        assert [(cap.scope, cap.kind, cap.coins) for cap in caps] == [
            (CapScope.PERSON_DAY, "*", 60),
            (CapScope.PERSON_MONTH, "*", 700),
            (CapScope.PLACE_DAY, "*", 3000),
            (CapScope.PAIR_DAY, "*", 40),
            (CapScope.PERSON_DAY, "TUMBLER", 6),
        ]

    def test_a_deed_that_could_reveal_health_prints_its_group_only(self) -> None:
        assert SEOCHO.kind("BLOOD_DONATION").printed_name("ko") == "복지"
        assert SEOCHO.kind("BLOOD_DONATION").printed_name("en") == "Welfare"
        assert SEOCHO.kind("HANGER").printed_name("ko") == "깨끗한 옷걸이를 제로샵 세탁소에"


def _with_act_lacking(field: str) -> Tariff:
    kind = SEOCHO.kinds["TUMBLER"]
    whole = kind.rows[0].act
    act = replace(whole, clause="") if field == "clause" else replace(whole, document="")
    changed = replace(kind, rows=(replace(kind.rows[0], act=act),))
    return replace(SEOCHO, kinds=MappingProxyType({**SEOCHO.kinds, "TUMBLER": changed}))
