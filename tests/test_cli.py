"""The command line: whose interview is due, and what the rules are. No file, whatever is in it, gives a traceback."""

import contextlib
import importlib
import io
import json
import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from coaching import cli, rules
from coaching.book.cadence import Coverage
from stage.tables import parquet, xlsx

HEADER = "id,name,joined_on,left_on,manager,last_interview"
ROWS = (
    "1,Anna Ek,2024-08-01,,Ole Li,2025-02-01",  # overdue
    "2,Ole Li,2020-01-01,,,2026-01-15",  # not due
    "3,Eva Ås,2023-05-01,,1,",  # never
    "4,Per Mo,2023-05-01,2026-01-31,2,2025-03-01",  # left
    "5,Ida Falk,2022-01-01,,2,2025-02-20",  # due
    "6,Tor Wik,2022-02-31,,2,",  # rejected
    "7,Liv Eide,2022-01-01,,Sigrid,2026-02-01",  # not due; a manager who is nobody
)
MONDAY = "2026-03-02"


@pytest.fixture
def people(tmp_path):
    """A small file of people."""
    path = tmp_path / "people.csv"
    path.write_text("\n".join([HEADER, *ROWS, ""]), encoding="utf-8")
    return path


def run(*arguments, width=200, typed=None, **kept):
    """A command as typed, in a terminal so many characters wide, and what comes in from a pipe."""
    done = CliRunner(env={"COLUMNS": str(width), **kept}).invoke(cli.main, [str(a) for a in arguments], input=typed)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def told(*arguments, code=0, **given):
    """What a command writes as JSON, and nothing beside it."""
    done = run(*arguments, "--json", **given)
    assert done.exit_code == code, done.output
    assert done.stderr == ""
    return json.loads(done.stdout)


def source(file):
    """The account of the one source of a file."""
    (account,) = file["report"]["sources"]
    return account


def as_a_user(*arguments, **environment):
    """`python -m coaching`, in a process of its own."""
    environment = {**os.environ, "COLUMNS": "200", "PYTHONIOENCODING": "utf-8", **environment}
    command = [sys.executable, "-m", "coaching", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env=environment, check=False)


def rows_of(shown):
    """The cells of each line of the tables."""
    return [re.split(" {2,}", line.strip()) for line in shown.splitlines()]


