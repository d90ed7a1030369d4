"""Records as JSON and as plain dicts, and a book as NDJSON: the public face of `coaching.formats.codec`."""

from coaching.formats.codec import converter, dump_book, dumps, load_book, load_records, loads, structure, unstructure

__all__ = ["converter", "dump_book", "dumps", "load_book", "load_records", "loads", "structure", "unstructure"]
