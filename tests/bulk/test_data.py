"""Exports that nobody wrote for this library: what is wrong in them is found, what is right is taken, nothing is lost.

Each file is read here a second time, by plain Python, which knows nothing of the import: it says which faults there are
and on which lines, and what each record has to say. The files belong to others and lie beside the project; those of the
same kinds with other quirks are written here.
"""

import csv
import json
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import python_calamine

from coaching import Book, CareerPath, Feedback, Goal, Interview, Opportunity, Organisation, Person
from coaching.bulk.importing import import_records
from coaching.kernel.values import Span
from stage.tables import xlsx

MAPPINGS = Path(__file__).parent / "mappings"
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)


class Outcome:
    """What an import came to, and the laws that hold of any: totals add up, and one slip is told once."""

    def __init__(self, mapping, *sources, into=None, **how):
        into = Book() if into is None else into
        outcome = import_records([str(it) for it in sources], mapping, by="hr", at=AT, most=None, into=into, **how)
        self.report, self.book = outcome.report, outcome.book
        self.skipped = sum(outcome.report.skipped.values())
        self.faults = list(self.report.faults)
        self.records = {(type(it), it.id): it for it in self.book}
        self.rejected = {(it.source, it.line, it.record) for it in self.faults if it.severity == "error" and it.record}
        assert self.report.read == self.report.accepted + self.report.rejected + self.skipped
        assert self.report.rejected == len(self.rejected)
        told = Counter((it.source, it.line, it.record, it.column, it.code) for it in self.faults)
        assert {place: n for place, n in told.items() if n > 1} == {}

    @property
    def totals(self):
        """Read, accepted, rejected, skipped."""
        return self.report.read, self.report.accepted, self.report.rejected, self.skipped

    @property
    def lost(self):
        """Line and record of each row that was rejected."""
        return {(line, record) for _, line, record in self.rejected}

    def of(self, code, *, column=None, source=""):
        """The faults of a rule, in the column and in the source of which the name ends so."""
        return [
            it for it in self.faults
            if it.code == code and column in {None, it.column} and it.source.endswith(source)
        ]  # fmt: skip

    def places(self, code, **where):
        """Line and record of each of them."""
        return {(it.line, it.record) for it in self.of(code, **where)}

    def all(self, kind):
        """The records of a kind, by their ids."""
        return {id: it for (its, id), it in self.records.items() if its is kind}


def csv_rows(path, encoding="utf-8-sig"):
    """Line, record and cells of each row: the line is the one on which it begins."""
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        began = reader.line_num
        for record, row in enumerate(reader, 1):
            yield (began + 1, record), {name: cell.strip() for name, cell in zip(header, row, strict=True)}
            began = reader.line_num


def json_rows(path):
    """Line, record and object of each part of the one list that a file holds."""
    text = path.read_text(encoding="utf-8")
    at, record = text.index("[") + 1, 0
    while begins := re.compile(r"[\s,]*(?=\{)").match(text, at):
        value, at = json.JSONDecoder().raw_decode(text, begins.end())
        record += 1
        yield (text.count("\n", 0, begins.end()) + 1, record), value


def us_day(text):
    """A day as they write it in the United States; None for a blank."""
    return datetime.strptime(text, "%m/%d/%Y").date() if text else None


def spaced(text):
    """A text with single blanks."""
    return " ".join(text.split())


def changed(tmp_path, mapping, *changes):
    """A mapping of the tests with some of it said otherwise."""
    text = (MAPPINGS / mapping).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / mapping
    path.write_text(text, encoding="utf-8")
    return path


def written(path, text, encoding="utf-8"):
    """A file with this text."""
    path.write_bytes(text.encode(encoding))
    return path


# --- files that others wrote -----------------------------------------------------------------------------------------


def words_of(name):
    """The words of a name in the order in which it is said, without single letters between the first and the last."""
    family, comma, given = name.partition(",")
    words = [it.strip(".").casefold() for it in (f"{given} {family}" if comma else family).split()]
    return tuple(it for i, it in enumerate(words) if len(it) > 1 or i in {0, len(words) - 1})


def without_end(words):
    """The same without a single letter at the end of the given names, which stands there where the name is turned."""
    return tuple(it for i, it in enumerate(words) if len(it) > 1 or i == 0)


