"""The tables of the house."""

from django.db import models

from coaching.integrations.django.fields import RecordField


class Plan(models.Model):
    """A table with a record in a column."""

    goal = RecordField(null=True, blank=True)

    class Meta:
        """As the house calls it."""

        app_label = "plans"

    def __str__(self) -> str:
        return f"Plan {self.pk}"
