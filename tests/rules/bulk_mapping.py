"""For each rule of a mapping: what makes exactly it fire, and a neighbour that passes."""

from typing import Any

from coaching import Finding, Rejected
from coaching.bulk.mapping import check_mapping, read_mapping, source_of
from stage.rules import refuses, warns

FIELDS = {"id": "No", "name": "Name"}


def made(fields: Any = FIELDS, **mapping: Any) -> dict[str, Any]:
    """A mapping of people."""
    return {"records": [{"type": "person", "fields": fields}], **mapping}


def of_columns(*columns: str) -> tuple[Finding, ...]:
    """What is said of the columns of a source."""
    return check_mapping(made(), {"": columns})


def of_files(*names: str) -> tuple[Finding, ...]:
    """What is said of the files that are given."""
    try:
        source_of(read_mapping(made(sources={"people": {"file": "people*"}})), names)
    except Rejected as refusal:
        return refusal.findings
    return ()


FIRES = {
    "B030": refuses("records[0].fields.id", lambda: check_mapping(made({"id": 7, "name": "Name"}))),
    "B031": refuses("records[0].fields.nmae", lambda: check_mapping(made({**FIELDS, "nmae": "Name"}))),
    "B032": refuses("records[0].fields.name", lambda: check_mapping(made({"id": "No"}))),
    "B033": refuses(
        "records[0].fields.id", lambda: check_mapping(made({**FIELDS, "id": {"column": "No", "value": "1"}}))
    ),
    "B034": refuses("records[0].fields.name", lambda: of_columns("No", "Names")),
    "B035": refuses("records[0].fields.name", lambda: of_columns("No", "name", "NAME")),
    "B036": warns("", lambda: of_columns("No", "Name", "Sex")),
    "B037": refuses("", lambda: of_files("people.csv", "goals.csv")),
}
ALSO = {
    "B003 of a column": refuses(
        "records[0].fields.employments[0].from.order",
        lambda: check_mapping(made({**FIELDS, "employments": [{"from": {"column": "Hired", "order": "ymd"}}]})),
    ),
}
PASSES = {
    "B030": lambda: check_mapping(made({"id": {"column": "No"}, "name": "Name"})),
    "B031": lambda: check_mapping(made({**FIELDS, "given_name": "Name"})),
    "B032": lambda: check_mapping(made({"id": "No", "name": {"value": "Somebody"}})),
    "B033": lambda: check_mapping(made({**FIELDS, "id": {"column": "No", "default": "1"}})),
    "B034": lambda: of_columns("No", "NAME:"),
    "B035": lambda: check_mapping(made(unused=True), {"": ["No", "Name", "NAME"]}),
    "B036": lambda: check_mapping(made(unused=["sex"]), {"": ["No", "Name", "Sex"]}),
    "B037": lambda: of_files("people.csv", "people=goals.csv"),
}
