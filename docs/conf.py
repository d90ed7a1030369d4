"""How Sphinx builds these pages: `python -m sphinx -n -W -b html docs docs/_build/html`."""

import builtins
import sys
from importlib.metadata import version as version_of

project = "coaching"
author = "The coaching authors"
copyright = "2026, The coaching authors"
release = version_of("coaching")
version = ".".join(release.split(".")[:2])

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.doctest", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "coaching"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"  # the modules are written to be read from top to bottom
autodoc_typehints = "description"
autodoc_preserve_defaults = True
napoleon_numpy_docstring = False

# pytest runs the examples in docstrings; the doctest builder runs those that the pages mark as such.
doctest_test_doctest_blocks = ""

# A reference to a name of ours must lead somewhere. Names of others are not looked up: that would need a network.
nitpicky = True
_others = {*sys.stdlib_module_names, "annotated_types", "attr", "attrs", "cattrs", "click", "dateutil"}
_others |= {"frozendict", "hypothesis", "msgspec", "rich", "rpds"}
nitpick_ignore = [("py:class", name) for name in dir(builtins)]
nitpick_ignore_regex = [
    ("py:.*", rf"({'|'.join(sorted(_others))})(\..*)?"),
    ("py:class", r"\w+=.*"),  # a limit inside Annotated, which Sphinx takes for a class: min_length=1
]
