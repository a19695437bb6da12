"""What a good deed earns, by date: the dated tariff of a district as frozen values, and the questions asked of it.

Not here: reading the file (`tariff_file`), who has earned how much already (`caps`), and posting (`operations`).
Amounts of coins are whole coins in the file and `Amount` in answers; days are calendar days in Asia/Seoul, inclusive.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from pumasi.coin.errors import (
    AgeUnknown,
    AmountNotPublished,
    BadCoins,
    BadQuantity,
    DeedEnded,
    DeedNotInForceYet,
    NeedsDocument,
    NotInSteps,
    QuantityTooSmall,
    TooYoung,
    UnknownDeed,
)
from pumasi.coin.life_errors import EarningEnded, SettlingEnded, SpendingEnded
from pumasi.kernel.amount import Amount, Unit

MAX_QUANTITY = 1_000_000
MAX_COINS = 1_000_000  # of one payment, gift or opening balance


class FundingMode(StrEnum):
    """How the coins of a year are covered (decisions 29): what differs is on the budget page."""

    ANNUAL_LINE = "ANNUAL_LINE"  # the year's line, and a disclosed liability for coins still out at its end
    DEPOSIT = "DEPOSIT"  # an order puts the money aside before a coin is issued
    CARRY_OVER_ONCE = "CARRY_OVER_ONCE"  # what is encumbered at the year's end goes on for one year


class Group(StrEnum):
    """The only word that slips and statements print for a deed that could reveal health or disability (decision 38)."""

    ENVIRONMENT = "ENVIRONMENT"
    WELFARE = "WELFARE"
    EDUCATION = "EDUCATION"


class Measure(StrEnum):
    """What a quantity counts. Hours are counted in minutes and kilograms in grams: every quantity is an integer."""

    ITEM = "ITEM"
    MINUTE = "MINUTE"
    GRAM = "GRAM"
    USE = "USE"
    FILING = "FILING"
    TIME = "TIME"


class Part(StrEnum):
    """For whom a deed earns: the person who did it, and at a zero shop also its owner."""

    RESIDENT = "RESIDENT"
    SHOP = "SHOP"


class EvidenceKind(StrEnum):
    """What proves a deed; `award` takes `evidence_ref` as `KIND:reference`."""

    CODE = "CODE"
    STAFF = "STAFF"
    ATTENDANCE = "ATTENDANCE"
    MACHINE = "MACHINE"
    PHOTO = "PHOTO"
    OUTCOME = "OUTCOME"


class Basis(StrEnum):
    """How well a row is known (see the head of the tariff file)."""

    REPORTED = "REPORTED"
    DERIVED = "DERIVED"
    ASSUMED = "ASSUMED"
    DECIDED = "DECIDED"  # by this district, in its register of changes


class CapScope(StrEnum):
    """Over what a cap counts."""

    PERSON_DAY = "PERSON_DAY"
    PERSON_MONTH = "PERSON_MONTH"
    PLACE_DAY = "PLACE_DAY"
    PAIR_DAY = "PAIR_DAY"
    SHOP_DAY = "SHOP_DAY"
    L0_MONTH = "L0_MONTH"  # a person whose identity nobody has checked yet, a month
    L0_HOLD = "L0_HOLD"  # the most that such a person holds; a balance, not a counter

    def counts(self, part: Part, *, is_l0: bool = False) -> bool:
        """Whether a share of this part counts: a shop's share uses up the place and the shop's own pool."""
        if self is CapScope.L0_MONTH:
            return is_l0
        return self in ((CapScope.PLACE_DAY, CapScope.SHOP_DAY) if part is Part.SHOP else _PERSONAL)


_PERSONAL = (CapScope.PERSON_DAY, CapScope.PERSON_MONTH, CapScope.PLACE_DAY, CapScope.PAIR_DAY)


class Dated(Protocol):
    """Anything that holds from a day until a day, both included; `until` None = open."""

    @property
    def starts(self) -> date: ...
    @property
    def until(self) -> date | None: ...


@dataclass(frozen=True)
class Act:
    """The decision that put rows in force: ordinance clause and 결재문서번호 (decision 30)."""

    code: str
    name_ko: str
    name_en: str
    clause: str
    document: str
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Row:
    """One price of one kind: `coins` for every full `per` of its measure, from `starts` until `until`."""

    starts: date
    until: date | None
    coins: int
    shop_coins: int
    min_age: int
    or_spouse: bool
    act: Act
    basis: Basis
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Kind:
    """One kind of good deed with all its rows, oldest first."""

    code: str
    name_ko: str
    name_en: str
    group: Group
    discreet: bool
    measure: Measure
    per: int
    payees: tuple[Part, ...]
    evidence: tuple[EvidenceKind, ...]
    places: tuple[str, ...]
    rows: tuple[Row, ...]
    promotion: bool = False

    def printed_name(self, language: str) -> str:
        """The name for a slip or statement; a discreet kind prints its group only (decision 38)."""
        if self.discreet:
            return GROUP_NAMES[self.group][0 if language == "ko" else 1]
        return self.name_ko if language == "ko" else self.name_en


GROUP_NAMES: Mapping[Group, tuple[str, str]] = {
    Group.ENVIRONMENT: ("환경", "Environment"),
    Group.WELFARE: ("복지", "Welfare"),
    Group.EDUCATION: ("교육", "Education"),
}


@dataclass(frozen=True)
class Cap:
    """At most `coins` per scope and period; kind `*` counts all kinds together."""

    scope: CapScope
    kind: str
    coins: int
    starts: date
    until: date | None


@dataclass(frozen=True)
class Step:
    """Coins are paid in multiples of `coins` in this period (decision 28)."""

    coins: int
    starts: date
    until: date | None


@dataclass(frozen=True)
class Membership:
    """From which age a person may take part at all in this period."""

    min_age: int
    starts: date
    until: date | None


@dataclass(frozen=True)
class Funding:
    """How coins are covered in this period."""

    mode: FundingMode
    starts: date
    until: date | None


@dataclass(frozen=True)
class Ending:
    """The last days of the programme, each included: to earn, to spend or give, to settle; the books close after."""

    last_earn: date
    last_spend: date
    last_settle: date
    archive: date


@dataclass(frozen=True)
class Priced:
    """The answer to "what does this quantity earn": amounts, and how far the next step is."""

    row: Row
    amount: Amount
    shop: Amount
    counted: int
    left_over: int
    short_by: int


@dataclass(frozen=True)
class Tariff:
    """One district's whole tariff; immutable, built by `tariff_file.load`."""

    name_ko: str
    name_en: str
    unit: Unit
    unit_name_ko: str
    unit_name_en: str
    kinds: Mapping[str, Kind]
    caps: tuple[Cap, ...]
    steps: tuple[Step, ...]
    memberships: tuple[Membership, ...]
    vesting_days: Mapping[EvidenceKind, int]
    expiry_years: int | None
    undo_minutes: int
    refund_days: int
    card_coins: int
    appeal_days: int
    appeal_office_ko: str
    appeal_office_en: str
    sources: Mapping[int, str]
    fundings: tuple[Funding, ...] = ()
    conversions: tuple[date, ...] = ()
    ending: Ending | None = None

    def kind(self, code: str) -> Kind:
        """The kind with this code; raises UnknownDeed."""
        try:
            return self.kinds[code]
        except KeyError:
            raise UnknownDeed(kind=code[:40]) from None

    def row_in_force(self, code: str, day: date) -> Row:
        """The row of kind `code` on `day`.

        Raises UnknownDeed, AmountNotPublished, DeedNotInForceYet (with the first day), DeedEnded (with the last day)
        or NeedsDocument: a row without clause or document number is not switched on (decision 30).
        """
        kind = self.kind(code)
        if self.ending is not None and day > self.ending.last_earn:
            ending = self.ending
            raise EarningEnded(until=ending.last_earn.isoformat(), spend=ending.last_spend.isoformat())
        if not kind.rows:
            raise AmountNotPublished()
        row = on_day(kind.rows, day)
        if row is None:
            first, last = kind.rows[0].starts, kind.rows[-1].until
            if day < first:
                raise DeedNotInForceYet(starts=first.isoformat())
            raise DeedEnded(until=(last or day).isoformat())
        if not (row.act.clause and row.act.document):
            raise NeedsDocument(act=row.act.code)
        return row

    def price(self, code: str, day: date, quantity: int) -> Priced:
        """What `quantity` of kind `code` earns on `day`: full batches only; the rest is reported, never rounded up.

        Raises what `row_in_force` raises, BadQuantity (not an integer in 1..MAX_QUANTITY) and QuantityTooSmall (less
        than one batch; says how many more are needed).
        """
        row = self.row_in_force(code, day)
        per = self.kinds[code].per
        check_quantity(quantity)
        batches, left_over = divmod(quantity, per)
        if batches == 0:
            raise QuantityTooSmall(per=per, quantity=quantity, more=per - quantity, coins=row.coins)
        return Priced(
            row=row,
            amount=Amount.whole(batches * row.coins, self.unit),
            shop=Amount.whole(batches * row.shop_coins, self.unit),
            counted=batches * per,
            left_over=left_over,
            short_by=per - left_over if left_over else 0,
        )

    def check_age(self, row: Row, day: date, birth_year: int | None, *, is_spouse: bool = False) -> None:
        """Refuse TooYoung (or AgeUnknown) where membership or the row asks for an age.

        Only the birth year is known to the node, so a person counts as the age reached in that calendar year.
        """
        membership = on_day(self.memberships, day)
        if membership is not None:
            _check_age(membership.min_age, membership.until, day, birth_year)
        if not (row.or_spouse and is_spouse):
            _check_age(row.min_age, row.until, day, birth_year)

    def funding(self, day: date) -> FundingMode:
        """How coins issued on `day` are covered; without a setting by the year's line."""
        funding = on_day(self.fundings, day)
        return funding.mode if funding else FundingMode.ANNUAL_LINE

    def check_spending(self, day: date) -> None:
        """Raises SpendingEnded after the last day on which coins are paid, given or donated."""
        if self.ending is not None and day > self.ending.last_spend:
            raise SpendingEnded(until=self.ending.last_spend.isoformat())

    def check_settling(self, day: date) -> None:
        """Raises SettlingEnded after the last day on which shops are settled."""
        if self.ending is not None and day > self.ending.last_settle:
            raise SettlingEnded(until=self.ending.last_settle.isoformat())

    def is_converted(self, day: date) -> bool:
        """Whether a change of the coin's won value that has begun by `day` converts coins that are out."""
        return any(starts <= day for starts in self.conversions)

    def step(self, day: date) -> int:
        """Coins are paid in multiples of this many whole coins on `day`."""
        step = on_day(self.steps, day)
        return step.coins if step else 1

    def check_step(self, coins: int, day: date) -> None:
        """Raises NotInSteps, with the nearest numbers of coins that can be paid on `day`."""
        step = self.step(day)
        if coins % step:
            lower = coins - coins % step
            raise NotInSteps(step=step, lower=lower, higher=lower + step)

    def hold_limit(self, day: date) -> int | None:
        """The most whole coins that a person at L0 holds on `day`; None: no limit."""
        return min(
            (cap.coins for cap in self.caps if cap.scope is CapScope.L0_HOLD and on_day((cap,), day)), default=None
        )

    def caps_for(self, code: str, day: date, part: Part = Part.RESIDENT, *, is_l0: bool = False) -> tuple[Cap, ...]:
        """The caps that a share in a deed of kind `code` counts against on `day`, in file order."""
        held = (cap for cap in self.caps if cap.kind in ("*", code) and cap.scope.counts(part, is_l0=is_l0))
        return tuple(cap for cap in held if on_day((cap,), day))

    def expires_on(self, day: date) -> date | None:
        """The last day on which coins earned on `day` can be spent; None = they do not expire."""
        if self.expiry_years is None:
            return None
        year = day.year + self.expiry_years
        if (day.month, day.day) == (2, 29):
            return date(year, 3, 1) - timedelta(days=1)
        return day.replace(year=year)

    def vests_after(self, evidence: EvidenceKind) -> int:
        """Days until coins proven this way can be spent; 0 = at once (decision 28)."""
        return self.vesting_days.get(evidence, 0)


def check_quantity(quantity: int) -> None:
    """Refuse BadQuantity unless this is an integer in 1..MAX_QUANTITY."""
    if type(quantity) is not int or not 1 <= quantity <= MAX_QUANTITY:
        raise BadQuantity(limit=MAX_QUANTITY)


def check_coins(coins: int) -> None:
    """Refuse BadCoins unless this is an integer in 1..MAX_COINS."""
    if type(coins) is not int or not 0 < coins <= MAX_COINS:
        raise BadCoins(limit=MAX_COINS)


def on_day[T: Dated](series: Sequence[T], day: date) -> T | None:
    """The entry of a dated series that holds on `day`, or None."""
    for entry in series:
        if entry.starts <= day and (entry.until is None or day <= entry.until):
            return entry
    return None


def _check_age(min_age: int, until: date | None, day: date, birth_year: int | None) -> None:
    if min_age == 0:
        return
    if birth_year is None:
        raise AgeUnknown(min_age=min_age)
    if day.year - birth_year < min_age:
        raise TooYoung(min_age=min_age, until=until.isoformat() if until else "-")
