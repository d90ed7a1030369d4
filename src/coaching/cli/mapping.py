"""`coaching mapping`: a first mapping from what files show, and whether a mapping fits its files.

Read top to bottom: the group, suggesting, checking, what a file's columns serve as.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import click
from attrs import frozen
from rich.console import Console
from rich.table import Table

from coaching.bulk.mapping import (
    Column,
    Headers,
    Mapping,
    SourceOf,
    match_headers,
    named_path,
    read_mapping,
    source_of,
    suggest,
)
from coaching.bulk.mapping.reading import columns_of
from coaching.bulk.sources import open_rows
from coaching.cli.terminal import EXITS, Command, cell, how_to_open, json_option, plain, source_options, write_json
from coaching.kernel.rules import Finding, Rejected


@click.group(epilog=EXITS)
def mapping() -> None:
    """Write and check mappings: from the columns of exports to the fields of records."""


@mapping.command("suggest", cls=Command, epilog=EXITS, short_help="Write a first mapping for files.")
@click.argument("files", nargs=-1, required=True)
@click.option("--samples", is_flag=True, help="Show what some cells say: that is personal data.")
@json_option
@source_options
def suggest_(*, files: tuple[str, ...], samples: bool, as_json: bool, **opening: Any) -> None:
    """Write a first mapping for FILES, with what speaks for each line of it: read it, mend it, and keep it.

    coaching mapping suggest people.csv goals.csv > mapping.toml
    """
    how = how_to_open(opening)
    with ExitStack() as open_files:
        streams = [open_files.enter_context(click.open_file(it, "rb")) for it in files]
        named = zip(streams, map(click.format_filename, files), strict=True)
        sources = [open_rows(stream, name=name, **how) for stream, name in named]
        text = suggest(sources, samples=samples, opened=SourceOf(**how))
    if as_json:
        write_json({"mapping": text})
    else:
        click.echo(plain(text).encode(), nl=False)


@mapping.command("check", cls=Command, epilog=EXITS, short_help="Say whether a mapping is right, and fits files.")
@click.argument("document", metavar="MAPPING")
@click.argument("files", nargs=-1)
@json_option
def check(*, document: str, files: tuple[str, ...], as_json: bool) -> None:
    """Say what is wrong with a MAPPING, a TOML document or preset:NAME, and whether the columns of FILES fit it.

    No row is imported. NAME=FILE is a source that the mapping names.
    """
    asked = read_mapping(document)
    fitted = _fitted(asked, files)
    if as_json:
        write_json({"mapping": document, "types": [it.type for it in asked.records], "files": [*map(_plain, fitted)]})
        return
    for it in fitted:
        _show(Console(), it)
    made = ", ".join(dict.fromkeys(it.type for it in asked.records)) or "records as they stand"
    click.echo(plain(f"{document}: nothing is wrong; it makes: {made}"))


# --- what the columns of a file serve as -----------------------------------------------------------------------------


@frozen
class _Fitted:
    """A file, and which of its columns serve as what.

    Attributes:
        file: As it was given.
        source: The name of the source in the mapping.
        serve: For each field, its record, its path, and the columns or the value that fill it.
        unused: The columns that nothing asks for.
    """

    file: str
    source: str
    serve: Sequence[tuple[str, str, str]]
    unused: Sequence[str]


def _fitted(asked: Mapping, files: Sequence[str]) -> list[_Fitted]:
    """Fit files to a mapping.

    Raises:
        Rejected: Over all files: which serves as no source, and which headers are missing.
    """
    if not files:
        return []
    fitted: list[_Fitted] = []
    wrong: list[Finding] = []
    for source, places in source_of(asked, files).items():
        for place in places:
            name, path = named_path(asked, files[place])
            try:
                fitted.append(_fit(asked, source, path if name else files[place]))
            except Rejected as refusal:
                wrong += [it.about(None, f"{files[place]}: {it.path}") for it in refusal.findings]
    if wrong:
        raise Rejected("mapping: does not fit the files", wrong)
    return fitted


def _fit(asked: Mapping, source: str, file: str) -> _Fitted:
    how = asked.sources.get(source, SourceOf()).asked()
    with click.open_file(file, "rb") as stream:
        rows = open_rows(stream, name=click.format_filename(file), **how)
        if "header" not in rows.told:  # where rows name their cells, each may have one more
            deque(rows, maxlen=0)
        headers = match_headers(asked, source, rows.columns)
    return _Fitted(click.format_filename(file), source, [*_serve(asked, source, headers, rows.columns)], headers.unused)


def _serve(asked: Mapping, source: str, headers: Headers, columns: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for records in asked.records:
        if records.source == source:
            for path, column in columns_of(records.fields):
                yield records.type, path, _said(column, headers, columns)


def _said(column: Column, headers: Headers, columns: Sequence[str]) -> str:
    if column.headers:
        return ", ".join(columns[headers.of[it]] for it in column.headers if it in headers.of) or "-"
    return f"= {', '.join(map(str, column.value)) if isinstance(column.value, (list, tuple)) else column.value}"


def _plain(it: _Fitted) -> dict[str, Any]:
    fields = [{"type": kind, "field": path, "from": said} for kind, path, said in it.serve]
    return {"file": it.file, "source": it.source, "fields": fields, "unused": list(it.unused)}


def _show(console: Console, it: _Fitted) -> None:
    console.print(cell(f"{it.file}{f' as {it.source}' if it.source else ''}", "table.title"), soft_wrap=True)
    table = Table("Record", "Field", "From")
    for kind, path, said in it.serve:
        table.add_row(kind, cell(path), cell(said))
    console.print(table)
    if it.unused:
        console.print(cell(f"not used: {', '.join(it.unused)}"))
