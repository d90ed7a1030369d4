"""`coaching import`: what its options ask of the library, what it writes, and how it ends. The library is a stand-in."""

import io
import json
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import Factory, define
from click.testing import CliRunner
from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from coaching import Book, Rejected, cli
from coaching.bulk import importing, reporting
from coaching.cli import progress
from coaching.codec import load_book
from coaching.kernel.constraints import V014
from stage.outcomes import TOLD, Changes, report

AT = "2026-11-25T09:00+01:00"
SAMPLE = Path(__file__).parents[1] / "examples" / "import"


@define
class Library:
    """What stands in for the import."""

    rejected: int = 2
    given: dict[str, Any] = Factory(dict)
    before: Any = None

    def import_records(self, sources, mapping, **options):
        """Note what was asked."""
        self.given = {"sources": sources, "mapping": mapping, **options}
        if self.before is not None:
            self.before(options)
        return importing.Outcome(report(self.rejected), Changes(), Book())


@pytest.fixture
def library(monkeypatch, tmp_path):
    """The stand-in, in a folder of its own with a source and a mapping."""
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text("id\n1\n")
    Path("m.toml").write_text("")
    fake = Library()
    monkeypatch.setattr(importing, "import_records", fake.import_records)
    return fake


BOOK = ("--into", "book.ndjson", "--by", "hr", "--at", AT)


def run(*typed, **environment):
    """The command as typed."""
    runner = CliRunner(env={"COLUMNS": "80", **environment})
    return runner.invoke(cli.main, ["import", "people.csv", "--mapping", "m.toml", *typed])


def wrong(*typed):
    """What is said of a wrong use, in one line."""
    done = run(*typed)
    assert done.exit_code == 2, done.output
    return " ".join(done.stderr.split())


class TestWhatIsAsked:
    """Options become arguments, and nothing is invented."""

    def test_without_a_book_it_is_checked(self, library):
        """Nothing is written, so nobody is named and nothing can be resumed."""
        done = run("--at", AT)
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.stdout == TOLD
        assert library.given == {
            "sources": ["people.csv"], "mapping": "m.toml", "by": "nobody", "at": datetime.fromisoformat(AT),
            "source": None, "into": None, "mode": "upsert", "accept": "good", "dry_run": False,
            "workers": 1, "journal": None, "resume": False, "progress": None, "rejects": None,
        }  # fmt: skip

    def test_with_all_that_can_be_said(self, library):
        """Each option reaches its argument."""
        done = run(
            *BOOK, "--source", "HiBob", "--mode", "update", "--rejects", "bad.csv", "--workers", "2",
            "--resume", "--values", "--max-warnings", "3", "goals=g.csv",
        )  # fmt: skip
        assert done.exit_code == 0, done.output
        assert done.stdout == TOLD
        assert library.given == {
            "sources": ["people.csv", "goals=g.csv"], "mapping": "m.toml", "by": "hr",
            "at": datetime.fromisoformat(AT), "source": "HiBob", "into": Path("book.ndjson"), "mode": "update",
            "accept": "good", "dry_run": False, "workers": 2,
            "journal": Path("book.ndjson.journal"), "resume": True, "progress": None, "rejects": Path("bad.csv"),
        }  # fmt: skip

    def test_what_would_change(self, library):
        """Is told, and nothing is left behind: neither a book nor a journal."""
        assert run(*BOOK, "--dry-run", "--values").stdout == f"{TOLD}p-17: title \\u001b[31mTrue\n"
        assert (library.given["dry_run"], library.given["journal"]) == (True, None)

    def test_standard_input(self, library):
        """Is a stream."""
        run("-")
        assert library.given["sources"][0] == "people.csv"
        assert hasattr(library.given["sources"][1], "read")

    def test_the_clock_is_read_here(self, library):
        """Where no time is said."""
        before = datetime.now(UTC)
        run()
        assert before <= library.given["at"] <= datetime.now(UTC)
        assert library.given["at"].utcoffset() is not None

    def test_who_takes_over_may_stand_in_the_environment(self, library):
        """For scripts."""
        assert run("--into", "book.ndjson", COACHING_BY="hr-17").exit_code == 0
        assert library.given["by"] == "hr-17"


