"""Many hands use one code at the same moment: `run()` needs migrated databases that threads can share."""

import json
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

from django.core.management import call_command
from django.db import connections

from pumasi.civic.codes.operations import use_code
from pumasi.civic.codes.queries import Scanned, personal_code, place_code, read_code
from pumasi.civic.people.tests.factories import MORNING, make_person
from pumasi.civic.places.tests.factories import make_place
from pumasi.kernel.result import Refusal

HANDS = 8


def run() -> dict[str, dict[str, int]]:
    """What the hands were told in three races: a personal code, a place's code by one person, one person's retries."""
    resident, key = uuid4(), uuid4()
    personal = read_code(personal_code(make_person().id, MORNING).text, MORNING)
    place, retried = (read_code(place_code(make_place().id, MORNING).text, MORNING) for _ in range(2))
    return {
        "personal": _race(personal, uuid4, uuid4),
        "place": _race(place, lambda: resident, uuid4),
        "retried": _race(retried, lambda: resident, lambda: key),
    }


def main() -> None:
    """Migrate the databases of this process, race, and write what happened as JSON."""
    for alias in ("default", "keys"):
        call_command("migrate", database=alias, verbosity=0)
    json.dump(run(), sys.stdout)


def _race(shown: Scanned, by_person: Callable[[], UUID], key: Callable[[], UUID]) -> dict[str, int]:
    start = Barrier(HANDS)

    def hand(_: int) -> str:
        start.wait()
        try:
            return str(use_code(shown, by_person(), key(), MORNING).id)
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as pool:
        told = Counter(pool.map(hand, range(HANDS)))
    refused = {word: times for word, times in told.items() if word.startswith("code_")}
    return {**refused, "answered": told.total() - sum(refused.values()), "scans": len(told) - len(refused)}
