"""What a reader sees is true: every block of the pages runs, and what is said twice is said alike."""

import ast
import doctest
import importlib
import inspect
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import attrs
import click
import pytest

from coaching.book.cadence import Coverage
from coaching.bulk.mapping import Column, Lookup, Mapping, Records, SourceOf
from coaching.cli import main
from coaching.cli.terminal import EXITS, Exit
from coaching.kernel.classes import model_of
from coaching.kernel.lifecycle import Lifecycle
from coaching.records import RECORDS
from coaching.records.people import STANDINGS
from coaching.texts import entries

ROOT = Path(__file__).parents[1]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]

BLOCK = re.compile(
    r"(?P<before>[^\n]*)\n\n?(?P<indent> *)```(?P<kind>[\w{}-]*)(?: [^\n]+)?\n(?P<text>.*?)\n(?P=indent)```$",
    re.DOTALL | re.MULTILINE,
)
EXCUSE = re.compile(r"<!-- not run: \S.+ -->")
SESSIONS, PROGRAMS = {"pycon"}, {"py", "python", "python3"}
SHOWN = {"", "console", "json", "mermaid", "pyi", "text", "toml"}  # what is shown and not run

sys.path.insert(0, str(ROOT / "docs" / "_ext"))  # the makers of the generated pages, which are no part of the package
import actpages  # noqa: E402  (found through the line above)
import apinames  # noqa: E402  (same)
import apipages  # noqa: E402  (same)
import apisource  # noqa: E402  (same)
import made  # noqa: E402  (same)
import rulepages  # noqa: E402  (same)


def blocks(page: Path) -> list[re.Match[str]]:
    """The fenced blocks of a page, in their order."""
    return list(BLOCK.finditer("\n" + page.read_text(encoding="utf-8")))


def text_of(name: str) -> str:
    """The text of a file of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


# --- every block runs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_block_of_a_page_runs_or_says_why_not(page):
    """Blocks share one namespace for each page, as a reader would type them from top to bottom."""
    names: dict[str, object] = {"__name__": "page"}
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    said: list[str] = []
    for block in blocks(page):
        line = page.read_text(encoding="utf-8")[: block.start("text")].count("\n")
        if EXCUSE.fullmatch(block["before"].strip()) or block["kind"].startswith("{"):  # a directive is Sphinx's to run
            continue
        if block["kind"] in SESSIONS:
            parsed = doctest.DocTestParser().get_doctest(block["text"] + "\n", names, page.name, str(page), line)
            assert parsed.examples, f"{page.name}:{line}: a session without a prompt"
            runner.run(parsed, out=said.append, clear_globs=False)
            names = parsed.globs
        elif block["kind"] in PROGRAMS:
            exec(compile(block["text"], f"{page.name}:{line}", "exec"), names)  # noqa: S102  (it is our own page)
        else:
            assert block["kind"] in SHOWN, f"{page.name}:{line}: unknown kind of block"
            assert ">>>" not in block["text"], f"{page.name}:{line}: a session that nobody runs"
    assert not runner.failures, "".join(said)


def test_no_block_escapes():
    """Every fence that opens is one of the blocks that are looked at."""
    for page in PAGES:
        fences = re.findall(r"^ *```", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(fences) == 2 * len(blocks(page)), page.name


# --- the README ------------------------------------------------------------------------------------------------------


def ci_command(name: str) -> str:
    """A command as `.ci/run` holds it."""
    found = re.search(rf'^{name}="(.+)"$', text_of(".ci/run"), re.MULTILINE)
    assert found, name
    return found[1]


@pytest.mark.parametrize("name", ["test_command", "main_job"])
def test_the_readme_holds_the_commands_that_the_checks_run(name):
    """Word for word, on a line of their own, so that they can be copied."""
    assert ci_command(name) in text_of("README.md").splitlines()


def test_the_readme_shows_what_the_main_job_prints():
    """Every line of the excerpt is one that the command writes."""
    shown = next(b["text"] for b in blocks(ROOT / "README.md") if b["kind"] == "text" and "annual career" in b["text"])
    job = shlex.split(ci_command("main_job").rpartition("&& .venv/bin/")[2])
    env = {**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", *job], cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8", check=True
    )
    printed = [line.rstrip() for line in done.stdout.splitlines()]
    assert [line for line in shown.splitlines() if line and line not in printed] == []


def test_importing_shows_what_its_commands_print(tmp_path):
    """One after the other, as a reader would type them; what is shown are lines that are printed, in their order."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    env = {**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": os.pathsep.join(sys.path)}
    every = blocks(ROOT / "docs" / "importing.md")
    for block, after in pairwise(every):
        if block["kind"] != "console":
            continue
        command = block["text"].replace(".venv/bin/coaching", f"{shlex.quote(sys.executable)} -m coaching")
        done = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, env=env, capture_output=True, text=True, encoding="utf-8", check=True
        )
        printed = [line.rstrip() for line in done.stdout.splitlines()]
        shown = after["text"].splitlines() if after["kind"] == "text" else []
        rest = iter(printed)
        assert [line for line in shown if line not in rest] == [], block["text"]


