"""`coaching mapping`: a first mapping from files, and whether a mapping fits its files."""

import json
from itertools import chain
from pathlib import Path

import pytest
from click.testing import CliRunner

from coaching import cli
from coaching.bulk.mapping import read_mapping

SAMPLE = Path(__file__).parents[1] / "examples" / "import"
FILES = [SAMPLE / name for name in ("people.csv", "goals.csv", "reviews.ndjson")]
MAPPING = """\
[[records]]
type = "organisation"
fields = { id = { value = "hem" }, name = { value = "Hem" }, kinds = { value = ["employer"] } }
[[records]]
type = "person"
fields = { id = "No", name = { column = ["First", "Last"], join = " " }, given_name = { column = "Nick", optional = true } }
"""


def run(*typed):
    """The command as typed."""
    return CliRunner(env={"COLUMNS": "80"}).invoke(cli.main, ["mapping", *map(str, typed)])


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A mapping and two files, of which one fits it."""
    monkeypatch.chdir(tmp_path)
    Path("m.toml").write_text(MAPPING)
    Path("staff.csv").write_text("no,first,last,Sex\n1,Anna,Ek,f\n")
    Path("other.csv").write_text("Number,first,last\n1,Anna,Ek\n")


class TestSuggest:
    """A document to begin with."""

    def test_it_is_a_mapping(self, files):
        """It can be read as it is written, and fits the file."""
        done = run("suggest", *FILES)
        assert (done.exit_code, done.stderr) == (0, "")
        assert [it.type for it in read_mapping(done.stdout).records if it.type != "organisation"] == [
            "person", "goal", "interview",
        ]  # fmt: skip
        Path("s.toml").write_bytes(done.stdout_bytes)
        assert run("check", "s.toml", *FILES).exit_code == 0
        assert json.loads(run("suggest", *FILES, "--json").stdout) == {"mapping": done.stdout}

    def test_it_shows_no_cell_unless_it_is_asked(self, files):
        """What cells say is personal data."""
        assert "Ratna" not in run("suggest", FILES[0]).stdout
        assert "Ratna" in run("suggest", FILES[0], "--samples").stdout

    def test_how_files_are_opened(self, files):
        """As for the other commands."""
        Path("staff.csv").write_text("Staff of Hem\nEmpID|Name\n1|Anna Ek\n")
        assert '"EmpID"' in run("suggest", "staff.csv", "--header", "2", "--separator", "|").stdout

    @pytest.mark.parametrize(
        ("name", "content", "options"),
        [
            ("a.csv", b"Staff of Hem\nEmpID|Name\n1|\xc5sa Ek\nTotal|1\n",
             {"--header": "2", "--separator": "|", "--encoding": "latin-1", "--stop": "Total"}),
            ("a.txt", b"EmpID\tName\n1\tAnna Ek\n", {"--separator": "tab", "--kind": "tsv"}),
            ("a.json", b'{"data": {"people": [{"pk": 1, "model": "hr.staff", "name": "Anna Ek"}]}}',
             {"--path": "data.people[]", "--only": "model=hr.staff"}),
        ],
    )  # fmt: skip
    def test_how_files_are_opened_is_said_in_the_mapping(self, tmp_path, monkeypatch, name, content, options):
        """So that it fits the files that it was made of, one or several, and those of next month."""
        monkeypatch.chdir(tmp_path)
        for it in (name, f"b{name}"):
            Path(it).write_bytes(content)
            done = run("suggest", it, *chain(*options.items()))
            Path("s.toml").write_bytes(done.stdout_bytes)
            assert run("check", "s.toml", it).exit_code == 0, done.stdout
        assert run("check", "s.toml", name).exit_code == 0
        Path("s.toml").write_bytes(run("suggest", name, f"b{name}", *chain(*options.items())).stdout_bytes)
        assert run("check", "s.toml", name, f"b{name}").exit_code == 0

    def test_a_file_that_is_none(self, files):
        """Ends as everywhere."""
        done = run("suggest", "no.csv")
        assert (done.exit_code, done.stdout, done.stderr) == (3, "", "Error: no.csv: No such file or directory\n")


SHOWN = """\
staff.csv
┏━━━━━━━━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━━━━━━━┓
┃ Record       ┃ Field      ┃ From        ┃
┡━━━━━━━━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━━━━━━━┩
│ organisation │ id         │ = hem       │
│ organisation │ name       │ = Hem       │
│ organisation │ kinds      │ = employer  │
│ person       │ id         │ no          │
│ person       │ name       │ first, last │
│ person       │ given_name │ -           │
└──────────────┴────────────┴─────────────┘
not used: Sex
m.toml: nothing is wrong; it makes: organisation, person
"""


class TestCheck:
    """The mapping alone, and with its files."""

    def test_alone(self, files):
        """What it makes."""
        assert run("check", "m.toml").stdout == "m.toml: nothing is wrong; it makes: organisation, person\n"
        assert run("check", "preset:own").stdout == "preset:own: nothing is wrong; it makes: records as they stand\n"
        assert json.loads(run("check", "m.toml", "--json").stdout) == {
            "mapping": "m.toml", "types": ["organisation", "person"], "files": [],
        }  # fmt: skip

    def test_with_a_file_to_the_letter(self, files):
        """What serves as what, and what is not used."""
        done = run("check", "m.toml", "staff.csv")
        assert (done.exit_code, done.stdout, done.stderr) == (0, SHOWN, "")

    def test_json(self, files):
        """The same for a program."""
        (file,) = json.loads(run("check", "m.toml", "staff.csv", "--json").stdout)["files"]
        assert (file["file"], file["source"], file["unused"]) == ("staff.csv", "", ["Sex"])
        assert file["fields"][3:] == [
            {"type": "person", "field": "id", "from": "no"},
            {"type": "person", "field": "name", "from": "first, last"},
            {"type": "person", "field": "given_name", "from": "-"},
        ]

    def test_the_sample(self):
        """25 lines of mapping are enough for three files; each file is one source of it."""
        document = SAMPLE / "mapping.toml"
        assert len([line for line in document.read_text().splitlines() if line]) == 25
        done = run("check", document, "reviews=" + str(FILES[2]), *FILES[:2])
        assert done.exit_code == 0, done.stderr
        assert f"{FILES[2]} as reviews" in done.stdout
        assert "not used: Notes" in done.stdout

    def test_columns_that_come_later(self, files):
        """Where rows name their cells, all are looked at."""
        Path("staff.json").write_text('[{"no": 1}, {"no": 2, "first": "Anna", "last": "Ek", "nick": "A"}]')
        assert "│ given_name │ nick " in run("check", "m.toml", "staff.json").stdout

    def test_all_that_is_wrong(self, files):
        """Over all files, with the file and the nearest header."""
        done = run("check", "m.toml", "other.csv", "staff.csv", "--json")
        assert done.exit_code == 3
        (error,) = json.loads(done.stdout)["errors"]
        assert error["what"] == "mapping: does not fit the files"
        ((code, path),) = [(f["code"], f["path"]) for f in error["findings"]]
        assert (code, path) == ("B034", "other.csv: records[1].fields.id")

    @pytest.mark.parametrize(
        ("text", "code"), [("=", "B030"), (MAPPING.replace("name =", "nmae ="), "B031"), ("records = []", "B032")]
    )
    def test_a_mapping_that_is_none(self, files, text, code):
        """All its faults at once, as a refusal."""
        Path("m.toml").write_text(text)
        done = run("check", "m.toml", "staff.csv")
        assert (done.exit_code, done.stdout) == (3, "")
        assert code in done.stderr

    def test_a_file_that_serves_as_nothing(self, files):
        """Is named."""
        done = run("check", SAMPLE / "mapping.toml", *FILES, "staff.csv")
        assert done.exit_code == 3
        assert "'staff.csv' serves as no source" in done.stderr
