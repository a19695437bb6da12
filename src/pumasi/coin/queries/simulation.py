"""The simulator's answer: actual and simulated coins and won per kind, group and month, and how long a budget lasts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from pumasi.coin.district import approved, fund_of, tariff_with
from pumasi.coin.models import ClaimShare, TariffChange
from pumasi.coin.queries.budget import budget_view
from pumasi.coin.queries.rule_words import kind_name
from pumasi.coin.registers.errors import ChangeDoesNotFit, ChangeUnknown
from pumasi.coin.simulate import Outcome, PastDeed, PastShare, replay
from pumasi.coin.tariff import GROUP_NAMES, Part, Tariff
from pumasi.coin.tariff_table import TariffError
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date

LONGEST_DAYS = 366


@dataclass(frozen=True)
class Compared:
    """One line of a table: coins and won, as they were and as they would have been."""

    name: str
    deeds: int
    actual: Amount
    simulated: Amount
    actual_won: int
    simulated_won: int

    @property
    def difference(self) -> Amount:
        return self.simulated - self.actual


@dataclass(frozen=True)
class Simulation:
    """`capped` deeds would have been refused by a cap; `lasts_*` is when the budget ends at the pace, None: no pace."""

    first: date
    last: date
    total: Compared
    kinds: tuple[Compared, ...]
    groups: tuple[Compared, ...]
    months: tuple[Compared, ...]
    capped: int
    lasts_before: date | None
    lasts_after: date | None


def last_quarter(at: datetime) -> tuple[date, date]:
    """First and last day of the quarter that ended before `at`."""
    day = seoul_date(at)
    this = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    last = this - timedelta(days=1)
    return date(last.year, last.month - 2, 1), last


def simulation(change_id: UUID, first: date, last: date, at: datetime, language: str) -> Simulation:
    """Replay the accepted deeds of `first` to `last` under a change; raises ChangeUnknown and ChangeDoesNotFit."""
    last = min(last, first + timedelta(days=LONGEST_DAYS))
    change = TariffChange.objects.filter(id=change_id).first()
    if change is None:
        raise ChangeUnknown()
    others = [each for each in approved() if each.id != change.id]
    try:
        before, after = tariff_with(others), tariff_with([*others, change])
    except TariffError as error:
        raise ChangeDoesNotFit(what=str(error)) from error
    # Caps of a month count from its first day, so the replay begins there and the report at `first`.
    replayed = replay(before, after, change.effective_on, deeds_of(first.replace(day=1), last))
    outcomes = [each for each in replayed if each.deed.day >= first]
    total = _compared(after, "", outcomes)
    lasts = _lasts(total, at)
    return Simulation(
        first=first,
        last=last,
        total=total,
        kinds=_by(after, outcomes, lambda deed: deed.kind, lambda code: kind_name(after, code, language)),
        groups=_by(
            after,
            outcomes,
            lambda deed: after.kinds[deed.kind].group.value,
            lambda word: next(names[language != "ko"] for group, names in GROUP_NAMES.items() if group == word),
        ),
        months=_by(after, outcomes, lambda deed: f"{deed.day:%Y-%m}", str),
        capped=sum(each.is_capped for each in outcomes),
        lasts_before=lasts[0],
        lasts_after=lasts[1],
    )


def deeds_of(first: date, last: date) -> list[PastDeed]:
    """The accepted deeds of these days in the order of acceptance; one query."""
    rows = (
        ClaimShare.objects.filter(claim__day__gte=first, claim__day__lte=last)
        .order_by("claim__at", "claim_id", "id")
        .values_list(
            "claim_id", "claim__kind", "claim__quantity", "claim__day", "claim__place_id", "person_id", "part", "coins"
        )
    )
    found = []
    for _, shares in groupby(rows, key=lambda row: row[0]):
        taken = list(shares)
        _, kind, quantity, day, place, *_ = taken[0]
        parts = tuple(PastShare(person, Part(part), coins) for *_, person, part, coins in taken)
        found.append(PastDeed(kind, quantity, day, place, parts))
    return found


def _by(
    tariff: Tariff, outcomes: Sequence[Outcome], key: Callable[[PastDeed], str], name: Callable[[str], str]
) -> tuple[Compared, ...]:
    found: defaultdict[str, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        found[key(each.deed)].append(each)
    return tuple(_compared(tariff, name(word), group) for word, group in sorted(found.items()))


def _compared(tariff: Tariff, name: str, outcomes: Iterable[Outcome]) -> Compared:
    deeds = actual = simulated = actual_won = simulated_won = 0
    for each in outcomes:
        rate = tariff.unit.won_per_minor(each.deed.day)
        deeds += 1
        actual += each.actual
        simulated += each.simulated
        actual_won += each.actual * rate
        simulated_won += each.simulated * rate
    unit = tariff.unit
    return Compared(name, deeds, Amount(unit, actual), Amount(unit, simulated), actual_won, simulated_won)


def _lasts(total: Compared, at: datetime) -> tuple[date | None, date | None]:
    """Until when the budget lasts at today's pace, and at that pace times simulated / actual."""
    view = budget_view(fund_of(seoul_date(at)), at)
    spent = view.pace_per_day.minor * total.simulated.minor
    if view.lasts_until is None or not total.actual or not spent:
        return view.lasts_until, None if total.actual and not spent else view.lasts_until
    days = min(view.left.minor * total.actual.minor // spent, 36_500)
    return view.lasts_until, seoul_date(at) + timedelta(days=days)