class TestHrDataset:
    """People with the names of their managers, and the day of the last review: CSV with a BOM."""

    @pytest.fixture(scope="class")
    @classmethod
    def path(cls, shared):
        return shared / "hrdataset_v14.csv"

    @pytest.fixture(scope="class")
    @classmethod
    def rows(cls, path):
        return list(csv_rows(path))

    @pytest.fixture(scope="class")
    @classmethod
    def outcome(cls, path):
        return Outcome(MAPPINGS / "hrdataset.toml", path)

    @pytest.fixture(scope="class")
    @classmethod
    def ids(cls, rows):
        """Who is called what; nobody here is called as somebody else."""
        found = {without_end(words_of(row["Employee_Name"])): row["EmpID"] for _, row in rows}
        assert len(found) == len(rows) == 311
        return found

    def manager(self, ids, row):
        """The id of the manager, where the name is one of the file."""
        return ids.get(without_end(words_of(row["ManagerName"])))

    def test_all_is_read(self, outcome):
        """And nothing is in the way of anybody but what is in the file."""
        assert outcome.report.read == 311
        assert outcome.report.skipped == {}
        assert {it.code for it in outcome.faults} == {"B004", "B005"}

    def test_managers_who_are_nobody(self, outcome, rows, ids):
        """Five of twenty-one names, each row of which is told once, though its talk names the manager too."""
        dangling = {place: row["ManagerName"] for place, row in rows if self.manager(ids, row) is None}
        assert len(set(dangling.values())) == 5
        assert outcome.places("B004") == outcome.places("B004", column="ManagerName") == set(dangling)
        told = {(it.line, it.record): it for it in outcome.of("B004")}
        assert all(name in told[place].message for place, name in dangling.items())
        assert not any(name in told[place].what for place, name in dangling.items())

    def test_reviews_before_the_first_day(self, outcome, rows):
        """Five; nine are after the last day, which the rule may tell too."""
        reviewed = [(place, row, us_day(row["LastPerformanceReview_Date"])) for place, row in rows]
        early = {place for place, row, day in reviewed if day and day < us_day(row["DateofHire"])}
        late = {
            place for place, row, day in reviewed
            if day and row["DateofTermination"] and day > us_day(row["DateofTermination"])
        }  # fmt: skip
        assert (len(early), len(late)) == (5, 9)
        assert early <= outcome.places("B005", column="LastPerformanceReview_Date") <= early | late
        assert outcome.places("B005") == outcome.places("B005", column="LastPerformanceReview_Date")

    def test_each_person(self, outcome, rows, ids):
        """Says what the row says, trimmed."""
        people = outcome.all(Person)
        good = [row for place, row in rows if place not in outcome.lost]
        assert set(people) == {row["EmpID"] for row in good}
        for row in good:
            person = people[row["EmpID"]]
            span = Span(us_day(row["DateofHire"]), us_day(row["DateofTermination"]))
            assert spaced(person.name) == spaced(row["Employee_Name"])
            assert person.employments == (span,)
            (position,) = person.positions
            assert (position.id, position.title, position.unit) == (
                row["PositionID"],
                row["Position"],
                row["Department"],
            )
            assert (position.span, position.employer) == (span, "house")
            assert position.manager_on(span.from_) == self.manager(ids, row)
            assert person.extra["EmploymentStatus"] == row["EmploymentStatus"]
            assert (person.history[0].act, person.history[0].by, person.history[0].at) == ("import", "hr", AT)

    def test_each_talk(self, outcome, rows, ids):
        """Is held by the manager, or by nobody who is known; what B005 doubts is one, too."""
        talks = outcome.all(Interview)
        good = [row for place, row in rows if row["LastPerformanceReview_Date"] and place not in outcome.lost]
        assert set(talks) == {f"review-{row['EmpID']}" for row in good}
        for row in good:
            talk = talks[f"review-{row['EmpID']}"]
            assert (talk.coachee, talk.interviewer) == (row["EmpID"], self.manager(ids, row))
            assert (talk.state, talk.kind, talk.held_on) == (
                "held",
                "annual",
                us_day(row["LastPerformanceReview_Date"]),
            )
            assert talk.extra["PerformanceScore"] == row["PerformanceScore"]
            assert talk.extra["EngagementSurvey"] == row["EngagementSurvey"]

    def test_one_employer_is_made_of_all_rows(self, outcome):
        """It says the same in each, and costs none of them."""
        (house,) = outcome.all(Organisation).values()
        assert (house.id, house.name, house.kinds) == ("house", "The house", ("employer",))

    def test_whoever_is_told_keeps_what_the_file_says(self, outcome, rows, ids):
        """A manager who is nobody is not lost: the name stands in what no field takes."""
        for place, row in rows:
            if place not in outcome.lost and self.manager(ids, row) is None:
                assert row["ManagerName"] in outcome.records[Person, row["EmpID"]].extra.values()

    def test_another_id_space(self, path, rows, tmp_path):
        """Is told once, with figures, and not on three hundred lines."""
        by_name, by_id = '{ column = "ManagerName", by = "name" }', '"ManagerID"'
        outcome = Outcome(changed(tmp_path, "hrdataset.toml", (by_name, by_id)), path)
        ids = {row["EmpID"] for _, row in rows}
        foreign = [row["ManagerID"] for _, row in rows if row["ManagerID"] and row["ManagerID"] not in ids]
        assert len(foreign) == 303
        (told,) = outcome.of("B004")
        assert (told.column, told.record) == ("ManagerID", 0)
        assert "303" in told.message
        people = outcome.all(Person).values()
        assert len(people) == 311 - len(outcome.lost)
        assert {it.positions[0].manager_on(it.positions[0].span.from_) for it in people} == {None}

    def test_noughts_at_the_beginning(self, path, rows, tmp_path):
        """A code is no number."""
        more = ('extra = ["EmploymentStatus", "TermReason"]', 'extra = ["EmploymentStatus", "TermReason", "Zip"]')
        people = Outcome(changed(tmp_path, "hrdataset.toml", more), path).all(Person)
        codes = {row["EmpID"]: row["Zip"] for _, row in rows if row["EmpID"] in people}
        assert sum(it.startswith("0") for it in codes.values()) > 100
        assert {id: it.extra["Zip"] for id, it in people.items()} == codes

    def test_no_order_of_day_and_month_need_be_said(self, path, outcome, tmp_path):
        """The columns show it."""
        shown = Outcome(changed(tmp_path, "hrdataset.toml", ('formats = ["%m/%d/%Y"]', "")), path)
        assert shown.totals == outcome.totals
        assert {it.id: it.employments for it in shown.book if isinstance(it, Person)} == {
            it.id: it.employments for it in outcome.book if isinstance(it, Person)
        }


class TestIbm:
    """People without names, days and managers: a workbook in which every number has decimals."""

    def test_it(self, shared):
        """All of them are taken, as people of whom nobody says since when."""
        path = shared / "ibm_hr_attrition.xlsx"
        (sheet,) = python_calamine.CalamineWorkbook.from_path(path).sheet_names
        header, *rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
        assert (len(rows), len(sheet)) == (1470, 31)
        outcome = Outcome(MAPPINGS / "ibm.toml", path)
        assert outcome.totals == (1470, 1470, 0, 0)
        assert outcome.faults == []
        people = outcome.all(Person)
        assert len(people) == 1470
        for cells in rows:
            row = dict(zip(header, cells, strict=True))
            person = people[str(int(row["EmployeeNumber"]))]
            assert person.name == f"Employee {person.id}"
            assert (person.standing(AT.date()), person.positions) == ("outside", ())
            assert person.extra["JobRole"] == row["JobRole"]
            assert str(person.extra["JobLevel"]) == str(int(row["JobLevel"]))
            assert str(person.extra["PerformanceRating"]) == str(int(row["PerformanceRating"]))


MODELS = {
    "base.company": 3, "employee.employee": 126, "employee.employeeworkinformation": 126,
    "pms.employeeobjective": 3, "pms.employeekeyresult": 9, "pms.feedback": 1,
}  # fmt: skip
"""The models of which records are made, and how many rows each has."""


