"""Takings that nobody can be paid for: letters, then custody, then found again or written off by two officers.

Not here: the list of them (`unreachable`), and shops with a bank account, which are settled as usual.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.notices.models import Notice
from pumasi.civic.notices.operations import Words, write_notice
from pumasi.civic.people.models import RoleName
from pumasi.civic.places.queries import place
from pumasi.coin.accounts import balance_or_zero
from pumasi.coin.district import district_tariff
from pumasi.coin.life_errors import (
    CustodyNeedsLetters,
    CustodyTooEarly,
    CustodyUnknown,
    NothingToKeep,
    ShopNotClosed,
    WriteOffTooEarly,
)
from pumasi.coin.life_rules import life_rule
from pumasi.coin.models import Custody, CustodyEnd, Proposal, ProposalKind
from pumasi.coin.operations.proposals import Way, Wish, ask, begin_decision
from pumasi.coin.requests import is_first
from pumasi.coin.settlement.desk import NUMBER_LIMIT, at_the_desk, check_not_beneficiary, check_treasury, reason_text
from pumasi.coin.settlement.unreachable import LETTERS, Unreachable, letter_key, unreachable, years_later
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds
from pumasi.ledger.chart import address
from pumasi.ledger.posting import post_one


def write_to_unreachable(acting: Acting) -> int:
    """The night's letters to owners of closed shops with takings and no bank account; returns how many are new.

    The first one once the days of refunds are over, the second one `letter_days` later.
    """
    today, done = seoul_date(acting.at), 0
    days = life_rule(today).letter_days
    for each in unreachable(acting.at):
        assert each.place.closed_on is not None
        due = each.place.closed_on + timedelta(days=district_tariff().refund_days)
        if each.owner is None or each.letters >= LETTERS or today < due:
            continue
        first = Notice.objects.filter(key=letter_key(each.place.id, 1)).first()
        if first is None or seoul_date(first.made_at) + timedelta(days=days) <= today:
            key = letter_key(each.place.id, each.letters + 1)
            done += int(write_notice(acting, person_id=each.owner, kind="UNREACHABLE", words=_words(each), key=key))
    return done


def take_into_custody(acting: Acting, *, place_id: UUID, reason: str, document: str, key: UUID) -> UUID:
    """The treasury sets the takings of a closed shop aside, once per `key`, which becomes the custody's id.

    Raises NotAllowed, IssuerCannotSettle, BeneficiaryCannotSettle, ReasonMissing, ShopNotClosed, NothingToKeep,
    CustodyTooEarly, CustodyNeedsLetters and KeyReused.
    """
    actor = check_treasury(acting)
    why, paper = reason_text(reason), reason_text(document, NUMBER_LIMIT)
    check_not_beneficiary(actor, [place_id], acting.at)
    with transaction.atomic():
        at_the_desk()
        if is_first(key, "CUSTODY", {"place": str(place_id)}, acting.at):
            found = _ready(acting, place_id)
            till = address("2200", district_tariff().unit.code, found.place.till.hex)
            post_one(kinds.custody(key=key, at=acting.at, till=till, memo=paper))
            Custody.objects.create(
                id=key,
                place_id=place_id,
                coins=found.coins.minor,
                reason=why,
                document=paper,
                by=actor,
                at=acting.at,
            )
            record(acting, "settlement.custody", place_id)
    return key


def end_custody(acting: Acting, *, custody_id: UUID, reason: str) -> None:
    """The owner was found: the takings are in the till again and are settled as usual. Twice is once.

    Raises NotAllowed, IssuerCannotSettle, BeneficiaryCannotSettle, ReasonMissing and CustodyUnknown.
    """
    actor = check_treasury(acting)
    why = reason_text(reason)
    with transaction.atomic():
        at_the_desk()
        found = _open(custody_id)
        check_not_beneficiary(actor, [found.place_id], acting.at)
        till = address("2200", district_tariff().unit.code, place(found.place_id).till.hex)
        post_one(kinds.custody_end(key=derived_id("settlement.custody_end", found.id.hex), at=acting.at, till=till))
        CustodyEnd.objects.create(custody=found, how="FOUND", reason=why, by=actor, at=acting.at)
        record(acting, "settlement.custody_end", found.place_id)


def ask_write_off(acting: Acting, *, place_id: UUID, reason: str, document: str, key: UUID) -> UUID:
    """The treasury asks that a shop's takings in custody are written off; once per `key`.

    Raises NotAllowed, ReasonMissing, CustodyUnknown, WriteOffTooEarly, BeneficiaryCannotSettle and ProposalOpen.
    """
    return ask(acting, WRITE_OFF, Wish(reason, document, place_id=place_id), key=key).id


def approve_write_off(acting: Acting, *, proposal_id: UUID) -> None:
    """A second officer approves: the coins go to 3500 and their won is free again. Twice is once."""
    with transaction.atomic():
        at_the_desk()
        made = begin_decision(acting, WRITE_OFF, proposal_id)
        if made is None:
            return
        assert made.place_id is not None
        assert acting.actor is not None
        found = _of(made.place_id)
        source = address("2220", district_tariff().unit.code, place(made.place_id).till.hex)
        key = derived_id("settlement.write_off", made.id.hex)
        post_one(kinds.write_off(key=key, at=acting.at, source=source, memo=made.document))
        CustodyEnd.objects.create(custody=found, how="WRITTEN_OFF", reason=made.reason, by=acting.actor, at=acting.at)


def _check_write_off(acting: Acting, made: Proposal) -> None:
    assert made.place_id is not None
    assert acting.actor is not None
    check_not_beneficiary(acting.actor, [made.place_id], acting.at)
    found = _of(made.place_id)
    day = years_later(seoul_date(found.at), life_rule(seoul_date(acting.at)).write_off_years)
    if seoul_date(acting.at) < day:
        raise WriteOffTooEarly(day=day.isoformat())


WRITE_OFF = Way(
    ProposalKind.WRITE_OFF, (RoleName.TREASURY,), (RoleName.TREASURY, RoleName.BUDGET_OFFICER), _check_write_off
)


def _ready(acting: Acting, place_id: UUID) -> Unreachable:
    today, shop = seoul_date(acting.at), place(place_id)
    if shop.closed_on is None or shop.closed_on > today:
        raise ShopNotClosed()
    found = next((each for each in unreachable(acting.at) if each.place.id == place_id), None)
    if found is None:
        raise NothingToKeep()
    if today < found.from_day:
        raise CustodyTooEarly(day=found.from_day.isoformat())
    if not found.may_be_kept:
        raise CustodyNeedsLetters(sent=found.letters)
    return found


def _of(place_id: UUID) -> Custody:
    ended = CustodyEnd.objects.values("custody_id")
    found = Custody.objects.filter(place=place_id).exclude(id__in=ended).first()
    if found is None or not balance_or_zero(address("2220", district_tariff().unit.code, place(place_id).till.hex)):
        raise CustodyUnknown()
    return found


def _open(custody_id: UUID) -> Custody:
    found = Custody.objects.filter(id=custody_id).first()
    if found is None or CustodyEnd.objects.filter(custody=found).exists():
        raise CustodyUnknown()
    return found


def _words(each: Unreachable) -> Words:
    coins, day = each.coins.text(), each.from_day.isoformat()
    return Words(
        f"{each.place.name_ko}의 받은 코인 {coins}개를 정산하지 못했어요"[:80],
        f"{coins} coins of {each.place.name_en} could not be paid out"[:80],
        f"문을 닫은 가게의 받은 코인 {coins}코인이 남아 있어요. 정산받을 계좌가 확인되지 않았어요."
        f" ‘정산’에서 계좌를 적어 주세요. {day}부터는 구가 따로 보관하고, 나중에 오셔도 돌려드려요.",
        f"{coins} coins that your closed shop has taken are still there, and no bank account is confirmed."
        f" Please enter one under “Payouts”. From {day} on the district keeps them apart, and still pays them to you"
        " when you come.",
    )
