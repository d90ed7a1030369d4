"""The command line: whose annual career interview is due, and what the rules are. Needs the extra `cli`.

The one place that reads a clock, and only where no `--on` is given. Names and reasons come from files of others: no
control character of theirs reaches a terminal.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from attrs import asdict
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from coaching import rules as every_rule
from coaching.book.cadence import Coverage, Covered
from coaching.bulk.dates import ORDERS
from coaching.bulk.people import COLUMNS, Reading, read_people
from coaching.bulk.sources import KINDS, open_rows
from coaching.kernel.policy import Cadence, Policy
from coaching.kernel.rules import Rejected, Rule
from coaching.records.people import Person

SHOWN = 12  # remarks that a person sees without --all

_STYLE = {
    Coverage.OVERDUE: "bold red",
    Coverage.NEVER: "red",
    Coverage.DUE: "yellow",
    Coverage.OFFER: "cyan",
}


@click.group()
@click.version_option(package_name="coaching")
def main() -> None:
    """Coaching conversations at work. Nothing here scores a person."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name that the terminal cannot show is no reason to stop


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--on", "day", help="The day asked about, YYYY-MM-DD; today when left out.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for a program instead of a table.")
@click.option("--all", "show_all", is_flag=True, help="Show every person and every remark.")
@click.option("--cadence", type=click.Choice([c.value for c in Cadence]), default="rolling", show_default=True)
@click.option("--dates", type=click.Choice(list(ORDERS)), help="How dates like 03/04/2024 are to be read.")
@click.option("--kind", type=click.Choice(KINDS), help="What the files are, where that is not to be found out.")
@click.option("--separator", help="The one character that parts the cells of a line, or tab; found when left out.")
@click.option("--encoding", help="That of a text; by its mark, or UTF-8, when left out.")
@click.option("--header", type=click.IntRange(1), default=1, show_default=True, help="The line that holds the headers.")
@click.option("--stop", help="Read no further than a row that begins so, e.g. Total.")
@click.option("--sheet", help="The sheet of a workbook, by name or number; the first when left out.")
@click.option("--path", help="Where the people stand in JSON, e.g. data.people[].", default="")
@click.option(
    "--only", multiple=True, metavar="HEADER=TEXT", help="Take the rows alone that say this, e.g. model=hr.staff."
)
@click.option("--column", "columns", multiple=True, metavar="NAME=HEADER", help="Which header serves as which column.")
def due(
    *,
    files: tuple[Path, ...],
    day: str | None,
    as_json: bool,
    show_all: bool,
    cadence: str,
    dates: str | None,
    kind: str | None,
    separator: str | None,
    encoding: str | None,
    header: int,
    stop: str | None,
    sheet: str | None,
    path: str,
    only: tuple[str, ...],
    columns: tuple[str, ...],
) -> None:
    """Say whose annual career interview is due, from HR exports of people; the file - is standard input.

    CSV, NDJSON, JSON, workbooks, Parquet and Arrow are told apart by what is in them. Every row is accounted for:
    read = accepted + rejected, and whatever could not be used is named with its line.

    The exit code is 0 when each file was read, 1 when one could not be or none of its rows could be used, and 2 for a
    wrong option. The other files are read all the same.
    """
    on = _day(day)
    chosen = dict(map(_pair, columns))
    how: dict[str, Any] = {
        "separator": "\t" if separator == "tab" else separator,
        "encoding": encoding,
        "header": header,
        "stop": stop,
        "sheet": sheet,
        "path": path,
        "kind": kind,
        "only": {header: text for header, _, text in (it.partition("=") for it in only)},
    }
    policy = Policy(cadence=Cadence(cadence))
    readings: dict[str, Reading] = {}
    unread: dict[str, Rejected] = {}
    console, problems = Console(), Console(stderr=True)
    each = dict.fromkeys(files)
    for file in track(each, "Reading", console=problems, transient=True, disable=not problems.is_terminal):
        name = click.format_filename(file)  # printable, even where the name is no UTF-8
        try:
            with click.open_file(file, "rb") as stream:
                rows = open_rows(stream, name=click.format_filename(file.name), **how)
                readings[name] = read_people(rows, on=on, columns=chosen, dates=dates)
        except Rejected as refusal:
            unread[name] = refusal
        except OSError as why:
            unread[name] = Rejected(why.strerror or str(why), [])
    lines_of = {name: reading.book.coverage(on, policy=policy) for name, reading in readings.items()}
    if as_json:
        _write_json(_as_json(on, readings, lines_of, unread))
    else:
        for name, reading in readings.items():
            _show(console, name, reading, lines_of[name], on, show_all=show_all)
        for name, error in unread.items():
            click.echo(_plain(f"Error: {name}: {error}"), err=True)
    if unread or any(reading.read and not reading.accepted for reading in readings.values()):
        raise click.exceptions.Exit(1)


