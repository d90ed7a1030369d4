"""What may be wrong with a source, as a whole or in one row: the rules, and how they are said."""

from __future__ import annotations

from importlib import import_module
from types import TracebackType
from typing import Any

from attrs import frozen

from coaching.kernel.rules import Finding, Rejected, Rule, breach, brief, finding, stated

B002 = stated(
    "B002",
    "bulk",
    field="",
    says="a row has as many cells as the header",
    why="practice: an unquoted comma shifts every cell after it",
    mend="quote the cell that holds the separator",
)
B006 = stated(
    "B006",
    "bulk",
    field="",
    says="a text is UTF-8, or UTF-16 with its mark, or in the encoding that is said; one character parts its cells",
    why="practice: spreadsheets write an encoding of their own, and a guess turns names into others",
    mend="save the export in UTF-8, or say what it is, with encoding=, or --encoding on the command line",
)
B007 = stated(
    "B007",
    "bulk",
    field="",
    says="a quote that opens a cell closes it, and a cell has at most 131 072 characters",
    why="practice: one quote that is not closed swallows the people below it",
    mend="close the quote, and write a quote within a quoted cell twice",
)
B010 = stated(
    "B010",
    "bulk",
    field="",
    says="a source is CSV, NDJSON, JSON, a workbook, Parquet or Arrow, and whole",
    why="practice: files are named by what they should be, and PDF, HTML and archives are handed in as tables",
    mend="export it again as CSV or as a workbook",
)
B011 = stated(
    "B011",
    "bulk",
    field="",
    says="a kind of file that needs an extra is read where that is installed",
    why="own choice: who reads CSV alone installs nothing more",
    mend="install the extra that is named",
)
B012 = stated(
    "B012",
    "bulk",
    field="",
    says="a line of NDJSON, what a list in JSON holds, and what a path leads to is a whole object",
    why="practice: exports break off, and one bad line hides the good ones below it",
    mend="export it again, or correct the line",
)
B013 = stated(
    "B013",
    "bulk",
    field="",
    says="the sheet that is read is one of the workbook",
    why="practice: sheets are renamed from export to export",
    mend="name one of the sheets that there are, by name or by number from 1",
)

REFUSED = "file: cannot be read"


def refused(rule: Rule, message: str, path: str = "", **params: object) -> Rejected:
    """Make the error that refuses a source as a whole."""
    return Rejected.over(rule, message, path, of=REFUSED, **params)


def wrong(rule: Rule, message: str, **params: object) -> Finding:
    """Say what is wrong with one row."""
    return finding(rule, breach(message, "", **params))


@frozen
class Foreign:
    """Where a library reads a file of somebody else: whatever it raises, a panic of Rust too, refuses the source."""

    kind: str

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, why: BaseException | None, at: TracebackType | None) -> None:
        """Refuse with B010."""
        if why is not None and not isinstance(why, _PASSES):
            raise refused(B010, "this {kind} cannot be read: {why}", kind=self.kind, why=brief(str(why))) from None


_PASSES = (GeneratorExit, KeyboardInterrupt, MemoryError, Rejected, SystemExit)


def extra(module: str, name: str, kind: str) -> Any:
    """Give the module that an extra brings.

    Raises:
        Rejected: B011 where it is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        what = "{kind} is read with the extra {extra}: pip install 'coaching[{extra}]'"
        raise refused(B011, what, kind=kind, extra=name) from None


RULES: tuple[Rule, ...] = (B002, B006, B007, B010, B011, B012, B013)
