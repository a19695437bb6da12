"""The sealer's rows: entries and blocks of the log, what has been journalled, and how the sealer is doing.

Entries and blocks are only ever added (triggers hold it); a block gains its note once, when it is published.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Block(models.Model):
    """Entries `first` to `size` - 1, and the root of the tree of `size` entries: committed before it is signed."""

    number = models.BigIntegerField(primary_key=True)
    first = models.BigIntegerField()
    size = models.BigIntegerField(unique=True)
    root = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    note = models.TextField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="seal_block_has_entries", condition=Q(size__gt=F("first"), first__gte=0)),
            models.CheckConstraint(
                name="seal_block_note_when_published",
                condition=Q(note=None, published_at=None) | Q(note__isnull=False, published_at__isnull=False),
            ),
        ]


class Entry(models.Model):
    """One leaf of the log: its bytes, and the transfer it tells of (None for entries about the log itself)."""

    index = models.BigIntegerField(primary_key=True)
    transfer = models.BigIntegerField(null=True, unique=True)
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="+")
    leaf = models.BinaryField()


class Journalled(models.Model):
    """A transfer that lies in a file of the journal; forgotten once it is in a published block."""

    transfer = models.BigIntegerField(primary_key=True)


class Sealer(models.Model):
    """One row: the lock of whoever seals, when it last looked, and why it stopped (empty: it works).

    journal: the last number that was given out for a file.
    considered: the hour for which it was last decided whether to publish.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    journal = models.BigIntegerField(default=0)
    considered = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    stopped = models.CharField(max_length=40, default="")
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="seal_one_sealer", condition=Q(id=1))]
