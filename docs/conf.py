"""How Sphinx builds these pages: `python -m sphinx -n -W -b html docs docs/_build/html`.

Two pages are made while building, from the catalogue of rules and from the tables: see `_ext/tables.py`.
"""

import builtins
import sys
import tomllib
from pathlib import Path

from docutils import nodes
from sphinx.util.nodes import make_refnode

from coaching.kernel.record import Record
from coaching.kernel.rules import Choice
from coaching.kernel.shapes import key_of

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

import tables  # noqa: E402  (found through the line above)

project = "coaching"
author = "The coaching authors"
copyright = "2026, The coaching authors"
release = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
version = ".".join(release.split(".")[:2])

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.doctest", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "coaching"
html_static_path = ["_static"]
html_css_files = ["lifecycle.css"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"  # the modules are written to be read from top to bottom
python_use_unqualified_type_names = True
autodoc_preserve_defaults = True
napoleon_numpy_docstring = False

# pytest runs the examples in docstrings; the doctest builder runs those of the pages, which are written as `pycon`.
doctest_test_doctest_blocks = ""

# A reference to a name of ours must lead somewhere. Names of others are not looked up: that would need a network.
nitpicky = True
_others = {*sys.stdlib_module_names, "annotated_types", "attr", "attrs", "cattrs", "click", "dateutil"}
_others |= {"frozendict", "hypothesis", "msgspec", "rich", "rpds"}
nitpick_ignore = [("py:class", name) for name in dir(builtins)]
nitpick_ignore_regex = [
    ("py:.*", rf"({'|'.join(sorted(_others))})(\..*)?"),
    ("py:class", r"\w+=.*"),  # a limit inside Annotated, which Sphinx takes for a class: min_length=1
    ("py:class", "SearchStrategy|Converter"),  # of Hypothesis and cattrs, imported for type checkers alone
    ("py:class", r"coaching\.book\.book\.R"),  # a type variable: whichever kind of record
]


def _run_examples(app, doctree):
    """Let the doctest builder run every block of a page that is written as a session: one namespace for each page."""
    for block in doctree.findall(nodes.literal_block):
        if block.get("language") == "pycon":
            block["testnodetype"], block["groups"], block["options"] = "doctest", ["page"], {}


def _public(app, env, node, contnode):
    """Lead a name to where users import it from: `coaching.records.goals.Goal`, or a bare `Goal`, to `coaching.Goal`."""
    name = node.get("reftarget", "").rpartition(".")[2]
    python = env.get_domain("py")
    for home in ("coaching", "coaching.codec", "coaching.cadence", "coaching.kernel.signing"):
        found = python.objects.get(f"{home}.{name}")
        if found is not None and node.get("refdomain") == "py":
            return make_refnode(app.builder, node["refdoc"], found.docname, found.node_id, contnode)
    return None


def _fields(app, what, name, obj, options, signature, returns):
    """Show a value with its fields, and a record without a constructor: it is begun by an act."""
    shape = getattr(obj, "__shape__", None)
    if what != "class" or shape is None:
        return None
    if issubclass(obj, Record):
        return "", ""
    shown = [key_of(n) if n in shape.required else f"{key_of(n)}={shape.defaults[n]!r}" for n in shape.names]
    return f"({', '.join(shown)})", ""


def _text(app, what, name, obj, options, lines):
    """List the words of a closed list, and keep Napoleon from taking the words before a colon for a type."""
    if what == "class" and issubclass(obj, Choice):
        lines += ["", "Words: " + ", ".join(f"``{word.value}``" for word in obj) + "."]
    if what == "property" and lines:
        lines[0] = lines[0].replace(": ", " -- ", 1)


def setup(app):
    """Make the generated pages before Sphinx looks which pages there are."""
    app.connect("builder-inited", lambda app: tables.write_pages(HERE / "generated"))
    app.connect("doctree-read", _run_examples)
    app.connect("missing-reference", _public)
    app.connect("autodoc-process-signature", _fields)
    app.connect("autodoc-process-docstring", _text, priority=100)  # before Napoleon
