"""`coaching due`: whose annual career interview is due, from a book or from exports.

Read top to bottom: the command, what is read, the headers that are known, the account, the table. Whatever was read is
a book with an account: a book of ours accounts for its records, exports for their rows.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any, Protocol

import click
from attrs import frozen
from rich.console import Console
from rich.table import Table
from rich.text import Text

from coaching.book.book import Book
from coaching.book.cadence import Coverage, Covered
from coaching.bulk import importing, reporting
from coaching.bulk.dates import ORDERS, Kind
from coaching.bulk.drafts import Fault
from coaching.bulk.reporting import Group
from coaching.bulk.reporting.screen import number
from coaching.cli.exports import COLUMNS, Known, midnight, read_export
from coaching.cli.progress import Watch, watched
from coaching.cli.terminal import (
    EXITS,
    Command,
    Exit,
    cell,
    day_option,
    how_to_open,
    json_option,
    lean_table,
    refused,
    source_options,
    sources_of,
    write_json,
    write_refusal,
)
from coaching.formats.lines import load_book
from coaching.kernel.policy import Cadence, Policy
from coaching.kernel.rules import Rejected, Severity
from coaching.records import RECORDS
from coaching.records.people import Person

SHOWN = 12  # people and groups of faults that one sees without --all
COUNTS = ("read", "accepted", "rejected")
LONGEST_RECORD = 1 << 20  # bytes of a first line that are looked at: whether it is a record of ours

_STYLE = {
    Coverage.OVERDUE: "bold red",
    Coverage.NEVER: "red",
    Coverage.DUE: "yellow",
    Coverage.OFFER: "cyan",
}


class Account(Protocol):
    """What became of what was read."""

    @property
    def useless(self) -> bool:
        """Whether nothing, or too little, of it could be used."""
        ...

    def as_dict(self) -> dict[str, Any]:
        """Give it for a program."""
        ...

    def show(self, console: Console, *, show_all: bool) -> None:
        """Write it for a person."""
        ...


@frozen
class Read:
    """A book, what it was read from, and how it got there."""

    name: str
    book: Book
    account: Account


@click.command(cls=Command, epilog=EXITS, short_help="Say whose annual career interview is due.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@day_option("The day asked about")
@json_option
@click.option("--all", "show_all", is_flag=True, help="Show every person and every remark.")
@click.option("--cadence", type=click.Choice([c.value for c in Cadence]), default="rolling", show_default=True)
@click.option("--mapping", help="How exports are read: a TOML document, or preset:NAME. All files make one book.")
@click.option("--dates", type=click.Choice(list(ORDERS)), help="How dates like 03/04/2024 are to be read.")
@click.option("--column", "columns", multiple=True, metavar="NAME=HEADER", help="Which header serves as which column.")
@source_options
@click.pass_context
def due(
    ctx: click.Context,
    /,
    *,
    files: tuple[Path, ...],
    on: date,
    as_json: bool,
    show_all: bool,
    cadence: str,
    mapping: str | None,
    dates: str | None,
    columns: tuple[str, ...],
    **opening: Any,
) -> None:
    """Say whose annual career interview is due, from books, or HR exports of people; the file - is standard input.

    A book is what `coaching import` writes. Any other file is an export: CSV, NDJSON, JSON, workbooks, Parquet and
    Arrow are told apart by what is in them. Every row is accounted for: read = accepted + rejected + skipped, and
    whatever could not be used is named with its lines.

    A file that cannot be read stops no other. Where more than half of the rows of one are rejected, the exit code is 1.
    """
    known = Known(dict(map(_pair, columns)), dates, how_to_open(opening))
    unread: dict[str, Rejected] = {}
    every: list[Read] = []
    most = None if show_all else reporting.MOST
    with watched(Console(stderr=True)) as progress:
        if mapping is not None:
            _nothing_else(ctx, {"dates", "columns", *opening})
            every.append(_imported(files, mapping, on, progress, most))
        for file in dict.fromkeys(files) if mapping is None else ():
            name = click.format_filename(file)  # printable, even where the name is no UTF-8
            try:
                every.append(_read(file, name, on=on, known=known, progress=progress, most=most))
            except Rejected as refusal:
                unread[name] = refusal
            except OSError as why:
                unread[name] = Rejected(why.strerror or str(why), [])
    lines_of = [it.book.coverage(on, policy=Policy(cadence=Cadence(cadence))) for it in every]
    if as_json:
        write_json(_as_json(on, every, lines_of, unread))
    else:
        for it, lines in zip(every, lines_of, strict=True):
            _show(Console(), it, lines, on, show_all=show_all)
        for name, error in unread.items():
            write_refusal(error, name)
    if unread:
        ctx.exit(Exit.UNREAD)
    if any(it.account.useless for it in every):
        ctx.exit(Exit.BROKEN)


def _pair(text: str) -> tuple[str, str]:
    name, equals, header = text.partition("=")
    if not equals:
        raise click.BadParameter(f"{text!r} says no header; write NAME=HEADER", param_hint="--column")
    if name not in COLUMNS:
        raise click.BadParameter(f"{name!r} is no column; known: {', '.join(COLUMNS)}", param_hint="--column")
    return name, header


def _nothing_else(ctx: click.Context, names: set[str]) -> None:
    """Refuse options beside a mapping that says the same better."""
    default = click.core.ParameterSource.DEFAULT
    said = [it for it in ctx.command.params if it.name in names and ctx.get_parameter_source(it.name) is not default]
    if said:
        told = ", ".join(it.opts[0] for it in said)
        raise click.UsageError(f"a mapping says how files are read; leave out {told}, or say it there", ctx)


# --- what was read, and its account ----------------------------------------------------------------------------------


def _read(file: Path, name: str, *, on: date, known: Known, progress: Watch | None, most: int | None) -> Read:
    """Read a book, or an export by the headers that are known."""
    with click.open_file(str(file), "rb") as given:
        again = given.seekable() and str(file) != "-"
        stream: IO[bytes] = given if again else io.BytesIO(given.read())
        ours = _is_book(stream.readline(LONGEST_RECORD))
        stream.seek(0)
        if ours:
            book = load_book(stream)
            return Read(name, book, OfBook(sum(1 for _ in book)))
        held = file if again else stream.read()
    export = read_export(held, name, known=known, on=on, progress=progress, most=most)
    return Read(name, export.outcome.book or Book(), OfExport(export.outcome.report, export.columns))


def _is_book(line: bytes) -> bool:
    """Tell whether a line is a record of ours."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and "schema" in said and said.get("type") in [kind.type for kind in RECORDS]