class TestWrongUse:
    """Exit code 2, before anything is read."""

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            (("--max-rejected", "some"), "'some' is neither a number of rows, such as 20, nor a share"),
            (("--max-rejected", "-1"), "'-1' is neither a number of rows, such as 20, nor a share"),
            (("--max-rejected", "120%"), "'120%' is neither a number of rows, such as 20, nor a share"),
            (("--max-rejected", "2%x"), "'2%x' is neither a number of rows, such as 20, nor a share"),
            (("--max-rejected", "nan%"), "'nan%' is neither a number of rows, such as 20, nor a share"),
            (("--max-rejected", "1.5"), "'1.5' is neither a number of rows, such as 20, nor a share"),
            (("--at", "now"), "'now' is no time with its offset; write 2026-11-25T09:00+01:00"),
            (("--at", "2026-11-25T09:00"), "'2026-11-25T09:00' is no time with its offset"),
            (("--into", "book.ndjson"), "say who takes over, with --by"),
            (("--into", "book.ndjson", "--by", ""), "say who takes over, with --by"),
            (("--dry-run",), "--dry-run needs a book: say which, with --into"),
            ((*BOOK, "--dry-run", "--resume"), "there is nothing to go on with: leave out --resume"),
            (("--resume",), "--resume needs a book: say which, with --into"),
            ((*BOOK, "--all-or-nothing", "--max-rejected", "2%"), "leave out --max-rejected"),
            (("--into", "."), "Invalid value for '--into': '.' is a folder"),
            (("--rejects", "no/bad.csv"), "Invalid value for '--rejects': there is no folder 'no'"),
            (("--report", "r.pdf"), "'r.pdf' ends neither with .json nor with .html"),
            (("--into", "people.csv", "--by", "hr"), "--into would be written over a source: people.csv"),
            (("people=people.csv", "--rejects", "./people.csv"), "--rejects would be written over a source"),
            (("--rejects", "m.toml"), "--rejects would be written over the mapping: m.toml"),
            ((*BOOK, "--rejects", "book.ndjson"), "--rejects would be written over --into: book.ndjson"),
            (("--workers", "0"), "0 is not in the range x>=1"),
            (("--mode", "replace"), "'replace' is not one of 'insert', 'update', 'upsert'"),
        ],
    )
    def test_it_says_what_would_be_right(self, library, typed, says):
        """In one sentence."""
        assert says in wrong(*typed)
        assert library.given == {}

    def test_a_mapping_has_to_be_named(self, library):
        """Help says how to get one."""
        done = CliRunner().invoke(cli.main, ["import", "people.csv"])
        assert done.exit_code == 2
        assert "Missing option '--mapping'" in done.stderr
        assert "coaching mapping suggest" in CliRunner().invoke(cli.main, ["import", "--help"]).stdout


class TestWhatIsWritten:
    """Told, JSON, reports, rejects."""

    def test_json(self, library):
        """Nothing beside it."""
        done = run(*BOOK, "--json", "--values")
        assert json.loads(done.stdout) == {
            "success": True, "dry_run": False, "into": "book.ndjson", "changes": {"values": True}, "exceeded": [],
            "report": report().as_dict(values=True),
        }  # fmt: skip
        assert json.loads(run("--json").stdout)["into"] is None

    @pytest.mark.parametrize("values", [False, True])
    def test_a_report_for_a_program(self, library, values):
        """Values only where they are asked for."""
        run("--report", "r.json", *(["--values"] if values else []))
        assert json.loads(Path("r.json").read_text()) == report().as_dict(values=values)

    def test_a_report_to_read(self, library):
        """By the template of the library."""
        run("--report", "r.html")
        assert Path("r.html").read_text(encoding="utf-8") == reporting.html(report())

    def test_a_report_to_read_for_which_an_extra_is_missing(self, library, monkeypatch):
        """The book is written all the same."""
        monkeypatch.setitem(sys.modules, "jinja2", None)
        done = run("--report", "r.html")
        assert done.exit_code == 1
        assert "Error: the report cannot be written: report\n  B061" in done.stderr

    def test_a_report_that_cannot_be_written(self, library):
        """The book is written all the same, so it is no 3."""
        library.before = lambda _: Path("r.json").mkdir()
        done = run("--report", "r.json")
        assert done.exit_code == 1
        assert done.stderr == "Error: the report cannot be written: r.json: Is a directory\n"


