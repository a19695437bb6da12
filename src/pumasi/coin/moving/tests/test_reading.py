"""Reading an import set: what is good, every rule with its line, and that no damage ever gives silently wrong sums."""

import csv
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.coin.moving.book import Checked, read_folder
from pumasi.coin.moving.cells import District, day_of, months_after
from pumasi.coin.moving.findings import RULES, Finding
from pumasi.coin.moving.tests.books import Files, made
from pumasi.coin.tests.world import MORNING
from pumasi.kernel.amount import Rate, Unit, UnitKind
from pumasi.kernel.clock import seoul_date

SEOCHO = District(
    Unit("SC", 2, UnitKind.COIN, (Rate(date(2023, 6, 1), 100),)),
    "good-deed",
    frozenset({"서초1동", "반포4동", "양재2동"}),
    frozenset({"HANGER", "PAPER_PACK"}),
    seoul_date(MORNING),
)
BOOK = made(12)


def read(files: Files, folder: Path) -> Checked:
    return read_folder(files.write(folder), SEOCHO)


def put(file: str, row: int, **cells: str) -> Callable[[Files], None]:
    """Overwrite cells of one row (0 is the first, on line 2)."""
    return lambda files: files.rows[file][row].update(cells)


def again(file: str, row: int) -> Callable[[Files], None]:
    """Write a row once more at the end."""
    return lambda files: files.rows[file].append(dict(files.rows[file][row]))


def mapping(text: str) -> Callable[[Files], None]:
    """Add to the mapping, before its tables."""
    return lambda files: setattr(files, "mapping", text + files.mapping)


def everything(*changes: Callable[[Files], None]) -> Callable[[Files], None]:
    def all_of_them(files: Files) -> None:
        for change in changes:
            change(files)

    return all_of_them


