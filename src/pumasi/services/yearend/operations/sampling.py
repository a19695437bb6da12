"""Drawing a sample: an auditor types in a seed that was drawn in public; the record as it stands is kept with it."""

import unicodedata
from uuid import UUID

from pumasi.civic.audit.operations import record
from pumasi.civic.people.models import RoleName
from pumasi.coin.parties import check_role
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.text import clean_text
from pumasi.seal.queries import newest_before
from pumasi.services.yearend.errors import NothingPublished, SampleAlreadyDrawn, SeedTooShort, YearNotOver
from pumasi.services.yearend.models import Sample
from pumasi.services.yearend.queries.samples import spends_of

FEWEST_LETTERS, MOST_ROWS = 6, 200


def draw_sample(acting: Acting, *, year: int, seed: str, count: int, key: UUID) -> UUID:
    """Keep the seed with the newest published block, once per `key`; returns the sample's id.

    Raises NotAllowed (auditors only), YearNotOver, SeedTooShort, SampleAlreadyDrawn (the same seed for the same year)
    and NothingPublished.
    """
    actor = check_role(acting, RoleName.AUDITOR)
    if seoul_date(acting.at).year <= year:
        raise YearNotOver(year=year)
    said = unicodedata.normalize("NFC", clean_text(" ".join(seed.split()), 80))
    if len(said) < FEWEST_LETTERS:
        raise SeedTooShort(fewest=FEWEST_LETTERS)
    earlier = Sample.objects.filter(year=year, seed=said).first()
    if earlier is not None:
        if earlier.id == key:
            return key
        raise SampleAlreadyDrawn(day=seoul_date(earlier.at).isoformat())
    block = newest_before(acting.at)
    if block is None or not spends_of(year, block.size):
        raise NothingPublished(year=year)
    Sample.objects.create(
        id=key,
        year=year,
        seed=said,
        count=max(1, min(count, MOST_ROWS)),
        block=block.number,
        size=block.size,
        root=block.root.hex(),
        drawn_by_id=actor,
        at=acting.at,
    )
    record(acting, "yearend.draw_sample", None, str(year))
    return key
