"""What a mapping says: sources, records made of their rows, and for each field the column that fills it.

Read top to bottom: how a column becomes a value, what a record is made of, what a source is, the mapping. A mapping is
a value: it knows no file. What is wrong with one is said where it is read, all at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as MappingOf
from typing import Any

from attrs import evolve, field, fields, frozen
from frozendict import frozendict

_NOTHING: MappingOf[str, Any] = frozendict()
_OWN = ("column", "join", "template", "value", "default", "lookup")  # what only a column can say for itself

in_template = re.compile(r"\{([^{}]+)\}").findall
"""Finds the headers in a template."""


def _listed(given: Any) -> Any:
    """Take one text for a list of one."""
    return (given,) if isinstance(given, str) else tuple(given) if isinstance(given, list) else given


def _kept(given: Any) -> Any:
    """Keep a list so that nobody changes it."""
    return tuple(given) if isinstance(given, list) else given


def _table(given: Any) -> Any:
    """Keep a table so that nobody changes it. What is none is told when the mapping is read."""
    return frozendict(given) if isinstance(given, MappingOf) else given


@frozen(kw_only=True)
class Column:
    r"""How one field is filled: from a column, from several, from the words of a template, or always with one value.

    In a document a text alone stands for `{ column = "..." }`.

    Attributes:
        column: The header, or several: the first that says something in a row counts. Case, accents, blanks and signs
            between the letters do not count.
        join: What stands between the cells of several headers, where all that say something make the value together:
            `" "` makes a name of first and last.
        template: A text in which `{header}` stands for a cell: `"review-{EmpID}-{Year}"`. It says nothing where one of
            its cells does not.
        value: What the field always says. No column is read.
        default: What the field says where the column says nothing.
        values: What stands for what, whatever the case: `{ "activ" = "active" }`. A text that is none of them is a
            fault, unless `others` says that it may stay.
        others: Whether texts that `values` does not name stay as they are.
        nulls: Texts that say nothing, whatever their case, besides blanks; a day in ISO form is meant however the
            column writes it.
        open_end: Days that stand for no end, such as 9999-12-31, however the column writes them.
        strip: What is taken off the ends of each cell: `".0"` makes `5095` of `5095.0`, `"EMP-"` makes `17` of
            `EMP-17`. What `[defaults]` strips is stripped of ids, of what names records, and within templates: a name
            or a title stays as it is.
        formats: How the column writes days or moments, in the directives of `strptime`.
        order: `mdy` or `dmy`, for days with a year of four digits.
        pivot: The first of the hundred years of a `%y`.
        zone: Where the day, or a time without an offset, is meant: `Europe/Stockholm`.
        first: Whether, where formats read one text as two days, the first that fits counts.
        decimal: The sign before the decimals of a number, where it is no point: `,`.
        split: What parts the items of a list in one cell: `;`. Line breaks are `"\n"`. In a list of parts it makes
            an item of each; several columns that are split stand side by side.
        by: Of a field that names a person or another record: whether cells hold its `id` (the default), its `name`, or
            `either`.
        missing: What becomes of a reference to nobody: `leave_out` (the default where the field may be empty) takes the
            record without it and keeps what the file says in `extra`; `reject` rejects the row; `keep` keeps it.
        lookup: The name of a lookup, through which the cell goes first.
        optional: Whether the columns may be absent from the source: then they say nothing. What a record cannot do
            without needs one of its columns all the same.
    """

    column: tuple[str, ...] = field(default=(), converter=_listed)
    join: str | None = None
    template: str | None = None
    value: Any = field(default=None, converter=_kept)
    default: Any = field(default=None, converter=_kept)
    values: MappingOf[str, Any] = field(default=_NOTHING, converter=_table)
    others: bool = False
    nulls: tuple[str, ...] = field(default=(), converter=_listed)
    open_end: tuple[str, ...] = field(default=(), converter=_listed)
    strip: tuple[str, ...] = field(default=(), converter=_listed)
    formats: tuple[str, ...] = field(default=(), converter=_listed)
    order: str | None = None
    pivot: int = 1969
    zone: str | None = None
    first: bool = False
    decimal: str = "."
    split: str | None = None
    by: str | None = None
    missing: str | None = None
    lookup: str | None = None
    optional: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers that it reads, of `column` or of the template.

        >>> Column(template="review-{EmpID}-{Year}").headers
        ('EmpID', 'Year')
        """
        return self.column or tuple(in_template(self.template or ""))

    @property
    def alternatives(self) -> bool:
        """Whether one of its headers is enough: the first that says something in a row counts."""
        return bool(self.column) and self.join is None

    def under(self, defaults: Column) -> Column:
        """Give the column with what holds for all, where it says nothing itself.

        >>> Column(column="Hired", order="dmy").under(Column(order="mdy", nulls="NULL")).nulls
        ('NULL',)
        """
        said = {
            it.name: getattr(defaults, it.name)
            for it in fields(Column)
            if it.name not in _OWN and getattr(self, it.name) == it.default
        }
        return evolve(self, **said)


Filled = Column | MappingOf[str, "Filled"] | tuple[MappingOf[str, "Filled"], ...] | tuple[str, ...]
"""How a field is filled: a column; of a part, its fields; of a list of parts, the fields of each item a row gives.

An item, or a part that may be missing, is left out of a record where none of its columns says anything in the row. One
that says `when`, which is no field but some headers, is left out too where none of these columns says anything.
"""

