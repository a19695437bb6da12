"""Real objects for the pages that the permission matrix opens: a campaign, a photo, a roll, a visit of a desk."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID, uuid4

from pumasi.civic.hooks.models import Delivery, Endpoint
from pumasi.civic.hooks.operations import add_endpoint, happened
from pumasi.civic.hooks.queries import PAID
from pumasi.civic.people.models import Role, RoleName
from pumasi.civic.people.operations import join
from pumasi.civic.visits.operations import add_leader
from pumasi.coin.hearings.models import Case
from pumasi.coin.moving.models import Proposal
from pumasi.coin.operations import ask_merge, propose_clawback, report_death
from pumasi.coin.tests.world import MORNING, World, a_key, acts
from pumasi.services.deeds import operations
from pumasi.services.giving.models import Campaign, Charity
from pumasi.services.members.operations.visiting import open_visit
from pumasi.services.staff.operations import Post, appoint
from pumasi.services.texts.models import Kind
from pumasi.services.texts.operations import Words, write


def of_members(world: World) -> Mapping[str, Mapping[str, object]]:
    """A visit of the officer's desk, a request for a second officer, and a report of a death."""
    visit = {"visit_id": open_visit(acts(world.issuer), world.neighbour)}
    twin, dead = world.joins("주민 역할 가"), world.joins("고인 역할")
    report_death(acts(world.official), person_id=dead, key=a_key())
    request = ask_merge(acts(world.official), kept_id=world.resident, gone_id=twin, reason="같은 사람", key=a_key())
    return {
        "members:request": {"request_id": request},
        "members:estate": {"number": 1},
        "members:estate_act": {"number": 1, "what": "pass"},
        **{f"members:{name}": visit for name in ("member", "slip", "balance", "letters", "card", "strip", "words")},
        "members:family_act": {"guardianship_id": request, "what": "card"},
        "members:act": {**visit, "what": "leave"},
    }


def of_hooks(world: World) -> Mapping[str, Mapping[str, object]]:
    """The keeper's program, which hears of a payment."""
    add_endpoint(acts(world.keeper), place_id=world.laundry, url="https://till.example/", events=[PAID])
    happened(PAID, key=a_key(), place_id=world.laundry, at=MORNING, facts={})
    endpoint = {"endpoint_id": Endpoint.objects.get().id}
    again = {**endpoint, "delivery_id": Delivery.objects.order_by("id")[0].id}
    return {**{f"hooks:{name}": endpoint for name in ("one", "end", "renew")}, "hooks:again": again}


def a_campaign(world: World) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """An open campaign of a charity whose manager is not among the visitors."""
    charity = Charity.objects.create(
        id=uuid4(),
        name_ko="표본 나눔회",
        name_en="Sample",
        number="S-1",
        manager_id=world.joins("단체 담당 역할"),
        registered_at=MORNING,
        state="VERIFIED",
    )
    campaign = Campaign.objects.create(
        id=uuid4(),
        charity=charity,
        title_ko="겨울 이불",
        title_en="Blankets",
        text_ko="이불",
        text_en="Blankets",
        target=10_000,
        deadline=date(2026, 10, 20),
        state="OPEN",
        drafted_at=MORNING,
        clause="조례 제10조",
    )
    return {"charity_id": charity.id}, {"campaign_id": campaign.id}


def photo_and_roll(world: World) -> tuple[UUID, UUID]:
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


def of_hearings(world: World) -> Mapping[str, Mapping[str, object]]:
    claim = world.brings_hangers(10).key
    told = {"claim_id": claim, "keep": 0, "why": "달라요", "clause": "제7조", "key": a_key()}
    propose_clawback(acts(world.reviewer), **told)  # type: ignore[arg-type]  # of the right kinds
    case = {"case_id": Case.objects.get(person_id=world.resident).id}
    return {"hearings:one": case, "hearings:case": case, "hearings:propose": {"claim_id": claim}}


def of_moving() -> Mapping[str, Mapping[str, object]]:
    """A proposal as the box makes it; what it would bring does not matter here."""
    proposed = Proposal.objects.create(
        id=uuid4(),
        digest="ab" * 32,
        origin="예전 제도 (시연)",
        extract_on=date(2026, 9, 30),
        members=0,
        without_phone=0,
        shops=0,
        coins=0,
        won=0,
        at=MORNING,
    )
    of_it = {f"moving:{name}": {"proposal_id": proposed.id} for name in ("proposal", "act", "report")}
    return {**of_it, "moving:agree": {"order_id": uuid4()}}


_OF_A_YEAR = (
    "year",
    "note",
    "note_xlsx",
    "note_pdf",
    "lapsing",
    "takings",
    "takings_xlsx",
    "carrying",
    "carry_ask",
    "carry_agree",
    "access",
    "access_csv",
    "access_names",
    "destroyed",
    "mine",
    "mine_pdf",
)
_OF_A_SHOP = ("shop", "shop_csv", "shop_pdf")


def of_year_end(world: World) -> Mapping[str, Mapping[str, object]]:
    """Arguments of the year end's addresses."""
    return {
        **{f"yearend:{name}": {"year": 2026} for name in _OF_A_YEAR},
        "yearend:access_review": {"year": 2026, "role_id": uuid4()},
        "yearend:sample": {"sample_id": uuid4()},
        "yearend:sample_xlsx": {"sample_id": uuid4()},
        "yearend:audit_batch": {"batch_id": uuid4()},
        "yearend:audit_line": {"line_id": uuid4()},
        "yearend:audit_payment": {"transfer": world.pays(10).transfer},
        "yearend:names_ask": {"transfer": 1},
        "yearend:names_agree": {"ask_id": uuid4()},
        "yearend:names_look": {"ask_id": uuid4()},
        **{f"yearend:{name}": {"year": 2026, "place_id": world.laundry} for name in _OF_A_SHOP},
    }


def of_staff(world: World) -> Mapping[str, Mapping[str, object]]:
    """The issuer's own role, and a request that somebody becomes a reviewer."""
    join(acts(None), "임용 역할", "010-0000-7001", birth_year=1980)
    post = Post(RoleName.REVIEWER, None, date(2026, 10, 6), date(2026, 12, 31))
    made = appoint(acts(world.issuer), phone="010-0000-7001", post=post, reason="표본", key=a_key())
    role = {"role_id": Role.objects.get(person_id=world.issuer, role=RoleName.ISSUER).id}
    return {"staff:one": {"appointment_id": made}, **{f"staff:{name}": role for name in ("deputy", "on", "end")}}


def of_texts(world: World) -> Mapping[str, Mapping[str, object]]:
    """A question of the help page, and an empty place for a note."""
    words = Words("물음", "Question", "답", "Answer")
    text = {"text_id": write(acts(world.issuer), key=a_key(), kind=Kind.QUESTION, words=words)}
    return {
        "texts:new": {"kind": "question"},
        "texts:note": {"slot": "earn"},
        "texts:one": text,
        "texts:versions": text,
    }
