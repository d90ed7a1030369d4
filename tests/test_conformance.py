"""The vectors of `conformance/`: they are what the code says, and the runner tells a right system from a wrong one."""

import io
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from coaching.catalogue import catalogue
from coaching.kernel.rules import Severity
from coaching.records import KINDS
from coaching.testing.conformance import __main__ as command
from coaching.testing.conformance import writing
from coaching.testing.conformance.answering import answer, answer_line
from coaching.testing.conformance.dates import dates
from coaching.testing.conformance.vectors import Vector, numbered
from coaching.testing.near_misses import MISSES, UNREACHED
from stage.programs import around
from systems.conforming import BUGS, served

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "conformance"
RUN = [sys.executable, str(FOLDER / "run.py")]
SYSTEM = [sys.executable, str(ROOT / "tests" / "systems" / "conforming.py")]
CODE = re.compile(r"[A-Z]\d{3}")
MOST = 6_000_000
"""So many bytes at most, so that the files can be read and compared."""


def lines(name: str) -> list[dict[str, Any]]:
    """The lines of a file, as it stands in the repository."""
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


each_file = pytest.mark.parametrize("name", writing.FILES)
ACTS = [name for name in writing.FILES if name.startswith("acts/")]


# --- what the code says ----------------------------------------------------------------------------------------------


def test_the_files_are_byte_for_byte_what_the_code_says():
    """Changed on purpose? `python -m coaching.testing.conformance conformance/`, and look at the difference."""
    made = dict(writing.files())
    kept = {path.relative_to(FOLDER).as_posix() for sort in ("*.ndjson", "*.json") for path in FOLDER.rglob(sort)}
    assert {name for name in kept if not name.startswith("typescript/")} == set(made)
    assert [name for name, whole in made.items() if (FOLDER / name).read_bytes() != whole] == []


@each_file
def test_a_line_is_one_question_with_an_id_of_its_own(name: str):
    """It says what is asked, what is given and what must come, and why where that helps."""
    every = lines(name)
    assert {tuple(it) for it in every} <= {("id", "ask", "given", "expects"), ("id", "ask", "given", "expects", "why")}
    assert [id for id, n in Counter(it["id"] for it in every).items() if n > 1] == []
    if name != "rules.ndjson":  # of two rules the nearest that passes may be the same
        assert len({json.dumps([it["ask"], it["given"]]) for it in every}) == len(every)


@each_file
def test_a_line_holds_all_that_its_answer_needs(name: str):
    """So each is answered alone, in whatever order; here, every tenth from the end."""
    for line in lines(name)[::-10]:
        assert answer({"ask": line["ask"], "given": line["given"]}).keys() == line["expects"].keys()


def test_the_files_are_small():
    """Small enough to read and to compare."""
    assert sum(path.stat().st_size for path in FOLDER.rglob("*.ndjson")) < MOST


@pytest.mark.parametrize("name", ACTS)
def test_what_is_read_from_json_is_judged_as_in_python(name: str):
    """The codes in an id are those that the act is refused with in Python; edges and pairs of edges are passed."""
    for line in lines(name):
        codes = [part for part in line["id"].split("/") if CODE.fullmatch(part)]
        assert line["expects"].get("codes", []) == sorted(codes), line["id"]
        assert ("record" in line["expects"]) == (not codes)


@pytest.mark.parametrize("name", ACTS)
def test_every_edge_of_a_table_is_there(name: str):
    """Each way from a state to another, but for those of acts that another record does."""
    kind = KINDS[Path(name).stem]
    told = {tuple(it["id"].split("/")[1:4]) for it in lines(name) if it["id"].startswith("edge/")}
    begun = {it["given"]["steps"][0]["act"] for it in lines(name) if it["id"].startswith("begin/")}
    edges = {(str(source), act, str(target)) for act, source, target in kind.lifecycle.steps() if source is not None}
    assert edges - told == set()
    assert {act for act, source, _ in kind.lifecycle.steps() if source is None} == begun


