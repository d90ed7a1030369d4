"""For each rule of reading cells: what makes exactly it fire, and a neighbour that passes."""

from typing import Any

from coaching.bulk.drafts import Fault
from coaching.bulk.mapping import read_mapping
from coaching.bulk.reading import Reader
from coaching.bulk.sources import Row
from stage.rules import refuses

INTERVIEW = {"coachee": {"value": "p-1"}, "kind": {"value": "annual"}, "state": {"value": "planned"}}
PERSON = {"name": {"value": "Anna Ek"}}
LOOKUPS = {"units": {"source": "units", "key": "pk", "value": "name"}}
SOURCES = {"people": {"file": "a.csv"}, "units": {"file": "b.csv"}}


def one(type: str, fields: dict[str, Any], cell: str, **others: Any) -> tuple[Fault, ...]:
    """What is said of the one cell of a row."""
    mapping = read_mapping({"records": [{"type": type, "fields": {"id": {"value": "x-1"}, **fields}}], **others})
    source = mapping.records[0].source
    reader = Reader.of(mapping, source, "people.csv", ["Cell"], lookups={"units": {"7": "Robotics"}})
    return tuple(reader.read([Row("people.csv", 2, 1, [cell])]).faults)


def language(cell: str) -> tuple[Fault, ...]:
    """Of a text for which others stand."""
    values = {"German": "de", "English": "en"}
    return one("person", {**PERSON, "language": {"column": "Cell", "values": values}}, cell)


def ruler(cell: str) -> tuple[Fault, ...]:
    """Of a number."""
    fields = {"owner": {"value": "p-1"}, "title": {"value": "Lead"}, "state": {"value": "draft"}}
    return one("goal", {**fields, "importance": "Cell"}, cell)


def dual(cell: str) -> tuple[Fault, ...]:
    """Of yes or no."""
    fields = {
        "coach": {"value": "p-1"}, "coachee": {"value": "p-2"}, "kind": {"value": "coach"},
        "state": {"value": "active"}, "agreement": {"dual_role": "Cell"},
    }  # fmt: skip
    return one("relationship", fields, cell)


def invited(cell: str) -> tuple[Fault, ...]:
    """Of a moment."""
    return one("interview", {**INTERVIEW, "invited_at": {"column": "Cell", "zone": "Europe/Stockholm"}}, cell)


def looked_up(cell: str) -> tuple[Fault, ...]:
    """Of the key of a lookup."""
    fields = {**PERSON, "given_name": {"column": "Cell", "lookup": "units"}}
    return one("person", fields, cell, lookups=LOOKUPS, sources=SOURCES)


FIRES = {
    "B040": refuses("Cell", lambda: language("Klingon")),
    "B041": refuses("Cell", lambda: ruler("1,234")),
    "B042": refuses("Cell", lambda: dual("perhaps")),
    "B043": refuses("Cell", lambda: invited("2024-03-31T02:30")),
    "B044": refuses("Cell", lambda: looked_up("8")),
}
PASSES = {
    "B040": lambda: language("GERMAN"),
    "B041": lambda: ruler("7.0"),
    "B042": lambda: dual("No"),
    "B043": lambda: invited("2024-03-31T03:30"),
    "B044": lambda: looked_up("7"),
}