class TestHorilla:
    """Four Django fixtures: rows of many models in one list, a person in two of them, names behind numbers."""

    FILES = (
        "horilla_employee_info_data.json", "horilla_work_info_data.json", "horilla_base_data.json",
        "horilla_pms_data.json",
    )  # fmt: skip

    @pytest.fixture(scope="class")
    @classmethod
    def rows(cls, shared):
        """By model: place, number and fields of each row."""
        found = {}
        for file in cls.FILES:
            for place, row in json_rows(shared / file):
                found.setdefault(row["model"], []).append((place, row["pk"], row["fields"]))
        return found

    @pytest.fixture(scope="class")
    @classmethod
    def outcome(cls, shared):
        return Outcome(MAPPINGS / "horilla.toml", *(shared / file for file in cls.FILES))

    @pytest.fixture(scope="class")
    @classmethod
    def short(cls, rows):
        """Rows of work that lack a first day, or what the position is called; with the column that says nothing."""
        found = {}
        for place, _, it in rows["employee.employeeworkinformation"]:
            for column in ("date_joining", "job_position_id"):
                if it[column] is None:
                    found[place] = f"fields.{column}"
        assert Counter(found.values()) == {"fields.date_joining": 50, "fields.job_position_id": 1}
        return found

    def test_totals(self, outcome, rows, short):
        """Rows of other models are counted and not used, also those of which a lookup is made."""
        assert {model: len(rows[model]) for model in MODELS} == MODELS
        used = sum(MODELS.values())
        assert outcome.report.read == sum(map(len, rows.values()))
        assert outcome.report.accepted + outcome.report.rejected == used
        assert outcome.report.rejected >= len(short)

    def test_what_is_missing(self, outcome, short):
        """Each once, though the first day serves as that of the employment, the position and the manager."""
        told = {(it.line, it.record): it for it in outcome.faults if it.code in {"V014", "J002"}}
        assert {place: it.column for place, it in told.items()} == short
        assert set(short) <= outcome.lost

    def test_one_who_manages_themselves(self, outcome, rows):
        """By the line. Whoever stands below that one is in no ring: two people, whose chain ends there."""
        work = rows["employee.employeeworkinformation"]
        own = {place for place, _, it in work if it["reporting_manager_id"] == it["employee_id"]}
        assert len(own) == 1
        assert outcome.places("J003") == own
        assert {it.column for it in outcome.of("J003")} == {"fields.reporting_manager_id"}
        assert outcome.of("X003") == []

    def test_managers_are_somebody_of_the_file(self, outcome, rows, short):
        """Also where their own line of work is rejected: who they are stands in the other file."""
        lost = {it["employee_id"] for place, _, it in rows["employee.employeeworkinformation"] if place in short}
        of_lost = {
            place for place, _, it in rows["employee.employeeworkinformation"] if it["reporting_manager_id"] in lost
        }
        assert outcome.places("B004") <= of_lost

    def test_each_person(self, outcome, rows, short):
        """Is one record of two rows, with names for numbers."""
        people = outcome.all(Person)
        titles = {pk: it["job_position"] for _, pk, it in rows["base.jobposition"]}
        units = {pk: it["department"] for _, pk, it in rows["base.department"]}
        names = {pk: it for _, pk, it in rows["employee.employee"]}
        good = [it for place, _, it in rows["employee.employeeworkinformation"] if place not in outcome.lost]
        assert len(good) >= 126 - len(short) - 1
        for work in good:
            person, name = people[str(work["employee_id"])], names[work["employee_id"]]
            assert person.name == f"{name['employee_first_name']} {name['employee_last_name']}"
            assert (person.given_name, person.family_name) == (name["employee_first_name"], name["employee_last_name"])
            assert person.external_ids == {"badge": name["badge_id"]}
            since = date.fromisoformat(work["date_joining"])
            assert person.employments == (Span(since),)
            (position,) = person.positions
            assert (position.title, position.unit) == (titles[work["job_position_id"]], units[work["department_id"]])
            assert position.employer == str(work["company_id"])
            assert (position.location and position.location.name) == work["location"]
            manager = work["reporting_manager_id"]
            assert len(position.managers) == (
                manager not in {None, work["employee_id"]}
            )  # none says that there is none
            if manager != work["employee_id"]:
                assert position.manager_on(since) == str(manager)

    def test_goals_and_what_is_asked(self, outcome, rows):
        """An objective with its key results below it, of whom it is; and one request for feedback."""
        goals = outcome.all(Goal)
        titles = {pk: it["title"] for _, pk, it in rows["pms.objective"]}
        objectives = {pk: it for _, pk, it in rows["pms.employeeobjective"]}
        assert len(goals) == 12
        for pk, it in objectives.items():
            goal = goals[f"objective-{pk}"]
            assert (goal.owner, goal.title, goal.state) == (
                str(it["employee_id"]),
                titles[it["objective_id"]],
                "agreed",
            )
            assert goal.target_on == date.fromisoformat(it["end_date"])
        for _, pk, it in rows["pms.employeekeyresult"]:
            goal, above = goals[f"key-result-{pk}"], objectives[it["employee_objective_id"]]
            assert (goal.title, goal.parent) == (it["key_result"], f"objective-{it['employee_objective_id']}")
            assert (goal.owner, goal.target_on) == (str(above["employee_id"]), date.fromisoformat(above["end_date"]))
            assert (goal.measure.unit, goal.measure.start, goal.measure.target) == ("%", 0, 100)
        (asked,) = outcome.all(Feedback).values()
        assert (asked.giver, asked.receiver, asked.state) == ("13", "14", "requested")
        assert (asked.about, asked.due) == ("Isabella Feedback", date(2025, 7, 30))
        assert {id: it.name for id, it in outcome.all(Organisation).items()} == {
            str(pk): it["company"] for _, pk, it in rows["base.company"]
        }

    def test_the_order_of_files_says_nothing(self, shared, outcome):
        """They are known by their names; or by the one that is given with each."""
        turned = Outcome(MAPPINGS / "horilla.toml", *(shared / file for file in reversed(self.FILES)))
        labels = ("info", "work", "base", "pms")
        given = [f"{label}={shared / file}" for label, file in zip(labels, self.FILES, strict=True)]
        told = Outcome(MAPPINGS / "horilla.toml", *given)
        assert turned.totals == told.totals == outcome.totals
        assert turned.records == told.records == outcome.records
        assert outcome.lost == turned.lost == told.lost


class TestOdoo:
    """Lines of résumés, of people who are in another export: a third of them ends before it begins."""

    @pytest.fixture(scope="class")
    @classmethod
    def path(cls, shared):
        return shared / "odoo_hr.resume.line.csv"

    @pytest.fixture(scope="class")
    @classmethod
    def rows(cls, path):
        return list(csv_rows(path))

    @pytest.fixture(scope="class")
    @classmethod
    def backwards(cls, rows):
        """Where the last day is before the first."""
        found = {place for place, row in rows if row["date_end"] and row["date_end"] < row["date_start"]}
        assert (len(rows), len(found)) == (95, 34)
        return found

    def test_alone(self, path, rows, backwards):
        """Nobody is known, and no path can be without its owner; of what is nobody's no rule is asked."""
        outcome = Outcome(MAPPINGS / "odoo_resume.toml", path)
        assert outcome.totals == (95, 0, 95, 0)
        assert outcome.places("V004") <= backwards
        (column,) = [it for it in outcome.of("B004") if not it.record]  # it is told once of the column, too
        assert (column.column, column.severity) == ("employee_id:id", "warning")
        assert outcome.lost == {place for place, _ in rows} == outcome.places("B004") - {(column.line, 0)}
        assert {it.column for it in outcome.of("B004")} == {"employee_id:id"}
        assert outcome.records == {}

    def test_into_a_book_that_knows_the_people(self, path, rows, backwards):
        """Each line that runs forwards is a step of a path."""
        ids = {row["employee_id:id"] for _, row in rows}
        known = Book(Person.register(id, f"Person {id[-3:]}", by="hr", at=AT - timedelta(1)) for id in ids)
        outcome = Outcome(MAPPINGS / "odoo_resume.toml", path, into=known)
        assert outcome.totals == (95, 61, 34, 0)
        assert [it.code for it in outcome.faults if it.severity == "error"] == ["V004"] * 34
        assert outcome.places("V004", column="date_end") == backwards
        assert set(outcome.all(Person)) == ids
        steps = {}
        for way in outcome.all(CareerPath).values():
            assert way.id == f"resume-{way.owner}"
            steps.update({(way.owner, step.id): step for step in way.steps})
        good = [row for place, row in rows if place not in backwards]
        assert set(steps) == {(row["employee_id:id"], row["id"]) for row in good}
        for row in good:
            step = steps[row["employee_id:id"], row["id"]]
            begins, ends = (date.fromisoformat(it) if it else None for it in (row["date_start"], row["date_end"]))
            assert step.span == Span(begins, ends)
            assert (step.state, step.reached_on) == (("reached", ends) if ends else ("under_way", None))
            assert step.kind == ("position" if row["line_type_id:id"].endswith("experience") else "learning")
            assert step.title == ", ".join(it for it in (row["description"], row["name"]) if it)


