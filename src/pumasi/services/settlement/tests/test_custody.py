"""Unreachable money on its page: take into custody, found again, asked for and approved by another."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import grant_role
from pumasi.civic.places.operations import close_place
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.models import Custody, CustodyEnd, Proposal
from pumasi.coin.settlement import operations
from pumasi.coin.settlement.tests.street import Street, standing
from pumasi.coin.tests.world import DATABASES, a_key, acts
from pumasi.kernel.clock import FixedClock

pytestmark = pytest.mark.django_db(databases=DATABASES)
PAGE = "/settlement/unreachable/"


@pytest.fixture
def closed(street: Street, clock: FixedClock) -> Street:
    """The bakery has closed, cannot be paid, and its owner was written to twice."""
    street.pays(50, street.bakery)
    operations.enter_account(
        acts(street.baker), place_id=street.bakery, bank="표본은행", number="999-123-45678", holder="빵집"
    )
    close_place(acts(None), street.bakery)
    for who in (street.maker, street.checker):
        grant_role(acts(None), who, RoleName.TREASURY, starts=date(2027, 1, 1), ends=date(2033, 12, 31))
    for days in (30, 35):
        clock.advance(timedelta(days=days))
        operations.write_to_unreachable(acts(None, clock.now()))
    clock.advance(timedelta(days=70))
    return street


def sends(street: Street, what: str, which: object, *, by: UUID | None = None, **form: str) -> int:
    sent = {"which": str(which), "key": str(a_key()), **form}
    return visitor(by or street.maker).post(f"{PAGE}{what}/", sent).status_code


class TestUnreachable:
    def test_from_the_letters_to_the_write_off(self, closed: Street, clock: FixedClock) -> None:
        page = visitor(closed.maker, "en").get(PAGE).content.decode()

        assert "2 of 2 letters sent" in page
        assert sends(closed, "keep", closed.bakery, reason="연락 두절", document="결재-1") == 302
        assert sends(closed, "found", Custody.objects.get().id, reason="왔어요") == 302
        assert (standing("2200"), standing("2220"), CustodyEnd.objects.get().how) == (5000, 0, "FOUND")
        assert sends(closed, "keep", closed.bakery, reason="또 두절", document="결재-2") == 302
        assert sends(closed, "ask", closed.bakery, reason="오래됨", document="결재-3") == 409
        clock.advance(timedelta(days=5 * 366))
        assert sends(closed, "ask", closed.bakery, reason="오래됨", document="결재-3") == 302
        request = Proposal.objects.get().id
        assert sends(closed, "approve", request) == 409
        assert sends(closed, "approve", request, by=closed.checker) == 302
        assert (standing("2220"), standing("3500")) == (0, 5000)

    def test_what_is_missing_or_unknown_is_refused(self, closed: Street) -> None:
        assert sends(closed, "keep", closed.bakery) == 409
        assert sends(closed, "keep", "x", reason="이유", document="결재") == 422
        assert sends(closed, "nonsense", closed.bakery) == 404
        assert sends(closed, "keep", closed.bakery, by=closed.resident) == 403
        assert Custody.objects.count() == 0
