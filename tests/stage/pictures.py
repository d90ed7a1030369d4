"""Pictures and Mermaid text as a reader has them: what stands where, and what is joined to what."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Any

from attrs import frozen

from coaching.diagrams import Diagram, Look, svg
from coaching.diagrams.fitting import fit
from coaching.diagrams.words import em

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = r"-?\d+(?:\.\d+)?"
LABEL = r"(?:[^\W]|[ ,:()./\u2060-]|#\d+;|<br/>)*"
NODE = re.compile(
    rf'    (n\d+)(?:\(\(" "\)\)|\["{LABEL}"\]|\[\["{LABEL}"\]\]|\(\["{LABEL}"\]\)|\("{LABEL}"\))', re.UNICODE
)
ARROW = re.compile(r"    (n\d+) (?:-->|---|-\.->|-\.-) (n\d+)")


@frozen
class Rect:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: "Rect", by: float = 0.51) -> bool:
        """Whether another lies within it; numbers are rounded."""
        return (
            self.left - by <= other.left
            and self.top - by <= other.top
            and other.right <= self.right + by
            and other.bottom <= self.bottom + by
        )

    def less(self, by: float) -> "Rect":
        """A smaller one within it."""
        return Rect(self.left + by, self.top + by, self.right - by, self.bottom - by)

    def overlaps(self, other: "Rect") -> bool:
        """Whether they share a place."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


class Picture:
    """An SVG, read as XML."""

    def __init__(self, text: str) -> None:
        """Read it; it has to be well formed."""
        self.root = ET.fromstring(text)  # noqa: S314  (ours)
        left, top, width, height = map(float, self.root.get("viewBox", "").split())
        self.view = Rect(left, top, left + width, top + height)
        self.boxes = [self._rect(it) for it in self.root.iter(f"{SVG}rect") if self._is(it, "box", "act")]
        self.dots = [self._dot(it) for it in self.root.iter(f"{SVG}circle")]
        self.texts = [(it.text or "", self._line(it)) for it in self.root.iter(f"{SVG}text")]
        self.ways = [self._points(it.get("d", "")) for it in self.root.iter(f"{SVG}path") if self._is(it, "line")]
        self.heads = [self._points(it.get("d", ""))[0] for it in self.root.iter(f"{SVG}path") if self._is(it, "head")]

    @staticmethod
    def _is(it: Any, *kinds: str) -> bool:
        return bool({*kinds} & set(it.get("class", "").split()))

    @staticmethod
    def _rect(it: Any) -> Rect:
        x, y, width, height = (float(it.get(name)) for name in ("x", "y", "width", "height"))
        return Rect(x, y, x + width, y + height)

    @staticmethod
    def _dot(it: Any) -> Rect:
        x, y, r = (float(it.get(name)) for name in ("cx", "cy", "r"))
        return Rect(x - r, y - r, x + r, y + r)

    @staticmethod
    def _line(it: Any) -> Rect:
        x, y, size = (float(it.get(name)) for name in ("x", "y", "font-size"))
        half = float(it.get("textLength") or em(it.text or "") * size) / 2
        return Rect(x - half, y - size * 0.8, x + half, y + size * 0.25)

    @staticmethod
    def _points(way: str) -> list[tuple[float, float]]:
        return [(float(x), float(y)) for x, y in re.findall(rf"({NUMBER}) ({NUMBER})", way)]


def joined(diagram: Diagram) -> bool:
    """Whether there is a way from each node to each other, whichever way the arrows point."""
    ends = [{it.source, it.target} for it in diagram.arrows]
    assert {*(id for pair in ends for id in pair)} <= {node.id for node in diagram.nodes}
    known = {diagram.nodes[0].id}
    while more := {id for pair in ends if pair & known for id in pair} - known:
        known |= more
    return known == {node.id for node in diagram.nodes}


def read_mermaid(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The nodes and arrows of a text that keeps a simple grammar: a head, two told lines, nodes, arrows."""
    head, title, desc, *rest = text.split("\n")
    assert head == "flowchart TB"
    assert re.fullmatch(r"    accTitle: [^;#{}\n]*", title)
    assert re.fullmatch(r"    accDescr: [^;#{}\n]*", desc)
    nodes, arrows = list[str](), list[tuple[str, str]]()
    for line in rest:
        node, arrow = NODE.fullmatch(line), ARROW.fullmatch(line)
        assert node or (arrow and {arrow[1], arrow[2]} <= {*nodes}), line
        nodes += [node[1]] if node else []
        arrows += [(arrow[1], arrow[2])] if arrow else []
    return nodes, arrows


def signs(text: str) -> str:
    """A text without its spaces: where lines break, there may have been one."""
    return re.sub(r"\s", "", text)


def holds(diagram: Diagram) -> Picture:
    """Look at a picture as one looks at it on a wall."""
    seen = Picture(svg(diagram))
    places = [*seen.boxes, *seen.dots]
    for n, place in enumerate(places):
        assert seen.view.holds(place)
        assert not any(place.overlaps(other) for other in places[n + 1 :])
    for text, line in seen.texts:
        assert sum(box.holds(line) for box in seen.boxes) == 1, text
    for n, (_, line) in enumerate(seen.texts):
        assert not any(line.overlaps(other) for _, other in seen.texts[n + 1 :])
    for way in seen.ways:
        assert all(seen.view.left <= x <= seen.view.right and seen.view.top <= y <= seen.view.bottom for x, y in way)
    said = [it for node in diagram.nodes if node.look is not Look.START for it in (node.title, *node.notes)]
    assert signs("".join(text for text, _ in seen.texts)) == signs("".join(map(fit, said)))
    return seen


def passes_by(seen: Picture) -> None:
    """No way leads through a box: it ends at the first that it touches."""
    for way in seen.ways:
        for (x, y), (x2, y2) in pairwise(way):
            inner = Rect(min(x, x2), min(y, y2), max(x, x2), max(y, y2))
            assert not any(box.less(2).overlaps(inner) for box in seen.boxes), (x, y, x2, y2)
