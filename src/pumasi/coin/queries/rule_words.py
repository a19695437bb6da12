"""Prices, caps and changes of the tariff in plain words, Korean or English, for people and for the open-data file.

Not here: which rows there are (`tariff`) and who decided them (`queries.rulebook`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pumasi.coin.tariff import Cap, CapScope, Kind, Measure, Row, Tariff, on_day
from pumasi.coin.tariff_edit import AddKind, Edit, EndCap, EndKind, EndProgramme, SetAmount, SetCap, SetRate


@dataclass(frozen=True)
class ChangeLine:
    """One line of a change: what, how it was, how it becomes; "" where there was or will be nothing."""

    what: str
    before: str
    after: str


def price_text(kind: Kind, coins: int, shop_coins: int, language: str) -> str:
    """ "10개마다 2코인", "2 coins for every 10 pieces"; with the shop's share where there is one."""
    return _price(_per(kind.measure, kind.per, language), coins, shop_coins, language)


def row_text(kind: Kind, row: Row, language: str) -> str:
    """The price of a row, with its age."""
    text = price_text(kind, row.coins, row.shop_coins, language)
    if not row.min_age:
        return text
    if language == "ko":
        return f"{text} ({row.min_age}세 이상{', 배우자 포함' if row.or_spouse else ''})"
    return f"{text} (from age {row.min_age}{', spouses included' if row.or_spouse else ''})"


def cap_text(tariff: Tariff, scope: str, kind: str, language: str) -> str:
    """What a cap counts: "한 사람 하루, 모든 활동"."""
    ko, en = _SCOPES[CapScope(scope)]
    if kind == "*":
        return f"{ko}, 모든 활동" if language == "ko" else f"{en}, all deeds together"
    return f"{ko if language == 'ko' else en}, {kind_name(tariff, kind, language)}"


def kind_name(tariff: Tariff, code: str, language: str) -> str:
    """The full name of a kind (the rule book names every kind; only slips print groups), or its code."""
    kind = tariff.kinds.get(code)
    return code if kind is None else (kind.name_ko if language == "ko" else kind.name_en)


def lines_of(tariff: Tariff, day: date, edits: Sequence[Edit], language: str) -> list[ChangeLine]:
    """What the edits change on `day`, against the tariff of the day before."""
    return [_line(tariff, day - timedelta(days=1), each, language) for each in edits]


def _line(tariff: Tariff, eve: date, edit: Edit, language: str) -> ChangeLine:
    match edit:
        case SetAmount(code, coins, shop_coins):
            kind = tariff.kinds.get(code)
            after = price_text(kind, coins, shop_coins, language) if kind else _coins(coins)
            return ChangeLine(kind_name(tariff, code, language), _row_on(kind, eve, language), after)
        case EndKind(code):
            before = _row_on(tariff.kinds.get(code), eve, language)
            return ChangeLine(kind_name(tariff, code, language), before, _ends(language))
        case AddKind():
            name = edit.name_ko if language == "ko" else edit.name_en
            shop = (
                f", 가게 {edit.shop_coins:,}코인" if language == "ko" else f", {_coins(edit.shop_coins)} for the shop"
            )
            per = _per(Measure(edit.measure), edit.per, language)
            price = f"{per}마다 {edit.coins:,}코인" if language == "ko" else f"{_coins(edit.coins)} for every {per}"
            return ChangeLine(name, "", price + (shop if edit.shop_coins else ""))
        case SetCap(scope, code, coins):
            after = f"{coins:,}코인" if language == "ko" else _coins(coins)
            return ChangeLine(
                cap_text(tariff, scope, code, language), _cap_on(tariff, scope, code, eve, language), after
            )
        case SetRate() | EndProgramme():
            return _programme_line(tariff, eve, edit, language)
        case EndCap(scope, code):
            before = _cap_on(tariff, scope, code, eve, language)
            return ChangeLine(cap_text(tariff, scope, code, language), before, _ends(language))