class TestHowItEnds:
    """Exit codes."""

    @pytest.mark.parametrize(
        ("typed", "rejected", "says"),
        [
            ((), 3, None),
            ((), 4, "4 of 7 rows are rejected: more than half"),
            (("--max-rejected", "4"), 4, None),
            (("--max-rejected", "3"), 4, "4 of 7 rows are rejected: more than 3"),
            (("--max-rejected", "2%"), 1, "1 of 7 rows are rejected: more than 2%"),
            (("--max-rejected", "0"), 0, None),
            (("--all-or-nothing",), 1, "1 of 7 rows are rejected: more than 0"),
            (("--all-or-nothing",), 0, None),
        ],
    )
    def test_a_threshold(self, library, typed, rejected, says):
        """Done, and no success where it is exceeded."""
        library.rejected = rejected
        done = run(*BOOK, *typed)
        assert done.exit_code == (1 if says else 0)
        assert done.stderr == (f"No success: {says}\n" if says else "")
        done = run(*BOOK, *typed, "--json")
        told = json.loads(done.stdout)
        assert (done.exit_code, told["success"], told["exceeded"]) == (
            1 if says else 0,
            not says,
            [says] if says else [],
        )
        assert library.given["accept"] == ("all" if "--all-or-nothing" in typed else "good")

    def test_a_refusal(self, library):
        """Every finding, as text or as JSON."""

        def refuses(_):
            raise Rejected.over(V014, "no header {it}", "records[0].fields.id", of="m.toml", it="EmpID")

        library.before = refuses
        done = run(*BOOK)
        assert (done.exit_code, done.stdout) == (3, "")
        assert done.stderr == "Error: m.toml\n  V014 records[0].fields.id: no header EmpID (give it)\n"
        done = run(*BOOK, "--json")
        assert (done.exit_code, done.stderr) == (3, "")
        (error,) = json.loads(done.stdout)["errors"]
        assert (error["what"], error["findings"][0]["code"]) == ("m.toml", "V014")

    @pytest.mark.parametrize(
        ("why", "says"),
        [
            (FileNotFoundError(2, "No such file or directory", "gone.csv"), "gone.csv: No such file or directory"),
            (OSError(28, "No space left on device"), "No space left on device"),
            (OSError("odd"), "odd"),
        ],
    )
    def test_what_a_system_says(self, library, why, says):
        """With the file, where it names one."""

        def fails(_):
            raise why

        library.before = fails
        done = run(*BOOK)
        assert (done.exit_code, done.stderr) == (3, f"Error: {says}\n")

    def test_stopped(self, library):
        """Says that nothing is half done, and how to go on."""

        def stops(_):
            raise KeyboardInterrupt

        library.before = stops
        done = run(*BOOK)
        assert done.exit_code == 130
        told = "Stopped: book.ndjson is as it was; the same command with --resume goes on"
        assert (done.stdout, done.stderr) == ("", f"\n{told}\n")
        assert run().stderr == "\nStopped\n"

    def test_who_reads_has_seen_enough(self, library):
        """`coaching import ... | head` is no fault of the file."""

        def breaks(_):
            raise BrokenPipeError(32, "Broken pipe")

        library.before = breaks
        done = run(*BOOK)
        assert (done.exit_code, done.stderr) == (1, "")


