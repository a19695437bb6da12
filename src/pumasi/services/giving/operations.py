"""A campaign from proposal to evidence, and the coins that go in. The campaign's row is locked while its coins move."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.codes.errors import CodeUnknown
from pumasi.civic.codes.grammar import Kind
from pumasi.civic.codes.operations import spend_scan
from pumasi.civic.codes.queries import clock_text
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.queries import has_role
from pumasi.coin.answers import Given
from pumasi.coin.district import district_tariff
from pumasi.coin.giving import operations as coin
from pumasi.coin.giving.models import DonationBack
from pumasi.coin.giving.operations import Donated
from pumasi.coin.giving.queries import collected, is_known, last_given
from pumasi.coin.giving.rules import giving_rules
from pumasi.coin.operations import give as give_coins
from pumasi.coin.operations import give_estate as give_coins_of_estate
from pumasi.kernel.acting import Acting
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.text import clean_text
from pumasi.services.giving.errors import (
    BadDeadline,
    BadTarget,
    CampaignClosed,
    CampaignNotInState,
    CharityNotVerified,
    CharityNumberTaken,
    DeadlinePassed,
    DonorsMayStillChange,
    NeedsAnotherOfficer,
    NeedsClause,
    NoSuchCampaign,
    NotAnOfficer,
    NotTheManager,
    OwnCampaign,
    TargetNotReached,
    TargetReached,
    TextMissing,
    UsedTooMuch,
)
from pumasi.services.giving.models import Campaign, CampaignState, CampaignStep, Charity, CharityState

MOST_COINS = 1_000_000
OFFICERS = (RoleName.ISSUER, RoleName.BUDGET_OFFICER)
State = CampaignState


# ---- from person to person


def give_to_person(acting: Acting, *, giver_id: UUID, scan_id: UUID, coins: int, key: UUID) -> Given:
    """Coins of the giver go to whoever showed the scanned code, once per `key`.

    Raises CodeUnknown for the code of a place, and what `spend_scan` and `coin.operations.give` raise; then nothing has
    changed.
    """
    with transaction.atomic():
        scan = spend_scan(scan_id, giver_id, key, acting.at)
        if scan.kind not in (Kind.PERSON, Kind.CARD):
            raise CodeUnknown()
        return give_coins(acting, to_id=scan.subject, coins=coins, key=key)


# ---- the charity


def register_charity(acting: Acting, *, name_ko: str, name_en: str, number: str) -> UUID:
    """A manager enters their charity; raises NotTheManager without the role, TextMissing, CharityNumberTaken."""
    manager = _with_role(acting, NotTheManager, RoleName.CHARITY_MANAGER)
    names = [_text(text, 60) for text in (name_ko, name_en)]
    plain = _text(number, 30)
    charity_id = new_id(acting.at)
    try:
        with transaction.atomic():
            Charity.objects.create(
                id=charity_id,
                name_ko=names[0],
                name_en=names[1],
                number=plain,
                manager_id=manager,
                registered_at=acting.at,
                state=CharityState.REGISTERED,
            )
            record(acting, "giving.register_charity", charity_id)
    except IntegrityError:
        raise CharityNumberTaken(number=plain) from None
    return charity_id


def verify_charity(acting: Acting, *, charity_id: UUID, document: str) -> None:
    """An officer has seen the charity's papers; raises NotAnOfficer, TextMissing, NoSuchCampaign, OwnCampaign."""
    officer, said = _with_role(acting, NotAnOfficer, *OFFICERS), _text(document, 80)
    with transaction.atomic():
        charity = Charity.objects.select_for_update().filter(id=charity_id).first()
        if charity is None:
            raise NoSuchCampaign()
        if charity.manager_id == officer:
            raise OwnCampaign()
        if charity.state == CharityState.VERIFIED:
            return
        charity.state, charity.verified_by_id, charity.verified_at = CharityState.VERIFIED, officer, acting.at
        charity.document = said
        charity.save(update_fields=["state", "verified_by", "verified_at", "document"])
        record(acting, "giving.verify_charity", charity_id)


# ---- the campaign


