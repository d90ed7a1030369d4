"""`coaching check`: what is wrong with a book, grouped, and how it ends; and the policy of a house."""

import io
import json

import pytest
from click.testing import CliRunner

from coaching import Book, Goal, cli
from coaching.codec import dump_book
from stage import ANNA, at
from stage import people as person

DAY = "2026-06-30"


def run(*typed, width=80, typed_in=None):
    """The command as typed."""
    return CliRunner(env={"COLUMNS": str(width)}).invoke(cli.main, ["check", *map(str, typed)], input=typed_in)


def told(*typed, code=0):
    """What is written as JSON."""
    done = run(*typed, "--json")
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


def made(path, *records):
    """A book in a file."""
    out = io.BytesIO()
    dump_book(Book(records), out)
    path.write_bytes(out.getvalue())
    return path


def wish(n):
    """A goal that was only begun: nothing in it is wrong."""
    return Goal.begin(f"g-{n}", "Lead a pilot line", by=ANNA, at=at(4))


@pytest.fixture
def book(tmp_path):
    """Anna, whose manager nobody knows, and four goals of hers."""
    return made(tmp_path / "book.ndjson", person.employed(), *map(wish, range(4)))


SHOWN = """\
┏━━━━━━━━━━┳━━━━━━┳━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━┓
┃ Severity ┃ Code ┃ Times ┃ What should hold        ┃ Not so                   ┃
┡━━━━━━━━━━╇━━━━━━╇━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━┩
│ error    │ X002 │     1 │ every reference names a │ person p-17              │
│          │      │       │ record that exists      │                          │
│ warning  │ D001 │     5 │ every record says how   │ goal g-0, goal g-1, goal │
│          │      │       │ long it is kept         │ g-2, ...                 │
│ warning  │ G015 │     4 │ at least two options    │ goal g-0, goal g-1, goal │
│          │      │       │ were looked at          │ g-2, ...                 │
│ warning  │ G016 │     4 │ the goal serves a need, │ goal g-0, goal g-1, goal │
│          │      │       │ a dream or a step       │ g-2, ...                 │
│ warning  │ X004 │     1 │ each active person has  │ person p-17              │
│          │      │       │ had an annual interview │                          │
│          │      │       │ within the cadence      │                          │
│ warning  │ X007 │     1 │ each person is seen:    │ person p-17              │
│          │      │       │ they received feedback  │                          │
│          │      │       │ in the last 12 months   │                          │
└──────────┴──────┴───────┴─────────────────────────┴──────────────────────────┘
errors 1, warnings 15, in 5 of 5 records
"""


class TestWhatIsShown:
    """Groups, errors first; each finding on demand."""

    def test_a_table_to_the_letter(self, book):
        """Three examples of each; it fits a terminal."""
        done = run(book, "--on", DAY)
        heading, _, rest = done.stdout.partition("\n")
        assert heading.endswith(f"book.ndjson: checked for {DAY}")
        assert rest == SHOWN
        assert (done.exit_code, done.stderr) == (1, "")

    def test_all(self, book):
        """Where, and what is wrong."""
        rest = run(book, "--on", DAY, "--all", width=200).stdout
        assert "│ error    │ X002 │ person p-17 │ positions[0].managers[0].manager: there is no person p-3 │" in rest
        assert "│ warning  │ X007 │ person p-17 │ no feedback since 2025-06-30 " in rest
        assert rest.count("│ warning ") == 15

    def test_json(self, book):
        """Groups as in the table, and every finding in their order."""
        at = told(book, "--on", DAY, code=1)
        groups = at.pop("groups")
        findings = at.pop("findings")
        assert at == {"book": str(book), "on": DAY, "records": 5, "errors": 1, "warnings": 15}
        assert groups[0] == {
            "code": "X002", "severity": "error", "count": 1, "says": "every reference names a record that exists",
            "mend": "add the record, or mend the reference", "records": [{"type": "person", "id": "p-17"}],
        }  # fmt: skip
        assert [(it["code"], it["count"], len(it["records"])) for it in groups[1:]] == [
            ("D001", 5, 3), ("G015", 4, 3), ("G016", 4, 3), ("X004", 1, 1), ("X007", 1, 1),
        ]  # fmt: skip
        assert [f["code"] for f in findings] == [it["code"] for it in groups for _ in range(it["count"])]

    def test_nothing_wrong(self, tmp_path):
        """No table."""
        done = run(made(tmp_path / "b.ndjson"), "--on", DAY)
        assert done.stdout.endswith(f"b.ndjson: checked for {DAY}\nerrors 0, warnings 0, in 0 of 0 records\n")
        assert done.exit_code == 0