class TestEsco:
    """A catalogue of which two cells in each record have several lines, and codes look like numbers."""

    @pytest.fixture(scope="class")
    @classmethod
    def path(cls, shared):
        return shared / "esco_occupations_en.csv"

    @pytest.fixture(scope="class")
    @classmethod
    def rows(cls, path):
        found = list(csv_rows(path))
        assert (len(found), found[-1][0][0] > 30_000) == (3007, True)
        return found

    def test_all_are_taken(self, path, rows):
        """With their lists, texts of several lines, and codes as they stand."""
        outcome = Outcome(MAPPINGS / "esco.toml", path)
        assert outcome.totals == (3007, 3007, 0, 0)
        assert [it for it in outcome.faults if it.severity == "error"] == []
        places = outcome.all(Opportunity)
        assert len(places) == 3007
        for _, row in rows:
            place = places[row["conceptUri"]]
            assert (place.title, place.kind, place.state) == (spaced(row["preferredLabel"]), "position", "withdrawn")
            assert (place.occupation.scheme, place.occupation.code) == ("ESCO", row["conceptUri"])
            names = [name.strip() for name in row["altLabels"].split("\n") if name.strip()]
            assert [want.text for want in place.wants] == names
            assert {want.essential for want in place.wants} <= {False}
            assert (place.extra["code"], place.extra["iscoGroup"]) == (row["code"], row["iscoGroup"])
            assert place.extra["description"] == row["description"]
        assert places["http://data.europa.eu/esco/occupation/00030d09-2b3a-4efd-87cc-c4ea39d27c34"].extra["code"] == (
            "2654.1.7"
        )

    def test_a_code_that_stands_twice(self, path, rows, tmp_path):
        """As an id it is a conflict, told on the lines on which both records begin, and neither is taken."""
        outcome = Outcome(changed(tmp_path, "esco.toml", ('id = "conceptUri"', 'id = "code"')), path)
        codes = Counter(row["code"] for _, row in rows)
        twice = {place for place, row in rows if codes[row["code"]] > 1}
        assert len(twice) == 96
        assert outcome.places("X001", column="code") == outcome.lost == twice
        assert outcome.totals == (3007, 3007 - 96, 96, 0)
        assert len(outcome.all(Opportunity)) == 3007 - 96


# --- others of their kinds -------------------------------------------------------------------------------------------


class TestSwedish:
    """Semicolons, UTF-16, an end mark, a text of two lines; each fault that a flat export of people can have."""

    MAPPING = """
    name = "Lönesystemet"
    [sources.staff]
    stop = "Summa"
    [defaults]
    nulls = ["-"]
    [[records]]
    type = "organisation"
    fields = { id = { value = "hem" }, name = { value = "Hem AB" } }
    [[records]]
    type = "person"
    extra = ["Anteckning"]
    [records.fields]
    id = "anst nr"
    name = "NAMN"
    employments = [{ from = "anstalld sedan", to = { column = "slutdatum", open_end = "9999-12-31" } }]
    [[records.fields.positions]]
    title = "befattning"
    unit = "avdelning"
    employer = { value = "hem" }
    managers = [{ manager = { column = "narmaste chef", by = "either" } }]
    """
    HEADER = "Anst.nr;Namn;Anställd sedan;Slutdatum;Närmaste chef;Befattning;Avdelning;Anteckning"
    ROWS = (
        '101;Ek, Åsa;2019-03-01;9999-12-31;-;VD;Ledning;"rad 1\nrad 2"',
        "102;Lind, Ole;2020-01-07;;ÅSA EK;Säljare;Nord;",
        "103;Berg, Eva;2020-13-01;;Ole Lind;Säljare;Nord;",
        "104;Sjö, Per;2021-05-01;2020-05-01;101;Säljare;Nord;",
        "105;;2021-05-01;;101;Säljare;Nord;",
        "106;Ask, Bo;2018-01-01;;Ask, Bo;Säljare;Nord;",
        "107;Dal, Ida;2018-01-01;;Björk, Max;Säljare;Nord;",
        "102;Lind, Ole;2020-01-07;;ÅSA EK;Säljare;Nord;",
        "108;Ås, Li;2017-01-01;;101;Säljare;Nord;",
        "108;Ås, Li;2016-01-01;;101;Säljare;Nord;",
        "109;Holm, Kim;2017-01-01;;101;Säljare;Nord;",
        "110;Holm, Kim;2017-01-01;;101;Säljare;Nord;",
        "111;Norr, Ann;2020-01-01;;Kim Holm;Säljare;Nord;",
        "112;Ring, A;2020-01-01;;113;Säljare;Nord;",
        "113;Ring, B;2020-01-01;;112;Säljare;Nord;",
        "114;Väst, Ur;2020-01-01;;Eva Berg;Säljare;Nord;",
        ";Utan, Id;2020-01-01;;101;Säljare;Nord;",
        ";;;;;;;",
        "115;Öst, Ny;2020-01-01;;0101;Säljare;Nord;",
        "Summa;19;;;;;;",
        "",
        "skapad 2026-11-25;;;;;;;",
    )

    @pytest.fixture(scope="class", params=["utf-16", "utf-8-sig"])
    @classmethod
    def outcome(cls, request, tmp_path_factory):
        folder = tmp_path_factory.mktemp("swedish")
        export = written(folder / "lön.txt", "\r\n".join([cls.HEADER, *cls.ROWS, ""]), request.param)
        return Outcome(written(folder / "m.toml", cls.MAPPING), export)

    def place(self, id, nth=0):
        """Line and record of a row: the first has two lines."""
        at = [i for i, row in enumerate(self.ROWS, 1) if row.startswith(f"{id};")][nth]
        blank = sum(not row.strip(";") for row in self.ROWS[:at])
        return (at + 1 if at == 1 else at + 2), at - blank

    def told(self, outcome, code, column):
        """Each fault of a rule in a column, by its place."""
        return {(it.line, it.record): it for it in outcome.of(code, column=column)}

    def test_totals(self, outcome):
        """What is blank, says the same, or stands below the end, is skipped."""
        assert outcome.report.read == len(self.ROWS)
        assert outcome.skipped == 1 + 2 + 2
        assert {self.place(id, nth) for id, nth in ((103, 0), (104, 0), (105, 0), (108, 0), (108, 1), ("", 0))} <= (
            outcome.lost
        )

    def test_rows_that_cannot_be(self, outcome):
        """A day that no calendar has, a last day before the first, no name, no id, one id for two."""
        assert set(self.told(outcome, "B003", "Anställd sedan")) == {self.place(103)}
        assert set(self.told(outcome, "V004", "Slutdatum")) == {self.place(104)}
        assert set(self.told(outcome, "V014", "Namn")) == {self.place(105)}
        assert set(self.told(outcome, "V014", "Anst.nr")) == {self.place("")}
        assert set(self.told(outcome, "X001", "Anst.nr")) == {self.place(108), self.place(108, 1)}
        assert all("Anställd sedan" in it.message for it in outcome.of("X001"))

    def test_managers(self, outcome):
        """Themselves, nobody, one of two, one who was rejected, one another."""
        assert set(self.told(outcome, "J003", "Närmaste chef")) == {self.place(106)}
        told = self.told(outcome, "B004", "Närmaste chef")
        assert set(told) == {self.place(107), self.place(111), self.place(114), self.place(115)}
        assert "Björk, Max" in told[self.place(107)].message
        assert all(id in told[self.place(111)].message for id in ("109", "110"))
        assert str(self.place(103)[0]) in told[self.place(114)].message
        (ring,) = outcome.of("X003")
        assert all(str(self.place(id)[0]) in f"{ring.line} {ring.message}" for id in (112, 113))

    def test_nothing_else(self, outcome):
        """No fault that is not in the file: a row stands there twice, and one has two lines of which the first is whole."""
        sure = {"B003", "V004", "V014", "X001", "J003", "B004", "X003"}
        assert {it.code for it in outcome.faults} == sure | {"B016", "B007"}
        assert outcome.places("B016") == {self.place(102, 1)}
        assert outcome.places("B007") == {self.place(101)}

    def test_people(self, outcome):
        """With what they are called, since when, and by whom they are managed."""
        boss, ole = outcome.records[Person, "101"], outcome.records[Person, "102"]
        assert (boss.name, boss.employments) == ("Ek, Åsa", (Span(date(2019, 3, 1)),))
        assert boss.extra["Anteckning"].splitlines() == ["rad 1", "rad 2"]
        (position,) = ole.positions
        assert (position.title, position.unit, position.employer) == ("Säljare", "Nord", "hem")
        assert position.manager_on(date(2020, 1, 7)) == "101"
        assert (position.span, position.managers[0].from_) == (Span(date(2020, 1, 7)), date(2020, 1, 7))
        assert ole.history[0].source == "Lönesystemet"