def propose(
    acting: Acting,
    *,
    charity_id: UUID,
    title_ko: str,
    title_en: str,
    text_ko: str,
    text_en: str,
    target: int,
    deadline: date,
) -> UUID:
    """The manager of a verified charity proposes a campaign over `target` whole coins; returns its id.

    Raises NotTheManager, CharityNotVerified, TextMissing, BadTarget and BadDeadline.
    """
    manager = _with_role(acting, NotTheManager, RoleName.CHARITY_MANAGER)
    charity = Charity.objects.filter(id=charity_id, manager=manager).first()
    if charity is None:
        raise NotTheManager()
    if charity.state != CharityState.VERIFIED:
        raise CharityNotVerified()
    tariff, today, rules = district_tariff(), seoul_date(acting.at), giving_rules()
    step, latest = tariff.step(today), today + timedelta(days=rules.max_days)
    if type(target) is not int or not 0 < target <= MOST_COINS or target % step:
        raise BadTarget(step=step, most=f"{MOST_COINS:,}")
    if not today < deadline <= latest:
        raise BadDeadline(until=latest.isoformat())
    with transaction.atomic():
        campaign = Campaign.objects.create(
            id=new_id(acting.at),
            charity=charity,
            title_ko=_text(title_ko, 60),
            title_en=_text(title_en, 60),
            text_ko=_text(text_ko, 2000),
            text_en=_text(text_en, 2000),
            target=Amount.whole(target, tariff.unit).minor,
            deadline=deadline,
            state=State.DRAFT,
            drafted_at=acting.at,
        )
        _step(campaign, "PROPOSED", acting)
    return campaign.id


def approve(acting: Acting, *, campaign_id: UUID, clause: str = "", document: str = "") -> bool:
    """An officer agrees; the first one enters clause and 결재문서번호, the second one opens it. True once it is open.

    Raises NotAnOfficer, NoSuchCampaign, CampaignNotInState, OwnCampaign, NeedsClause and NeedsAnotherOfficer.
    """
    officer = _with_role(acting, NotAnOfficer, *OFFICERS)
    with transaction.atomic():
        campaign = _locked(campaign_id, State.DRAFT)
        _not_own(campaign, officer)
        before = list(CampaignStep.objects.filter(campaign=campaign, what="APPROVED").values_list("actor", flat=True))
        if officer in before:
            raise NeedsAnotherOfficer()
        if not before:
            if not clause.strip() or not document.strip():
                raise NeedsClause()
            campaign.clause, campaign.document = _text(clause, 200), _text(document, 80)
        _step(campaign, "APPROVED", acting)
        if before:
            coin.open_escrow(campaign.id, acting.at)
            campaign.state = State.OPEN
            _step(campaign, "OPEN", acting)
        campaign.save(update_fields=["clause", "document", "state"])
        return bool(before)


def give(acting: Acting, *, campaign_id: UUID, coins: int, key: UUID) -> Donated:
    """Coins of the subject go into the campaign, once per `key`; a repeated key is answered whatever has changed since.

    Raises NoSuchCampaign, CampaignClosed, DeadlinePassed, TargetReached and what `coin.giving.donate` raises.
    """
    with transaction.atomic():
        campaign = _locked(campaign_id)
        if not is_known(key):
            _must_take(campaign, seoul_date(acting.at))
        given = coin.donate(
            acting,
            campaign_id=campaign.id,
            coins=coins,
            name_ko=campaign.title_ko,
            name_en=campaign.title_en,
            key=key,
        )
        _close_if_full(campaign, acting)
        return given


def give_estate(acting: Acting, *, campaign_id: UUID, number: int, key: UUID) -> Amount:
    """The family gives the coins of a deceased (by the number of the report) to a campaign; once per `key`.

    Raises NoSuchCampaign, CampaignClosed, DeadlinePassed, TargetReached and what `coin.operations.give_estate` raises.
    """
    with transaction.atomic():
        campaign = _locked(campaign_id)
        if not is_known(key):
            _must_take(campaign, seoul_date(acting.at))
        given = give_coins_of_estate(
            acting,
            number=number,
            campaign_id=campaign.id,
            name_ko=campaign.title_ko,
            name_en=campaign.title_en,
            key=key,
        )
        _close_if_full(campaign, acting)
        return given


def _close_if_full(campaign: Campaign, acting: Acting) -> None:
    if campaign.state == State.OPEN and giving_rules().stops_at_target and _missing(campaign) <= 0:
        campaign.state = State.REACHED
        campaign.save(update_fields=["state"])
        _step(campaign, "REACHED", acting, by_node=True)


