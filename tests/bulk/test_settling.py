"""Settling: what all rows together come to, whatever the order of files and rows."""

import json

import pytest
from attrs import evolve

from coaching.bulk.drafts import Draft, Reference
from coaching.bulk.mapping.classes import Mapping, Records
from coaching.bulk.settling import conclude, settle, unsettle
from coaching.bulk.settling.paths import Edit
from coaching.bulk.settling.telling import headers_of
from stage.drafts import DAY, PERSON, TALK, bad, below, documents, mapping, messages, person, plain, settled, talk, told


class TestDuplicates:
    """Rows of one id."""

    def test_rows_that_say_the_same_count_once(self):
        with settled([person(1, "1"), person(2, "1"), person(3, "2"), person(4, "1")]) as journal:
            assert told(journal) == [(3, "ID", "B016", "warning")]
            assert messages(journal) == ["'1' says the same as line 2, and so do 1 more"]
            assert dict(journal.account().skipped) == {"blank": 1, "same": 2}
            assert journal.account().accepted == 2

    def test_rows_that_differ_are_all_rejected(self):
        with settled([person(1, "1"), person(2, "1", "Eva Berg"), person(3, "2"), person(4, "1")]) as journal:
            assert told(journal) == [(line, "ID", "X001", "error") for line in (2, 3, 5)]
            assert messages(journal)[0] == "'1' stands on lines 3, 5 too, which differs in: Name"
            assert list(documents(journal)) == ["2"]
            assert list(journal.rejected(0)) == [1, 2, 4]

    @pytest.mark.parametrize(
        ("choice", "name", "lines", "copy"), [("first", "Anna Ek", [3, 6], 5), ("last", "Eva Berg", [2, 5], 6)]
    )
    def test_the_mapping_chooses_which_counts(self, choice, name, lines, copy):
        same = (copy, "ID", "B016", "warning")
        rows = [person(1, "1"), person(2, "1", "Eva Berg"), person(4, "1"), person(5, "1", "Eva Berg")]
        with settled(rows, mapping(duplicates=choice)) as journal:
            assert told(journal) == sorted([*((line, "ID", "X001", "warning") for line in lines), same])
            assert documents(journal)["1"]["name"] == name

    def test_the_last_row_counts_though_it_is_a_copy(self):
        rows = [person(1, "1"), person(2, "1", "Eva Berg"), person(3, "1")]
        with settled(rows, mapping(duplicates="last")) as journal:
            assert told(journal) == [(3, "ID", "X001", "warning"), (4, "ID", "B016", "warning")]
            assert documents(journal)["1"]["name"] == "Anna Ek"

    def test_a_row_beside_a_rejected_one_is_told(self):
        with settled([person(1, "1", wrong=True), person(2, "1")]) as journal:
            assert told(journal) == [(3, "ID", "X001", "warning")]
            assert messages(journal) == ["'1' stands on line 2 too, and was rejected there"]
            assert list(documents(journal)) == ["1"]

    def test_two_rejected_rows_of_one_id_are_told(self):
        with settled([person(1, "1", wrong=True), person(2, "1", wrong=True)]) as journal:
            assert told(journal) == [(3, "ID", "X001", "warning")]

    def test_what_many_rows_say_of_their_unit_is_no_duplicate(self):
        """Each row makes a person and a unit; one of them is rejected, and the unit stands all the same."""
        how = mapping("organisation", "person")
        rows = [it for n in (1, 2, 3) for it in (below(n, "organisation", "Sales"), person(n, f"{n}", made_by=1))]
        with settled(rows, how) as journal:
            assert told(journal) == []
            assert journal.account().accepted == 3
        wrong = [below(1, "organisation", "Sales"), person(1, "1", made_by=1, wrong=True), *rows[2:]]
        wrong[0].document = None
        with settled(wrong, how) as journal:
            assert told(journal) == []
            assert sorted(documents(journal)) == ["2", "3", "Sales"]

    def test_what_a_rejected_row_says_another_says_in_its_place(self):
        how = mapping("organisation", "person")
        rows = [below(1, "organisation", "Sales"), person(1, "1", boss="9", made_by=1, missing="reject"),
                below(2, "organisation", "Sales"), person(2, "2", made_by=1)]  # fmt: skip
        with settled(rows, how) as journal:
            assert told(journal) == [(2, "Boss", "B004", "error")]
            assert sorted(documents(journal)) == ["2", "Sales"]
            assert [(it.line, it.id) for it in journal.standing()] == [(3, "Sales"), (3, "2")]

    def test_a_copy_of_another_row_in_another_file(self):
        with settled({"a.csv": [person(1, "1")], "b.csv": [person(7, "1")]}) as journal:
            assert messages(journal) == ["'1' says the same as line 2 of a.csv"]