class TestThai:
    """A workbook with a sheet before, words above the header, a sum below, and years of another calendar."""

    MAPPING = """
    [sources.staff]
    sheet = "พนักงาน"
    header = 3
    stop = "รวม"
    [[records]]
    type = "person"
    extra = ["เก่า"]
    [records.fields]
    id = "รหัส"
    name = "ชื่อ"
    employments = [{ from = "วันที่เริ่มงาน" }]
    """
    ROWS = (
        ("รายงาน", "บริษัท", "", "", ""),
        (),
        ("รหัส", "ชื่อ", "วันที่เริ่มงาน", "เก่า", "เกา"),
        (1, "สมชาย ใจดี", "25/12/2566", "a", "z"),
        (2, "สมหญิง ใจงาม", "05/03/2567", "b", "z"),
        (3, "Anna Ek", "05/03/2024", "c", "z"),
        (4, "Ole Lind", date(2024, 3, 5), "d", "z"),
        (5, "Eva Berg", datetime(2024, 3, 5, 0, 0), "e", "z"),
        ("รวม", 5, "", "", ""),
    )

    def test_it(self, tmp_path):
        """Years that nobody can have are told, with what they probably are, and cost no row."""
        (tmp_path / "staff.xls").write_bytes(xlsx({"ปก": [["ปก"]], "พนักงาน": self.ROWS}))
        outcome = Outcome(written(tmp_path / "m.toml", self.MAPPING), tmp_path / "staff.xls")
        assert outcome.totals == (6, 5, 0, 1)
        assert outcome.places("B020", column="วันที่เริ่มงาน") == {(4, 1), (5, 2)}
        assert ["2023" in it.message or "2024" in it.message for it in outcome.of("B020")] == [True, True]
        assert {it.code for it in outcome.faults} == {"B020"}
        assert {id: it.employments[0].from_ for id, it in outcome.all(Person).items() if id in "345"} == dict.fromkeys(
            "345", date(2024, 3, 5)
        )
        assert [outcome.records[Person, id].extra["เก่า"] for id in "12345"] == list("abcde")


class TestOrders:
    """Days of which nobody can tell the order."""

    MAPPING = """
    [[records]]
    type = "person"
    fields = { id = "id", name = "name", employments = [{ from = "hired" }] }
    """

    @pytest.mark.parametrize(
        ("days", "figures"),
        [
            (("03/04/2024", "05/06/2024", "07/08/2024"), ("3 either",)),
            (("13/04/2024", "04/13/2024", "05/06/2024"), ("1 only day first", "1 only month first", "1 either")),
        ],
    )
    def test_it(self, tmp_path, days, figures):
        """Are refused, with what the column shows; none is guessed, also where each for itself could be read."""
        text = "id,name,hired\n" + "".join(f"{i},Person {i},{day}\n" for i, day in enumerate(days, 1))
        outcome = Outcome(written(tmp_path / "m.toml", self.MAPPING), written(tmp_path / "staff.csv", text))
        assert outcome.totals == (3, 0, 3, 0)
        assert {it.code for it in outcome.faults} == {"B003"}
        assert {(2, 1), (3, 2), (4, 3)} <= outcome.places("B003", column="hired")
        assert any(all(it in fault.message for it in figures) for fault in outcome.of("B003"))