def test_every_picture_of_a_page_is_made():
    """By the code, as a file that is kept; and each that is made is shown on a page."""
    shown = set[Path]()
    for page in PAGES:
        for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            shown.add((page.parent / name).resolve())
    kept = ROOT / "docs" / "generated"
    assert {str(it.relative_to(kept)) for it in shown} == {it for it in made.PAGES if it.endswith(".svg")}


# --- the generated pages ---------------------------------------------------------------------------------------------


def test_the_page_of_rules_has_each_rule_once():
    """With its sentence, its reason and its mending."""
    page = rulepages.rules_page()
    for code, rule in rulepages.every_rule().items():
        assert code[0] in rulepages.AREAS, f"docs/_ext/rulepages.py has no name for the letter of {code}"
        assert page.count(f"\n### {code}\n") == 1
        assert rule.says
        assert rule.why
        assert rule.mend


def test_the_page_of_lifecycles_has_each_act_of_each_table():
    """Records and the parts that have a life of their own."""
    page = rulepages.lifecycles_page()
    assert all(isinstance(table, Lifecycle) for table in rulepages.every_lifecycle().values())
    for name, table in rulepages.every_lifecycle().items():
        assert f"](pictures/{name.replace(' ', '_')}.svg)" in page
        for row in table.rows:
            assert f"\n| `{row.act}` | " in page


def test_the_page_of_lifecycles_says_where_a_person_stands():
    """Each act of the table that is read for a day has its standings in its row."""
    page = rulepages.lifecycles_page()
    for act, standings in STANDINGS.items():
        (row,) = re.findall(rf"^\| `{act}` \| known \| .+ \|$", page, re.MULTILINE)
        assert row.endswith(f"| {', '.join(standing.replace('_', ' ') for standing in standings)} |")


def test_the_standings_lead_where_their_acts_lead():
    """By hand, from what each act is for."""
    assert rulepages.standings() == {
        (None, "ahead"): ["register"],
        (None, "active"): ["register"],
        (None, "outside"): ["register"],
        ("ahead", "active"): ["on the day"],
        ("active", "on_leave"): ["go_on_leave"],
        ("active", "left"): ["leave"],
        ("on_leave", "active"): ["come_back", "cancel_leave"],
        ("on_leave", "left"): ["leave"],
        ("left", "active"): ["join", "stay"],
        ("outside", "active"): ["join"],
    }


