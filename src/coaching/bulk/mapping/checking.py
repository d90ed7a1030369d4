"""Checking a mapping against the columns of its sources, before any row is read."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence

from coaching.bulk.mapping.classes import Mapping
from coaching.bulk.mapping.faults import B031, B036, nearest, remark
from coaching.bulk.mapping.headers import match_headers
from coaching.bulk.mapping.reading import Given, read_mapping
from coaching.kernel.rules import Finding, Rejected, brief, in_order


def check_mapping(given: Given, columns: MappingOf[str, Sequence[str]] | None = None) -> tuple[Finding, ...]:
    """Say all that is wrong with a mapping, and, by the columns of its sources, which of them it does not use.

    Args:
        given: As `read_mapping` takes it.
        columns: The columns of opened sources, by the name of the source in the mapping; "" where it names none.

    >>> mapping = {"records": [{"type": "person", "fields": {"id": "No", "name": "Name"}}]}
    >>> [str(it) for it in check_mapping(mapping, {"": ["No", "Names", "Sex"]})]
    ["B034 records[0].fields.name: 'Name' is no column of the source; did you mean Names? (write the header as ...)"]
    >>> [(it.code, it.severity, it.message) for it in check_mapping(mapping, {"": ["No", "Name", "Sex"]})]
    [('B036', 'warning', "'Sex' is not used")]
    """
    try:
        mapping = read_mapping(given)
    except Rejected as refusal:
        return refusal.findings
    return in_order([it for name, its in (columns or {}).items() for it in _of_source(mapping, name, its)])


def _of_source(mapping: Mapping, name: str, columns: Sequence[str]) -> list[Finding]:
    if name not in (mapping.sources or ("",)):
        what = "{name} is no source of the mapping; {known}"
        return [remark(B031, "", what, name=brief(name), known=nearest(name, mapping.sources))]
    try:
        headers = match_headers(mapping, name, columns)
    except Rejected as refusal:
        return list(refusal.findings)
    path = f"sources.{name}" if name else ""
    return [remark(B036, path, "{column} is not used", column=brief(it)) for it in headers.unused]
