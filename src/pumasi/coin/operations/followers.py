"""Coins that arrive after their owner has gone on: they follow to where the owner's coins lie now.

A deed vests for somebody who has moved away, a campaign returns a gift of somebody who has died or was merged.
"""

from django.db import transaction
from django.db.models import Q

from pumasi.civic.people.models import Person
from pumasi.civic.people.queries import PersonFacts, facts, one_self
from pumasi.coin.accounts import balance_or_zero, is_dead
from pumasi.coin.district import district_tariff
from pumasi.coin.models import LeavingEnd
from pumasi.kernel.acting import Acting
from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds
from pumasi.ledger.chart import address
from pumasi.ledger.commands import Command
from pumasi.ledger.posting import open_account, post_one
from pumasi.ledger.reads import statement


def follow_all(acting: Acting) -> int:
    """Let everything follow; returns how many transfers that made. Safe to run again and to kill at any point."""
    gone = Person.objects.filter(Q(left_on__isnull=False) | Q(closed_at__isnull=False)).order_by("id")
    done = 0
    for row in gone.iterator():
        with transaction.atomic():
            done += follow(acting, facts(row))
    return done


def follow(acting: Acting, who: PersonFacts) -> int:
    """Move what lies where this person's coins lie no more; returns how many transfers that made."""
    if who.left_on is None and who.closed_at is None:
        return 0
    unit, done = district_tariff().unit.code, 0
    for code in ("2100", "2150"):
        source = address(code, unit, who.wallet.hex)
        if balance_or_zero(source):
            command = _next(acting, who, source)
            if command is not None:
                post_one(command)
                done += 1
    return done


def _next(acting: Acting, who: PersonFacts, source: str) -> Command | None:
    unit = district_tariff().unit.code
    # Coins may come here more than once: the newest transfer tells the times apart.
    key = derived_id("coin.follow", source, statement(source, limit=1)[0].transfer)
    if who.merged_into is not None and source.startswith("2100:"):
        owner = one_self(who.id).wallet.hex
        open_account("2100", unit, owner, at=acting.at)
        return kinds.merge(key=key, at=acting.at, unit=unit, source_owner=who.wallet.hex, target_owner=owner)
    if who.closed_at is not None and is_dead(who.id):
        return kinds.death(key=key, at=acting.at, wallet=source)
    if source.startswith("2100:"):
        return kinds.leave(key=key, at=acting.at, wallet=source)
    if LeavingEnd.objects.filter(leaving__person=who.id, how="ENDED").exists():
        return kinds.write_off(key=key, at=acting.at, source=source, memo="GRACE_OVER")
    return None