class TestWhatTheMappingSays:
    """Records of no row: they stand on no line, and count as none."""

    HEM = evolve(below(0, "organisation", "hem"), line=0)
    HOW = mapping("organisation", "organisation")

    def test_it_is_no_row(self):
        with settled([self.HEM, below(1, "organisation", "Sales", made_by=1)], self.HOW) as journal:
            assert told(journal) == []
            assert sorted(documents(journal)) == ["Sales", "hem"]
            account = journal.account()
            assert (account.accepted, account.rejected) == (1, 0)
            assert list(journal.rejected(0)) == []
            assert (journal.begun(0), journal.begun(1)) == (True, False)

    def test_a_row_that_says_the_same_is_a_copy(self):
        with settled([self.HEM, below(1, "organisation", "hem")], self.HOW) as journal:
            assert messages(journal) == ["'hem' says the same as the mapping"]

    def test_what_it_says_stays(self):
        """Rows that say something else are rejected."""
        rows = [self.HEM, below(1, "organisation", "hem"), below(2, "organisation", "hem")]
        rows[1].document = plain(type="organisation", schema=1, id="hem", name="Hem AB")
        with settled(rows, mapping("organisation")) as journal:
            assert told(journal) == [(2, "Unit", "X001", "error"), (3, "Unit", "X001", "error")]
            assert messages(journal)[0] == "'hem' stands on line 3 and the mapping too, which differs in: Unit"
            assert sorted(documents(journal)) == ["hem"]
            assert journal.account().rejected == 2

    def test_what_cannot_be_is_gone(self):
        """And counts as no row that is rejected."""
        hem = evolve(below(0, "organisation", "hem", "9", missing="reject"), line=0)
        with settled([hem], mapping("organisation")) as journal:
            assert told(journal) == [(0, "Above", "B004", "error")]
            assert documents(journal) == {}
            assert journal.account().rejected == 0


