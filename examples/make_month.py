"""Writes 2026-10-month.jsonl: the same lines each time, from the plan that README.md adds up.

    python3 examples/make_month.py > examples/2026-10-month.jsonl

Plain standard library, no chance: who does what follows from the number of the day. People are roles, not persons.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

KST = timezone(timedelta(hours=9))
WEEKDAYS = [date(2026, 10, 5) + timedelta(days=7 * week + day) for week in range(4) for day in range(5)]
RESIDENTS = [f"resident-{number:02}" for number in range(1, 13)]
ELDERS = RESIDENTS[8:]
SAMPLE = "(표본)"

PEOPLE = [
    ("issuer", "코인 발행 담당 역할", 1985),
    ("budget-a", "예산 담당 역할 가", 1980),
    ("budget-b", "예산 담당 역할 나", 1978),
    ("official", "동 주민센터 담당 역할", 1988),
    ("keeper-laundry-1", "세탁소 주인 역할 1", 1970),
    ("keeper-laundry-2", "세탁소 주인 역할 2", 1966),
    ("keeper-cafe", "카페 주인 역할", 1991),
    ("keeper-bakery", "빵집 주인 역할", 1975),
    ("keeper-stationer", "문구점 주인 역할", 1960),
    ("cashier-rest-house", "느티나무쉼터 접수 역할", 1982),
    ("cashier-plaza", "여성가족플라자 접수 역할", 1984),
    ("cashier-hall", "자치회관 접수 역할", 1986),
    ("cashier-culture", "문화센터 강사 역할", 1979),
    ("cashier-blood", "헌혈의집 접수 역할", 1983),
]
# Kind, names, dong, and a made-up point in it (hundred-thousandths of a degree).
PLACES = [
    ("laundry-1", "SHOP", "제로샵 세탁소 1", "Zero-shop laundry 1", "방배동", 3_747_444, 12_700_251),
    ("laundry-2", "SHOP", "제로샵 세탁소 2", "Zero-shop laundry 2", "잠원동", 3_751_290, 12_701_012),
    ("cafe", "SHOP", "골목 카페", "Alley cafe", "서초동", 3_749_040, 12_700_139),
    ("bakery", "SHOP", "골목 빵집", "Alley bakery", "반포동", 3_749_915, 12_701_139),
    ("stationer", "SHOP", "문구점", "Stationer", "양재동", 3_746_522, 12_703_296),
    ("rest-house", "FACILITY", "느티나무쉼터", "Zelkova rest house", "양재동", 3_748_252, 12_703_709),
    ("plaza", "FACILITY", "여성가족플라자", "Women and family plaza", "서초동", 3_748_320, 12_703_067),
    ("hall", "FACILITY", "자치회관", "Residents' hall", "방배동", 3_747_768, 12_700_584),
    ("culture", "FACILITY", "문화센터", "Culture centre", "반포동", 3_750_065, 12_700_417),
    ("blood", "FACILITY", "헌혈의집", "Blood donation house", "서초동", 3_748_382, 12_700_582),
    ("ok-centre", "CENTRE", "OK민원센터", "OK Centre", "서초동", 3_749_227, 12_703_028),
    ("dong", "CENTRE", "동 주민센터", "Dong centre", "방배동", 3_746_831, 12_700_156),
]
STAFF = [
    ("keeper-laundry-1", "SHOP_KEEPER", "laundry-1"),
    ("keeper-laundry-2", "SHOP_KEEPER", "laundry-2"),
    ("keeper-cafe", "SHOP_KEEPER", "cafe"),
    ("keeper-bakery", "SHOP_KEEPER", "bakery"),
    ("keeper-stationer", "SHOP_KEEPER", "stationer"),
    ("cashier-rest-house", "FACILITY_CASHIER", "rest-house"),
    ("cashier-plaza", "FACILITY_CASHIER", "plaza"),
    ("cashier-hall", "FACILITY_CASHIER", "hall"),
    ("cashier-culture", "FACILITY_CASHIER", "culture"),
    ("cashier-blood", "FACILITY_CASHIER", "blood"),
    ("issuer", "ISSUER", None),
    ("official", "DONG_OFFICIAL", None),
    ("budget-a", "BUDGET_OFFICER", None),
    ("budget-b", "BUDGET_OFFICER", None),
]

type Entry = tuple[str, str]


def main() -> None:
    """Print all lines in the order of time; lines of one moment keep the order in which they were planned."""
    entries = [*cast(), *deeds(), *special_deeds(), *payments(), *bad_lines()]
    for _, line in sorted(entries, key=lambda entry: entry[0]):
        print(line)


def at(day: date, hour: int, minute: int = 0) -> str:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=KST).isoformat()


def october(day: int, hour: int, minute: int = 0) -> str:
    return at(date(2026, 10, day), hour, minute)


def entry(moment: str, do: str, **fields: object) -> Entry:
    # A lone surrogate has no UTF-8 form: such a line is written with escapes.
    escaped = any(isinstance(value, str) and "\ud83d" in value for value in fields.values())
    return moment, json.dumps({"at": moment, "do": do, **fields}, ensure_ascii=escaped)


def earn(moment: str, deed: tuple[str, int, str], key: str, who: str | list[str], **more: str) -> Entry:
    """A deed (kind, quantity, place); `more` is the evidence, who confirms (`by`) and the shop's keeper (`shop`)."""
    kind, quantity, place = deed
    proof = {"evidence": more.pop("evidence", "CODE") + f":{key}"}
    return entry(moment, "earn", key=key, who=who, kind=kind, quantity=quantity, place=place, **proof, **more)


