"""The planter of faults, held to a plain reading of what it wrote: the truth is what stands there, and no more.

Whoever finds all that is planted and nothing besides must have found all that is wrong; so the truth itself is tried,
by a few lines of `csv` and `date` that know nothing of how a fault is planted.
"""

import csv
import importlib.util
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

_found = importlib.util.spec_from_file_location("planting", Path(__file__).parents[2] / "benchmarks" / "planting.py")
planting = importlib.util.module_from_spec(_found)
_found.loader.exec_module(planting)

MANAGER = "manager id"
VARIANTS = [{}, {"spoilt": 1 / 3}, {"broken": 0.1}, {"spoilt": 1 / 3, "broken": 0.2}]


def is_day(text):
    """Whether a text is a day in ISO form, or none."""
    try:
        return not text or date.fromisoformat(text) is not None
    except ValueError:
        return False


def read(path):
    """The rows with the line on which each begins: those of the right width, and the lines of the others."""
    rows, ragged = {}, []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header, line = next(reader), 2
        for cells in reader:
            if len(cells) == len(header):
                rows[line] = dict(zip(header, cells, strict=True))
            else:
                ragged.append(line)
            line = reader.line_num + 1
    return rows, ragged


def looked_for(path):
    """All that is wrong in an export: kind and lines."""
    rows, ragged = read(path)
    wrong = {("ragged", (line,)) for line in ragged}
    wrong |= {(kind, (line,)) for line, row in rows.items() for kind in wrong_alone(row)}
    ids = defaultdict(list)
    for line, row in rows.items():
        ids[row["id"]].append(line)
    ids.pop("", None)
    for lines in ids.values():
        if len(lines) > 1:
            same = rows[lines[0]] == rows[lines[1]]
            wrong.add(("duplicate, same" if same else "duplicate, conflicting", tuple(lines)))
    first_lines = path.read_text(encoding="utf-8").split("\n")
    known = ids.keys() | {first_lines[line - 1].split(",")[0] for line in ragged}
    said = {id: rows[lines[0]][MANAGER] for id, lines in ids.items()}
    wrong |= {("dangling manager", tuple(ids[id])) for id, above in said.items() if above and above not in known}
    for ring in rings(said):
        left = any(rows[line]["last day"] for id in ring for line in ids[id])
        kind = "self-manager" if len(ring) == 1 else "ring through a leaver" if left else "ring"
        wrong.add((kind, tuple(sorted(line for id in ring for line in ids[id]))))
    return wrong


def wrong_alone(row):
    """What is wrong with one row, whatever stands in the others."""
    if not row["id"]:
        yield "blank id"
    if row["employment type"] not in planting.TYPES:
        yield "bad value"
    if not all(map(is_day, (row["hire date"], row["last day"], row["review date"]))):
        yield "bad date"
    elif row["last day"] and row["last day"] < row["hire date"]:
        yield "order of dates"
    elif row["review date"]:
        assert row["hire date"] <= row["review date"] <= (row["last day"] or planting.ON.isoformat())


def rings(said):
    """Who stands in a ring of managers, from each who does."""
    for id in said:
        way = [id]
        while (above := said.get(way[-1])) and above not in way:
            way.append(above)
        if above == id:
            yield way


@pytest.mark.parametrize("how", VARIANTS, ids=str)
@given(seed=st.integers(0, 10**6))
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_truth_is_all_that_is_wrong(seed, how, tmp_path):
    """Each planted fault stands on its lines, and nothing else is wrong with the export."""
    truth = planting.plant(tmp_path / "export.csv", 600, 60, seed=seed, **how)
    planted = [(fault.kind, fault.lines) for fault in truth.faults]
    assert looked_for(tmp_path / "export.csv") == set(planted)
    assert len(planted) == len(set(planted)) == 60 + round(600 * how.get("spoilt", 0))
    lines = [line for fault in truth.faults for line in fault.lines]
    assert len(lines) == len(set(lines))  # no row has two


def test_an_export_without_faults_has_none(tmp_path):
    """What is good is good."""
    truth = planting.plant(tmp_path / "export.csv", 500, 0)
    assert (truth.faults, truth.follows, looked_for(tmp_path / "export.csv")) == ((), frozenset(), set())


def test_the_shares_are_equal_and_the_rows_as_many_as_asked_for(tmp_path):
    """Ten kinds, of which the duplicates are of two sorts; whoever asks for so many rows and faults gets them."""
    truth = planting.plant(tmp_path / "export.csv", 2_000, 200)
    rows, ragged = read(tmp_path / "export.csv")
    assert len(rows) + len(ragged) == truth.rows == 2_000
    kinds = Counter(fault.kind.partition(",")[0] for fault in truth.faults)
    assert kinds == dict.fromkeys(kinds, 20)
    assert len(kinds) == 10


def test_one_seed_gives_one_export_and_another_another(tmp_path):
    """A figure can be looked into again."""
    truths = [planting.plant(tmp_path / f"{n}.csv", 300, 30, seed=seed) for n, seed in enumerate((7, 7, 8))]
    one, same, other = [(tmp_path / f"{n}.csv").read_bytes() for n in range(3)]
    assert (one, truths[0]) == (same, truths[1])
    assert (one, truths[0]) != (other, truths[2])
    assert planting.Truth.loaded(truths[0].dumped()) == truths[0]


def test_those_whose_manager_is_rejected_follow(tmp_path):
    """A row follows where its manager's row is rejected for a fault of its own."""
    truth = planting.plant(tmp_path / "export.csv", 900, 60, spoilt=1 / 3)
    rows, _ = read(tmp_path / "export.csv")
    text = (tmp_path / "export.csv").read_text(encoding="utf-8").split("\n")
    costs = {*planting.REJECTING, "duplicate, conflicting"}
    rejected = {text[line - 1].split(",")[0] for f in truth.faults if f.kind in costs for line in f.lines} - {""}
    follow = {line for line, row in rows.items() if row[MANAGER] in rejected}
    assert follow
    assert follow == truth.follows & rows.keys()


class TestTheScore:
    """A fault is found on one of its lines, under one of its columns or none; what lies elsewhere is false."""

    TRUTH = planting.Truth(
        9,
        1,
        (
            planting.Planted("bad date", (2,), ("hire date",)),
            planting.Planted("ring", (3, 5), (MANAGER,)),
            planting.Planted("ragged", (4,), ()),
        ),
        frozenset({6}),
    )

    @pytest.mark.parametrize(
        ("told", "found", "false"),
        [
            ([], {}, []),
            ([(2, "hire date"), (2, "hire date")], {"bad date": 1}, []),
            ([(2, "")], {"bad date": 1}, []),
            ([(2, "title")], {}, [(2, "title")]),
            ([(5, MANAGER)], {"ring": 1}, []),
            ([(3, MANAGER), (5, MANAGER)], {"ring": 1}, []),
            ([(4, "title"), (4, "hire date")], {"ragged": 1}, []),
            ([(6, MANAGER), (6, "")], {}, []),
            ([(6, "title"), (7, "")], {}, [(6, "title"), (7, "")]),
        ],
    )
    def test_of_what_was_told(self, told, found, false):
        score = planting.score(self.TRUTH, told)
        assert (score.found, score.false) == (Counter(found), false)
        assert score.planted == {"bad date": 1, "ring": 1, "ragged": 1}
