"""Who may open what, once more by role: every address of the node meets every role of the district (facts 21d).

The table is `permissions.tsv`: one row for each address, one column for each role, the status of a GET. POST-only pages
answer 405 to whom the role lets in. A change of it is a change of rights and is read as such. The objects are those of
`test_permissions`: the resident's, at the keeper's shop; `neighbour` and `baker` are the same roles with other objects.
"""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.urls import reverse

from pumasi.civic.people.models import Person, Role, RoleName
from pumasi.civic.people.operations import grant_role, join
from pumasi.civic.places.models import Place, PlaceKind
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.tests.world import DATABASES, acts
from tests.journeys import test_permissions
from tests.journeys.test_permissions import ROWS, Scene

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.full]
scene = test_permissions.scene
TABLE = Path(__file__).with_name("permissions.tsv")
STARTS, ENDS = date(2026, 10, 1), date(2026, 12, 31)
# Roles without a place, by their column; the others are made below.
WIDE = {
    "official": RoleName.DONG_OFFICIAL,
    "reviewer": RoleName.REVIEWER,
    "treasury": RoleName.TREASURY,
    "officer": RoleName.BUDGET_OFFICER,
    "auditor": RoleName.AUDITOR,
    "charity": RoleName.CHARITY_MANAGER,
}
AT_PLACES = {
    "baker": (RoleName.SHOP_KEEPER, "표본 빵집"),
    "cashier": (RoleName.FACILITY_CASHIER, "표본 체육관"),
    "organiser": (RoleName.ORGANISATION_ADMIN, "표본 주민센터"),
}
COLUMNS = ("neighbour", *AT_PLACES, *WIDE)


def _newcomer() -> UUID:
    return join(acts(None), "역할 시험", birth_year=1990).id


def _people() -> dict[str, UUID]:
    """Somebody new in each role: none of them owns what the addresses of `test_permissions` point at."""
    found = {"neighbour": _newcomer()}
    for name, (role, place) in AT_PLACES.items():
        found[name] = _newcomer()
        grant_role(acts(None), found[name], role, Place.objects.get(name_ko=place).id, starts=STARTS, ends=ENDS)
    for name, wide in WIDE.items():
        found[name] = _newcomer()
        grant_role(acts(None), found[name], wide, starts=STARTS, ends=ENDS)
    return found


def _table() -> dict[str, tuple[int, ...]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t") == ["address", *COLUMNS]
    return {name: tuple(map(int, codes)) for name, *codes in (line.split("\t") for line in lines[1:])}


def _met(scene: Scene) -> dict[str, tuple[int, ...]]:
    clients = [visitor(each) for each in _people().values()]
    urls = {name: reverse(name, kwargs=dict(scene.arguments.get(name, {}))) for name in sorted(ROWS)}
    return {name: tuple(client.get(url).status_code for client in clients) for name, url in urls.items()}


def test_every_role_is_a_column() -> None:
    covered = {*WIDE.values(), *(role for role, _ in AT_PLACES.values()), RoleName.RESIDENT, RoleName.ISSUER}

    assert covered == set(RoleName)


def test_each_role_meets_what_the_table_says(scene: Scene) -> None:
    assert Person.objects.exists()
    assert Role.objects.exists()
    assert Place.objects.filter(kind=PlaceKind.SHOP).count() >= 2

    assert _met(scene) == _table()