def below(page: str, title: str) -> str:
    """What stands below a title of the second order."""
    return re.search(rf"^## {title}\n(.+?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)[1]


@pytest.mark.parametrize("kind", RECORDS, ids=[kind.type for kind in RECORDS])
def test_the_page_of_acts_has_each_act_with_its_arguments(kind):
    """With what must be given and what is given where nothing is; each field of the record; each gate of an act."""
    page = text_of("docs/generated/acts.md")
    own = below(page, kind.type.capitalize())
    for act in kind.lifecycle.acts:
        assert f"`{act}`" in own
        method = getattr(kind, act)
        method = getattr(method, "__func__", method)
        home = below(page, actpages.SHARED.get(method.__qualname__.split(".")[0], kind.type.capitalize()))
        rows = re.search(rf"^\| \*\*`{act}`\*\* .+\n((?:\| \| .+\n)*)", home, re.MULTILINE)[1]
        for name, parameter in inspect.signature(method).parameters.items():
            if name in actpages.OURS or parameter.kind is parameter.VAR_KEYWORD:
                continue
            (row,) = re.findall(rf"^\| \| `{name}` \| .+? \| (.*?) \| .*\|$", rows, re.MULTILINE)
            assert (row == "needed") is (parameter.default is parameter.empty)
    for name in model_of(kind).names:
        assert f"\n| `{name}` | " in page
    for gate, rules in model_of(kind).gates.items():
        (row,) = re.findall(rf"^(?:\| \*\*|And .*)`{gate.partition('>')[0]}`.+$", own, re.MULTILINE)
        assert all(rule.code in row for rule in rules)


def test_the_page_of_acts_has_each_part_and_each_closed_list():
    """All that an act or a field may hold can be looked up there."""
    page = text_of("docs/generated/acts.md")
    for model in actpages.parts():
        assert f"\n### {model.cls.__name__}\n" in page
    for target in re.findall(r"\]\(#([\w-]+)\)", page):
        assert target in {re.sub(r" ", "-", title.lower()) for title in re.findall(r"^#+ (.+)$", page, re.MULTILINE)}
    for kind in (*RECORDS, *(model.cls for model in actpages.parts())):
        for field in model_of(kind).fields.values():
            if field.is_choice:
                assert f"\n| {field.kind.__name__} | " in page


@pytest.mark.parametrize("name", made.PAGES)
def test_a_generated_page_is_what_the_code_makes(name):
    """It is kept, so that a clone can be read; when the code has changed, run `python docs/_ext/made.py`."""
    assert text_of(f"docs/generated/{name}") == made.PAGES[name]()


def test_the_pages_are_written_only_when_they_change(tmp_path):
    """So that a second build has nothing to do."""
    folder = tmp_path / "generated"
    made.write_pages(folder)
    first = {page: (folder / page).stat().st_mtime_ns for page in made.PAGES}
    made.write_pages(folder)
    assert {page: (folder / page).stat().st_mtime_ns for page in made.PAGES} == first


# --- the reference ---------------------------------------------------------------------------------------------------

API_PAGES = [ROOT / "docs" / "generated" / "api" / f"{name}.md" for name in apinames.API]
FACES = [
    "coaching", "coaching.cadence", "coaching.codec", "coaching.diagrams", "coaching.forms", "coaching.integrations.scim",
    "coaching.privacy", "coaching.testing", "coaching.texts",
]  # fmt: skip


def titles(page: Path) -> list[str]:
    """The titles of a page, by the anchors that they give; what stands in a block is none."""
    text = "".join(re.split(r"^```.*?^```$", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL))
    return [apipages.anchor(title) for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)]


def told_of_names() -> dict[str, tuple[str, str]]:
    """Each name of the reference by where it is imported from: its title, and what follows its signature."""
    pattern = r"^#{2,3} (.+)\n\n`([\w.]+)`.*\n\n(?:```pyi\n[^`]*```\n\n)?(.*)"
    return {
        path: (title, rest)
        for page in API_PAGES
        for title, path, rest in re.findall(pattern, page.read_text("utf-8"), re.MULTILINE)
    }


@pytest.mark.parametrize("face", FACES)
def test_the_reference_has_every_public_name(face):
    """What users import has a title, a place to import it from, and something said of it."""
    module, told = importlib.import_module(face), told_of_names()
    for name in module.__all__:
        assert told[f"{face}.{name}"][0] == (f"class {name}" if inspect.isclass(getattr(module, name)) else name)


def test_of_every_name_of_the_reference_something_is_said():
    """Beside its signature."""
    without = [path for path, (_, rest) in told_of_names().items() if not re.match(r"[^\n#`]", rest)]
    assert without == []


def test_the_faces_are_those_with_a_list_of_names():
    """A new module with `__all__` that users import from has to stand in the reference."""
    inner = {"coaching.bulk", "coaching.logs", "coaching.testing.attempts", "coaching.testing.walks"}
    found = {
        ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / "src").rglob("*.py")
        if re.search(r"^__all__ = ", path.read_text("utf-8"), re.MULTILINE)
    }
    assert sorted(name for name in found if not any(name == it or name.startswith(f"{it}.") for it in inner)) == FACES


