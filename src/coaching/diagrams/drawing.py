"""A diagram as a picture: one SVG that needs nothing from elsewhere. Drawn by us from where `placing` put everything.

Read top to bottom: colours, boxes, nodes, arrows, the picture. Needs the extra `diagrams`. The picture brings its own
paper, light or dark as the reader's system is; it has no script, no font, no link and no id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from attrs import frozen

from coaching.diagrams.fitting import fit
from coaching.diagrams.graph import Arrow, Diagram, Look, Node, Svg
from coaching.diagrams.placing import Point, Size, place
from coaching.diagrams.words import em, is_known, lines

STYLE = """\
.coaching-diagram{--paper:#fff;--fill:#f3f6fa;--act:#e4ecf7;--quiet:#4d5a6a;color:#17202b;max-width:100%;height:auto;\
font-family:'DejaVu Sans',Verdana,'Segoe UI',Roboto,'Noto Sans',sans-serif}
@media (prefers-color-scheme:dark){.coaching-diagram{--paper:#12171e;--fill:#1e2733;--act:#263951;--quiet:#a9b6c6;\
color:#e8eef5}}
.coaching-diagram .paper{fill:var(--paper)}
.coaching-diagram .box{fill:var(--fill);stroke:currentColor;stroke-width:1.3}
.coaching-diagram .act{fill:var(--act)}
.coaching-diagram .inner{fill:none;stroke:currentColor}
.coaching-diagram .broken{stroke-dasharray:5 4}
.coaching-diagram .line{fill:none;stroke:var(--quiet);stroke-width:1.5}
.coaching-diagram .head{fill:var(--quiet)}
.coaching-diagram .dot{fill:currentColor}
.coaching-diagram text{fill:currentColor;text-anchor:middle;unicode-bidi:plaintext}
.coaching-diagram .title{font-weight:bold}
.coaching-diagram .note{fill:var(--quiet)}"""

TITLE, NOTE, LEADING = 14.5, 13.0, 1.4  # pixels of a title and of a note; lines, in the size of their font
BOLD = 1.09  # so much wider is a bold letter
WIDEST = 140.0  # pixels of a line: three boxes side by side can be read on a telephone
PAD_X, PAD_Y = 12.0, 8.0
MARGIN, DOT, HEAD = 12.0, 16.0, 8.0


# --- boxes -----------------------------------------------------------------------------------------------------------


@frozen
class Line:
    """One line of text: how large, how wide at the most, and where its foot is below the top of its box."""

    text: str
    size: float
    wide: float
    foot: float
    bold: bool


@frozen
class Box:
    """A node with its lines, and how large it is."""

    node: Node
    lines: tuple[Line, ...]
    size: Size


def box(node: Node) -> Box:
    """Measure a node: every line of its texts, and the whole."""
    if node.look is Look.START:
        return Box(node, (), (DOT, DOT))
    found, y = list[Line](), PAD_Y
    for n, text in enumerate((node.title, *node.notes)):
        size, bold = (TITLE, True) if n == 0 else (NOTE, False)
        unit = size * BOLD if bold else size
        for line in lines(text, WIDEST / unit):
            y += size * LEADING
            found.append(Line(line, size, round(em(line) * unit, 1), round(y - size * 0.3, 1), bold))
    wide = max((line.wide for line in found), default=0.0)
    return Box(node, tuple(found), (round(wide + 2 * PAD_X), round(y + PAD_Y)))


# --- the picture -----------------------------------------------------------------------------------------------------


def svg(diagram: Diagram) -> Svg:
    """Draw a diagram. The same diagram gives the same picture.

    Needs the extra `diagrams`.

    >>> from coaching.diagrams.lifecycles import lifecycle
    >>> svg(lifecycle("organisation"))[:71]
    '<svg xmlns="http://www.w3.org/2000/svg" class="coaching-diagram" viewBo'
    """
    boxes = [box(node) for node in diagram.nodes]
    placed = place(diagram, {it.node.id: it.size for it in boxes})
    width, height = (round(it + 2 * MARGIN) for it in placed.size)
    view = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    body = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="coaching-diagram" {view} role="img">',
        f"<title>{_said(diagram.title)}</title>",
        f"<desc>{_said(diagram.desc)}</desc>",
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{width}" height="{height}" rx="6"/>',
    ]
    for arrow, way in zip(diagram.arrows, placed.ways, strict=True):
        body += _arrow(arrow, [(x + MARGIN, y + MARGIN) for x, y in way])
    for it, (x, y) in zip(boxes, placed.centres, strict=True):
        body += _node(it, (x + MARGIN, y + MARGIN))
    return Svg("\n".join([*body, "</svg>"]))


def _said(text: str) -> str:
    return escape(fit(text), quote=False)


# --- nodes -----------------------------------------------------------------------------------------------------------


def _node(drawn: Box, centre: Point) -> Iterator[str]:
    (x, y), (width, height), look = centre, drawn.size, drawn.node.look
    if look is Look.START:
        yield f'<circle class="dot" cx="{_no(x)}" cy="{_no(y)}" r="{_no(DOT / 2)}"/>'
        return
    yield _rect("act" if look is Look.ACT else "box broken" if look is Look.NOTE else "box", centre, drawn.size)
    if look is Look.END:
        yield _rect("inner", centre, (width - 6, height - 6))
    for line in drawn.lines:
        known = "" if is_known(line.text) else f' textLength="{_no(line.wide)}" lengthAdjust="spacingAndGlyphs"'
        place = f'x="{_no(x)}" y="{_no(y - height / 2 + line.foot)}" font-size="{_no(line.size)}"'
        kind = "title" if line.bold else "note"
        yield f'<text class="{kind}" {place}{known}>{escape(line.text, quote=False)}</text>'


def _rect(kind: str, centre: Point, size: Size) -> str:
    (x, y), (width, height) = centre, size
    at = f'x="{_no(x - width / 2)}" y="{_no(y - height / 2)}" width="{_no(width)}" height="{_no(height)}"'
    return f'<rect class="{kind}" {at} rx="{14 if kind == "act" else 6}"/>'


# --- arrows ----------------------------------------------------------------------------------------------------------


def _arrow(arrow: Arrow, way: Sequence[Point]) -> Iterator[str]:
    """Draw the line with round corners, and its head along the last part of it."""
    (x, y), (px, py) = way[-1], way[-2]
    far = max(((x - px) ** 2 + (y - py) ** 2) ** 0.5, 0.1)
    dx, dy = (x - px) / far, (y - py) / far
    foot = (x - HEAD * dx, y - HEAD * dy) if arrow.head else (x, y)
    kind = "line broken" if arrow.broken else "line"
    yield f'<path class="{kind}" d="{_way([*way[:-1], foot])}"/>'
    if arrow.head:
        sides = ((foot[0] + side * 4 * dy, foot[1] - side * 4 * dx) for side in (1, -1))
        yield f'<path class="head" d="M{_at((x, y))} L{" L".join(map(_at, sides))} Z"/>'


def _way(way: Sequence[Point]) -> str:
    """Give a path through some points, round at each corner."""
    parts = [f"M{_at(way[0])}"]
    for before, corner, after in zip(way, way[1:], way[2:], strict=False):
        parts.append(f"L{_at(_near(corner, before))} Q{_at(corner)} {_at(_near(corner, after))}")
    return " ".join([*parts, f"L{_at(way[-1])}"])


def _near(corner: Point, other: Point) -> Point:
    """Give the point a little before a corner, as one comes from another."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    far = max((dx**2 + dy**2) ** 0.5, 0.1)
    part = min(6.0, far / 2) / far
    return corner[0] + dx * part, corner[1] + dy * part


def _at(point: Point) -> str:
    return f"{_no(point[0])} {_no(point[1])}"


def _no(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
