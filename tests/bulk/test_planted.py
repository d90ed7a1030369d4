"""Planted faults, and the import: each is found at its line and column, and nothing besides.

The export, its faults and the mapping are those of the benchmark (`benchmarks/finding.py`), in small. The truth is held
to a plain reading of the file in `test_planting`.
"""

import importlib.util
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
_found = importlib.util.spec_from_file_location("planting", BENCHMARKS / "planting.py")
planting = importlib.util.module_from_spec(_found)
_found.loader.exec_module(planting)

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
VARIANTS = {
    "as it is": {"rows": 2_000, "faults": 200},
    "with line breaks in cells": {"rows": 2_000, "faults": 200, "broken": 0.1},
    "a third of the rows spoilt": {"rows": 1_000, "faults": 100, "spoilt": 1 / 3},
    "without faults": {"rows": 2_000, "faults": 0},
}


def looked_through(path, **how):
    """What an import of an export comes to."""
    from coaching.bulk.importing import import_records

    given = {"by": "hr", "at": NOON, "into": None, "accept": "good", "workers": 1}
    return import_records([path], BENCHMARKS / "planted.toml", **{**given, **how})


@pytest.mark.parametrize("how", VARIANTS.values(), ids=VARIANTS)
@pytest.mark.parametrize("seed", [1, 2, 3])
class TestPlantedFaults:
    """Precision and recall are one, whatever the seed."""

    def test_each_is_found_at_its_line_and_column_and_nothing_besides(self, seed, how, tmp_path):
        truth = planting.plant(tmp_path / "export.csv", **how, seed=seed)
        report = looked_through(tmp_path / "export.csv").report
        places = [(fault.line, fault.column) for fault in report.faults]
        score = planting.score(truth, places)
        assert score.found == score.planted
        assert score.false == []
        assert len(places) == len(set(places))  # one slip, one fault: a day fills three fields, and is told once

    def test_each_kind_has_a_code_of_its_own(self, seed, how, tmp_path):
        truth = planting.plant(tmp_path / "export.csv", **how, seed=seed)
        at = {line: fault.kind for fault in truth.faults for line in fault.lines}
        kinds = defaultdict(set)
        for fault in looked_through(tmp_path / "export.csv").report.faults:
            if fault.line in at and fault.line not in truth.follows:
                kinds[fault.code].add(at[fault.line].partition(",")[0].removesuffix(" through a leaver"))
        assert {code: many for code, many in kinds.items() if len(many) > 1} == {}

    def test_the_account_adds_up_and_rejects_the_rows_that_it_must(self, seed, how, tmp_path):
        truth = planting.plant(tmp_path / "export.csv", **how, seed=seed)
        report = looked_through(tmp_path / "export.csv").report
        cost = {*planting.REJECTING, "duplicate, conflicting"}
        assert report.read == truth.rows
        assert report.rejected == sum(len(fault.lines) for fault in truth.faults if fault.kind in cost)
        skipped = sum(fault.kind == "duplicate, same" for fault in truth.faults)
        assert report.accepted in {truth.rows - report.rejected, truth.rows - report.rejected - skipped}

    def test_two_workers_find_the_same_as_one(self, seed, how, tmp_path):
        planting.plant(tmp_path / "export.csv", **how, seed=seed)
        one, two = (looked_through(tmp_path / "export.csv", workers=n).report.faults for n in (1, 2))
        assert list(one) == list(two)
