"""What moving looks up: the district's facts, the room of the budget, members and shops that are known here."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings

from pumasi.civic.people.moving import cards_of, members_by_phone
from pumasi.civic.people.sealing import blind_index
from pumasi.coin.district import PROGRAMME, district_tariff
from pumasi.coin.items import items
from pumasi.coin.moving.book import Book
from pumasi.coin.moving.cells import District
from pumasi.coin.moving.enrolment import register
from pumasi.coin.moving.errors import ImportNotCovered
from pumasi.coin.moving.findings import Finding
from pumasi.coin.moving.models import MovedMember, Step, StepName
from pumasi.coin.moving.rows import Member, Shop
from pumasi.kernel.acting import Acting
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.ledger import reads
from pumasi.ledger.chart import KRW, address
from pumasi.ledger.errors import UnknownAccount


def district(at: datetime) -> District:
    """What reading a folder asks of this district."""
    return District(
        district_tariff().unit,
        PROGRAMME,
        frozenset(settings.DISTRICT_DONGS),
        frozenset(items().items),
        seoul_date(at),
    )


def member_index(old_id: str) -> bytes:
    """By which a member's old id is found again; it cannot be read back."""
    return blind_index("moving-member", old_id)


def shop_index(old_id: str) -> bytes:
    """By which a shop's old id is found again; it cannot be read back."""
    return blind_index("moving-shop", old_id)


def must_be_covered(needs: Mapping[str, tuple[int, int]], unit: str) -> None:
    """Budget orders cover these sums (fund -> minor units, won); raises ImportNotCovered with the gap."""
    limits = {owner: (floor or 0, balance) for _, at, owner, floor, balance in reads.accounts_of("1100") if at == unit}
    scale = district_tariff().unit
    for fund, (coins, won) in needs.items():
        floor, balance = limits.get(fund, (0, 0))
        gap, gap_won = max(0, coins - (balance - floor)), max(0, won - _free_won(fund))
        if gap or gap_won:
            raise ImportNotCovered(
                fund=fund,
                needed=Amount(scale, coins).text(),
                needed_won=won,
                gap=Amount(scale, gap).text(),
                gap_won=gap_won,
            )


def known_here(acting: Acting, members: Sequence[Member]) -> tuple[dict[str, UUID], list[Finding]]:
    """Old id -> the member here with that phone and name; a number that belongs to another name is a finding."""
    by_phone = members_by_phone(acting, [each.phone for each in members if each.phone is not None])
    cards = cards_of(acting, by_phone.values()) if by_phone else {}
    found: dict[str, UUID] = {}
    findings: list[Finding] = []
    for member in members:
        person = by_phone.get(member.phone or "")
        if person is None:
            continue
        if "".join(cards[person].name.split()) != "".join(member.name.split()):
            findings.append(Finding("members.csv", member.line, "phone", "phone_elsewhere"))
        elif cards[person].left_on is not None:
            findings.append(Finding("members.csv", member.line, "phone", "moved_away"))
        else:
            found[member.old_id] = person
    return found, findings


def taken_numbers(shops: Sequence[Shop]) -> list[Finding]:
    """Shops whose business number has a live shop here already."""
    taken = register().taken_numbers([shop.business_number for shop in shops]) if shops else set()
    return [
        Finding("shops.csv", shop.line, "business_number", "business_number_taken")
        for shop in shops
        if shop.business_number in taken
    ]


def elsewhere(acting: Acting, book: Book) -> tuple[dict[str, UUID], list[Finding]]:
    """`known_here`, with the findings of shops as well: the rules that ask this node."""
    known, findings = known_here(acting, book.members)
    return known, [*_moved_before(book.members), *findings, *taken_numbers(book.shops)]


def _moved_before(members: Sequence[Member]) -> list[Finding]:
    """Members whom an import brought that was not undone: nobody gets their coins twice."""
    undone = Step.objects.filter(step=StepName.UNDONE).values("proposal_id")
    rows = MovedMember.objects.exclude(proposal_id__in=undone).values_list("old_index", flat=True)
    there = {bytes(each) for each in rows}
    return [
        Finding("members.csv", member.line, "old_id", "moved_before")
        for member in members
        if there and member_index(member.old_id) in there
    ]


def _free_won(fund: str) -> int:
    try:
        return reads.balance(address("B100", KRW, fund))
    except UnknownAccount:
        return 0
