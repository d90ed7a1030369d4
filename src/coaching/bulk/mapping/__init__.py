"""The mapping: which columns of which source become which fields of which records, as a document or in Python."""

from coaching.bulk.mapping.checking import check_mapping
from coaching.bulk.mapping.classes import Column, Filled, Lookup, Mapping, Records, SourceOf
from coaching.bulk.mapping.files import named_path, source_of
from coaching.bulk.mapping.headers import Headers, folded_header, match_headers
from coaching.bulk.mapping.reading import presets, read_mapping
from coaching.bulk.mapping.suggesting import suggest

__all__ = [
    "Column",
    "Filled",
    "Headers",
    "Lookup",
    "Mapping",
    "Records",
    "SourceOf",
    "check_mapping",
    "folded_header",
    "match_headers",
    "named_path",
    "presets",
    "read_mapping",
    "source_of",
    "suggest",
]