class TestObjects:
    """JSON with lists in lists: people, their goals, and what these are measured by, each a record."""

    MAPPING = """
    [sources]
    people = { file = "okr*.json", path = "people[]" }
    okrs = { file = "okr*.json", path = "people[].okrs[]" }
    results = { file = "okr*.json", path = "people[].okrs[].key_results[]" }
    [[records]]
    type = "person"
    source = "people"
    fields = { id = "people[].id", name = "people[].name", employments = [{ from = "people[].hired" }] }
    [[records]]
    type = "goal"
    source = "okrs"
    [records.fields]
    id = "people[].okrs[].id"
    owner = "people[].id"
    coach = "people[].okrs[].coach"
    title = "people[].okrs[].title"
    state = { value = "agreed" }
    obstacles = "people[].okrs[].obstacles"
    target_on = "people[].okrs[].due"
    [[records]]
    type = "goal"
    source = "results"
    [records.fields]
    id = { template = "{people[].okrs[].id}/{people[].okrs[].key_results[].no}" }
    parent = "people[].okrs[].id"
    owner = "people[].id"
    title = "people[].okrs[].key_results[].title"
    state = { value = "agreed" }
    [records.fields.measure]
    unit = "people[].okrs[].key_results[].unit"
    start = "people[].okrs[].key_results[].from"
    target = "people[].okrs[].key_results[].to"
    """

    def document(self):
        """Three people, of whom one has no goals, and one has a goal without a title and a measure that goes nowhere."""
        measured = {"no": 1, "title": "Fewer returns", "unit": "%", "from": 7.5, "to": 2}
        return {
            "exported": "2026-11-25T08:00:00Z",
            "people": [
                {
                    "id": 1, "name": "Anna Ek", "hired": "2020-01-01",
                    "okrs": [
                        {
                            "id": "o-1", "title": "Lead a pilot line", "coach": 2, "due": "2026-12-31",
                            "obstacles": ["time", "a budget"],
                            "key_results": [measured, {**measured, "no": 2, "title": "Stands still", "to": 7.5}],
                        },
                        {"id": "o-2", "title": None, "coach": 2, "due": "2027-12-31", "key_results": []},
                    ],
                },
                {"id": 2, "name": "Ole Lind", "hired": "2016-08-15", "okrs": []},
                {
                    "id": 3, "name": "Eva Berg", "hired": "2019-02-01",
                    "okrs": [{"id": "o-3", "title": "Speak Welsh", "coach": 99, "due": "2026-10-01"}],
                },
            ],
        }  # fmt: skip

    def test_it(self, tmp_path):
        """One file serves as three sources; a fault has the line of its own object."""
        text = json.dumps(self.document(), indent=1)
        export = written(tmp_path / "okrs.json", text)
        outcome = Outcome(written(tmp_path / "m.toml", self.MAPPING), export)
        lines = text.split("\n")
        line = {word: next(i for i, it in enumerate(lines, 1) if word in it) for word in ("o-2", "Stands still", "o-3")}
        goals = outcome.all(Goal)
        assert set(outcome.all(Person)) == {"1", "2", "3"}
        assert set(goals) == {"o-1", "o-1/1", "o-3"}
        assert (goals["o-1"].obstacles, goals["o-1"].coach) == (("time", "a budget"), "2")
        child = goals["o-1/1"]
        assert (child.parent, child.owner, child.measure.unit) == ("o-1", "1", "%")
        assert (str(child.measure.start), child.measure.target) == ("7.5", 2)
        titles = [it for it in outcome.faults if it.column == "people[].okrs[].title"]
        assert [(it.line, it.severity) for it in titles] == [(line["o-2"] - 1, "error")]
        still = outcome.of("G027")  # its object begins two lines above its title
        assert [it.line for it in still] == [line["Stands still"] - 2]
        (nobody,) = outcome.of("B004")
        assert (nobody.line, nobody.column) == (line["o-3"] - 1, "people[].okrs[].coach")
        assert {it.source for it in titles} == {"okrs.json people[].okrs[]"}
        assert [(name, it.read, it.accepted) for name, it in outcome.report.accounts.items()] == [
            ("okrs.json people[]", 3, 3), ("okrs.json people[].okrs[]", 4, 2),
            ("okrs.json people[].okrs[].key_results[]", 5, 1),
        ]  # fmt: skip
        assert goals["o-3"].coach is None

    def test_rejected_rows_of_each(self, tmp_path):
        """Have a file each, which goes in again as that source, mended or not."""
        export = written(tmp_path / "okrs.json", json.dumps(self.document(), indent=1))
        column = '"people[].okrs[].obstacles"'  # which no rejected row has
        text = self.MAPPING.replace(column, f"{{ column = {column}, optional = true }}")
        mapping = written(tmp_path / "m.toml", text)
        first = Outcome(mapping, export, rejects=tmp_path / "again.json")
        files = sorted(it.name for it in tmp_path.glob("again*"))
        assert files == ["again-okrs-2.json", "again-okrs-3.json"]
        parts = [f"{name}={tmp_path / file}" for name, file in zip(("okrs", "results"), files, strict=True)]
        second = Outcome(mapping, *parts, into=first.book)
        assert second.report.rejected == first.report.rejected == 2


class TestCutOff:
    """NDJSON of which the last line is not all there, and one before is none."""

    MAPPING = """
    [[records]]
    type = "person"
    fields = { id = "id", name = "name", employments = [{ from = "hired" }], language = "language" }
    """

    def test_it(self, tmp_path):
        """The rest is taken; a key that comes late is a column like the others."""
        people = [{"id": i, "name": f"Person {i}", "hired": "2024-01-01"} for i in range(1, 101)]
        people[70]["language"] = "sv"
        lines = [json.dumps(it) for it in people]
        lines[40] = "{'id': 41}"
        lines.insert(50, "")
        text = "\n".join(lines)[:-20]
        outcome = Outcome(written(tmp_path / "m.toml", self.MAPPING), written(tmp_path / "people.ndjson", text))
        assert outcome.totals == (101, 98, 2, 1)
        assert [(it.line, it.record, it.code) for it in outcome.faults] == [(41, 41, "B012"), (101, 100, "B012")]
        assert "cut off" in outcome.of("B012")[1].what
        assert outcome.records[Person, "71"].language == "sv"
        assert outcome.records[Person, "70"].language is None


