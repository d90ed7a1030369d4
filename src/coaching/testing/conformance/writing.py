"""The files: which vectors stand in which, the schemas beside them, and what is told of all of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from coaching import codec
from coaching.records import RECORDS
from coaching.testing.conformance.dates import dates
from coaching.testing.conformance.documents import documents
from coaching.testing.conformance.houses import books, views
from coaching.testing.conformance.lives import PIECES, lives_of
from coaching.testing.conformance.misses import misses
from coaching.testing.conformance.names import names
from coaching.testing.conformance.vectors import Vector

VERSION = 1
"""The version of the vectors: raised when what stood there is another; new lines raise nothing."""

FILES: Mapping[str, Callable[[], list[Vector]]] = {
    "documents.ndjson": documents,
    "rules.ndjson": misses,
    **{f"acts/{piece.kind.type}.ndjson": partial(lives_of, piece) for piece in PIECES},
    "books.ndjson": books,
    "views.ndjson": views,
    "due.ndjson": dates,
    "names.ndjson": names,
}
"""Each file of vectors, and what makes it."""


def files() -> Iterator[tuple[str, bytes]]:
    """Give every file by its path: the vectors, the JSON Schemas, and last the manifest."""
    counts = dict[str, int]()
    for name, made in FILES.items():
        lines = [it.line() for it in made()]
        counts[name] = len(lines)
        yield name, b"".join(lines)
    schemas = {kind.type: kind.schema for kind in RECORDS}
    for kind in RECORDS:
        yield f"schemas/{kind.type}.json", _pretty(codec.schema(kind))
    yield "manifest.json", _pretty({"version": VERSION, "schemas": schemas, "vectors": counts})


def _pretty(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def write(folder: Path) -> list[str]:
    """Write every file that says something else, and give the names of those."""
    changed = list[str]()
    for name, whole in files():
        path = folder / name
        if not path.exists() or path.read_bytes() != whole:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(whole)
            changed.append(name)
    return changed