@pytest.mark.parametrize("page", API_PAGES, ids=lambda page: page.stem)
def test_a_page_of_the_reference_can_be_read_and_linked(page):
    """No name is written out that only the frame reads; no anchor stands twice; every code leads to its rule."""
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"Annotated\[|\bAs\[|Unpack\[|\b(ActT|BeginT)\b|\bAny[A-Z]", text)
    assert len(titles(page)) == len(set(titles(page)))
    assert f"](generated/api/{page.name})" in text_of("docs/reference.md")
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    prose = re.sub(r"\[([A-Z]\d{3})\]\(\.\./rules\.md#([a-z]\d{3})\)", "", prose)
    assert re.findall(r"\b[A-Z]\d{3}\b", re.sub(r"`[^`]*`", "", prose)) == []


def test_an_act_is_told_once():
    """On the page of acts; the page of records leads there."""
    page = text_of("docs/generated/api/records.md")
    for kind in RECORDS:
        assert f"(../acts.md#{rulepages.titled(kind.type).lower().replace(' ', '-')})" in page
        for act, _ in actpages.acts_of(kind):
            assert f" {kind.__name__}.{act}\n" not in page


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Annotated[Text, G001] | None", "Text | None"),
        ("As[InvestmentKind, AnyInvestmentKind]", "InvestmentKind"),
        ("AnyGoalKind | GoalKind", "GoalKind"),
        ("Span | Mapping[str, object] | None", "Span | None"),
        ("str | Mapping[str, object]", "str | Mapping[str, object]"),
        ("Unpack[GoalDetails]", "GoalDetails"),
        ("Record[ActT, BeginT]", "Record"),
        ("AnyKey[ActT]", "Record | tuple[str, str] | str"),
        ("Callable[[Sight, Any], bool]", "Callable[[Sight, Any], bool]"),
        ('Literal["a", "b"]', "Literal['a', 'b']"),
        ("sa.Connection", "Connection"),
        ('"Book | None"', "Book | None"),
    ],
)
def test_a_type_is_said_by_its_short_name(written, read):
    """As a person would."""
    assert apisource.short(ast.parse(written, mode="eval").body) == read


