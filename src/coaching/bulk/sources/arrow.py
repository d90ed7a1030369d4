"""Parquet and Arrow, from files, and from what speaks Arrow by itself (frames, tables), by pyarrow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from coaching.bulk.sources.cells import Cell, plain
from coaching.bulk.sources.faults import Foreign, extra

MANY = 4096  # so many rows are in memory at a time


def batches(file: IO[bytes] | Any, kind: str) -> tuple[Any, Iterator[Any]]:
    """Give the schema of a source, and its rows in batches.

    Raises:
        Rejected: B010 for a file that is damaged, B011 without the extra.
    """
    arrow = extra("pyarrow", "arrow", kind)
    with Foreign(kind):
        if kind == "parquet":
            opened = extra("pyarrow.parquet", "arrow", kind).ParquetFile(file)
            return opened.schema_arrow, opened.iter_batches(batch_size=MANY)
        if kind == "arrow file":
            opened = arrow.ipc.open_file(file)
            return opened.schema, map(opened.get_batch, range(opened.num_record_batches))
        opened = arrow.ipc.open_stream(file) if kind == "arrow stream" else arrow.RecordBatchReader.from_stream(file)
        return opened.schema, iter(opened)


def held_as_table(stream: Any) -> Any:
    """Give a table of what can be read only once.

    Raises:
        Rejected: B010 for what cannot be read, B011 without the extra.
    """
    arrow = extra("pyarrow", "arrow", "arrow")
    with Foreign("arrow"):
        return arrow.RecordBatchReader.from_stream(stream).read_all()


def is_nested(schema: Any) -> bool:
    """Tell whether a column holds objects, so that a row has to be read as one."""
    arrow = extra("pyarrow", "arrow", "arrow")
    return any(arrow.types.is_nested(column.type) for column in schema)


def objects(rows: Iterator[Any], kind: str) -> Iterator[dict[str, Any]]:
    """Give each row as an object."""
    with Foreign(kind):
        for batch in rows:
            for part in _parts(batch):
                yield from _in_microseconds(part).to_pylist()


def grid(rows: Iterator[Any], kind: str) -> Iterator[tuple[int, list[Cell]]]:
    """Give each row of plain columns, with its number."""
    line = 0
    with Foreign(kind):
        for batch in rows:
            for part in _parts(batch):
                columns = [_column(column.to_pylist()) for column in _in_microseconds(part).columns]
                for cells in zip(*columns, strict=True):
                    line += 1
                    yield line, list(cells)


def _parts(batch: Any) -> Iterator[Any]:
    """Give a batch in pieces: who writes a file may make batches larger than memory likes."""
    return (batch.slice(begin, MANY) for begin in range(0, batch.num_rows, MANY))


def _in_microseconds(batch: Any) -> Any:
    """Give a batch whose moments Python can hold: frames count nanoseconds."""
    arrow = extra("pyarrow", "arrow", "arrow")
    columns = [
        column.cast(arrow.timestamp("us", column.type.tz), safe=False)
        if arrow.types.is_timestamp(column.type)
        else column
        for column in batch.columns
    ]
    return arrow.record_batch(columns, names=batch.schema.names)


def _column(values: list[Any]) -> list[Cell]:
    """Give the cells of a column, most of which are texts."""
    return [it if it.__class__ is str else plain(it) for it in values]