WHEN = "when"
"""What stands beside the fields of a part; no part has a field of this name."""


def headers_of(given: Any) -> Iterator[str]:
    """Give each header that fills something.

    >>> list(headers_of({"span": {"from": Column(column="Hired"), "when": ("Left",)}}))
    ['Hired', 'Left']
    """
    if isinstance(given, str):
        yield given
    elif isinstance(given, Column):
        yield from given.headers
    else:
        for it in given.values() if isinstance(given, MappingOf) else given:
            yield from headers_of(it)


@frozen(kw_only=True)
class Records:
    """What one kind of record is made of: a row of a source makes one, or adds to one of the same id.

    Where the mapping says all of it, and asks nothing of rows, it is made once, and of no row.

    Attributes:
        type: The type of record: `person`, `goal`, `interview` and so on.
        source: The name of the source; what is empty is the only one, or the first.
        fields: How each field is filled, by its name in documents. `id` and `state` are fields too. What follows by
            itself need not be said: see `known`.
        only: Which rows make one: what cells say, `{ Status = ["Active", "On leave"] }`, whatever the case; `""` is
            what says nothing.
        when: Columns of which one must say something, or the row makes no record of this kind.
        collect: The lists to which each row of one id adds: `["employments", "positions"]` for people rehired. All
            other fields of such rows must say the same. What others of the type fill need not be filled here.
        duplicates: Which row counts where rows of one id say different things: `reject` (the default: all of them are
            rejected), `first`, `last`. Rows that say the same count once.
        extra: Which columns that no field takes are kept in `extra`: `True` for all, or their headers.
        known_by: Of people: the other system of which the file's ids are. Whoever the book knows by that external id is
            meant, whatever the id there.
        absent: What becomes of those whom the book took over from the same system, and who are in no source any more:
            `report` (the default) only tells, `leave` lets people leave on the day of the import.
    """

    type: str
    source: str = ""
    fields: MappingOf[str, Any] = field(default=_NOTHING, converter=_table)  # Filled: its shape is the record's
    only: MappingOf[str, tuple[str, ...]] = field(default=_NOTHING, converter=_table)
    when: tuple[str, ...] = field(default=(), converter=_listed)
    collect: tuple[str, ...] = field(default=(), converter=_listed)
    duplicates: str = "reject"
    extra: bool | tuple[str, ...] = field(default=False, converter=_listed)
    known_by: str = ""
    absent: str = "report"

    @property
    def constant(self) -> bool:
        """Whether no row says anything of it.

        >>> Records(type="organisation", fields={"id": Column(value="hem"), "name": Column(value="Hem")}).constant
        True
        """
        return not (self.only or self.when or self.extra or any(headers_of(self.fields)))


@frozen(kw_only=True)
class SourceOf:
    """How a source is opened, and which file it is.

    Attributes:
        file: The name of the file, with `*` and `?`: `"goals-*.csv"`. What is empty takes the files in their order. A
            file that fits several sources serves as each of them.
        The others are those of `open_rows`.
    """

    file: str = ""
    kind: str | None = None
    separator: str | None = None
    encoding: str | None = None
    header: int | bool | None = 1
    stop: str | None = None
    sheet: str | int | None = None
    path: str = ""
    only: MappingOf[str, str] = field(default=_NOTHING, converter=_table)

    def asked(self) -> dict[str, Any]:
        """Give what `open_rows` is asked.

        >>> SourceOf(header=False, sheet="Staff").asked()["header"] is None
        True
        """
        header = {True: 1, False: None}.get(self.header, self.header) if isinstance(self.header, bool) else self.header
        return {
            "kind": self.kind, "separator": self.separator, "encoding": self.encoding, "header": header,
            "stop": self.stop, "sheet": self.sheet, "path": self.path, "only": self.only,
        }  # fmt: skip


@frozen(kw_only=True)
class Lookup:
    """A small table out of a source: what stands for a key. A fixture names a department by its number.

    Attributes:
        source: The name of the source.
        key: The column of the keys.
        value: The column of what stands for them.
        only: Which rows it has: what cells say.
    """

    source: str
    key: str
    value: str
    only: MappingOf[str, tuple[str, ...]] = field(default=_NOTHING, converter=_table)


@frozen(kw_only=True)
class Mapping:
    """From the columns of sources to the fields of records.

    Attributes:
        name: What it is called in the history of what is taken over; otherwise the name of the file says it.
        defaults: What holds for all columns that say nothing else: `nulls`, `strip`, `formats`, `order`, `zone` ...
        sources: The sources, by name; a mapping of one source need not name it.
        lookups: Small tables, by name.
        records: What is made of the rows.
        unused: Columns that are left out on purpose: they are not listed as unused. `True` for all.
        own: Whether the sources are what this library writes: each row is a record as it stands, with its history.
    """

    name: str = ""
    defaults: Column = Column()
    sources: MappingOf[str, SourceOf] = field(default=_NOTHING, converter=_table)
    lookups: MappingOf[str, Lookup] = field(default=_NOTHING, converter=_table)
    records: tuple[Records, ...] = field(default=(), converter=_listed)
    unused: bool | tuple[str, ...] = field(default=(), converter=_listed)
    own: bool = False
