"""Records as JSON and as plain dicts, their JSON Schema, books as NDJSON: the face of `coaching.formats`."""

from coaching.formats.cattrs import converter
from coaching.formats.documents import dumps, loads, structure, unstructure
from coaching.formats.json_schema import schema
from coaching.formats.lines import dump_book, load_book, load_records

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