def _imported(files: Sequence[Path], mapping: str, on: date, progress: Watch | None, most: int | None) -> Read:
    """Read exports as a mapping says, all into one book."""
    outcome = importing.import_records(
        sources_of(map(str, files)), mapping, by="import", at=midnight(on), into=Book(), progress=progress, most=most
    )
    name = ", ".join(map(click.format_filename, files))
    return Read(name, outcome.book or Book(), OfExport(outcome.report, {}))


@frozen
class OfBook:
    """The account of a book: so many records."""

    records: int
    useless = False

    def as_dict(self) -> dict[str, Any]:
        """Give it for a program."""
        return {"records": self.records}

    def show(self, console: Console, *, show_all: bool) -> None:  # noqa: ARG002  (a book leaves nothing out)
        """Write it for a person."""
        console.print(f"read {self.records} records of a book")


@frozen
class OfExport:
    """The account of exports: what the import says of their rows, and which headers served as which column."""

    report: reporting.Report
    columns: Mapping[str, Sequence[str]]

    @property
    def useless(self) -> bool:
        """Whether a source could not be used, or more than half of the rows."""
        return bool(reporting.Thresholds().exceeded(self.report))

    def as_dict(self) -> dict[str, Any]:
        """Give it for a program."""
        return {"columns": dict(self.columns), "report": self.report.as_dict(values=True)}

    def show(self, console: Console, *, show_all: bool) -> None:
        """Write it for a person: the counts, what was found out, and what is wrong with which lines."""
        report = self.report
        skipped = {why: n for why, n in report.skipped.items() if n}
        why = f" ({', '.join(f'{number(n)} {why}' for why, n in skipped.items())})" if skipped else ""
        counts = (report.read, report.accepted, report.rejected, sum(skipped.values()))
        read, accepted, rejected, left = map(number, counts)
        console.print(f"read {read} = accepted {accepted} + rejected {rejected} + skipped {left}{why}")
        several = len(report.accounts) > 1
        for it in report.accounts.values():
            kind, *more = (_told(what, it) for what, it in sorted(it.told.items(), key=lambda it: it[0] != "kind"))
            of = f"{it.source}: " if several else ""
            console.print(cell(f"{of}read as {kind}{': ' if more else ''}{', '.join(more)}"), soft_wrap=True)
        faults: Sequence[Fault | Group] = report.faults if show_all else report.groups[:SHOWN]
        if faults:
            console.print()
            console.print(_faults(faults, several=several))
        if not show_all and len(report.groups) > SHOWN:
            rest = sum(it.count for it in report.groups[SHOWN:])
            console.print(f"and {number(rest)} more of {len(report.groups) - SHOWN} kinds; --all shows them")
        if self.columns and any(Kind.NO_ORDER in it.what for it in report.groups):
            console.print("--dates mdy or --dates dmy says how days such as 03/04/2024 are to be read")


