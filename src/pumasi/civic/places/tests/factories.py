"""Small builders of places for tests: explicit times."""

from datetime import UTC, date, datetime

from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.operations import open_place
from pumasi.civic.places.queries import PlaceFacts
from pumasi.kernel.acting import Acting, Channel

# Monday 2 March 2026, 10:00 in Seoul.
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def make_place(
    at: datetime = MORNING,
    *,
    kind: PlaceKind = PlaceKind.SHOP,
    name_ko: str = "시험 가게",
    name_en: str = "Test shop",
    dong: str = "반포1동",
    opened_on: date | None = None,
) -> PlaceFacts:
    """A place that was registered at `at` and is open from that day on, unless `opened_on` says otherwise."""
    acting = Acting(None, None, Channel.JOB, "test", at)
    return open_place(acting, kind=kind, name_ko=name_ko, name_en=name_en, dong=dong, opened_on=opened_on)
