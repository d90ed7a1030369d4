"""Records as JSON and as plain dicts, their JSON Schema, books as NDJSON, forms: the face of `coaching.formats`."""

from coaching.formats.codec import (
    converter,
    dump_book,
    dumps,
    load_book,
    load_records,
    loads,
    schema,
    structure,
    unstructure,
)
from coaching.formats.forms import arguments

__all__ = [
    "arguments",
    "converter",
    "dump_book",
    "dumps",
    "load_book",
    "load_records",
    "loads",
    "schema",
    "structure",
    "unstructure",
]
