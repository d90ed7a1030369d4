"""Pydantic: records and parts as fields of models, as they stand. Nobody imports this: pydantic asks our classes.

Read top to bottom: how one is read and written, what is wrong, the JSON Schema. Documents are read and written by
`coaching.codec`, so a model takes exactly what the codec takes; what is wrong comes as pydantic's own errors, one for
each finding. A class says its parts to pydantic as well, so that each has one name in the `$defs` of a whole service.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from coaching.formats.json_schema import schema_of
from coaching.formats.kinds import is_record, read, write
from coaching.integrations.places import steps
from coaching.kernel.checking import json_number
from coaching.kernel.classes import model_of
from coaching.kernel.rules import Choice, Finding, Rejected
from coaching.records import RECORDS

UNSHOWN = "..."  # what stands for an input: a log may read it, and the words of a record are nobody's there

# --- reading and writing ---------------------------------------------------------------------------------------------


def core_schema_of(cls: type, _source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
    """Say to pydantic how an object of a class of ours is read, written, and what it is made of."""
    return core_schema.no_info_wrap_validator_function(
        _reader(cls),
        _parts(cls, handler) if cls in RECORDS or not is_record(cls) else _kinds(cls, handler),
        ref=f"{cls.__module__}.{cls.__qualname__}:{id(cls)}",
        serialization=core_schema.plain_serializer_function_ser_schema(_written, info_arg=True),
    )


def _reader(cls: type) -> Callable[[object, object], object]:
    def reads(raw: object, _handler: object) -> object:
        try:
            return raw if isinstance(raw, cls) else read(raw, cls)
        except Rejected as refusal:
            lines = [_line(it) for it in refusal.findings]
            raise ValidationError.from_exception_data(refusal.what, lines, hide_input=True) from None

    reads.__name__ = reads.__qualname__ = cls.__name__  # pydantic shows it
    return reads


def _written(thing: object, info: core_schema.SerializationInfo) -> object:
    said = write(thing)
    return _numbers(said) if info.mode == "json" else said


def _numbers(said: Any) -> Any:
    """Give what is written, each fraction as the number of JSON that pydantic has; as a text where that loses some."""
    if isinstance(said, dict):
        return {name: _numbers(value) for name, value in said.items()}
    if isinstance(said, list):
        return [_numbers(value) for value in said]
    if isinstance(said, Decimal):
        return json_number(said)
    return said


# --- what is wrong ---------------------------------------------------------------------------------------------------


def _line(found: Finding) -> InitErrorDetails:
    told = {name: it for name, it in found.as_dict().items() if name not in {"code", "path", "message"}}
    told |= {"page": found.page, "message": found.message}  # last: pydantic fills in one after the other
    code: Any = found.code  # pydantic asks for a text that stands in the program
    return InitErrorDetails(type=PydanticCustomError(code, "{message}", told), loc=steps(found.path), input=UNSHOWN)


# --- JSON Schema -----------------------------------------------------------------------------------------------------


def _parts(cls: type, handler: GetCoreSchemaHandler) -> CoreSchema:
    """Say which fields hold what has its own name in `$defs`; of a record also its type, by which unions choose."""
    named = {
        field.key: core_schema.typed_dict_field(handler.generate_schema(field.kind))
        for field in model_of(cls).fields.values()
        if field.holds_parts or issubclass(field.kind, Choice)
    }
    if is_record(cls):
        named["type"] = core_schema.typed_dict_field(core_schema.literal_schema([cls.type]))
    return core_schema.typed_dict_schema(named)


def _kinds(cls: type, handler: GetCoreSchemaHandler) -> CoreSchema:
    """Say which kinds of record there are of a class that several share, such as `Record`."""
    kinds = {kind.type: handler.generate_schema(kind) for kind in RECORDS if issubclass(kind, cls)}
    return core_schema.tagged_union_schema(kinds, "type")


def json_schema(cls: type, core: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
    """Say the JSON Schema of a class as `codec.schema` does, with the names that pydantic gives to its parts."""
    inner = core["schema"]  # of what `core_schema_of` made
    named = handler(inner)
    if inner["type"] == "tagged-union":
        return named
    said = schema_of(cls)
    for name, ref in named["properties"].items():
        said["properties"][name] = _named(said["properties"][name], ref)
    return said


def _named(said: Any, ref: JsonSchemaValue) -> Any:
    """Put the name that pydantic gives to a part in the place of ours."""
    if isinstance(said, dict):
        return {**said, **ref} if "$ref" in said else {name: _named(value, ref) for name, value in said.items()}
    return [_named(value, ref) for value in said] if isinstance(said, list) else said
