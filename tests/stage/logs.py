"""Logs of systems that are right: a life as another system would note it, whole and with parts left out."""

import random
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from coaching import codec
from coaching.kernel.record import Record
from coaching.logs.comparing import plain
from coaching.testing import Deed

Noted = dict[str, Any]
_encoder = msgspec.json.Encoder(decimal_format="number")


def noted(kind: type[Record], deeds: Iterable[Deed]) -> tuple[Any, list[Noted]]:
    """A record, and the log of its life: a line an act, with all that was given and held."""
    record, lines = None, list[Noted]()
    for deed in deeds:
        given = dict(deed.given)
        if record is None:
            record = kind.new(deed.act, by=deed.by, at=deed.at, **given)
            del given["id"]
        else:
            done: Any = record.act(deed.act, by=deed.by, at=deed.at, **given)
            record = done[0] if isinstance(done, tuple) else done
        lines.append({**asked(record, deed.act, deed.by, deed.at, given), "held": codec.unstructure(record)})
    return record, lines


def asked(record: Any, act: str, by: str, at: Any, given: Mapping[str, Any]) -> Noted:
    """A line, without what the record held."""
    said = {n: codec.unstructure(it) if isinstance(it, Record) else plain(it) for n, it in given.items()}
    return {
        "kind": record.type, "record_id": record.id, "act": act, "by": by, "at": at.isoformat(), "given": said,
    }  # fmt: skip


def as_held(record: Any) -> Noted:
    """A line in the middle of a life that says all that the record holds."""
    last = record.history[-1]
    return {**asked(record, last.act, last.by, last.at, {}), "given": None, "held": codec.unstructure(record)}


def with_gaps(lines: Iterable[Noted], chance: random.Random, share: int) -> list[Noted]:
    """The same log with parts left out, each of them in so many of a hundred lines; some logs begin in the middle."""
    whole = list(lines)
    first = chance.randrange(len(whole)) if not chance.randrange(4) else 0
    return [_with_gaps(line, chance, share) for line in whole[first:]]


def _with_gaps(line: Noted, chance: random.Random, share: int) -> Noted:
    kept = {name: it for name, it in line.items() if name not in {"by", "given"} or chance.randrange(100) >= share}
    when = chance.randrange(100)
    if when < share:
        del kept["at"]
    elif when < 2 * share:
        kept["at"] = kept["at"][: len("2026-03-02")]
    if chance.randrange(3):
        kept["held"] = {name: it for name, it in kept["held"].items() if chance.randrange(2)}
    elif chance.randrange(2):
        del kept["held"]
    return kept


def as_bytes(lines: Iterable[Noted]) -> bytes:
    """NDJSON."""
    return b"\n".join(map(_encoder.encode, lines))