def take_back(acting: Acting, *, campaign_id: UUID, donation_id: UUID) -> DonationBack:
    """The giver takes a donation back within the undo minutes; a campaign that is no longer full opens again.

    Raises NoSuchCampaign, CampaignNotInState (it was released) and what `coin.giving.take_back` raises.
    """
    with transaction.atomic():
        campaign = _locked(campaign_id)
        back = coin.take_back(acting, donation_id=donation_id)
        if campaign.state == State.REACHED and _missing(campaign) > 0:
            campaign.state = State.OPEN
            campaign.save(update_fields=["state"])
            _step(campaign, "OPEN", acting, by_node=True)
        return back


def agree_to_release(acting: Acting, *, campaign_id: UUID, document: str = "") -> bool:
    """An officer agrees that a full campaign goes to its charity; with the second one it does. True once released.

    Raises NotAnOfficer, NoSuchCampaign, CampaignNotInState, OwnCampaign, NeedsClause (no document number from the
    first), TargetNotReached, DonorsMayStillChange and NeedsAnotherOfficer.
    """
    officer = _with_role(acting, NotAnOfficer, *OFFICERS)
    with transaction.atomic():
        campaign = _locked(campaign_id, State.REACHED, State.CLOSED)
        _not_own(campaign, officer)
        missing = _missing(campaign)
        if missing > 0:
            raise TargetNotReached(missing=Amount(district_tariff().unit, missing).text())
        _must_be_settled(campaign, acting)
        before = list(CampaignStep.objects.filter(campaign=campaign, what="RELEASE").order_by("id"))
        if any(row.actor == officer for row in before):
            raise NeedsAnotherOfficer()
        if not before and not document.strip():
            raise NeedsClause()
        _step(campaign, "RELEASE", acting, note=before[0].note if before else _text(document, 80))
        if before:
            _release(campaign, before[0].note, acting)
        return bool(before)


def enter_payment(acting: Acting, *, campaign_id: UUID, payment_number: str) -> None:
    """The charity has been paid: the treasury's payment number is entered. The same again is no harm.

    Raises NotAnOfficer (the treasury enters it), TextMissing, NoSuchCampaign, CampaignNotInState.
    """
    officer, number = _with_role(acting, NotAnOfficer, RoleName.TREASURY), _text(payment_number, 80)
    with transaction.atomic():
        campaign = _locked(campaign_id, State.RELEASED)
        if campaign.payment_number == number:
            return
        if campaign.payment_number:
            raise CampaignNotInState()
        _not_own(campaign, officer)
        coin.pay_out(acting, campaign_id=campaign.id, payment_number=number)
        campaign.payment_number = number
        campaign.save(update_fields=["payment_number"])
        _step(campaign, "PAID", acting, note=number)


def give_evidence(acting: Acting, *, campaign_id: UUID, used_won: int, used_for: str, document: str) -> None:
    """The charity says what the money was used for; everybody can read it.

    Raises NotTheManager, NoSuchCampaign, CampaignNotInState (not paid yet), TextMissing and UsedTooMuch.
    """
    manager = _with_role(acting, NotTheManager, RoleName.CHARITY_MANAGER)
    with transaction.atomic():
        campaign = _locked(campaign_id, State.RELEASED)
        if campaign.charity.manager_id != manager:
            raise NotTheManager()
        if not campaign.payment_number:
            raise CampaignNotInState()
        if type(used_won) is not int or not 0 < used_won <= campaign.released_won:
            raise UsedTooMuch(won=f"{campaign.released_won:,}")
        campaign.used_won, campaign.used_for = used_won, _text(used_for, 2000)
        campaign.used_document, campaign.state = _text(document, 80), State.EVIDENCED
        campaign.save(update_fields=["used_won", "used_for", "used_document", "state"])
        _step(campaign, "EVIDENCED", acting, note=campaign.used_document)


def cancel(acting: Acting, *, campaign_id: UUID, reason: str) -> int:
    """An officer cancels a campaign before it is released, and every coin goes back; returns how many donations.

    Raises NotAnOfficer, TextMissing, NoSuchCampaign and CampaignNotInState.
    """
    _with_role(acting, NotAnOfficer, *OFFICERS)
    said = _text(reason, 200)
    with transaction.atomic():
        campaign = _locked(campaign_id, State.DRAFT, State.OPEN, State.REACHED, State.CLOSED)
        campaign.state = State.CANCELLED
        campaign.save(update_fields=["state"])
        _step(campaign, "CANCELLED", acting, note=said)
    return _return(campaign_id, acting)


