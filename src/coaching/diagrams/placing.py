"""Where everything stands: nodes of given sizes and the arrows between them, in layers. By `graphlay`, and not by us.

The one place that knows which library does it. Needs the extra `diagrams`.
"""

from __future__ import annotations

from collections.abc import Mapping

import graphlay
from attrs import frozen

from coaching.diagrams.graph import Diagram, Look

Size = tuple[float, float]
Point = tuple[float, float]

_HOW = {
    "direction": "topbottom",
    "spacing": {"layer_gap": 26.0, "node_gap": 16.0, "dummy_gap": 14.0, "port_gap": 12.0, "isolated_gap": 22.0},
    "routing": {"style": "orthogonal", "bundle_parallel": True},
}


@frozen
class Placed:
    """Where the nodes and arrows of a diagram stand, in pixels from the upper left.

    Attributes:
        size: Of the whole.
        centres: Of the nodes, in their order.
        ways: Of the arrows, in their order: the points of each, from its source to its target.
    """

    size: Size
    centres: tuple[Point, ...]
    ways: tuple[tuple[Point, ...], ...]


def place(diagram: Diagram, sizes: Mapping[str, Size]) -> Placed:
    """Say where the nodes of a diagram stand, and which way its arrows go."""
    graph = graphlay.Graph()
    for node in diagram.nodes:
        shape = "ellipse" if node.look is Look.START else "box"
        graph.node(node.id, width=sizes[node.id][0], height=sizes[node.id][1], shape=shape, label="")
    for arrow in diagram.arrows:
        ends = (arrow.target, arrow.source) if arrow.back else (arrow.source, arrow.target)
        graph.edge(*ends)
    found = graphlay.layout(graph, options=_HOW)
    left, top = (float(found.bounds["min"][it]) for it in ("x", "y"))

    def at(point: Mapping[str, float]) -> Point:
        return round(point["x"] - left, 1), round(point["y"] - top, 1)

    width, height = at(found.bounds["max"])
    ways = [tuple(map(at, edge["points"])) for edge in found.edges]
    return Placed(
        (width, height),
        tuple(at(node["center"]) for node in found.nodes),
        tuple(way[::-1] if arrow.back else way for way, arrow in zip(ways, diagram.arrows, strict=True)),
    )
