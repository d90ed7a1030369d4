"""`coaching check-log`: what in the log of another system breaks which rule, and in which line."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from coaching.cli.house import policy_of, policy_option
from coaching.cli.terminal import EXITS, Command, Exit, cell, json_option, lean_table, plain, write_json
from coaching.logs import LogReport, check_log, read_log
from coaching.logs.lines import INTERVIEW
from coaching.logs.report import HEADS
from coaching.records import KINDS


@click.command("check-log", cls=Command, epilog=EXITS, short_help="Say what in another system's log breaks a rule.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--kind",
    type=click.Choice(list(KINDS)),
    default=INTERVIEW,
    show_default=True,
    help="The kind of record of lines that do not say it.",
)
@policy_option
@json_option
def check_a_log(*, file: Path, kind: str, policy_file: Path | None, as_json: bool) -> None:
    """Say what in the log of another system breaks which rule: FILE is NDJSON, an act a line; - is standard input.

    A line says `act` and `record_id`, and what is known of `by`, `at`, `given`, `held`, `refused`, `codes` and `kind`.
    What a line leaves out is no fault: the rest of it is judged. Rules across records are not asked.
    """
    policy = policy_of(policy_file)
    with click.open_file(str(file), "rb") as lines:
        report = check_log(read_log(lines, kind=kind), kind=kind, policy=policy)
    if as_json:
        write_json({"log": click.format_filename(file), **report.as_dict()})
    else:
        _show(report)
    if report.findings:
        raise click.exceptions.Exit(Exit.BROKEN)


def _show(report: LogReport) -> None:
    table = lean_table(*HEADS, right=("Line",))
    for it in report.findings:
        table.add_row(*map(cell, it.cells))
    if table.row_count:
        Console().print(table)
    for said in report.counts():
        click.echo(plain(said))
