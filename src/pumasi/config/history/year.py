"""A year of a district under load: everything that the demo's past leaves out, at many times today's transfers.

Every thing goes through the operation that its page calls. People's things of one hour share a transaction, each with
a savepoint of its own; what the operations themselves cut into short transactions (lists, rolls, the night) stays so.
What the rules refuse is counted; what they must refuse is tried on purpose (`attempts`). Not here: whether the books
are right afterwards (`proofs`).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from pumasi.coin import operations as coin
from pumasi.coin.answers import Payee
from pumasi.coin.freezes import Cause, FreezeWhat
from pumasi.coin.issuing import somebody_waits
from pumasi.coin.operations.freeze import Stop
from pumasi.coin.orders import OrderKind
from pumasi.config.history import acts
from pumasi.config.history.attempts import Attempts, must_refuse
from pumasi.config.history.chance import Chance
from pumasi.config.history.charities import Charity
from pumasi.config.history.corrections import Corrections
from pumasi.config.history.district import share_by
from pumasi.config.history.organisations import Organisations
from pumasi.config.history.town import Town, by, moment, node
from pumasi.config.history.treasury import Treasury
from pumasi.kernel.acting import Channel
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.deeds import operations as deeds
from pumasi.services.giving import operations as giving

# Once a day's transfers of today (facts 23): 120 lines of organisations, and these by hand, about 270 in all.
LINES, BY_HAND, ON_A_ROLL = 120, 142, 15
HOURS = range(10, 19)
NIGHT: Sequence[tuple[str, Callable[..., int]]] = (
    ("night: campaigns", giving.close_due_campaigns),
    ("night: sweep", coin.sweep),
    ("night: waiting", coin.issue_waiting),
    ("night: letters", coin.write_expiry_notices),
    ("night: photos", deeds.forget_photos),
)


@dataclass(frozen=True)
class Load:
    """How many times today's transfers, for how long, by whom.

    `order` are the whole coins of a budget order at today's load, which earns some 1,200 a day.
    `quiet` are days after the last, counted from the first, with a few payments and late refunds, the treasury and the
    night's jobs: so that a few days are paid out, a campaign fails, and coins lapse.
    """

    times: int
    days: int
    members: int
    shops: int
    facilities: int
    order: int
    quiet: Sequence[int]


QUIET_YEAR = range(365, 400)
YEAR = Load(times=20, days=365, members=12_450, shops=321, facilities=52, order=70_000, quiet=QUIET_YEAR)


class Year:
    """`publish` puts the record out, every night; without it the treasury's two officers override."""

    def __init__(self, load: Load, first: date, publish: Callable[[], None] | None = None) -> None:
        self._load, self._first, self._publish = load, first, publish
        self.town = Town(ends=date(first.year + 2, 12, 31), chance=Chance(2026))
        self._accounts: set[UUID] = set()
        times = load.times
        self._organisations = Organisations(self.town, LINES * times, ON_A_ROLL * times)
        self._treasury = Treasury(self.town, is_published=publish is not None)
        self._attempts = Attempts(self.town)

    def tell(self, show: Callable[[int, int], None] = lambda day, days: None) -> Counter[str]:
        """Tell it all; `show(day, days)` after each day. Returns how often what was done, refused or tried."""
        self._found()
        for number in range(self._load.days):
            self._day(number, self._first + timedelta(days=number))
            show(number + 1, self._load.days)
        for number in self._load.quiet:
            self._quiet(self._first + timedelta(days=number))
        return self.town.done

    def _found(self) -> None:
        town, at, load = self.town, moment(self._first, 7), self._load
        with transaction.atomic():
            town.found(at)
            self._open_and_join(0)
            self._organisations.found(at)
            self._treasury.found(at)
            self._attempts.found(at)
            self._charity = Charity(town, self._treasury.checker, target=20 * load.times)
            self._charity.found(at)
            self._corrections = Corrections(town, self._organisations.official)
            self._corrections.found(at)
            self._with_accounts(at)
        town.order(at, self._order_coins())
        self._pays = acts.payment_at_a_shop(self._corrections.paid)
        self._by_hand: tuple[tuple[int, str, acts.Act], ...] = (
            (26, "deed at a facility", acts.deed_at_a_facility),
            (40, "deed at a shop", acts.deed_at_a_shop),
            (43, "deed in a photo", acts.deed_in_a_photo),
            (105, "paid at a shop", self._pays),
            (120, "paid at a facility", acts.payment_at_a_facility),
            (128, "gift", acts.gift),
            (136, "donation", self._charity.gives),
            (138, "refund", self._corrections.refund),
            (140, "undo", self._corrections.undo),
            (BY_HAND, "dispute", self._corrections.dispute),
        )

    def _day(self, number: int, day: date) -> None:
        self._corrections.morning()
        self._budget(number, day)
        if number:
            with transaction.atomic():
                self._open_and_join(number)
        self._charity.morning(number, day)
        if number % 7 == 1:
            self._organisations.roll(day)
            self._corrections.objection(day)
        for hour in HOURS:
            self._hour(day, hour)
        self._organisations.lists(moment(day, 20))
        self._treasury.evening(day)
        self._charity.evening(day)
        self._corrections.evening(day)
        with transaction.atomic():
            self._attempts.daily(moment(day, 21))
            if number % 60 == 1:
                self._attempts.close_a_shop(moment(day, 22))
            if number % 90 == 1:
                self._freeze(day)
        self._night(day + timedelta(days=1))

    def _quiet(self, day: date) -> None:
        self._for_the_queue(day)
        with transaction.atomic():
            for turn in range(10 * self._load.times):
                pays = turn % 5 < 4
                name = "paid at a shop" if pays else "refund"
                act = self._pays if pays else self._corrections.late_refund
                self._thing(name, act, moment(day, 10) + timedelta(seconds=turn * 60))
        self._treasury.evening(day)
        self._night(day + timedelta(days=1))

    def _budget(self, number: int, day: date) -> None:
        """An order on 2 January and for those who wait; once a month a cut of what nobody was promised."""
        town, at = self.town, moment(day, 8)
        if (day.month, day.day) == (1, 2):
            town.order(at, self._order_coins())
        self._for_the_queue(day)
        if number % 30 == 1:
            town.order(at, 1000)
            coin.book_cut(by(town.issuer, at, Channel.DESK), town.signed(at, 1000, OrderKind.CUT))
            town.done["budget cut"] += 1

    def _for_the_queue(self, day: date) -> None:
        """Orders until nobody waits: each pays whoever has waited longest."""
        while somebody_waits():
            self.town.order(moment(day, 8), self._order_coins())
            self.town.done["order for the queue"] += 1

    def _order_coins(self) -> int:
        return self._load.order * self._load.times

    def _open_and_join(self, number: int) -> None:
        """Half are there on the first day, the rest come evenly; every eighth facility is run by somebody else."""
        load, town, at = self._load, self.town, moment(self._first + timedelta(days=number), 7 if not number else 9)
        while len(town.members) < share_by(number, load.days, load.members):
            town.member(at, is_reached=True)
        while len(town.facilities) + len(town.outsourced) < share_by(number, load.days, load.facilities):
            town.facility(at, is_outsourced=len(town.facilities) >= 7 * (len(town.outsourced) + 1))
        while len(town.shops) < share_by(number, load.days, load.shops):
            town.shop(at)
        if number:
            self._with_accounts(at)

    def _with_accounts(self, at: datetime) -> None:
        """Whoever is paid in won and has no bank account yet says where the money goes."""
        town = self.town
        paid = [(each.place, each.keeper) for each in town.shops]
        for place, keeper in [*paid, *((place, town.cashier) for place in town.outsourced)]:
            if place not in self._accounts:
                self._treasury.account(place, keeper, at)
                self._accounts.add(place)

    def _hour(self, day: date, hour: int) -> None:
        things = BY_HAND * self._load.times // len(HOURS)
        with transaction.atomic():
            for turn in range(things):
                at = moment(day, hour) + timedelta(seconds=3600 * turn // things)
                choice = self.town.chance.below(BY_HAND)
                name, act = next((name, act) for bound, name, act in self._by_hand if choice < bound)
                self._thing(name, act, at)

    def _thing(self, name: str, act: acts.Act, at: datetime) -> None:
        try:
            with transaction.atomic():
                did = act(self.town, at)
            self.town.done[name if did else "nothing"] += 1
        except Refusal as refusal:
            self.town.done[f"refused: {refusal.code}"] += 1

    def _freeze(self, day: date) -> None:
        """An emergency stop of one kind, tried, confirmed by a second officer, and lifted by both."""
        town, at, later = self.town, moment(day, 22), moment(day, 23)
        first, second = by(town.issuer, at, Channel.DESK), by(town.officers[0], at, Channel.DESK)
        stop = Stop(
            what=FreezeWhat.KIND,
            cause=Cause.SAFETY,
            reason="장난감에서 납이 나왔어요",
            clause="SAMPLE clause 12",
            starts=day,
            until=day + timedelta(days=9),
            kind="TOY_DONATION",
            is_emergency=True,
        )
        freeze = coin.ask_freeze(first, stop, key=new_id(at))
        must_refuse(town, "coin.second_person_needed", lambda: coin.confirm_freeze(first, freeze_id=freeze))
        coin.confirm_freeze(second, freeze_id=freeze)
        deed = ("TOY_DONATION", "STAFF", 1)
        who = town.members[0]
        acting = by(town.cashier, later, Channel.DESK)
        must_refuse(
            town,
            "coin.frozen_for_safety",
            lambda: acts.earned(town, acting, deed, town.facilities[0], [Payee(who)]),
        )
        coin.ask_lifting(first, freeze_id=freeze, reason="바꿔 드렸어요")
        coin.confirm_lifting(second, freeze_id=freeze)
        town.done["freeze"] += 1

    def _night(self, day: date) -> None:
        at = moment(day, 0, 30)
        for name, job in NIGHT:
            self.town.done[name] += job(node(at))
        if self._publish is not None:
            self._publish()