class TestTheBar:
    """Where a person watches, and nowhere else."""

    def run(self, library, **environment):
        """Two phases, of rows and of bytes."""

        def goes_on(options):
            if options["progress"] is None:
                return
            for done in (0, 500, 1000):
                options["progress"](importing.Progress("reading", done * 100, 100_000, unit="records"))
            for done in (0, 40, 80):
                options["progress"](importing.Progress("checking", done, None if done < 80 else 80, done // 2, "rows"))

        library.before = goes_on
        return run(*BOOK, **environment)

    def test_on_a_terminal(self, library):
        """It goes to the other stream, and wipes itself away."""
        done = self.run(library, FORCE_COLOR="1", TERM="xterm-256color")
        assert "Reading" in done.stderr
        assert "100 000 of 100 000" in done.stderr
        assert "Checking" in done.stderr
        assert "80 of 80, 40 rejected" in done.stderr
        assert done.stderr.endswith("\x1b[2K")
        assert "Reading" not in done.stdout
        assert "\x1b" not in done.stdout

    def test_where_nothing_is_counted(self, library):
        """No number stands there, and none is made up when the phase is over."""

        def goes_on(options):
            for phase, done, total in (
                ("settle", 0, None),
                ("check", 2, 3),
                ("settle", 0, None),
                ("write", 0, 100_001),
            ):
                options["progress"](importing.Progress(phase, done, total))

        library.before = goes_on
        shown = Text.from_ansi(run(*BOOK, FORCE_COLOR="1", TERM="xterm-256color").stderr).plain
        lines = [line.split() for line in shown.splitlines() if line[:6] in {"Settle", "Check ", "Write "}]
        assert {line[0] for line in lines} == {"Settle", "Check", "Write"}
        assert not any(char.isdigit() for line in lines if line[0] == "Settle" for char in "".join(line[1:-1]))
        assert any("0 of 100 001" in " ".join(line) for line in lines)

    def test_into_a_pipe(self, library):
        """Nothing."""
        assert self.run(library).stderr == ""

    def test_how_fast(self):
        """Rows, or bytes, a second, once there is something to measure; a line has 80 columns."""
        console, clock = Console(force_terminal=True, width=80, file=io.StringIO()), iter(range(100))
        bars = Progress(*progress._columns(), console=console, expand=True, get_time=lambda: next(clock))
        for unit, of in (("rows", 300_000), ("bytes", 300_000_000)):
            task = bars.add_task("Checking", total=of, unit=unit)
            for share in (0, 0.25, 0.5):
                bars.update(task, completed=of * share, rejected=123_456)
        with console.capture() as shown:
            console.print(bars)
        lines = Text.from_ansi(shown.get()).plain.splitlines()
        assert [len(line) for line in lines] == [80, 80]
        assert "150 000 of 300 000, 123 456 rejected" in lines[0]
        assert lines[0].split()[-4:-1] == ["75", "000", "rows/s"]
        assert lines[1].split()[-3:-1] == ["75.0", "MB/s"]


class TestForReal:
    """The sample that the documents show, by the real import."""

    @pytest.fixture
    def sample(self, tmp_path, monkeypatch):
        """A folder with the sources and the mapping."""
        monkeypatch.chdir(shutil.copytree(SAMPLE, tmp_path / "sample"))
        return ("goals.csv", "people.csv", "reviews.ndjson", "--mapping", "mapping.toml")

    def run(self, *typed, typed_in=None):
        """The command as typed."""
        return CliRunner(env={"COLUMNS": "80"}).invoke(cli.main, ["import", *typed], input=typed_in)

    def test_into_a_book(self, sample):
        """Which is a book, and nothing is left beside it."""
        done = self.run(*sample, *BOOK, "--rejects", "bad.csv", "--report", "r.html")
        assert done.exit_code == 0, done.output
        told = "rejected rows: bad-people.csv, bad-goals.csv, bad-reviews.csv; mend them, and feed them in again\n"
        assert done.stdout.endswith(told)
        with Path("book.ndjson").open("rb") as lines:
            assert {it.type for it in load_book(lines)} == {"organisation", "person", "goal", "interview"}
        assert {it.name for it in Path().iterdir()} - {it.name for it in SAMPLE.iterdir()} == {
            "book.ndjson", "bad-goals.csv", "bad-people.csv", "bad-reviews.csv", "r.html",
        }  # fmt: skip

    def test_a_dry_run(self, sample):
        """Writes nothing, and says what would be new."""
        done = self.run(*sample, *BOOK, "--dry-run")
        assert "\nperson: 11 new: 5001, 5002, 5003, and 8 more\n" in done.stdout
        assert not Path("book.ndjson").exists()

    def test_all_or_nothing(self, sample):
        """Rows are rejected, so nothing is written."""
        done = self.run(*sample, *BOOK, "--all-or-nothing")
        assert done.exit_code == 1
        assert not Path("book.ndjson").exists()

    def test_a_source_that_is_not_there(self, sample):
        """A refusal that names it."""
        done = self.run("people=gone.csv", *sample, *BOOK)
        assert (done.exit_code, done.stderr) == (3, "Error: gone.csv: No such file or directory\n")

    def test_standard_input(self, sample):
        """A source as any other."""
        Path("m.toml").write_text('[[records]]\ntype = "person"\nfields = { id = "Employee ID", name = "Full Name" }\n')
        done = self.run("-", "--mapping", "m.toml", typed_in=Path("people.csv").read_bytes())
        assert done.stdout.startswith("read 18 = accepted ")
