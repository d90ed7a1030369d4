"""What the command line shows, to the letter: tables, accounts, JSON, and the bar that comes and goes."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from coaching import cli

ROWS = (
    "id,name,joined_on,left_on,manager,last_interview",
    "1,Anna Ek,2024-08-01,,Ole Li,2025-02-01",
    "2,Ole Li,2020-01-01,,,2026-01-15",
    "3,Eva Ås,2023-05-01,,1,",
    "4,Per Mo,2023-05-01,2026-01-31,2,2025-03-01",
    "5,Ida Falk,2022-01-01,,2,2025-02-20",
    "6,Tor Wik,2022-02-31,,2,",
    "7,Liv Eide,2022-01-01,,Sigrid,2026-02-01",
)
MONDAY = "2026-03-02"

SHOWN = """\
Person  Name      Manager  Last held   Due         Status  Days
───────────────────────────────────────────────────────────────
3       Eva Ås    Anna Ek  never       2024-05-01  never    670
1       Anna Ek   Ole Li   2025-02-01  2026-02-01  due       29
5       Ida Falk  Ole Li   2025-02-20  2026-02-20  due       10
5 employed: 2 not due, 2 due, 1 never. 1 not employed on this day.
read 7 = accepted 6 + rejected 1 + skipped 0
read as csv: encoding utf-8, separator ',', header 1

Lines  Column     Code  What is wrong, or worth a look                               Rows
─────────────────────────────────────────────────────────────────────────────────────────────
7      joined_on  B003  '2022-02-31' cannot be read: no such day                     rejected
8      manager    B004  'Sigrid' is nobody: no person has this id or name; not used  kept
"""
DUE = [
    {"person": "3", "name": "Eva Ås", "manager": "Anna Ek", "last_held": None, "due": "2024-05-01", "status": "never"},
    {"person": "1", "name": "Anna Ek", "manager": "Ole Li", "last_held": "2025-02-01", "due": "2026-02-01",
     "status": "due"},
    {"person": "5", "name": "Ida Falk", "manager": "Ole Li", "last_held": "2025-02-20", "due": "2026-02-20",
     "status": "due"},
]  # fmt: skip


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A file of seven people, one of whom cannot be read."""
    file = tmp_path / "people.csv"
    file.write_text("\n".join([*ROWS, ""]), encoding="utf-8")
    return file


def run(*typed: Any, **environment: str) -> Any:
    """A command, as it is typed."""
    return CliRunner(env={"COLUMNS": "200", **environment}).invoke(cli.main, [str(word) for word in typed])


def test_the_table_and_the_account_to_the_letter(people: Path):
    """Numbers stand right, words left; the heading names file and day."""
    done = run("due", people, "--on", MONDAY)
    heading, _, rest = done.stdout.partition("\n")
    assert heading.endswith(f"people.csv: annual career interviews due on {MONDAY}")
    assert [line.rstrip() for line in rest.splitlines()] == SHOWN.splitlines()
    assert (done.exit_code, done.stderr) == (0, "")


def test_json_to_the_letter(people: Path):
    """All that a program may want, and each number once."""
    told = json.loads(run("due", people, "--on", MONDAY, "--json").stdout)
    (file,) = told.pop("files")
    assert told == {"on": MONDAY, "read": 7, "accepted": 6, "rejected": 1, "errors": []}
    assert file.pop("file") == str(people)
    report = file.pop("report")
    assert file == {
        "columns": {
            "id": ["id"], "name": ["name"], "joined_on": ["joined_on"], "left_on": ["left_on"],
            "manager": ["manager"], "last_interview": ["last_interview"],
        },
        "employed": 5,
        "left": 1,
        "coverage": {"not_due": 2, "due": 2, "overdue": 0, "never": 1, "offer": 0},
        "due": DUE,
    }  # fmt: skip
    assert (report["read"], report["accepted"], report["rejected"], report["skipped"]) == (7, 6, 1, {})
    assert report["sources"][0]["told"] == {"encoding": "utf-8", "kind": "csv", "separator": ",", "header": 1}
    assert [(it["line"], it["record"], it["column"], it["code"], it["message"]) for it in report["faults"]] == [
        (7, 6, "joined_on", "B003", "'2022-02-31' cannot be read: no such day"),
        (8, 7, "manager", "B004", "'Sigrid' is nobody: no person has this id or name; not used"),
    ]


