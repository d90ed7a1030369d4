"""The floor: `csv.DictReader` gives each row as a dict, and nothing is looked at."""

from __future__ import annotations

import csv
from collections import deque
from pathlib import Path


def find(path: Path) -> list[tuple[int, str]]:
    """Read all rows."""
    with path.open(encoding="utf-8", newline="") as file:
        deque(csv.DictReader(file), maxlen=0)
    return []
