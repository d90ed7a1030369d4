"""What is the same in every process: nothing depends on what a program imported before."""

import json
import os
import pickle
import subprocess
import sys
from typing import Any

import pytest

import coaching
from coaching import Book, Feedback, Policy, Rejected
from coaching.codec import load_book, loads
from coaching.kernel.rules import Finding
from coaching.privacy import erase
from stage import ANNA, OLE, at, on
from stage.book import managed
from stage.goals import draft_goal


def run(program: str, given: bytes = b"") -> str:
    """What a program prints, in a process of its own that is given some bytes."""
    env = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", program], input=given, capture_output=True, env=env, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def refusal(do: Any) -> Rejected:
    """What is raised, by whom ever."""
    with pytest.raises(Rejected) as caught:
        do()
    return caught.value


REFUSALS: dict[str, Any] = {
    "a constraint": lambda: draft_goal().edit(title=" ", by=ANNA, at=at(1)),
    "gates": lambda: draft_goal().propose(OLE, by=ANNA, at=at(1)),
    "a document": lambda: loads('{"type": "gaol", "schema": 1}'),
    "lines": lambda: load_book(b"[]\n{"),
    "the book": lambda: managed([(ANNA, OLE), (OLE, None)]).act(ANNA, "change_manager", position="po-1", manager=ANNA, on=on(1), by="hr", at=at(1)),
    "an erasure": lambda: erase(Book(), "p-99", by="hr", at=at(0), on=on(0)),
    "a policy": lambda: Policy(severities={"G999": "off"}, sign_days=0),
    "many": lambda: Feedback.new("write", "f-1", by=7, at="noon", giver=[], receiver=None, kind="", colour="red"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSALS)
def test_a_refusal_prints_in_a_process_that_imports_nothing_else(what: str):
    """Pickled here, read there: what unpickles it knows all it says, and its plain form is the same."""
    refused = refusal(REFUSALS[what])
    program = (
        "import pickle, sys, json\n"
        "refused = pickle.load(sys.stdin.buffer)\n"
        "print(refused)\n"
        "print(json.dumps([refused.what, refused.codes, refused.as_dicts()]))\n"
        "print(refused == pickle.loads(pickle.dumps(refused)) or refused.findings == pickle.loads(pickle.dumps(refused)).findings)"
    )
    *shown, plain, same = run(program, pickle.dumps(refused)).splitlines()
    assert "\n".join(shown) == str(refused)
    assert json.loads(plain) == [refused.what, list(refused.codes), json.loads(json.dumps(refused.as_dicts()))]
    assert same == "True"


def test_a_finding_says_all_it_says_without_the_catalogue():
    """Its sentences are its own: no module of rules is looked up while it is read."""
    (found,) = refusal(REFUSALS["an erasure"]).findings
    program = (
        "import pickle, sys\n"
        "found = pickle.load(sys.stdin.buffer)\n"
        "print([name for name in sys.modules if name.startswith('coaching.bulk')])\n"
        "print(found); print(found.says); print(found.mend)"
    )
    assert run(program, pickle.dumps(found)).splitlines() == ["[]", str(found), found.says, found.mend]
    assert isinstance(found, Finding)


SEVERITIES = {"G005": "warning", "X004": "off", "F005": "error", "I004": "off"}
IMPORTS = [
    "",
    "import coaching.bulk.importing",
    "import coaching.privacy",
    "import coaching.codec, coaching.testing, coaching.cli",
]
SAID = """
{before}
import json, sys
from coaching import Policy, Rejected, rules
{after}
said = []
policy = Policy(severities={severities!r})
said += [repr(policy), [policy.severity_of(rule).value for rule in rules()], [policy.severity_of(rule.code).value for rule in rules()]]
try:
    Policy(severities={{"B002": "off", "D003": "warning", "Z999": "off", "G005": "loud"}})
except Rejected as refused:
    said += [str(refused), refused.as_dicts()]
said += [[rule.code for rule in rules()]]
print(json.dumps(said))
"""


def test_a_policy_says_the_same_whatever_was_imported():
    """Before, between or afterwards: it knows every rule there is, those of files of people and of privacy among them."""
    said = {
        run(SAID.format(before=before, after=after, severities=SEVERITIES))
        for before, after in [
            *zip(IMPORTS, IMPORTS[1:] + IMPORTS[:1], strict=True),
            *(("", after) for after in IMPORTS),
        ]
    }
    assert len(said) == 1
    severities = json.loads(next(iter(said)))
    assert severities[-1] == [rule.code for rule in coaching.rules()]
    assert severities[1] == severities[2]
    assert {"B002", "D001", "X004"} <= set(severities[-1])


@pytest.mark.parametrize(
    "module", ["coaching", "coaching.codec", "coaching.privacy", "coaching.cadence", "coaching.bulk.importing"]
)
def test_any_room_may_be_imported_first(module: str):
    """No room waits for another to have been there."""
    assert run(f"import {module}, json; from coaching import rules; print(len(rules()))").strip() == str(
        len(coaching.rules())
    )


CIRCLES = """
import builtins, graphlib, importlib.util, pkgutil, sys

plain, needs = builtins.__import__, {}

def watched(name, globals=None, locals=None, fromlist=(), level=0):
    found = plain(name, globals, locals, fromlist, level)
    body = sys._getframe(1)
    while body and body.f_code.co_name != "<module>":
        body = body.f_back  # what a function imports is needed by the module that calls it as it is read
    if body and body.f_globals["__name__"].startswith("coaching"):
        named = importlib.util.resolve_name("." * level + name, (globals or {}).get("__package__"))
        asked = {f"{named}.{it}" for it in fromlist or ()}  # rooms of a package, or names that it has to know by now
        needed = asked if asked and asked <= {*sys.modules} else {named, *asked & {*sys.modules}}
        needs.setdefault(body.f_globals["__name__"], set()).update(needed)
    return found

builtins.__import__ = watched
import coaching
names = [m.name for m in pkgutil.walk_packages(coaching.__path__, "coaching.") if "__main__" not in m.name]
names = [n for n in names if ".django" not in n]  # an application of Django imports these, with its settings
for name in names:
    importlib.import_module(name)
try:
    graphlib.TopologicalSorter(needs).prepare()
    print(len(names), sum(map(len, needs.values())))
except graphlib.CycleError as circle:
    print(*circle.args[1], sep=" is needed by ")
"""


def test_every_module_may_be_imported_first():
    """To try each in a process of its own takes long: where none needs another in a circle, every order will do."""
    said = run(CIRCLES)
    assert "is needed by" not in said
    modules, edges = map(int, said.split())
    assert modules > 200
    assert edges > 1000
