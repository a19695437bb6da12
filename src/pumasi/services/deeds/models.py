"""Claims for coins with their steps, what proves them, organisations with their lists, and thanks.

Steps are only ever added; the latest one is the claim's state. The coin's own claim, once accepted, carries the same id
as its key. Not here: amounts, caps, the waiting list (`coin`), codes and visits (`civic`).
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

PERSON, PLACE = "people.Person", "places.Place"


class State(models.TextChoices):
    """Where a claim stands. REVERSED is the end of a clawback, which comes with its own notice and hearing."""

    SUBMITTED = "SUBMITTED"
    AUTO_OK = "AUTO_OK"
    REVIEW = "REVIEW"
    NEEDS_INFO = "NEEDS_INFO"
    RISK_HOLD = "RISK_HOLD"
    ISSUED = "ISSUED"
    WAITLISTED = "WAITLISTED"
    REJECTED = "REJECTED"
    DUPLICATE = "DUPLICATE"
    APPEALED = "APPEALED"
    UPHELD = "UPHELD"
    REVERSED = "REVERSED"


class Evidence(models.TextChoices):
    """What stands behind a claim; the words are those of the tariff file."""

    CODE = "CODE"
    STAFF = "STAFF"
    ATTENDANCE = "ATTENDANCE"
    MACHINE = "MACHINE"
    PHOTO = "PHOTO"
    OUTCOME = "OUTCOME"


_DECIDED = frozenset({State.ISSUED, State.WAITLISTED, State.REJECTED})
# A draft is a scan, a visit, a photo code or a line of a list; from there a claim moves only along these lines.
NEXT: dict[str | None, frozenset[str]] = {
    None: frozenset({State.SUBMITTED}),
    State.SUBMITTED: frozenset({State.AUTO_OK, State.REVIEW, State.RISK_HOLD, State.DUPLICATE, State.REJECTED}),
    State.AUTO_OK: frozenset({State.ISSUED, State.WAITLISTED, State.REJECTED}),
    State.REVIEW: _DECIDED | {State.NEEDS_INFO, State.RISK_HOLD, State.DUPLICATE},
    State.RISK_HOLD: _DECIDED | {State.NEEDS_INFO, State.DUPLICATE},
    State.NEEDS_INFO: frozenset({State.REVIEW}),
    State.WAITLISTED: frozenset({State.REVERSED}),
    State.ISSUED: frozenset({State.REVERSED}),
    State.REJECTED: frozenset({State.APPEALED}),
    State.DUPLICATE: frozenset({State.APPEALED}),
    # An outcome that is objected to goes back to the officials.
    State.APPEALED: frozenset({State.ISSUED, State.WAITLISTED, State.UPHELD, State.REVIEW}),
}
# Somebody has to act: the inboxes.
OPEN = (State.REVIEW, State.RISK_HOLD, State.APPEALED)


class Claim(models.Model):
    """`id` is the key of what sent it; `quantity` counts the tariff's measure (items, minutes, grams ...).

    `proof` is the id of what proves it: the scan, the visit, the receipt, the photo code. It proves one claim only.
    """

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    quantity = models.PositiveIntegerField()
    evidence = models.CharField(max_length=10, choices=Evidence.choices)
    proof = models.UUIDField(unique=True)
    done_at = models.DateTimeField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="deeds_claim_quantity", condition=Q(quantity__gt=0)),
            models.CheckConstraint(name="deeds_claim_evidence", condition=Q(evidence__in=Evidence.values)),
        ]
        indexes: ClassVar = [
            models.Index(name="deeds_claim_place", fields=["place", "sent_at"]),
            models.Index(name="deeds_claim_person", fields=["person", "sent_at"]),
        ]


class ClaimStep(models.Model):
    """A claim has come to `state`; `by` is who did it, None for the node itself.

    reason: a code of `queries.reasons`; said_ko, said_en: the very words of a rule that refused. quantity: what was
    accepted, where it is not what was claimed. role, due_on: who has to act next, until when by law or by policy.
    note_sealed: what the person or the reviewer wrote, under the key of the claim's person.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    reason = models.CharField(max_length=20, default="")
    said_ko = models.CharField(max_length=300, default="")
    said_en = models.CharField(max_length=300, default="")
    quantity = models.PositiveIntegerField(null=True)
    role = models.CharField(max_length=20, default="")
    due_on = models.DateField(null=True)
    note_sealed = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="deeds_step_number", fields=["claim", "number"]),
            models.CheckConstraint(name="deeds_step_state", condition=Q(state__in=State.values)),
        ]
        indexes: ClassVar = [models.Index(name="deeds_step_open", fields=["role", "due_on"], condition=~Q(role=""))]


