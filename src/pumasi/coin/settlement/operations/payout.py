"""Around a batch: bank accounts, holds on a shop's payouts, and the override of the sealing rule by two officers."""

import re
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.people.models import RoleName
from pumasi.coin.parties import check_role, check_staff, venue
from pumasi.coin.settlement.bank import BankAccount, sealed
from pumasi.coin.settlement.candidates import candidates
from pumasi.coin.settlement.desk import (
    NUMBER_LIMIT,
    TEXT_LIMIT,
    at_the_desk,
    check_not_beneficiary,
    check_treasury,
    reason_text,
)
from pumasi.coin.settlement.errors import (
    AccountNeedsAnother,
    BankAccountUnreadable,
    NoSuchRow,
    OverrideNeedsAnother,
    TooEarlyToOverride,
)
from pumasi.coin.settlement.models import (
    AccountSeen,
    Hold,
    HoldEnd,
    PayoutAccount,
    Reason,
    SealOverride,
    SealOverrideVote,
)
from pumasi.coin.settlement.rules import rule
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.text import clean_text

_DIGITS = re.compile(r"[0-9]{8,20}", re.ASCII)
OFFICERS = (RoleName.TREASURY, RoleName.BUDGET_OFFICER, RoleName.ISSUER)


def enter_account(acting: Acting, *, place_id: UUID, bank: str, number: str, holder: str) -> UUID:
    """The shop's keeper (of an outsourced facility: its cashier) says where its money goes.

    Nothing is paid there before the treasury has confirmed it.

    Raises PlaceUnknown, NobodyActing, NotAllowed and BankAccountUnreadable. Returns the new row's id.
    """
    place = venue(place_id)
    actor = check_staff(acting, place)
    plain = "".join(number.replace("-", " ").split())
    bank, holder = (clean_text(" ".join(text.split()), 30) for text in (bank, holder))
    if not place.is_paid_in_won or not _DIGITS.fullmatch(plain) or not bank or not holder:
        raise BankAccountUnreadable()
    account_id = new_id(acting.at)
    number_sealed, holder_sealed = sealed(account_id, BankAccount(bank, plain, holder))
    with transaction.atomic():
        PayoutAccount.objects.create(
            id=account_id,
            place_id=place_id,
            bank=bank,
            number_sealed=number_sealed,
            holder_sealed=holder_sealed,
            tail=plain[-4:],
            entered_by_id=actor,
            at=acting.at,
        )
        record(acting, "settlement.enter_account", place_id)
    return account_id


def confirm_account(acting: Acting, *, account_id: UUID, document: str) -> None:
    """The treasury has compared the account with the copy of the bank book; `document` says where that copy lies.

    Raises NotAllowed, IssuerCannotSettle, ReasonMissing, NoSuchRow, AccountNeedsAnother, BeneficiaryCannotSettle.
    """
    actor, said = check_treasury(acting), reason_text(document, NUMBER_LIMIT)
    with transaction.atomic():
        at_the_desk()
        row = PayoutAccount.objects.filter(id=account_id).first()
        if row is None or AccountSeen.objects.filter(account=row).exists():
            raise NoSuchRow()
        if row.entered_by_id == actor:
            raise AccountNeedsAnother()
        check_not_beneficiary(actor, [row.place_id], acting.at)
        AccountSeen.objects.create(account=row, document=said, seen_by_id=actor, at=acting.at)
        record(acting, "settlement.confirm_account", row.place_id)


def place_hold(acting: Acting, *, place_id: UUID, reason: str) -> UUID:
    """Payouts to a shop stand still until the hold is ended; returns its id.

    Raises NotAllowed (treasury or issuer), ReasonMissing, PlaceUnknown and, when one stands already, NoSuchRow.
    """
    actor, said = check_role(acting, RoleName.TREASURY, RoleName.ISSUER), reason_text(reason)
    venue(place_id)
    with transaction.atomic():
        at_the_desk()
        if _holds_on(place_id):
            raise NoSuchRow()
        row = Hold.objects.create(
            id=new_id(acting.at), place_id=place_id, reason=said, placed_by_id=actor, at=acting.at
        )
        record(acting, "settlement.place_hold", place_id)
    return row.id


