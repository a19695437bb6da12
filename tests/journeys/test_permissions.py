"""Who may open what: every address of the node meets every role of the district (facts 21d), and a few besides.

The table is `permissions.tsv`: a row for each address, a column for each visitor, the status of a GET, and why where it
surprises. POST-only pages answer 405 to whom the role lets in. A change of the table is a change of rights and is read
as such; an address without a row fails.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from pumasi.civic.codes.operations import scan
from pumasi.civic.codes.queries import personal_code, place_address, place_code
from pumasi.civic.notices.models import Notice
from pumasi.civic.notices.operations import Words, write_notice
from pumasi.civic.people.models import Role, RoleName
from pumasi.civic.people.operations import grant_role, join
from pumasi.civic.places.models import Place
from pumasi.civic.places.operations import print_sticker
from pumasi.civic.places.queries import place
from pumasi.civic.printing.sheets import MIME
from pumasi.civic.shell.tests.visiting import stand_still, visitor
from pumasi.coin.models import Claim, DisputeReason, SelfDeal
from pumasi.coin.operations import dispute, draft_change
from pumasi.coin.operations.tariff import Draft
from pumasi.coin.queries.monday import monday_list
from pumasi.coin.tariff_edit import SetAmount, SetRate
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.kernel.clock import FixedClock
from pumasi.seal.cadence import AT_ONCE
from pumasi.seal.sealer import SealerAtWork
from pumasi.services.shops.operations.lifecycle import Wish, apply
from tests.journeys.objects import (
    a_campaign,
    of_hearings,
    of_hooks,
    of_members,
    of_moving,
    of_staff,
    of_texts,
    of_year_end,
    photo_and_roll,
)

pytestmark = pytest.mark.django_db(databases=DATABASES)

# Roles without a place, by their column; those at a place stand below. Each is somebody new, who owns nothing that the
# addresses point at; `neighbour` and `baker` are the resident and the keeper with other objects.
WIDE = {
    "official": RoleName.DONG_OFFICIAL,
    "reviewer": RoleName.REVIEWER,
    "treasury": RoleName.TREASURY,
    "budget": RoleName.BUDGET_OFFICER,
    "auditor": RoleName.AUDITOR,
    "charity": RoleName.CHARITY_MANAGER,
}
AT_PLACES = {
    "baker": (RoleName.SHOP_KEEPER, "표본 빵집"),
    "cashier": (RoleName.FACILITY_CASHIER, "표본 체육관"),
    "organiser": (RoleName.ORGANISATION_ADMIN, "표본 주민센터"),
}
# A guardian has no role of their own, a former officer is a resident again, nobody has not signed in.
VISITORS = ("resident", "guardian", "keeper", "issuer", "former", "nobody", "neighbour", *AT_PLACES, *WIDE)
STARTS, ENDS = date(2026, 10, 1), date(2026, 12, 31)
TABLE = Path(__file__).with_name("permissions.tsv")
FILES = ("application/pdf", MIME)
_BATCH = ("batch", "check", "give_up", "export", "numbers", "paid", "bounced")


@dataclass
class Scene:
    """The visitors, and for each address the arguments of one real object: the resident's, at the keeper's shop."""

    clients: dict[str, Client]
    arguments: Mapping[str, Mapping[str, object]]


def _table() -> dict[str, tuple[int, ...]]:
    head, *lines = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines())
    assert head == ["address", *VISITORS, "note"]
    return {name: tuple(map(int, codes[: len(VISITORS)])) for name, *codes in lines}


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Scene:
    settings.WHITENOISE_AUTOREFRESH = True
    clock = FixedClock(MORNING)
    stand_still(monkeypatch, clock)
    world = World()
    world.funds()
    world.earns(world.resident, 40)
    guardian, former = world.joins("보호자 역할"), world.joins("전 담당 역할")
    Role.objects.filter(person_id=guardian).update(ended_on=date(2026, 10, 2))
    grant_role(acts(None), former, RoleName.ISSUER, starts=date(2026, 10, 1), ends=date(2026, 10, 2))
    people = {
        "resident": world.resident,
        "guardian": guardian,
        "keeper": world.keeper,
        "issuer": world.issuer,
        "former": former,
        "nobody": None,
        **newcomers(),
    }
    arguments = arguments_of(world)
    with SealerAtWork(AT_ONCE, clock) as sealer:
        assert sealer.turn() is None
    return Scene({name: visitor(person) for name, person in people.items()}, arguments)


def newcomers() -> dict[str, UUID]:
    found = {name: join(acts(None), "역할 시험", birth_year=1990).id for name in ("neighbour", *AT_PLACES, *WIDE)}
    for name, (role, where) in AT_PLACES.items():
        grant_role(acts(None), found[name], role, Place.objects.get(name_ko=where).id, starts=STARTS, ends=ENDS)
    for name, role in WIDE.items():
        grant_role(acts(None), found[name], role, starts=STARTS, ends=ENDS)
    return found


def arguments_of(world: World) -> Mapping[str, Mapping[str, object]]:
    payment = {"payment_id": world.pays(10).key}
    proof = {"key": payment["payment_id"]}
    return {
        **_of_deeds(world),
        **_of_shops(world, payment),
        **_of_the_desk(world),
        **_of_giving(world),
        **_of_settlement(world),
        **of_hearings(world),
        **of_moving(),
        **of_members(world),
        **of_year_end(world),
        "api:problem": {"code": "coin.not_allowed"},
        "api:nothing": {"rest": "nowhere"},
        "api:end_token": {"token_id": uuid4()},
        **of_hooks(world),
        **of_staff(world),
        **of_texts(world),
        "record:block": {"number": 1},
        "record:receipt": proof,
        "record:receipt_part": proof,
        "record:receipt_file": proof,
        "record:log_file": {"name": "checkpoint"},
    }


_OF_A_ROLL = ("roll", "roll_paper", "roll_leader", "roll_close", "roll_approve")


def _of_deeds(world: World) -> Mapping[str, Mapping[str, object]]:
    claim = {"claim_id": Claim.objects.filter(place_id=world.centre).values_list("key", flat=True)[0]}
    here = scan(acts(world.resident), place_code(world.gym, MORNING).text, a_key()).id
    photo, roll = photo_and_roll(world)
    lists = {"batch_id": uuid4()}
    return {
        **{f"deeds:{name}": claim for name in ("object", "answer", "review", "review_photo", "outcome")},
        **{f"deeds:{name}": {"session_id": roll} for name in _OF_A_ROLL},
        "shell:scanned": {"text": place_address(world.laundry).rpartition("/")[2]},
        "deeds:kind": {"code": "CLEAR_PET"},
        "deeds:scanned": {"text": place_code(world.centre, MORNING).text},
        "deeds:here": {"scan_id": here},
        "deeds:result": claim,
        "deeds:slip": claim,
        "deeds:decide": claim,
        "deeds:month": {"year": 2026, "number": 10},
        "deeds:photo": {"code": "BARTER_ITEM"},
        "deeds:photo_code": {"code_id": photo},
        "deeds:arrive": {"scan_id": here},
        "deeds:leave": {"scan_id": here},
        "deeds:machine": {"text": "nonsense"},
        "deeds:end_binding": {"binding_id": 1},
        "deeds:list": lists,
        "deeds:list_export": lists,
        "deeds:screen": {"place_id": world.laundry},
        "deeds:screen_part": {"place_id": world.laundry},
    }


_OF_A_PAYMENT = ("receipt", "undo_mine", "payment", "undo", "refund", "wrong", "slip")
_OF_A_PLACE = (
    "received_part", "poster", "stickers", "devices", "state", "takings", "takings_csv",
    "needs",
)  # fmt: skip


def _of_shops(world: World, payment: Mapping[str, object]) -> Mapping[str, Mapping[str, object]]:
    shop = {"place_id": world.laundry}
    print_sticker(acts(world.keeper), world.laundry)
    paid = world.pays(10).key
    case = dispute(acts(world.resident), payment_id=paid, reason=DisputeReason.OTHER, key=a_key()).key
    wish = Wish("표본 카페", "Sample cafe", "표본동", "1234567891", ["HANGER"])
    wished = {"shop_id": apply(acts(world.resident), owner_id=world.resident, wish=wish, key=a_key())}
    return {
        **{f"shops:{name}": payment for name in _OF_A_PAYMENT},
        **{f"shops:{name}": shop for name in _OF_A_PLACE},
        **{f"shops:{name}": wished for name in ("my_shop", "activate", "close", "desk_shop")},
        **{f"guide:{name}": {"number": place(world.laundry).number} for name in ("place", "position")},
        "shops:at": {"text": place_address(world.laundry).rpartition("/")[2]},
        "shops:pay": {"place_id": world.bakery},
        "shops:pay_confirm": {"place_id": world.bakery},
        "shops:bring_item": {"code": "HANGER"},
        **{name: {**shop, "serial": 1} for name in ("shops:sticker", "shops:sticker_pdf", "shops:wall_poster")},
        "shops:day_sheet": {**shop, "day": "2026-10-05"},
        "shops:dispute_accept": {"payment_id": paid},
        "shops:dispute_explain": {"payment_id": paid},
        "shops:till_confirm": {"scan_id": uuid4()},
        "shops:desk_act": {**wished, "what": "verify"},
        "shops:decide": {"dispute_id": case},
        "shops:prices": {"place_id": world.gym},
        "shops:counter_scanned": {"text": personal_code(world.resident, MORNING).text},
        "shops:counter_confirm": {"scan_id": uuid4()},
    }


def _of_the_desk(world: World) -> Mapping[str, Mapping[str, object]]:
    change = Draft("시험", "Trial", "제5조", "결재-1", date(2026, 11, 1), (SetAmount("CLEAR_PET", 3),))
    drafted = {"change_id": draft_change(acts(world.issuer), change, key=a_key())}
    value = Draft("값", "Value", "제5조", "결재-1", date(2026, 12, 1), (SetRate(200, convert=True),))
    valued = {"change_id": draft_change(acts(world.issuer), value, key=a_key())}
    SelfDeal.objects.bulk_create(
        SelfDeal(person_id=world.keeper, place_id=world.laundry, refusal="coin.own_shop_deed", at=MORNING - each)
        for each in (timedelta(days=1), timedelta(days=2))
    )
    finding = monday_list(date(2026, 10, 5), "ko").findings[0].id
    return {
        "cockpit:change": drafted,
        "cockpit:simulation": drafted,
        "cockpit:preview": valued,
        "cockpit:preview_csv": valued,
        "cockpit:freeze": {"freeze_id": uuid4()},
        "cockpit:end_key": {"key_id": 1},
        "cockpit:finding": {"week": "2026-10-05", "finding_id": finding},
        "cockpit:roster": {"key": uuid4()},
        "rulebook:kind": {"code": "CLEAR_PET"},
    }


def _of_giving(world: World) -> Mapping[str, Mapping[str, object]]:
    charity, campaign = a_campaign(world)
    donation = {"donation_id": uuid4()}
    return {
        **{f"giving:{name}": campaign for name in ("campaign", "give", "confirm", "evidence", "desk_campaign")},
        "giving:gift": {"scan_id": uuid4()},
        "giving:gift_receipt": {"key": uuid4()},
        "giving:receipt": donation,
        "giving:take_back": donation,
        "giving:slip": donation,
        "giving:propose": charity,
        "giving:verify": charity,
        "giving:desk_act": {**campaign, "what": "approve"},
    }


def _of_settlement(world: World) -> Mapping[str, Mapping[str, object]]:
    batch = {"batch_id": uuid4()}
    words = Words("가", "a", "나", "b")
    write_notice(acts(None), person_id=world.resident, kind="EXPIRY", words=words, key=a_key())
    letter = {"notice_id": Notice.objects.get().id}
    return {
        **{f"settlement:{name}": batch for name in _BATCH},
        "settlement:unreachable_act": {"what": "keep"},
        "settlement:statement": {"line_id": uuid4()},
        "settlement:payout": {"line_id": uuid4()},
        "settlement:account": {"place_id": world.laundry},
        "letters:letter": letter,
        "letters:paper": letter,
    }


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """Every named address of the node, with its name space; programs have a table of their own (tests/api)."""
    for each in patterns:
        if isinstance(each, URLResolver) and each.namespace == "v1":
            continue
        if isinstance(each, URLResolver):
            yield from names(each.url_patterns, f"{each.namespace}:" if each.namespace else space)
        else:
            yield f"{space}{each.name}"


class TestPermissions:
    def test_every_address_has_a_row(self) -> None:
        assert sorted(names(get_resolver().url_patterns)) == sorted(_table())

    def test_every_role_is_a_column(self) -> None:
        covered = {*WIDE.values(), *(role for role, _ in AT_PLACES.values()), RoleName.RESIDENT, RoleName.ISSUER}

        assert covered == set(RoleName)

    def test_each_visitor_meets_what_the_table_says_and_no_id_of_a_person(self, scene: Scene) -> None:
        table, ids = _table(), _ids_of_people()
        met: dict[str, tuple[int, ...]] = {}
        for name in table:
            url = reverse(name, kwargs=dict(scene.arguments.get(name, {})))
            pages = [scene.clients[each].get(url) for each in VISITORS]
            met[name] = tuple(page.status_code for page in pages)
            for page in pages:
                if page.status_code == 200 and page["Content-Type"] not in FILES and name != "shell:ready":
                    assert not ids & set(page.content.decode().split('"')), name

        assert met == table


def _ids_of_people() -> set[str]:
    ids: list[UUID] = list(Role.objects.values_list("person_id", flat=True))
    return {str(each) for each in ids}
