"""`coaching diagram`: a lifecycle, or what stands in a book, as Mermaid text or as a picture in SVG."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Literal

import click

from coaching import diagrams
from coaching.book.book import Book
from coaching.cli.house import policy_of, policy_option
from coaching.cli.terminal import EXITS, Command, day_option
from coaching.diagrams.graph import Diagram
from coaching.diagrams.lifecycles import NAMES
from coaching.formats.lines import load_book
from coaching.kernel.policy import Policy

_OF_SOMEBODY: dict[str, Callable[..., Diagram]] = {
    "path": diagrams.path,
    "timeline": diagrams.timeline,
    "chain": diagrams.chain,
}
_WHAT = (*NAMES, *(it for it in (*_OF_SOMEBODY, "coverage") if it not in NAMES))


@click.command(cls=Command, epilog=EXITS, short_help="Draw a lifecycle, or a path, a chain and more of a book.")
@click.argument("what", type=click.Choice(_WHAT))
@click.argument("whose", required=False)
@click.option("--book", type=click.Path(path_type=Path), help="The book: NDJSON, a record a line; - is standard input.")
@click.option("--for", "viewer", metavar="PERSON", help="Who looks: nothing is drawn that they may not see.")
@day_option("The day that counts")
@policy_option
@click.option("--as", "form", type=click.Choice(["mermaid", "svg"]), default="mermaid", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; else standard output.")
def diagram(
    *,
    what: str,
    whose: str | None,
    book: Path | None,
    viewer: str | None,
    on: date,
    policy_file: Path | None,
    form: Literal["mermaid", "svg"],
    out: Path | None,
) -> None:
    """Draw WHAT: the lifecycle of a kind of record or part, or what stands in a book.

    \b
    diagram goal                                  states, acts, who may, gates
    diagram path P --book B --for V               heading, steps, needs, dreams
    diagram timeline P --book B --for V           what happened, by date
    diagram chain P --book B --for V              who coaches whom, around P
    diagram coverage --book B                     who is due, by unit and month

    Whatever is of a person is drawn for a viewer, who has to be named: somebody sees all of their own path. Counts of
    units that are too small are withheld.
    """  # noqa: D301  (a mark of click, which leaves the lines below it as they are)
    if _is_lifecycle(what, whose, book, viewer):
        found = diagrams.lifecycle(what)
    else:
        policy = policy_of(policy_file)
        found = _of_a_book(what, whose, viewer, _read(book), on, policy)
    written = diagrams.mermaid(found) if form == "mermaid" else _drawn(found)
    if out is None:
        click.echo(written.encode())
    else:
        out.write_text(written + "\n", encoding="utf-8")


def _is_lifecycle(what: str, whose: str | None, book: Path | None, viewer: str | None) -> bool:
    """Tell whether a lifecycle is asked for, which is of nobody; `path` alone is that of paths."""
    alone = whose is None and book is None and viewer is None
    if what in NAMES and what not in _OF_SOMEBODY and not alone:
        raise click.UsageError(f"a lifecycle is of nobody: write diagram {what}")
    return what in NAMES and alone


def _read(book: Path | None) -> Book:
    if book is None:
        raise click.UsageError("name the book that it is of: --book FILE")
    with click.open_file(str(book), "rb") as lines:
        return load_book(lines)


def _of_a_book(what: str, whose: str | None, viewer: str | None, book: Book, on: date, policy: Policy) -> Diagram:
    if what == "coverage":
        if whose is not None or viewer is not None:
            raise click.UsageError("coverage is of all people, and for everybody: it takes no person")
        return diagrams.coverage(book, on, policy=policy)
    if whose is None:
        raise click.UsageError(f"name the person whose {what} it is: diagram {what} PERSON")
    if viewer is None:
        raise click.UsageError(f"name who looks, since it shows what that person may see: --for {whose}, say")
    return _OF_SOMEBODY[what](book, whose, viewer, on, policy=policy)


def _drawn(found: Diagram) -> str:
    try:
        return diagrams.svg(found)
    except ModuleNotFoundError as missing:
        raise click.UsageError(str(missing)) from None