class TestCollecting:
    """Rows of one id that make one record together."""

    how = mapping(collect=("employments", "positions"))

    def test_jobs_stand_in_the_order_of_their_days(self):
        rows = [person(1, "1", since="2024-01-01", title="Lead"), person(2, "1", since="2020-01-01", title="Cook", boss="2"),
                person(3, "2", "Eva Berg"), person(4, "1", since="2024-01-01", title="Lead")]  # fmt: skip
        with settled(rows, self.how) as journal:
            anna = documents(journal)["1"]
            assert [it["from"] for it in anna["employments"]] == ["2020-01-01", "2024-01-01"]
            assert [it["title"] for it in anna["positions"]] == ["Cook", "Lead"]
            assert told(journal) == [(5, "ID", "B016", "warning")]
            n = next(it.n for it in journal.standing() if it.id == "1")
            assert journal.giver(n, "positions[0].span.from") == (0, 2, 3, 0, "positions[0].span.from")
            assert journal.giver(n, "positions[1]") == (0, 1, 2, 0, "positions[0]")
            assert journal.giver(n, "name") == (0, 1, 2, 0, "name")

    def test_a_later_name_counts(self):
        rows = [person(1, "1", "Anna Berg", since="2024-01-01"), person(2, "1", "Anna Ek"), person(3, "1", "EK, Anna")]
        with settled(rows, self.how) as journal:
            assert told(journal) == [(3, "Name", "B009", "warning"), (4, "Name", "B009", "warning")]
            assert documents(journal)["1"]["name"] == "Anna Berg"

    def test_one_name_written_two_ways_is_no_other(self):
        rows = [person(1, "1", "EK, Anna", since="2024-01-01"), person(2, "1", "Anna Ek")]
        with settled(rows, self.how) as journal:
            assert told(journal) == []

    def test_names_of_one_day_say_different_things(self):
        with settled([person(1, "1", "Anna Berg"), person(2, "1")], self.how) as journal:
            assert [it[2] for it in told(journal)] == ["X001", "X001"]

    def test_a_list_without_days_keeps_the_order_of_rows(self):
        goal = lambda n, text: Draft(0, "goal", "g", n + 1, n, plain(id="g", title="Lead", obstacles=[text]))  # noqa: E731
        with settled([goal(1, "b"), goal(2, "a"), goal(3, "b")], mapping("goal", collect=("obstacles",))) as journal:
            assert documents(journal)["g"]["obstacles"] == ["b", "a"]

    def test_references_follow_their_items(self):
        rows = [person(1, "1", boss="9", since="2024-01-01"), person(2, "1", since="2020-01-01", boss="Eva Berg", by="name"),
                person(3, "2", "Eva Berg")]  # fmt: skip
        with settled(rows, self.how) as journal:
            anna = documents(journal)["1"]
            assert anna["positions"][0]["managers"] == [{"manager": "2", "from": "2020-01-01"}]
            assert "managers" not in anna["positions"][1]
            assert anna["extra"] == {"Boss": "9"}

    def test_an_item_that_two_rows_give_stands_once_with_what_both_name(self):
        rows = [person(1, "1", boss="9"), person(2, "1", boss="9"), person(3, "1", boss="9", since="2024-01-01")]
        rows[1].document = rows[1].document.replace(b'"schema": 1', b'"schema":1')
        with settled(rows, self.how) as journal:
            anna = documents(journal)["1"]
            assert [job["span"]["from"] for job in anna["positions"]] == ["2020-01-01", "2024-01-01"]
            assert all("managers" not in job for job in anna["positions"])
            assert anna["extra"] == {"Boss": "9"}

    def test_what_two_rows_name_is_kept_of_both(self):
        rows = [person(1, "1", boss="8"), person(2, "1", boss="9", since="2024-01-01")]
        with settled(rows, self.how) as journal:
            assert documents(journal)["1"]["extra"] == {"Boss": "8; 9"}

    def test_a_row_that_names_somebody_and_does_not_count(self):
        rows = [Draft(0, "goal", "g", n + 1, n, plain(id="g", owner=who), [Reference("owner", "Owner", "person", who, by)])
                for n, who, by in ((1, "Ole", "name"), (2, "Eva", "name"))]  # fmt: skip
        known = [("person", "o", "Ole", "", 0), ("person", "e", "Eva", "", 0)]
        with settled(rows, mapping("goal", duplicates="last"), known=known) as journal:
            assert documents(journal)["g"]["owner"] == "e"

    def test_many_rows_at_once(self):
        with settled([person(n, f"{n}", boss="Nobody N", by="name") for n in range(1, 1200)]) as journal:
            assert len(told(journal)) == 1199
            assert all(it["extra"] == {"Boss": "Nobody N"} for it in documents(journal).values())

    def test_a_list_that_no_row_gives(self):
        how = mapping(collect=("positions", "leaves"), duplicates="first")
        rows = [
            person(1, "1", "Eva Li"),
            person(2, "1", since="2021-01-01", boss="Ole", by="name"),
            person(3, "2", "Ole"),
        ]
        with settled(rows, how) as journal:
            anna = documents(journal)["1"]
            assert (anna["name"], len(anna["positions"]), "leaves" in anna) == ("Eva Li", 2, False)
            assert anna["positions"][1]["managers"][0]["manager"] == "2"

    def test_what_a_row_names_beside_the_lists_counts_with_the_row(self):
        goals = [Draft(0, "goal", "g", n + 1, n, plain(id="g", owner=who, progress=[{"on": f"2024-01-0{n}"}]),
                 [Reference("owner", "Owner", "person", who, "name")]) for n, who in ((1, "Ole"), (2, "Eva"))]  # fmt: skip
        known = [("person", "o", "Ole", "", 0), ("person", "e", "Eva", "", 0)]
        with settled(goals, mapping("goal", collect=("progress",), duplicates="first"), known=known) as journal:
            assert documents(journal)["g"]["owner"] == "o"


