"""What Sphinx is told beyond its settings: which pages to make before it looks which there are."""

from __future__ import annotations

from pathlib import Path

import made
from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the pages that nobody writes by hand, where they are not what the code makes."""
    app.connect("builder-inited", make_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def make_pages(app: Sphinx) -> None:
    """Write them where Sphinx finds them."""
    made.write_pages(Path(app.srcdir) / "generated")