class TestTheTable:
    """`due` for people who read."""

    def test_who_waits_longest_stands_first(self, people):
        """With manager by name, the last talk, the day, the status and the days since."""
        rows = rows_of(run("due", people, "--on", MONDAY).stdout)
        assert rows[3:6] == [
            ["3", "Eva Ås", "Anna Ek", "never", "2024-05-01", "never", "670"],
            ["1", "Anna Ek", "Ole Li", "2025-02-01", "2026-02-01", "due", "29"],
            ["5", "Ida Falk", "Ole Li", "2025-02-20", "2026-02-20", "due", "10"],
        ]

    def test_the_account_says_where_everybody_is(self, people):
        """Every row is in it."""
        out = run("due", people, "--on", MONDAY).stdout
        assert "5 employed: 2 not due, 2 due, 1 never. 1 not employed on this day." in out
        assert "read 7 = accepted 6 + rejected 1" in out

    def test_what_could_not_be_used_is_named_with_its_line(self, people):
        """Rejected, or kept all the same."""
        rows = rows_of(run("due", people, "--on", MONDAY).stdout)
        assert rows[-2:] == [
            ["7", "joined_on", "B003", "'2022-02-31' cannot be read: no such day", "rejected"],
            ["8", "manager", "B004", "'Sigrid' is nobody: no person has this id or name; not used", "kept"],
        ]

    def test_a_ring_of_managers_is_named(self, tmp_path):
        """Once, with all its lines."""
        path = tmp_path / "ring.csv"
        path.write_text("id,name,joined_on,manager\n1,Anna,2024-08-01,2\n2,Ole,2024-08-01,1\n")
        what = "manage one another in a ring of 2, lines 2, 3: '1' > '2' > '1'"
        assert rows_of(run("due", path, "--on", MONDAY).stdout)[-1] == ["2", "manager", "X003", what, "kept"]

    def test_without_a_day_it_is_today(self, people):
        """The one place that reads a clock."""
        before = datetime.now(UTC).astimezone().date()
        today = date.fromisoformat(told("due", people)["on"])
        assert before <= today <= datetime.now(UTC).astimezone().date()

    def test_twelve_are_shown_and_all_on_demand(self, tmp_path):
        """Of people and of remarks alike."""
        path = tmp_path / "many.csv"
        people = [f"{n},Person {n},2020-01-01,,nobody {n},{MONDAY}"[:-10] for n in range(20)]
        path.write_text("\n".join([HEADER, *people]))
        short, long = run("due", path, "--on", MONDAY).stdout, run("due", path, "--on", MONDAY, "--all").stdout
        assert "and 8 more; --all shows them" in short
        assert "20 × 'nobody 0' is nobody" in short
        assert "more" not in long
        assert [sum("never" in row for row in rows_of(text)) for text in (short, long)] == [12, 20]
        assert [sum("B004" in row for row in rows_of(text)) for text in (short, long)] == [1, 20]

    def test_a_file_of_nobody(self, tmp_path):
        """An empty table and an account of zero."""
        path = tmp_path / "nobody.csv"
        path.write_text(HEADER)
        out = run("due", path, "--on", MONDAY).stdout
        assert "0 employed: nobody. 0 not employed on this day." in out
        assert "read 0 = accepted 0 + rejected 0" in out
        assert "What is wrong" not in out

    def test_two_files_are_two_tables(self, people, tmp_path):
        """Each with its own account."""
        other = tmp_path / "other.csv"
        other.write_text("id,name,joined_on\n1,Ada,2026-01-01\n")
        out = run("due", people, other, "--on", MONDAY).stdout
        assert out.count("annual career interviews due on 2026-03-02") == 2
        assert "read 1 = accepted 1 + rejected 0" in out

    def test_a_narrow_terminal_loses_no_row(self, people):
        """Cells wrap; only the line that names the file is as long as the name."""
        out = run("due", people, "--on", MONDAY, width=80).stdout
        assert rows_of(out)[3][0] == "3"
        assert "read 7 = accepted 6 + rejected 1" in out
        assert max(map(len, out.splitlines()[1:])) <= 80

    @pytest.mark.parametrize("name", ["Anna [/] Ek", "Anna [red]Ek", "[/bold]", ":smile:", "\\[x]"])
    def test_a_name_is_shown_as_it_is(self, tmp_path, name):
        """Nothing in it is taken for markup: not in the name of a file, person or manager, nor in a reason."""
        path = tmp_path / "[x]people.csv"  # the title wraps where a path is long
        path.write_text(
            f"id,name,joined_on,manager,{name}\n{name},{name},2020-01-01,x{name},\n{name}2,Bo Li,{name},,\n"
        )
        out = run("due", path, "--on", MONDAY, "--column", f"title={name}").stdout
        assert "[x]people.csv" in out.replace("\n", "")
        assert f"{name} {name} - " in re.sub(" +", " ", out)
        assert f"{f'x{name}'!r} is nobody" in out

    @pytest.mark.parametrize("odd", ["\x1b[31m", "\x9b31m", "\x07", "\u202e", "\x7f", "\u2066", "\x00", "\r"])
    def test_nothing_in_a_file_commands_the_terminal(self, tmp_path, odd):
        """Neither in a cell nor in a header, nor in what is said of a file that cannot be read."""
        code = f"\\u{ord(odd[0]):04x}"
        good, bad = tmp_path / f"good{odd.replace(chr(0), '')}.csv", tmp_path / "bad.csv"
        good.write_text(
            f'id,name,"joined_on","x{odd}"\n1{odd}x,Anna,2020-01-01,x\n2,A{odd}na,2020-13-01,\n3,Bo,2020-01-01,9\n'
        )
        bad.write_text(f'"x{odd}y",name\n')
        names = ["--column", f"manager=x{odd}"] if odd not in {"\x00", "\r"} else []
        for more in ((), ("--json",)):
            done = run("due", good, bad, "--on", MONDAY, *names, *more)
            assert odd not in done.output.replace("\r\n", "\n")
            assert done.exit_code == 3
            assert code in done.output or repr(odd)[1:-1] in done.output