class TestHalfYears:
    """Goals and reviews of a half-year; nobody says who held the talk, and some of the people are outside."""

    MAPPING = """
    name = "Half-years"
    [sources]
    people = { file = "people*" }
    goals = { file = "goals*" }
    reviews = { file = "reviews*" }
    thanks = { file = "thanks*" }
    [[records]]
    type = "person"
    source = "people"
    fields = { id = "No", name = "Name", employments = [{ from = "Hired", to = "Left" }] }
    [[records]]
    type = "goal"
    source = "goals"
    extra = ["Half-year", "Weight"]
    [records.fields]
    id = { template = "{Half-year}/{No}/{Rank}" }
    owner = "No"
    title = "Goal"
    state = { column = "Status", values = { "on the way" = "agreed", "done" = "achieved", "dropped" = "dropped" } }
    target_on = "Due"
    result = "Result"
    score = { column = "Score", decimal = "," }
    [[records]]
    type = "interview"
    source = "reviews"
    extra = ["Rating"]
    [records.fields]
    id = { template = "review-{Half-year}-{No}" }
    coachee = "No"
    cycle = "Half-year"
    kind = { value = "check_in" }
    state = { column = "Status", values = { "Held" = "held", "Signed off" = "held" } }
    held_on = "Held"
    [[records]]
    type = "feedback"
    source = "thanks"
    [records.fields]
    id = "Nr"
    giver = { column = "From", by = "name" }
    receiver = { column = "To", by = "name" }
    about = "About"
    state = { value = "given" }
    kind = { value = "appreciation" }
    situation = { on = "On" }
    behaviour = "What"
    impact = "So"
    """
    PEOPLE = (
        "No,Name,Hired,Left", "1,Anna Ek,2020-01-01,", "2,Ole Lind,2021-01-01,2024-03-31", "C-1,Max Kunz,,",
        "3,Eva Berg,2024-02-01,",
    )  # fmt: skip
    GOALS = (
        "Half-year,No,Rank,Goal,Status,Due,Result,Score,Weight",
        '2024-H1,1,1,Lead a pilot line,Done,2024-06-30,It runs,"0,8",40 %',
        "2024-H1,1,2,Speak Welsh,ON THE WAY,2024-06-30,,,60 %",
        "2024-H1,9,1,Somebody else's,On the way,2024-06-30,,,",
        '2024-H1,2,1,Sell,Done,2024-06-30,Sold,"1,8",',
        "2024-H1,3,1,Learn,Hopeless,2024-06-30,,,",
    )
    REVIEWS = (
        "Half-year,No,Status,Held,Rating", "2024-H1,1,held,2024-07-02,A", "2024-H2,1,Signed off,2025-01-09,B",
        "2024-H1,3,Held,2024-01-15,C", "2024-H1,9,Held,2024-07-02,C", "2024-H1,2,Planned?,2024-02-02,C",
    )  # fmt: skip
    THANKS = (
        "Nr,From,To,About,On,What,So", "f-1,Max Kunz,Anna Ek,The delivery,2024-05-02,Called at once,We could wait",
        "f-2,Anna Ek,Anna Ek,The delivery,2024-05-02,Called at once,We could wait",
        "f-3,Somebody,Anna Ek,The delivery,2024-05-02,Called at once,We could wait",
    )  # fmt: skip

    @pytest.fixture(scope="class")
    @classmethod
    def outcome(cls, tmp_path_factory):
        folder = tmp_path_factory.mktemp("halves")
        files = {
            "people.csv": cls.PEOPLE,
            "goals.csv": cls.GOALS,
            "reviews.csv": cls.REVIEWS,
            "thanks.csv": cls.THANKS,
        }
        paths = [written(folder / name, "\n".join(lines) + "\n") for name, lines in files.items()]
        return Outcome(written(folder / "m.toml", cls.MAPPING), *paths)

    def test_people(self, outcome):
        """Whoever has no first day is outside."""
        standings = {id: it.standing(AT.date()) for id, it in outcome.all(Person).items()}
        assert standings == {"1": "active", "2": "left", "C-1": "outside", "3": "active"}

    def test_goals(self, outcome):
        """Of people who are here; words of another system become those of this one."""
        goals = outcome.all(Goal)
        assert set(goals) == {"2024-H1/1/1", "2024-H1/1/2"}
        done = goals["2024-H1/1/1"]
        assert (done.state, done.result, str(done.score)) == ("achieved", "It runs", "0.8")
        assert dict(done.extra) == {"Half-year": "2024-H1", "Weight": "40 %"}
        assert goals["2024-H1/1/2"].state == "agreed"
        assert {(it.line, it.column) for it in outcome.faults if it.source.endswith("goals.csv")} == {
            (4, "No"), (5, "Score"), (6, "Status"),
        }  # fmt: skip

    def test_reviews(self, outcome):
        """Two cycles of one person are two talks; nobody is invented who held them."""
        talks = outcome.all(Interview)
        held = {(it.coachee, it.cycle, it.held_on, it.interviewer, it.extra["Rating"]) for it in talks.values()}
        assert held == {
            ("1", "2024-H1", date(2024, 7, 2), None, "A"), ("1", "2024-H2", date(2025, 1, 9), None, "B"),
            ("3", "2024-H1", date(2024, 1, 15), None, "C"),  # before the first day: doubted, and taken
        }  # fmt: skip
        assert outcome.places("B005", column="Held", source="reviews.csv") == {(4, 3)}
        assert outcome.places("B004", column="No", source="reviews.csv") == {(5, 4)}
        assert {(it.line, it.severity) for it in outcome.faults if it.column == "Status" and it.line == 6} == {
            (6, "error"),
        }  # fmt: skip

    def test_thanks(self, outcome):
        """A customer may give; nobody thanks themselves; who is nobody cannot."""
        given = outcome.all(Feedback)
        assert {id: (it.giver, it.receiver) for id, it in given.items()} == {"f-1": ("C-1", "1")}
        assert outcome.places("F001", source="thanks.csv") == {(3, 2)}
        assert outcome.places("B004", column="From", source="thanks.csv") == {(4, 3)}


class TestRehired:
    """People who come back: a row for each employment."""

    MAPPING = """
    [[records]]
    type = "organisation"
    fields = { id = { value = "hem" }, name = { value = "Hem AB" } }
    [[records]]
    type = "person"
    collect = ["employments", "positions"]
    [records.fields]
    id = "id"
    name = "name"
    employments = [{ from = "hired", to = { column = "left", nulls = "9999-12-31" } }]
    positions = [{ title = "title", employer = { value = "hem" }, managers = [{ manager = "boss" }] }]
    """
    ROWS = (
        "id,name,hired,left,title,boss",
        "1,Anna Ek,2010-01-01,,Head,",
        "7,Ida Dal,2019-02-01,9999-12-31,Senior analyst,1",  # the later one first
        "7,Ida Dal,2015-01-01,2017-06-30,Analyst,1",
        "8,Bo Ask,2015-01-01,2017-06-30,Analyst,7",
        "8,Bo Ask-Lind,2018-01-01,,Analyst,7",
        "9,Per Sjö,2015-01-01,2017-06-30,Analyst,1",
        "9,Per Sjö,2017-01-01,,Analyst,1",
        "7,Ida Dal,2015-01-01,2017-06-30,Analyst,1",
    )

    def test_it(self, tmp_path):
        """One record, its parts in the order of their days; another name and days that overlap are told."""
        export = written(tmp_path / "staff.csv", "\n".join(self.ROWS))
        outcome = Outcome(written(tmp_path / "m.toml", self.MAPPING), export)
        ida = outcome.records[Person, "7"]
        assert ida.employments == (Span(date(2015, 1, 1), date(2017, 6, 30)), Span(date(2019, 2, 1)))
        assert [(it.title, it.manager_on(it.span.from_)) for it in ida.positions] == [
            ("Analyst", "1"), ("Senior analyst", "1"),
        ]  # fmt: skip
        assert outcome.report.skipped == {"same": 1}
        assert outcome.places("B009", column="name") <= {(5, 4), (6, 5)}
        assert outcome.of("B009") != []
        overlap = [it for it in outcome.faults if it.severity == "error" and it.line in {7, 8}]
        assert {it.code for it in overlap} <= {"P002", "X001"}
        assert overlap
        assert outcome.places("B016") == {(9, 8)}
        assert {it.line for it in outcome.faults} <= {5, 6, 7, 8, 9}