class TestTables:
    """Two files of one record."""

    how = Mapping(records=(
        Records(type="person", fields=PERSON), Records(type="person", source="jobs", fields=PERSON, collect=("positions",)),
    ))  # fmt: skip

    def of(self, names, jobs, **how):
        return settled({"names.csv": names, "jobs.csv": jobs}, self.how, **how)

    def job(self, record, id, title, since="2020-01-01", **fields):
        job = {"title": title, "span": {"from": since}}
        return Draft(1, "person", id, record + 1, record, plain(type="person", id=id, positions=[job], **fields))

    def test_fields_of_both(self):
        with self.of(
            [person(1, "1", title=None)], [self.job(1, "1", "Lead", "2024-01-01"), self.job(2, "1", "Cook")]
        ) as journal:
            anna = documents(journal)["1"]
            assert (anna["name"], [it["title"] for it in anna["positions"]]) == ("Anna Ek", ["Cook", "Lead"])
            (it,) = journal.standing()
            assert journal.giver(it.n, "positions[1].title")[:3] == (1, 1, 2)
            assert told(journal) == []
            assert journal.account().accepted == 3

    def test_what_they_say_differently(self):
        with self.of([person(1, "1", title=None)], [self.job(1, "1", "Lead", name="Eva")]) as journal:
            assert [it[:3] for it in told(journal)] == [(2, "ID", "X001")] * 2

    @pytest.mark.parametrize(("choice", "owner"), [("first", "o"), ("last", "e")])
    def test_whom_the_table_names_that_counts(self, choice, owner):
        how = Mapping(records=tuple([Records(type="goal", duplicates=choice)] * 2))
        goals = [Draft(n, "goal", "g", 2, 1, plain(id="g", owner=who), [Reference("owner", "Owner", "person", who, "name")])
                 for n, who in ((0, "Ole"), (1, "Eva"))]  # fmt: skip
        known = [("person", "o", "Ole", "", 0), ("person", "e", "Eva", "", 0)]
        with settled({"a.csv": goals[:1], "b.csv": goals[1:]}, how, known=known) as journal:
            assert documents(journal)["g"]["owner"] == owner

    @pytest.mark.parametrize(("choice", "name"), [("first", "Anna Ek"), ("last", "Eva")])
    def test_which_counts(self, choice, name):
        how = Mapping(records=tuple([Records(type="person", fields=PERSON, duplicates=choice)] * 2))
        rows = {
            "names.csv": [person(1, "1", extra={"a": "1"})],
            "jobs.csv": [self.job(1, "1", "Lead", name="Eva", extra={"b": "2"})],
        }
        with settled(rows, how) as journal:
            assert [it[2] for it in told(journal)] == ["X001"]
            anna = documents(journal)["1"]
            assert (anna["name"], anna["extra"]) == (name, {"a": "1", "b": "2"})