def cast() -> Iterator[Entry]:
    """1 and 2 October: people, places, roles, officers' keys, and the first of two budget orders."""
    moment = at(date(2026, 10, 1), 9)
    for who, name, year in PEOPLE:
        yield entry(moment, "join", who=who, name=name, birth_year=year)
    for number, who in enumerate(RESIDENTS, start=1):
        year = 1950 + number if who in ELDERS else 1980 + number
        yield entry(moment, "join", who=who, name=f"주민 역할 {number:02}", birth_year=year)
    for place, kind, ko, en, dong, latitude, longitude in PLACES:
        yield entry(
            moment,
            "open_place",
            place=place,
            kind=kind,
            name_ko=f"{ko} {SAMPLE}",
            name_en=f"{en} (sample)",
            dong=dong,
            latitude_e5=latitude,
            longitude_e5=longitude,
        )
    for who, role, where in STAFF:
        yield entry(moment, "grant", who=who, role=role, **({"place": where} if where else {}))
    for who in ("budget-a", "budget-b"):
        yield entry(moment, "officer_key", who=who, by="issuer")
    yield order(date(2026, 10, 2), "order-1", 800, "SAMPLE-2026-예산-1")
    yield order(date(2026, 10, 27), "order-2", 2000, "SAMPLE-2026-예산-2")


def order(day: date, name: str, coins: int, document: str) -> Entry:
    officers = ["budget-a", "budget-b"]
    return entry(at(day, 9), "budget_order", order=name, coins=coins, document=document, officers=officers, by="issuer")


def deeds() -> Iterator[Entry]:
    """What happens week after week: hangers, tumblers, bottles, volunteering, the class, paper packs."""
    for number, day in enumerate(WEEKDAYS, start=1):
        laundry = 1 if number % 2 else 2
        hangers, keeper = ("HANGER", 20, f"laundry-{laundry}"), f"keeper-laundry-{laundry}"
        yield earn(at(day, 10), hangers, f"hanger-{number}", RESIDENTS[(number - 1) % 12], shop=keeper)
        for index, resident in enumerate(RESIDENTS, start=1):
            if (index + number) % 3 == 0:
                yield earn(at(day, 11, index), ("TUMBLER", 1, "cafe"), f"tumbler-{number}-{index}", resident)
        yield earn(at(day, 12), ("CLEAR_PET", 35, "rest-house"), f"pet-{number}", RESIDENTS[(number + 3) % 12])
        yield from deeds_of_weekday(number, day)


