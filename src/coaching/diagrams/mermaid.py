"""A diagram in Mermaid's words: a flowchart, for whoever draws those. Pure text; needs no extra.

Nothing that people wrote is taken for Mermaid: whatever may mean something there is written by its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coaching.diagrams.fitting import fit
from coaching.diagrams.graph import Arrow, Diagram, Look, Node

_MEANS = re.compile(r"[^\w ,:()./\u2060-]|:(?! )|(?<!.)[.-]|(?<=-)-|(?<!.)\d+\.")  # what begins like a list, too
_MAGIC = re.compile(r"\$(?=\$)|\\(?=n)|:(?=fa-)")
"""What Mermaid takes for a formula, an end of a line or an icon even where it is written by its number."""
_FRAMES = {Look.BOX: ('["', '"]'), Look.END: ('[["', '"]]'), Look.ACT: ('(["', '"])'), Look.NOTE: ('("', '")')}


def mermaid(diagram: Diagram) -> str:
    r"""Write a diagram in Mermaid's words, a line for each node and each arrow.

    >>> from coaching.diagrams.lifecycles import lifecycle
    >>> print(*mermaid(lifecycle("organisation")).splitlines()[3:], sep="\n")
        n0((" "))
        n1[["known<br/>anyone: correct"]]
        n2(["register<br/>anyone"])
        n0 --- n2
        n2 --> n1
    """
    names = {node.id: f"n{n}" for n, node in enumerate(diagram.nodes)}
    lines = ["flowchart TB", f"    accTitle: {_told(diagram.title)}", f"    accDescr: {_told(diagram.desc)}"]
    lines += [f"    {names[node.id]}{_shape(node)}" for node in diagram.nodes]
    lines += [f"    {names[it.source]} {_line(it)} {names[it.target]}" for it in diagram.arrows]
    return "\n".join(lines)


def _told(text: str) -> str:
    """Give a text that stands by itself on a line: Mermaid ends it at some signs, and knows no way to write them."""
    return " ".join(re.sub(r"[#{}]", " ", fit(text).replace(";", ",")).split())


def _shape(node: Node) -> str:
    if node.look is Look.START:
        return '((" "))'
    begin, end = _FRAMES[node.look]
    return begin + "<br/>".join(map(_written, _texts(node))) + end


def _texts(node: Node) -> Iterator[str]:
    yield from (text for text in (node.title, *node.notes) if text)


def _written(text: str) -> str:
    apart = _MAGIC.sub("\\g<0>\u2060", fit(text))  # an invisible sign that joins
    return _MEANS.sub(lambda found: "".join(f"#{ord(sign)};" for sign in found[0]), apart)


def _line(arrow: Arrow) -> str:
    line, end = ("-.", "-") if arrow.broken else ("--", "-")
    return f"{line}{'>' if arrow.head and not arrow.broken else '->' if arrow.head else end}"
