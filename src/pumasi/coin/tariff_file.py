"""Reading a tariff file (TOML) into a `Tariff`, and saying exactly which line of thought in it is wrong.

Not here: questions asked of a tariff (`tariff`) and which file a district runs by (`district`).
"""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from pumasi.coin.tariff import (
    Act,
    Basis,
    Cap,
    CapScope,
    Dated,
    Ending,
    EvidenceKind,
    Funding,
    FundingMode,
    Group,
    Kind,
    Measure,
    Membership,
    Part,
    Row,
    Step,
    Tariff,
)
from pumasi.coin.tariff_table import Table, TariffError
from pumasi.kernel.amount import MAX_MINOR, Rate, Unit, UnitKind

DATA = Path(__file__).parent / "data"
PLACE_KINDS = ("SHOP", "FACILITY", "CENTRE", "MACHINE")
MAX_COINS = 100_000


def load(path: Path) -> Tariff:
    """The tariff in this file; raises TariffError with the place and the reason of the first mistake."""
    return parse(content_of(path))


def content_of(path: Path) -> dict[str, object]:
    """The file as tables, not yet understood; raises TariffError when it is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TariffError(f"{path.name}: not TOML: {error}") from error


def parse(content: Mapping[str, object]) -> Tariff:
    """The tariff described by parsed TOML; raises TariffError."""
    top = Table(content, "tariff")
    unit = top.table("unit")
    payment = top.table("payment")
    appeal = top.table("appeal")
    sources = _sources(top.table("sources"))
    acts = {act.code: act for act in _unique([_act(act, sources) for act in top.tables("act")], "act")}
    kinds = _unique([_kind(kind, acts, sources) for kind in top.tables("kind")], "kind")
    caps = tuple(_cap(cap, {kind.code for kind in kinds}) for cap in top.tables("cap", required=False))
    _check_caps(caps)
    money, conversions = _unit(unit, sources)
    tariff = Tariff(
        name_ko=top.text("name_ko"),
        name_en=top.text("name_en"),
        unit=money,
        unit_name_ko=unit.text("name_ko"),
        unit_name_en=unit.text("name_en"),
        kinds=MappingProxyType({kind.code: kind for kind in kinds}),
        caps=caps,
        steps=_steps(payment, sources),
        memberships=_memberships(top, sources),
        vesting_days=_vesting(top.table("vesting")),
        expiry_years=_expiry(top.table("expiry")),
        undo_minutes=payment.whole("undo_minutes", 0, 1440),
        refund_days=payment.whole("refund_days", 0, 3650),
        card_coins=payment.whole("card_coins", 0, 10_000),
        appeal_days=appeal.whole("days", 1, 3650),
        appeal_office_ko=appeal.text("office_ko"),
        appeal_office_en=appeal.text("office_en"),
        sources=MappingProxyType(sources),
        fundings=_fundings(top, sources),
        conversions=conversions,
        ending=_ending(top),
    )
    for table in (unit, payment, appeal, top):
        table.close()
    return tariff


def _unit(table: Table, sources: Mapping[int, str]) -> tuple[Unit, tuple[date, ...]]:
    """The unit, and the days on which coins that are out are converted to a new value."""
    rates = []
    conversions = []
    spans = []
    for value in table.tables("values"):
        starts, until = _span(value)
        rates.append(Rate(starts, value.whole("won", 1, MAX_COINS)))
        if value.flag("convert"):
            conversions.append(starts)
        spans.append(Step(1, starts, until))
        _cited(value, sources)
        value.close()
    _without_gaps(spans, "tariff.unit.values")
    code, scale = table.text("code"), table.whole("scale", 0, 4)
    try:
        unit = Unit(code, scale, UnitKind.COIN, tuple(rates))
    except ValueError as error:
        raise TariffError(f"tariff.unit: {error}") from error
    for rate in rates:
        if rate.won % unit.minor_per_whole:
            raise TariffError(f"tariff.unit: {rate.won} won are no whole won for each of {unit.minor_per_whole} parts")
    return unit, tuple(conversions)


def _act(table: Table, sources: Mapping[int, str]) -> Act:
    act = Act(
        code=table.text("code"),
        name_ko=table.text("name_ko"),
        name_en=table.text("name_en"),
        clause=table.text("clause", ""),
        document=table.text("document", ""),
        sources=_cited(table, sources),
    )
    table.close()
    return act


def _kind(table: Table, acts: Mapping[str, Act], sources: Mapping[int, str]) -> Kind:
    payees = table.choices("payees", Part)
    if Part.RESIDENT not in payees:
        raise TariffError(f"{table.path}.payees: a deed always pays the person who did it")
    rows = tuple(
        _row(row, acts, sources, pays_shop=Part.SHOP in payees) for row in table.tables("rows", required=False)
    )
    kind = Kind(
        code=table.code("code"),
        name_ko=table.text("name_ko"),
        name_en=table.text("name_en"),
        group=Group(table.choice("group", Group)),
        discreet=table.flag("discreet"),
        measure=Measure(table.choice("measure", Measure)),
        per=table.whole("per", 1, 1_000_000),
        payees=payees,
        evidence=table.choices("evidence", EvidenceKind),
        places=table.words("places", PLACE_KINDS),
        rows=rows,
        promotion=table.flag("promotion"),
    )
    _without_gaps(rows, f"kind {kind.code}")
    table.close()
    return kind


def _row(table: Table, acts: Mapping[str, Act], sources: Mapping[int, str], *, pays_shop: bool) -> Row:
    starts, until = _span(table)
    act = table.text("act")
    if act not in acts:
        raise TariffError(f"{table.path}.act: no act {act!r}")
    row = Row(
        starts=starts,
        until=until,
        coins=table.whole("coins", 1, MAX_COINS),
        shop_coins=table.whole("shop_coins", 1, MAX_COINS) if pays_shop else 0,
        min_age=table.whole("min_age", 0, 120, default=0),
        or_spouse=table.flag("or_spouse"),
        act=acts[act],
        basis=Basis(table.choice("basis", Basis)),
        sources=_cited(table, sources),
    )
    table.close()
    return row


def _cap(table: Table, kinds: set[str]) -> Cap:
    starts, until = _span(table)
    kind = table.text("kind")
    if kind != "*" and kind not in kinds:
        raise TariffError(f"{table.path}.kind: no kind {kind!r}")
    scope = CapScope(table.choice("scope", CapScope))
    cap = Cap(scope, kind, table.whole("coins", 1, MAX_MINOR // 10_000), starts, until)
    table.close()
    return cap


def _check_caps(caps: Sequence[Cap]) -> None:
    for scope, kind in {(cap.scope, cap.kind) for cap in caps}:
        _without_gaps([cap for cap in caps if (cap.scope, cap.kind) == (scope, kind)], f"cap {scope} {kind}")


def _steps(payment: Table, sources: Mapping[int, str]) -> tuple[Step, ...]:
    steps = []
    for table in payment.tables("steps"):
        starts, until = _span(table)
        steps.append(Step(table.whole("coins", 1, MAX_COINS), starts, until))
        _cited(table, sources)
        table.close()
    return tuple(_without_gaps(steps, "tariff.payment.steps"))


def _memberships(top: Table, sources: Mapping[int, str]) -> tuple[Membership, ...]:
    memberships = []
    for table in top.tables("membership"):
        starts, until = _span(table)
        memberships.append(Membership(table.whole("min_age", 0, 120), starts, until))
        _cited(table, sources)
        table.close()
    return tuple(_without_gaps(memberships, "tariff.membership"))


def _fundings(top: Table, sources: Mapping[int, str]) -> tuple[Funding, ...]:
    fundings = []
    for table in top.tables("funding", required=False):
        starts, until = _span(table)
        fundings.append(Funding(FundingMode(table.choice("mode", FundingMode)), starts, until))
        _cited(table, sources)
        table.close()
    return tuple(_without_gaps(fundings, "tariff.funding"))


def _ending(top: Table) -> Ending | None:
    found = None
    for table in top.tables("ending", required=False):
        days = [table.day(name) for name in ("last_earn", "last_spend", "last_settle", "archive")]
        if days != sorted(set(days)):
            raise TariffError(f"{table.path}: the last days of earning, spending, settling, archive follow each other")
        found = Ending(*days)
        table.close()
    return found


def _vesting(table: Table) -> Mapping[EvidenceKind, int]:
    days = table.table("days")
    found = {kind: days.whole(kind.value, 0, 365, default=0) for kind in EvidenceKind}
    days.close()
    table.close()
    return MappingProxyType({kind: count for kind, count in found.items() if count})


def _expiry(table: Table) -> int | None:
    policy = table.words("policy", ("NONE", "YEARS"), single=True)[0]
    years = table.whole("years", 1, 50) if policy == "YEARS" else None
    table.close()
    return years


def _sources(table: Table) -> dict[int, str]:
    found = {}
    for name in table.names():
        if not name.isdecimal():
            raise TariffError(f"{table.path}.{name}: sources are numbered")
        found[int(name)] = table.text(name)
    return found


def _cited(table: Table, sources: Mapping[int, str]) -> tuple[int, ...]:
    numbers = table.numbers("sources")
    for number in numbers:
        if number not in sources:
            raise TariffError(f"{table.path}.sources: no source {number}")
    return numbers


def _span(table: Table) -> tuple[date, date | None]:
    starts, until = table.day("from"), table.day_or_none("until")
    if until is not None and until < starts:
        raise TariffError(f"{table.path}: until {until} lies before from {starts}")
    return starts, until


def _without_gaps[T: Dated](series: Sequence[T], path: str) -> Sequence[T]:
    for earlier, later in pairwise(series):
        if earlier.until is None or later.starts <= earlier.until:
            raise TariffError(f"{path}: the entries from {earlier.starts} and from {later.starts} overlap")
        if later.starts != earlier.until + timedelta(days=1):
            raise TariffError(f"{path}: nothing holds between {earlier.until} and {later.starts}")
    return series


def _unique[T: (Act, Kind)](entries: list[T], what: str) -> list[T]:
    codes = [entry.code for entry in entries]
    for code in codes:
        if codes.count(code) > 1:
            raise TariffError(f"{what} {code}: defined twice")
    return entries