class MachineKey(models.Model):
    """The public half of the signing key inside a collecting machine; the private half never leaves the machine."""

    public_key = models.BinaryField(max_length=32, unique=True)
    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+")
    registered_by = models.UUIDField(null=True)
    registered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class MachineReceipt(models.Model):
    """A receipt that was turned into a claim: each counter of a machine's key and each nonce counts once."""

    id = models.UUIDField(primary_key=True)
    key = models.ForeignKey(MachineKey, on_delete=models.PROTECT, related_name="+")
    counter = models.BigIntegerField()
    nonce = models.CharField(max_length=32)
    made_at = models.DateTimeField()
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="deeds_receipt_counter", fields=["key", "counter"]),
            models.UniqueConstraint(name="deeds_receipt_nonce", fields=["key", "nonce"]),
        ]


class PhotoCode(models.Model):
    """Eight characters that must be seen in the photo; good for one photo of one deed."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=8)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()


class Photo(models.Model):
    """A photo without metadata, sealed under its person's key; `sealed` goes when its time is over, the row stays."""

    id = models.UUIDField(primary_key=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=32)
    sealed = models.BinaryField(null=True)
    taken_in_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="deeds_photo_digest", fields=["digest"])]


class Grant(models.Model):
    """A benefit was granted to the household of a linked find. Its finder learns it from nowhere (decisions 38)."""

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, primary_key=True, related_name="+")
    by = models.UUIDField()
    at = models.DateTimeField()
    pool = models.UUIDField(null=True)


class PoolMember(models.Model):
    """A linked find that has had its share of a pool."""

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, primary_key=True, related_name="+")
    pool = models.UUIDField(db_index=True)
    coins = models.BigIntegerField()
    at = models.DateTimeField()


class Thanks(models.Model):
    """One tap by the person who was helped; no words, no coins, at most once a day from the same person."""

    helper = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="deeds_thanks_once_a_day", fields=["helper", "giver", "day"]),
            models.CheckConstraint(name="deeds_thanks_to_another", condition=~Q(helper=F("giver"))),
        ]


class Organisation(models.Model):
    """A volunteer group, school or company that sends in what its members did."""

    id = models.UUIDField(primary_key=True)
    name_ko = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    registered_by = models.UUIDField()
    registered_at = models.DateTimeField()


class Binding(models.Model):
    """From `starts` to `ends` an organisation earns through a coin centre, and `admin` sends in its lists (facts 1)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    centre = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+")
    admin = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField()
    ended_on = models.DateField(null=True)
    bound_by = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="deeds_binding_span", condition=Q(ends__gte=F("starts")))]


class Batch(models.Model):
    """A list that was confirmed a second time; `file_hash` makes the same file the same batch."""

    id = models.UUIDField(primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file_hash = models.BinaryField(max_length=32)
    rows = models.PositiveIntegerField()
    by = models.UUIDField()
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="deeds_batch_once", fields=["organisation", "file_hash"])]


class BatchRow(models.Model):
    """The answer to one line of a list: accepted, or ask the person, who alone can read why (decisions 38)."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    is_accepted = models.BooleanField()
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="deeds_batch_row_once", fields=["batch", "number"])]


class RollApproval(models.Model):
    """A second person has approved the roll of a session; `finished_at` once everybody on it has an answer."""

    session = models.OneToOneField("visits.Session", on_delete=models.PROTECT, primary_key=True, related_name="+")
    by = models.UUIDField()
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