class TestReferences:
    """Whom rows name."""

    def test_a_manager_further_down_or_in_another_file_is_found(self):
        with settled({"a.csv": [person(1, "1", boss="2")], "b.csv": [person(1, "2")]}) as journal:
            assert told(journal) == []

    @pytest.mark.parametrize(
        ("missing", "severity", "message"),
        [("leave_out", "warning", "; not used"), ("keep", "warning", "; kept"), ("reject", "error", "")],
    )
    def test_nobody(self, missing, severity, message):
        with settled([person(1, "1", boss="9", missing=missing)]) as journal:
            assert told(journal) == [(2, "Boss", "B004", severity)]
            assert messages(journal) == [f"'9' is nobody: no person has this id{message}"]
            found = documents(journal).get("1", {})
            assert found.get("extra") == ({"Boss": "9"} if missing == "leave_out" else None)
            assert bool(found.get("positions", [{}])[0].get("managers")) == (missing == "keep")

    def test_one_whose_row_was_rejected_is_named_with_its_line(self):
        rows = {"a.csv": [person(1, "1", boss="2")], "b.csv": [person(6, "2", wrong=True)]}
        with settled(rows) as journal:
            assert messages(journal) == ["'2' stands on line 7 of b.csv, which was rejected; not used"]

    def test_one_that_is_of_another_kind(self):
        rows = {"a.csv": [person(1, "1", boss="2")], "b.csv": [below(1, "organisation", "2", made_by=1)]}
        with settled(rows, mapping("person", "organisation"), known=[("opportunity", "2", "", "", 0)]) as journal:
            assert messages(journal) == ["'2' is no person, but an opportunity or an organisation; not used"]

    def test_one_of_the_book(self):
        with settled(
            [person(1, "1", boss="2"), person(2, "3", boss="Li, Ole", by="name")],
            known=[("person", "2", "Ole Li", "", 0)],
        ) as journal:
            assert told(journal) == []
            assert documents(journal)["3"]["positions"][0]["managers"][0]["manager"] == "2"

    def test_rows_that_need_a_rejected_one_follow(self):
        chain = [person(n, f"{n}", boss=f"{n + 1}", missing="reject") for n in range(1, 60)]
        with settled([*chain, person(60, "60", boss="99", missing="reject")]) as journal:
            assert documents(journal) == {}
            assert len(told(journal)) == 60
            assert messages(journal)[0] == "'2' stands on line 3, which was rejected"
            assert journal.account().rejected == 60

    def test_a_foreign_id_space_is_said_once_with_figures(self):
        rows = [person(n, f"{n}", boss="2" if n == 9 else f"77{n}") for n in range(1, 10)]
        with settled(rows) as journal:
            assert told(journal) == [(1, "Boss", "B004", "warning")]
            assert messages(journal) == ["8 of 9 values are no id of a person in these files; the column is not used"]
            assert all("managers" not in it["positions"][0] for it in documents(journal).values())

    def test_one_cell_in_several_fields_is_told_once(self):
        """As the gravest of what becomes of them; and it counts once."""
        talks = [
            talk(n, f"77{n}", "2024-01-01", made_by=1, missing="reject" if n == 2 else "leave_out") for n in (1, 2)
        ]
        for it in talks:
            it.names[0] = it.names[0]._replace(column="Boss")
        rows = [it for n in (1, 2) for it in (person(n, f"{n}", boss=f"77{n}"), talks[n - 1])]
        with settled(rows, mapping("person", "interview")) as journal:
            assert told(journal) == [(2, "Boss", "B004", "warning"), (3, "Boss", "B004", "error")]
        talks = [talk(n, f"77{n}", "2024-01-01", made_by=1, missing="leave_out") for n in range(1, 8)]
        for it in talks:
            it.names[0] = it.names[0]._replace(column="Boss")
        rows = [it for n in range(1, 8) for it in (person(n, f"{n}", boss=f"77{n}"), talks[n - 1])]
        with settled(rows, mapping("person", "interview")) as journal:
            assert messages(journal) == ["7 of 7 values are no id of a person in these files; the column is not used"]

    def test_rows_that_need_a_foreign_id_are_rejected_each(self):
        rows = [talk(n, f"77{n}", "2024-01-01") for n in range(1, 8)]
        with settled(rows, mapping("interview")) as journal:
            assert [it[0] for it in told(journal)] == [1, *range(2, 9)]
            assert journal.account().rejected == 7

    def test_one_manager_who_is_missing_makes_no_foreign_column(self):
        with settled([person(n, f"{n}", boss="77") for n in range(1, 10)]) as journal:
            assert len(told(journal)) == 9

    def test_most_of_a_column_are_ids(self):
        with settled([person(n, f"{n}", boss=f"{n + 5}", missing="keep") for n in range(1, 20)]) as journal:
            assert len(told(journal)) == 5