def _faults(faults: Iterable[Fault | Group], *, several: bool) -> Table:
    """Show what is wrong, or worth a look: by what is wrong, or one by one."""
    headings = ("Source",) * several + ("Lines", "Column", "Code", "What is wrong, or worth a look", "Rows")
    table = lean_table(*headings)
    for it in faults:
        rejected = it.severity == Severity.ERROR
        row = Text("rejected", "red") if rejected else Text("kept")
        if isinstance(it, Fault):
            lines, what = str(it.line), it.message
        else:
            lines, what = _lines(it), it.message if it.count == 1 else f"{number(it.count)} × {it.message}"
        table.add_row(*([cell(it.source)] if several else []), lines, cell(it.column), it.code, cell(what), row)
    return table


def _lines(it: Group) -> str:
    more = "..." if it.count > len(it.lines) else ""
    return ", ".join([*map(str, it.lines), *([more] if more else [])])


def _told(what: str, it: Any) -> str:
    """Say what was found out about a file, as one reads it."""
    if what == "separator":
        return "separator tab" if it == "\t" else f"separator {it!r}"
    if what == "sheets":
        return f"of {len(it)}"
    return str(it) if what == "kind" else f"{what} {it}"


# --- who is due ------------------------------------------------------------------------------------------------------

Lines = tuple[Covered, ...]


def _as_json(on: date, every: Sequence[Read], lines_of: Sequence[Lines], unread: dict[str, Rejected]) -> dict[str, Any]:
    accounts = [it.account.as_dict() for it in every]
    return {
        "on": on.isoformat(),
        **{count: sum(it["report"][count] for it in accounts if "report" in it) for count in COUNTS},
        "files": [
            {
                "file": it.name,
                "employed": len(lines),
                "left": _not_here(it.book, lines),
                "coverage": _counts(lines),
                "due": [_line(it.book, line, on) for line in _waiting(lines)],
                **account,
            }
            for it, lines, account in zip(every, lines_of, accounts, strict=True)
        ],
        "errors": [refused(why, name) for name, why in unread.items()],
    }


def _counts(lines: Lines) -> dict[str, int]:
    counted = Counter(line.status for line in lines)
    return {status.value: counted[status] for status in Coverage}


def _not_here(book: Book, lines: Lines) -> int:
    """Say how many people are not employed on the day: they have left, or are yet to come."""
    return sum(1 for _ in book.all(Person)) - len(lines)


def _waiting(lines: Lines) -> list[Covered]:
    """Give those whose day has come, the longest waiting first."""
    return sorted(
        (line for line in lines if line.status is not Coverage.NOT_DUE), key=lambda line: (line.due, line.person)
    )


def _line(book: Book, line: Covered, on: date) -> dict[str, Any]:
    person = book.get(Person, line.person)
    boss = None if person is None else book.get(Person, person.manager_on(on) or "")
    return {
        "person": line.person,
        "name": None if person is None else person.name,
        "manager": None if boss is None else boss.name,
        "last_held": None if line.last_held is None else line.last_held.isoformat(),
        "due": line.due.isoformat(),
        "status": line.status.value,
    }


def _show(console: Console, it: Read, lines: Lines, on: date, *, show_all: bool) -> None:
    waiting = _waiting(lines)
    shown = waiting if show_all else waiting[:SHOWN]
    console.print(cell(f"{it.name}: annual career interviews due on {on}", "table.title"), soft_wrap=True)
    table = lean_table("Person", "Name", "Manager", "Last held", "Due", "Status", "Days", right={"Days"})
    for line in shown:
        told = _line(it.book, line, on)
        table.add_row(
            cell(line.person), cell(told["name"] or ""), cell(told["manager"] or "-"), told["last_held"] or "never",
            told["due"], Text(line.status, _STYLE[line.status]), str((on - line.due).days),
        )  # fmt: skip
    console.print(table)
    if len(waiting) > len(shown):
        console.print(f"and {len(waiting) - len(shown)} more; --all shows them")
    counts = ", ".join(f"{n} {status.replace('_', ' ')}" for status, n in _counts(lines).items() if n)
    console.print(f"{len(lines)} employed: {counts or 'nobody'}. {_not_here(it.book, lines)} not employed on this day.")
    it.account.show(console, show_all=show_all)
