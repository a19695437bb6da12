"""Give to a campaign, take it back, return everything, release it: each in one transaction.

Who may open, release or cancel a campaign, and until when it accepts coins, is decided by the service that owns the
campaign, under its own lock, before it calls these.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from pumasi.civic.people.queries import is_self
from pumasi.coin.accounts import is_open, open_wallet, refund_target
from pumasi.coin.district import PROGRAMME, district_tariff
from pumasi.coin.errors import NobodyActing, NotAllowed
from pumasi.coin.giving.errors import DonationGone, NoSuchDonation, NothingCollected, TakeBackTooLate
from pumasi.coin.giving.models import Donation, DonationBack, WayBack
from pumasi.coin.parties import holder
from pumasi.coin.posting import post_out
from pumasi.coin.requests import is_first
from pumasi.coin.tariff import check_coins
from pumasi.kernel.acting import Acting
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds
from pumasi.ledger.chart import KRW, Pool, address, parts
from pumasi.ledger.posting import open_account, post_one
from pumasi.ledger.reads import balance, postings_of, spendable

BATCH = 100


@dataclass(frozen=True)
class Donated:
    """A donation; it can be taken back until `undo_until`. `left` is what the giver can still spend."""

    key: UUID
    campaign_id: UUID
    coins: Amount
    transfer: int
    undo_until: datetime
    left: Amount


def escrow(campaign_id: UUID) -> str:
    """The public account of a campaign: 2400, readable in the record by its own name."""
    return address("2400", district_tariff().unit.code, campaign_id.hex)


def open_escrow(campaign_id: UUID, at: datetime) -> str:
    """Open a campaign's account; again is no harm."""
    return open_account("2400", district_tariff().unit.code, campaign_id.hex, at=at)


def donate(acting: Acting, *, campaign_id: UUID, coins: int, name_ko: str, name_en: str, key: UUID) -> Donated:
    """Whole coins of the subject (or the actor) into a campaign's escrow, in steps, once per `key`.

    Raises NobodyActing, BadCoins, NotInSteps, PersonUnknown, PersonClosed, NotEnoughCoins, KeyReused and, for a
    campaign whose escrow is not open, UnknownAccount; then nothing has changed.
    """
    giver_id = acting.subject or acting.actor
    if giver_id is None:
        raise NobodyActing()
    tariff = district_tariff()
    day = seoul_date(acting.at)
    check_coins(coins)
    tariff.check_spending(day)
    tariff.check_step(coins, day)
    amount = Amount.whole(coins, tariff.unit)
    body = {"from": str(giver_id), "campaign": str(campaign_id), "coins": coins}
    with transaction.atomic():
        if is_first(key, "DONATE", body, acting.at):
            wallet = open_wallet(holder(giver_id), tariff.unit.code, acting.at)
            command = kinds.donate(
                key=key, at=acting.at, wallet=wallet, campaign=escrow(campaign_id), amount=amount.minor
            )
            transfer = post_out(command, amount)
            Donation.objects.create(
                key=key,
                campaign=campaign_id,
                transfer=transfer,
                person_id=giver_id,
                wallet=wallet,
                coins=amount.minor,
                name_ko=name_ko,
                name_en=name_en,
                at=acting.at,
            )
        return _donated(Donation.objects.get(key=key), acting.at)


def take_back(acting: Acting, *, donation_id: UUID) -> DonationBack:
    """The giver takes a whole donation back within the tariff's undo minutes; again gives the first answer.

    Raises NoSuchDonation, NobodyActing, NotAllowed, TakeBackTooLate and DonationGone.
    """
    minutes = district_tariff().undo_minutes
    with transaction.atomic():
        donation = Donation.objects.select_for_update().filter(key=donation_id).first()
        if donation is None:
            raise NoSuchDonation()
        if acting.actor is None:
            raise NobodyActing()
        if not any(is_self(each, donation.person_id) for each in (acting.actor, acting.subject)):
            raise NotAllowed(role="donor")
        done = DonationBack.objects.filter(donation=donation).first()
        if done is not None:
            if done.kind == WayBack.TAKEN_BACK:
                return done
            raise DonationGone()
        if acting.at > donation.at + timedelta(minutes=minutes):
            raise TakeBackTooLate(minutes=minutes)
        return _back(donation, WayBack.TAKEN_BACK, acting)


def return_all(acting: Acting, *, campaign_id: UUID) -> int:
    """Every donation of a campaign goes back to its giver as the same lots; returns how many that were.

    In transactions of at most 100. Safe to run again, to kill, and by several workers at once.
    """
    returned = 0
    while True:
        with transaction.atomic():
            gone = DonationBack.objects.values("donation_id")
            batch = list(
                Donation.objects.select_for_update()
                .filter(campaign=campaign_id)
                .exclude(key__in=gone)
                .order_by("transfer")[:BATCH]
            )
            done = set(DonationBack.objects.filter(donation__in=batch).values_list("donation_id", flat=True))
            for donation in batch:
                if donation.key not in done:
                    _back(donation, WayBack.RETURNED, acting)
        returned += len(batch) - len(done)
        if len(batch) < BATCH:
            return returned


def release(acting: Acting, *, campaign_id: UUID, document: str) -> Amount:
    """All escrow of a campaign is donated out and its won value owed to the charity; returns the coins.

    Inside the caller's transaction, which has seen two officers agree. Raises NothingCollected.
    """
    unit = district_tariff().unit
    source = escrow(campaign_id)
    with transaction.atomic():
        coins = balance(source) if is_open(source) else 0
        if not coins:
            raise NothingCollected()
        command = kinds.donation_release(
            key=derived_id("giving.release", campaign_id.hex),
            at=acting.at,
            campaign=source,
            programme=PROGRAMME,
            memo=document,
        )
        post_one(command)
        return Amount(unit, coins)


def owed_to(campaign_id: UUID) -> int:
    """Won that the district owes the charity of a released campaign (K300)."""
    owed = address("K300", KRW, campaign_id.hex)
    return balance(owed) if is_open(owed) else 0


def pay_out(acting: Acting, *, campaign_id: UUID, payment_number: str) -> None:
    """The charity has its won: what was owed to it (K300) is paid. Again is no harm."""
    with transaction.atomic():
        post_one(
            kinds.donation_paid(
                key=derived_id("giving.paid", campaign_id.hex),
                at=acting.at,
                campaign_owner=campaign_id.hex,
                programme=PROGRAMME,
                memo=payment_number,
            )
        )


def _back(donation: Donation, kind: WayBack, acting: Acting) -> DonationBack:
    transfer = post_one(
        kinds.donation_return(
            key=derived_id("giving.back", donation.key.hex),
            at=acting.at,
            campaign=escrow(donation.campaign),
            wallet=refund_target(donation.person_id, donation.wallet, district_tariff().unit.code),
            amount=donation.coins,
            donation=donation.key,
        )
    )
    lapsed = sum(amount for at, amount, _ in postings_of(transfer) if parts(at)[0].pool is Pool.EXPIRED)
    return DonationBack.objects.create(
        donation=donation, kind=kind, transfer=transfer, lapsed=lapsed, actor=acting.actor, at=acting.at
    )


def _donated(row: Donation, at: datetime) -> Donated:
    tariff = district_tariff()
    return Donated(
        key=row.key,
        campaign_id=row.campaign,
        coins=Amount(tariff.unit, row.coins),
        transfer=row.transfer,
        undo_until=row.at + timedelta(minutes=tariff.undo_minutes),
        left=Amount(tariff.unit, spendable(row.wallet, seoul_date(at))),
    )
