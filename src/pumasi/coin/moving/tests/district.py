"""The district of the tests: what officers and the box do, in one line each."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from pumasi.coin import operations as coin
from pumasi.coin.moving import operations
from pumasi.coin.moving.book import Book, Checked, read_folder
from pumasi.coin.moving.looking import district, elsewhere
from pumasi.coin.moving.models import Proposal
from pumasi.coin.tests.world import MORNING, World, acts
from pumasi.kernel.acting import Acting

YEARS = (2024, 2025, 2026)


class District(World):
    """Two who approve (`issuer`, `officers[0]`), and the box that proposes and loads."""

    def covers(self, coins: int = 200_000, won: int | None = None) -> None:
        """Orders over `coins` whole coins for each of the three years."""
        for year in YEARS:
            order = replace(
                self.order(coins), fund=f"good-deed/{year}", won=won or coins * 200, issued_on=date(2026, 10, 2)
            )
            coin.book_budget_order(acts(self.issuer), self.signed(order))

    def reads(self, folder: Path) -> Checked:
        return read_folder(folder, district(MORNING))

    def book(self, folder: Path) -> Book:
        checked = self.reads(folder)
        assert checked.findings == ()
        assert checked.book is not None
        return checked.book

    def proposes(self, book: Book) -> UUID:
        known, findings = elsewhere(self.box(), book)
        assert findings == []
        return operations.propose(self.box(), book, known)

    def approves(self, proposal: UUID, *officers: UUID) -> None:
        for officer in officers or (self.issuer, self.officers[0]):
            operations.approve(acts(officer), proposal_id=proposal, typed=Proposal.objects.get(id=proposal).digest[:8])

    def moves_in(self, folder: Path, step: int = 500) -> UUID:
        """From the files to the loaded members."""
        book = self.book(folder)
        self.approves(self.proposes(book))
        return operations.load(self.box(), book, step=step)

    def goes_back(self, proposal: UUID) -> None:
        operations.ask_back(acts(self.issuer), proposal_id=proposal, reason="예전 제도로 돌아갑니다")
        operations.agree_back(acts(self.officers[0]), proposal_id=proposal)
        operations.undo(self.box())

    def box(self) -> Acting:
        return acts(None)
