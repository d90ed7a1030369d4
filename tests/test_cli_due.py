"""`coaching due` from a book, and from exports by a mapping; known headers are in test_cli.py."""

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from coaching import Book, cli
from coaching.codec import dump_book
from stage import people as person

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


TABLE = "Person  Name     Manager  Last held  Due         Status  Days\n"


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
        assert [(f["file"], f["employed"], f.get("records"), "report" in f) for f in at["files"]] == [
            (str(book), 1, 1, False),
            (str(other), 1, None, True),
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


MAPPING = """
[[records]]
type = "person"
fields = { id = "Nr", name = "Namn", employments = [{ from = "Start" }] }
"""


class TestByAMapping:
    """All files make one book, by the import."""

    @pytest.fixture
    def files(self, tmp_path, monkeypatch):
        """A mapping and two files of one shape, of which the first has a fault."""
        monkeypatch.chdir(tmp_path)
        Path("m.toml").write_text(MAPPING)
        Path("a.csv").write_text("Nr,Namn,Start\n1,Eva Berg,2024-08-01\n2,Ole Li,soon\n")
        Path("b.csv").write_text("Nr,Namn,Start\n3,Anna Ek,2025-01-01\n")

    @pytest.mark.usefixtures("files")
    def test_the_table(self):
        """With the account of both, and what is wrong in which."""
        done = run("a.csv", "b.csv", "--mapping", "m.toml")
        assert done.exit_code == 0
        assert done.stdout.startswith(f"a.csv, b.csv: annual career interviews due on {DAY}\n")
        assert "2 employed: 2 never. 0 not employed on this day.\n" in done.stdout
        assert "read 3 = accepted 2 + rejected 1 + skipped 0\n" in done.stdout
        assert "b.csv: read as csv: encoding utf-8, separator ',', header 1\n" in done.stdout
        words = "a.csv 3 Start B003 'soon' cannot be read: write YYYY-MM-DD rejected"
        assert " ".join(done.stdout.splitlines()[-1].split()) == words

    @pytest.mark.usefixtures("files")
    def test_json(self):
        """The report is in it; where most rows are rejected, that is no success."""
        Path("b.csv").write_text("Nr,Namn,Start\n3,Anna Ek,x\n")
        done = run("a.csv", "b.csv", "--mapping", "m.toml", "--json")
        assert done.exit_code == 1
        (file,) = json.loads(done.stdout)["files"]
        assert [it["source"] for it in file["report"]["sources"]] == ["a.csv", "b.csv"]
        assert (file["report"]["rejected"], file["columns"]) == (2, {})

    @pytest.mark.usefixtures("files")
    def test_standard_input(self):
        """Beside a file, or alone."""
        done = run("a.csv", "-", "--mapping", "m.toml", typed_in=Path("b.csv").read_bytes())
        assert "2 employed: 2 never" in done.stdout

    @pytest.mark.usefixtures("files")
    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            (("a.csv", "--mapping", "no.toml"), "Error: mapping: cannot be read\n  B030"),
            (("gone.csv", "--mapping", "m.toml"), "Error: gone.csv: No such file or directory\n"),
        ],
    )
    def test_a_refusal(self, typed, says):
        """As of each command."""
        done = run(*typed)
        assert done.exit_code == 3
        assert done.stderr.startswith(says)

    @pytest.mark.parametrize(
        ("typed", "named"),
        [(("--sheet", "2"), "--sheet"), (("--dates", "mdy", "--column", "id=No"), "--dates, --column")],
    )
    def test_what_the_mapping_says(self, typed, named):
        """Is not said again."""
        done = run("a.csv", "--mapping", "m.toml", *typed)
        assert done.exit_code == 2
        assert f"leave out {named}, or say it there" in " ".join(done.stderr.split())