_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def _plain(text: str) -> str:
    """Give a text of which a terminal takes nothing for a command, or for another direction of writing."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _cell(text: str, style: str = "") -> Text:
    return Text(_plain(text), style)


def _write_json(told: Any) -> None:
    """JSON is UTF-8, whatever the terminal speaks."""
    click.echo(_plain(json.dumps(told, ensure_ascii=False, indent=2)).encode())


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now(UTC).astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no date; write YYYY-MM-DD", param_hint="--on") from None


def _pair(text: str) -> tuple[str, str]:
    name, equals, header = text.partition("=")
    if not equals:
        raise click.BadParameter(f"{text!r} says no header; write NAME=HEADER", param_hint="--column")
    if name not in COLUMNS:
        raise click.BadParameter(f"{name!r} is no column; known: {', '.join(COLUMNS)}", param_hint="--column")
    return name, header


def _counts(lines: tuple[Covered, ...]) -> dict[str, int]:
    counted = Counter(line.status for line in lines)
    return {status.value: counted[status] for status in Coverage}


def _not_here(reading: Reading, lines: tuple[Covered, ...]) -> int:
    """Say how many people are not employed on the day: they have left, or are yet to come."""
    return sum(1 for _ in reading.book.all(Person)) - len(lines)


def _waiting(lines: tuple[Covered, ...]) -> list[Covered]:
    """Give those whose day has come, the longest waiting first."""
    return sorted(
        (line for line in lines if line.status is not Coverage.NOT_DUE), key=lambda line: (line.due, line.person)
    )


def _as_json(
    on: date, readings: dict[str, Reading], lines_of: dict[str, tuple[Covered, ...]], unread: dict[str, Rejected]
) -> dict[str, Any]:
    return {
        "on": on.isoformat(),
        "read": sum(r.read for r in readings.values()),
        "accepted": sum(r.accepted for r in readings.values()),
        "rejected": sum(r.rejected for r in readings.values()),
        "files": [
            {
                "file": name,
                "read": reading.read,
                "accepted": reading.accepted,
                "rejected": reading.rejected,
                "skipped": reading.skipped,
                "told": reading.told,
                "columns": reading.columns,
                "employed": len(lines_of[name]),
                "left": _not_here(reading, lines_of[name]),
                "coverage": _counts(lines_of[name]),
                "due": [_line(reading, line, on) for line in _waiting(lines_of[name])],
                "remarks": [
                    asdict(r) for r in reading.remarks
                ],
            }
            for name, reading in readings.items()
        ],
        "errors": [{"file": name, "what": why.what, "findings": why.as_dicts()} for name, why in unread.items()],
    }  # fmt: skip


def _line(reading: Reading, line: Covered, on: date) -> dict[str, Any]:
    person = reading.book.get(Person, line.person)
    manager = _manager(reading, person, on)
    return {
        "person": line.person,
        "name": None if person is None else person.name,
        "manager": manager,
        "last_held": None if line.last_held is None else line.last_held.isoformat(),
        "due": line.due.isoformat(),
        "status": line.status.value,
    }


def _manager(reading: Reading, person: Person | None, on: date) -> str | None:
    boss = None if person is None else reading.book.get(Person, person.manager_on(on) or "")
    return None if boss is None else boss.name


def _show(
    console: Console, name: str, reading: Reading, lines: tuple[Covered, ...], on: date, *, show_all: bool
) -> None:
    waiting = _waiting(lines)
    shown = waiting if show_all else waiting[:SHOWN]
    console.print(_cell(f"{name}: annual career interviews due on {on}", "table.title"), soft_wrap=True)
    table = Table()
    for heading in ("Person", "Name", "Manager", "Last held", "Due", "Status", "Days"):
        table.add_column(heading, justify="right" if heading == "Days" else "left")
    for line in shown:
        told = _line(reading, line, on)
        table.add_row(
            _cell(line.person), _cell(told["name"] or ""), _cell(told["manager"] or "-"), told["last_held"] or "never",
            told["due"], Text(line.status, _STYLE[line.status]), str((on - line.due).days),
        )  # fmt: skip
    console.print(table)
    if len(waiting) > len(shown):
        console.print(f"and {len(waiting) - len(shown)} more; --all shows them")
    counts = ", ".join(f"{n} {status.replace('_', ' ')}" for status, n in _counts(lines).items() if n)
    console.print(f"{len(lines)} employed: {counts or 'nobody'}. {_not_here(reading, lines)} not employed on this day.")
    skipped = ", ".join(f"{n} {why}" for why, n in reading.skipped.items())
    console.print(
        f"read {reading.read} = accepted {reading.accepted} + rejected {reading.rejected}"
        f"{skipped and f'; skipped: {skipped}'}"
    )
    kind, *more = (_told(what, it) for what, it in sorted(reading.told.items(), key=lambda it: it[0] != "kind"))
    console.print(_cell(f"read as {kind}{': ' if more else ''}{', '.join(more)}"), soft_wrap=True)
    remarks = reading.remarks if show_all else reading.remarks[:SHOWN]
    if remarks:
        account = Table(title="What could not be used", title_justify="left")
        for heading in ("Line", "Record", "Column", "Code", "Reason", "Row"):
            account.add_column(heading, justify="right" if heading in {"Line", "Record"} else "left")
        for r in remarks:
            row = Text("rejected", "red") if r.rejected else Text("kept")
            account.add_row(str(r.line), str(r.record or "-"), _cell(r.column), r.code, _cell(r.reason), row)
        console.print(account)
    if len(reading.remarks) > len(remarks):
        console.print(f"and {len(reading.remarks) - len(remarks)} more remarks; --all shows them")


def _told(what: str, it: Any) -> str:
    """What was found out about a file, as one reads it."""
    if what == "separator":
        return "separator tab" if it == "\t" else f"separator {it!r}"
    if what == "sheets":
        return f"of {len(it)}"
    return str(it) if what == "kind" else f"{what} {it}"


@main.command()
@click.argument("codes", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Write JSON for a program instead of a table.")
def rules(*, codes: tuple[str, ...], as_json: bool) -> None:
    """Give the rules: all of them, or those of the CODES given, with their reasons."""
    known = {rule.code: rule for rule in every_rule()}
    strangers = [c for c in codes if c not in known]
    if strangers:
        raise click.BadParameter(f"no rule has the code {', '.join(strangers)}", param_hint="CODES")
    chosen = [known[c] for c in codes] if codes else list(known.values())
    if as_json:
        _write_json([_rule(r) for r in chosen])
        return
    console = Console()
    table = Table(show_lines=bool(codes))
    headings = ("code", "sort", "severity", "of", "says", *(("acts", "why", "mend") if codes else ()))
    for heading in headings:
        table.add_column(heading.capitalize())
    for rule in chosen:
        told = _rule(rule)
        table.add_row(*(Text(", ".join(told[h]) if h == "acts" else told[h]) for h in headings))
    console.print(table)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "sort": rule.sort.value,
        "severity": rule.severity.value,
        "of": rule.of,
        "field": rule.field,
        "says": rule.says,
        "acts": list(rule.acts),
        "why": rule.why,
        "mend": rule.mend,
    }
