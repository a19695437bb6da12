"""Plain words for a line of a wallet's statement, in Korean and English.

A discreet deed shows its group only, a gift shows no name, and nothing here knows who somebody is (decision 38).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from pumasi.coin.district import district_tariff
from pumasi.coin.giving.models import Donation, DonationBack
from pumasi.coin.models import Award, Gift, Payment, Refund
from pumasi.coin.parties import venue
from pumasi.coin.tariff import Part
from pumasi.kernel.amount import Amount
from pumasi.ledger.journals import JOURNALS
from pumasi.ledger.reads import StatementLine

_WAYS_BACK = {"UNDO": ("되돌림", "Undone"), "DISPUTE": ("금액 확인 후 돌려받음", "Returned after a dispute")}


@dataclass(frozen=True)
class Words:
    """What happened, and the key of the row behind it."""

    ko: str
    en: str
    receipt: UUID | None


def worded(lines: Sequence[StatementLine]) -> Mapping[int, Words]:
    """Words for each line, by transfer; six look-ups for a whole page."""
    known = {**_awards(lines), **_payments(lines), **_refunds(lines), **_gifts(lines), **_donations(lines)}
    return {line.transfer: known.get(line.transfer) or _other(line) for line in lines}


def _awards(lines: Sequence[StatementLine]) -> dict[int, Words]:
    tariff = district_tariff()
    found = {}
    rows = Award.objects.filter(transfer__in=_of(lines, "EARN")).select_related("share__claim")
    for row in rows:
        kind = tariff.kind(row.share.claim.kind)
        ko, en = kind.printed_name("ko"), kind.printed_name("en")
        if row.share.part == Part.SHOP:
            ko, en = f"가게 몫 · {ko}", f"The shop's share · {en}"
        found[row.transfer] = Words(f"{ko} 적립", f"Earned: {en}", row.share.claim_id)
    return found


def _payments(lines: Sequence[StatementLine]) -> dict[int, Words]:
    found = {}
    for row in Payment.objects.filter(transfer__in=_of(lines, "PAY")):
        place = venue(row.place_id)
        ko, en = f"{place.name_ko}에서 사용", f"Paid at {place.name_en}"
        if row.won:
            ko, en = f"{ko} (원화 {row.won:,}원과 함께)", f"{en} (with {row.won:,} won)"
        found[row.transfer] = Words(ko, en, row.key)
    return found


def _refunds(lines: Sequence[StatementLine]) -> dict[int, Words]:
    unit = district_tariff().unit
    found = {}
    back = _of(lines, "REFUND", "REFUND_LATE", "DISPUTE_RETURNED")
    for row in Refund.objects.filter(transfer__in=back).select_related("payment"):
        place = venue(row.payment.place_id)
        what = _WAYS_BACK.get(row.kind, ("환불", "Refunded"))
        ko, en = f"{place.name_ko} 결제 {what[0]}", f"{what[1]}: payment at {place.name_en}"
        if row.lapsed:
            lapsed = Amount(unit, row.lapsed).text()
            ko, en = f"{ko} (기한이 지난 {lapsed}코인은 소멸)", f"{en} ({lapsed} coins had lapsed)"
        found[row.transfer] = Words(ko, en, row.payment_id)
    return found


def _gifts(lines: Sequence[StatementLine]) -> dict[int, Words]:
    gone = {line.transfer: line.amount < 0 for line in lines if line.kind == "GIFT"}
    return {
        row.transfer: Words(
            "선물함" if gone[row.transfer] else "선물 받음",
            "Given as a gift" if gone[row.transfer] else "Received as a gift",
            row.key,
        )
        for row in Gift.objects.filter(transfer__in=list(gone))
    }


def _donations(lines: Sequence[StatementLine]) -> dict[int, Words]:
    unit = district_tariff().unit
    found = {}
    for gift in Donation.objects.filter(transfer__in=_of(lines, "DONATE")):
        found[gift.transfer] = Words(f"‘{gift.name_ko}’에 기부", f"Given to “{gift.name_en}”", gift.key)
    backs = DonationBack.objects.filter(transfer__in=_of(lines, "DONATION_RETURN")).select_related("donation")
    for back in backs:
        ko, en = f"‘{back.donation.name_ko}’ 기부 돌아옴", f"Back from “{back.donation.name_en}”"
        if back.lapsed:
            lapsed = Amount(unit, back.lapsed).text()
            ko, en = f"{ko} (기한이 지난 {lapsed}코인은 소멸)", f"{en} ({lapsed} coins had lapsed)"
        found[back.transfer] = Words(ko, en, back.donation_id)
    return found


def _other(line: StatementLine) -> Words:
    """Movements without a row of this room: vesting, expiry, conversion, life events."""
    journal = JOURNALS[line.kind]
    return Words(journal.ko, journal.en, None)


def _of(lines: Sequence[StatementLine], *kinds: str) -> list[int]:
    return [line.transfer for line in lines if line.kind in kinds]