class TestIndonesian:
    """Three files of one system, each with a shape of days of its own; ids as a spreadsheet left them; rows appended."""

    MAPPING = """
    [defaults]
    formats = ["%d/%m/%Y", "%d-%b-%y", "%Y-%m-%d %H:%M:%S UTC"]
    zone = "Asia/Jakarta"
    strip = ".0"
    [sources]
    people = { file = "karyawan*" }
    goals = { file = "sasaran*" }
    reviews = { file = "penilaian*" }
    [[records]]
    type = "organisation"
    fields = { id = { value = "pt" }, name = { value = "PT Maju Jaya" } }
    [[records]]
    type = "person"
    fields.id = "NIK"
    fields.name = "Nama Karyawan"
    fields.employments = [{ from = "Tanggal Masuk" }]
    fields.positions = [{ title = "Jabatan", unit = "Divisi", employer = { value = "pt" }, managers = [{ manager = "NIK Atasan" }] }]
    [[records]]
    type = "goal"
    source = "goals"
    fields = { id = "Kode", owner = "NIK", title = "Sasaran", target_on = "Target", result = "Hasil", state = { column = "Status", values = { Berjalan = "agreed", Selesai = "achieved" } } }
    [[records]]
    type = "interview"
    source = "reviews"
    fields = { id = { template = "{Periode}/{NIK}" }, coachee = "NIK", cycle = "Periode", kind = { value = "annual" }, state = { value = "held" }, held_on = "Waktu" }
    """
    PEOPLE, GOALS, REVIEWS = 10_000, 6_000, 5_000

    def people(self):
        """Id, name, first day, title, division, manager: an earlier one, as a spreadsheet writes it."""
        for i in range(self.PEOPLE):
            manager = f"{1000 + 7919 * i % max(i // 10, 1)}.0" if i else ""
            day = date(2010, 1, 1) + timedelta(37 * i % 4000)
            yield [str(1000 + i), f"Karyawan Nomor {i}", f"{day:%d/%m/%Y}", "Staf", f"Divisi {i % 12}", manager]

    def goals(self):
        """Code, owner, title, day, state, result."""
        for i in range(self.GOALS):
            done = i % 3 == 0
            day = date(2024, 1, 31) + timedelta(i % 300)
            yield [
                f"S-{i}", f"{1000 + i}.0", f"Sasaran {i}", f"{day:%d-%b-%y}", "SELESAI" if done else "Berjalan",
                "Tercapai" if done else "",
            ]  # fmt: skip

    def reviews(self):
        """Cycle, of whom, when: in the evening it is the day after there."""
        for i in range(self.REVIEWS):
            yield ["2024-H1", f"{1000 + i}.0", f"2024-06-30 {'18' if i % 2 else '09'}:30:00 UTC"]

    def test_it(self, tmp_path):
        """Twenty-five lines say it all, and what was planted is found, and nothing else."""
        lines = [line.strip() for line in self.MAPPING.splitlines() if line.strip()]
        assert len(lines) <= 25
        assert max(map(len, lines)) <= 190
        people, goals, reviews = list(self.people()), list(self.goals()), list(self.reviews())
        goals[10][1], goals[20][3], goals[30][4] = "99999.0", "31-Jun-24", "Entah"
        people[4000][2] = "30/02/2020"  # nobody's manager
        reviews[100][1] = "77777.0"
        assert all(row[5] != "5000.0" for row in people)
        headers = {
            "karyawan.csv": (["NIK", "Nama Karyawan", "Tanggal Masuk", "Jabatan", "Divisi", "NIK Atasan"], people, 500),
            "sasaran.csv": (["Kode", "NIK", "Sasaran", "Target", "Status", "Hasil"], goals, 300),
            "penilaian.csv": (["Periode", "NIK", "Waktu"], reviews, 200),
        }
        for name, (header, rows, again) in headers.items():
            with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, delimiter=";").writerows([header, *rows, *rows[-again:]])
        outcome = Outcome(written(tmp_path / "m.toml", self.MAPPING), *(tmp_path / name for name in headers))
        assert outcome.totals == (22_000, 21_000 - 7, 7, 1_000)
        told = {(it.source.rpartition("/")[2], it.line, it.column, it.code) for it in outcome.faults}
        again = {it for it in told if it[3] == "B016"}
        assert {(it[0], it[2]) for it in again} == {
            ("karyawan.csv", "NIK"), ("sasaran.csv", "Kode"), ("penilaian.csv", "Periode"),
        }  # fmt: skip
        assert len(again) == 1_000
        own = {it for it in told - again if it[3] != "B004" or it[0] != "karyawan.csv"}
        wrong_status = {it for it in own if it[2] == "Status"}
        assert {it[:2] for it in wrong_status} == {("sasaran.csv", 32)}
        assert own - wrong_status == {
            ("karyawan.csv", 4002, "Tanggal Masuk", "B003"), ("sasaran.csv", 12, "NIK", "B004"),
            ("sasaran.csv", 22, "Target", "B003"), ("penilaian.csv", 102, "NIK", "B004"),
            ("sasaran.csv", 4002, "NIK", "B004"), ("penilaian.csv", 4002, "NIK", "B004"),
        }  # fmt: skip
        rejected = [it for it in outcome.of("B004") if (it.source.endswith("sasaran.csv"), it.line) == (True, 4002)]
        assert all("4002" in it.message for it in rejected)  # the line of the one who was rejected
        assert len(outcome.all(Person)) == self.PEOPLE - 1
        assert len(outcome.all(Goal)) == self.GOALS - 4
        assert len(outcome.all(Interview)) == self.REVIEWS - 2
        days = Counter(it.held_on for it in outcome.all(Interview).values())
        assert set(days) == {date(2024, 6, 30), date(2024, 7, 1)}
        assert outcome.records[Interview, "2024-H1/1000"].coachee == "1000"  # of `1000.0`
        assert outcome.records[Goal, "S-0"].state == "achieved"
        assert outcome.records[Goal, "S-0"].target_on == date(2024, 1, 31)
        one = outcome.records[Person, "1200"]
        assert one.positions[0].manager_on(one.positions[0].span.from_) == people[200][5].removesuffix(".0")
