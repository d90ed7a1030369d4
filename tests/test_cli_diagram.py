"""`coaching diagram`: what is written, where to, and what is refused."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from coaching import cli
from coaching.diagrams import lifecycle, mermaid, svg
from coaching.diagrams.lifecycles import NAMES
from stage.pictures import Picture, read_mermaid

PLANT = Path(__file__).parents[1] / "examples" / "plant.ndjson"
OF_PLANT = ("--book", PLANT, "--on", "2026-11-25")


def run(*typed, width=80, typed_in=None):
    """The command as typed."""
    return CliRunner(env={"COLUMNS": str(width)}).invoke(cli.main, ["diagram", *map(str, typed)], input=typed_in)


def told(*typed, **given):
    """What is written, where all goes well."""
    done = run(*typed, **given)
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_a_lifecycle(name, tmp_path):
    """As Mermaid text, or as a picture, to the terminal or to a file."""
    assert told(name) == mermaid(lifecycle(name)) + "\n"
    assert told(name, "--as", "svg") == svg(lifecycle(name)) + "\n"
    out = tmp_path / "it.svg"
    assert told(name, "--as", "svg", "--out", out) == ""
    assert out.read_text(encoding="utf-8") == svg(lifecycle(name)) + "\n"


def test_the_help_shows_what_may_be_drawn_a_line_each():
    """As it is written, and without the mark that says so to click."""
    lines = told("--help").splitlines()
    assert "  diagram goal                                  states, acts, who may, gates" in lines
    assert "  diagram coverage --book B                     who is due, by unit and month" in lines
    assert not any("\\b" in line for line in lines)


@pytest.mark.parametrize("what", ["path", "timeline", "chain"])
def test_of_somebody(what):
    """For a viewer: in either form."""
    read_mermaid(told(what, "anna", *OF_PLANT, "--for", "anna").rstrip("\n"))
    assert Picture(told(what, "anna", *OF_PLANT, "--for", "anna", "--as", "svg")).boxes
    assert told(what, "anna", *OF_PLANT, "--for", "anna") != told(what, "anna", *OF_PLANT, "--for", "jan")


def test_coverage(tmp_path):
    """By unit, with a policy of the house; from standard input."""
    assert "Office, Tools" in told("coverage", *OF_PLANT)
    policy = tmp_path / "house.toml"
    policy.write_text("smallest_group = 1\n", encoding="utf-8")
    assert "withheld" not in told("coverage", *OF_PLANT, "--policy", policy)
    assert told("coverage", "--book", "-", "--on", "2026-11-25", typed_in=PLANT.read_bytes()) == told(
        "coverage", *OF_PLANT
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["gaol"], "'gaol' is not one of"),
        (["coverage"], "name the book that it is of: --book FILE"),
        (["coverage", "anna", *OF_PLANT], "it takes no person"),
        (["coverage", *OF_PLANT, "--for", "anna"], "it takes no person"),
        (["goal", "anna", *OF_PLANT], "a lifecycle is of nobody: write diagram goal"),
        (["timeline", *OF_PLANT], "name the person whose timeline it is: diagram timeline PERSON"),
        (["path", "anna", *OF_PLANT], "name who looks, since it shows what that person may see: --for anna, say"),
        (["path", "anna"], "name the book"),
        (["path", *OF_PLANT], "name the person whose path it is"),
        (["goal", "--for", "anna"], "a lifecycle is of nobody"),
    ],
)
def test_a_wrong_use(typed, expected):
    """Says what would be right."""
    done = run(*typed, width=400)
    assert done.exit_code == 2
    assert expected in done.stderr


def test_what_is_not_there(tmp_path):
    """A person, a file, and a folder that is none."""
    done = run("path", "nobody", *OF_PLANT, "--for", "anna")
    assert done.exit_code == 3
    assert "X002" in done.stderr
    assert run("coverage", "--book", tmp_path / "none").exit_code == 3
    assert run("goal", "--out", tmp_path / "none" / "it.svg").exit_code == 3


def test_without_the_extra(monkeypatch):
    """A picture says what to install."""
    monkeypatch.setitem(sys.modules, "graphlay", None)
    for name in ("coaching.diagrams.drawing", "coaching.diagrams.placing"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.delattr("coaching.diagrams.drawing", raising=False)
    done = run("goal", "--as", "svg", width=400)
    assert done.exit_code == 2
    assert "pip install 'coaching[diagrams]'" in done.stderr
    assert run("goal").exit_code == 0
