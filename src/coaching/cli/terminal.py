"""How all commands speak, to a person at a terminal and to a program: exit codes, refusals, JSON, days, sources.

Read top to bottom: exit codes, what is written, the command that refuses, options. Names and reasons come from files of
others: no control character of theirs reaches a terminal.
"""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Callable, Container, Iterable
from datetime import UTC, date, datetime
from enum import IntEnum
from pathlib import Path
from typing import Any

import click
from rich import box
from rich.table import Table
from rich.text import Text

from coaching.bulk.sources import KINDS
from coaching.kernel.rules import Rejected

# --- exit codes ------------------------------------------------------------------------------------------------------


class Exit(IntEnum):
    """What a script is told. Click itself ends with `MISUSED` for a wrong use."""

    DONE = 0
    BROKEN = 1
    MISUSED = 2
    UNREAD = 3
    STOPPED = 130  # 128 and the number of the signal, as shells say it


EXITS = """\b
Exit codes:
  0    done
  1    done, but a threshold is broken, or what was checked has errors
  2    wrong use of the command line
  3    the sources, the mapping or the book cannot be read: nothing was written
  130  stopped by Ctrl-C
"""


# --- what is written -------------------------------------------------------------------------------------------------

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    r"""Give a text of which a terminal takes nothing for a command, or for another direction of writing.

    >>> print(plain("Anna\x1b[31m"))
    Anna\u001b[31m
    """
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def cell(text: str, style: str = "") -> Text:
    """Give a text for a table: nothing in it is taken for markup."""
    return Text(plain(text), style)


def lean_table(*headings: str, right: Container[str] = (), title: str | None = None) -> Table:
    """Make a table without lines between its columns, so that most rows fit a narrow terminal; some stand right."""
    table = Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), title=title, title_justify="left"
    )
    for heading in headings:
        table.add_column(heading, justify="right" if heading in right else "left", overflow="fold")
    return table


def write_json(told: Any) -> None:
    """Write JSON, which is UTF-8, whatever the terminal speaks."""
    click.echo(plain(json.dumps(told, ensure_ascii=False, indent=2)).encode())


def named(refusal: OSError) -> Rejected:
    """Give what a system says of a file as a refusal: the file, and what is wrong with it."""
    what = refusal.strerror or str(refusal)
    return Rejected(what if refusal.filename is None else f"{click.format_filename(refusal.filename)}: {what}", [])


def refused(refusal: Rejected, file: str | None = None) -> dict[str, Any]:
    """Give a refusal for a program: of which file, what was tried, and every finding."""
    of = {} if file is None else {"file": file}
    return of | {"what": refusal.what, "findings": refusal.as_dicts()}


def write_refusal(refusal: Rejected, file: str | None = None) -> None:
    """Write a refusal for a person."""
    click.echo(plain(f"Error: {'' if file is None else f'{file}: '}{refusal}"), err=True)


# --- the command that refuses ----------------------------------------------------------------------------------------


class Command(click.Command):
    """A command of which every refusal is shown, as JSON where that was asked for, and ends with `UNREAD`."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except Rejected as refusal:
            wrong = refusal
        except KeyboardInterrupt as why:
            click.echo(plain(f"\nStopped{''.join(f': {it}' for it in why.args)}"), err=True)
            ctx.exit(Exit.STOPPED)
        except OSError as why:
            if why.errno == errno.EPIPE:  # who reads has seen enough; click ends quietly
                raise
            wrong = named(why)
        if ctx.params.get("as_json"):
            write_json({"errors": [refused(wrong)]})
        else:
            write_refusal(wrong)
        return ctx.exit(Exit.UNREAD)


# --- options ---------------------------------------------------------------------------------------------------------


def day(said: str | date) -> date:
    """Read a day, as YYYY-MM-DD."""
    if isinstance(said, date):
        return said
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise click.BadParameter(f"{said!r} is no date; write YYYY-MM-DD") from None


def moment(said: str | datetime) -> datetime:
    """Read a day and a time with its offset."""
    try:
        read = said if isinstance(said, datetime) else datetime.fromisoformat(said)
    except ValueError:
        read = None
    if read is None or read.tzinfo is None:
        raise click.BadParameter(f"{said!r} is no time with its offset; write 2026-11-25T09:00+01:00")
    return read


def now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC).astimezone()


def today() -> date:
    """Read the calendar."""
    return now().date()


json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON for a program.")


def day_option(asked: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make the option of the day that is asked about."""
    text = f"{asked}, YYYY-MM-DD."
    return click.option("--on", "on", type=day, default=today, show_default="today", metavar="DAY", help=text)


_OF_A_SOURCE = (
    click.option("--kind", type=click.Choice(KINDS), help="What the files are, where that is not to be found out."),
    click.option("--separator", help="The one character that parts the cells of a line, or tab; found when left out."),
    click.option("--encoding", help="That of a text; by its mark, or UTF-8, when left out."),
    click.option(
        "--header", type=click.IntRange(1), default=1, show_default=True, help="The line that holds the headers."
    ),
    click.option("--stop", help="Read no further than a row that begins so, e.g. Total."),
    click.option("--sheet", help="The sheet of a workbook, by name or number; the first when left out."),
    click.option("--path", default="", help="Where the records stand in JSON, e.g. data.people[]."),
    click.option(
        "--only", multiple=True, metavar="HEADER=TEXT", help="Take the rows alone that say this, e.g. model=hr.staff."
    ),
)


def source_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how sources are opened; `how_to_open` takes them."""
    for option in reversed(_OF_A_SOURCE):
        command = option(command)
    return command


def how_to_open(given: dict[str, Any]) -> dict[str, Any]:
    """Give what `open_rows` takes, from the options of sources."""
    pairs = (it.partition("=") for it in given["only"])
    separator = "\t" if given["separator"] == "tab" else given["separator"]
    return given | {"separator": separator, "only": {header: text for header, _, text in pairs}}


def sources_of(typed: Iterable[str]) -> list[Any]:
    """Give what was typed as sources of an import: a path, or a stream for - and for a pipe."""
    return [click.open_file(it, "rb") if it == "-" or Path(it).is_fifo() else it for it in typed]