def deeds_of_weekday(number: int, day: date) -> Iterator[Entry]:
    """Tuesday and Thursday: volunteering; Wednesday: the class; Friday: paper packs."""
    if day.weekday() in (1, 3):
        hours = ("VOLUNTEERING", 120, "hall")
        yield earn(at(day, 16), hours, f"volunteering-{number}", ELDERS, evidence="ATTENDANCE", by="cashier-hall")
    if day.weekday() == 2:
        hours = ("HEALTH_CLASS", 60, "culture")
        yield earn(at(day, 15), hours, f"class-{number}", ELDERS, evidence="ATTENDANCE", by="cashier-culture")
    if day.weekday() == 4:
        for index in (1, 2, 3):
            packs = ("PAPER_PACK", 2400, "dong")
            yield earn(at(day, 17, index), packs, f"paper-{number}-{index}", RESIDENTS[index - 1])


def special_deeds() -> Iterator[Entry]:
    """Single deeds: talent, blood, a household found, e-forms, toys, and two photo deeds that vest a week later."""
    staff = {"evidence": "STAFF"}
    for number, day in enumerate((10, 17, 24), start=1):
        lesson = ("TALENT", 120, "culture")
        yield earn(october(day, 14), lesson, f"talent-{number}", "resident-05", by="cashier-culture", **staff)
    for who in ("resident-02", "resident-06"):
        yield earn(october(13, 13), ("BLOOD_DONATION", 1, "blood"), f"blood-{who}", who, by="cashier-blood", **staff)
    outcome = {"evidence": "OUTCOME", "by": "official"}
    yield earn(october(14, 9), ("HOUSEHOLD_LINKED", 1, "dong"), "linked", "resident-07", **outcome)
    yield earn(october(14, 9), ("HOUSEHOLD_GRANTED", 1, "dong"), "granted", "resident-08", **outcome)
    for index in range(1, 6):
        form = ("E_FORM", 1, "ok-centre")
        yield earn(october(15, 9, index), form, f"eform-{index}", RESIDENTS[index - 1], by="official", **staff)
    yield earn(october(8, 18), ("TOY_DONATION", 3, "plaza"), "toys", "resident-04", by="cashier-plaza", **staff)
    photo = {"evidence": "PHOTO", "by": "cashier-plaza"}
    yield earn(october(12, 18), ("BARTER_ITEM", 5, "plaza"), "barter-1", "resident-10", **photo)
    yield earn(october(28, 18), ("BARTER_ITEM", 4, "plaza"), "barter-2", "resident-11", **photo)
    yield entry(october(19, 0, 30), "vest")


def payments() -> Iterator[Entry]:
    """17 October at the cafe, 31 October at the hall and the bakery, one part refunded, one undone, one gift."""
    for index, who in enumerate(RESIDENTS, start=1):
        moment = at(date(2026, 10, 17), 15, index)
        yield entry(moment, "pay", key=f"cafe-{index}", who=who, place="cafe", coins=10, price_won=4500)
    for index, who in enumerate(RESIDENTS, start=1):
        moment = at(date(2026, 10, 31), 10, index)
        if index % 2:
            yield entry(moment, "pay", key=f"hall-{index}", who=who, place="hall", coins=20)
        else:
            yield entry(moment, "pay", key=f"bakery-{index}", who=who, place="bakery", coins=20, price_won=3000)
    last = date(2026, 10, 31)
    yield entry(at(last, 10, 8), "undo", key="undo-hall-1", payment="hall-1", by="resident-01")
    yield entry(at(last, 11), "refund", key="refund-bakery-2", payment="bakery-2", coins=10, by="keeper-bakery")
    yield entry(at(last, 12), "give", key="gift", who="resident-12", to="resident-01", coins=5)
    # The same wish sent twice: answered, not done again.
    yield entry(at(last, 12, 1), "give", key="gift", who="resident-12", to="resident-01", coins=5)
    yield entry(at(date(2026, 10, 20), 18), "close_place", place="stationer")


