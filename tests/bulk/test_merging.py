"""Merging: a re-import is acts and no replacement, what nobody speaks of stays, and nobody leaves for half an export."""

import json
from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from coaching import Person, Placement
from coaching.bulk import merging
from coaching.bulk.changes import Done
from coaching.bulk.merging import Change, Changes
from coaching.bulk.reporting import Fate
from coaching.kernel.values import Span
from stage import at, on
from stage.imports import LATER, NOON, PERSON, STAFF, TALK, book_of, good, imported, row, staff, table

LEAVE = staff(absent="leave")


def people(book):
    """The people of a book, by id."""
    return {it.id: it for it in book if isinstance(it, Person)}


def fates(done):
    """What became of whom."""
    return {it.id: it.fate.value for it in done.changes.listed if it.type == "person"}


class TestAgain:
    """Who is there already changes by acts, and what did not change is untouched."""

    def test_the_same_again_changes_nothing(self):
        first = imported(table(good())).book
        again = imported(table(good()), into=first, at=LATER)
        assert book_of(again.book) == book_of(first)
        assert again.report.records == {"person": {"unchanged": 6}, "interview": {"unchanged": 3}}
        assert again.changes.listed == []

    def test_what_changed_becomes_the_act_that_says_so(self):
        first = imported(table(good(4))).book
        rows = [*good(3), row("4", Boss="2", Name="Renamed", Left="2026-01-31")]
        done = imported(table(rows), into=first, at=LATER)
        assert fates(done) == {"4": "changed"}
        (change,) = done.changes.listed
        assert {it.act for it in change.acts} >= {"correct", "leave"}
        four = people(done.book)["4"]
        assert (four.name, four.employments[-1].to.isoformat()) == ("Renamed", "2026-01-31")
        assert [it.digest for it in four.history][: len(people(first)["4"].history)] == [
            it.digest for it in people(first)["4"].history
        ]
        assert all(
            people(done.book)[id] is people(first)[id] or people(done.book)[id] == people(first)[id] for id in "123"
        )
        again = imported(table(rows), into=done.book, at=LATER)
        assert book_of(again.book) == book_of(done.book)

    def test_where_it_stood_is_said(self):
        """By each of the rows that made it."""
        spans = [("2015-01-01", "2016-12-31"), ("2018-01-01", "2019-12-31"), ("2021-01-01", "")]
        rows = [row("1", Hired=begin, Left=end) for begin, end in spans]
        done = imported(table([*rows, row("2")]), staff(collect=["employments", "positions"], fields=rehired()))
        said = {id: it.history[0].reason for id, it in people(done.book).items()}
        assert said == {"1": "source 1 line 2, source 1 line 3, source 1 line 4", "2": "source 1 line 5"}
        rows = [row("1", Hired=f"{1990 + n}-01-01", Left=f"{1990 + n}-06-30") for n in range(13)]
        done = imported(table(rows), staff(collect=["employments", "positions"], fields=rehired()))
        assert people(done.book)["1"].history[0].reason.endswith("source 1 line 11, 3 more")

    def test_a_book_with_records_of_other_kinds(self):
        """They stay where they are."""
        first = imported(table(good())).book
        done = imported(table(good()), {**STAFF, "records": [PERSON]}, into=first, at=LATER)
        assert book_of(done.book) == book_of(first)
        assert set(done.report.records) == {"person"}

    def test_what_is_left_alone_is_said(self):
        """A talk that somebody acted on here is theirs."""
        first = imported(table(good(1))).book
        talk = next(it for it in first if it.id == "1/2024-03-05")
        signed = first.put(talk.sign(by="1", at=at(1)))
        mapping = {**STAFF, "records": [PERSON, {**TALK, "fields": {**TALK["fields"], "kind": {"value": "check_in"}}}]}
        done = imported(table(good(1)), mapping, into=signed, at=LATER)
        assert done.report.records["interview"] == {"left_alone": 1}
        assert book_of(done.book) == book_of(signed)
        (change,) = done.changes.listed
        assert [it.code for it in change.left] == [it["code"] for it in change.as_dict()["left"]]
        assert f"left alone: {change.left[0].path}" in done.changes.told()


def rehired():
    """The fields of people who may come again: each position has its own id."""
    fields = json.loads(json.dumps(PERSON["fields"]))
    fields["positions"][0]["id"] = {"template": "po-{Hired}"}
    return fields