class TestOptions:
    """`--on`, `--cadence`, `--dates`, `--separator`, `--column`."""

    def test_the_day(self, people):
        """On a day in the past, Per was there and Liv was not covered yet."""
        at = told("due", people, "--on", "2025-12-31")
        (file,) = at["files"]
        assert (at["on"], file["employed"], file["left"]) == ("2025-12-31", 6, 0)

    def test_the_cadence(self, people):
        """By calendar and by anniversary, other days are due."""
        due = {
            c: {
                p["person"]: p["due"]
                for p in told("due", people, "--on", "2026-12-31", "--cadence", c)["files"][0]["due"]
            }
            for c in ("rolling", "anniversary", "calendar")
        }
        assert due["rolling"]["1"] == "2026-02-01"
        assert due["anniversary"]["1"] == "2025-08-31"
        assert due["calendar"]["1"] == "2026-12-31"
        assert "2" not in due["rolling"] and "2" not in due["calendar"]  # noqa: PT018  (one sentence: not due in either)

    def test_the_order_of_dates(self, tmp_path):
        """A column that can be read both ways is read as one says."""
        path = tmp_path / "people.csv"
        path.write_text("id,name,joined_on\n1,Anna Ek,03/04/2024\n")
        at = told("due", path, "--on", MONDAY, code=1)
        assert at["rejected"] == 1
        assert "no one order of day and month" in at["files"][0]["report"]["faults"][0]["message"]
        assert "--dates mdy or --dates dmy says how" in run("due", path, "--on", MONDAY).stdout
        assert told("due", path, "--on", MONDAY, "--dates", "mdy")["files"][0]["due"][0]["due"] == "2025-03-04"
        assert told("due", path, "--on", MONDAY, "--dates", "dmy")["files"][0]["due"][0]["due"] == "2025-04-03"

    def test_the_columns(self, tmp_path):
        """A header may hold an equals sign."""
        path = tmp_path / "people.csv"
        path.write_text("Nr,Namn,Start=dag\n1,Anna Ek,2024-08-01\n")
        columns = ["--column", "id=Nr", "--column", "name=Namn", "--column", "joined_on=Start=dag"]
        (file,) = told("due", path, "--on", MONDAY, *columns)["files"]
        assert file["columns"] == {"id": ["Nr"], "name": ["Namn"], "joined_on": ["Start=dag"]}
        assert file["report"]["accepted"] == 1

    @pytest.mark.parametrize(("separator", "between"), [(";", ";"), ("tab", "\t"), ("|", "|"), (",", ",")])
    def test_the_separator(self, tmp_path, separator, between):
        """A tab by its name; found where none is said."""
        path = tmp_path / "people.csv"
        path.write_text("id;name;joined_on\n1;Anna Ek;2024-08-01\n".replace(";", between))
        for how in (("--separator", separator), ()):
            (file,) = told("due", path, "--on", MONDAY, *how)["files"]
            assert (file["report"]["accepted"], source(file)["told"]["separator"]) == (1, between)

    def test_where_the_table_stands(self, tmp_path):
        """Below a title and above a sum, in an encoding of its own; what is left out is counted."""
        path = tmp_path / "people.csv"
        path.write_text("Staff\n\nid;name;joined_on\n1;Åsa Ek;2024-08-01\n;;\nTotal;1;\n", encoding="cp1252")
        how = ("--header", "3", "--stop", "total", "--encoding", "cp1252")
        (file,) = told("due", path, "--on", MONDAY, *how)["files"]
        report = file["report"]
        assert (report["read"], report["accepted"], report["skipped"]) == (3, 1, {"blank": 1, "below": 1})
        assert source(file)["told"] == {"kind": "csv", "encoding": "cp1252", "separator": ";", "header": 3}
        out = run("due", path, "--on", MONDAY, *how).stdout
        assert "read 3 = accepted 1 + rejected 0 + skipped 2 (1 below, 1 blank)\n" in out
        assert "read as csv: encoding cp1252, separator ';', header 3\n" in out

    def test_the_sheet_of_a_workbook(self, tmp_path):
        """By its name, or its number; whatever the file is called."""
        path = tmp_path / "people.csv"
        path.write_bytes(
            xlsx({"Notes": [["x"]], "People": [["id", "name", "joined_on"], [7, "Anna", date(2024, 8, 1)]]})
        )
        for sheet in ("People", "2"):
            (file,) = told("due", path, "--on", MONDAY, "--sheet", sheet)["files"]
            assert [line["person"] for line in file["due"]] == ["7"]
        assert "read as xlsx: sheet People, of 2, header 1" in run("due", path, "--sheet", 2).stdout
        assert (
            "B013 sheet: no sheet 'Staff'; there are: 'Notes', 'People'" in run("due", path, "--sheet", "Staff").stderr
        )

    def test_the_path_in_a_document(self, tmp_path):
        """Where the people stand in JSON."""
        path = tmp_path / "people.json"
        path.write_text('{"total": 1,\n "people": [{"id": 1, "name": "Anna", "joinedOn": "2024-08-01"}]}')
        named = [f"--column={c}=people[].{h}" for c, h in (("id", "id"), ("name", "name"), ("joined_on", "joinedOn"))]
        (file,) = told("due", path, "--on", MONDAY, "--path", "people[]", *named)["files"]
        assert (file["report"]["accepted"], source(file)["told"]) == (1, {"encoding": "utf-8", "kind": "json"})

    def test_what_it_is_and_which_rows(self, tmp_path):
        """A header that looks like JSON, and rows of two kinds."""
        path = tmp_path / "people.csv"
        path.write_text('["id"],"name",joined_on,model\n1,Anna,2024-08-01,a\n2,Ole,2024-08-01,b=c\n')
        how = ("--kind", "csv", "--only", "model=b=c", "--column", 'id=["id"]')
        (file,) = told("due", path, "--on", MONDAY, *how)["files"]
        assert ([line["name"] for line in file["due"]], file["report"]["skipped"]) == (["Ole"], {"others": 1})
        assert run("due", path, "--on", MONDAY).exit_code == 3

    def test_a_tab_is_called_so(self, tmp_path):
        """Where it was found; and where there is nothing to tell but the kind, nothing is."""
        path = tmp_path / "people.tsv"
        path.write_text("id\tname\tjoined_on\n1\tAnna Ek\t2024-08-01\n")
        assert "read as csv: encoding utf-8, separator tab, header 1\n" in run("due", path, "--on", MONDAY).stdout
        path.write_bytes(parquet(pa.table({"id": [1], "name": ["Anna Ek"], "joined_on": [date(2024, 8, 1)]})))
        assert "read as parquet\n" in run("due", path, "--on", MONDAY).stdout

    @pytest.mark.parametrize(
        ("option", "value", "says"),
        [
            ("--on", "2026-02-30", "'2026-02-30' is no date; write YYYY-MM-DD"),
            ("--on", "tomorrow", "'tomorrow' is no date; write YYYY-MM-DD"),
            ("--cadence", "weekly", "'weekly' is not one of 'rolling', 'anniversary', 'calendar'"),
            ("--dates", "ymd", "'ymd' is not one of 'mdy', 'dmy'"),
            ("--column", "id", "'id' says no header; write NAME=HEADER"),
            (
                "--column",
                "foo=bar",
                "'foo' is no column; known: id, name, joined_on, left_on, manager, title, unit, last_",
            ),
            ("--header", "0", "0 is not in the range x>=1"),
        ],
    )
    def test_a_wrong_value_is_named(self, people, option, value, says):
        """Exit code 2, as for every wrong use."""
        done = run("due", people, option, value)
        assert done.exit_code == 2
        assert says in done.stderr
        assert option in done.stderr

    def test_a_header_that_is_none_is_named(self, people):
        """With what the header has."""
        done = run("due", people, "--on", MONDAY, "--column", "id=Persnr")
        assert done.exit_code == 3
        assert "its header has: 'id', 'name', 'joined_on', 'left_on'" in done.stderr
        assert "B034 id: no header 'Persnr' for id (say which header serves, with --column" in done.stderr

    def test_a_file_has_to_be_named(self):
        """Or there is nothing to do."""
        assert run("due").exit_code == 2

    @pytest.mark.parametrize("bytes_before", [b"", b"\xef\xbb\xbf"])
    def test_standard_input_is_a_file(self, people, bytes_before):
        """Named with a dash, with or without a byte order mark, whatever the terminal speaks."""
        at = told("due", "-", people, "--on", MONDAY, typed=bytes_before + people.read_bytes())
        assert [(f["file"], f["report"]["accepted"]) for f in at["files"]] == [("-", 6), (str(people), 6)]
        assert at["files"][0]["due"] == at["files"][1]["due"]
        assert (
            told("due", "-", "--on", MONDAY, typed=b"id,name,joined_on\n1,\xc5sa,x", code=3)["errors"][0]["file"] == "-"
        )


