"""Write the pages and pictures that nobody writes by hand: `python docs/_ext/made.py`. A clone can be read with them.

Building the pages with Sphinx writes them too; `tests/test_docs.py` says when they are not what the code makes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from actpages import acts_page
from apinames import API
from apipages import api_page
from commandpages import commands_page
from drawn import PICTURES
from messagepages import messages_page
from rulepages import lifecycles_page, rules_page

from coaching.diagrams import svg

PAGES: Mapping[str, Callable[[], str]] = {
    "acts.md": acts_page,
    "commands.md": commands_page,
    "messages.md": messages_page,
    **{f"api/{file}.md": (lambda file=file: api_page(file)) for file in API},
    "lifecycles.md": lifecycles_page,
    "rules.md": rules_page,
    **{f"pictures/{name}.svg": (lambda made=made: svg(made()) + "\n") for name, made in PICTURES.items()},
}


def write_pages(folder: Path) -> None:
    """Write each page, and touch none that says the same already."""
    for name, made in PAGES.items():
        page, text = folder / name, made()
        page.parent.mkdir(parents=True, exist_ok=True)
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_pages(Path(__file__).parents[1] / "generated")
