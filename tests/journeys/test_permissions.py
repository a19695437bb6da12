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
from pumasi.civic.notices.models import Notice
from pumasi.civic.notices.operations import Words, write_notice
from pumasi.civic.people.models import Role, RoleName
from pumasi.civic.people.operations import grant_role
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
from tests.journeys import year_end
from tests.journeys.objects import a_campaign, of_hearings, of_members, of_moving, photo_and_roll

pytestmark = pytest.mark.django_db(databases=DATABASES)

# Columns: resident, guardian without a role of their own, shop keeper, officer, former officer (a resident), nobody.
VISITORS = ("resident", "guardian", "keeper", "officer", "former", "nobody")
EVERYBODY = (200, 200, 200, 200, 200, 200)
RESIDENTS = (200, 403, 200, 200, 200, 302)
STAFF = (403, 403, 200, 403, 403, 302)
OFFICERS = (403, 403, 403, 200, 403, 302)
OFFICERS_POST = (403, 403, 403, 405, 403, 302)
NONE_OF_THEM = (403, 403, 403, 403, 403, 302)
OTHERS = (403, 403, 403, 403, 403, 302)  # reviewers, officials, admins: nobody of these six
RESIDENTS_POST = (405, 403, 405, 405, 405, 302)
# POST only: a GET is answered with 405 to those whom the role lets in.
ROWS: dict[str, tuple[int, ...]] = {
    "shell:home": EVERYBODY,
    "shell:inbox": (403, 403, 200, 200, 403, 302),
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
    "deeds:slip": (200, 403, 404, 404, 404, 302),
    "deeds:month": RESIDENTS,
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
    "deeds:waiting_part": STAFF,
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
    "shops:slip": (200, 403, 200, 404, 404, 302),
    "shops:sticker_pdf": STAFF,
    "shops:wall_poster": STAFF,
    "shops:received": STAFF,
    "shops:received_part": STAFF,
    "shops:poster": STAFF,
    "shops:payment": STAFF,
    "shops:undo": (403, 403, 405, 403, 403, 302),
    "shops:refund": (403, 403, 405, 403, 403, 302),
    "shops:counter": STAFF,
    "shops:counter_scanned": (403, 403, 302, 403, 403, 302),
    "shops:counter_confirm": (403, 403, 302, 403, 403, 302),  # without an amount: back to the counter
    "shops:wrong": (200, 403, 200, 404, 404, 302),
    "shops:bring": RESIDENTS,
    "shops:bring_item": RESIDENTS,
    "shops:stickers": STAFF,
    "shops:sticker": STAFF,
    "shops:devices": STAFF,
    "shops:state": STAFF,
    "shops:takings": STAFF,
    "shops:takings_csv": STAFF,
    "shops:day_sheet": STAFF,
    "shops:my_needs": (403, 403, 302, 403, 403, 302),
    "shops:needs": STAFF,
    "shops:dispute_accept": (403, 403, 405, 403, 403, 302),
    "shops:dispute_explain": (403, 403, 405, 403, 403, 302),
    "shops:till": EVERYBODY,  # a counter: its device is asked for, not a person
    "shops:till_bind": (405,) * 6,
    "shops:till_done": (409,) * 6,  # not bound
    "shops:till_undo": (405,) * 6,
    "shops:till_confirm": (409,) * 6,
    "shops:my_shops": RESIDENTS,
    "shops:apply": RESIDENTS,
    "shops:my_shop": (200, 403, 404, 404, 404, 302),
    "shops:activate": (405, 403, 405, 405, 405, 302),
    "shops:close": (405, 403, 405, 405, 405, 302),
    "shops:desk": OFFICERS,
    "shops:desk_apply": OFFICERS,
    "shops:desk_shop": OFFICERS,
    "shops:desk_act": (403, 403, 403, 405, 403, 302),
    "shops:disputes": OFFICERS,
    "shops:decide": OFFICERS,
    "shops:prices": OFFICERS,
    "guide:places": EVERYBODY,
    "guide:all": EVERYBODY,
    "guide:outlines": EVERYBODY,
    "guide:place": EVERYBODY,
    "guide:position": (403, 403, 200, 200, 403, 302),
    "giving:campaigns": EVERYBODY,
    "giving:campaign": EVERYBODY,
    "giving:give": RESIDENTS,
    "giving:confirm": (422, 403, 422, 422, 422, 302),  # opened without an amount
    "giving:person": RESIDENTS,
    "giving:gift": (409, 403, 409, 409, 409, 302),  # without a person's code that was scanned
    "giving:gift_receipt": (404, 403, 404, 404, 404, 302),  # a gift is for its two people
    "giving:mine": RESIDENTS,
    "giving:receipt": (404, 403, 404, 404, 404, 302),  # a donation is its giver's alone
    "giving:slip": (404, 403, 404, 404, 404, 302),
    "giving:take_back": (405, 403, 405, 405, 405, 302),
    "giving:charity": NONE_OF_THEM,  # and of charities' managers, none of whom is here
    "giving:propose": NONE_OF_THEM,
    "giving:evidence": NONE_OF_THEM,
    "giving:estate": OFFICERS,
    "giving:desk": OFFICERS,
    "giving:verify": OFFICERS_POST,
    "giving:desk_campaign": OFFICERS,
    "giving:desk_act": OFFICERS_POST,
    "members:join": EVERYBODY,
    "members:mine": RESIDENTS,
    "members:moving": RESIDENTS_POST,
    "members:my_slip": RESIDENTS,
    "members:desk": OFFICERS,
    "members:desk_join": OFFICERS,
    "members:requests": OFFICERS,
    "members:request": OFFICERS,
    "members:estates": OFFICERS,
    "members:estate": OFFICERS,
    "members:estate_act": OFFICERS_POST,
    "members:member": OFFICERS,  # this officer's own visit of a desk
    "members:slip": OFFICERS,
    "members:act": OFFICERS_POST,
    "members:words": OFFICERS_POST,
    "letters:box": RESIDENTS,
    "letters:letter": (200, 403, 404, 404, 404, 302),
    "letters:paper": (200, 403, 404, 404, 404, 302),
    "hearings:mine": RESIDENTS,
    "hearings:one": (200, 403, 404, 404, 404, 302),
    "hearings:desk": OFFICERS,
    "hearings:find": (403, 403, 403, 422, 403, 302),  # opened without a place
    "hearings:propose": OFFICERS,
    "hearings:case": OFFICERS,
    "settlement:desk": OFFICERS,
    "settlement:draft": NONE_OF_THEM,
    "settlement:batch": (403, 403, 403, 409, 403, 302),  # there is no such batch
    "settlement:check": NONE_OF_THEM,
    "settlement:give_up": NONE_OF_THEM,
    "settlement:export": NONE_OF_THEM,
    "settlement:numbers": NONE_OF_THEM,
    "settlement:paid": NONE_OF_THEM,
    "settlement:bounced": NONE_OF_THEM,
    "settlement:around": OFFICERS,
    "settlement:confirm_account": NONE_OF_THEM,
    "settlement:hold": OFFICERS_POST,
    "settlement:end_hold": OFFICERS_POST,
    "settlement:override": OFFICERS_POST,
    "settlement:agree": OFFICERS_POST,
    "settlement:facility": NONE_OF_THEM,
    "settlement:unreachable": OFFICERS,
    "settlement:unreachable_act": NONE_OF_THEM,
    "settlement:mine": STAFF,
    "settlement:payout": (403, 403, 404, 403, 403, 302),  # of another shop
    "settlement:statement": (403, 403, 404, 403, 403, 302),
    "settlement:account": STAFF,
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
    "cockpit:cut": OFFICERS,
    "cockpit:raise": OFFICERS,
    "cockpit:keys": OFFICERS,
    "cockpit:end_key": OFFICERS_POST,
    "cockpit:waiting": OFFICERS,
    "cockpit:tariff": OFFICERS,
    "cockpit:draft": OFFICERS,
    "cockpit:value": OFFICERS,
    "cockpit:ending": OFFICERS,
    "cockpit:preview": OFFICERS,
    "cockpit:preview_csv": OFFICERS,
    "cockpit:change": OFFICERS,
    "cockpit:simulation": OFFICERS,
    "cockpit:freezes": OFFICERS,
    "cockpit:freeze": (403, 403, 403, 405, 403, 302),
    "cockpit:monday": OFFICERS,
    "cockpit:finding": OFFICERS,
    "cockpit:rosters": OFFICERS,
    "cockpit:roster": (403, 403, 403, 405, 403, 302),
    "moving:desk": OFFICERS,
    "moving:find": OFFICERS,
    "moving:export": OFFICERS_POST,
    "moving:agree": OFFICERS_POST,
    "moving:proposal": OFFICERS,
    "moving:act": OFFICERS_POST,
    "moving:report": OFFICERS,
    "rulebook:rules": EVERYBODY,
    "rulebook:kind": EVERYBODY,
    "rulebook:changes": EVERYBODY,
    "rulebook:watch": EVERYBODY,
    "rulebook:json": EVERYBODY,
    "rulebook:ending": EVERYBODY,
    **year_end.ROWS,
}
_BATCH = ("batch", "check", "give_up", "export", "numbers", "paid", "bounced")


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
    world.earns(world.resident, 40)
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
        **year_end.arguments(world),
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
                    if page["Content-Type"] in ("application/pdf", MIME):
                        continue
                    assert not _ids_of_people() & set(page.content.decode().split('"')), name


def _ids_of_people() -> set[str]:
    ids: list[UUID] = list(Role.objects.values_list("person_id", flat=True))
    return {str(each) for each in ids}
