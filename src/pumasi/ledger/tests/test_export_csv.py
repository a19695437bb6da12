"""The file for spreadsheets: Korean intact, no formula, the books line by line."""

import csv
import io

import pytest

from pumasi.ledger import export_csv, reads, tables
from pumasi.ledger.tests import stories


def exported() -> str:
    """The file's text."""
    file = io.StringIO(newline="")
    export_csv.write_postings(file)
    return file.getvalue()


@pytest.mark.postgres
@pytest.mark.django_db
class TestThePostings:
    def test_start_with_the_mark_that_spreadsheets_need_for_korean(self) -> None:
        assert exported().encode("utf-8").startswith(b"\xef\xbb\xbf" + "거래 transfer,".encode())

    def test_end_each_line_as_rfc_4180_says(self) -> None:
        stories.small_book()

        text = exported()

        assert text.count("\r\n") == text.count("\n") == 23

    def test_say_each_posting_with_names_and_decimals(self) -> None:
        stories.small_book()

        lines = list(csv.reader(io.StringIO(exported()[1:], newline="")))

        hold = str(stories.transfer(6))
        assert lines[-4:-2] == [
            [hold, "00000000-0000-0000-0000-000000000006", "HOLD", "보류", "Hold", "2026-01-05",
             "2026-01-05T15:00:00+09:00", "2100", "주민지갑", "Resident wallet", "SC", "w1", "-5.00", "15.00", ""],
            [hold, "00000000-0000-0000-0000-000000000006", "HOLD", "보류", "Hold", "2026-01-05",
             "2026-01-05T15:00:00+09:00", "2110", "보류", "Wallet hold", "SC", "w1", "5.00", "5.00", ""],
        ]  # fmt: skip

    def test_add_up_to_the_balances(self) -> None:
        stories.full_book()

        lines = list(csv.DictReader(io.StringIO(exported()[1:], newline="")))

        last = {
            f"{line['계정 code']}:{line['단위 unit']}:{line['소유자 owner']}": line["잔액 balance"] for line in lines
        }
        assert {
            address: tables.decimal(reads.balance(address), tables.SCALES[address.split(":")[1]]) for address in last
        } == last


class TestCells:
    @pytest.mark.parametrize("text", ["=1+1", "+82", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
    def test_that_a_spreadsheet_would_calculate_are_text(self, text: str) -> None:
        assert export_csv.safe(text) == f"'{text}"

    def test_of_plain_words_stay_as_they_are(self) -> None:
        assert export_csv.safe("선행 = 좋은 일") == "선행 = 좋은 일"


class TestTheTrialBalance:
    def test_has_its_own_file(self) -> None:
        values: list[dict[str, tables.Cell]] = [
            {"code": "B100", "ko": "예산", "en": "Appropriation, free", "unit": "KRW", "accounts": 1, "amount": "-5"}
        ]

        assert export_csv.trial_text(values) == (
            "\ufeff계정 code,계정과목,account,단위 unit,계정수 accounts,잔액 balance\r\n"
            'B100,예산,"Appropriation, free",KRW,1,-5\r\n'
        )
