"""Diagrams: lifecycles, paths, timelines, chains of coaches and coverage, as Mermaid text or as a picture in SVG.

`lifecycle`, `path`, `timeline`, `chain` and `coverage` say what there is to draw; `mermaid` and `svg` write it. The
picture needs the extra `diagrams`. Nothing here reads a clock or writes a file.
"""

from __future__ import annotations

from coaching.diagrams.chains import chain
from coaching.diagrams.coverage import coverage
from coaching.diagrams.graph import Arrow, Diagram, Look, Node, Svg
from coaching.diagrams.lifecycles import lifecycle
from coaching.diagrams.mermaid import mermaid
from coaching.diagrams.paths import path
from coaching.diagrams.timelines import timeline

__all__ = [
    "Arrow", "Diagram", "Look", "Node", "Svg", "chain", "coverage", "lifecycle", "mermaid", "path", "svg", "timeline",
]  # fmt: skip


def svg(diagram: Diagram) -> Svg:
    """Draw a diagram as an SVG that needs nothing from elsewhere: a text, which a notebook shows as the picture.

    The same diagram gives the same picture. Every text is wrapped and none is cut; it is read out by its title and its
    description, and light or dark as the reader's system is.

    Raises:
        ModuleNotFoundError: Where the extra `diagrams` is not installed.

    >>> svg(lifecycle("goal"))[:58]
    '<svg xmlns="http://www.w3.org/2000/svg" class="coaching-di'
    """
    try:
        from coaching.diagrams import drawing  # noqa: PLC0415  (behind its extra)
    except ModuleNotFoundError as missing:
        what = "a picture comes with the extra diagrams: pip install 'coaching[diagrams]'; Mermaid text needs none"
        raise ModuleNotFoundError(what, name=missing.name) from None
    return drawing.svg(diagram)