class TestNames:
    """Names of people, folded as everywhere."""

    def who(self, said, *names, by="name", **known):
        rows = [person(n, f"{n}", name) for n, name in enumerate(names, 2)]
        return settled([person(1, "1", "Zoe Z", boss=said, by=by), *rows], **known)

    def boss(self, journal):
        return documents(journal)["1"]["positions"][0].get("managers", [{}])[0].get("manager")

    @pytest.mark.parametrize(
        ("said", "names", "found"),
        [("EK,  Anna", ["Anna Ek"], "2"), ("Anna B. Ek", ["Anna Ek"], "2"), ("Anna Ek", ["Anna B. Ek"], "2"),
         ("Anna Ek", ["Anna B. Ek", "Anna Ek"], "3"), ("Anna C Ek", ["Anna B. Ek", "Anna Ek"], "3"),
         ("Anna C Ek", ["Anna B. Ek"], None), (",", ["Anna Ek"], None)],
    )  # fmt: skip
    def test_exact_before_initials(self, said, names, found):
        with self.who(said, *names) as journal:
            assert self.boss(journal) == found

    def test_several_of_one_name_are_all_told(self):
        with self.who("Anna Ek", "Anna Ek", "EK, Anna", known=[("person", "b-1", "Anna Ek", "", 0)]) as journal:
            assert messages(journal) == [
                "'Anna Ek' is the name of 3: '2' (line 3), '3' (line 4), 'b-1' (in the book); not used"
            ]

    def test_so_many_that_some_are_counted(self):
        with self.who("Anna Ek", *["Anna Ek"] * 12) as journal:
            assert ", 2 more; not used" in messages(journal)[0]

    def test_an_id_comes_first_where_it_may_be_either(self):
        with self.who("3", "3", "Anna Ek", by="either") as journal:
            assert self.boss(journal) == "3"
        with self.who("Anna Ek", "3", "Anna Ek", by="either") as journal:
            assert self.boss(journal) == "3"
        with self.who("Eva", "Anna Ek", by="either") as journal:
            assert messages(journal) == ["'Eva' is nobody: no person has this id or name; not used"]

    def test_one_whose_row_was_rejected_is_known_by_name(self):
        anna = person(2, "2", wrong=True)
        anna.name = "Anna Ek"
        with settled([person(1, "1", "Zoe", boss="Ek, Anna", by="name"), anna]) as journal:
            assert messages(journal) == ["'Ek, Anna' ('2') stands on line 3, which was rejected; not used"]

    def test_a_name_is_no_id_of_another_kind(self):
        rows = [person(1, "1", boss="Sales", by="name"), below(2, "organisation", "Sales", made_by=1)]
        with settled(rows, mapping("person", "organisation")) as journal:
            assert messages(journal) == ["'Sales' is nobody: no person is called so; not used"]