class TestExitCodes:
    """0 when each file gave something, or holds nobody; 1 when one gave nothing; 2 for a wrong use; 3 for one unread."""

    def test_some_rows_rejected(self, people):
        """They are named; the others are there."""
        assert run("due", people, "--on", MONDAY).exit_code == 0

    def test_every_row_rejected(self, people, tmp_path):
        """That is no list of whose talk is due, though one can read why."""
        path = tmp_path / "none.csv"
        path.write_text("id,name,joined_on\n1,Anna,x\n2,Ole,y\n")
        done = run("due", path, "--on", MONDAY)
        assert (done.exit_code, done.stderr) == (1, "")
        assert "read 2 = accepted 0 + rejected 2" in done.stdout
        assert told("due", people, path, "--on", MONDAY, code=1)["accepted"] == 6

    @pytest.mark.parametrize("order", [0, 1, 2])
    def test_a_file_that_cannot_be_read_stops_no_other(self, people, tmp_path, order):
        """Wherever it stands; not there, no file, no table of people."""
        bad = tmp_path / "bad.csv"
        bad.write_text("pay\n1\n")
        files = [bad, tmp_path / "nowhere.csv", tmp_path]
        files.insert(order, people)
        done = run("due", *files, "--on", MONDAY)
        assert done.exit_code == 3
        assert "read 7 = accepted 6 + rejected 1" in done.stdout
        assert [line for line in done.stderr.splitlines() if line.startswith("Error: ")] == [
            f"Error: {bad}: file: cannot be read; its header has: 'pay'",
            f"Error: {tmp_path / 'nowhere.csv'}: No such file or directory",
            f"Error: {tmp_path}: Is a directory",
        ]

    def test_errors_are_json_too(self, people, tmp_path):
        """Each with its file, what was tried and the findings, of which there are none where a disk speaks."""
        bad, missing = tmp_path / "bad.csv", tmp_path / "nowhere.csv"
        bad.write_bytes(b"%PDF-1.7\n")
        at = told("due", bad, people, missing, "--on", MONDAY, code=3)
        assert [f["file"] for f in at["files"]] == [str(people)]
        first, second = at["errors"]
        assert (first["file"], first["what"]) == (str(bad), "file: cannot be read")
        assert [(f["code"], f["message"]) for f in first["findings"]] == [("B010", "this is a PDF")]
        assert second == {"file": str(missing), "what": "No such file or directory", "findings": []}
        assert told("due", people, "--on", MONDAY)["errors"] == []