class TestByKnownHeaders:
    """The preset `due`, with what is said beside it."""

    def rows(self, tmp_path, *lines, typed=()):
        """What is told of a file, line by line, and of its people."""
        path = tmp_path / "people.csv"
        path.write_text("\n".join(lines))
        (file,) = json.loads(run(path, *typed, "--json").stdout)["files"]
        faults = [(it["line"], it["column"], it["code"], it["severity"]) for it in file["report"]["faults"]]
        return {it["person"]: it for it in file["due"]}, faults, file

    def test_a_manager_by_id_or_by_name(self, tmp_path):
        """Either way round; one who is nobody is left out and told."""
        lines = ["EmpID,Full Name,Hire Date,Reports To", "1,Anna Ek,2020-01-01,", "2,Ole Li,2020-01-01,1",
                 '3,Eva Å,2020-01-01,"Ek, Anna"', "4,Per Mo,2020-01-01,Tor"]  # fmt: skip
        people, faults, file = self.rows(tmp_path, *lines)
        assert {id: it["manager"] for id, it in people.items()} == {
            "1": None, "2": "Anna Ek", "3": "Anna Ek", "4": None,
        }  # fmt: skip
        assert faults == [(5, "Reports To", "B004", "warning")]
        assert file["columns"] == {
            "id": ["EmpID"], "name": ["Full Name"], "joined_on": ["Hire Date"], "manager": ["Reports To"],
        }  # fmt: skip

    def test_ids_of_another_system(self, tmp_path):
        """Are told once, with figures, and cost nobody their manager by name."""
        people = [f"{n},N {n},2020-01-01,N 1,{90 + n},2025-01-01" for n in range(2, 9)]
        lines = ["id,name,joined_on,ManagerName,ManagerID,last_interview", "1,N 1,2020-01-01,,,2025-01-01", *people]
        due, faults, file = self.rows(tmp_path, *lines)
        assert faults == [(1, "ManagerID", "B004", "warning")]
        assert file["report"]["faults"][0]["message"].startswith("7 of 7 values are no id of a person")
        assert due["5"]["manager"] == "N 1"

    def test_somebody_hired_again(self, tmp_path):
        """Two rows, two employments; a talk of the first does not count in the second."""
        lines = ["id,name,joined_on,left_on,last_interview", "1,Anna Ek,2018-01-08,2022-06-30,2021-05-04",
                 "1,Anna Berg,2024-02-01,,"]  # fmt: skip
        people, faults, file = self.rows(tmp_path, *lines)
        assert (people["1"]["name"], people["1"]["last_held"], file["employed"]) == ("Anna Berg", None, 1)
        assert faults == [(2, "name", "B009", "warning")]

    def test_a_talk_that_lies_ahead(self, tmp_path):
        """Is told, and does not count yet; one before the first day is told, and counts."""
        lines = ["id,name,joined_on,last_interview", "1,Anna,2024-01-01,2027-01-01", "2,Ole,2024-01-01,2023-03-01"]
        people, faults, _ = self.rows(tmp_path, *lines)
        assert [it["last_held"] for it in people.values()] == ["2023-03-01", None]
        assert faults == [(2, "last_interview", "B005", "warning"), (3, "last_interview", "B005", "warning")]

    def test_headers_of_ones_own(self, tmp_path):
        """For each column; the known ones do not count then."""
        lines = [
            "Nr;id;Namn;Start;Slut;Chef;Tjänst;Enhet;Samtal",
            "1;x;Eva;01/02/2020;;;;;",
            "2;y;Ole;01/02/2020;;1;C;E;01/02/2026",
        ]
        names = {"id": "Nr", "name": "Namn", "joined_on": "Start", "left_on": "Slut", "manager": "chef",
                 "title": "Tjänst", "unit": "Enhet", "last_interview": "samtal"}  # fmt: skip
        typed = [f"--column={name}={header}" for name, header in names.items()]
        people, faults, file = self.rows(tmp_path, *lines, typed=[*typed, "--dates", "dmy"])
        assert faults == []
        assert list(people) == ["1"]
        assert file["coverage"]["not_due"] == 1
        assert file["columns"]["last_interview"] == ["Samtal"]

    @pytest.mark.parametrize(
        ("header", "typed", "says"),
        [
            ("Nr,name,joined_on", (), "B034 id: no column for id; if 'Nr' is it: --column id='Nr'"),
            ("name,joined_on", (), "B034 id: no column for id (say which header serves, with --column NAME=HEADER)"),
            ("id,name,joined_on", ("--column", "manager=Boss"), "B034 manager: no header 'Boss' for manager"),
            (",".join(["name,joined_on", *(f"c{n}" for n in range(60))]), (), "'c47', 12 more\n"),
            ("id,name,name,joined_on", (), "B035 records[1].fields.name: 'Name' fits several columns"),
        ],
    )
    def test_a_header_that_does_not_do(self, tmp_path, header, typed, says):
        """Is told with what would be right."""
        path = tmp_path / "people.csv"
        path.write_text(header + "\n")
        done = run(path, *typed)
        assert done.exit_code == 3
        assert says in done.stderr

    def test_where_there_is_more_wrong_than_is_shown(self, tmp_path):
        """It is counted."""
        path = tmp_path / "people.csv"
        path.write_text("\n".join(["id,name,joined_on", *("x," * n for n in range(4, 18)), "x,y,z,u"]))
        assert run(path).stdout.endswith("and 3 more of 3 kinds; --all shows them\n")
        assert run(path, "--all").stdout.count("B002") == 15
