"""The pictures that the pages show, made as anybody makes them, by `coaching.diagrams`; `made.py` writes the files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from coaching import Book, diagrams
from coaching.codec import load_book
from coaching.diagrams import Diagram, Look, Node
from coaching.diagrams.graph import by_way_of
from coaching.diagrams.lifecycles import NAMES

BOOK = Path(__file__).parents[2] / "examples" / "plant.ndjson"
DAY = date(2026, 11, 25)

Ways = Mapping[tuple[str | None, str], Iterable[str]]
"""What leads from one state to another, by the two; None is the start."""

WAY_OF_AN_IMPORT: Ways = {
    (None, "read"): ["files and mapping"],
    ("read", "settle"): ["drafts"],
    ("settle", "check"): ["documents"],
    ("check", "write"): ["records"],
    ("read", "rejected"): ["faults"],
    ("settle", "rejected"): ["faults"],
    ("check", "rejected"): ["faults"],
    ("rejected", "read"): ["mended"],
}


def flow(title: str, ways: Ways, final: Collection[str] = ()) -> Diagram:
    """The diagram of what is no table: states in the order in which they are named, and what leads to others."""
    states = list(dict.fromkeys(it for ends in ways for it in (ends[0] or "", ends[1])))
    nodes = [Node(it, it.replace("_", " "), (), _look(it, final)) for it in states]
    arrows = []
    for n, ((source, target), acts) in enumerate(ways.items()):
        by = Node(f"way {n}", ", ".join(acts).replace("_", " "), (), Look.ACT)
        back = states.index(source or "") > states.index(target)
        nodes.append(by)
        arrows += by_way_of(by, [source or ""], [target], back=back)
    desc = "; ".join(f"{s or 'start'} to {t}: {', '.join(acts)}" for (s, t), acts in ways.items()).replace("_", " ")
    return Diagram(title, desc, tuple(nodes), tuple(arrows))


def _look(name: str, final: Collection[str]) -> Look:
    return Look.END if name in final else Look.BOX if name else Look.START


@cache
def _book() -> Book:
    with BOOK.open("rb") as lines:
        return load_book(lines)


def _standings() -> Diagram:
    from rulepages import standings  # noqa: PLC0415  (which shows the pictures)

    return flow("Where a person stands", standings())


PICTURES: Mapping[str, Callable[[], Diagram]] = {
    **{name: (lambda name=name: diagrams.lifecycle(name)) for name in NAMES},
    "standings": _standings,
    "import": lambda: flow("The way of an import", WAY_OF_AN_IMPORT, ["write"]),
    "annas-path": lambda: diagrams.path(_book(), "anna", "anna", DAY),
    "annas-path-for-ole": lambda: diagrams.path(_book(), "anna", "ole", DAY),
    "annas-timeline": lambda: diagrams.timeline(_book(), "anna", "anna", DAY),
    "oles-chain": lambda: diagrams.chain(_book(), "ole", "ole", DAY),
    "annas-chain": lambda: diagrams.chain(_book(), "anna", "anna", DAY),
    "coverage": lambda: diagrams.coverage(_book(), DAY),
}
"""By the names of their files."""