def test_a_signature_fits_a_line_or_has_one_for_each_argument():
    """With what is given by name alone, what may be left out, and nothing of `self`."""
    page = text_of("docs/generated/api/records.md")
    assert "\ndef act(act: str, /, **given: Any) -> Self\n" in page
    assert (
        "\nclass GoalContent(TypedDict):\n    why: str | None\n    serves: tuple[Ref, ...]\n" in page
    )  # which it inherits
    assert "\nclass Measure(unit: Word, start: Number, target: Number)\n" in page
    assert "\ndef stalled(on: date, *, policy: Policy = POLICY) -> bool\n" in page
    assert "\n    person: str,\n    *,\n    on: date | None = None,\n    admin: bool = True,\n) -> " in page
    book = text_of("docs/generated/api/book.md")
    assert "\nclass Book(records: Iterable[Record] = (), *, load: Load | None = None)\n" in book  # made by its base
    assert "\n| `Load` | `Callable[[tuple[Place, ...]], Iterable[Record]]`: " in book
    assert '    state: CommitmentState = "promised",\n' in page
    for block in (block for it in API_PAGES for block in blocks(it) if block["kind"] == "pyi"):
        assert not re.search(r"\b(self|cls)\b[,)]", block["text"])


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Each command by its path."""
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, f"{path} {name}")


@pytest.mark.parametrize(("path", "command"), list(commands(main, "coaching")), ids=str)
def test_the_page_of_commands_has_every_argument_and_option(path, command):
    """With its help, its choices, and what is where it is left out."""
    page = text_of("docs/generated/commands.md")
    own = below(page, path)
    for it in command.params:
        named = it.opts[0] if isinstance(it, click.Option) else (it.metavar or it.name.upper())
        (row,) = re.findall(rf"^\| `{re.escape(named)}`.*$", own, re.MULTILINE)
        assert all(f"`{word}`" in row for word in getattr(it.type, "choices", ()))
        assert row.endswith("| needed |") is it.required
        if isinstance(it, click.Option) and it.help:
            assert rulepages.plain(it.help.partition("`")[0]).replace("|", "\\|") in row
    assert all(f"\n| {code.value} | " in page for code in Exit)


def test_the_page_of_messages_has_every_template_and_word():
    """With what stands in it; what a rule says, and what an act is, stands elsewhere."""
    page = text_of("docs/generated/messages.md")
    rules = text_of("docs/generated/rules.md")
    for entry in entries():
        text = rulepages.plain(entry.text).replace("|", "\\|")
        if entry.context == "message":
            (row,) = re.findall(rf"^\| {re.escape(text)} \| .*$", page, re.MULTILINE)
            assert all(f"`{name}` {kind}" in row for name, kind in entry.params.items())
            assert all(f"[{name}](rules.md#{name.lower()})" in row or f"`{name}`" in row for name in entry.about)
        elif entry.context in {"why", "mend"}:
            assert f":* {rulepages.plain(entry.text)}." in rules
        elif entry.context not in {"says", "help"}:
            (row,) = re.findall(rf"^\| `{entry.context}` \| .*$", page, re.MULTILINE)
            assert re.search(rf"(?:\| |, ){re.escape(text)}(?:,| \|)", row)


def test_testing_lists_every_strategy():
    """In the table, so that people find the one they need."""
    page = text_of("docs/testing.md")
    strategies = [name for name in importlib.import_module("coaching.testing").__all__ if name.islower()]
    assert [name for name in strategies if f"| `{name}(" not in page] == []
    assert "Workflow" in page


def test_hand_over_has_every_case_and_its_test():
    """Thirty-two numbers, each with a test that is there; each test of a case is on the page."""
    page = text_of("docs/hand-over.md")
    rows = re.findall(r"^\| (\d+) \|.*\|([^|]+)\|$", page, re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 33))
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))
    }
    for number, tests in rows:
        named = re.findall(r"`(test_\w+)`", tests)
        assert named, number
        assert [name for name in named if name not in there] == []
    assert [name for name in there if name.startswith("test_case_") and f"`{name}`" not in page] == []


# --- what no page says -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_no_page_names_a_place_that_a_reader_has_not(page):
    """No path of a machine, and no registry: the package is installed from this folder, or from its wheel."""
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w.:/])/(home|root|tmp|work|Users|opt|usr)/", text)
    allowed = r"""(?!-q -e '\.\[|-q "\$\(ls dist/|'coaching)"""
    assert not re.search(rf"pypi|pip install {allowed}|conda", text, re.IGNORECASE)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_within_the_project_leads_somewhere(page):
    """To a file that is there, and to a title in it where one is named."""
    for target, title in re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)", page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        there = page.parent / target if target else page
        assert there.exists(), target
        if title:
            titles = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            assert title in {re.sub(r"[^\w -]", "", it.lower()).replace(" ", "-") for it in titles}, (target, title)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_code_that_a_page_names_is_that_of_a_rule(page):
    """A code that is gone would send a reader nowhere."""
    text = page.read_text(encoding="utf-8")
    if page in API_PAGES:  # an example in a docstring may make up a rule
        text = re.sub(r"^```pycon.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"\b[A-Z]\d{3}\b", text))
    assert named <= set(rulepages.every_rule()), sorted(named - set(rulepages.every_rule()))


def test_importing_says_every_status_of_the_coverage():
    """The page explains each word that the command may print."""
    page = text_of("docs/importing.md")
    for status in Coverage:
        assert f"`{status.value}`" in page


def test_importing_shows_the_mapping_of_the_sample():
    """As it stands beside the files that it reads."""
    shown = [b["text"] for b in blocks(ROOT / "docs" / "importing.md") if b["kind"] == "toml"]
    assert text_of("examples/import/mapping.toml").strip() in shown


@pytest.mark.parametrize("part", [Column, Records, SourceOf, Lookup, Mapping], ids=lambda part: part.__name__)
def test_importing_has_every_key_of_a_mapping(part):
    """In a table, where one looks it up."""
    rows = [line.split("|")[1] for line in text_of("docs/importing.md").splitlines() if line.startswith("| `")]
    known = {key for row in rows for key in re.findall(r"`(\w+)`", row)}
    apart = {"defaults", "sources", "lookups", "records"}  # tables of their own
    assert [it.name for it in attrs.fields(part) if it.name not in known | apart] == []


def test_importing_has_every_exit_code():
    """As the help of each command has."""
    page = text_of("docs/importing.md")
    assert [code for code in Exit if f"\n| {code.value} | " not in page or f"  {code.value} " not in EXITS] == []