class TestJson:
    """`--json`, for programs."""

    def test_every_row_is_accounted_for(self, people):
        """In all and for each file."""
        at = told("due", people, "--on", MONDAY)
        assert (at["on"], at["read"], at["accepted"], at["rejected"]) == (MONDAY, 7, 6, 1)
        (file,) = at["files"]
        report = file["report"]
        assert (file["file"], report["read"], report["accepted"], report["rejected"]) == (str(people), 7, 6, 1)
        assert (file["employed"], file["left"]) == (5, 1)
        assert file["coverage"] == {"not_due": 2, "due": 2, "overdue": 0, "never": 1, "offer": 0}
        assert set(file["coverage"]) == set(Coverage)

    def test_who_is_due(self, people):
        """Texts, and null where there is nothing."""
        (file,) = told("due", people, "--on", MONDAY)["files"]
        assert file["due"][0] == {
            "person": "3", "name": "Eva Ås", "manager": None, "last_held": None, "due": "2024-05-01", "status": "never",
        } | {"manager": "Anna Ek"}  # fmt: skip
        assert file["due"][1]["last_held"] == "2025-02-01"

    def test_what_could_not_be_used(self, people):
        """All of it, however much."""
        (file,) = told("due", people, "--on", MONDAY)["files"]
        faults = [(it["line"], it["column"], it["code"], it["severity"]) for it in file["report"]["faults"]]
        assert faults == [(7, "joined_on", "B003", "error"), (8, "manager", "B004", "warning")]
        assert file["report"]["faults"][1]["message"].startswith("'Sigrid' is nobody")

    def test_two_files_add_up(self, people, tmp_path):
        """One named twice is read once."""
        other = tmp_path / "other.csv"
        other.write_text("id,name,joined_on\n1,Ada,2026-01-01\n2,Bo,x\n")
        at = told("due", people, other, people, "--on", MONDAY)
        assert (at["read"], at["accepted"], at["rejected"]) == (9, 7, 2)
        assert [f["file"] for f in at["files"]] == [str(people), str(other)]

    def test_a_real_export(self, shared):
        """311 people."""
        at = told("due", shared / "hrdataset_v14.csv", "--on", MONDAY)
        assert (at["read"], at["accepted"], at["rejected"]) == (311, 311, 0)
        assert len(at["files"][0]["due"]) == 207 - at["files"][0]["coverage"]["not_due"]

    def test_it_is_utf_8_whatever_the_terminal_speaks(self, people):
        """As JSON has to be."""
        done = as_a_user("due", people, "--on", MONDAY, "--json", PYTHONIOENCODING="latin-1")
        assert json.loads(done.stdout.decode())["files"][0]["due"][0]["name"] == "Eva Ås"