def bad_lines() -> Iterator[Entry]:
    """Every way to be wrong, each between good neighbours, on 21 October at nine."""
    moment = october(21, 9)
    yield moment, '{"at": "2026-10-21T09:00:00+09:00", "do": "earn", "key": "torn'
    yield moment, '["not", "an", "object"]'
    yield moment, '{"at": "2026-10-21T09:00:00+09:00", "do": "vest", "do": "vest"}'
    for do, fields in [*BAD_DEEDS, *BAD_PAYMENTS, *BAD_ORDERS]:
        yield entry(moment, do, **fields)
    yield moment, json.dumps({"at": october(20, 9), "do": "vest"})


def bad_deed(key: str, **changed: object) -> tuple[str, dict[str, object]]:
    good: dict[str, object] = {"who": "resident-01", "kind": "CLEAR_PET", "quantity": 10, "place": "rest-house"}
    fields = {"key": key, **good, "evidence": "CODE:x", **changed}
    return "earn", {name: value for name, value in fields.items() if value is not None}


def bad_pay(key: str, **changed: object) -> tuple[str, dict[str, object]]:
    return "pay", {"key": key, "who": "resident-01", "place": "cafe", "coins": 10, **changed}


def bad_order(do: str, order: str, coins: int, *officers: str) -> tuple[str, dict[str, object]]:
    fields = {"order": order, "coins": coins, "document": "SAMPLE", "officers": list(officers), "by": "issuer"}
    return do, fields


BAD_DEEDS: list[tuple[str, dict[str, object]]] = [
    ("juggle", {}),
    bad_deed("bad-1", kind="JUGGLING"),
    bad_deed("bad-2", quantity=10.5),
    bad_deed("bad-3", quantity=9),
    bad_deed("hanger-1"),
    bad_deed("bad-4", evidence="CODE:\0"),
    bad_deed("bad-5", who="nobody"),
    bad_deed("bad-6", colour="green"),
    bad_deed("bad-7", quantity=None),
    bad_deed("bad-8", kind="TUMBLER", place="cafe", quantity=4),
    bad_deed("bad-9", kind="WELCOME", evidence="STAFF:x", quantity=1),
    bad_deed("bad-10", who="cashier-hall", kind="VOLUNTEERING", place="hall", evidence="STAFF:x", quantity=60),
    bad_deed("bad-11", place="laundry-1"),
    bad_deed("bad-12", kind="HEALTH_CLASS", place="culture", evidence="STAFF:x", by="cashier-culture", quantity=60),
]
BAD_PAYMENTS: list[tuple[str, dict[str, object]]] = [
    bad_pay("bad-13", who="resident-\ud83d"),
    bad_pay("bad-14", coins=35),
    bad_pay("bad-15", place="stationer"),
    bad_pay("bad-16", coins=5000),
    bad_pay("bad-17", coins=20, price_won=1500),
    bad_pay("bad-18", who="keeper-cafe"),
    ("refund", {"key": "bad-19", "payment": "cafe-1", "coins": 20, "by": "keeper-cafe"}),
    ("refund", {"key": "bad-20", "payment": "cafe-1", "coins": 10, "by": "keeper-bakery"}),
    ("undo", {"key": "bad-21", "payment": "cafe-1", "by": "resident-01"}),
    ("give", {"key": "bad-22", "who": "resident-01", "to": "resident-01", "coins": 1}),
]
BAD_ORDERS = [
    bad_order("budget_order", "order-1", 1, "budget-a", "budget-b"),
    bad_order("budget_order", "order-3", 1, "budget-a", "budget-a"),
    bad_order("cut", "cut-1", 799, "budget-a", "budget-b"),
]


if __name__ == "__main__":
    main()