def test_a_bar_is_drawn_beside_what_is_written_and_wiped_away(people: Path):
    """On a terminal it goes to the other stream, and its line is free again when the reading is done."""
    done = run("due", people, "--on", MONDAY, "--json", FORCE_COLOR="1", TERM="xterm-256color")
    json.loads(done.stdout)
    assert "Read" in done.stderr
    assert "Read" not in done.stdout
    assert done.stderr.endswith("\x1b[2K")


def test_a_long_list_is_cut_and_says_so(tmp_path: Path):
    """Twelve are shown, and twelve remarks; the rest is counted."""
    for people, rest in ((12, False), (13, True)):
        file = tmp_path / f"{people}.csv"
        file.write_text("id,name,joined_on\n" + "".join(f"{n},N {n},2020-01-01\n" for n in range(people)))
        shown = run("due", file, "--on", MONDAY).stdout
        assert shown.count(" never ") == 2 * min(people, 12)  # once held, once as status
        assert ("and 1 more; --all shows them" in shown) is rest
        assert "more; --all" not in run("due", file, "--on", MONDAY, "--all").stdout


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (["1,Anna,2024-08-01"], 0),
        (["1,Anna,soon"], 1),
        (["1,Anna,2024-08-01", "2,Ole,soon"], 0),
        (["1,Anna,2024-08-01", "2,Ole,soon", "3,Eva,soon"], 1),
        ([], 0),
    ],
)
def test_the_exit_code_says_whether_anything_was_of_use(tmp_path: Path, rows: list[str], code: int):
    """1 where more than half of the rows are rejected; an empty file has none that could be."""
    file = tmp_path / "people.csv"
    file.write_text("\n".join(["id,name,joined_on", *rows, ""]))
    assert run("due", file, "--on", MONDAY).exit_code == code
    assert run("due", file, "--on", MONDAY, "--json").exit_code == code


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--on", "soon"), "Invalid value for '--on': 'soon' is no date; write YYYY-MM-DD"),
        (("--column", "name"), "Invalid value for --column: 'name' says no header; write NAME=HEADER"),
        (("--column", "colour=x"), ("Invalid value for --column: 'colour' is no column; known: id, name, joined_on, "
                                   "left_on, manager, title, unit, last_interview")),
        (("--cadence", "weekly"), ("Invalid value for '--cadence': 'weekly' is not one of 'rolling', 'anniversary', "
                                  "'calendar'.")),
        (("--dates", "ymd"), "Invalid value for '--dates': 'ymd' is not one of 'mdy', 'dmy'."),
    ],
)  # fmt: skip
def test_a_wrong_option_says_what_would_be_right(people: Path, typed: tuple[str, ...], said: str):
    """Exit code 2, and nothing is read."""
    done = run("due", people, *typed)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())


def test_a_rule_is_shown_with_its_reasons_when_it_is_asked_for():
    """All of it as JSON, in the same words."""
    (told,) = json.loads(run("rules", "G005", "--json").stdout)
    assert list(told) == ["code", "sort", "severity", "of", "field", "says", "acts", "why", "mend"]
    assert (told["code"], told["sort"], told["severity"], told["of"], told["acts"]) == (
        "G005", "gate", "error", "goal", ["propose", "sign>agreed"],
    )  # fmt: skip
    shown = run("rules", "G005").stdout
    assert [
        word for word in ("Code", "Sort", "Severity", "Of", "Says", "Acts", "Why", "Mend") if word not in shown
    ] == []
    every = run("rules").stdout
    assert "Says" in every
    assert "Mend" not in every


def test_a_rule_that_is_none_is_named():
    """Exit code 2."""
    done = run("rules", "G005", "Z999", "Z998")
    assert done.exit_code == 2
    assert "no rule has the code Z999, Z998" in " ".join(done.stderr.split())
