"""What the docstring of an act says that it raises agrees with its table and its gates: whoever reads it is not misled."""

import re
import sys
from pathlib import Path

import pytest

from coaching.kernel.lifecycle import ANYONE, START, V011
from coaching.records import RECORDS

sys.path.insert(0, str(Path(__file__).parents[1] / "docs" / "_ext"))
import actpages
import rulepages

ACTS = [
    (kind, name, act) for kind in RECORDS for name, act in actpages.acts_of(kind) if name not in {"import_", "reimport"}
]
ACT = pytest.mark.parametrize(("kind", "name", "act"), ACTS, ids=[f"{k.type}-{n}-{a.__name__}" for k, n, a in ACTS])


def told(act):
    """What the section `Raises` says."""
    return actpages.section(act, "Raises").get("Rejected", "")


def codes(act):
    """The codes that it names."""
    return set(re.findall(r"\b[A-Z]\d{3}\b", told(act)))


def rows_of(kind, name):
    """The rows of the table for an act."""
    return [row for row in kind.lifecycle.rows if row.act == name]


def guards(kind, name, act):
    """What guards the act; of an act in two halves the one that goes on: what begins is judged as it is made."""
    halves = [other for k, n, other in ACTS if (k, n) == (kind, name)]
    return set() if actpages.begins(act) and len(halves) > 1 else set(actpages.guards_of(kind, name))


@ACT
def test_an_act_names_what_guards_it(kind, name, act):
    """Gates, closed doors, and the row's own rule. What several kinds share has other gates in each: the page adds them."""
    if actpages.owner_of(act) not in actpages.SHARED:
        assert guards(kind, name, act) <= codes(act)
    else:
        page = actpages.acts_page()
        (line,) = re.findall(rf"^## {rulepages.titled(kind.type)}\n(?:(?!^## ).*\n)*?(And .*)$", page, re.MULTILINE)
        codes_there = ", ".join(rulepages.linked(code) for code in sorted(guards(kind, name, act)))
        assert f"`{name}` ({codes_there})" in line or not codes_there


@ACT
def test_an_act_names_no_gate_that_does_not_guard_it(kind, name, act):
    """A gate that is named is one of this act."""
    rules = rulepages.every_rule()
    gates = {code for code in codes(act) if rules[code].acts}
    assert gates <= set(actpages.guards_of(kind, name))


@ACT
def test_an_act_says_from_where_it_is_open(kind, name, act):
    """V010 is named where some state has no row, and only there; of an act on a part, for the part's own table."""
    sources = {source for row in rows_of(kind, name) for source in row.sources} - {START}
    if actpages.begins(act):
        assert "V010" not in codes(act)
        return
    if sources != set(kind.lifecycle.states):
        assert "V010" in codes(act)
    states = re.search(r"V010 unless (.+?)(?= \(|,? [A-Z]\d{3}|,? and |[.;]|$)", told(act))
    named = set(re.split(r", | or ", states[1])) if states else set()
    if named and named <= set(kind.lifecycle.states):
        assert named == sources


@ACT
def test_an_act_says_who_may_do_it(kind, name, act):
    """V011 is named where the rows leave it to somebody and have no rule of their own for that."""
    begins = actpages.begins(act)
    rows = [row for row in rows_of(kind, name) if begins is (START in row.sources) or not begins]
    held = any(row.rule is V011 and ANYONE not in row.who for row in rows)
    assert ("V011" in codes(act)) is held or (begins and "V011" not in codes(act))
