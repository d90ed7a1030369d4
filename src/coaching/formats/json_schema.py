"""JSON Schema: of a kind of record, of any, or of the form of an act. What a constraint says stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from coaching.formats.asked import asked_of, fields_of, parts_with_ids
from coaching.formats.mirror import ANY_RECORD, MIRRORS, either, mirror_of, type_of
from coaching.kernel.constraints import V015
from coaching.kernel.fields import Field
from coaching.kernel.lifecycle import IMPORT, V010
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected, brief
from coaching.records import RECORDS
from coaching.records.feedback import REQUESTED, WORK, Feedback, FeedbackState
from coaching.records.moves import InternalMove
from coaching.records.people import ERASED, KNOWN, Person

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: type[Record] | None = None, act: str | None = None) -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of the documents of a kind of record, or of any record, ready for `json.dumps`.

    It says fields, types, closed lists, and what a text, a number or a moment may be. What it refuses, `loads` refuses;
    the rules between fields, and seals, are not in it. Its parts have names, in `$defs`.

    With an act, it is that of the form which `arguments` reads for it: what a page or a request sends to begin a
    record, to take it over (`"import"`), or to act on it. Nothing in it is sealed. Who acts, when, and the id of what
    is new are the program's to give, and not in it; nor is a record that an act takes. It is whole, without a `$ref`,
    so that it can stand within another document, such as the request body of a route in OpenAPI.

    Args:
        kind: A kind of record, such as `Goal`; none for all of them.
        act: An act of this kind, by its name.

    Raises:
        Rejected: V015 for what is no kind of record, V010 for what is no act of it.

    >>> from coaching.records.goals import Goal
    >>> goal = schema(Goal)["$defs"]["Goal"]
    >>> goal["required"]
    ['type', 'schema', 'id', 'state', 'owner', 'title']
    >>> goal["properties"]["importance"]["anyOf"][0]
    {'type': 'integer', 'minimum': 0, 'maximum': 10}
    >>> schema(Goal, "begin")["required"]
    ['title']
    """
    if kind is not None and not (isinstance(kind, type) and kind in RECORDS):
        raise Rejected.over(
            V015, "{value} is no kind of record", "kind", of="schema: cannot be made", value=brief(kind)
        )
    if act is not None:
        return {"$schema": DIALECT, **form_schema_of(kind, act)}
    return {"$schema": DIALECT, **_said(ANY_RECORD if kind is None else MIRRORS[kind])}


def schema_of(cls: type) -> dict[str, Any]:
    """Give what is said of one record or part alone: what stands in its `properties` by a `$ref` is left out."""
    mirror = mirror_of(cls)
    said: dict[str, Any] = _said(mirror)["$defs"][mirror.__name__]
    return said


def form_schema_of(owner: Record | type[Record] | None, act: str) -> dict[str, Any]:
    """Give the schema of the form of an act of a kind of record, or of the act as it is done on a record: whole.

    Raises:
        Rejected: V010 for what is no act of it.
    """
    said = _said(_form_of(owner, act))
    for part in parts_with_ids():
        if part.__name__ in said["$defs"]:  # whoever reads the form makes the id of what is new
            said["$defs"][part.__name__]["required"].remove("id")
    made: dict[str, Any] = _whole({"$ref": said["$ref"]}, said["$defs"])
    kind = owner if owner is None or isinstance(owner, type) else type(owner)
    if besides := _ASKED.get((kind, act)):
        made["allOf"] = list(besides)
    return made


def _whole(node: Any, parts: Mapping[str, Any]) -> Any:
    """Put each part that is named in the place of its name: no part of a form holds itself."""
    if isinstance(node, list):
        return [_whole(inner, parts) for inner in node]
    if not isinstance(node, dict):
        return node
    named = parts[node["$ref"].removeprefix("#/$defs/")] if "$ref" in node else {}
    return {name: _whole(inner, parts) for name, inner in {**named, **node}.items() if name != "$ref"}


def _said(mirrors: Any) -> dict[str, Any]:
    """Give what mirrors say of themselves, in the words of JSON Schema."""
    made: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(mirrors)))  # tuples are lists
    made.pop("discriminator", None)  # OpenAPI's, and no word of JSON Schema
    for part in made["$defs"].values():
        part["description"] = part.get("description", "").partition("\n")[0]  # of a list of words it is all lines
    _take_numbers(made)
    return made


def _form_of(owner: Record | type[Record] | None, act: str) -> type[msgspec.Struct]:
    """Make the mirror of what an act is given, but for what is never taken from a form, and for seals."""
    kind = owner if owner is None or isinstance(owner, type) else type(owner)
    if owner is None or kind is None or not isinstance(act, str) or not fields_of(kind, act):
        named = "record" if kind is None else kind.type
        wrong = "{kind} has no act {act}"
        raise Rejected.over(V010, wrong, "act", of="schema: cannot be made", act=brief(act), kind=named)
    said = asked_of(owner, act)
    return msgspec.defstruct(
        f"{kind.__name__}_{act}",
        [_argument(field) for field in said.values()],
        kw_only=True,
        forbid_unknown_fields=True,
        rename={name: field.key for name, field in said.items() if field.key != name},
    )


def _argument(field: Field) -> tuple[str, object] | tuple[str, object, object]:
    if field.required:
        return field.name, type_of(field)
    return field.name, either(type_of(field), msgspec.UnsetType), msgspec.UNSET


def _some(name: str, **of: object) -> dict[str, Any]:
    """Say that something is given."""
    return {"required": [name], "properties": {name: {"type": "string", **of}}}


def _state(*states: str) -> dict[str, Any]:
    return {"properties": {"state": {"enum": list(states)}}}


_ABOUT = {"anyOf": [_some("about"), {"required": ["refs"], "properties": {"refs": {"minItems": 1}}}]}
_ASKED_FOR = {"allOf": [_some("due"), _ABOUT]}
_REFS = {"properties": {"refs": {"items": {"properties": {"kind": {"enum": sorted(WORK)}}}}}}
_START = {"anyOf": [_some("from_position"), _some("from_placement")]}
_NOT = {name: {"type": "null"} for name in ("name", "given_name", "family_name", "language")}
_ERASED = {**_NOT, "external_ids": {"maxProperties": 0}, "leavings": {"maxItems": 0}}
_ASKED: Mapping[tuple[type[Record] | None, str | None], tuple[dict[str, Any], ...]] = {
    (Person, IMPORT): (
        {"anyOf": [{"allOf": [_state(KNOWN), _some("name")]}, {"allOf": [_state(ERASED), {"properties": _ERASED}]}]},
    ),
    (Feedback, "request"): (_ASKED_FOR, _REFS),
    (Feedback, "write"): (_REFS,),
    (Feedback, IMPORT): (
        {"anyOf": [{"allOf": [_state(REQUESTED), _ASKED_FOR]}, _state(*sorted({*FeedbackState} - {REQUESTED}))]},
        _REFS,
    ),
    (InternalMove, "wish"): (_START,),
    (InternalMove, IMPORT): (_START,),
}
"""What rules ask of a form besides (P001, P004, F008, F015, M002): most of what a tool makes would break them."""


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