class TestNoTraceback:
    """Whatever is in a file, what comes is an account or one line that says what is wrong."""

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"", "its header has: nothing"),
            (b"\n\n", "its header has: nothing"),
            (b"\0\0\0\0", "its header has: '\\x00\\x00\\x00\\x00'"),
            (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00A7\x82\xcfn", "this is a zip archive, and damaged"),
            (b"\xff\xfei\0d\0,\0n\0a\0m\0e\0", "its header has: 'id', 'name'"),
            (b"i\0d\0,\0n\0a\0m\0e\0", "this is UTF-16 without its mark, utf-16-le"),
            ("id,name,joined_on\n1,Åsa,2024-08-01".encode("latin-1"), "line 2 is not UTF-8: byte 0xC5"),
            (b'id,name,"joined_on\n1,Anna' + b"x" * 140_000, "line 1 is no header"),
            (b"[]{}\\[/]", "line 1 is no JSON at character 5: Expecting value"),
            (b"<!doctype html><html>", "this is an HTML page"),
            (b'{"id": 1,', "this is JSON cut off in line 1"),
        ],
    )
    def test_a_file_that_is_no_table_of_people(self, tmp_path, content, says):
        """The file is named, too."""
        path = tmp_path / "strange.csv"
        path.write_bytes(content)
        done = run("due", path, "--on", MONDAY)
        assert (done.exit_code, done.stdout) == (3, "")
        assert done.stderr.startswith(f"Error: {path}: ")
        assert says in done.stderr
        (error,) = told("due", path, "--on", MONDAY, code=3)["errors"]
        assert says in "\n".join([error["what"], *(f["message"] for f in error["findings"])])

    def test_a_real_spreadsheet(self, shared):
        """The commonest mistake."""
        done = run("due", shared / "ibm_hr_attrition.xlsx")
        assert done.exit_code == 3
        assert "its header has: 'Age', 'Attrition'" in done.stderr

    def test_a_file_that_cannot_be_read(self, people, monkeypatch):
        """A disk that fails, a share that is gone."""

        def fails(*_, **__):
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(cli.click, "open_file", fails)
        done = run("due", people, "--on", MONDAY)
        assert done.exit_code == 3
        assert done.stderr == f"Error: {people}: Input/output error\n"

    @given(st.binary(max_size=60) | st.text(max_size=60).map(lambda t: t.encode("utf-8", "replace")), st.booleans())
    def test_any_bytes_at_all(self, tmp_path_factory, content, below):
        """By themselves, and below a header."""
        path = tmp_path_factory.getbasetemp() / "any.csv"
        path.write_bytes(HEADER.encode() + b"\n" + content if below else content)
        for more in ((), ("--json",)):
            assert run("due", path, "--on", MONDAY, *more).exit_code in {0, 1, 3}

    @pytest.mark.parametrize("cadence", ["rolling", "anniversary", "calendar"])
    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_the_first_and_the_last_day_there_is(self, tmp_path, day, cadence):
        """Of joining, of the talk and of asking."""
        path = tmp_path / "old.csv"
        path.write_text(f"{HEADER}\n1,Anna,{day},,,{day}\n2,Ole,{day},{day},1,\n3,Eva,0001-01-01,9999-12-31,1,\n")
        for more in ((), ("--json",)):
            assert run("due", path, "--on", day, "--cadence", cadence, *more).exit_code == 0

    def test_a_terminal_that_cannot_show_a_name(self, people):
        """It shows what it can."""
        done = as_a_user("due", people, "--on", MONDAY, PYTHONIOENCODING="ascii")
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"Eva ?s" in done.stdout

    @pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a file's name is always text")
    def test_a_file_whose_name_is_no_text(self, people):
        """Bytes that are no UTF-8 are legal in a name, and say nothing about the content."""
        odd = people.with_name(os.fsdecode(b"people\xff.csv"))
        odd.write_bytes(people.read_bytes())
        for more in ((), ("--json",)):
            done = as_a_user("due", odd, "--on", MONDAY, *more)
            assert (done.returncode, done.stderr) == (0, b"")
            assert b"people\xef\xbf\xbd.csv" in done.stdout
        assert json.loads(done.stdout)["accepted"] == 6