def _programme_line(tariff: Tariff, eve: date, edit: SetRate | EndProgramme, language: str) -> ChangeLine:
    if isinstance(edit, EndProgramme):
        days = (edit.last_earn, edit.last_spend, edit.last_settle, edit.archive)
        return ChangeLine(_ending_words(language)[0], _ending_on(tariff, language), _ending_text(days, language))
    won, convert = edit.won, edit.convert
    before = tariff.unit.won_rate(eve)
    if language == "ko":
        how = "나가 있는 코인은 같은 원화 값으로 환산" if convert else "나가 있는 코인은 그대로"
        return ChangeLine("코인 하나의 값", f"{before:,}원", f"{won:,}원({how})")
    how = "coins that are out are converted at the same won value" if convert else "coins that are out stay as they are"
    return ChangeLine("Value of one coin", f"{before:,} won", f"{won:,} won ({how})")


def _ending_on(tariff: Tariff, language: str) -> str:
    if tariff.ending is None:
        return ""
    days = (tariff.ending.last_earn, tariff.ending.last_spend, tariff.ending.last_settle, tariff.ending.archive)
    return _ending_text([day.isoformat() for day in days], language)


def _ending_text(days: Sequence[str], language: str) -> str:
    return ", ".join(f"{word} {day}" for word, day in zip(_ending_words(language)[1:], days, strict=True))


def _ending_words(language: str) -> tuple[str, ...]:
    if language == "ko":
        return ("사업 종료", "적립 마지막 날", "사용 마지막 날", "정산 마지막 날", "장부 마감")
    return ("End of the programme", "last day to earn", "to spend", "to settle", "books closed")


def _row_on(kind: Kind | None, day: date, language: str) -> str:
    """The price on that day. A kind is unknown where the change that would have brought it was not approved."""
    row = on_day(kind.rows, day) if kind else None
    return row_text(kind, row, language) if kind and row else ""


def _cap_on(tariff: Tariff, scope: str, kind: str, day: date, language: str) -> str:
    caps: list[Cap] = [cap for cap in tariff.caps if (cap.scope, cap.kind) == (scope, kind)]
    cap = on_day(caps, day)
    return "" if cap is None else (f"{cap.coins:,}코인" if language == "ko" else _coins(cap.coins))


def _price(per: str, coins: int, shop_coins: int, language: str) -> str:
    if language == "ko":
        return f"{per}마다 {coins:,}코인" + (f", 가게 {shop_coins:,}코인" if shop_coins else "")
    each = "each time" if per == "time" else f"for every {per}"
    return f"{_coins(coins)} {each}" + (f", {_coins(shop_coins)} for the shop" if shop_coins else "")


def _ends(language: str) -> str:
    return "끝나요" if language == "ko" else "ends"


def _coins(coins: int) -> str:
    return f"{coins:,} coin" if coins == 1 else f"{coins:,} coins"


def _per(measure: Measure, per: int, language: str) -> str:
    """One batch: "10개", "10 pieces"; minutes as hours and grams as kilograms where they are whole."""
    if measure is Measure.MINUTE and per % 60 == 0:
        return f"{per // 60}시간" if language == "ko" else _count(per // 60, "hour")
    if measure is Measure.GRAM and per % 1000 == 0:
        return f"{per // 1000}kg" if language == "ko" else f"{per // 1000} kg"
    ko, en = _MEASURES[measure]
    return f"{per:,}{ko}" if language == "ko" else _count(per, en)


def _count(count: int, word: str) -> str:
    """After "for every": "hour", "10 pieces"."""
    return word if count == 1 else f"{count:,} {word}s"


_MEASURES = {
    Measure.ITEM: ("개", "piece"),
    Measure.MINUTE: ("분", "minute"),
    Measure.GRAM: ("g", "gram"),
    Measure.USE: ("번", "use"),
    Measure.FILING: ("건", "filing"),
    Measure.TIME: ("번", "time"),
}
_SCOPES = {
    CapScope.PERSON_DAY: ("한 사람 하루", "one person a day"),
    CapScope.PERSON_MONTH: ("한 사람 한 달", "one person a month"),
    CapScope.L0_MONTH: ("본인 확인 전인 사람 한 달", "one person before an identity check, a month"),
    CapScope.L0_HOLD: ("본인 확인 전인 사람이 가지는", "held by one person before an identity check"),
    CapScope.PLACE_DAY: ("한 장소 하루", "one place a day"),
    CapScope.PAIR_DAY: ("한 사람이 한 장소에서 하루", "one person at one place a day"),
    CapScope.SHOP_DAY: ("가게 몫 하루", "the shop's own share a day"),
}
