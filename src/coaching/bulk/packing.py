"""Packing: a batch as the tables of the journal take it. Plain tuples go quickly from one process to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from attrs import frozen

from coaching.bulk.drafts import Batch, Fault
from coaching.kernel.rules import Severity

Line = tuple[Any, ...]
"""A row of a table, but for its number, which the journal knows."""


@frozen
class Packed:
    """What some rows of one source came to.

    Attributes:
        drafts: Source, record, line, made_by, type, id, state, name, document, and whether it was asked and is good.
        names: The place of its draft among these; path, col, kind, said, by, missing, and the id that is named.
        faults: As the table has them.
        rejected: Source, record and line of each row that is.
    """

    drafts: list[Line]
    names: list[Line]
    faults: list[Line]
    rejected: list[Line]


def pack(source: int, batch: Batch, is_good: Callable[[bytes], bool] = lambda _: False) -> Packed:
    """Pack a batch.

    Args:
        source: The number of the source.
        batch: What was read.
        is_good: Tells of a document whether nothing is wrong with it, as far as it stays as it is; False is safe.
    """
    wrong = {it.record: it.line for it in batch.faults if it.severity is Severity.ERROR and it.record}
    for it in batch.drafts:
        if it.document is None:
            wrong.setdefault(it.record, it.line)
    drafts = [
        (
            source, it.record, it.line, it.made_by, it.type, it.id if it.id.isascii() else clean(it.id),
            "rejected" if it.record in wrong else "", it.name and clean(it.name), it.document,
            it.document is not None and it.record not in wrong and is_good(it.document),
        )
        for it in batch.drafts
    ]  # fmt: skip
    names = [
        (n, path, column if column.isascii() else clean(column), kind, text, by, missing, text if by == "id" else None)
        for n, it in enumerate(batch.drafts)
        if it.names and it.record not in wrong
        for path, column, kind, said, by, missing in it.names
        for text in (said if said.isascii() else clean(said),)
    ]
    return Packed(drafts, names, pack_faults(source, batch.faults), [(source, *it) for it in wrong.items()])


def pack_faults(source: int, faults: Iterable[Fault]) -> list[Line]:
    """Pack faults alone."""
    return [
        (source, it.record, it.line, clean(it.column), clean(it.field), it.code, it.severity.value, clean(it.what),
         clean(it.message), it.mend)
        for it in faults
    ]  # fmt: skip


def clean(text: str) -> str:
    """Give a text as a file can hold it: half characters are written out."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
