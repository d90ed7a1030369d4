"""Every rule there is, by the examples in tests/rules: what makes exactly it fire, and a neighbour that passes."""

import importlib
import json
import pickle
import pkgutil
import re
from string import Formatter
from typing import Any

import pytest

import coaching
import rules as examples
from coaching import Finding
from coaching.book.asking import EVERY
from coaching.catalogue import ROOMS, catalogue
from coaching.kernel.rules import Rule, Sort
from coaching.records import RECORDS
from stage.rules import Example

MODULES = [importlib.import_module(f"rules.{found.name}") for found in pkgutil.iter_modules(examples.__path__)]
TABLES = {kind.type: kind.lifecycle for kind in RECORDS}
RULES = sorted(catalogue().values(), key=lambda rule: rule.code)

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def every(name: str) -> list[Any]:
    """Every example of a sort, of all modules; some rules have examples in several."""
    return [
        pytest.param(label.split()[0], example, id=f"{module.__name__.rpartition('.')[2]}-{label}")
        for module in MODULES
        for label, example in getattr(module, name, {}).items()
    ]


def known(name: str) -> set[str]:
    """The codes that have an example of a sort."""
    return {code for module in MODULES for code in getattr(module, name)}


def test_no_rule_is_declared_and_not_listed():
    """Nothing is registered: a rule that stands in no room's `RULES`, or in a room that the catalogue does not know, is lost."""
    rooms = [info.name for info in pkgutil.walk_packages(coaching.__path__, "coaching.") if "__main__" not in info.name]
    modules = [importlib.import_module(name) for name in rooms]
    declared = {id(thing): thing for module in modules for thing in vars(module).values() if isinstance(thing, Rule)}
    listed = {id(rule): rule for module in modules for rule in getattr(module, "RULES", ())}
    known = {id(rule) for rule in catalogue().values()}
    assert sorted(rule.code for key, rule in declared.items() if key not in known) == []
    assert sorted(rule.code for key, rule in listed.items() if key not in known) == []
    assert len(listed) == len(known)
    owners = [module.__name__.removeprefix("coaching.") for module in modules if hasattr(module, "RULES")]
    assert sorted(owners) == sorted(ROOMS)


def test_a_rule_across_records_says_from_which_kinds_it_looks():
    """Those of the book, and no other."""
    assert {rule.code for rule in RULES if rule.looks_from} == {rule.code for rule in EVERY}
    assert all(set(rule.looks_from) <= set(TABLES) for rule in EVERY)


def test_every_rule_is_seen_to_fire_and_to_pass():
    """A rule without both examples could be dead, or always fire; an example without a rule shows nothing."""
    codes = set(catalogue())
    assert (codes - known("FIRES"), known("FIRES") - codes) == (set(), set())
    assert (codes - known("PASSES"), known("PASSES") - codes) == (set(), set())


@pytest.mark.parametrize(("code", "example"), [*every("FIRES"), *every("ALSO")])
def test_a_rule_fires_alone_in_its_place(code: str, example: Example):
    """Each example breaks one rule and no other, at the places and as hard as written beside it."""
    found = example()
    assert [(f.code, place_of(f)) for f in found] == [(code, path) for path in example.paths]
    assert {getattr(finding, "severity", "") for finding in found} == {example.severity}


def place_of(finding: Any) -> str:
    """The path of a finding, or the column of a remark about a file."""
    return finding.path if isinstance(finding, Finding) else finding.column


@pytest.mark.parametrize(("code", "example"), [*every("PASSES"), *every("SILENT")])
def test_a_neighbour_passes(code: str, example: Example):
    """What lies just inside the rule does not break it."""
    assert code not in {finding.code for finding in example()}


@pytest.mark.parametrize(("code", "example"), [*every("FIRES"), *every("ALSO")])
def test_a_finding_travels_between_processes_and_to_a_web_form(code: str, example: Example):
    """It pickles to an equal one, and becomes JSON without losing the texts of its rule."""
    rule = catalogue()[code]
    for finding in example():
        assert pickle.loads(pickle.dumps(finding)) == finding
        if not isinstance(finding, Finding):
            continue  # a remark about a file
        told = json.loads(json.dumps(finding.as_dict()))
        assert (told["code"], told["says"], told["mend"]) == (code, rule.says, rule.mend)
        assert told["message"] == finding.message != ""
        assert told["template"].format_map(finding.params) == finding.message
        assert {field for _, field, _, _ in Formatter().parse(finding.template) if field} == set(finding.params)
        assert told["params"] == json.loads(json.dumps(dict(finding.params), default=str))
        assert finding.message in str(finding)
        assert code in str(finding)


SORTS = {Sort.INVARIANT: {"error"}, Sort.GATE: {"error", "warning"}, Sort.ADVICE: {"warning"}}
"""How hard a rule of each sort speaks: a gate refuses an act, and warns of what stands beyond it."""
ONLY_TOLD = {"D009", "H004", "H005", "B004", "B005", "B009", "B016", "B020", "B021", "B036", "X001", "X003"}
"""What is told as a warning: words were erased, as they had to be, or held by the law; somebody got another id; and in an
import, what a row is taken without, or with, which days are doubtful, and which columns are not used."""


@each_rule
def test_a_rule_speaks_as_hard_as_its_sort(rule: Rule):
    """Advice never refuses, and what no record may break is never a mere warning."""
    examples = [e for m in MODULES for name in ("FIRES", "ALSO") for label, e in vars(m).get(name, {}).items()
                if label.split()[0] == rule.code and e.severity]  # fmt: skip
    heard = {example.severity for example in examples}
    assert heard <= SORTS[rule.sort] | ({"warning"} if rule.code in ONLY_TOLD else set())
    assert rule.severity == ("warning" if rule.sort is Sort.ADVICE else "error")


@each_rule
def test_a_code_is_a_letter_and_a_number(rule: Rule):
    """So that it can be looked up, filtered for and sorted."""
    assert re.fullmatch(r"[A-Z]\d{3}", rule.code)


@each_rule
def test_a_rule_speaks_in_sentences(rule: Rule):
    """What should hold, why, and how to mend it: each in words, without a full stop, which the frame sets."""
    for words in (rule.says, rule.why, rule.mend):
        assert len(words.split()) > 1
        assert words == words.strip()
        assert not words.endswith(".")
        assert "\n" not in words
        assert "{" not in words


@each_rule
def test_a_rule_is_asked_where_its_sort_says(rule: Rule):
    """A gate names acts of its record's table, and arrivals that the table has; nothing else names acts."""
    assert bool(rule.acts) == (rule.sort is Sort.GATE)
    for gate in rule.acts:
        act, _, arrival = gate.partition(">")
        kinds = [rule.of] if rule.of in TABLES else rule.looks_from
        assert kinds
        steps = [(a, target) for kind in kinds for a, _, target in TABLES[kind].steps()]
        assert (act, arrival) in steps if arrival else act in {a for a, _ in steps}
