"""What a row becomes before it is a record: drafts, what they refer to, and faults with their place. Plain values."""

from __future__ import annotations

from typing import Any, NamedTuple

from attrs import Factory, define, frozen

from coaching.kernel.rules import Finding, Rule, Severity, breach, finding


@frozen
class Fault:
    """One thing that is wrong, or worth a look, with its place.

    Attributes:
        source: The name of the source.
        line: The physical line on which the record begins; the row of a sheet.
        record: Which record it is, the first below the header being 1; 0 for the source or a column as a whole.
        column: The header as the source writes it; empty for the row as a whole.
        field: Where in the record it would stand: `positions[].managers[].manager`; empty where nowhere.
        code: The code of the rule.
        severity: An error rejects the row.
        what: What is wrong, in words that hold nothing of the cell: a report groups by it.
        message: The same with what the cell says. Shown where somebody asks for it.
        mend: What would be right.
    """

    source: str
    line: int
    record: int
    column: str
    field: str
    code: str
    severity: Severity
    what: str
    message: str
    mend: str


class Reference(NamedTuple):
    """That a field of a draft names a record.

    Attributes:
        path: Where it stands in the document: `positions[0].managers[0].manager`.
        column: The header that says so.
        kind: The type of the record that is named.
        said: The text of the cell. It stands in the document as the id.
        by: Whether that is an `id`, a `name`, or `either`.
        missing: What becomes of it where it names nobody: `leave_out`, `reject`, `keep`.
    """

    path: str
    column: str
    kind: str
    said: str
    by: str = "id"
    missing: str = "leave_out"


@define
class Draft:
    """A record to be, out of one row.

    Attributes:
        made_by: Which of the mapping's `records` made it, counted from 0.
        type: Its type.
        id: Its id; empty where the row does not say it so that it can be used.
        line: The line of its row.
        record: The record of its row.
        document: What it says, as JSON: type, schema, id, state, and its fields; no history. None where a fault rejects
            the row.
        names: What it refers to.
        name: What the record is called, where that can be read though the row is rejected: others may name it so.
            Otherwise the document says it.
    """

    made_by: int
    type: str
    id: str
    line: int
    record: int
    document: bytes | None
    names: list[Reference] = Factory(list)
    name: str = ""


@define
class Batch:
    """What some rows of one source came to, in their order."""

    drafts: list[Draft] = Factory(list)
    faults: list[Fault] = Factory(list)


def told(rule: Rule, what: str, path: str = "", **params: Any) -> Finding:
    """Say what is wrong, by a rule: the template holds nothing of the cell, the params may."""
    return finding(rule, breach(what, path, **params))
