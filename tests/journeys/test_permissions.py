"""Who may open what: every address of the node meets six visitors. A new address without a row here fails."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from pumasi.civic.codes.operations import scan
from pumasi.civic.codes.queries import personal_code, place_address, place_code
from pumasi.civic.people.models import Role, RoleName
from pumasi.civic.people.operations import grant_role
from pumasi.civic.shell.tests.visiting import stand_still, visitor
from pumasi.civic.visits.operations import add_leader
from pumasi.coin.models import Claim
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.kernel.clock import FixedClock
from pumasi.seal.cadence import AT_ONCE
from pumasi.seal.sealer import SealerAtWork
from pumasi.services.deeds import operations

pytestmark = pytest.mark.django_db(databases=DATABASES)

# Columns: resident, guardian without a role of their own, shop keeper, officer, former officer (a resident), nobody.
VISITORS = ("resident", "guardian", "keeper", "officer", "former", "nobody")
EVERYBODY = (200, 200, 200, 200, 200, 200)
RESIDENTS = (200, 403, 200, 200, 200, 302)
STAFF = (403, 403, 200, 403, 403, 302)
OFFICERS = (403, 403, 403, 200, 403, 302)
OTHERS = (403, 403, 403, 403, 403, 302)  # reviewers, officials, admins: nobody of these six
RESIDENTS_POST = (405, 403, 405, 405, 405, 302)
# POST only: a GET is answered with 405 to those whom the role lets in.
ROWS: dict[str, tuple[int, ...]] = {
    "shell:home": EVERYBODY,
    "shell:display": (405,) * 6,
    "shell:demo_clock": (405,) * 6,
    "shell:scanned": (302,) * 6,
    "shell:ready": EVERYBODY,
    "shell:sign_in": EVERYBODY,
    "shell:sign_out": (405,) * 6,
    "shell:desk_code": OFFICERS,
    "camera:scan": RESIDENTS,
    "deeds:coins": RESIDENTS,
    "deeds:history": RESIDENTS,
    "deeds:my_code": RESIDENTS,
    "deeds:my_code_part": RESIDENTS,
    "deeds:earn": RESIDENTS,
    "deeds:kind": RESIDENTS,
    "deeds:scanned": (302, 403, 302, 302, 302, 302),
    "deeds:here": (200, 403, 409, 409, 409, 302),  # a scan is good for the one who made it
    "deeds:result": (200, 403, 404, 404, 404, 302),
    "deeds:photo": RESIDENTS,
    "deeds:photo_code": (200, 403, 404, 404, 404, 302),
    "deeds:arrive": RESIDENTS_POST,
    "deeds:leave": RESIDENTS_POST,
    "deeds:object": RESIDENTS_POST,
    "deeds:answer": RESIDENTS_POST,
    "deeds:thanks": RESIDENTS,
    "deeds:find": RESIDENTS,
    "deeds:machine": (409, 403, 409, 409, 409, 302),  # opened with something that is no receipt
    "deeds:machine_post": (405,) * 6,  # for machines, known by their signature
    "deeds:review_inbox": OTHERS,
    "deeds:review": OTHERS,
    "deeds:review_photo": OTHERS,
    "deeds:outcomes": OTHERS,
    "deeds:outcome": OTHERS,
    "deeds:pool": OFFICERS,
    "deeds:organisations": OFFICERS,
    "deeds:bind": (403, 403, 403, 405, 403, 302),
    "deeds:end_binding": (403, 403, 403, 405, 403, 302),
    "deeds:lists": OTHERS,
    "deeds:list": OTHERS,
    "deeds:list_export": OTHERS,
    "deeds:rolls": (200, 200, 200, 200, 200, 302),
    "deeds:roll_open": OTHERS,
    "deeds:roll": (200, 404, 404, 404, 404, 302),  # the resident leads this one
    "deeds:roll_paper": (405, 405, 405, 405, 405, 302),
    "deeds:roll_leader": (405, 405, 405, 405, 405, 302),
    "deeds:roll_close": (200, 404, 404, 404, 404, 302),
    "deeds:roll_approve": OTHERS,
    "deeds:confirm": STAFF,
    "deeds:decide": (403, 403, 405, 403, 403, 302),
    "deeds:my_places": STAFF,
    "deeds:screen": STAFF,
    "deeds:screen_part": STAFF,
    "shops:choose": RESIDENTS,
    "shops:at": (302, 403, 302, 302, 302, 302),
    "shops:pay": RESIDENTS,
    "shops:pay_confirm": (422, 403, 422, 422, 422, 302),  # opened without an amount
    "shops:receipt": (200, 403, 200, 404, 404, 302),
    "shops:undo_mine": (405, 403, 405, 405, 405, 302),
    "shops:received": STAFF,
    "shops:received_part": STAFF,
    "shops:poster": STAFF,
    "shops:payment": STAFF,
    "shops:undo": (403, 403, 405, 403, 403, 302),
    "shops:refund": (403, 403, 405, 403, 403, 302),
    "shops:counter": STAFF,
    "shops:counter_scanned": (403, 403, 302, 403, 403, 302),
    "shops:counter_confirm": (403, 403, 302, 403, 403, 302),  # without an amount: back to the counter
    "cockpit:budget": OFFICERS,
    "cockpit:order": OFFICERS,
    "cockpit:books": OFFICERS,
    "record:chain": EVERYBODY,
    "record:block": EVERYBODY,
    "record:how": EVERYBODY,
    "record:files": EVERYBODY,
    "record:receipt": (200, 403, 200, 404, 404, 302),  # the keeper's is that of the shop's side
    "record:receipt_part": (200, 403, 200, 404, 404, 302),
    "record:receipt_file": (200, 403, 200, 404, 404, 302),
    "record:verify": EVERYBODY,
    "record:log_file": EVERYBODY,
}


@dataclass
class Scene:
    """The visitors, and for each address the arguments of one real object: the resident's, at the keeper's shop."""

    clients: dict[str, Client]
    arguments: Mapping[str, Mapping[str, object]]


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Scene:
    settings.WHITENOISE_AUTOREFRESH = True
    clock = FixedClock(MORNING)
    stand_still(monkeypatch, clock)
    world = World()
    world.funds()
    world.earns(world.resident, 20)
    guardian, former = world.joins("보호자 역할"), world.joins("전 담당 역할")
    Role.objects.filter(person_id=guardian).update(ended_on=date(2026, 10, 2))
    grant_role(acts(None), former, RoleName.ISSUER, starts=date(2026, 10, 1), ends=date(2026, 10, 2))
    people = {
        "resident": world.resident,
        "guardian": guardian,
        "keeper": world.keeper,
        "officer": world.issuer,
        "former": former,
        "nobody": None,
    }
    arguments = _arguments(world)
    with SealerAtWork(AT_ONCE, clock) as sealer:
        assert sealer.turn() is None
    return Scene({name: visitor(person) for name, person in people.items()}, arguments)


def _arguments(world: World) -> Mapping[str, Mapping[str, object]]:
    claim = Claim.objects.filter(place_id=world.centre).values_list("key", flat=True)[0]
    here = scan(acts(world.resident), place_code(world.gym, MORNING).text, a_key()).id
    shop, payment = {"place_id": world.laundry}, {"payment_id": world.pays(10).key}
    photo, roll = _photo_and_roll(world)
    proof = {"key": payment["payment_id"]}
    sticker = place_address(world.laundry).rpartition("/")[2]
    return {
        "shell:scanned": {"text": sticker},
        "deeds:kind": {"code": "CLEAR_PET"},
        "deeds:scanned": {"text": place_code(world.centre, MORNING).text},
        "deeds:here": {"scan_id": here},
        "deeds:result": {"claim_id": claim},
        "deeds:decide": {"claim_id": claim},
        "deeds:photo": {"code": "BARTER_ITEM"},
        "deeds:photo_code": {"code_id": photo},
        "deeds:arrive": {"scan_id": here},
        "deeds:leave": {"scan_id": here},
        "deeds:object": {"claim_id": claim},
        "deeds:answer": {"claim_id": claim},
        "deeds:machine": {"text": "nonsense"},
        "deeds:review": {"claim_id": claim},
        "deeds:review_photo": {"claim_id": claim},
        "deeds:outcome": {"claim_id": claim},
        "deeds:end_binding": {"binding_id": 1},
        "deeds:list": {"batch_id": uuid4()},
        "deeds:list_export": {"batch_id": uuid4()},
        "deeds:roll": {"session_id": roll},
        "deeds:roll_paper": {"session_id": roll},
        "deeds:roll_leader": {"session_id": roll},
        "deeds:roll_close": {"session_id": roll},
        "deeds:roll_approve": {"session_id": roll},
        "deeds:screen": shop,
        "deeds:screen_part": shop,
        "shops:at": {"text": sticker},
        "shops:pay": {"place_id": world.bakery},
        "shops:pay_confirm": {"place_id": world.bakery},
        "shops:receipt": payment,
        "shops:undo_mine": payment,
        "shops:received_part": shop,
        "shops:poster": shop,
        "shops:payment": payment,
        "shops:undo": payment,
        "shops:refund": payment,
        "shops:counter_scanned": {"text": personal_code(world.resident, MORNING).text},
        "shops:counter_confirm": {"scan_id": uuid4()},
        "record:block": {"number": 1},
        "record:receipt": proof,
        "record:receipt_part": proof,
        "record:receipt_file": proof,
        "record:log_file": {"name": "checkpoint"},
    }


def _photo_and_roll(world: World) -> tuple[UUID, UUID]:
    """A photo code of the resident, and a session at the gym that the resident leads too."""
    photo = operations.issue_photo_code(
        acts(world.resident), person_id=world.resident, place_id=world.centre, kind="BARTER_ITEM", key=a_key()
    )
    roll = operations.open_roll(
        acts(world.cashier),
        place_id=world.gym,
        kind="VOLUNTEERING",
        title="하천 청소",
        starts_at=MORNING,
        ends_at=MORNING + timedelta(hours=2),
        key=a_key(),
    )
    add_leader(acts(world.cashier), session_id=roll.id, person_id=world.resident)
    return photo.id, roll.id


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """Every named address of the node, with its name space."""
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from names(each.url_patterns, f"{each.namespace}:" if each.namespace else space)
        else:
            yield f"{space}{each.name}"


class TestPermissions:
    def test_every_address_has_a_row(self) -> None:
        assert sorted(names(get_resolver().url_patterns)) == sorted(ROWS)

    @pytest.mark.parametrize("name", sorted(ROWS))
    def test_each_visitor_meets_what_the_row_says(self, scene: Scene, name: str) -> None:
        url = reverse(name, kwargs=dict(scene.arguments.get(name, {})))

        met = tuple(scene.clients[each].get(url).status_code for each in VISITORS)

        assert met == ROWS[name]

    def test_no_page_shows_an_id_of_a_person(self, scene: Scene) -> None:
        for name, row in ROWS.items():
            for who, status in zip(VISITORS, row, strict=True):
                if status == 200 and name != "shell:ready":
                    page = scene.clients[who].get(reverse(name, kwargs=dict(scene.arguments.get(name, {}))))
                    assert not _ids_of_people() & set(page.content.decode().split('"')), name


def _ids_of_people() -> set[str]:
    ids: list[UUID] = list(Role.objects.values_list("person_id", flat=True))
    return {str(each) for each in ids}