class TestAbsent:
    """Who is in no source any more is told, and leaves only where the mapping says so."""

    def test_they_are_told(self):
        first = imported(table(good(4))).book
        done = imported(table(good(3)), into=first, at=LATER)
        assert fates(done) == {"4": "missing"}
        assert book_of(done.book) == book_of(first)
        assert done.report.records["person"] == {"missing": 1, "unchanged": 3}

    def test_they_leave_where_the_mapping_says_so(self):
        """On the day of the import, once."""
        first = imported(table(good(4)), LEAVE).book
        done = imported(table(good(3)), LEAVE, into=first, at=LATER)
        four = people(done.book)["4"]
        assert (four.employments[-1].to, four.history[-1].act, four.history[-1].by) == (LATER.date(), "leave", "hr")
        (change,) = [it for it in done.changes.listed if it.type == "person"]
        assert (change.fate.value, [it.act for it in change.acts]) == ("left", ["leave"])
        assert "leave" in done.changes.told()
        again = imported(table(good(3)), LEAVE, into=done.book, at=LATER)
        assert book_of(again.book) == book_of(done.book)
        much_later = evolve_at(LATER, 9)
        again = imported(table(good(3)), LEAVE, into=done.book, at=much_later)
        assert book_of(again.book) == book_of(done.book)
        assert "missing" not in again.report.records["person"]

    def test_nobody_leaves_where_too_many_would(self):
        """A part of a file looks like a wave of leavers: it is told, and nobody goes."""
        first = imported(table(good(60)), LEAVE).book
        few = imported(table(good(54)), LEAVE, into=first, at=LATER)
        assert [*fates(few).values()] == ["left"] * 6
        many = imported(table(good(53)), LEAVE, into=first, at=LATER)
        assert book_of(many.book) == book_of(first)
        told = [(it.fate.value, [f.code for f in it.left]) for it in many.changes.listed if it.type == "person"]
        assert told == [("missing", ["B059"])] * 7

    def test_mended_rows_miss_nobody(self, tmp_path):
        """A file of rejected rows holds those alone: who is not in it is not asked about."""
        bad = [{**good(4)[3], "Hired": "soon"}]
        first = imported(table([*good(3), *bad]), LEAVE, rejects=tmp_path / "rejects.csv").book
        mended = (tmp_path / "rejects.csv").read_bytes().replace(b"soon", b"2020-01-01")
        done = imported(mended, LEAVE, into=first, at=LATER)
        assert sorted(people(done.book)) == ["1", "2", "3", "4"]
        assert fates(done) == {"4": "new"}

    def test_a_placement_ends_with_them_and_says_why(self):
        first = imported(table(good(2)), LEAVE).book
        two = people(first)["2"].start_placement(Placement("pl-1", "c-1", Span(on(0))), by="hr", at=at(1))
        done = imported(table(good(1)), LEAVE, into=first.put(two), at=LATER)
        (placement,) = people(done.book)["2"].placements
        assert (placement.span.to, placement.end_reason) == (LATER.date(), "in no source any more")

    def test_who_came_from_elsewhere_is_nobodys_to_miss(self):
        """Who was taken over from another system, or began here."""
        other = imported(table(good(2)), {**STAFF, "name": "payroll"}).book
        here = Person.register("9", "Nine", on(-99), by="hr", at=at(-1))
        done = imported(table([row("5")]), LEAVE, into=other.put(here), at=LATER)
        assert fates(done) == {"5": "new"}

    def test_who_stands_on_a_row_that_is_rejected_is_there(self):
        first = imported(table(good(4)), LEAVE).book
        done = imported(table([*good(3), row("4", Hired="soon")]), LEAVE, into=first, at=LATER)
        assert fates(done) == {}
        assert book_of(done.book) == book_of(first)

    @pytest.mark.parametrize("last", [b"ragged\n", b" ,Nobody,2020-01-01,,,,,\n"], ids=["ragged", "without an id"])
    def test_nobody_leaves_where_a_row_does_not_say_whose_it_is(self, last):
        first = imported(table(good(4)), LEAVE).book
        done = imported(table(good(3)) + last, LEAVE, into=first, at=LATER)
        assert done.report.rejected == 1
        assert book_of(done.book) == book_of(first)
        (change,) = [it for it in done.changes.listed if it.type == "person"]
        assert (change.fate.value, [it.code for it in change.left]) == ("missing", ["B059"])
        assert "left alone: employments" in done.changes.told()

    def test_nobody_leaves_where_nobody_is_there(self):
        """An empty export is half of one."""
        first = imported(table(good(4)), LEAVE).book
        done = imported(table([]), LEAVE, into=first, at=LATER)
        assert set(fates(done).values()) == {"missing"}
        assert book_of(done.book) == book_of(first)

    def test_nobody_is_missed_where_a_source_was_not_given(self, tmp_path):
        mapping = {
            **STAFF,
            "sources": {"a": {"file": "a*"}, "b": {"file": "b*"}},
            "records": [{**PERSON, "source": "a", "absent": "leave"}, {**PERSON, "source": "b"}],
        }
        for name, rows in (("a.csv", good(4)[:2]), ("b.csv", good(4)[2:])):
            (tmp_path / name).write_bytes(table(rows))
        both = [tmp_path / "a.csv", tmp_path / "b.csv"]
        first = imported(both, mapping).book
        assert len(people(first)) == 4
        assert fates(imported(both[:1], mapping, into=first, at=LATER)) == {}
        (tmp_path / "b.csv").write_bytes(table(good(4)[2:3]))
        done = imported(both, mapping, into=first, at=LATER)
        assert fates(done) == {"4": "left"}
        assert people(done.book)["4"].employments[-1].to == LATER.date()

    def test_a_bad_row_of_another_source_says_nothing_of_people(self, tmp_path):
        mapping = {
            **STAFF,
            "sources": {"a": {"file": "a*"}, "t": {"file": "t*"}},
            "records": [{**PERSON, "source": "a", "absent": "leave"}, {**TALK, "source": "t"}],
        }
        (tmp_path / "a.csv").write_bytes(table(good(4)))
        (tmp_path / "t.csv").write_bytes(table(good(4)))
        both = [tmp_path / "a.csv", tmp_path / "t.csv"]
        first = imported(both, mapping).book
        (tmp_path / "a.csv").write_bytes(table(good(3)))
        (tmp_path / "t.csv").write_bytes(table(good(4)) + b"ragged\n")
        assert people(imported(both, mapping, into=first, at=LATER).book)["4"].employments[-1].to == LATER.date()

    def test_what_the_rules_say_of_leaving_is_left_alone(self):
        """Somebody acted after the moment of the import."""
        first = imported(table(good(4)), LEAVE).book
        four = people(first)["4"].correct("a slip", name="Four", by="hr", at=evolve_at(LATER, 5))
        done = imported(table(good(3)), LEAVE, into=first.put(four), at=LATER)
        (change,) = [it for it in done.changes.listed if it.id == "4"]
        assert (change.fate.value, [it.code for it in change.left]) == ("missing", ["V009"])
        assert people(done.book)["4"] == four

    def test_other_kinds_are_told(self):
        first = imported(table(good(2))).book
        done = imported(table([row("1"), *good(2)[1:]]), into=first, at=LATER)
        assert done.report.records["interview"] == {"missing": 1}