class TestRings:
    """Who stands above themselves."""

    def test_a_ring_is_told_once_with_all_its_lines(self):
        rows = [person(1, "1", boss="2"), person(2, "2", boss="3"), person(3, "3", boss="1"), person(4, "4", boss="1")]
        with settled(rows) as journal:
            assert told(journal) == [(2, "Boss", "X003", "warning")]
            assert messages(journal) == ["manage one another in a ring of 3, lines 2, 3, 4: '1' > '2' > '3' > '1'"]

    def test_a_ring_through_somebody_who_left(self):
        left = person(2, "2", boss="1", since="2010-01-01")
        gone = json.loads(left.document)
        gone["employments"][0]["to"] = gone["positions"][0]["span"]["to"] = "2011-01-01"
        left.document = json.dumps(gone).encode()
        with settled([person(1, "1", boss="2"), left]) as journal:
            assert [it[2] for it in told(journal)] == ["X003"]

    def test_one_alone_is_no_ring(self):
        with settled([person(1, "1", boss="1")]) as journal:
            assert told(journal) == [(2, "Boss", "J003", "warning")]

    def test_two_who_manage_each_other_by_turns_are_no_ring(self):
        how = mapping(collect=("employments", "positions"))
        rows = [person(1, "1", boss="2"), person(2, "1", boss="3", since="2022-01-01"),
                person(3, "2", boss="1", since="2022-01-01"), person(4, "3", boss="4"), person(5, "4")]  # fmt: skip
        with settled(rows, how) as journal:
            assert told(journal) == []

    def test_a_ring_of_an_earlier_day_is_one(self):
        how = mapping(collect=("employments", "positions"))
        rows = [person(1, "1", boss="2"), person(2, "1", boss="3", since="2022-01-01"), person(3, "2", boss="1"),
                person(4, "3", boss="1")]  # fmt: skip
        with settled(rows, how) as journal:
            assert messages(journal) == ["manage one another in a ring of 2, lines 2, 5: '1' > '3' > '1'"]

    def test_a_long_ring(self):
        many = 3000
        with settled([person(n, f"{n}", boss=f"{n % many + 1}") for n in range(1, many + 1)]) as journal:
            (message,) = messages(journal)
            assert message.startswith(f"manage one another in a ring of {many}, lines 2, 3")
            assert message.endswith(f"{many - 10} more > '1'")

    @pytest.mark.parametrize(("kind", "code"), [("goal", "G021"), ("organisation", "O002")])
    def test_goals_and_organisations(self, kind, code):
        rows = [below(1, kind, "a", "b"), below(2, kind, "b", "a"), below(3, kind, "c", "a")]
        with settled(rows, mapping(kind)) as journal:
            assert told(journal) == [(2, "Above", code, "warning")]


class TestDays:
    """Interviews and employments."""

    how = mapping("person", "interview")

    @pytest.mark.parametrize(
        ("held", "message"),
        [("2019-12-31", "2019-12-31 is before 2020-01-01, the first day"), ("2020-01-01", None), ("2026-03-02", None),
         ("2026-03-03", "2026-03-03 is after 2026-03-02")],
    )  # fmt: skip
    def test_a_talk_lies_within_the_employment(self, held, message):
        with settled([person(1, "1"), talk(2, "1", held, made_by=1)], self.how) as journal:
            assert told(journal) == ([(3, "Held", "B005", "warning")] if message else [])
            assert messages(journal) == ([message] if message else [])

    def test_nobody_knows_when_somebody_of_the_book_began(self):
        with settled(
            [talk(1, "7", "1999-01-01", made_by=1)], self.how, known=[("person", "7", "Ole", "", 0)]
        ) as journal:
            assert told(journal) == []

    def test_a_talk_without_a_day(self):
        draft = Draft(1, "interview", "i", 2, 1, plain(id="i", coachee="7"))
        with settled([draft], self.how) as journal:
            assert told(journal) == []


