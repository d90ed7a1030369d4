"""`coaching import`: what HR systems export, into a book, by a mapping.

Read top to bottom: what the options say, the command, what it writes. The one command that may take long: it shows how
far it is, it can be stopped, and `--resume` goes on.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from os.path import realpath
from pathlib import Path
from typing import Any, Literal

import click
from rich.console import Console

from coaching.bulk import importing, reporting
from coaching.bulk.reporting.screen import HEIGHT, WIDTH
from coaching.cli.progress import watched
from coaching.cli.terminal import EXITS, Command, Exit, json_option, moment, named, now, plain, sources_of, write_json
from coaching.kernel.rules import Rejected

# --- what the options say --------------------------------------------------------------------------------------------


def share(said: str) -> str:
    """Read how many rows at most: a number, or a share such as 2%."""
    try:
        reporting.Thresholds.of(max_rejected=said)
    except Rejected as refusal:
        raise click.BadParameter(refusal.findings[0].message) from None
    return said


def written(said: str) -> Path:
    """Read where something is to be written: what cannot be is said before the work, and not after it."""
    path = Path(said)
    if path.is_dir():
        raise click.BadParameter(f"{click.format_filename(path)!r} is a folder")
    if not path.parent.is_dir():
        raise click.BadParameter(f"there is no folder {click.format_filename(path.parent)!r}")
    return path


def report_file(said: str) -> Path:
    """Read where the report is to be written, and thereby what it is."""
    path = written(said)
    if path.suffix not in {".json", ".html"}:
        raise click.BadParameter(f"{click.format_filename(path)!r} ends neither with .json nor with .html")
    return path


# --- the command -----------------------------------------------------------------------------------------------------


@click.command("import", cls=Command, epilog=EXITS, short_help="Take what HR systems export into a book.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--mapping", required=True, help="From columns to fields: a TOML document, or preset:NAME.")
@click.option("--into", type=written, metavar="BOOK", help="The book, as NDJSON: a new one, or one that is there.")
@click.option("--by", envvar="COACHING_BY", show_envvar=True, help="Who takes over: an id. Needed with --into.")
@click.option("--at", type=moment, default=now, show_default="now", metavar="TIME", help="When, with its offset.")
@click.option("--source", help="What the records are taken over from, for their history; the mapping's name.")
@click.option(
    "--mode",
    type=click.Choice(["insert", "update", "upsert"]),
    default="upsert",
    show_default=True,
    help="Add what is new, change what is there, or both.",
)
@click.option("--all-or-nothing", is_flag=True, help="Write nothing where a row is rejected.")
@click.option("--dry-run", is_flag=True, help="Say what would change, field by field, and write no book.")
@click.option("--rejects", type=written, metavar="FILE", help="Where rejected rows go, to be mended and fed in again.")
@click.option("--report", "report_to", type=report_file, metavar="FILE", help="The report: F.json, or F.html to read.")
@click.option("--values", is_flag=True, help="Show what cells say; otherwise only what is wrong with them.")
@click.option("--max-rejected", type=share, metavar="N|N%", help="No success beyond so many; half when left out.")
@click.option("--max-warnings", type=click.IntRange(0), metavar="N", help="No success beyond so many.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that share the work.")
@click.option("--resume", is_flag=True, help="Go on where a run that was stopped had come to.")
@json_option
def import_(
    *,
    sources: tuple[str, ...],
    mapping: str,
    into: Path | None,
    by: str | None,
    at: datetime,
    source: str | None,
    mode: Literal["insert", "update", "upsert"],
    all_or_nothing: bool,
    dry_run: bool,
    rejects: Path | None,
    report_to: Path | None,
    values: bool,
    max_rejected: str | None,
    max_warnings: int | None,
    workers: int,
    resume: bool,
    as_json: bool,
) -> None:
    """Take what HR systems export into a book, as a mapping says, with every fault named.

    A SOURCE is a file, NAME=FILE for a source that the mapping names, or - for standard input. Without --into nothing
    is written: the sources are checked. A book that is there is not replaced: what changed becomes the act that says
    so, and what did not change stays as it is.

    `coaching mapping suggest` writes a first mapping.
    """
    if into is None:
        _only_with_a_book(dry_run=dry_run, resume=resume)
    elif not by:
        raise click.UsageError("say who takes over, with --by")
    if dry_run and resume:
        raise click.UsageError("--dry-run writes nothing, so there is nothing to go on with: leave out --resume")
    if all_or_nothing and max_rejected is not None:
        raise click.UsageError("--all-or-nothing takes no rejected row: leave out --max-rejected")
    thresholds = reporting.Thresholds.of(max_rejected=0 if all_or_nothing else max_rejected, max_warnings=max_warnings)
    _one_file_each(sources, mapping, into=into, rejects=rejects, report=report_to)
    try:
        with watched(Console(stderr=True)) as progress:
            outcome = importing.import_records(
                sources_of(sources),
                mapping,
                by=by or "nobody",  # where nothing is written, nothing says so
                at=at,
                source=source,
                into=into,
                mode=mode,
                accept="all" if all_or_nothing else "good",
                dry_run=dry_run,
                workers=workers,
                journal=None if into is None or dry_run else into.with_name(f"{into.name}.journal"),
                resume=resume,
                progress=progress,
                rejects=rejects,
            )
    except KeyboardInterrupt:
        if into is None:
            raise
        told = f"{click.format_filename(into)} is as it was; the same command with --resume goes on"
        raise KeyboardInterrupt(told) from None
    exceeded = thresholds.exceeded(outcome.report)
    if as_json:
        write_json(_as_json(outcome, into, values=values, dry_run=dry_run, exceeded=exceeded))
    else:
        _show(outcome, values=values, dry_run=dry_run)
        for why in exceeded:
            click.echo(plain(f"No success: {why}"), err=True)
    reported = report_to is None or _reported(outcome.report, report_to, values=values)
    if exceeded or not reported:
        raise click.exceptions.Exit(Exit.BROKEN)


def _only_with_a_book(**options: bool) -> None:
    """Refuse options that say something of a book where there is none."""
    for name, given in options.items():
        if given:
            raise click.UsageError(f"--{name.replace('_', '-')} needs a book: say which, with --into")


def _one_file_each(sources: tuple[str, ...], mapping: str, **files: Path | None) -> None:
    """Refuse to write over a source, or two things into one file."""
    paths = (it if Path(it).exists() else it.partition("=")[2] for it in sources)
    taken = {realpath(mapping): "the mapping"} | {realpath(it): "a source" for it in paths if it}
    for name, path in files.items():
        if path is None:
            continue
        if (other := taken.setdefault(realpath(path), f"--{name}")) != f"--{name}":
            raise click.UsageError(f"--{name} would be written over {other}: {click.format_filename(path)}")


# --- what it writes --------------------------------------------------------------------------------------------------


def _as_json(
    outcome: importing.Outcome, into: Path | None, *, values: bool, dry_run: bool, exceeded: Sequence[str]
) -> dict[str, Any]:
    return {
        "success": not exceeded,
        "exceeded": list(exceeded),
        "dry_run": dry_run,
        "into": None if into is None else click.format_filename(into),
        "changes": outcome.changes.as_dict(values=values),
        "report": outcome.report.as_dict(values=values),
    }


def _show(outcome: importing.Outcome, *, values: bool, dry_run: bool) -> None:
    console = Console()
    height, width = max(console.height - 1, HEIGHT), max(console.width, WIDTH)
    click.echo(plain(outcome.report.told(values=values, height=height, width=width)))
    if dry_run:
        click.echo(plain(outcome.changes.told(values=values)))
    if outcome.rejects:
        files = ", ".join(map(click.format_filename, outcome.rejects))
        click.echo(plain(f"rejected rows: {files}; mend them, and feed them in again"))


def _reported(report: reporting.Report, file: Path, *, values: bool) -> bool:
    """Write the report, and tell whether that could be done: the book is written already."""
    try:
        if file.suffix == ".html":
            file.write_text(reporting.html(report, values=values), encoding="utf-8")
        else:
            told = json.dumps(report.as_dict(values=values), ensure_ascii=False, indent=2)
            file.write_text(f"{told}\n", encoding="utf-8")
    except (OSError, Rejected) as why:
        told = str(why) if isinstance(why, Rejected) else named(why).what
        click.echo(plain(f"Error: the report cannot be written: {told}"), err=True)
        return False
    return True
