"""A street for settlement tests: treasury staff, shops with seen bank accounts, receipts old enough and published."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from pumasi.civic.people.models import RoleName
from pumasi.coin import operations as coin
from pumasi.coin.models import Payment
from pumasi.coin.settlement import operations
from pumasi.coin.settlement.models import Batch, Line, LineReceipt, Step
from pumasi.coin.settlement.paper import files_of
from pumasi.coin.tests.world import MORNING, World, a_key, acts, books
from pumasi.ledger.reads import accounts_of, without_leaf
from pumasi.seal.models import Block, Entry

# Monday 26 October 2026, 10:00 in Seoul: the 25th has passed, receipts of the 5th are old enough.
SETTLING = datetime(2026, 10, 26, 1, 0, tzinfo=UTC)


@dataclass
class Street(World):
    """The district with two members of the treasury, and both shops ready to be paid."""

    maker: UUID = field(init=False)
    checker: UUID = field(init=False)
    baker: UUID = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.maker, self.checker = self.joins("회계 담당 가"), self.joins("회계 담당 나")
        self.baker = self.joins("빵집 주인 역할")
        self.grants(self.baker, RoleName.SHOP_KEEPER, self.bakery)
        for person in (self.maker, self.checker):
            self.grants(person, RoleName.TREASURY)
        self.has_account(self.keeper, self.laundry, "110-123-456789")
        self.has_account(self.baker, self.bakery, "333 01 9876543")

    def has_account(self, keeper: UUID, place: UUID, number: str, at: datetime = MORNING) -> UUID:
        account = operations.enter_account(
            acts(keeper, at), place_id=place, bank="표본은행", number=number, holder="표본 예금주"
        )
        operations.confirm_account(acts(self.checker, at), account_id=account, document="SAMPLE-BANKBOOK-1")
        return account

    def drafts(self, at: datetime = SETTLING, maker: UUID | None = None, key: UUID | None = None) -> Batch:
        made = operations.draft_batch(acts(maker or self.maker, at), key=key or a_key())
        return Batch.objects.get(id=made)

    def checks(self, batch: Batch, at: datetime = SETTLING, checker: UUID | None = None) -> None:
        operations.check_batch(
            acts(checker or self.checker, at), batch_id=batch.id, sheet_hash=files_of(batch).sheet_hash
        )

    def exports(self, batch: Batch, at: datetime = SETTLING) -> None:
        operations.export_batch(acts(self.maker, at), batch_id=batch.id)
        operations.enter_numbers(
            acts(self.maker, at), batch_id=batch.id, document="결재-1", payment_number=f"지급-{batch.number}"
        )

    def settles(self, at: datetime = SETTLING) -> Batch:
        """From draft to paid, every shop."""
        batch = self.drafts(at)
        self.checks(batch, at)
        self.exports(batch, at)
        operations.pay_open_lines(acts(self.checker, at), batch_id=batch.id)
        return Batch.objects.get(id=batch.id)

    def refunds(self, payment: UUID, coins: int | None = None, at: datetime = SETTLING, by: UUID | None = None) -> None:
        coin.refund(acts(by or self.keeper, at), payment_id=payment, coins=coins, key=a_key())


def publish() -> None:
    """Let the record show every transfer there is, without sealing it for real."""
    waiting = [each.transfer for each in without_leaf(100_000)]
    known = set(Entry.objects.values_list("transfer", flat=True))
    new = [each for each in waiting if each not in known]
    if not new:
        return
    newest = Block.objects.order_by("-number").first()
    first = newest.size if newest else 0
    size = first + len(new)
    block = Block.objects.create(
        number=newest.number + 1 if newest else 0,
        first=first,
        size=size,
        root=sha256(b"%d" % size).digest(),
        sealed_at=MORNING,
        published_at=MORNING + timedelta(seconds=1),
        note="note",
    )
    Entry.objects.bulk_create(
        Entry(index=first + n, transfer=transfer, block=block, leaf=b"leaf") for n, transfer in enumerate(new)
    )


def lines_of(batch: Batch) -> list[tuple[str, int, int, str]]:
    """(shop, won, set off, state) by name of the shop."""
    rows = Line.objects.filter(batch=batch).order_by("shop")
    return [(row.shop, row.won, row.set_off, row.state) for row in rows]


def standing(code: str) -> int:
    """What lies in all accounts of a code."""
    return sum(balance for *_, balance in accounts_of(code))


def everything() -> dict[str, object]:
    """The books and the rows of settlement: what a refusal leaves as it was."""
    rows = {
        "batches": sorted(Batch.objects.values_list("number", "state", "document", "sheet")),
        "lines": sorted(Line.objects.values_list("id", "state", "reason")),
        "receipts": sorted(LineReceipt.objects.values_list("id", "live")),
        "steps": Step.objects.count(),
        "payments": Payment.objects.count(),
    }
    return {**books(), **rows}
