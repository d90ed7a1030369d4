"""What holds where the wheel is installed, without this checkout: `python -I installed.py STAGE...`.

Run by `.ci/run` with the Python of an environment that has the wheel and the extras of a stage: `bare`, `cli`,
`testing`, `all`.
"""

import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import entry_points, version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from pkgutil import walk_packages
from tempfile import TemporaryDirectory

SCRIPTS = Path(sys.executable).parent


def run(title: str, *command: str) -> str:
    """Run a command in an empty folder, say what it is for, and give what it prints."""
    with TemporaryDirectory() as folder:
        done = subprocess.run(command, check=True, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    print(f"{title}: ok")
    return done.stdout


def program(title: str, text: str) -> str:
    """Run a program alone."""
    return run(title, sys.executable, "-I", "-W", "error", "-c", text)


# --- without any extra -----------------------------------------------------------------------------------------------

EXTRAS = (
    "babel", "charset_normalizer", "click", "django", "fastapi", "hypothesis", "icalendar", "jinja2", "pandas",
    "polars", "pyarrow", "pydantic", "python_calamine", "rich", "sqlalchemy",
)  # fmt: skip
NEED_NONE = (
    "bulk.importing", "cadence", "codec", "forms", "integrations.cloudevents", "integrations.markup",
    "integrations.notebooks", "integrations.outbox", "integrations.problems", "integrations.scim",
    "integrations.stores", "integrations.tools", "logs", "privacy", "texts",
)  # fmt: skip
LIFE = """
from datetime import date, datetime, UTC
from coaching import Book, Interview, Rejected, verify
from coaching.codec import dumps, loads
from coaching.forms import act_form
now = datetime(2026, 8, 3, 10, tzinfo=UTC)
talk = Interview.plan("i-1", "anna", "ole", "annual", date(2026, 9, 30), by="anna", at=now)
assert loads(dumps(talk)) == talk and not verify(talk)
assert "schedule" in talk.acts_for("anna") and act_form(talk, "schedule").fields
try:
    Book([talk]).act("i-1", "cancel", by="anna", at=now)
except Rejected as refusal:
    assert [it.code for it in refusal.findings] == ["I016"]
else:
    raise AssertionError("not refused")
"""
IMPORT = """
from datetime import datetime, UTC
from pathlib import Path
from coaching import Book
from coaching.bulk.importing import import_records
rows = "Employee ID,Name,Joined on\\n1,Anna Ek,2024-02-29\\n2,Ole Berg,2024-02-30\\n"
Path("people.csv").write_text(rows, encoding="utf-8")
report = import_records("people.csv", "preset:due", by="hr", at=datetime(2026, 8, 3, tzinfo=UTC), into=Book()).report
assert (report.read, report.accepted, report.rejected) == (2, 1, 1), report
"""


def bare() -> None:
    """The core needs its own dependencies, and nothing else."""
    assert [name for name in EXTRAS if find_spec(name)] == [], "this environment has more than the wheel"
    assert files("coaching").joinpath("py.typed").is_file(), "type checkers do not look into it"
    alone = subprocess.run([SCRIPTS / "coaching"], capture_output=True, text=True, check=False)
    assert (alone.returncode, alone.stdout) == (2, ""), alone
    assert "needs the extra cli" in alone.stderr, alone
    program("every module that needs no extra", "; ".join(f"import coaching.{name}" for name in NEED_NONE))
    program("an interview is planned, written, read and refused", LIFE)
    program("a file of an HR system is imported", IMPORT)


# --- with the command line -------------------------------------------------------------------------------------------


def cli() -> None:
    """The command is there, and knows its version and its presets."""
    coaching = str(SCRIPTS / "coaching")
    assert version("coaching") in run("coaching --version", coaching, "--version")
    assert "G005" in run("coaching rules", coaching, "rules")


# --- with Hypothesis -------------------------------------------------------------------------------------------------

OURS = "[name for name in sys.modules if name.partition('.')[0] == 'coaching']"
HOOK = "'coaching_hypothesis'"
DRAWN = "found = find(st.from_type(Goal), bool); assert (type(found), found.state) == (Goal, 'draft')"
PROGRAMS = {
    "nothing of ours is imported": f"import sys, hypothesis; assert not {OURS}; assert {HOOK} in sys.modules",
    "Hypothesis first": f"from hypothesis import find, strategies as st; from coaching import Goal; {DRAWN}",
    "coaching first": f"from coaching import Goal; from hypothesis import find, strategies as st; {DRAWN}",
}
BROKEN = """
import warnings
warnings.simplefilter("default")  # Hypothesis warns of us, and goes on
from coaching import Goal
from hypothesis import find, strategies as st
assert find(st.integers(), bool) == 1
"""


def testing() -> None:
    """Hypothesis finds our types, imports nothing for it, and never fails; at last with strategies that are broken."""
    assert [it.value for it in entry_points(group="hypothesis") if it.name == "coaching"] == [
        "coaching_hypothesis:hook"
    ]
    for title, text in PROGRAMS.items():
        program(title, text)
    strategies = Path(str(files("coaching").joinpath("testing", "__init__.py")))
    whole = strategies.read_bytes()
    strategies.unlink()  # what an installer linked from a store of its own is not written through
    strategies.write_text("raise RuntimeError", encoding="utf-8")
    try:
        program("a fault of ours breaks nobody", BROKEN)
    finally:
        strategies.write_bytes(whole)


# --- with all that can be switched on --------------------------------------------------------------------------------


def everything() -> None:
    """Every module can be imported."""
    import django  # noqa: PLC0415  (here alone it is installed)
    from django.conf import settings  # noqa: PLC0415  (same)

    settings.configure(INSTALLED_APPS=["coaching.integrations.django"], USE_TZ=True)
    django.setup()
    package = import_module("coaching")
    names = [it.name for it in walk_packages(package.__path__, "coaching.") if not it.name.endswith("__main__")]
    for name in names:
        import_module(name)
    print(f"{len(names)} modules are imported: ok")


STAGES: dict[str, Callable[[], None]] = {"bare": bare, "cli": cli, "testing": testing, "all": everything}

if __name__ == "__main__":
    where = Path(str(files("coaching")))
    assert "site-packages" in where.parts, where
    print(f"coaching {version('coaching')} on Python {sys.version.split()[0]}")
    for stage in sys.argv[1:]:
        STAGES[stage]()
