"""The documents of a schema, and its form, kept for ever: `python tests/documents/keep.py`, once for each new number.

It writes `<number>.ndjson`, every document that the vectors say is read, and `<number>.schema.json`, the JSON Schema of
those days; and nothing where they are there already. Nobody changes them afterwards.
"""

import json
import sys
from pathlib import Path
from typing import Any

from coaching.codec import schema
from coaching.records import RECORDS

FOLDER = Path(__file__).parent
VECTORS = FOLDER.parents[1] / "conformance" / "documents.ndjson"


def read_documents() -> list[dict[str, Any]]:
    """The documents that the vectors say are read."""
    every = map(json.loads, VECTORS.read_text(encoding="utf-8").splitlines())
    return [it["given"]["document"] for it in every if it["expects"] == {"codes": []}]


def main() -> None:
    """Keep what is not kept yet."""
    number = max(kind.schema for kind in RECORDS)
    documents, form = FOLDER / f"{number}.ndjson", FOLDER / f"{number}.schema.json"
    if documents.exists() or form.exists():
        sys.exit(f"schema {number} is kept already, and stays as it is")
    lines = [json.dumps(it, ensure_ascii=False, separators=(",", ":")) + "\n" for it in read_documents()]
    documents.write_text("".join(lines), encoding="utf-8")
    defs = schema()["$defs"]
    shapes = [f"{json.dumps(name)}: {json.dumps(it)}" for name, it in sorted(defs.items())]
    form.write_text("{\n" + ",\n".join(shapes) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
