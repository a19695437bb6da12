"""What a payer sees: places, amounts to choose from, the offer before the last tap, the receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from pumasi.civic.codes.words import check_words
from pumasi.civic.people.queries import is_self
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.queries import PlaceFacts, open_places, place
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.manifest import ProofLink, place_url, proof_links
from pumasi.coin.district import district_tariff
from pumasi.coin.errors import CoinsExceedPrice, NoSuchPayment, NotEnoughCoins
from pumasi.coin.queries import PaymentView, payment_view, wallet_view
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date

# Above this many coins the payer taps once more (decisions 33).
ASK_TWICE_ABOVE = 30
KEYS = 10
SHOWN_PLACES = 60


@dataclass(frozen=True)
class PlaceCard:
    """A place to pay at, `page` its public one; `initial` stands where a photo will, `words` are on its sticker."""

    id: UUID
    name: str
    dong: str
    url: str
    page: str
    initial: str
    words: str


@dataclass(frozen=True)
class PlaceGroup:
    """Shops, or public places."""

    name: str
    places: tuple[PlaceCard, ...]


@dataclass(frozen=True)
class Choice:
    """One key of the keypad."""

    coins: int
    affordable: bool
    chosen: bool
    label: str = ""


@dataclass(frozen=True)
class Purse:
    """What can be paid: balance in words, keys, step and the most in whole coins."""

    balance: str
    choices: tuple[Choice, ...]
    step: int
    step_won: str
    most: int


@dataclass(frozen=True)
class Offer:
    """The amount as the payer sees it before the last tap. Won figures in words; empty when there are none."""

    coins: str
    coins_plain: int
    price: str
    price_plain: str
    worth: str
    rest: str
    after: str
    ask_twice: bool


@dataclass(frozen=True)
class Receipt:
    """A receipt for payer or place; `balance` only for the payer, who alone sees `mine`."""

    id: UUID
    tone: str
    headline: str
    say: str
    coins: str
    place: str
    when: datetime
    worth: str
    rest: str
    refunded: str
    balance: str
    number: str
    days: int
    mine: bool
    undo_until: datetime | None
    proofs: tuple[ProofLink, ...]


def place_groups(day: date, wanted: str) -> list[PlaceGroup]:
    """Open places whose name or dong holds `wanted`, shops first."""
    groups = ((_("Shops"), [PlaceKind.SHOP]), (_("Public places"), [PlaceKind.FACILITY, PlaceKind.CENTRE]))
    found = [
        PlaceGroup(
            name, tuple(place_card(each) for kind in kinds for each in open_places(kind, day) if _fits(each, wanted))
        )
        for name, kinds in groups
    ]
    return [PlaceGroup(each.name, each.places[:SHOWN_PLACES]) for each in found if each.places]


def place_card(facts: PlaceFacts) -> PlaceCard:
    """A place as a link to paying there."""
    name = facts.name(page_language())
    return PlaceCard(
        facts.id,
        name,
        facts.dong,
        reverse("shops:pay", args=[facts.id]),
        place_url(facts.number),
        name[:1],
        check_words(facts.id, page_language()),
    )


def open_place_card(place_id: UUID, day: date) -> PlaceCard:
    """An open place; raises PlaceUnknown, PlaceClosed, PlaceNotOpenYet."""
    facts = place(place_id)
    facts.must_be_open(day)
    return place_card(facts)


def purse(person_id: UUID, at: datetime, chosen: int | None = None) -> Purse:
    """The keypad for a person: ten steps, those beyond the balance greyed; no keys when it covers not one step."""
    tariff, day = district_tariff(), seoul_date(at)
    balance, step = wallet_view(person_id, at, limit=1).balance, tariff.step(day)
    most = balance.minor // tariff.unit.minor_per_whole // step * step
    return Purse(
        balance=balance.text(),
        choices=keypad(step, most, chosen) if most else (),
        step=step,
        step_won=f"{step * tariff.unit.won_rate(day):,}",
        most=most,
    )


def keypad(step: int, most: int | None, chosen: int | None) -> tuple[Choice, ...]:
    """Ten keys; with `most` None all of them can be pressed."""
    return tuple(
        Choice(coins, most is None or coins <= most, coins == chosen) for coins in range(step, step * (KEYS + 1), step)
    )


def offer(coins: int, price_won: int | None, at: datetime, payer_id: UUID | None) -> Offer:
    """The amount in words. Raises NotInSteps, CoinsExceedPrice and, for a payer, NotEnoughCoins, before any tap."""
    tariff, day = district_tariff(), seoul_date(at)
    worth = coins * tariff.unit.won_rate(day)
    tariff.check_step(coins, day)
    if price_won is not None and worth > price_won:
        raise CoinsExceedPrice(coins=coins, value=worth, price=price_won)
    amount, after = Amount.whole(coins, tariff.unit), ""
    if payer_id is not None:
        balance = wallet_view(payer_id, at, limit=1).balance
        if amount > balance:
            raise NotEnoughCoins(available=balance.text(), needed=amount.text())
        after = (balance - amount).text()
    return Offer(
        coins=amount.text(),
        coins_plain=coins,
        price=f"{price_won:,}" if price_won else "",
        price_plain=str(price_won or ""),
        worth=f"{worth:,}",
        rest=f"{price_won - worth:,}" if price_won and price_won > worth else "",
        after=after,
        ask_twice=coins > ASK_TWICE_ABOVE,
    )


def receipt_for(payment_id: UUID, person_id: UUID, places: Sequence[UUID], at: datetime) -> Receipt | None:
    """The receipt for the payer, or without the payer for staff of the place; None for anybody else."""
    try:
        view = payment_view(payment_id)
    except NoSuchPayment:
        return None
    mine = is_self(person_id, view.person_id)
    if not mine and view.place_id not in places:
        return None
    tariff = district_tariff()
    back = view.coins - view.left
    return Receipt(
        id=view.key,
        tone="good" if view.left else "warn",
        headline=_headline(view, mine),
        say=_("%(coins)s coins came back.") % {"coins": back.text()} if back and view.left else "",
        coins=view.coins.text(),
        place=view.place_ko if page_language() == "ko" else view.place_en,
        when=view.at,
        worth=f"{view.coins.minor * tariff.unit.won_per_minor(seoul_date(view.at)):,}",
        rest=f"{view.won:,}" if view.won else "",
        refunded=back.text() if back else "",
        balance=wallet_view(person_id, at, limit=1).balance.text() if mine else "",
        number=receipt_number(view),
        days=tariff.refund_days,
        mine=mine,
        undo_until=view.undo_until if mine and _is_whole(view) and at <= view.undo_until else None,
        proofs=proofs(view),
    )


def proofs(view: PaymentView) -> tuple[ProofLink, ...]:
    """Where the payment and each refund of it stand in the public record."""
    back = (
        (_("See the proof: %(coins)s coins back") % {"coins": each.coins.text()}, each.key) for each in view.refunds
    )
    return proof_links([(_("See the proof"), view.key), *back])


def _is_whole(view: PaymentView) -> bool:
    return view.left == view.coins and not view.disputed


def receipt_number(view: PaymentView) -> str:
    """What people read out: day and running number, no id."""
    return f"{seoul_date(view.at):%m%d}-{view.transfer}"


def _headline(view: PaymentView, mine: bool) -> str:
    coins = {"coins": view.coins.text()}
    if not view.left:
        return _("All %(coins)s coins came back") % coins
    return (_("You paid %(coins)s coins") if mine else _("Received %(coins)s coins")) % coins


def _fits(facts: PlaceFacts, wanted: str) -> bool:
    text = wanted.strip().casefold()
    return not text or any(text in each.casefold() for each in (facts.name_ko, facts.name_en, facts.dong))
