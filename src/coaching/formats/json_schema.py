"""JSON Schema: of a kind of record, or of any. Made from the mirrors; what a constraint says stands beside it."""

from __future__ import annotations

from typing import Any

import msgspec

from coaching.formats.mirror import ANY_RECORD, MIRRORS
from coaching.kernel.constraints import V015
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected, brief
from coaching.records import RECORDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: type[Record] | None = None) -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of the documents of a kind of record, or of any record, ready for `json.dumps`.

    It says fields, types, closed lists, and what a text, a number or a moment may be. What it refuses, `loads` refuses;
    the rules between fields, and seals, are not in it.

    Args:
        kind: A kind of record, such as `Goal`; none for all of them.

    Raises:
        Rejected: V015 for what is no kind of record.

    >>> from coaching.records.goals import Goal
    >>> goal = schema(Goal)["$defs"]["Goal"]
    >>> goal["required"]
    ['type', 'schema', 'id', 'state', 'owner', 'title']
    >>> goal["properties"]["importance"]["anyOf"][0]
    {'type': 'integer', 'minimum': 0, 'maximum': 10}
    """
    if kind is not None and not (isinstance(kind, type) and kind in RECORDS):
        raise Rejected.over(
            V015, "{value} is no kind of record", "kind", of="schema: cannot be made", value=brief(kind)
        )
    mirrors = ANY_RECORD if kind is None else MIRRORS[kind]
    made = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(mirrors)))  # a default may be a tuple
    made.pop("discriminator", None)  # OpenAPI's, and no word of JSON Schema
    for part in made["$defs"].values():
        part["description"] = part.get("description", "").partition("\n")[0]  # of a list of words it is all lines
    _take_numbers(made)
    return {"$schema": DIALECT, **made}


def _take_numbers(node: object) -> None:
    """Let every decimal be a number as well as a text: documents have it as a number."""
    if isinstance(node, dict):
        if node.get("format") == "decimal":
            del node["format"]
            node["type"] = ["number", "string"]
        for inner in node.values():
            _take_numbers(inner)
    elif isinstance(node, list):
        for inner in node:
            _take_numbers(inner)
