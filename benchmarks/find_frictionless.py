"""frictionless: a Table Schema with constraints, a primary and a foreign key, and a check of one's own for the rest.

The limit of a thousand errors, at which it stops to read, is lifted.
https://framework.frictionlessdata.io/docs/framework/checklist.html
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from frictionless import Check, Checklist, Resource, Row, Schema, errors
from planting import TYPES
from rings import ringed

FILLED = {"constraints": {"required": True}}
SCHEMA = {
    "fields": [
        {"name": "id", "type": "string", **FILLED},
        {"name": "name", "type": "string", **FILLED},
        {"name": "title", "type": "string", **FILLED},
        {"name": "unit", "type": "string"},
        {"name": "location", "type": "string"},
        {"name": "hire date", "type": "date", **FILLED},
        {"name": "last day", "type": "date"},
        {"name": "manager id", "type": "string"},
        {"name": "email", "type": "string"},
        {"name": "employment type", "type": "string", "constraints": {"required": True, "enum": list(TYPES)}},
        {"name": "cost centre", "type": "string"},
        {"name": "review date", "type": "date"},
    ],
    "primaryKey": "id",
    "foreignKeys": [{"fields": "manager id", "reference": {"resource": "", "fields": "id"}}],
}
MOST = 10**9


class Employment(Check):
    """The order of the two days, and who manages themselves by any way round."""

    type = "employment"
    Errors = (errors.RowError,)

    def validate_start(self) -> Iterator[errors.RowError]:
        """Begin."""
        self.managers: dict[str, str] = {}
        self.rows: dict[str, int] = {}
        yield from ()

    def validate_row(self, row: Row) -> Iterator[errors.RowError]:
        """Look at one row."""
        hired, left, id = row["hire date"], row["last day"], row["id"]
        if hired and left and left < hired:
            yield errors.RowError.from_row(row, note="last day")
        if id and row["manager id"]:
            self.managers[id] = row["manager id"]
            self.rows[id] = row.row_number

    def validate_end(self) -> Iterator[errors.RowError]:
        """Look at all of them."""
        for id in ringed(self.managers):
            yield errors.RowError(note="manager id", cells=[], row_number=self.rows[id])


def find(path: Path) -> list[tuple[int, str]]:
    """Validate all rows, and give the places of what is wrong."""
    resource = Resource(path=path.name, basepath=str(path.parent), schema=Schema.from_descriptor(SCHEMA))
    report = resource.validate(Checklist(checks=[Employment()]), limit_errors=MOST)
    found = report.flatten(["type", "rowNumber", "fieldName", "note"])
    own = Employment.Errors[0].type
    return [(row, (note if kind == own else name) or "") for kind, row, name, note in found]
