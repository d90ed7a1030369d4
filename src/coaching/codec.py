"""Records as JSON and as plain dicts, their JSON Schema, and a book as NDJSON: the face of `coaching.formats.codec`."""

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

__all__ = [
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
