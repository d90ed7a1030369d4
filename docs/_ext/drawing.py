"""A state diagram in Mermaid's words, drawn as an SVG: no script, no network, and colours of the page.

Only what our diagrams hold is read: `a --> b: acts`, and `[*]` for the start and the end.
"""

from __future__ import annotations

import re
from html import escape
from zlib import crc32

ARROW = re.compile(r"^ *(\S+) --> (\S+?)(?:: (.+))?$", re.MULTILINE)
EDGE = "[*]"
STEP, LIFT, BOX = 128, 30, 94  # pixels: from state to state, height of an arc for each state it spans, width of a state


def drawing(diagram: str) -> str:
    """The states in a row, in the order of their names in it; the ways forward as arcs above, the ways back below."""
    found = ARROW.findall(diagram)
    arrows = {(source, target): acts for source, target, acts in found if target != EDGE}
    final = {source for source, target, _ in found if target == EDGE}
    places = {state: place for place, state in enumerate(dict.fromkeys([EDGE, *(s for ends in arrows for s in ends)]))}
    spans = {(s, t): places[t] - places[s] for s, t in arrows}
    up = LIFT * max([n for n in spans.values() if n > 0], default=1) + 34
    down = LIFT * max([-n for n in spans.values() if n < 0], default=0) + 34
    width, height = STEP * len(places), up + down + 30
    y, tip = up + 15, f"tip-{crc32(diagram.encode()):x}"
    lines = [
        '<div class="lifecycle">',
        f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img" aria-label="States and acts">',
        f'<marker id="{tip}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">',
        '<path class="tip" d="M0 1 L8 4 L0 7 Z" /></marker>',
    ]
    labels = []
    for (source, target), acts in arrows.items():
        ends, span = (_x(places[source]), _x(places[target])), spans[source, target]
        lines.append(_arc(*ends, y, span, tip))
        labels.append(_label(*ends, y, span, acts))
    lines += labels
    lines.append(f'<circle cx="{_x(0)}" cy="{y}" r="6" />')
    for state in [state for state in places if state != EDGE]:
        closed = ' class="final"' if state in final else ""
        x = _x(places[state])
        lines.append(f'<rect{closed} x="{x - BOX / 2:g}" y="{y - 14}" width="{BOX}" height="28" rx="7" />')
        lines.append(f'<text class="state" x="{x}" y="{y + 5}">{_words(state)}</text>')
    return "\n".join([*lines, "</svg>", "</div>"])


def _words(names: str) -> str:
    return escape(names.replace("_", " "))


def _x(place: int) -> int:
    return STEP // 2 + STEP * place


def _arc(x1: int, x2: int, y: int, span: int, tip: str) -> str:
    side = 1 if span > 0 else -1
    start, end = y - 14 * side, y - 16 * side
    bend = y - side * (14 + (LIFT * abs(span)) * 4 / 3)
    leave, arrive = x1 + 14 * side, x2 - 14 * side
    return f'<path d="M{leave} {start} C{leave} {bend:g} {arrive} {bend:g} {arrive} {end}" marker-end="url(#{tip})" />'


def _label(x1: int, x2: int, y: int, span: int, acts: str) -> str:
    side = 1 if span > 0 else -1
    height = y - side * (14 + LIFT * abs(span)) + (-4 if side > 0 else 12)
    return f'<text x="{(x1 + x2) / 2:g}" y="{height:g}">{_words(acts)}</text>'