# What is done to a good set -> the places and rules that are named; every other row stays good.
DAMAGE: dict[str, tuple[Callable[[Files], None], list[tuple[str, str]]]] = {
    "an unreadable phone": (put("members", 0, phone="010-12"), [("members.csv:2: phone", "phone")]),
    "a phone twice, spelt otherwise": (
        put("members", 1, phone="+82 10 0000 0000"), [("members.csv:3: phone", "phone_twice")]
    ),
    "an old id twice": (again("balances", 0), [("balances.csv:14: old_id", "old_id_twice")]),
    "a member twice": (
        everything(again("members", 4), lambda files: files.rows["members"][12].update(phone="", old_id="B-1"),
                   lambda files: files.rows["balances"].append({"old_id": "B-1", "coins": "0"})),
        [("members.csv:14: name", "joined_twice"), ("mapping.toml: expected.members", "expected")],
    ),
    "no name": (put("members", 2, name=" "), [("members.csv:4: name", "missing")]),
    "too long a name": (put("members", 2, name="가" * 61), [("members.csv:4: name", "too_long")]),
    "a name over two lines": (put("members", 11, name="가\n나"), [("members.csv:14: name", "unreadable")]),
    "an impossible birth year": (put("members", 3, birth_year="1899"), [("members.csv:5: birth_year", "birth_year")]),
    "a birth year in full width": (put("members", 3, birth_year="２０"), [("members.csv:5: birth_year", "birth_year")]),
    "an unknown relation": (put("members", 3, relation="친구"), [("members.csv:5: relation", "relation")]),
    "a relation long over": (
        put("members", 3, valid_until="2026-04-04"), [("members.csv:5: valid_until", "relation_over")]
    ),
    "an impossible day": (put("lots", 0, earned_on="2026-02-30"), [("lots.csv:2: earned_on", "date")]),
    "a day in another form": (put("lots", 0, expires="2028.12.31"), [("lots.csv:2: expires", "date")]),
    "a day to come": (put("lots", 0, earned_on="2026-10-06"), [("lots.csv:2: earned_on", "date_in_future")]),
    "a lot after its expiry": (
        put("lots", 0, earned_on="2026-10-05", expires="2026-10-04"), [("lots.csv:2: expires", "earned_after_expiry")]
    ),
    "a lapsed lot": (put("lots", 0, earned_on="2023-01-01", expires="2026-10-04"), [("lots.csv:2: expires", "lapsed")]),
    "a negative amount": (put("lots", 0, coins="-5"), [("lots.csv:2: coins", "negative")]),
    "no coins at all": (put("lots", 0, coins="0.00"), [("lots.csv:2: coins", "not_positive")]),
    "an over-precise amount": (put("lots", 0, coins="10.005"), [("lots.csv:2: coins", "over_precise")]),
    "an amount in words": (put("lots", 0, coins="열"), [("lots.csv:2: coins", "amount")]),
    "an exponent": (put("lots", 0, coins="1e3"), [("lots.csv:2: coins", "amount")]),
    "too many coins": (put("lots", 0, coins="9" * 20), [("lots.csv:2: coins", "too_many_coins")]),
    "a broken won value": (put("lots", 0, won="150"), [("lots.csv:2: won", "won")]),
    "a fund that is none": (put("lots", 0, fund="작년"), [("lots.csv:2: fund", "fund")]),
    "a lot of nobody": (
        put("lots", 0, old_id="X"),
        [("balances.csv:3: coins", "balance_differs"), ("lots.csv:2: old_id", "balance_absent"),
         ("lots.csv:2: old_id", "unknown_member")],
    ),
    "lots that do not sum to the balance": (
        put("balances", 1, coins="10.38"), [("balances.csv:3: coins", "balance_differs")]
    ),
    "a wrong check digit": (
        put("shops", 0, business_number="1000000001"), [("shops.csv:2: business_number", "business_number")]
    ),
    "a business number twice": (
        lambda files: files.rows["shops"][1].update(business_number=files.rows["shops"][0]["business_number"]),
        [("shops.csv:3: business_number", "business_number_twice")],
    ),
    "a shop without an owner": (put("shops", 0, owner=""), [("shops.csv:2: owner", "no_owner")]),
    "a shop of nobody": (put("shops", 0, owner="X"), [("shops.csv:2: owner", "unknown_member")]),
    "a shop elsewhere": (put("shops", 0, dong="바다동"), [("shops.csv:2: dong", "dong")]),
    "an unknown item": (put("shops", 0, items="HANGER 모자"), [("shops.csv:2: items", "item")]),
    "takings of no shop": (
        put("takings", 0, shop="X"),
        [("shops.csv:2: unpaid", "unpaid_differs"), ("takings.csv:2: shop", "unknown_shop")],
    ),
    "takings of another shop": (
        put("takings", 0, shop="S-1"),
        [("shops.csv:2: unpaid", "unpaid_differs"), ("shops.csv:3: unpaid", "unpaid_differs")],
    ),
    "another unit": (
        lambda files: setattr(files, "mapping", files.mapping.replace('"SC"', '"XX"')), [("mapping.toml: unit", "unit")]
    ),
    "a control total that differs": (
        lambda files: setattr(files, "mapping", files.mapping.replace("members = 12", "members = 13")),
        [("mapping.toml: expected.members", "expected")],
    ),
    "an unknown word in the mapping": (mapping("colour = 1\n"), [("mapping.toml", "mapping")]),
    "two things at once": (
        everything(put("members", 0, phone="12"), put("members", 5, birth_year="x"), put("lots", 3, coins="0.001")),
        [("lots.csv:5: coins", "over_precise"), ("members.csv:2: phone", "phone"),
         ("members.csv:7: birth_year", "birth_year")],
    ),
}  # fmt: skip