def test_every_rule_that_an_act_or_a_document_can_break_is_there():
    """What breaks it alone, and the nearest that passes; a wrong type as a document, since JSON has fewer."""
    every = {it["id"]: it["expects"]["codes"] for it in lines("rules.ndjson")}
    told = {code for code in MISSES if every.get(f"{code}/refused") == [code] and every.get(f"{code}/passes") == []}
    assert set(MISSES) - told == {"V015"}
    assert any(it["expects"]["codes"] == ["V015"] for it in lines("documents.ndjson"))
    errors = {code for code, it in catalogue().items() if it.severity is Severity.ERROR and it.code[0] != "B"}
    assert errors - set(MISSES) - set(UNREACHED) == set()


def test_documents_of_every_kind_and_state_are_read():
    """Each state of each kind stands in a document that is taken."""
    read = {tuple(it["id"].split("/")[::2]) for it in lines("documents.ndjson") if it["expects"] == {"codes": []}}
    assert {(kind.type, str(state)) for kind in KINDS.values() for state in kind.lifecycle.states} - read == set()


def test_the_books_are_told_most_advice():
    """What is left needs more than a page of records, or a house that asks for it."""
    told = {it["code"] for line in lines("books.ndjson") for it in line["expects"]["findings"]}
    advice = {code for code, it in catalogue().items() if it.severity is Severity.WARNING and it.code[0] != "B"}
    assert len(advice - told) <= len(advice) / 3


def test_what_is_changed_by_hand_breaks_what_it_says():
    """One rule, and no other."""
    told = {it["id"]: it["expects"]["codes"] for it in lines("documents.ndjson") if "/by-hand/" in it["id"]}
    assert {id: codes for id, codes in told.items() if [id.rpartition("/")[2]] != codes} == {}


def test_names_that_are_one_and_names_that_are_two():
    """By their ids."""
    assert {it["id"].split("/")[0]: it["expects"]["same"] for it in lines("names.ndjson")} == {
        "one": True,
        "two": False,
    }


def test_the_manifest_says_what_there_is():
    """Its own version, the schema of each kind of record, and how many lines each file has."""
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["version"] == writing.VERSION
    assert manifest["schemas"] == {kind.type: kind.schema for kind in KINDS.values()}
    assert manifest["vectors"] == {name: len(lines(name)) for name in writing.FILES}


# --- answering -------------------------------------------------------------------------------------------------------


def test_a_question_that_is_not_known_is_not_claimed():
    """So that newer vectors can be played against an older system."""
    assert answer_line('{"ask": "rating", "given": {}}') == b'{"not_claimed":true}\n'


def test_an_act_on_what_an_earlier_act_was_refused_ends_there():
    """The codes of the first that is refused."""
    wrong = {"act": "plan", "id": "i-1", "by": "p-1", "at": "2026-03-02T09:00:00Z", "given": {}}
    sign = {"act": "sign", "id": "i-1", "by": "p-1", "at": "2026-03-02T09:00:00Z"}
    assert answer({"ask": "live", "given": {"kind": "interview", "steps": [wrong, sign]}}) == {"codes": ["V014"]}


def test_a_book_that_cannot_be_is_refused_by_its_codes():
    """Two records of one id."""
    organisation = next(it["given"]["document"] for it in lines("documents.ndjson") if it["id"].startswith("organ"))
    asked = {"records": [organisation] * 2, "on": "2026-03-02"}
    assert answer({"ask": "check", "given": asked}) == {"codes": ["X001"]}


@pytest.mark.parametrize("due", ["soon", "2026-02-30"])
def test_what_is_no_day_is_left_to_the_act(due: str):
    """It says what it is not."""
    given = {"coachee": "p-1", "interviewer": "p-2", "kind": "annual", "due_on": due}
    step = {"act": "plan", "id": "i-1", "by": "p-1", "at": "2026-03-02T09:00:00Z", "given": given}
    assert answer({"ask": "live", "given": {"kind": "interview", "steps": [step]}}) == {"codes": ["V015"]}


def test_the_second_of_one_name_has_a_number_and_what_is_asked_twice_stands_once():
    """So an id stays as long as its question does."""
    one, other = Vector("a", "due", {"n": 1}), Vector("a", "due", {"n": 2})
    assert [it.id for it in numbered([one, one, other])] == ["a", "a/2"]


