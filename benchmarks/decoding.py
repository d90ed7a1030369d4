"""Decoding a finished annual interview, all rules checked: `python benchmarks/decoding.py [repeats]`.

First it looks whether the rivals that check accept the document and refuse each spoiled one: only the same rules are
worth comparing. Then it measures, and prints one table for the document and one for a document with three faults.
"""

from __future__ import annotations

import sys
from time import process_time
from types import ModuleType

import decode_coaching
import decode_msgspec
import decode_pydantic
from document import BLUNDERED, DOCUMENT, SPOILED
from measuring import environment, faster, interleaved, table

RIVALS = (decode_coaching, decode_pydantic, decode_msgspec)
CHECKING = (decode_coaching, decode_pydantic)
LOOPS = 50  # documents in one turn: short, so that a busy moment of the machine spoils few turns


def refuses(rival: ModuleType, document: bytes) -> bool:
    """Whether a rival says no to a document."""
    try:
        rival.decode(document)
    except rival.Refused:
        return True
    return False


def same_rules() -> None:
    """Stop when a rival does not hold the same rules."""
    for rival in CHECKING:
        if refuses(rival, DOCUMENT):
            sys.exit(f"{rival.label} refuses the document")
        accepted = [name for name, document in SPOILED.items() if not refuses(rival, document)]
        if accepted:
            sys.exit(f"{rival.label} accepts: {'; '.join(accepted)}")
    print(f"{' and '.join(r.label for r in CHECKING)} accept the document and refuse all {len(SPOILED)} spoiled ones.")


def decoding(rival: ModuleType, document: bytes) -> float:
    """The seconds a rival takes for one document."""
    decode = rival.decode
    begun = process_time()
    for _ in range(LOOPS):
        decode(document)
    return (process_time() - begun) / LOOPS


def refusing(rival: ModuleType, document: bytes) -> float:
    """The seconds a rival takes to refuse one document, and to give its reasons as data."""
    begun = process_time()
    for _ in range(LOOPS // 5):
        try:
            rival.decode(document)
        except rival.Refused as refusal:
            rival.reasons(refusal)
    return (process_time() - begun) / (LOOPS // 5)


def accepted(repeats: int) -> dict[str, list[float]]:
    """The times of each rival for the document."""
    return interleaved({r.label: lambda r=r: decoding(r, DOCUMENT) for r in RIVALS}, repeats)


def refused(repeats: int) -> dict[str, list[float]]:
    """The times of those who check, for a document with three faults."""
    return interleaved({r.label: lambda r=r: refusing(r, BLUNDERED) for r in CHECKING}, repeats)


def main(repeats: int) -> None:
    """Compare, and print."""
    environment("coaching", "msgspec", "attrs", "pydantic", "pydantic-core")
    same_rules()

    times = accepted(repeats)
    title = f"A finished annual interview, {len(DOCUMENT)} bytes, decoded with all rules; {repeats} turns of {LOOPS}"
    table(title, times, unit="µs", against=[r.label for r in RIVALS])
    print(f"\n{faster(times, decode_coaching.label, decode_pydantic.label)}; the aim is 1.7.")

    title = f"The same with three faults, refused, and the reasons as dicts; {repeats} turns of {LOOPS // 5}"
    table(title, refused(repeats), unit="µs", against=[r.label for r in CHECKING])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 201)
