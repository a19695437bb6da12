"""Short words for what people do in these tests: scan, claim, decide."""

from datetime import date, datetime, timedelta
from uuid import UUID

from pumasi.civic.codes.grammar import Kind
from pumasi.civic.codes.operations import scan as use
from pumasi.civic.codes.queries import personal_code, place_code
from pumasi.civic.people.operations import join
from pumasi.coin.queries import wallet_view
from pumasi.coin.tests.world import MORNING, World, a_key, acts, books
from pumasi.kernel.acting import Acting
from pumasi.services.deeds import operations
from pumasi.services.deeds.models import Claim, ClaimStep, State


def at_place(person: UUID, place: UUID, at: datetime = MORNING) -> UUID:
    """The scan of a place's code by a person."""
    return use(acts(person, at), place_code(place, at).text, a_key()).id


def of_person(staff: UUID, person: UUID, at: datetime = MORNING) -> UUID:
    """The scan of a person's code by somebody else."""
    return use(acts(staff, at), personal_code(person, at).text, a_key(), Kind.PERSON).id


def claims(world: World, quantity: int = 20, kind: str = "CLEAR_PET", at: datetime = MORNING, **changed: UUID) -> UUID:
    """The resident claims at the gym by its code; the claim."""
    person, place, key = changed.get("person", world.resident), changed.get("place", world.gym), a_key()
    scan = at_place(person, place, at)
    operations.claim_by_code(acts(person, at), person_id=person, scan_id=scan, kind=kind, quantity=quantity, key=key)
    return key


def refused(world: World, at: datetime = MORNING) -> UUID:
    """Two hours of volunteering that the cashier could not confirm."""
    claim = claims(world, 120, "VOLUNTEERING", at)
    operations.decide(acts(world.cashier, at), claim_id=claim, is_right=False)
    return claim


def bound_admin(world: World, phone: str = "010-5555-0001") -> UUID:
    """The admin of an organisation that is bound to the centre for this quarter."""
    person = join(acts(None, MORNING - timedelta(days=4)), "기관 담당 역할", phone, birth_year=1980).id
    made = operations.register_organisation(
        acts(world.issuer), name_ko="표본 봉사단", name_en="Sample volunteers", key=a_key()
    )
    operations.bind_organisation(
        acts(world.issuer),
        organisation_id=made,
        centre_id=world.centre,
        admin_id=person,
        starts=date(2026, 10, 1),
        ends=date(2026, 12, 31),
    )
    return person


def path(claim: UUID) -> list[str]:
    """The states that a claim has been in, in order."""
    return list(ClaimStep.objects.filter(claim_id=claim).order_by("number").values_list("state", flat=True))


def state(claim: UUID) -> State:
    return State(path(claim)[-1])


def coins(person: UUID, at: datetime = MORNING) -> int:
    """Whole coins to spend."""
    return wallet_view(person, at).balance.minor // 100


def everything() -> dict[str, object]:
    """What a refusal must leave as it was: the books, the claims and their steps."""
    return {
        **books(),
        "claims": sorted(Claim.objects.values_list("id", "quantity")),
        "steps": ClaimStep.objects.count(),
    }


def acting(person: UUID | None, at: datetime = MORNING) -> Acting:
    return acts(person, at)