def close_due_campaigns(acting: Acting) -> int:
    """The job of every night: campaigns whose last day is over close or fail, and failed ones give everything back.

    Returns how many campaigns changed. Safe to run again, to kill at any point, and at once by several workers.
    """
    today = seoul_date(acting.at)
    changed = 0
    due = Campaign.objects.filter(state__in=[State.OPEN, State.REACHED], deadline__lt=today)
    for campaign_id in list(due.order_by("deadline", "id").values_list("id", flat=True)):
        changed += _close(campaign_id, acting)
    unfinished = Campaign.objects.filter(state__in=[State.FAILED, State.CANCELLED])
    for campaign_id in list(unfinished.order_by("id").values_list("id", flat=True)):
        _return(campaign_id, acting)
    return changed


def _close(campaign_id: UUID, acting: Acting) -> int:
    with transaction.atomic():
        campaign = _locked(campaign_id)
        over = campaign.deadline < seoul_date(acting.at) and campaign.state in (State.OPEN, State.REACHED)
        if not over or _undo_until(campaign) >= acting.at:
            return 0
        campaign.state = State.CLOSED if _missing(campaign) <= 0 else State.FAILED
        campaign.save(update_fields=["state"])
        _step(campaign, campaign.state, acting, by_node=True)
        return 1


def _return(campaign_id: UUID, acting: Acting) -> int:
    """Give everything back, then say that it is done."""
    returned = coin.return_all(acting, campaign_id=campaign_id)
    with transaction.atomic():
        campaign = _locked(campaign_id)
        if campaign.state in (State.FAILED, State.CANCELLED):
            campaign.state = State.RETURNED
            campaign.save(update_fields=["state"])
            _step(campaign, "RETURNED", acting, by_node=True)
    return returned


def _release(campaign: Campaign, document: str, acting: Acting) -> None:
    unit = district_tariff().unit
    won_before = coin.owed_to(campaign.id)
    campaign.released = coin.release(acting, campaign_id=campaign.id, document=document).minor
    campaign.released_won = coin.owed_to(campaign.id) - won_before
    campaign.state = State.RELEASED
    campaign.save(update_fields=["released", "released_won", "state"])
    _step(campaign, "RELEASED", acting, note=Amount(unit, campaign.released).text())


def _must_take(campaign: Campaign, today: date) -> None:
    if today > campaign.deadline:
        raise DeadlinePassed(deadline=campaign.deadline.isoformat())
    if campaign.state == State.REACHED:
        raise TargetReached()
    if campaign.state != State.OPEN:
        raise CampaignClosed()


def _must_be_settled(campaign: Campaign, acting: Acting) -> None:
    until = _undo_until(campaign)
    if until >= acting.at:
        raise DonorsMayStillChange(until=clock_text(until, acting.at))


def _undo_until(campaign: Campaign) -> datetime:
    newest = last_given(campaign.id) or campaign.drafted_at
    return newest + timedelta(minutes=district_tariff().undo_minutes)


def _missing(campaign: Campaign) -> int:
    """Minor units to the target; zero or less when it is full."""
    return campaign.target - collected([campaign.id])[campaign.id].minor


def _locked(campaign_id: UUID, *states: State) -> Campaign:
    campaign = Campaign.objects.select_for_update().filter(id=campaign_id).first()
    if campaign is None:
        raise NoSuchCampaign()
    if states and campaign.state not in states:
        raise CampaignNotInState()
    return campaign


def _not_own(campaign: Campaign, officer: UUID) -> None:
    if campaign.charity.manager_id == officer:
        raise OwnCampaign()


def _with_role(acting: Acting, refusal: Callable[[], NotTheManager | NotAnOfficer], *roles: RoleName) -> UUID:
    if acting.actor is None or not any(has_role(acting.actor, role, seoul_date(acting.at)) for role in roles):
        raise refusal()
    return acting.actor


def _text(text: str, limit: int) -> str:
    cleaned = clean_text("\n".join(" ".join(line.split()) for line in text.strip().splitlines()), limit)
    if not cleaned:
        raise TextMissing()
    return cleaned


def _step(campaign: Campaign, what: str, acting: Acting, *, note: str = "", by_node: bool = False) -> None:
    CampaignStep.objects.create(
        campaign=campaign, what=what, actor=None if by_node else acting.actor, at=acting.at, note=note[:200]
    )