# --- the command -----------------------------------------------------------------------------------------------------


def test_the_command_writes_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any):
    """And says which files; the second time there is nothing to write."""
    monkeypatch.setattr(writing, "FILES", {"acts/due.ndjson": dates})
    command.main([str(tmp_path)])
    assert capsys.readouterr().out.startswith("11 files written: acts/due.ndjson schemas/organisation.json")
    command.main([str(tmp_path)])
    assert capsys.readouterr().out == "nothing has changed\n"
    assert (tmp_path / "acts" / "due.ndjson").read_bytes() == (FOLDER / "due.ndjson").read_bytes()


def test_without_a_folder_it_answers_line_by_line(monkeypatch: pytest.MonkeyPatch):
    """So that any program can ask the library."""
    asked = b'{"ask": "same_name", "given": {"one": "Anna", "other": "ANNA"}}\n'
    said = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(asked * 2)))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(said, write_through=True))
    command.main([])
    assert said.getvalue() == b'{"same":true}\n' * 2


def test_it_is_a_program():
    """As systems in other languages start it."""
    command = [sys.executable, "-m", "coaching.testing.conformance"]
    asked = '{"ask": "same_name", "given": {"one": "Anna", "other": "Ana"}}\n'
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout == '{"same":false}\n'


# --- the runner ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every fortieth vector."""
    folder = tmp_path_factory.mktemp("vectors")
    for name in writing.FILES:
        (folder / name).parent.mkdir(exist_ok=True)
        kept = (FOLDER / name).read_bytes().splitlines(keepends=True)[::40]
        (folder / name).write_bytes(b"".join(kept))
    return folder


def played(folder: Path, *system: str) -> "subprocess.CompletedProcess[str]":
    """Play the vectors of a folder."""
    command = [*RUN, "--folder", str(folder), *system]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300, env=around()
    )


def totals(said: str) -> list[int]:
    """Passed, failed, not claimed."""
    return [int(it) for it in said.splitlines()[-1].split()[1:]]


def test_the_library_passes_over_a_pipe(some: Path):
    """All of them, a line each."""
    done = played(some, *SYSTEM)
    assert (done.returncode, done.stderr) == (0, "")
    assert totals(done.stdout)[1:] == [0, 0]
    assert len(done.stdout.splitlines()) == len(writing.FILES) + 2


def test_the_library_passes_over_http(some: Path):
    """As over a pipe."""
    with served() as url:
        done = played(some, url)
    assert (done.returncode, done.stderr) == (0, "")
    assert totals(done.stdout) == totals(played(some, *SYSTEM).stdout)


@pytest.mark.parametrize("bug", [bug for bug in BUGS if bug != "claims_nothing"])
def test_a_wrong_system_fails_and_is_shown_where(some: Path, bug: str):
    """With what was expected and what came."""
    done = played(some, *SYSTEM, bug)
    assert done.returncode == 1
    assert totals(done.stdout)[1] > 0
    assert "    expected {" in done.stdout
    assert "    answered " in done.stdout


def test_who_claims_nothing_passes_nothing(some: Path):
    """What is not claimed is never passed, and somebody has to pass something."""
    done = played(some, *SYSTEM, "claims_nothing")
    assert done.returncode == 1
    assert totals(done.stdout)[:2] == [0, 0]


def test_a_claim_may_not_shrink(some: Path):
    """`--at-least` says how many have to pass."""
    passed = totals(played(some, *SYSTEM).stdout)[0]
    assert played(some, "--at-least", str(passed), *SYSTEM).returncode == 0
    assert played(some, "--at-least", str(passed + 1), *SYSTEM).returncode == 1


def test_a_system_that_ends_is_said_to(some: Path):
    """Each question after it fails; the runner goes on."""
    done = played(some, sys.executable, "-c", "pass")
    assert done.returncode == 1
    assert "no answer" in done.stdout
    assert "Traceback" not in done.stderr


def test_some_system_has_to_be_named():
    """Otherwise it says how."""
    done = subprocess.run(RUN, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "a command, or a URL" in done.stderr
