"""How Sphinx builds these pages: `python -m sphinx -n -W -b html docs docs/_build/html`.

The pages in `generated` are made from the code, here and by `python docs/_ext/made.py`: see `_ext`.
"""

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

extensions = ["myst_parser", "pages"]
exclude_patterns = ["_build"]
smartquotes = False  # quotes stand in code as well, and in messages that people search for
html_theme = "furo"
html_title = "coaching"
html_static_path = ["_static"]
html_css_files = ["pictures.css"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 4
# The blocks of the pages are run by tests/test_docs.py, those of docstrings by pytest where they stand.
