"""What a diagram says, before anybody draws it: nodes with their texts, and arrows between them. Plain values.

Whoever makes one says nothing of places, sizes or colours; whoever draws one says nothing of records.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from attrs import frozen


class Look(Enum):
    """How a node looks."""

    BOX = "box"
    END = "end"
    ACT = "act"
    NOTE = "note"
    START = "start"


@frozen
class Node:
    """One node.

    Attributes:
        id: Names it within its diagram; shown nowhere.
        title: What stands first in it, in bold; nothing for a start.
        notes: What stands below it, a paragraph each.
        look: `BOX` has a frame, `END` a double one, `ACT` none, `NOTE` a broken one; `START` is a dot.
    """

    id: str
    title: str = ""
    notes: tuple[str, ...] = ()
    look: Look = Look.BOX


@frozen
class Arrow:
    """One arrow.

    Attributes:
        source: The node it begins at.
        target: The node it points at.
        head: Whether it has a head there: an arrow by way of an act has one at its end alone.
        back: Whether it leads back, against the way of the diagram.
        broken: Whether its line is broken: a relation, and no way.
    """

    source: str
    target: str
    head: bool = True
    back: bool = False
    broken: bool = False


@frozen
class Diagram:
    """Nodes and arrows, and what they show in words.

    Attributes:
        title: Its name, for who cannot see it and for a window.
        desc: What it shows, in a sentence or two.
        nodes: In their order.
        arrows: Between them; each names nodes that are there.
    """

    title: str
    desc: str
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...] = ()


class Svg(str):
    """The picture of a diagram, as text; a notebook shows it."""

    __slots__ = ()

    def _repr_svg_(self) -> str:
        return str(self)


def by_way_of(node: Node, sources: Iterable[str], targets: Iterable[str], *, back: bool = False) -> tuple[Arrow, ...]:
    """Give the arrows that lead from some nodes to others by way of one between them."""
    into = (Arrow(it, node.id, head=False, back=back) for it in sources)
    return (*into, *(Arrow(node.id, it, back=back) for it in targets))
