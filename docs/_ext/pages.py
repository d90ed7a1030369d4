"""What Sphinx is told beyond its settings: which pages to make, which examples to run, how our classes are shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import made
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.nodes import make_refnode

from coaching.kernel.classes import Model
from coaching.kernel.record import Record
from coaching.kernel.rules import Choice

FACES = ("coaching", "coaching.codec", "coaching.forms", "coaching.cadence", "coaching.kernel.signing")
"""Where names are looked for that the code knows by another place."""


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the generated pages before Sphinx looks which pages there are, and listen to it from then on."""
    app.connect("builder-inited", make_pages)
    app.connect("doctree-read", run_sessions)
    app.connect("missing-reference", lead_to_the_face)
    app.connect("autodoc-process-signature", show_fields)
    app.connect("autodoc-process-docstring", show_words, priority=100)  # before Napoleon
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def make_pages(app: Sphinx) -> None:
    """The pages that nobody writes by hand, where they are not what the code makes."""
    made.write_pages(Path(app.srcdir) / "generated")


def run_sessions(_app: Sphinx, doctree: nodes.document) -> None:
    """Let the doctest builder run every block that is written as a session: one namespace for each page."""
    for block in doctree.findall(nodes.literal_block):
        if block.get("language") == "pycon":
            block["testnodetype"], block["groups"], block["options"] = "doctest", ["page"], {}


def lead_to_the_face(app: Sphinx, env: Any, node: Any, text: nodes.Element) -> nodes.Element | None:
    """Lead `coaching.records.goals.Goal`, or a bare `Goal`, to where users import it from: `coaching.Goal`."""
    name = node.get("reftarget", "").rpartition(".")[2]
    known = env.domains.python_domain.objects
    found = next((known[f"{face}.{name}"] for face in FACES if f"{face}.{name}" in known), None)
    if found is None or node.get("refdomain") != "py":
        return None
    return make_refnode(app.builder, node["refdoc"], found.docname, found.node_id, text)


def show_fields(_app: Sphinx, what: str, _name: str, thing: Any, *_: object) -> tuple[str, str] | None:
    """Show a value with its fields, and a record without a constructor: it is begun by an act."""
    model: Model | None = getattr(thing, "__model__", None)
    if what != "class" or model is None:
        return None
    if issubclass(thing, Record):
        return "", ""
    fields = [f.key if f.required else f"{f.key}={f.default!r}" for f in model.fields.values()]
    return f"({', '.join(fields)})", ""


def show_words(_app: Sphinx, what: str, _name: str, thing: Any, _options: object, lines: list[str]) -> None:
    """List the words of a closed list, and keep Napoleon from taking the words before a colon for a type."""
    if what == "class" and issubclass(thing, Choice):
        lines += ["", "Words: " + ", ".join(f"``{word.value}``" for word in thing) + "."]
    if what == "property" and lines:
        lines[0] = lines[0].replace(": ", " -- ", 1)
