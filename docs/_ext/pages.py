"""What Sphinx is told beyond its settings: which pages to make, and which examples to run."""

from __future__ import annotations

from pathlib import Path

import made
from docutils import nodes
from sphinx.application import Sphinx

RUN_ELSEWHERE = "generated/api/"
"""Pages of which the examples stand in docstrings, where pytest runs them."""


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the generated pages before Sphinx looks which pages there are, and listen to it from then on."""
    app.connect("builder-inited", make_pages)
    app.connect("doctree-read", run_sessions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def make_pages(app: Sphinx) -> None:
    """The pages that nobody writes by hand, where they are not what the code makes."""
    made.write_pages(Path(app.srcdir) / "generated")


def run_sessions(app: Sphinx, doctree: nodes.document) -> None:
    """Let the doctest builder run every block that is written as a session: one namespace for each page."""
    if app.env.docname.startswith(RUN_ELSEWHERE):
        return
    for block in doctree.findall(nodes.literal_block):
        if block.get("language") == "pycon":
            block["testnodetype"], block["groups"], block["options"] = "doctest", ["page"], {}
