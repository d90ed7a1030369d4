"""Frames of polars and pandas: the records of a kind as a table, and who is covered. For counting, and not for storing.

Needs the extra `polars` or `pandas`. One column is one field. Days, moments, numbers and texts have the type of their
own; what holds more than one value is JSON text, as in the document of the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, overload

from frozendict import frozendict

from coaching.book.book import Book
from coaching.book.cadence import Covered
from coaching.book.given import must_be
from coaching.formats.documents import write_json
from coaching.formats.mirror import to_mirror
from coaching.kernel.checking import no_such
from coaching.kernel.classes import model_of
from coaching.kernel.constraints import TIMES, V012, V015, in_utc
from coaching.kernel.fields import Field, fields_of
from coaching.kernel.policy import POLICY, Policy
from coaching.kernel.record import Record
from coaching.kernel.rules import Rejected, brief
from coaching.records import RECORDS

if TYPE_CHECKING:
    import polars as pl

Library = Literal["polars", "pandas"]
"""Whose frame it is."""

_DAY, _MOMENT = TIMES
_WHAT = "cannot make a frame"


@overload
def to_frame(book: Book, kind: type[Record], *, into: Literal["polars"] = "polars") -> pl.DataFrame: ...
@overload
def to_frame(book: Book, kind: type[Record], *, into: Literal["pandas"]) -> Any: ...
def to_frame(book: Book, kind: type[Record], *, into: Library = "polars") -> Any:
    """Give the records of a kind as a frame: one row a record, in the order of the book, and one column a field.

    Without a record it has its columns still. Words of closed lists are texts; amounts are floats; moments are in UTC;
    days have the type of days in polars, and are midnights without a zone in pandas, which has none. Lists, parts and
    `extra` are JSON text: `history` is a list of objects.

    It holds whatever was said: who gets it sees all of it. To show counts of people, use `privacy.count_by`.

    Raises:
        Rejected: V015 for what is no book or no kind of record, V012 for another library.
        ModuleNotFoundError: Where the extra is not installed.

    >>> from datetime import datetime
    >>> from coaching.records.goals import Goal
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> goals = to_frame(Book([Goal.begin("g-1", "Lead a pilot line", by="p-17", at=noon)]), Goal)
    >>> goals.select("id", "state", "owner", "target_on").row(0)
    ('g-1', 'draft', 'p-17', None)
    """
    must_be(_WHAT, book=(book, Book, "book"))
    if not (isinstance(kind, type) and kind in RECORDS):
        no_such(V015, _WHAT, "kind", kind, kind="kind of record")
    return _frame(list(model_of(kind).fields.values()), list(book.all(kind)), to_mirror, into)


@overload
def coverage_frame(
    book: Book, on: date, *, policy: Policy = POLICY, into: Literal["polars"] = "polars"
) -> pl.DataFrame: ...
@overload
def coverage_frame(book: Book, on: date, *, policy: Policy = POLICY, into: Literal["pandas"]) -> Any: ...
def coverage_frame(book: Book, on: date, *, policy: Policy = POLICY, into: Library = "polars") -> Any:
    """Give `book.coverage(on)` as a frame: person, last held, due, status; one row for each who is employed that day.

    Raises:
        Rejected: V015 for what is no book, no day or no policy, V012 for another library.
        ModuleNotFoundError: Where the extra is not installed.

    >>> coverage_frame(Book(), date(2026, 3, 2)).columns
    ['person', 'last_held', 'due', 'status']
    """
    must_be(_WHAT, book=(book, Book, "book"))
    return _frame(list(fields_of(Covered).values()), book.coverage(on, policy=policy), _itself, into)


def _itself(row: object) -> object:
    return row


def _frame(fields: list[Field], rows: Iterable[Any], plainly: Callable[[Any], object], into: Library) -> Any:
    """Make a frame of rows; `plainly` gives one whose nested parts can be written as JSON."""
    if into not in _MAKERS:
        raise Rejected.over(
            V012, "{value} is none of: {known}", "into", of=_WHAT, value=brief(into), known=", ".join(_MAKERS)
        )
    try:
        library = import_module(into)
    except ModuleNotFoundError:
        what = f"a frame of {into} comes with the extra {into}: pip install 'coaching[{into}]'"
        raise ModuleNotFoundError(what, name=into) from None
    columns: dict[str, list[Any]] = {field.key: [] for field in fields}
    nested = [field.holds_parts or field.many or field.kind is frozendict for field in fields]
    for row in rows:
        plain = plainly(row)
        for field, is_nested in zip(fields, nested, strict=True):
            value = getattr(plain if is_nested else row, field.name)
            columns[field.key].append(_cell(value, field, is_nested=is_nested))
    kinds = {field.key: str if deep else field.kind for field, deep in zip(fields, nested, strict=True)}
    return _MAKERS[into](library, columns, kinds)


def _cell(value: Any, field: Field, *, is_nested: bool) -> Any:
    if value is None:
        return None
    if is_nested:
        return write_json(value).decode()
    if field.kind is _MOMENT:
        return in_utc(value)
    if field.kind is Decimal:
        return float(value)
    return str(value) if field.is_choice else value


Columns = Mapping[str, list[Any]]
Kinds = Mapping[str, type]


def _of_polars(library: Any, columns: Columns, kinds: Kinds) -> Any:
    types = {
        bool: library.Boolean, int: library.Int64, Decimal: library.Float64, _DAY: library.Date,
        _MOMENT: library.Datetime("us", "UTC"),
    }  # fmt: skip
    return library.DataFrame(columns, schema={key: types.get(kind, library.String) for key, kind in kinds.items()})


def _of_pandas(library: Any, columns: Columns, kinds: Kinds) -> Any:
    types = {
        bool: "boolean", int: "Int64", Decimal: "Float64", _DAY: "datetime64[s]", _MOMENT: "datetime64[us, UTC]",
    }  # fmt: skip
    return library.DataFrame(
        {key: library.Series(columns[key], dtype=types.get(kind, "string")) for key, kind in kinds.items()}
    )


_MAKERS: Mapping[str, Callable[[Any, Columns, Kinds], Any]] = {"polars": _of_polars, "pandas": _of_pandas}
