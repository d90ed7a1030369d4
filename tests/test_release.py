"""What a release says of itself is so: its version stands once, its licences are those of what it stands on."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest

import coaching

ROOT = Path(__file__).parents[1]
SAID = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, EXTRAS = SAID["project"], SAID["project"]["optional-dependencies"]
OF_USERS = {name for name in EXTRAS if name not in {"all", "bench", "dev", "release"}}
LICENCES = {  # where a package has no expression of SPDX: what its classifier, or its text, means
    "Apache Software License": "Apache-2.0", "BSD License": "BSD", "BSD 2-Clause License": "BSD-2-Clause",
    "MIT License": "MIT",
}  # fmt: skip


def names(*requirements: str) -> set[str]:
    """The packages that requirements name, without ourselves."""
    return {re.match(r"[\w.-]+", it)[0] for it in requirements} - {"coaching"}


def of_users() -> set[str]:
    """What the extras bring that a user switches on."""
    return names(*(it for extra in OF_USERS for it in EXTRAS[extra])) - names(*PROJECT["dependencies"])


def rows() -> list[list[str]]:
    """The table of licences: in each row the licence, and the packages of the core, of the extras, and of the rest."""
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    table = page.partition("\n| Licence |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def column(n: int) -> list[str]:
    """The packages in one column, from top to bottom."""
    return [name for row in rows() for name in row[n].split(", ") if name]


def test_every_dependency_has_its_licence_once():
    """In the column of those who have it installed."""
    core, extras = names(*PROJECT["dependencies"]), of_users()
    every = names(*PROJECT["dependencies"], *(it for extra in EXTRAS.values() for it in extra))
    for n, expected in ((1, core), (2, extras), (3, every - core - extras)):
        assert sorted(column(n)) == sorted(expected)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_a_licence_is_the_one_that_the_package_says(row):
    """Of all that is installed here; the rivals and the tools of a release are not."""
    for name in ", ".join(filter(None, row[1:])).split(", "):
        try:
            said = importlib.metadata.metadata(name)
        except importlib.metadata.PackageNotFoundError:
            assert name in names(*EXTRAS["bench"], *EXTRAS["release"])
            continue
        classified = [it.rpartition(" :: ")[2] for it in said.get_all("Classifier", []) if it.startswith("License ::")]
        own = said.get("License-Expression") or (classified or [said.get("License")])[0]
        assert row[0].startswith(LICENCES.get(own, own)), name


def test_every_dependency_has_its_reason():
    """On the page, in words: a name in the table alone is not enough."""
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").partition("\n## Licences")[0].lower()
    every = names(*PROJECT["dependencies"], *(it for extra in EXTRAS.values() for it in extra))
    assert [name for name in sorted(every) if name not in page and name.partition("[")[0] not in page] == []


def test_the_version_stands_in_one_place():
    """Who asks for it gets that of `pyproject.toml`."""
    assert importlib.metadata.version("coaching") == PROJECT["version"]
    assert not hasattr(coaching, "__version__")
    written = f'"{PROJECT["version"]}"'
    found = [it for it in (ROOT / "src").rglob("*.py") if written in it.read_text(encoding="utf-8")]
    assert found == []


def test_every_extra_is_in_all():
    """As `coaching[all]` promises."""
    (everything,) = EXTRAS["all"]
    switched = set(re.search(r"\[(.+)\]", everything)[1].split(","))
    assert switched | {"pydantic"} == OF_USERS  # which `fastapi` brings


def test_every_fragment_of_the_changelog_has_a_name_that_says_its_sort():
    """And says something, in whole lines."""
    sorts = "|".join(sort["directory"] for sort in SAID["tool"]["towncrier"]["type"])
    for fragment in (ROOT / "changelog.d").iterdir():
        if fragment.name == ".gitignore":
            continue
        assert re.fullmatch(rf"(\d+|\+[\w-]+)\.({sorts})(\.\d+)?\.md", fragment.name), fragment.name
        text = fragment.read_text(encoding="utf-8")
        assert text.strip().endswith("."), fragment.name
        assert not text.lstrip().startswith(("-", "#")), f"{fragment.name}: towncrier makes the line of the list"
