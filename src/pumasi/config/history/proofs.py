"""Whether a district's rows are right at the end, asked of the rows alone: I13 to I16 of the accounting design.

Each check answers sentences, none when all is well, and asks the database in its own words: nothing here calls what
wrote the rows. Codes and limits are repeated on purpose. Not here: the books themselves (`pumasi ledger verify`).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import TruncMonth

from pumasi.civic.people.models import Role, RoleName
from pumasi.coin.models import BudgetOrder, CapCounter, Claim, ClaimShare, DisputeStep, Payment, Refund
from pumasi.coin.settlement.models import AccountSeen, Batch, Line, LineReceipt, LineState, SealOverrideVote, State
from pumasi.coin.settlement.paper import files_of
from pumasi.ledger.reads import accounts_of, came_back_changed, strange_births

MINOR = 100  # of one coin
VOUCHED = ("STAFF", "ATTENDANCE", "PHOTO", "OUTCOME")  # proofs that rest on a person's word
# The caps of the sample tariff in whole coins: kind ("*": all), what they count, who or where, per day or month.
PERSON, PLACE, PAIR = ("person",), ("claim__place",), ("person", "claim__place")
DAY, MONTH = "claim__day", "month"
CAPS: Sequence[tuple[str, str, tuple[str, ...], str, int]] = (
    ("*", "RESIDENT", PERSON, DAY, 60),
    ("*", "RESIDENT", PERSON, MONTH, 700),
    ("*", "", PLACE, DAY, 3000),
    ("*", "RESIDENT", PAIR, DAY, 40),
    ("*", "SHOP", PLACE, DAY, 200),
    ("TUMBLER", "RESIDENT", PERSON, DAY, 6),
    ("CLEAR_PET", "RESIDENT", PERSON, DAY, 20),
    ("BLOOD_DONATION", "RESIDENT", PERSON, MONTH, 20),
)


def faults() -> list[str]:
    """Everything that is wrong, one sentence each; an empty list is the proof."""
    return [fault for check in CHECKS for fault in check()]


def three_persons() -> Iterator[str]:
    """I13: maker, checker and beneficiary are three; nobody vouches for their own deed; two officers sign an order."""
    for batch in Batch.objects.exclude(checker=None):
        if batch.maker_id == batch.checker_id:
            yield f"I13: batch {batch.number} was checked by its maker"
        places = Line.objects.filter(batch=batch).values("place_id")
        own = Role.objects.filter(
            Q(ended_on=None) | Q(ended_on__gt=batch.cutoff),
            person_id__in=[batch.maker_id, batch.checker_id],
            role=RoleName.SHOP_KEEPER,
            place_id__in=places,
        )
        if own.exists():
            yield f"I13: batch {batch.number} pays a shop of its maker or checker"
    themselves = ClaimShare.objects.filter(claim__actor=F("person_id"), claim__evidence_kind__in=VOUCHED)
    yield from (f"I13: {each.claim_id} was vouched for by its earner" for each in themselves.filter(part="RESIDENT"))
    signed = BudgetOrder.objects.filter(first_key__person=F("second_key__person"))
    yield from (f"I13: order {each.order_id} has one officer's signatures" for each in signed)
    agreed = SealOverrideVote.objects.filter(agreed_by=F("override__asked_by"))
    yield from (f"I13: override {each.override_id} was agreed to by who asked" for each in agreed)
    seen = AccountSeen.objects.filter(seen_by=F("account__entered_by"))
    yield from (f"I13: account {each.account_id} was seen by who entered it" for each in seen)
    judged = DisputeStep.objects.filter(by=F("dispute__payment__person"), state__in=["RETURNED", "UPHELD"])
    yield from (f"I13: dispute {each.dispute_id} was decided by its payer" for each in judged)


def nobody_over_a_cap() -> Iterator[str]:
    """I14: what was accepted stays within every cap, and the counters say the same."""
    for kind, part, whom, period, coins in CAPS:
        rows: QuerySet[ClaimShare, Any] = ClaimShare.objects.annotate(month=TruncMonth("claim__day"))
        rows = rows.filter(**({} if kind == "*" else {"claim__kind": kind}), **({"part": part} if part else {}))
        over = rows.values(*whom, period).annotate(sum=Sum("coins")).filter(sum__gt=coins * MINOR)
        for row in over:
            yield f"I14: {row['sum']} of {coins * MINOR} for {kind} {part} of {[str(row[each]) for each in whom]}"
    for month in Claim.objects.dates("day", "month"):
        yield from _counters(month)


def _counters(month: date) -> Iterator[str]:
    """Whether the counters of all a person earns on a day are the sums of what was accepted; a month at a time."""
    counters = CapCounter.objects.filter(key__startswith="PERSON_DAY|*|", key__contains=f"|{month:%Y-%m}-", used__gt=0)
    told = dict(counters.values_list("key", "used").iterator())
    shares = ClaimShare.objects.filter(part="RESIDENT", claim__day__year=month.year, claim__day__month=month.month)
    for person, day, total in shares.values_list("person", "claim__day").annotate(sum=Sum("coins")).iterator():
        if told.pop(f"PERSON_DAY|*|{person.hex}|{day.isoformat()}", 0) != total:
            yield f"I14: {person} has earned {total} on {day}, the counter says something else"
    yield from (f"I14: counter {key} counts what nobody has earned" for key in sorted(told))


def sheet_is_lines_is_receipts() -> Iterator[str]:
    """I15: a receipt is in one live batch; batch = lines = receipts = the treasury's sheet = what the ledger holds."""
    twice = LineReceipt.objects.filter(live=True).values("payment").annotate(n=Count("id")).filter(n__gt=1)
    yield from (f"I15: payment {row['payment']} is in {row['n']} live batches" for row in twice)
    held = {owner: balance for _, _, owner, _, balance in accounts_of("2700")}
    for batch in Batch.objects.order_by("number"):
        lines = list(Line.objects.filter(batch=batch))
        yield from _lines(batch, lines, held)
        files = files_of(batch)
        total = files.payees.decode().rstrip().split("\r\n")[-1].split(",")[5]
        if total != str(sum(line.won - line.set_off for line in lines)):
            yield f"I15: the sheet of batch {batch.number} says {total} won, its lines something else"
        if batch.sheet and batch.sheet != files.sheet_hash:
            yield f"I15: the sheet of batch {batch.number} is not the one that was checked"
    yield from (f"I15: {coins} lie in {owner}, which is no open line" for owner, coins in held.items() if coins)


