"""A death: a desk reports it, the membership ends the same day, the coins wait for the family, then go their last way.

The family names a member, or gives the coins to a campaign (`services.giving`); after the time of `life_rules` two
officers send what is left back to the programme. A wrong report is undone by two officers while the person stands at
the desk. Not here: cards and proxies (they hang on the membership).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from pumasi.civic.audit.operations import record
from pumasi.civic.people.membership import reopen_person
from pumasi.civic.people.models import Person, RoleName
from pumasi.civic.people.operations import close_person
from pumasi.civic.people.queries import one_self, person, selves, twin_index
from pumasi.coin.accounts import arrival, balance_or_zero, estate
from pumasi.coin.district import district_tariff
from pumasi.coin.errors import NotAllowed
from pumasi.coin.giving.models import Donation
from pumasi.coin.giving.operations import escrow
from pumasi.coin.life_errors import DeathNotYet, DeathUndone, DeathUnknown, EstateEmpty, EstateTimeRuns
from pumasi.coin.life_rules import life_rule
from pumasi.coin.models import Award, Death, DeathStep, LeavingEnd, Proposal, ProposalKind
from pumasi.coin.operations.followers import follow
from pumasi.coin.operations.leaving import open_leaving
from pumasi.coin.operations.proposals import DESK, Way, Wish, ask, begin_decision
from pumasi.coin.parties import check_role, holder
from pumasi.coin.requests import is_first
from pumasi.kernel.acting import Acting
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.kernel.text import clean_text
from pumasi.ledger import kinds
from pumasi.ledger.chart import address
from pumasi.ledger.posting import open_account, post_one
from pumasi.ledger.reads import postings_of, receipt, spendable, transfer_of

PASSED_ON, GIVEN, RETURNED, UNDONE = "PASSED_ON", "GIVEN", "RETURNED", "UNDONE"


def report_death(
    acting: Acting, *, person_id: UUID, key: UUID, died_on: date | None = None, document: str = ""
) -> Amount:
    """A desk report of a death: the membership ends at once and the coins wait for the family (2140), once per `key`.

    Coins that still waited to vest come along. Returns what waits for the family. Raises NotAllowed (the actor is no
    DONG_OFFICIAL, or is the person), DeathNotYet, PersonUnknown, PersonClosed and KeyReused.
    """
    officer = check_role(acting, RoleName.DONG_OFFICIAL)
    if officer == person_id:
        raise NotAllowed(role=RoleName.DONG_OFFICIAL.value)
    unit, today = district_tariff().unit, seoul_date(acting.at)
    if died_on is not None and died_on > today:
        raise DeathNotYet(day=died_on.isoformat())
    with transaction.atomic():
        if is_first(key, "DEATH", {"person": str(person_id)}, acting.at):
            owner = holder(person_id)
            open_account("2100", unit.code, owner.wallet, at=acting.at)
            target = open_account("2140", unit.code, owner.wallet, at=acting.at)
            _vest_all(owner.person_id, owner.wallet, acting)
            index = Person.objects.values_list("twin_index", flat=True).get(id=owner.person_id)
            Death.objects.create(
                id=key,
                person_id=owner.person_id,
                number=(Death.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
                twin_index=index,
                died_on=died_on or today,
                document=clean_text(document.strip(), 80),
                coins=0,
                reported_by=officer,
                at=acting.at,
            )
            leaving = open_leaving(owner.person_id)
            if leaving is not None:
                LeavingEnd.objects.create(leaving=leaving, how="DIED", by=officer, at=acting.at)
            close_person(acting, owner.person_id)
            follow(acting, person(owner.person_id))
            Death.objects.filter(id=key).update(coins=balance_or_zero(target))
        return Amount(unit, balance_or_zero(estate(person_id, unit.code)))


def pass_on_estate(acting: Acting, *, person_id: UUID, heir_id: UUID, key: UUID) -> Amount:
    """The family names a member who takes the coins of a deceased over; lots keep expiry and year. Once per `key`.

    Returns what was passed on. Raises NotAllowed (the actor is no DONG_OFFICIAL, or is the heir), PersonUnknown,
    PersonClosed (the heir), DeathUnknown, DeathUndone, EstateEmpty and KeyReused.
    """
    officer = check_role(acting, RoleName.DONG_OFFICIAL)
    if officer == heir_id:
        raise NotAllowed(role=RoleName.DONG_OFFICIAL.value)
    unit = district_tariff().unit
    with transaction.atomic():
        body = {"person": str(person_id), "heir": str(heir_id)}
        if is_first(key, "INHERIT", body, acting.at):
            death, source, coins = waiting_estate(person_id)
            heir = holder(heir_id)
            target = arrival(heir, unit.code, acting.at)
            post_one(kinds.inherit(key=key, at=acting.at, estate=source, wallet=target))
            follow(acting, person(heir.person_id))
            note_estate(acting, death, PASSED_ON, coins)
        source = estate(person_id, unit.code)
        transfer = transfer_of(key)
        assert transfer is not None
        return Amount(unit, next(-amount for at, amount, _ in postings_of(transfer) if at == source))


def give_estate(acting: Acting, *, number: int, campaign_id: UUID, name_ko: str, name_en: str, key: UUID) -> Amount:
    """The family gives what waits under this report's number to a campaign, once per `key`; returns the coins.

    Whether the campaign takes coins is decided by the service that owns it, before it calls this. Raises NotAllowed,
    DeathUnknown, DeathUndone, EstateEmpty, SpendingEnded and KeyReused.
    """
    check_role(acting, *DESK)
    tariff, day = district_tariff(), seoul_date(acting.at)
    tariff.check_spending(day)
    with transaction.atomic():
        if is_first(key, "ESTATE_GIFT", {"number": number, "campaign": str(campaign_id)}, acting.at):
            found = Death.objects.filter(number=number).first()
            if found is None:
                raise DeathUnknown()
            death, source, _ = waiting_estate(found.person_id)
            coins = spendable(source, day)
            if not coins:
                raise EstateEmpty()
            command = kinds.donate(key=key, at=acting.at, wallet=source, campaign=escrow(campaign_id), amount=coins)
            Donation.objects.create(
                key=key,
                campaign=campaign_id,
                transfer=post_one(command),
                person_id=death.person_id,
                wallet=source,
                coins=coins,
                name_ko=name_ko,
                name_en=name_en,
                at=acting.at,
            )
            note_estate(acting, death, GIVEN, coins)
        return Amount(tariff.unit, Donation.objects.get(key=key).coins)


def ask_estate_back(acting: Acting, *, person_id: UUID, reason: str, document: str, key: UUID) -> UUID:
    """After the family's time an officer asks that the coins go back to the programme; once per `key`.

    Raises NotAllowed, ReasonMissing, DeathUnknown, DeathUndone, EstateTimeRuns, EstateEmpty and ProposalOpen.
    """
    return ask(acting, ESTATE_BACK, Wish(reason, document, person_id=person_id), key=key).id


def approve_estate_back(acting: Acting, *, proposal_id: UUID) -> None:
    """A second officer approves: the coins are written off and their won is free again."""
    with transaction.atomic():
        found = begin_decision(acting, ESTATE_BACK, proposal_id)
        if found is not None:
            assert found.person_id is not None
            death, source, coins = waiting_estate(found.person_id)
            key = derived_id("coin.estate_back", found.id.hex)
            post_one(kinds.write_off(key=key, at=acting.at, source=source, memo=found.document))
            note_estate(acting, death, RETURNED, coins)


def ask_undo_death(acting: Acting, *, person_id: UUID, reason: str, key: UUID) -> UUID:
    """The person stands at the desk: an officer asks that the report is undone; once per `key`.

    Raises NotAllowed, ReasonMissing, DeathUnknown, DeathUndone and ProposalOpen.
    """
    return ask(acting, UNDO_DEATH, Wish(reason, person_id=person_id), key=key).id


@dataclass(frozen=True)
class Told:
    """What the person shows and tells at the desk; the node kept none of it after the report."""

    name: str
    phone: str | None
    birth_year: int


def approve_undo_death(acting: Acting, *, proposal_id: UUID, told: Told) -> Amount:
    """A second officer looks at the card too: the membership is open again, with the coins that still wait.

    What the family has taken meanwhile stays theirs: the record takes nothing back, they may give it. Returns what
    came back. Raises what `civic.people.membership.reopen_person` raises, and as `ask_undo_death`.
    """
    unit = district_tariff().unit
    with transaction.atomic():
        found = begin_decision(acting, UNDO_DEATH, proposal_id)
        if found is None:
            return Amount(unit, 0)
        assert found.person_id is not None
        death = _death(found.person_id)
        reopen_person(acting, found.person_id, name=told.name, phone=told.phone, birth_year=told.birth_year)
        source = estate(found.person_id, unit.code)
        coins = balance_or_zero(source)
        if coins:
            who = holder(found.person_id)
            wallet = arrival(who, unit.code, acting.at)
            key = derived_id("coin.undo_death", found.id.hex)
            post_one(kinds.come_back(key=key, at=acting.at, source=source, wallet=wallet))
            follow(acting, person(who.person_id))
        note_estate(acting, death, UNDONE, coins)
        return Amount(unit, coins)


def waiting_estate(person_id: UUID) -> tuple[Death, str, int]:
    """The report, the account and what waits in it; raises DeathUnknown, DeathUndone and EstateEmpty."""
    death = _death(person_id)
    source = estate(person_id, district_tariff().unit.code)
    coins = balance_or_zero(source)
    if not coins:
        raise EstateEmpty()
    return death, source, coins


def note_estate(acting: Acting, death: Death, how: str, coins: int) -> None:
    """Write down what became of the coins. The look-up index goes once nothing waits any more."""
    assert acting.actor is not None
    DeathStep.objects.create(death=death, how=how, coins=coins, by=acting.actor, at=acting.at)
    if not balance_or_zero(estate(death.person_id, district_tariff().unit.code)):
        Death.objects.filter(id=death.id).update(twin_index=None)
    record(acting, f"coin.estate_{how.lower()}", death.person_id)


def deaths_of(name: str, birth_year: int) -> list[Death]:
    """Reports with this name and year of birth whose coins still wait; names themselves are kept nowhere."""
    index = twin_index(name, birth_year)
    return list(Death.objects.filter(twin_index=index).order_by("number")) if index else []


def _death(person_id: UUID) -> Death:
    found = Death.objects.filter(person=one_self(person_id).id).order_by("number").last()
    if found is None:
        raise DeathUnknown()
    if DeathStep.objects.filter(death=found, how=UNDONE).exists():
        raise DeathUndone()
    return found


def _check_estate(acting: Acting, made: Proposal) -> None:
    assert made.person_id is not None
    death, _, _ = waiting_estate(made.person_id)
    until = life_rule(seoul_date(acting.at)).estate_until(seoul_date(death.at))
    if seoul_date(acting.at) <= until:
        raise EstateTimeRuns(until=until.isoformat())


def _check_death(acting: Acting, made: Proposal) -> None:
    assert made.person_id is not None
    _death(made.person_id)


ESTATE_BACK = Way(ProposalKind.ESTATE_BACK, DESK, DESK, _check_estate)
UNDO_DEATH = Way(ProposalKind.UNDO_DEATH, DESK, DESK, _check_death)


def _vest_all(person_id: UUID, owner: str, acting: Acting) -> None:
    """Coins that wait to vest become part of the estate, which nobody can spend yet anyway."""
    unit = district_tariff().unit.code
    pending, wallet = address("2120", unit, owner), address("2100", unit, owner)
    awards = Award.objects.filter(share__person__in=selves(person_id), share__vest_on__gt=seoul_date(acting.at))
    for award in awards.order_by("transfer"):
        amount = receipt(award.ledger_key).get(pending, 0)
        if amount:
            name = derived_id("coin.vest_at_death", award.ledger_key.hex)
            post_one(kinds.vest(key=name, at=acting.at, wallet=wallet, amount=amount, earned=award.ledger_key))