def hold_while_heard(acting: Acting, *, place_id: UUID, reason: str, hold_id: UUID) -> None:
    """A suspension for signs of fraud is proposed: payouts wait from now on, unless they already do.

    Call it in the transaction of the proposal. Raises NotAllowed (dong official or issuer) and ReasonMissing.
    """
    actor = check_role(acting, RoleName.DONG_OFFICIAL, RoleName.ISSUER)
    at_the_desk()
    if not _holds_on(place_id):
        said = reason_text(reason[:TEXT_LIMIT])
        Hold.objects.create(id=hold_id, place_id=place_id, reason=said, placed_by_id=actor, at=acting.at)
        record(acting, "settlement.place_hold", place_id)


def end_hold_of_hearing(acting: Acting, *, hold_id: UUID, reason: str) -> None:
    """The suspicion is dropped: the hold that `hold_while_heard` placed is over; one of the treasury's own stays."""
    actor = check_role(acting, RoleName.DONG_OFFICIAL, RoleName.ISSUER)
    at_the_desk()
    found = Hold.objects.filter(id=hold_id).exclude(id__in=HoldEnd.objects.values("hold_id")).first()
    if found is not None:
        said = reason_text(reason[:TEXT_LIMIT])
        HoldEnd.objects.create(hold=found, reason=said, ended_by_id=actor, at=acting.at)
        record(acting, "settlement.end_hold", found.place_id)


def end_hold(acting: Acting, *, place_id: UUID, reason: str) -> None:
    """The hold on a shop's payouts is over; raises NotAllowed, ReasonMissing and NoSuchRow."""
    actor, said = check_role(acting, RoleName.TREASURY, RoleName.ISSUER), reason_text(reason)
    with transaction.atomic():
        at_the_desk()
        found = _holds_on(place_id)
        if not found:
            raise NoSuchRow()
        HoldEnd.objects.create(hold=found[0], reason=said, ended_by_id=actor, at=acting.at)
        record(acting, "settlement.end_hold", place_id)


def ask_to_override(acting: Acting, *, reason: str) -> UUID:
    """An officer asks to pay out what has waited for the public record for 48 hours or more; returns the row's id.

    Raises NotAllowed, ReasonMissing and TooEarlyToOverride when nothing has waited so long.
    """
    actor, said = check_role(acting, *OFFICERS), reason_text(reason)
    hours = rule(seoul_date(acting.at)).override_hours
    covers_until = acting.at - timedelta(hours=hours)
    with transaction.atomic():
        at_the_desk()
        if not any(each.reason is Reason.NOT_SEALED for each in candidates(acting.at).left_out):
            raise TooEarlyToOverride(hours=hours)
        row = SealOverride.objects.create(
            id=new_id(acting.at), reason=said, covers_until=covers_until, asked_by_id=actor, at=acting.at
        )
        record(acting, "settlement.ask_to_override", None)
    return row.id


def agree_to_override(acting: Acting, *, override_id: UUID) -> None:
    """A second officer agrees; raises NotAllowed, NoSuchRow and OverrideNeedsAnother."""
    actor = check_role(acting, *OFFICERS)
    with transaction.atomic():
        at_the_desk()
        row = SealOverride.objects.filter(id=override_id).first()
        if row is None or SealOverrideVote.objects.filter(override=row).exists():
            raise NoSuchRow()
        if row.asked_by_id == actor:
            raise OverrideNeedsAnother()
        SealOverrideVote.objects.create(override=row, agreed_by_id=actor, at=acting.at)
        record(acting, "settlement.agree_to_override", None)


def _holds_on(place_id: UUID) -> list[Hold]:
    return list(Hold.objects.filter(place_id=place_id).exclude(id__in=HoldEnd.objects.values("hold_id")))
