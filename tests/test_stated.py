"""When the quick run of the benchmarks fails: where a ratio is more than twice what is stated, and never for a time."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import stated

HELD = {"decode": 0.7, "import": 3.0}


def test_a_machine_may_be_in_a_bad_mood():
    """Twice as much is not lost, a little more is."""
    assert stated.lost({"decode": 1.4, "import": 6.0}, HELD) == []
    assert stated.lost({"decode": 1.41, "import": 3.0}, HELD) == ["decode: 1.41, and 0.70 is stated"]


@pytest.mark.parametrize(("measured", "name"), [({"decode": 0.7}, "import"), ({**HELD, "act": 1.0}, "act")])
def test_what_is_measured_is_stated(measured, name):
    """And what is stated is measured: a ratio does not go unseen."""
    assert stated.lost(measured, HELD) == [f"{name}: measured or stated, and not both; --renew states it"]


def test_what_is_written_is_read(tmp_path, monkeypatch):
    """As it was measured, to two places."""
    monkeypatch.setattr(stated, "EXPECTED", tmp_path / "expected.toml")
    stated.renew({"decode a document: to pydantic": 0.714, "import": 3.0})
    assert stated.stated() == {"decode a document: to pydantic": 0.71, "import": 3.0}


def test_a_table_has_both():
    """Side by side; what is new has no other."""
    rows = stated.table({"decode": 0.8, "act": 4.5}, HELD).splitlines()
    assert rows[2:] == ["| decode | 0.80 | 0.70 |", "| act | 4.50 |  |"]


def test_ratios_are_stated():
    """All of them better than nothing, and of a size that one believes."""
    assert len(stated.stated()) > 10
    assert all(0 < ratio < 20 for ratio in stated.stated().values())