class TestAGoodSet:
    def test_is_summed_up_by_fund_expiry_and_won_value(self, tmp_path: Path) -> None:
        checked = read(made(3, shops=1), tmp_path)

        assert checked.findings == ()
        assert checked.book is not None
        assert [(s.where, s.fund, s.expires, s.rate, s.lots, s.coins, s.won) for s in checked.book.sums()] == [
            ("lots", "good-deed/2025", "2028-12-31", 1, 1, 1175, 1175),
            ("lots", "good-deed/2026", "2029-12-31", 1, 2, 2111, 2111),
            ("takings", "good-deed/2026", "", 1, 1, 1500, 1500),
        ]
        assert (checked.book.coins, checked.book.won) == (4786, 4786)

    def test_counts_members_without_a_phone(self, tmp_path: Path) -> None:
        book = read(BOOK, tmp_path).book

        assert book is not None
        assert (len(book.members), book.without_phone()) == (12, 1)

    def test_has_one_digest_whatever_the_order_of_its_rows(self, tmp_path: Path) -> None:
        turned = deepcopy(BOOK)
        for rows in turned.rows.values():
            rows.reverse()

        first, second = read(BOOK, tmp_path / "a").book, read(turned, tmp_path / "b").book

        assert first is not None
        assert second is not None
        assert first.digest() == second.digest()

    def test_has_another_digest_for_another_minor_unit(self, tmp_path: Path) -> None:
        other = deepcopy(BOOK)
        other.rows["lots"][0]["coins"] = other.rows["balances"][1]["coins"] = "10.38"
        other.mapping = other.mapping.partition("[expected]")[0]

        first, second = read(BOOK, tmp_path / "a").book, read(other, tmp_path / "b").book

        assert first is not None
        assert second is not None
        assert (second.coins - first.coins, first.digest() == second.digest()) == (1, False)

    @pytest.mark.parametrize(("encoding", "said"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("cp949", "CP949")])
    def test_is_read_in_three_encodings_and_says_which(self, tmp_path: Path, encoding: str, said: str) -> None:
        BOOK.write(tmp_path, encoding)

        checked = read_folder(tmp_path, SEOCHO)

        assert checked.findings == ()
        assert checked.encodings["members"] == said

    def test_speaks_the_other_system_s_words(self, tmp_path: Path) -> None:
        (tmp_path / "mapping.toml").write_text(
            'origin = "시연"\nextract_on = 2026-09-30\ndate_form = "YYYYMMDD"\n'
            '[columns.members]\nold_id = "회원번호"\nname = "성명"\nrelation = "구분"\n'
            '[columns.lots]\nold_id = "회원번호"\ncoins = "코인"\nearned_on = "적립일"\nwon = "단가"\n'
            '[relations]\n"직장" = "WORKER"\n',
            encoding="utf-8",
        )
        (tmp_path / "members.csv").write_text("회원번호,성명,구분\n1,시연 회원,직장\n", encoding="cp949")
        (tmp_path / "lots.csv").write_text('회원번호,코인,적립일,단가\n1,"1,234.5",20260101,100\n', encoding="cp949")

        book = read_folder(tmp_path, SEOCHO).book

        assert book is not None
        assert [(m.old_id, m.relation.value) for m in book.members] == [("1", "WORKER")]
        assert [(lot.coins, lot.earned_on, lot.fund) for lot in book.lots] == [
            (123_450, date(2026, 1, 1), "good-deed/2026")
        ]

    def test_an_id_in_another_form_of_the_same_letters_is_the_same(self, tmp_path: Path) -> None:
        files = deepcopy(BOOK)
        for row in (files.rows["lots"][0], files.rows["balances"][1]):
            row["old_id"] = "\u1100\u1161"
        files.rows["members"][1]["old_id"] = "가"
        files.rows["shops"][1]["owner"] = "가"

        assert read(files, tmp_path).findings == ()

    def test_two_people_of_one_name_may_be_confirmed(self, tmp_path: Path) -> None:
        files = deepcopy(BOOK)
        files.rows["members"][3].update(name="시연 회원 6", birth_year="1937")
        assert [each.where() for each in read(files, tmp_path / "a").findings] == ["members.csv:8: name"]
        mapping('confirmed_two = ["A-00006"]\n')(files)

        assert read(files, tmp_path / "b").findings == ()


