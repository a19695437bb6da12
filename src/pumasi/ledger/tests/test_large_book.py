"""The book that figures are measured on is a healthy one."""

import pytest

from pumasi.ledger.tests import large_book
from pumasi.ledger.verify import verify


@pytest.mark.postgres
@pytest.mark.django_db
class TestALargeBook:
    def test_verifies(self) -> None:
        count = large_book.write(5000, wallets=50, shops=3)

        report = verify()

        assert report.ok
        assert report.counts["transfers"] == count >= 5000
        assert report.counts["lots"] < count / 2