class TestHowItEnds:
    """Exit codes."""

    def test_warnings_alone(self, tmp_path):
        """Are no errors."""
        at = told(made(tmp_path / "b.ndjson", person.outside()), "--on", DAY)
        assert (at["errors"], at["groups"][0]["code"]) == (0, "D001")

    def test_standard_input(self, book):
        """Named with a dash; the day is today where none is said."""
        done = run("-", "--json", typed_in=book.read_bytes())
        assert (done.exit_code, json.loads(done.stdout)["records"]) == (1, 5)

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"id,name\n", "V018 line 1: not JSON"),
            (b"\xff\n", "V018 line 1"),
            (b"[]\n{}\n", "book: cannot be read (2 of 2 lines)"),
        ],
    )
    def test_what_is_no_book(self, tmp_path, content, says):
        """Each line is named."""
        path = tmp_path / "b.ndjson"
        path.write_bytes(content)
        done = run(path, "--on", DAY)
        assert (done.exit_code, done.stdout) == (3, "")
        assert says in done.stderr
        (error,) = told(path, "--on", DAY, code=3)["errors"]
        assert error["findings"][0]["code"] == "V018"

    def test_a_file_that_is_not_there(self, tmp_path):
        """Named as it was typed."""
        done = run(tmp_path / "no.ndjson")
        assert (done.exit_code, done.stderr) == (3, f"Error: {tmp_path / 'no.ndjson'}: No such file or directory\n")

    def test_a_day_that_is_none(self, book):
        """A wrong use."""
        assert run(book, "--on", "soon").exit_code == 2


class TestThePolicyOfAHouse:
    """A TOML document with the names of `Policy`."""

    def check(self, tmp_path, text):
        """Check Anna by it."""
        book, policy = made(tmp_path / "b.ndjson", person.employed(), wish(1)), tmp_path / "policy.toml"
        policy.write_bytes(text if isinstance(text, bytes) else text.encode())
        return run(book, "--on", DAY, "--policy", policy, "--json")

    @pytest.mark.parametrize(
        ("text", "codes"),
        [
            ("", ["X002", "D001", "G015", "G016", "X004", "X007"]),
            ("\ufeffcadence = 'anniversary'", ["X002", "D001", "G015", "G016", "X004", "X007"]),
            ("[severities]\nX004 = 'error'\nX007 = 'off'\n", ["X002", "X004", "D001", "G015", "G016"]),
        ],
    )
    def test_it_counts(self, tmp_path, text, codes):
        """What is off is not asked."""
        done = self.check(tmp_path, text)
        assert [it["code"] for it in json.loads(done.stdout)["groups"]] == codes

    def test_all_that_is_wrong_with_it(self, tmp_path):
        """At once, with the nearest name that there is."""
        done = self.check(tmp_path, "grace_day = 3\nnonsense = 1\nnotice_days = 'x'\n[severities]\nX002 = 'off'\n")
        assert done.exit_code == 3
        (error,) = json.loads(done.stdout)["errors"]
        assert error["what"].endswith("policy.toml: no policy")
        assert [(f["code"], f["path"], f["message"]) for f in error["findings"]] == [
            ("V016", "grace_day", "no such number; did you mean grace_days?"),
            ("V016", "nonsense", "no such number"),
            ("Y002", "notice_days", "'x' is no whole number from 1 to 10000"),
            ("Y001", "severities.X002", "an invariant holds for every record and cannot be set"),
        ]
        done = self.check(tmp_path, "grace_day = 3\n")
        assert [f["code"] for f in json.loads(done.stdout)["errors"][0]["findings"]] == ["V016"]

    @pytest.mark.parametrize("text", ["=", b"\xff", "[" * 5000, "a = 1\na = 2"])
    def test_what_is_no_toml(self, tmp_path, text):
        """Said in the words of the reader of TOML."""
        done = self.check(tmp_path, text if isinstance(text, bytes) else f"a = {text}" if "[" in text else text)
        assert done.exit_code == 3
        assert "this is no TOML" in json.loads(done.stdout)["errors"][0]["findings"][0]["message"]
