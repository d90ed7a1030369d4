"""`coaching due` from a book, and from exports by a mapping; known headers are in test_cli.py."""

import io
import json

import pytest
from click.testing import CliRunner

from coaching import Book, Rejected, cli
from coaching.bulk import importing
from coaching.codec import dump_book
from coaching.kernel.constraints import V014
from stage import people as person
from stage.outcomes import TOLD, Changes, report

DAY = "2026-06-30"
CSV = "id,name,joined_on\n1,Eva Berg,2024-08-01\n"


def run(*typed, typed_in=None):
    """The command as typed."""
    return CliRunner(env={"COLUMNS": "80"}).invoke(cli.main, ["due", *map(str, typed), "--on", DAY], input=typed_in)


@pytest.fixture
def book(tmp_path):
    """Anna."""
    out = io.BytesIO()
    dump_book(Book([person.employed()]), out)
    path = tmp_path / "book.csv"  # whatever it is called
    path.write_bytes(out.getvalue())
    return path


TABLE = """\
┏━━━━━━━━┳━━━━━━━━━┳━━━━━━━━━┳━━━━━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━━┳━━━━━━┓
┃ Person ┃ Name    ┃ Manager ┃ Last held ┃ Due        ┃ Status ┃ Days ┃
┡━━━━━━━━╇━━━━━━━━━╇━━━━━━━━━╇━━━━━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━━╇━━━━━━┩
"""


class TestABook:
    """Told by what is in it."""

    def test_the_table(self, book):
        """The account counts records."""
        done = run(book)
        assert (done.exit_code, done.stderr) == (0, "")
        assert TABLE in done.stdout
        assert done.stdout.endswith("1 employed: 1 never. 0 not employed on this day.\nread 1 records of a book\n")

    def test_json(self, book):
        """Beside exports, of which rows are counted."""
        other = book.with_name("people.csv")
        other.write_text(CSV)
        at = json.loads(run(book, other, "--json").stdout)
        assert (at["read"], at["accepted"], at["rejected"]) == (1, 1, 0)
        assert [(f["file"], f["employed"], f.get("records"), f.get("read")) for f in at["files"]] == [
            (str(book), 1, 1, None),
            (str(other), 1, None, 1),
        ]
        assert at["files"][0]["due"][0]["status"] == "never"

    def test_standard_input(self, book):
        """A pipe cannot go back; it is read all the same."""
        assert "read 1 records of a book" in run("-", typed_in=book.read_bytes()).stdout
        assert "read 1 = accepted 1" in run("-", typed_in=CSV).stdout

    @pytest.mark.parametrize(("first", "lines"), [("", 1), ("\ufeff", 2)])
    def test_a_book_that_is_damaged(self, book, first, lines):
        """Is one all the same, and its lines are named."""
        book.write_bytes(first.encode() + book.read_bytes() + b"{}\n")
        done = run(book)
        assert done.exit_code == 3
        assert f"book: cannot be read ({lines} of 2 lines)\n" in done.stderr
        assert "line 2: schema" in done.stderr

    @pytest.mark.parametrize(
        "line", ['{"id": 1}', '{"type": "employee", "schema": 1}', '{"type": "goal"}', "[" * 99999]
    )
    def test_what_is_none(self, book, line):
        """Objects of other systems are rows."""
        book.write_text(line + "\n")
        done = run(book)
        assert done.exit_code == 3
        assert "book: cannot be read" not in done.stderr


class TestByAMapping:
    """All files make one book, by the import."""

    @pytest.fixture
    def asked(self, monkeypatch):
        """What the import was asked; its report is no success."""
        given = {}

        def import_records(sources, mapping, **options):
            given.update(options, sources=sources, mapping=mapping)
            if mapping == "bad.toml":
                raise Rejected.over(V014, "no id", of="bad.toml")
            return importing.Outcome(
                report(2 if mapping == "m.toml" else 4), options["into"].put(person.employed()), Changes()
            )

        monkeypatch.setattr(importing, "import_records", import_records)
        return given

    def test_the_table(self, asked):
        """With the report as its account."""
        done = run("a.csv", "b.csv", "--mapping", "m.toml")
        assert done.exit_code == 0
        assert done.stdout.startswith(f"a.csv, b.csv: annual career interviews due on {DAY}\n")
        assert TABLE in done.stdout
        assert done.stdout.endswith(TOLD)
        assert asked.pop("at").isoformat() == f"{DAY}T00:00:00+00:00"
        assert asked == {"sources": ["a.csv", "b.csv"], "mapping": "m.toml", "by": "import", "into": Book()}

    def test_json(self, asked):
        """The report is in it; where it is no success, that is told."""
        done = run("a.csv", "--mapping", "preset:scim", "--json")
        assert done.exit_code == 1
        (file,) = json.loads(done.stdout)["files"]
        assert file["report"] == report(4).as_dict()

    def test_a_refusal(self, asked):
        """As of each command."""
        done = run("a.csv", "--mapping", "bad.toml")
        assert (done.exit_code, done.stderr) == (3, "Error: bad.toml\n  V014: no id (give it)\n")

    @pytest.mark.parametrize(
        ("typed", "named"),
        [(("--sheet", "2"), "--sheet"), (("--dates", "mdy", "--column", "id=No"), "--dates, --column")],
    )
    def test_what_the_mapping_says(self, asked, typed, named):
        """Is not said again."""
        done = run("a.csv", "--mapping", "m.toml", *typed)
        assert done.exit_code == 2
        assert f"leave out {named}, or say it there" in " ".join(done.stderr.split())
