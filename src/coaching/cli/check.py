"""`coaching check`: what is wrong with a book, or worth a look, on a day.

Read top to bottom: the command, the groups that are shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from coaching.cli.house import policy_of, policy_option
from coaching.cli.terminal import EXITS, Command, Exit, cell, day_option, json_option, write_json
from coaching.formats.lines import load_book
from coaching.kernel.rules import Finding, Severity

FEW = 3  # records that one sees of a rule, without --all

_STYLE = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


@click.command(cls=Command, epilog=EXITS, short_help="Say what is wrong with a book, or worth a look.")
@click.argument("book", type=click.Path(path_type=Path))
@day_option("The day for which it is checked")
@policy_option
@click.option("--all", "show_all", is_flag=True, help="Show every finding.")
@json_option
def check(*, book: Path, on: date, policy_file: Path | None, show_all: bool, as_json: bool) -> None:
    """Say what is wrong with a BOOK, or worth a look: NDJSON, a record a line; the file - is standard input.

    Findings are grouped by their rule, errors first. `coaching rules CODE` says more of a rule.
    """
    policy = policy_of(policy_file)
    with click.open_file(str(book), "rb") as lines:
        read = load_book(lines)
    found = read.check(on, policy=policy)
    groups = _grouped(found)
    name, records = click.format_filename(book), sum(1 for _ in read)
    counts = {f"{severity}s": sum(f.severity is severity for f in found) for severity in _STYLE}
    if as_json:
        told = [_group(those) for those in groups]
        every = [f.as_dict() for those in groups for f in those]
        write_json({"book": name, "on": str(on), "records": records, **counts, "groups": told, "findings": every})
    else:
        _show(name, on, groups, show_all=show_all)
        touched = len({f.record for f in found})
        click.echo(f"errors {counts['errors']}, warnings {counts['warnings']}, in {touched} of {records} records")
    if counts["errors"]:
        raise click.exceptions.Exit(Exit.BROKEN)


# --- the groups ------------------------------------------------------------------------------------------------------


def _grouped(found: Iterable[Finding]) -> list[list[Finding]]:
    """Put findings of one rule together: errors first, then the commonest."""
    by_code: dict[str, list[Finding]] = {}
    for it in found:
        by_code.setdefault(it.code, []).append(it)
    return sorted(by_code.values(), key=lambda its: (its[0].severity is not Severity.ERROR, -len(its), its[0].code))


def _group(those: list[Finding]) -> dict[str, Any]:
    first = those[0]
    records = [{"type": f.record[0], "id": f.record[1]} for f in those[:FEW] if f.record is not None]
    return {
        "code": first.code,
        "severity": first.severity.value,
        "count": len(those),
        "says": first.says,
        "mend": first.mend,
        "records": records,
    }


def _show(name: str, on: date, groups: Iterable[list[Finding]], *, show_all: bool) -> None:
    console = Console()
    console.print(cell(f"{name}: checked for {on}", "table.title"), soft_wrap=True)
    table = Table()
    for heading in ("Severity", "Code", *(("Record", "What") if show_all else ("Times", "What should hold", "Not so"))):
        table.add_column(heading, justify="right" if heading == "Times" else "left")
    for those in groups:
        code, severity = those[0].code, Text(those[0].severity, _STYLE[those[0].severity])
        if show_all:
            for f in those:
                place = f"{f.path}: " if f.path else ""
                table.add_row(severity, code, cell(" ".join(f.record or ())), cell(f"{place}{f.message}"))
            continue
        few = [" ".join(f.record or ()) for f in those[:FEW]]
        more = ["..."] if len(those) > FEW else []
        table.add_row(severity, code, str(len(those)), cell(those[0].says), cell(", ".join([*few, *more])))
    if table.row_count:
        console.print(table)
