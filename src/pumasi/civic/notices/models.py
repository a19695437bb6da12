"""A letter, and when it was read. Letters are append-only by triggers (migration 0001)."""

from typing import ClassVar

from django.db import models

PERSON = "people.Person"


class Notice(models.Model):
    """One letter to one person. `key` makes it be written once; texts are whole sentences in both languages."""

    id = models.UUIDField(primary_key=True)
    key = models.UUIDField(unique=True)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    title_ko = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80)
    text_ko = models.TextField(max_length=1000)
    text_en = models.TextField(max_length=1000)
    made_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(name="notice_person", fields=["person", "-made_at"])]


class NoticeRead(models.Model):
    """The first time a letter was opened, or that `by`, an officer, handed it over on paper."""

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, primary_key=True, related_name="+")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
