"""The turn of the year 2026 to 2027 for tests: a street whose staff goes on working, with a budget for each year."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import grant_role
from pumasi.coin import operations
from pumasi.coin.answers import Awarded, Payee
from pumasi.coin.orders import Order, OrderKind
from pumasi.coin.settlement.tests.street import Street
from pumasi.coin.tests.world import a_key, acts

# 20 December 2026, 10:00; the last second of the year and the first of the next; 4 January 2027, 10:00 - all in Seoul.
DECEMBER = datetime(2026, 12, 20, 1, tzinfo=UTC)
MIDNIGHT = datetime(2026, 12, 31, 15, tzinfo=UTC)
BEFORE, AFTER = MIDNIGHT - timedelta(seconds=1), MIDNIGHT + timedelta(seconds=1)
JANUARY = datetime(2027, 1, 4, 1, tzinfo=UTC)


@dataclass
class Turn(Street):
    """The street; `auditor` and `budget` (a budget officer) also look at it in January."""

    auditor: UUID = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.auditor = self.joins("감사 역할")
        self.grants(self.auditor, RoleName.AUDITOR)
        for person, role, place in (
            (self.issuer, RoleName.ISSUER, None),
            (self.officers[0], RoleName.BUDGET_OFFICER, None),
            (self.officers[1], RoleName.BUDGET_OFFICER, None),
            (self.maker, RoleName.TREASURY, None),
            (self.checker, RoleName.TREASURY, None),
            (self.auditor, RoleName.AUDITOR, None),
            (self.keeper, RoleName.SHOP_KEEPER, self.laundry),
            (self.cashier, RoleName.FACILITY_CASHIER, self.gym),
        ):
            grant_role(acts(None), person, role, place, starts=date(2027, 1, 1), ends=date(2027, 6, 30))

    def grants_role_now(self, person: UUID, role: RoleName) -> None:
        """A role of the first half of 2027."""
        grant_role(acts(None), person, role, starts=date(2027, 1, 1), ends=date(2027, 6, 30))

    def grants_for_long(self) -> None:
        """The budget officers go on until the middle of 2028."""
        for officer in self.officers:
            for starts, ends in ((date(2027, 7, 1), date(2027, 12, 31)), (date(2028, 1, 1), date(2028, 6, 30))):
                grant_role(acts(None), officer, RoleName.BUDGET_OFFICER, starts=starts, ends=ends)

    def opens_both_years(self) -> None:
        """50,000 coins for each year; the resident earns 100 in December."""
        self.funds()
        self.funds_next_year()
        self.earns(self.resident, 100, DECEMBER)

    def funds_next_year(self, coins: int = 50_000) -> None:
        order = Order(
            order_id=a_key(),
            kind=OrderKind.ORDER,
            fund="good-deed/2027",
            unit="SC",
            coins=coins * 100,
            won=coins * 100,
            document="SAMPLE-2027-01",
            issued_on=date(2026, 12, 20),
        )
        operations.book_budget_order(acts(self.issuer, DECEMBER), self.signed(order))

    def is_approved(self, deed_at: datetime, at: datetime, bottles: int = 100) -> Awarded:
        """A bag of PET bottles brought at one moment and approved at another."""
        return operations.award(
            acts(self.official, at),
            kind="CLEAR_PET",
            quantity=bottles,
            place_id=self.centre,
            payees=[Payee(self.resident)],
            evidence_ref="CODE:test",
            key=a_key(),
            deed_at=deed_at,
        )
