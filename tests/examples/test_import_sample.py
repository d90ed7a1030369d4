"""`examples/import`: three files of a small firm, with the faults that docs/importing.md names, where it names them."""

import csv
import json
from datetime import datetime
from pathlib import Path

import pytest

from coaching.bulk.mapping import match_headers, read_mapping, source_of
from coaching.bulk.sources import open_rows

FOLDER = Path(__file__).parents[2] / "examples" / "import"
NAMES = ["people.csv", "goals.csv", "reviews.ndjson"]


def rows(name):
    """The cells of each line on which a record begins."""
    opened = open_rows(FOLDER / name)
    return {row.line: row.wrong.code if row.wrong else opened.named(row) for row in opened}


def test_the_people():
    """As `csv` alone reads them, and line by line."""
    people = rows("people.csv")
    assert [*people] == [2, 3, 4, 5, 6, *range(8, 21)]  # one has a note of two lines
    assert people[13]["Join Date"] == "2/30/2024"
    assert people[14]["Manager ID"] not in {it["Employee ID"] for it in people.values() if isinstance(it, dict)}
    assert {k for k in people[15] if people[15][k] != people[20][k]} == {"Job Title"}
    assert people[16] == "B002"
    assert people[17]["Employee ID"] == ""
    assert (people[18], people[19]) == (people[8], people[12])
    with (FOLDER / "people.csv").open(encoding="utf-8", newline="") as lines:
        assert len(list(csv.reader(lines))) == 1 + len(people)


def test_the_goals():
    """Parted by semicolons; days with the names of months."""
    goals = rows("goals.csv")
    mapping = read_mapping(FOLDER / "mapping.toml")
    states = next(it for it in mapping.records if it.type == "goal").fields["state"].values
    with pytest.raises(ValueError, match="Des"):
        datetime.strptime(goals[6]["Target Date"], "%d-%b-%y")
    assert goals[7]["Employee ID"] == rows("people.csv")[13]["Employee ID"]
    assert [line for line, it in goals.items() if it["Status"] not in states] == [8]
    assert goals[9] == goals[3]


def test_the_reviews():
    """A line each, of which one is cut off."""
    reviews = rows("reviews.ndjson")
    assert (reviews[7], reviews[9]) == ("B012", reviews[2])
    assert reviews[2]["reviewed_at"] == "2024-06-27 18:30:00 UTC"
    assert reviews[6]["employee_id"] == "5098"
    assert reviews[8]["reviewed_at"] == "28/06/2024"
    first = (FOLDER / "reviews.ndjson").read_text(encoding="utf-8").splitlines()[0]
    assert json.loads(first)["employee_id"] == 5005.0


def test_the_mapping_fits():
    """Each file by its name, each header as it stands."""
    mapping = read_mapping(FOLDER / "mapping.toml")
    assert source_of(mapping, NAMES) == {"people": [0], "goals": [1], "reviews": [2]}
    unused = {}
    for source, name in zip(mapping.sources, NAMES, strict=True):
        opened = open_rows(FOLDER / name, **mapping.sources[source].asked())
        list(opened)
        unused[name] = match_headers(mapping, source, opened.columns).unused
    assert unused == {"people.csv": ("Notes",), "goals.csv": (), "reviews.ndjson": ()}