class TestDamage:
    @pytest.mark.parametrize("name", sorted(DAMAGE))
    def test_is_named_with_its_place_and_nothing_else_is(self, tmp_path: Path, name: str) -> None:
        change, named = DAMAGE[name]
        files = deepcopy(BOOK)
        change(files)

        checked = read(files, tmp_path)

        assert checked.book is None
        assert sorted((each.where(), each.rule) for each in checked.findings) == sorted(named)

    def test_of_whole_files_is_named(self, tmp_path: Path) -> None:
        BOOK.write(tmp_path)
        (tmp_path / "lots.csv").unlink()
        (tmp_path / "shops.csv").write_bytes(b"old_id,name_ko\n\xff\xfe\x81\n")
        (tmp_path / "balances.csv").write_text("old_id,old_id\n1,2\n", encoding="utf-8")
        (tmp_path / "takings.csv").write_text('shop,coins,taken_on,won\nS-1,1\nS-1,"1,2026-01-01,100', encoding="utf-8")

        found = {(each.where(), each.rule) for each in read_folder(tmp_path, SEOCHO).findings}

        assert {
            ("lots.csv", "file_missing"),
            ("shops.csv", "encoding"),
            ("balances.csv:1: old_id", "column_twice"),
            ("balances.csv:1: coins", "column_missing"),
            ("takings.csv:2", "cells"),
            ("takings.csv:3", "quotes"),
        } <= found

    def test_without_a_mapping_is_one_finding(self, tmp_path: Path) -> None:
        assert read_folder(tmp_path, SEOCHO).findings == (Finding("mapping.toml", 0, "", "file_missing"),)

    def test_every_rule_speaks_both_languages_and_repeats_no_cell(self) -> None:
        facts = dict.fromkeys(
            ("limit", "found", "wanted", "what", "line", "form", "scale", "step", "expires", "lots", "balance",
             "takings", "unpaid", "unit", "expected"), 7,
        )  # fmt: skip
        for rule in RULES:
            finding = Finding("a.csv", 1, "b", rule, tuple(facts.items()))
            assert finding.text("ko") != finding.text("en")
            assert "{" not in finding.text("ko") + finding.text("en")

    @given(data=st.data())
    def test_of_any_cell_never_gives_silently_wrong_sums(self, data: st.DataObject) -> None:
        files = deepcopy(BOOK)
        for _ in range(data.draw(st.integers(1, 3))):
            name = data.draw(st.sampled_from(sorted(files.rows)))
            rows = files.rows[name]
            row = data.draw(st.sampled_from(rows))
            column = data.draw(st.sampled_from(sorted(row)))
            row[column] = data.draw(_cells(row, rows, column))

        with TemporaryDirectory() as folder:
            checked = read(files, Path(folder))

        assert (checked.book is None) == bool(checked.findings)
        if checked.book is not None:
            assert _sums(checked) == _sums_of(BOOK)

    @given(content=st.binary(max_size=300), name=st.sampled_from(["members", "lots", "balances", "shops", "takings"]))
    def test_of_a_whole_file_never_breaks_the_reader(self, content: bytes, name: str) -> None:
        with TemporaryDirectory() as folder:
            BOOK.write(Path(folder))
            (Path(folder) / f"{name}.csv").write_bytes(content)
            checked = read_folder(Path(folder), SEOCHO)

        assert checked.book is None
        assert checked.findings


class TestDays:
    def test_six_months_after_a_long_month_is_the_last_day_of_a_short_one(self) -> None:
        assert months_after(date(2026, 8, 31)) == date(2027, 2, 28)
        assert months_after(date(2023, 8, 31)) == date(2024, 2, 29)
        assert months_after(date(2026, 6, 15)) == date(2026, 12, 15)

    def test_a_day_is_read_in_its_form_alone(self) -> None:
        assert day_of("20260105", "YYYYMMDD") == date(2026, 1, 5)
        assert day_of("2026.01.05", "YYYY.MM.DD") == date(2026, 1, 5)
        assert day_of("2026-1-5", "YYYY-MM-DD") is None
        assert day_of("２０２６-01-05", "YYYY-MM-DD") is None


def _cells(row: dict[str, str], rows: list[dict[str, str]], column: str) -> st.SearchStrategy[str]:
    """What damage looks like: rubbish, another row's cell, another column's, one letter changed or lost."""
    said = row[column]
    others = st.sampled_from([*(each[column] for each in rows), *row.values()])
    places = st.integers(0, max(0, len(said) - 1))
    letters = st.sampled_from("0123456789-,. ")
    digits = st.tuples(places, letters).map(lambda at: said[: at[0]] + at[1] + said[at[0] + 1 :])
    lost = places.map(lambda at: said[:at] + said[at + 1 :])
    return st.one_of(st.text(max_size=8), others, digits, lost)


def _sums(checked: Checked) -> tuple[object, ...]:
    book = checked.book
    assert book is not None
    wallets = {owner: sum(lot.coins for lot in lots) for owner, lots in book.lots_of().items()}
    tills = {shop: sum(lot.coins for lot in lots) for shop, lots in book.takings_of().items()}
    return wallets, tills, book.coins, book.won


def _sums_of(files: Files) -> tuple[object, ...]:
    """The same from the undamaged files, read without the code under test."""
    with TemporaryDirectory() as folder:
        files.write(Path(folder))
        read_back = {}
        for name in ("lots", "takings"):
            with (Path(folder) / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                read_back[name] = list(csv.DictReader(file))
    sums: list[dict[str, int]] = []
    for name, owner in (("lots", "old_id"), ("takings", "shop")):
        found: dict[str, int] = {}
        for row in read_back[name]:
            found[row[owner]] = found.get(row[owner], 0) + int(row["coins"].replace(".", ""))
        sums.append(found)
    won = sum(
        int(row["coins"].replace(".", "")) * int(row["won"]) // 100 for rows in read_back.values() for row in rows
    )
    return sums[0], sums[1], sum(sums[0].values()) + sum(sums[1].values()), won