def evolve_at(moment, days):
    """So many days later."""
    return moment + timedelta(days=days)


class TestSealing:
    """What was checked is taken over."""

    def test_what_is_refused_all_the_same_is_no_traceback(self, monkeypatch):
        """It cannot be, and would be said."""
        first = imported(table([row("1", Left="2019-01-01")]), into=None).report.rejected
        assert first == 1
        monkeypatch.setattr(merging, "take_over", lambda *_, **__: [()])
        with pytest.raises(merging.Rejected):
            imported(table([row("1")]))


class TestChanges:
    """All are counted, and so many are listed."""

    CHANGE = Change("person", "7", Fate.CHANGED, (Done("correct", "name", "Anna", "Anna B"),))

    @given(st.lists(st.sampled_from(list(Fate)), max_size=8), st.integers(0, 4) | st.none())
    def test_counts_are_exact(self, fates, most):
        changes = Changes(most)
        for fate in fates:
            changes.add(evolve(self.CHANGE, fate=fate))
        told = changes.as_dict()
        assert sum(told["counts"].get("person", {}).values()) == len(fates)
        changed = sum(fate is not Fate.UNCHANGED for fate in fates)
        assert len(told["records"]) + told["unlisted"] == changed
        assert len(told["records"]) == (changed if most is None else min(most, changed))
        json.dumps(told)

    def test_values_are_shown_where_somebody_asks(self):
        changes = Changes()
        changes.add(self.CHANGE)
        for told in (changes.told, lambda **how: json.dumps(changes.as_dict(**how))):
            assert "Anna" not in told()
            assert "Anna" in told(values=True)


def test_into_nothing_nothing_is_merged():
    """Where no book is, nothing becomes of anybody."""
    assert imported(table(good()), into=None, at=NOON).changes.counts == {}

    def test_those_of_whom_nothing_else_is_told_are_told_together(self):
        """However many: a line for each type and fate, with some of their ids."""
        changes = Changes(most=1_500)
        changes.add(self.CHANGE)
        for n in range(1_600):
            changes.add(Change("person", f"p-{n}", Fate.MISSING))
        assert changes.told().splitlines() == [
            "person 7: changed", "  correct name", "person: 1 499 missing: p-0, p-1, p-2, and 1 496 more", "and 101 more",
        ]  # fmt: skip
        few = Changes()
        for id in ("a", "b"):
            few.add(Change("goal", id, Fate.NEW))
        assert few.told() == "goal: 2 new: a, b"