class TestUnsettling:
    """After checking refused something."""

    def test_those_who_name_a_refused_one_go_without_or_follow(self):
        rows = [person(1, "1", boss="2"), person(2, "2"), person(3, "3", boss="2", missing="reject"),
                person(4, "4", boss="3"), person(5, "5", boss="1")]  # fmt: skip
        with settled(rows) as journal:
            assert told(journal) == []
            n = next(it.n for it in journal.standing() if it.id == "2")
            journal.add_faults(0, [bad("people.csv", 2, "V004")])
            again = unsettle(journal, mapping(), [n])
            assert [it.id for it in journal.standing(again)] == ["1", "4"]
            assert [it[:3] for it in told(journal)] == [
                (2, "Boss", "B004"), (3, "Hired", "V004"), (4, "Boss", "B004"), (5, "Boss", "B004")]  # fmt: skip
            assert sorted(documents(journal)) == ["1", "4", "5"]
            assert unsettle(journal, mapping()) == []
            assert (journal.account().accepted, journal.account().rejected) == (3, 2)

    def test_copies_of_a_refused_row_go_with_it(self):
        with settled([person(1, "1"), person(2, "1"), person(3, "2")]) as journal:
            (n,) = [it.n for it in journal.standing() if it.id == "1"]
            assert unsettle(journal, mapping(), [n]) == []
            assert told(journal)[-1] == (3, "ID", "B016", "error")
            assert list(journal.rejected(0)) == [1, 2]

    def test_of_several_rows_the_one_at_fault_goes(self):
        how = mapping(collect=("employments", "positions"))
        rows = [person(1, "1", since="2024-01-01"), person(2, "1", boss="9"), person(3, "1", since="2022-01-01")]
        with settled(rows, how) as journal:
            (it,) = journal.standing()
            _, record, *_ = journal.giver(it.n, "employments[1].from")
            assert record == 3
            journal.add_faults(0, [bad("people.csv", record, "P002")])
            assert unsettle(journal, how, [it.n]) == [it.n]
            (it,) = journal.standing()
            assert [job["from"] for job in json.loads(it.document)["employments"]] == ["2020-01-01", "2024-01-01"]
            assert json.loads(it.document)["extra"] == {"Boss": "9"}
            assert unsettle(journal, how, [it.n]) == [2]
            assert unsettle(journal, how, [2]) == []
            assert documents(journal) == {}

    def test_what_stands_in_for_a_refused_row_is_looked_at_as_well(self):
        how = mapping("organisation", "person", "interview")
        rows = [below(1, "organisation", "Sales"), person(1, "1", made_by=1),
                below(2, "organisation", "Sales", "Nowhere"), person(2, "2", made_by=1)]  # fmt: skip
        rows[2].document = rows[0].document
        with settled(rows, how) as journal:
            assert told(journal) == []
            n = next(it.n for it in journal.standing() if it.id == "1")
            assert [it.id for it in journal.standing(unsettle(journal, how, [n]))] == ["Sales"]
            assert [it[:3] for it in told(journal)] == [(3, "Above", "B004")]


class TestSettledOnce:
    """Asked again, nothing happens."""

    def test_again(self):
        with settled([person(1, "1", boss="9")]) as journal:
            before = messages(journal), documents(journal)
            settle(journal, mapping())
            conclude(journal, mapping(), on=DAY)
            assert (messages(journal), documents(journal)) == before


class TestEditing:
    """Setting and leaving out, where the others keep their places."""

    def test_items_that_go_leave_the_others_in_their_order(self):
        edit = Edit(
            {"feedback": ["a", "b", "c"], "agreement": {"span": {"from": "x"}}, "steps": [{"goal": "g", "on": "x"}]}
        )
        edit.leave_out("feedback[0]")
        edit.leave_out("feedback[1]")
        edit.set("feedback[2]", "d")
        edit.leave_out("steps[0].goal")
        edit.leave_out("agreement.span.from")
        assert edit.done() == {"feedback": ["d"]}
        assert [edit.moved(path) for path in ("feedback[0]", "feedback[2]", "name", "x[1].y")] == [
            None, "feedback[0]", "name", "x[1].y"]  # fmt: skip

    def test_what_is_not_there_is_left_alone(self):
        edit = Edit({"name": "Anna", "managers": [{"manager": "1"}]})
        for path in ("x.y", "managers[7].manager", "name[0]", "managers.x", "nothing"):
            edit.leave_out(path)
        edit.set("x.y", "z")
        assert edit.done() == {"name": "Anna", "managers": [{"manager": "1"}]}

    @pytest.mark.parametrize(
        ("path", "header"),
        [
            ("id", "ID"),
            ("positions[0].span", "Hired"),
            ("positions[4].title", "Title"),
            ("nothing", ""),
            ("id.x", "ID"),
            ("positions[0].nothing", ""),
            ("positions", "Title"),
        ],
    )
    def test_the_header_of_a_field(self, path, header):
        assert headers_of(Records(type="person", fields=PERSON), path)[:1] == ([header] if header else [])

    def test_the_headers_of_a_template(self):
        assert headers_of(Records(type="interview", fields={**TALK, "kind": "annual"}), "id")[0] == "ID"
        assert headers_of(Records(type="interview", fields={"kind": "annual", "slot": {}}), "kind") == []
        assert headers_of(Records(type="interview", fields={"kind": "annual", "slot": {}}), "slot") == []
