"""The two tables of a store: the same rows that SQLAlchemy's store writes. Read them; acts write them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from coaching.integrations import rows
from coaching.kernel.record import Record


class StoredRecord(models.Model):
    """A record, as text JSON with what is searched for beside it: as `coaching.integrations.rows.Row` says."""

    pk = models.CompositePrimaryKey("kind", "id")
    kind: models.CharField[str, str] = models.CharField(max_length=20)
    id: models.CharField[str, str] = models.CharField(max_length=rows.ID_LENGTH)
    subject: models.CharField[str | None, str | None] = models.CharField(max_length=rows.ID_LENGTH, null=True)  # noqa: DJ001  (of no person)
    state: models.CharField[str, str] = models.CharField(max_length=20)
    revision: models.IntegerField[int | None, int | None] = models.IntegerField(null=True)
    digest: models.CharField[str, str] = models.CharField(max_length=64)
    version: models.CharField[str, str] = models.CharField(max_length=32)
    text: models.TextField[str, str] = models.TextField()

    class Meta:
        """As SQLAlchemy names it."""

        db_table = "coaching_record"
        verbose_name = "record"
        indexes: ClassVar = [models.Index(fields=["subject"], name="ix_coaching_record_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def record(self) -> Record:
        """The record itself.

        Raises:
            Rejected: Whatever the text breaks.
        """
        return rows.record_of(self.text)


class StoredPlace(models.Model):
    """Where a record is found: in which field of it an id is named."""

    pk = models.CompositePrimaryKey("kind", "field", "named", "id")
    kind: models.CharField[str, str] = models.CharField(max_length=20)
    field: models.CharField[str, str] = models.CharField(max_length=30)
    named: models.CharField[str, str] = models.CharField(max_length=rows.ID_LENGTH)
    id: models.CharField[str, str] = models.CharField(max_length=rows.ID_LENGTH)

    class Meta:
        """As SQLAlchemy names it."""

        db_table = "coaching_place"
        verbose_name = "place"

    def __str__(self) -> str:
        return f"{self.kind} {self.id}: {self.field} {self.named}"
