"""The stand of a fair: its staff, three stations, a souvenir counter and a signed practice budget; and its nights.

Everything goes through the same operations as in a district. Not here: guests, who join by themselves
(`services.booth`).
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import override

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import grant_role, join
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.operations import open_place, print_sticker, set_state
from pumasi.civic.shell.clock import current_clock, next_wipe
from pumasi.civic.shell.personas import STAND, save_cast
from pumasi.config.demo_cast import give_budget
from pumasi.config.demo_server import all_answer
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.clock import fiscal_year, seoul_date

_OFFICES = {
    "issuer": RoleName.ISSUER,
    "officer": RoleName.BUDGET_OFFICER,
    "cosigner": RoleName.BUDGET_OFFICER,
}
# Persona -> the place in both languages, and the kinds of deeds that it takes.
_STATIONS = {
    "goods": ("탄소제로 물품 코너", "Carbon-zero goods", ["HANGER", "TUMBLER"]),
    "pet": ("투명 페트병 코너", "Clear PET bottles", ["CLEAR_PET"]),
    "helping": ("자원봉사 코너", "Volunteering", ["VOLUNTEERING"]),
    "souvenirs": ("기념품 코너", "Souvenir counter", []),
}


def fill_stand() -> None:
    """The staff and their places, open since yesterday, with a budget signed by two keys that are thrown away."""
    now = current_clock().now()
    acting = Acting(actor=None, subject=None, channel=Channel.JOB, purpose="DEMO", at=now - timedelta(days=1))
    ends = date(fiscal_year(seoul_date(now)) + 1, 12, 31)
    office = {slug: join(acting, f"부스 {slug}", birth_year=1980).id for slug in _OFFICES}
    for slug, role in _OFFICES.items():
        grant_role(acting, office[slug], role, ends=ends)
    give_budget(replace(acting, at=now), office, ends)
    save_cast({each.slug: _staffed(acting, each.slug, ends) for each in STAND})


def _staffed(acting: Acting, slug: str, ends: date) -> UUID:
    name_ko, name_en, takes = _STATIONS[slug]
    kind, role = (PlaceKind.FACILITY, RoleName.FACILITY_CASHIER) if takes else (PlaceKind.SHOP, RoleName.SHOP_KEEPER)
    place = open_place(acting, kind=kind, name_ko=name_ko, name_en=name_en, dong="체험 부스").id
    person = join(acting, f"부스 {slug}", birth_year=1980).id
    grant_role(acting, person, role, place, ends=ends)
    by_keeper = replace(acting, actor=person, subject=person)
    if takes:
        set_state(by_keeper, place, accepts=takes, needs=[], daily_limit=None, item_limits={})
    else:
        print_sticker(by_keeper, place)
    return person


def summary_of_stand(port: int) -> str:
    """Where guests go, what the television shows, and where the staff work."""
    guests = f"http://{settings.BOOTH_HOST}:{port}"
    with override("ko"):
        staff = [f"    http://{each.slug}.localhost:{port}/   {each.label}" for each in STAND]
    wipe = next_wipe(current_clock().now())
    lines = [
        "",
        f"  손님 / guests:  {guests}/booth/",
        f"  게시판 / board: {guests}/booth/board/",
        "",
        "  직원, 이 컴퓨터에서만 / staff, on this machine only",
        *staff,
        "",
        f"  모두 지우는 때 / all is wiped: {wipe:%Y-%m-%d %H:%M} (KST)",
        "",
        "  Ctrl-C 로 끝내요 / Ctrl-C stops everything",
        "",
    ]
    return "\n".join(lines)


def check_stand(port: int) -> bool:
    """Open the pages of guests and staff; says which one did not answer with 200."""
    pages = [("localhost", path) for path in ("/booth/", "/booth/board/", "/booth/board/part/")]
    first = {"souvenirs": "/received/"}
    pages += [(f"{each.slug}.localhost", path) for each in STAND for path in ("/", first.get(each.slug, "/places/"))]
    return all_answer(port, pages)


def is_over(began: datetime, now: datetime) -> bool:
    """Whether a stand that began then has seen its night: all is made anew."""
    return now >= next_wipe(began)
