"""How Sphinx builds these pages: `python -m sphinx -n -W -b html docs docs/_build/html`.

The pages in `generated` are made from the code, here and by `python docs/_ext/made.py`: see `_ext`.
"""

import builtins
import os
import sys
import tomllib
from pathlib import Path

import django

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "_ext"), str(HERE.parent / "tests")]

os.environ.setdefault(
    "DJANGO_SETTINGS_MODULE", "stage.in_django"
)  # pages that use Django run in the tests' application
django.setup()

project = "coaching"
author = "The coaching authors"
copyright = "2026, The coaching authors"
release = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
version = ".".join(release.split(".")[:2])

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.doctest", "sphinx.ext.napoleon", "pages"]
exclude_patterns = ["_build"]
smartquotes = False  # quotes stand in code as well, and in messages that people search for
html_theme = "furo"
html_title = "coaching"
html_static_path = ["_static"]
html_css_files = ["pictures.css"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"  # the modules are written to be read from top to bottom
python_use_unqualified_type_names = True
autodoc_preserve_defaults = True
napoleon_numpy_docstring = False
napoleon_use_rtype = False  # what an act returns is said in words, and words are no type

# pytest runs the examples in docstrings; the doctest builder runs those of the pages, which are written as `pycon`.
doctest_test_doctest_blocks = ""

# A reference to a name of ours must lead somewhere. Names of others are not looked up: that would need a network.
nitpicky = True
_others = {*sys.stdlib_module_names, "annotated_types", "attr", "attrs", "cattrs", "click", "dateutil"}
_others |= {"fastapi", "frozendict", "hypothesis", "icalendar", "msgspec", "pl", "pydantic", "rich", "rpds"}
_others |= {"starlette", "sqlalchemy", "sa", "django", "models", "forms"}
_others |= {"babel"}
nitpick_ignore = [("py:class", name) for name in dir(builtins)]
nitpick_ignore_regex = [
    ("py:.*", rf"({'|'.join(sorted(_others))})(\..*)?"),
    ("py:class", r"\w+=.*"),  # a limit inside Annotated, which Sphinx takes for a class: min_length=1
    ("py:class", "SearchStrategy|Converter|Decimal"),  # of others, imported for type checkers alone
    ("py:exc", "InvalidArgument"),  # of Hypothesis
    ("py:class", r"coaching\.bulk\.(merging\.Change|mapping\.classes\.Records)"),  # whose `type` would be Python's
    ("py:class", r"coaching\.kernel\.rules\.Choice"),  # any closed list of words
    ("py:class", "Cell"),  # a list of cells is a cell
    ("py:class", "Word"),  # of states: a plain one, or a strategy of some
    ("py:class", r"coaching\.testing\.(binding\..*|machines\.\w+TestCase)"),  # what a found fault holds besides
    ("py:class", r"(coaching\.integrations\.stores\.)?C(_contra)?"),  # same: what a store speaks over
    ("py:class", r"coaching\.book\..*\.(R|_ShelfT)"),  # type variables: whichever kind of record, or of book
    ("py:class", r"AnyKey|(coaching\.kernel\.record\.)?(ActT|BeginT)"),  # how a record is named; the names of its acts
]