def _lines(batch: Batch, lines: Sequence[Line], held: dict[str, int]) -> Iterator[str]:
    sums = {
        row["line"]: (row["coins"], row["won"])
        for row in LineReceipt.objects.filter(line__batch=batch)
        .values("line")
        .annotate(coins=Sum("coins"), won=Sum("won"))
    }
    live = set(LineReceipt.objects.filter(line__batch=batch, live=True).values_list("line", flat=True))
    dead = set(LineReceipt.objects.filter(line__batch=batch, live=False).values_list("line", flat=True))
    for line in lines:
        about = f"line {line.id} of batch {batch.number}"
        if sums.get(line.id) != (line.coins, line.won):
            yield f"I15: {about} says {line.coins} and {line.won} won, its receipts {sums.get(line.id)}"
        if line.id in (dead if line.state in (LineState.OPEN, LineState.PAID) else live):
            yield f"I15: {about} is {line.state} and its receipts say otherwise"
        waits = batch.state in (State.CHECKED, State.EXPORTED) and line.state == LineState.OPEN
        if held.pop(line.id.hex, 0) != (line.coins if waits else 0):
            yield f"I15: the coins of {about} are not where it says"


def no_more_back_than_paid() -> Iterator[str]:
    """I16, I7: of a payment no more comes back than was paid, in coins and won, and as the same lots."""
    back = (
        Refund.objects.filter(payment=OuterRef("key"))
        .order_by()
        .values("payment")
        .annotate(coins=Sum("coins"), won=Sum("won"))
    )
    paid = Payment.objects.annotate(back=Subquery(back.values("coins")), won_back=Subquery(back.values("won")))
    for each in paid.filter(Q(back__gt=F("coins")) | Q(won_back__gt=F("won"))):
        yield f"I16: {each.key} was {each.coins}, {each.back} came back"
    for payment, lot, amount, taken in came_back_changed():
        yield f"I16: {amount} of lot {lot} came back of {payment}, {taken} had gone in"
    yield from (f"I16: lot {lot} was born of {kind}" for lot, kind in strange_births())


CHECKS: Sequence[Callable[[], Iterator[str]]] = (
    three_persons,
    nobody_over_a_cap,
    sheet_is_lines_is_receipts,
    no_more_back_than_paid,
)