class TestRules:
    """`rules`: all of them, or some with their reasons."""

    def test_all_of_them(self):
        """In the order of their codes; the sentence, without the reasons."""
        out = run("rules", width=300).stdout
        codes = [line.split("│")[1].strip() for line in out.splitlines() if line.startswith("│")]
        assert [c for c in codes if c] == [rule.code for rule in rules()]
        assert "Why" not in out

    def test_those_named_with_their_reasons(self):
        """In the order in which they were asked for."""
        out = run("rules", "X004", "G005", width=400).stdout
        assert out.index("X004") < out.index("G005")
        for heading in ("Code", "Severity", "Says", "Acts", "Why", "Mend"):
            assert heading in out
        rule = next(r for r in rules() if r.code == "G005")
        for text in (rule.says, rule.why, rule.mend, "propose", "error", "gate"):
            assert text in out
        assert "\n\nCode" in out

    def test_those_named_fit_a_narrow_terminal(self):
        """A line for each thing, wrapped; no table, and nothing where there is nothing to say."""
        out = run("rules", "B004", width=60).stdout
        assert max(map(len, out.splitlines())) <= 60
        assert out.startswith("Code      B004\nSort      invariant\n")
        assert "Acts" not in out
        assert "│" not in out

    def test_as_json(self):
        """Everything that a rule says of itself."""
        (rule,) = told("rules", "G005")
        assert (rule["code"], rule["sort"], rule["severity"], rule["acts"][0]) == ("G005", "gate", "error", "propose")
        assert set(rule) == {"code", "sort", "severity", "of", "field", "says", "acts", "why", "mend"}
        assert [r["code"] for r in told("rules")] == [r.code for r in rules()]

    def test_an_unknown_code_is_named(self):
        """All that are unknown."""
        done = run("rules", "G005", "G999", "Q001x")
        assert done.exit_code == 2
        assert "no rule has the code G999, Q001x" in done.stderr


class TestAsAUser:
    """`python -m coaching`, which is the same as `coaching`."""

    def test_the_table(self, people):
        """Written to a pipe there is no progress bar and no colour."""
        done = as_a_user("due", people, "--on", MONDAY)
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"\x1b[" not in done.stdout
        assert "3       Eva Ås    Anna Ek" in done.stdout.decode()

    def test_json(self, people):
        """Nothing else on the way."""
        done = as_a_user("due", people, "--on", MONDAY, "--json")
        assert json.loads(done.stdout)["read"] == 7

    def test_importing_it_does_nothing(self):
        """Only running it does."""
        assert callable(importlib.import_module("coaching.__main__").main)

    def test_without_its_extra(self):
        """It says what is missing, and ends as for a wrong use."""
        hidden = "import sys; sys.modules['click'] = None; from coaching.__main__ import main; main()"
        done = subprocess.run([sys.executable, "-c", hidden], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "coaching: the command line needs the extra cli: click is not installed\n"

    def test_into_something_that_is_no_stream_of_bytes(self):
        """A program that collects the output as text."""
        with contextlib.redirect_stdout(io.StringIO()) as out:
            cli.main(["rules", "G005"], standalone_mode=False)
        assert "G005" in out.getvalue()

    def test_help_says_what_it_does(self):
        """And that nothing scores a person."""
        out = as_a_user("--help").stdout.decode()
        assert "Nothing here scores a person." in out
        assert {"due", "rules"} <= set(out.split())

    def test_the_sample_of_the_readme(self):
        """The job that the README shows first."""
        done = as_a_user("due", Path(__file__).parents[1] / "examples" / "people.csv", "--on", "2026-11-25")
        assert done.returncode == 0
        assert b"read 36 = accepted 33 + rejected 3" in done.stdout
