"""People from an HR export: every row is accounted for, and what cannot be used is named with its line."""

import csv
import io
import re
from collections import Counter
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching import Interview, Person, Rejected, Span
from coaching.bulk.dates import ORDERS
from coaching.bulk.people import COLUMNS, read_people
from coaching.bulk.sources import open_rows
from rules.bulk import FIRES, HEADER, PASSES
from stage import codes, refused

DAY = date(2026, 3, 2)


def read(*rows, header=HEADER, on=DAY, separator=",", **asked):
    """What comes of a header and rows, as lines without their ends."""
    return read_people(open_rows([header, *rows], separator=separator), on=on, source="people.csv", **asked)


def read_file(path, *, on=DAY, **asked):
    """What comes of a file."""
    return read_people(path, on=on, source=path.name, **asked)


def said(reading):
    """The remarks, without their reasons."""
    return [(r.line, r.record, r.column, r.code, r.rejected) for r in reading.remarks]


def managers(reading):
    """Who manages whom."""
    return {p.id: p.manager_on(DAY) for p in reading.book.all(Person)}


@pytest.fixture(scope="module")
def rows(shared):
    """The rows of the real export as csv gives them, with the physical line on which each ends."""
    with (shared / "hrdataset_v14.csv").open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        return [(reader.line_num, {k: " ".join(v.split()) for k, v in row.items()}) for row in reader]


@pytest.fixture(scope="module")
def reading(shared):
    """What the library makes of it."""
    return read_file(shared / "hrdataset_v14.csv")


@pytest.mark.parametrize("code", FIRES)
def test_each_rule_speaks_alone_and_is_silent_beside(code):
    """The example fires this rule and no other; its neighbour does not."""
    assert codes(FIRES[code]()) == [code]
    assert PASSES[code]() == ()


class TestARealExport:
    """HRDataset v14: 311 people, of which the figures are counted here independently, with `csv` alone."""

    def test_all_are_read_and_accepted(self, rows, reading):
        """Nobody is lost."""
        assert (reading.read, reading.accepted, reading.rejected) == (311, 311, 0) == (len(rows), len(rows), 0)
        assert {p.id for p in reading.book.all(Person)} == {row["EmpID"] for _, row in rows}

    def test_names_and_days_are_what_the_file_says(self, rows, reading):
        """Month first, which the columns show; ids are text."""
        for _, row in rows:
            person = reading.book.get(Person, row["EmpID"])
            assert person.name == row["Employee_Name"]
            (employment,) = person.employments
            assert f"{employment.from_:%m/%d/%Y}" == row["DateofHire"]
            assert employment.to == (
                datetime.strptime(row["DateofTermination"], "%m/%d/%Y").date() if row["DateofTermination"] else None
            )
        assert Counter(p.standing(DAY).value for p in reading.book.all(Person)) == {"active": 207, "left": 104}

    def test_five_manager_names_are_nobody(self, rows, reading):
        """Names written the other way round, without the middle letter; the remark stands where the name stands."""
        people = set()
        for _, row in rows:
            last, first = (
                row["Employee_Name"].split(", ") if ", " in row["Employee_Name"] else row["Employee_Name"].split(",")
            )
            people.add(f"{first.split()[0]} {last}".lower())
        strangers = {line: row["ManagerName"] for line, row in rows if self.plain(row["ManagerName"]) not in people}
        found = {r.line: r.reason for r in reading.remarks if r.code == "B004" and r.line > 1}
        assert found == {line: f"{name} is nobody in this file; not used" for line, name in strangers.items()}
        assert set(strangers.values()) == {
            "Alex Sweetwater", "Board of Directors", "David Stanley", "Michael Albert", "Webster Butler",
        }  # fmt: skip
        assert sum(m is not None for m in managers_ever(reading).values()) == len(rows) - len(strangers) == 236

    @staticmethod
    def plain(name):
        """First and last name of a manager."""
        words = name.replace(".", "").lower().split()
        return f"{words[0]} {words[-1]}"

    def test_the_manager_ids_are_of_another_system(self, rows, reading):
        """None is an id of this file, so the column is not used, and that is said once."""
        ids = {row["EmpID"] for _, row in rows}
        given_ids = [row["ManagerID"] for _, row in rows if row["ManagerID"]]
        assert not ids & set(given_ids)
        (remark,) = [r for r in reading.remarks if r.column == "ManagerID"]
        assert (remark.line, remark.record, remark.code, remark.rejected) == (1, 0, "B004", False)
        assert remark.reason.startswith(f"{len(given_ids)} of {len(given_ids)} values are no id of this file")

    def test_five_reviews_lie_before_the_day_of_joining(self, rows, reading):
        """They are named and not used; all others are interviews held on their day."""
        as_date = lambda text: datetime.strptime(text, "%m/%d/%Y").date()  # noqa: E731  (used in this test alone)
        early, used = set(), {}
        for line, row in rows:
            if row["LastPerformanceReview_Date"]:
                held = as_date(row["LastPerformanceReview_Date"])
                if held < as_date(row["DateofHire"]):
                    early.add(line)
                else:
                    used[row["EmpID"]] = held
        assert {r.line for r in reading.remarks if r.code == "B005"} == early
        assert len(early) == 5
        assert {t.coachee: t.held_day() for t in reading.book.all(Interview)} == used

    def test_nothing_else_is_said(self, reading):
        """75 rows with such a manager, five reviews, and one column."""
        assert Counter(r.code for r in reading.remarks) == {"B004": 76, "B005": 5}
        assert not any(r.rejected for r in reading.remarks)
        assert reading.remarks == sorted(reading.remarks, key=lambda r: (r.line, r.column, r.code))

    def test_whose_interview_is_due(self, rows, reading):
        """Those who have left have no line."""
        assert len(reading.book.coverage(DAY)) == sum(not row["DateofTermination"] for _, row in rows) == 207

    def test_only_whole_columns_are_taken(self, reading):
        """Each column of ours from the headers that serve for it."""
        assert reading.columns == {
            "id": ["EmpID"],
            "name": ["Employee_Name"],
            "joined_on": ["DateofHire"],
            "left_on": ["DateofTermination"],
            "manager": ["ManagerName", "ManagerID"],
            "title": ["Position"],
            "unit": ["Department"],
            "last_interview": ["LastPerformanceReview_Date"],
        }


def managers_ever(reading):
    """The manager of each person's position, those who have left included."""
    return {
        p.id: next((m.manager for it in p.positions[-1:] for m in it.managers[-1:]), None)
        for p in reading.book.all(Person)
    }


class TestFiles:
    """Files as systems write them."""

    def test_a_byte_order_mark_carriage_returns_and_blanks_around(self, tmp_path):
        """As Excel writes them."""
        path = tmp_path / "people.csv"
        path.write_bytes(
            b"\xef\xbb\xbfid , Full name,Hire-Date\r\n 1 ,  Anna   Ek ,2024-08-01\r\n2,Ole Li,2020-01-01\r\n"
        )
        reading = read_file(path)
        assert [(p.id, p.name) for p in reading.book.all(Person)] == [("1", "Anna Ek"), ("2", "Ole Li")]
        assert reading.columns == {"id": ["id"], "name": ["Full name"], "joined_on": ["Hire-Date"]}
        assert not reading.remarks

    def test_a_line_is_a_physical_line_and_a_record_is_none(self, tmp_path):
        """A quoted newline makes a record longer, a blank row counts as a line and not as a record."""
        path = tmp_path / "people.csv"
        path.write_text(
            'id,name,joined_on\n1,"Anna\nEk",2024-08-01\n\n,,\n2,"Ole\r\n\nLi",2024-02-30\n3,Eva Ås,2024-13-01\n',
            newline="",
        )
        reading = read_file(path)
        assert said(reading) == [(6, 2, "joined_on", "B003", True), (9, 3, "joined_on", "B003", True)]
        assert (reading.read, reading.accepted, reading.rejected) == (3, 1, 2)
        (anna,) = reading.book.all(Person)
        assert anna.name == "Anna Ek"
        assert anna.history[0].reason == "line 2"
        assert anna.history[0].source == "people.csv"

    @pytest.mark.parametrize("content", ["", "\n", "\n\n", ",,\n"])
    def test_an_empty_file_has_no_columns(self, tmp_path, content):
        """Said as such: each column that is missing."""
        path = tmp_path / "people.csv"
        path.write_text(content)
        wrong = refused(lambda: read_file(path))
        assert [(f.code, f.path) for f in wrong] == [("B001", "id"), ("B001", "joined_on"), ("B001", "name")]

    def test_a_header_alone_is_a_file_of_nobody(self):
        """Read, with nothing in it."""
        reading = read()
        assert (reading.read, reading.accepted, reading.rejected, len(reading.book)) == (0, 0, 0, 0)

    def test_missing_columns_are_all_named_with_what_there_is(self):
        """So that one sees which header is meant."""
        with pytest.raises(Rejected, match="its header has: 'Persnr', 'name', 'title'\n") as refusal:
            read(header="Persnr,name,title")
        assert [f.message for f in refusal.value.findings] == [
            "no column for id; if 'Persnr' is it: columns={'id': 'Persnr'}", "no column for joined_on",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("header", "told"),
        [
            ("Nr,Namn,Start", {"id": "Nr", "joined_on": "Start", "name": "Namn"}),
            ("Manager,Nr,name,Start", {"id": "Nr", "joined_on": "Start"}),
            ("Nr,,Namn", {"id": "Nr", "joined_on": None, "name": "Namn"}),
            (f"Anna's,\x07,{'x' * 99},Nr,name", {"id": "Nr", "joined_on": None}),
        ],
    )
    def test_a_column_that_is_missing_is_told_with_a_header_that_serves_as_none(self, header, told):
        """In their order, each once, and only such as can be written down as they stand."""
        wrong = refused(lambda: read(header=header))
        assert {f.path: f.params.get("header") for f in wrong} == {c: h and f"'{h}'" for c, h in told.items()}
        assert [f.message for f in wrong if "header" not in f.params] == [
            f"no column for {column}" for column, name in told.items() if name is None
        ]

    def test_fifty_headers_are_named_and_the_others_counted(self):
        """A refusal is read by people."""
        with pytest.raises(Rejected, match="'h48', 'h49', 7 more\n"):
            read(header=",".join(f"h{n}" for n in range(57)))

    def test_a_column_named_twice_is_refused(self):
        """Which of the two is meant is not guessed."""
        wrong = refused(lambda: read(header="id,ID,name,joined_on,name"))
        assert [(f.code, f.path) for f in wrong] == [("B001", "name")]

    def test_columns_can_be_named(self):
        """Where a header is one that nobody knows; a known one is then not used."""
        columns = {"id": "Persnr", "joined_on": "Anställd"}
        reading = read("7,x,Anna Ek,2024-08-01", header="Persnr,id,name,Anställd", columns=columns)
        assert [(p.id, p.employments[0].from_) for p in reading.book.all(Person)] == [("7", date(2024, 8, 1))]

    @pytest.mark.parametrize(
        ("columns", "says"),
        [
            ({"pay": "id"}, "'pay' is no column; known: id, name, joined_on, left_on, manager, title, unit, last_"),
            ({"title": "Titel"}, "no header 'Titel' for title"),
            ({"²": "id"}, "'²' is no column; known: id"),
            ({"id": ""}, "no header '' for id"),
        ],
    )
    def test_a_column_that_is_none_is_refused(self, columns, says):
        """Neither a column of ours nor a header of theirs."""
        (wrong,) = refused(lambda: read(columns=columns))
        assert (wrong.code, wrong.path) == ("B001", next(iter(columns)))
        assert wrong.message.startswith(says)

    @pytest.mark.parametrize(
        ("errors", "says"),
        [
            ("strict", "line 1 or one after it is not UTF-8: byte 0xC5"),
            ("surrogateescape", "line 3 is not UTF-8: byte 0xC5"),
        ],
    )
    def test_not_utf_8_is_said_with_its_line(self, tmp_path, errors, says):
        """As near as the decoder tells; nothing is read as something else."""
        path = tmp_path / "people.csv"
        path.write_bytes("id,name,joined_on\n1,Ole,2024-08-01\n2,Åsa,2024-08-01\n".encode("latin-1"))
        with path.open(encoding="utf-8-sig", errors=errors, newline="") as lines:
            (wrong,) = refused(lambda: read_people(lines, on=DAY, source="x"))
        assert (wrong.code, wrong.message) == ("B006", says)

    def test_not_utf_8_is_said_with_its_line_wherever_it_is(self, tmp_path):
        """A file that is opened here."""
        path = tmp_path / "people.csv"
        path.write_bytes("id,name,joined_on\n1,Ole,2024-08-01\n2,Åsa,2024-08-01\n".encode("latin-1"))
        (wrong,) = refused(lambda: read_file(path))
        assert (wrong.code, wrong.params["line"], wrong.params["told"]) == ("B006", 3, "byte 0xC5")

    def test_half_a_spreadsheet_is_none(self, tmp_path):
        """The first bytes of an .xlsx."""
        path = tmp_path / "people.xlsx"
        path.write_bytes(b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00A7\x82\xcfn\x01\x00\x00")
        assert codes(refused(lambda: read_file(path))) == ["B010"]

    def test_a_real_spreadsheet_without_names(self, shared):
        """One of 1470 people: it is read, and nobody in it has a name or a first day."""
        wrong = refused(lambda: read_file(shared / "ibm_hr_attrition.xlsx"))
        assert [(f.code, f.path) for f in wrong] == [("B001", "joined_on"), ("B001", "name")]

    def test_a_file_of_zeros(self):
        """It has a header, though none that is known; what is said of it can be read, and is said once."""
        with pytest.raises(Rejected) as refusal:
            read_people(["\0\0\0"], on=DAY, source="x")
        assert refusal.value.codes == ("B001",) * 3
        assert str(refusal.value).count(r"\x00\x00\x00") == 1
        assert "\0" not in str(refusal.value)

    def test_a_zero_in_a_name_rejects_the_row(self):
        """By the rule of names."""
        assert said(read("1,Anna\0Ek,2024-08-01,,")) == [(2, 1, "name", "V002", True)]

    @pytest.mark.parametrize("row", ["1,Anna \udc80,2024-08-01,,", "1,Anna,2024-08-01,\udcff,"])
    def test_a_byte_that_is_no_text_refuses_the_file(self, row):
        """Lines that a caller decoded with `surrogateescape`."""
        (wrong,) = refused(lambda: read("0,Eva,2024-08-01,,", row))
        assert (wrong.code, wrong.params["line"]) == ("B006", 3)

    def test_half_a_character_rejects_the_row(self):
        """It is no byte of a file."""
        reading = read("1,Anna \ud800,2024-08-01,,", "2,Ole Li,2024-08-01,\ud800,2025-08-01")
        assert said(reading) == [(2, 1, "name", "V002", True), (3, 2, "manager", "B004", False)]


class TestSeparators:
    """The one that parts the rows as it parts the header, unless one is said."""

    ROWS = ("id;name;joined_on", "1;Ek, Anna;2024-08-01")

    @pytest.mark.parametrize("separator", [";", "\t", "|", "^"])
    def test_any_one_character(self, separator):
        """A comma is then a character like any other."""
        header, row = (row.replace(";", separator) for row in self.ROWS)
        reading = read(row, header=header, separator=separator)
        assert [(p.id, p.name, p.employments[0].from_) for p in reading.book.all(Person)] == [
            ("1", "Ek, Anna", date(2024, 8, 1))
        ]

    @pytest.mark.parametrize("separator", [";", "\t", "|", ","])
    def test_it_is_found(self, separator):
        """And told."""
        rows = [row.replace(";", separator) for row in ("id;name;joined_on", "1;Anna Ek;2024-08-01")]
        reading = read_people(rows, on=DAY)
        assert (reading.accepted, reading.told["separator"]) == (1, separator)

    def test_the_one_that_is_said_wins(self):
        """The refusal shows what it makes of the header."""
        with pytest.raises(Rejected, match="its header has: 'id;name;joined_on'\n"):
            read(self.ROWS[1], header=self.ROWS[0])

    @pytest.mark.parametrize("separator", ["", ",,", '"', "\n", "\r", 9])
    def test_what_is_no_separator(self, separator):
        """Refused before anything is read."""
        assert [(f.code, f.path) for f in refused(lambda: read(separator=separator))] == [("B006", "separator")]


class TestQuotes:
    """A quote that closes no cell costs its own row. The lines below are read, and the account says so."""

    HEADER = "id,name,joined_on"

    def read(self, *rows):
        """The rows, and who was accepted."""
        reading = read(*rows, header=self.HEADER)
        assert reading.read == reading.accepted + reading.rejected
        return reading, [p.id for p in reading.book.all(Person)]

    def test_one_that_is_never_closed(self):
        """It swallows nobody: where it opens and how far it ran are named."""
        reading, ids = self.read('1,"Anna,2018-01-01\n', "2,Bo,2018-01-01\n", "3,Eva,2018-01-01")
        assert ids == ["2", "3"]
        assert said(reading) == [(2, 1, "", "B007", True)]
        assert reading.remarks[0].reason == (
            "the quote that opens on line 2 closes no cell up to line 4; the lines below are read anew"
        )

    def test_one_that_another_row_seems_to_close(self):
        """Rows that are quoted themselves are read as they stand, longer ones too."""
        rows = ('1,"Anna,2018-01-01\n', "2,Bo,2018-01-01\n", '3,"Eva\n', 'Ek",2018-01-01\n', '4,"Per",2018-01-01\n')
        reading, ids = self.read(*rows)
        assert ids == ["2", "3", "4"]
        assert said(reading) == [(2, 1, "", "B007", True)]
        assert reading.remarks[0].reason.startswith("the quote that opens on line 2 closes no cell up to line 4; ")

    def test_one_that_opens_on_a_later_line_of_its_row(self):
        """The line of the quote is named, and not that of the row alone."""
        reading, ids = self.read('1,"Anna\n', 'Ek","2018-01-01\n', "2,Bo,2018-01-01\n", "3,Eva,2018-01-01\n")
        assert ids == ["2", "3"]
        assert said(reading) == [(2, 1, "", "B007", True), (3, 2, "", "B007", True)]
        assert "opens on line 3 closes no cell up to line 5" in reading.remarks[0].reason

    def test_blank_lines_below_are_no_rows(self):
        """Here as elsewhere."""
        reading, ids = self.read('1,"Anna,2018-01-01\n', "\n", "2,Bo,2018-01-01\n", "\n")
        assert (reading.read, ids) == (2, ["2"])

    @pytest.mark.parametrize(
        ("row", "says"),
        [
            ('1,"Anna" Ek,2018-01-01', "a quote is not closed, or closes before its cell ends"),
            ("1,Anna\rEk,2018-01-01", "a line break without quotes"),
            (f"1,{'x' * 140_000},2018-01-01", "a cell has more than 131072 characters"),
        ],
    )
    def test_a_row_that_is_no_csv_is_rejected_alone(self, row, says):
        """Nothing of it is read as something else, and nobody beside it is lost."""
        reading, ids = self.read("0,Per,2018-01-01", row, "2,Bo,2018-01-01")
        assert ids == ["0", "2"]
        assert [(r.line, r.record, r.code, r.reason) for r in reading.remarks] == [(3, 2, "B007", says)]

    def test_one_that_is_never_closed_in_a_large_file(self):
        """Longer than any cell may be: nobody is lost but the row itself."""
        reading, ids = self.read('0,"Anna,2018-01-01\n', *(f"{n},Person {n},2018-01-01\n" for n in range(1, 7_001)))
        assert (reading.read, len(ids), reading.rejected) == (7_001, 7_000, 1)

    def test_rows_that_close_each_others_quotes_take_no_longer(self):
        """Each line goes on with the quote before it and opens another; read again from every line, it would not end."""
        reading, ids = self.read(*['x","z\n'] * 50_000)
        assert (reading.read, ids) == (50_000, [])

    @pytest.mark.parametrize(
        "rows",
        [
            ['1,"Anna,2018-01-01\n', '2,Bo",2018-01-01\n'],
            ['1,"Anna,2018-01-01\n', "2,Bo,2018-01-01\n", '3,Eva",2018-01-01\n'],
            ['"1",Anna,"13/01/2018\n', '3,Eva,2018-01-01"\n'],
        ],
    )
    def test_one_that_a_later_row_happens_to_close(self, rows):
        """That is good CSV, so the row is taken as it stands; that it may have swallowed others is said."""
        reading, _ = self.read(*rows, "4,Per,2018-01-01")
        (remark, *_) = reading.remarks
        assert (remark.line, remark.code, remark.rejected, reading.read) == (2, "B007", False, 2)
        assert remark.reason == (
            f"a quote of this row is closed on line {len(rows) + 1} only, and without it line 2 reads as a row"
        )

    @pytest.mark.parametrize("name", ["Anna\nEk", "Ek,\nAnna", "Ek, Anna\nx,y", "Anna, 2018-01-01, since\nEk"])
    def test_a_cell_of_several_lines_is_no_doubt(self, name):
        """Commas alone make no row."""
        reading, ids = self.read(*f'1,"{name}",2018-01-01\n'.splitlines(keepends=True))
        assert (ids, reading.remarks) == (["1"], [])

    def test_a_header_has_to_be_whole(self):
        """Without it there are no columns."""
        (wrong,) = refused(lambda: read("1,Anna,2018-01-01\n", header='id,"name,joined_on\n'))
        assert wrong.code == "B007"
        assert wrong.message.startswith(
            "line 1 is no header: the quote that opens on line 1 closes no cell up to line 2"
        )


class TestHeadersPassedOver:
    """One header serves as a column. Another that would fit is named, if it says something else."""

    def test_it_is_named_with_the_one_that_is_used(self):
        """Once, for the column."""
        reading = read("7,1,Anna,2024-08-01", "2,2,Ole,2024-08-01", header="EmpID,id,name,joined_on")
        assert [p.id for p in reading.book.all(Person)] == ["1", "2"]
        assert reading.columns["id"] == ["id"]
        assert said(reading) == [(1, 0, "EmpID", "B008", False)]
        assert reading.remarks[0].reason == "not used: id serves as id, and says otherwise in 1 of 2 rows"

    def test_one_that_says_the_same_is_no_matter(self):
        """Nor is any, where one was chosen."""
        assert not read("1,1,Anna,2024-08-01", header="EmpID,id,name,joined_on").remarks
        chosen = read("7,1,Anna,2024-08-01", header="EmpID,id,name,joined_on", columns={"id": "EmpID"})
        assert ([p.id for p in chosen.book.all(Person)], chosen.remarks) == (["7"], [])


class TestArguments:
    """What is no argument is refused by its name, all at once, before anything is read."""

    @pytest.mark.parametrize("on", [None, "2026-03-02", datetime(2026, 3, 2), 20260302])
    def test_a_day_is_a_date(self, on):
        """A moment is none."""
        assert [(f.code, f.path) for f in refused(lambda: read(on=on))] == [("V015", "on")]

    @pytest.mark.parametrize("rows", [None, 7, {"id": 1}])
    def test_rows_are_many(self, rows):
        """One object is none."""
        assert [(f.code, f.path) for f in refused(lambda: read_people(rows, on=DAY))] == [("V015", "source")]

    @pytest.mark.parametrize("line", [b"1,Anna,2024-08-01,,", None, 1, ["1", "Anna"]])
    def test_a_line_is_text(self, line):
        """Each of them."""
        assert [(f.code, f.path) for f in refused(lambda: read(line))] == [("V015", "lines[1]")]

    @pytest.mark.parametrize("columns", ["id", ["id"], {"id": 1}, {1: "id"}, 7])
    def test_columns_are_names_of_headers(self, columns):
        """In a mapping."""
        assert [(f.code, f.path) for f in refused(lambda: read(columns=columns))] == [("V015", "columns")]

    @pytest.mark.parametrize(("source", "code"), [(7, "V015"), (b"x", "V015"), (" ", "V002")])
    def test_the_source_is_said_in_words(self, source, code):
        """Or every row would be rejected for it."""
        wrong = refused(lambda: read_people([HEADER], on=DAY, source=source))
        assert [(f.code, f.path) for f in wrong] == [(code, "source")]

    def test_all_that_is_wrong_is_said_at_once(self):
        """Four arguments, four findings."""
        wrong = refused(lambda: read_people([HEADER], on=1, source=1, columns=1, dates=[]))
        assert [f.path for f in wrong] == ["columns", "dates", "on", "source"]

    def test_what_is_no_source_is_none_of_people(self):
        """Said of how it is opened, too."""
        wrong = refused(lambda: open_rows([HEADER], separator=1, header=0, kind="docx", path=1, only=[], sheet=True))
        assert [f.path for f in wrong] == ["header", "kind", "only", "path", "separator", "sheet"]


class TestRows:
    """Each row is accepted or rejected, and a rejected one says why."""

    def test_too_few_and_too_many_cells(self):
        """Named as a whole row: which cell is missing cannot be known."""
        reading = read("1,Anna Ek,2024-08-01", "2,Li, Ole,2024-08-01,,", "3,Eva Ås,2024-08-01,,")
        assert said(reading) == [(2, 1, "", "B002", True), (3, 2, "", "B002", True)]
        assert [r.reason for r in reading.remarks] == [
            "3 cells where the header has 5",
            "6 cells where the header has 5",
        ]

    def test_everything_that_is_missing_is_said(self):
        """Three remarks and one row rejected."""
        reading = read(",,,x,")
        assert said(reading) == [(2, 1, c, "V014", True) for c in ("id", "joined_on", "name")]
        assert (reading.read, reading.accepted, reading.rejected) == (1, 0, 1)

    def test_an_id_that_stands_again_is_rejected(self):
        """The first one stays, and the remark says where it stands."""
        reading = read("1,Anna Ek,2024-08-01,,", "1,Ole Li,2024-08-01,,", " 1 ,Eva Ås,2024-08-01,,")
        assert said(reading) == [(3, 2, "id", "X001", True), (4, 3, "id", "X001", True)]
        assert {r.reason for r in reading.remarks} == {"1 stands on line 2 already, with no last day"}
        assert reading.book.get(Person, "1").name == "Anna Ek"

    def test_two_rows_of_one_person_who_was_hired_again(self):
        """Two employments, each with its position and manager; the talk before the second does not count in it."""
        reading = read(
            "1,Anna Ek,2024-02-01,,Lead,2,2021-05-04", "2,Ole Li,2015-08-01,,,,",
            '1,"Ek, Anna",2018-01-08,2022-06-30,Smith,3,2021-05-04', "3,Eva Ås,2015-08-01,,,,",
            header=self.AGAIN,
        )  # fmt: skip
        anna = reading.book.get(Person, "1")
        assert anna.employments == (Span(date(2018, 1, 8), date(2022, 6, 30)), Span(date(2024, 2, 1)))
        assert [(p.title, str(p.span)) for p in anna.positions] == [
            ("Smith", "2018-01-08 to 2022-06-30"), ("Lead", "2024-02-01 to open"),
        ]  # fmt: skip
        assert [anna.manager_on(day) for day in (date(2022, 6, 30), date(2023, 1, 1), DAY)] == ["3", None, "2"]
        assert (reading.read, reading.accepted, reading.rejected, reading.remarks) == (4, 4, 0, [])
        assert reading.book.covered("1", DAY).last_held is None
        assert reading.book.next_due("1", on=DAY) == date(2025, 2, 1)
        assert anna.history[0].reason == "lines 4, 2"

    AGAIN = "id,name,joined_on,left_on,title,manager,last_interview"

    @pytest.mark.parametrize(
        ("other", "why"),
        [
            ("2022-06-30,", "until 2022-06-30; this row begins 2022-06-30"),
            ("2018-01-08,2022-06-30", "until 2022-06-30; this row begins 2018-01-08"),
            ("2016-01-01,", "from 2018-01-08; this row has no last day"),
            ("2016-01-01,2018-01-08", "from 2018-01-08; this row ends 2018-01-08"),
        ],
    )
    def test_rows_of_one_id_that_overlap_are_rejected(self, other, why):
        """No day between the two, the same row twice, an open first one; which days they share is said."""
        reading = read("1,Anna Ek,2018-01-08,2022-06-30,,,", f"1,Anna Ek,{other},,,", header=self.AGAIN)
        assert said(reading) == [(3, 2, "id", "X001", True)]
        assert reading.remarks[0].reason == f"1 stands on line 2 already, {why}"
        assert reading.book.get(Person, "1").employments == (Span(date(2018, 1, 8), date(2022, 6, 30)),)

    def test_the_row_that_another_overlaps_is_named(self):
        """Which is not always the first of the person."""
        rows = ("2018-01-08,2019-06-30", "2021-02-01,2022-06-30", "2022-01-01,2023-06-30", "2019-07-01,2019-07-01")
        reading = read(*(f"1,Anna Ek,{days},,," for days in rows), header=self.AGAIN)
        assert [r.reason for r in reading.remarks] == [
            "1 stands on line 3 already, until 2022-06-30; this row begins 2022-01-01"
        ]
        assert len(reading.book.get(Person, "1").employments) == 3

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)])
    def test_somebody_hired_again_under_another_name(self, order):
        """After a marriage: one person with the later name, who is known by both. That they are one is not silent."""
        rows = ("1,Anna Ek,2018-01-08,2022-06-30,,,", "1,Anna Berg,2024-02-01,,,,")
        people = ("2,Ole Li,2020-01-01,,,Anna Ek,", "3,Eva Ås,2020-01-01,,,Anna Berg,")
        reading = read(*(rows[n] for n in order), *people, header=self.AGAIN)
        anna = reading.book.get(Person, "1")
        assert anna.name == "Anna Berg"
        assert anna.employments == (Span(date(2018, 1, 8), date(2022, 6, 30)), Span(date(2024, 2, 1)))
        assert managers(reading) == {"1": None, "2": "1", "3": "1"}
        (earlier, later) = (2, 3) if order == (0, 1) else (3, 2)
        assert said(reading) == [(later, later - 1, "name", "B009", False)]
        assert reading.remarks[0].reason == (
            f"another name than on line {earlier}; taken for one person, who has the later one"
        )

    def test_one_who_left_before_joining_takes_no_other_row_along(self):
        """The row that cannot be is rejected by its own rule, the other of the person stays."""
        rows = ("1,Anna Ek,2018-01-08,2017-06-30,,,", "1,Anna Ek,2024-02-01,,,,")
        reading = read(*rows, header=self.AGAIN)
        assert said(reading) == [(2, 1, "left_on", "V004", True)]
        assert reading.book.get(Person, "1").employments == (Span(date(2024, 2, 1)),)

    def test_a_row_that_cannot_be_used_leaves_the_other_of_the_person(self):
        """Whichever of the two it is; where the id itself is none, both go."""
        rows = ("1,Anna Ek,2018-01-08,2022-06-30,,,", f"1,Anna Ek,2024-02-01,,{'x' * 201},,")
        reading = read(*rows, header=self.AGAIN)
        assert said(reading) == [(3, 2, "title", "J002", True)]
        assert (reading.accepted, reading.rejected) == (1, 1)
        assert not reading.book.get(Person, "1").employed_on(DAY)
        reading = read(*(f"{'9' * 200}{row}" for row in rows), header=self.AGAIN)
        assert said(reading) == [(2, 1, "id", "V001", True), (3, 2, "id", "V001", True), (3, 2, "title", "J002", True)]
        assert (reading.accepted, reading.rejected) == (0, 2)
        reading = read("1,A,2018-01-08,2022-06-30,,,", f"1,{'A' * 201},2024-02-01,,,,", header=self.AGAIN)
        assert said(reading) == [(3, 2, "name", "V002", True)]

    def test_what_a_person_may_not_be_rejects_the_row_by_its_own_rule(self):
        """Left before joining; an id or a title that is longer than any."""
        header = "id,name,joined_on,left_on,title"
        reading = read(
            "1,Anna Ek,2024-08-01,2024-07-31,", f"{'9' * 201},Ole Li,2024-08-01,,", f"3,Eva Ås,2024-08-01,,{'x' * 201}",
            header=header,
        )  # fmt: skip
        assert {(r.line, r.column, r.code) for r in reading.remarks} == {
            (2, "left_on", "V004"), (3, "id", "V001"), (4, "title", "J002"),
        }  # fmt: skip
        assert reading.rejected == 3

    def test_leaving_before_joining_is_wrong_in_the_future_too(self):
        """The day of reading does not matter to it."""
        reading = read("1,Anna Ek,2027-08-01,2027-07-31", header="id,name,joined_on,left_on")
        assert said(reading) == [(2, 1, "left_on", "V004", True)]

    def test_who_leaves_later_is_still_there(self):
        """Today is a day of work; after it, the person has left."""
        header = "id,name,joined_on,left_on,title"
        reading = read(
            "1,Anna Ek,2024-08-01,2026-03-01,Consultant",
            "2,Ole Li,2024-08-01,2026-03-02,",
            "3,Eva Ås,2024-08-01,2027-01-01,Lead",
            header=header,
        )  # fmt: skip
        assert [p.standing(DAY).value for p in reading.book.all(Person)] == ["left", "active", "active"]
        assert reading.book.get(Person, "3").standing(date(2027, 1, 2)) == "left"
        assert [str(p.positions[0].span) for p in reading.book.all(Person) if p.positions] == [
            "2024-08-01 to 2026-03-01", "2024-08-01 to 2027-01-01",
        ]  # fmt: skip

    def test_title_unit_or_manager_make_a_position(self):
        """None of them is lost for want of another; a title that is missing is said to be."""
        reading = read(
            "1,Anna,2024-08-01,Consultant,West,",
            "2,Ole,2024-08-01,,West,",
            "3,Eva,2024-08-01,,,2",
            "4,Per,2024-08-01,,,",
            header="id,name,joined_on,title,unit,manager",
        )  # fmt: skip
        held = [[(p.title, p.unit, p.manager_on(DAY)) for p in person.positions] for person in reading.book.all(Person)]
        assert held == [[("Consultant", "West", None)], [("not said", "West", None)], [("not said", None, "2")], []]

    def test_nothing_is_found_that_was_not_seen(self):
        """Who was taken over, from where, and on which day."""
        (entry,) = next(read("1,Anna Ek,2024-08-01,,").book.all(Person)).history
        assert (entry.act, entry.by, entry.source, entry.reason) == ("import", "import", "people.csv", "line 2")
        assert entry.at.isoformat() == "2026-03-02T00:00:00+00:00"


class TestDates:
    """Each column writes its days in ISO form, or in the one order that it shows; tests/bulk/test_dates.py has the ways."""

    def test_a_column_that_can_be_read_both_ways_rejects_its_rows(self):
        """3 April or 4 March: the caller must say."""
        rows = ("1,Anna Ek,03/04/2024,,", "2,Ole Li,05/06/2024,,")
        reading = read(*rows)
        assert said(reading) == [(2, 1, "joined_on", "B003", True), (3, 2, "joined_on", "B003", True)]
        assert reading.remarks[0].reason == (
            "'03/04/2024' cannot be read: its column shows no one order of day and month (slashes: 2 either);"
            " say mdy or dmy"
        )
        assert [p.employments[0].from_ for p in read(*rows, dates="mdy").book.all(Person)] == [
            date(2024, 3, 4),
            date(2024, 5, 6),
        ]
        assert [p.employments[0].from_ for p in read(*rows, dates="dmy").book.all(Person)] == [
            date(2024, 4, 3),
            date(2024, 6, 5),
        ]

    def test_a_day_that_is_none_in_the_order_that_was_said(self):
        """The order may be the slip."""
        (remark,) = read("1,Anna,13/01/2024,,", dates="mdy").remarks
        assert remark.reason == "'13/01/2024' cannot be read: no such day in the order mdy"

    def test_a_column_that_mixes_orders_rejects_its_rows(self):
        """ISO among them is fine all the same."""
        reading = read("1,Anna Ek,13/04/2024,,", "2,Ole Li,04/13/2024,,", "3,Eva Ås,2024-04-13,,")
        assert [r.line for r in reading.remarks] == [2, 3]
        assert reading.remarks[0].reason == (
            "'13/04/2024' cannot be read: its column shows both orders of day and month"
            " (slashes: 1 only day first, 1 only month first): no one is right"
        )
        assert reading.accepted == 1

    def test_a_year_that_nobody_can_have_is_a_doubt(self):
        """The person is there, and what the year probably is, is said."""
        reading = read("1,Anna Ek,2567-03-05,,")
        assert said(reading) == [(2, 1, "joined_on", "B020", False)]
        assert reading.remarks[0].reason.endswith("(2567 is 2024 in the Buddhist calendar)")
        assert reading.book.get(Person, "1").employments[0].from_ == date(2567, 3, 5)

    def test_a_last_interview_of_such_a_year_is_told_once(self):
        """And not used."""
        reading = read("1,Anna Ek,2024-08-01,,2567-08-01")
        assert said(reading) == [(2, 1, "last_interview", "B020", False)]
        assert reading.remarks[0].reason.endswith("calendar); not used")
        assert not list(reading.book.all(Interview))

    def test_each_column_shows_its_own_order(self):
        """Two systems in one file."""
        reading = read("1,Anna Ek,31.12.2023,,01/31/2025")
        assert reading.book.covered("1", DAY).last_held == date(2025, 1, 31)

    def test_a_last_interview_that_is_no_date_is_a_doubt(self):
        """The person is there; the talk is not."""
        reading = read("1,Anna Ek,2024-08-01,,last year")
        assert said(reading) == [(2, 1, "last_interview", "B003", False)]
        assert len(reading.book) == 1

    def test_an_order_that_is_none(self):
        """Refused with the ones that are."""
        assert refused(lambda: read(dates="ymd"))[0].message == "'ymd' is no order; known: mdy, dmy"
        assert [(f.code, f.path) for f in refused(lambda: read(dates="ymd"))] == [("B003", "dates")]


class TestLastInterview:
    """The last interview becomes one that was held on its day."""

    def test_it_is_held_and_annual(self):
        """By the manager, where there is one."""
        (talk,) = read("1,Anna Ek,2024-08-01,2,2025-08-01", "2,Ole Li,2020-01-01,,").book.all(Interview)
        assert (talk.state, talk.kind, talk.coachee, talk.interviewer) == ("held", "annual", "1", "2")
        assert (talk.held_on, talk.slot) == (date(2025, 8, 1), None)

    @pytest.mark.parametrize(
        ("day", "used"), [("2024-07-31", 0), ("2024-08-01", 1), ("2026-03-02", 1), ("2026-03-03", 0)]
    )
    def test_between_joining_and_the_day_of_reading(self, day, used):
        """Both included."""
        reading = read(f"1,Anna Ek,2024-08-01,,{day}")
        assert len(list(reading.book.all(Interview))) == used
        assert [r.code for r in reading.remarks] == ["B005"] * (1 - used)
        assert reading.accepted == 1

    @pytest.mark.parametrize(
        ("manager", "interviewer"),
        [("", None), ("Per Mo", "Per Mo"), ("1", None), ("Anna Ek", "Anna Ek"), ("x" * 201, None)],
    )
    def test_whoever_held_it_the_talk_counts(self, manager, interviewer):
        """A doubt about the manager is no reason to lose the talk, or the person."""
        reading = read(f"1,Anna Ek,2024-08-01,{manager},2025-08-01")
        (talk,) = reading.book.all(Interview)
        assert talk.interviewer == interviewer
        assert (reading.accepted, reading.rejected) == (1, 0)


class TestManagers:
    """By id, or by a name written either way round."""

    HEADER = "id,name,joined_on,title,manager"

    def managers(self, *people):
        """Who manages whom, given name and manager of each."""
        rows = [f'{n},"{name}",2024-08-01,Consultant,"{manager}"' for n, (name, manager) in enumerate(people, 1)]
        self.reading = read(*rows, header=self.HEADER)
        return managers(self.reading)

    @pytest.mark.parametrize(
        ("name", "manager"),
        [
            ("Ole Li", "2"),
            ("Ole Li", "Ole Li"),
            ("Ole Li", "ole li"),
            ("Ole Li", "Li, Ole"),
            ("Li, Ole", "Ole Li"),
            ("Li, Ole  B.", "Ole Li"),
            ("Ole Bo Li", "Li, Ole Bo"),
            ("Ole B. Li", "Ole Li"),
            ("Ole Li", "Ole B. Li"),
            ("Ole B. Li", "Li, Ole B"),
            ("van der Berg, Ole", "Ole van der Berg"),
            ("Ole", "Ole"),
            ("\u00c5sa O'Li", "a\u030asa  o\u2019li"),
        ],
    )
    def test_one_who_is_there(self, name, manager):
        """The whole name counts, however it is written; an initial in the middle may be left out."""
        assert self.managers(("Anna Ek", manager), (name, "")) == {"1": "2", "2": None}
        assert not self.reading.remarks

    @pytest.mark.parametrize(
        ("name", "manager"),
        [("Juan Manuel Perez", "Juan Carlos Perez"), ("Juan Manuel Perez", "Juan Perez"), ("Ole B. Li", "Ole C. Li")],
    )
    def test_one_who_has_another_name_in_the_middle(self, name, manager):
        """First and last word make nobody the manager."""
        assert self.managers(("Anna Ek", manager), (name, "")) == {"1": None, "2": None}
        assert said(self.reading) == [(2, 1, "manager", "B004", False)]

    def test_the_one_who_is_called_so_to_the_letter(self):
        """Beside one who has an initial more."""
        people = ("Anna Ek", "Ole Li"), ("Ole Li", ""), ("Ole B. Li", "")
        assert self.managers(*people)["1"] == "2"
        assert self.managers(("Anna Ek", "Ole B. Li"), *people[1:])["1"] == "3"

    @pytest.mark.parametrize("manager", ["Per Mo", "Li", ",", ".", "Ole, Li, Bo"])
    def test_one_who_is_nobody(self, manager):
        """Named, and not used."""
        assert self.managers(("Anna Ek", manager), ("Ole Li", "")) == {"1": None, "2": None}
        assert said(self.reading) == [(2, 1, "manager", "B004", False)]
        assert f"{manager} is nobody in this file; not used" == self.reading.remarks[0].reason

    def test_two_of_one_name(self):
        """Which of them is not guessed; their ids say it."""
        assert self.managers(("Anna Ek", "Ole Li"), ("Ole Li", ""), ("Li, Ole", "")) == {
            "1": None,
            "2": None,
            "3": None,
        }
        assert [r.reason for r in self.reading.remarks] == ["2 people are called Ole Li; not used"]
        assert self.managers(("Anna Ek", "3"), ("Ole Li", ""), ("Li, Ole", ""))["1"] == "3"

    @pytest.mark.parametrize("manager", ["1", "Anna Ek", "Ek, Anna"])
    def test_nobody_manages_themselves(self, manager):
        """Said by the rule that no person may break, and not used."""
        assert self.managers(("Anna Ek", manager)) == {"1": None}
        assert said(self.reading) == [(2, 1, "manager", "J003", False)]

    def test_a_ring_is_kept_and_named_with_its_lines(self):
        """The rows are fine; all of them together are not. What the book will say is said of each of them."""
        assert self.managers(("Anna", "2"), ("Ole", "3"), ("Eva", "1")) == {"1": "2", "2": "3", "3": "1"}
        assert said(self.reading) == [(n + 1, n, "manager", "X003", False) for n in (1, 2, 3)]
        found = [f for f in self.reading.book.check(DAY) if f.code == "X003"]
        assert [(f.record[1], f.message) for f in found] == [
            (str(r.record), r.reason) for r in self.reading.remarks
        ]  # fmt: skip
        assert self.reading.remarks[1].reason == "on 2026-03-02: 2 > 3 > 1 > 2"

    def test_who_reports_to_a_ring_is_not_of_it(self):
        """Two rings, and somebody below each."""
        people = ("Anna", "2"), ("Ole", "1"), ("Eva", "1"), ("Per", "3"), ("Ida", "6"), ("Liv", "5"), ("Tor", "6")
        self.managers(*people)
        assert [r.record for r in self.reading.remarks] == [1, 2, 5, 6]

    @pytest.mark.parametrize(
        ("first", "second", "day"),
        [
            ("2024-01-01,", "2024-01-01,", "2026-03-02"),
            ("2024-01-01,", "2026-04-01,", "2026-04-01"),
            ("2024-01-01,2026-03-01", "2024-01-01,", None),
            ("2024-01-01,2026-03-02", "2024-01-01,", "2026-03-02"),
            ("2024-01-01,2026-03-31", "2026-04-01,", None),
            ("2024-01-01,2026-04-01", "2026-04-01,", "2026-04-01"),
        ],
    )
    def test_a_ring_runs_on_a_day(self, first, second, day):
        """The first on which all of them are there, from the day of reading on: as the book has it."""
        header = "id,name,joined_on,left_on,manager"
        reading = read(f"1,Anna,{first},2", f"2,Ole,{second},1", header=header)
        rings = [f"on {day}: 1 > 2 > 1", f"on {day}: 2 > 1 > 2"] if day else []
        assert [r.reason for r in reading.remarks] == rings
        assert [f.message for f in reading.book.check(DAY) if f.code == "X003"] == rings

    def test_a_ring_of_many_is_told_in_short(self):
        """In a time that grows with the people, and not with their square."""
        rows = (f"{n},Person {n},2024-08-01,{n % 5000 + 1}" for n in range(1, 5001))
        reading = read(*rows, header="id,name,joined_on,manager")
        assert len(reading.remarks) == 5000
        assert reading.remarks[4997].reason == (
            "on 2026-03-02: 4998 > 4999 > 5000 > 1 > 2 > 3 > 4 > 5 > 6 > 7 > 4990 more > 4998"
        )

    def test_ids_of_another_system_are_not_used(self):
        """Mostly strangers, so the one that fits fits by chance; said once, for the column."""
        assert self.managers(("Anna", "77"), ("Ole", "78"), ("Eva", "1")) == {"1": None, "2": None, "3": None}
        assert said(self.reading) == [(1, 0, "manager", "B004", False)]
        assert self.reading.remarks[0].reason == "2 of 3 values are no id of this file; the column is not used"

    def test_one_wrong_id_among_right_ones_is_a_doubt_of_its_row(self):
        """As many known as unknown will do."""
        assert self.managers(("Anna", "2"), ("Ole", "77"), ("Eva", "")) == {"1": "2", "2": None, "3": None}
        assert said(self.reading) == [(3, 2, "manager", "B004", False)]

    def test_two_columns_for_the_manager(self):
        """The first that is somebody; an id where the name is not known."""
        header = "id,name,joined_on,title,Manager Name,ManagerID"
        rows = ("1,Anna Ek,2024-08-01,C,Per Mo,2", "2,Ole Li,2024-08-01,C,,", "3,Eva Ås,2024-08-01,C,Li,")
        reading = read(*rows, header=header)
        assert managers(reading) == {"1": "2", "2": None, "3": None}
        assert said(reading) == [(4, 3, "Manager Name", "B004", False)]

    def test_a_rejected_row_is_nobody(self):
        """Ole's own row cannot be used, so he cannot be Anna's manager."""
        rows = ("1,Anna Ek,2024-08-01,Ole Li,", "2,Ole Li,2024-02-30,,")
        assert said(read(*rows)) == [(2, 1, "manager", "B004", False), (3, 2, "joined_on", "B003", True)]

    def test_one_who_is_rejected_by_a_rule_of_people_is_nobody(self):
        """By id and by name alike; what else was said of Anna's row is said once."""
        header = "id,name,joined_on,left_on,manager,last_interview"
        rows = (
            "1,Anna Ek,2024-08-01,,2,2024-01-01",
            "2,Ole Li,2024-08-01,2024-07-31,,",
            "3,Eva Ås,2024-08-01,,Ole Li,",
        )
        reading = read(*rows, header=header)
        assert said(reading) == [
            (2, 1, "last_interview", "B005", False), (2, 1, "manager", "B004", False),
            (3, 2, "left_on", "V004", True), (4, 3, "manager", "B004", False),
        ]  # fmt: skip
        assert (reading.read, reading.accepted, reading.rejected) == (3, 2, 1)
        assert managers(reading) == {"1": None, "3": None}


CELLS = st.one_of(
    st.sampled_from(["", "1", "2", "Anna Ek", "Ek, Anna", "2024-08-01", "2025-08-01", "13/01/2024", "01/13/2024", "x"]),
    st.text(max_size=8),
    st.dates().map(str),
)
HEADERS = st.permutations(
    ["id", "name", "joined_on", "left_on", "manager", "ManagerID", "title", "unit", "last_interview", "other"]
).flatmap(lambda names: st.integers(3, len(names)).map(lambda n: names[:n]))


NEAR = st.sampled_from(["2026-03-01", "2026-03-02", "2026-03-03", "2026-04-01"])


@st.composite
def tables(draw):
    """A header and rows of cells: most as long as the header, some not; some cells hold lines or quotes."""
    header = draw(HEADERS)
    full = st.lists(CELLS, min_size=len(header), max_size=len(header))
    return header, draw(st.lists(full | st.lists(CELLS, max_size=12), max_size=8))


class TestLaws:
    """What holds for any table."""

    @given(tables(), st.dates(), st.sampled_from([None, *ORDERS]))
    def test_read_is_accepted_and_rejected(self, table, on, dates):
        """And no exception but the one error ever comes out, when a column is missing."""
        header, rows = table
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerows([header, *rows])
        lines = io.StringIO(out.getvalue(), newline="")
        if not {"id", "name", "joined_on"} <= set(header):
            assert set(codes(refused(lambda: read_people(lines, on=on, source="x", dates=dates)))) == {"B001"}
            return
        reading = read_people(lines, on=on, source="x", dates=dates)
        assert reading.read == reading.accepted + reading.rejected
        assert reading.read == sum(any(c.strip() for c in row) for row in rows)
        assert reading.accepted == sum(len(person.employments) for person in reading.book.all(Person))
        assert all(r.column in {*header, ""} for r in reading.remarks)
        assert [r.line for r in reading.remarks] == sorted(r.line for r in reading.remarks)

    @given(st.lists(st.tuples(st.integers(0, 6), NEAR, NEAR | st.just("")), max_size=6))
    def test_what_the_book_says_of_the_lines_was_said_with_their_lines(self, people):
        """Every ring that it finds has its remark and no other has; nobody is managed by somebody who is not there."""
        rows = [f"{n},P{n},{joined},{left},{manager or ''}" for n, (manager, joined, left) in enumerate(people, 1)]
        reading = read(*rows, header="id,name,joined_on,left_on,manager")
        found = reading.book.check(DAY)
        rings = {(f.record[1], f.message) for f in found if f.code == "X003"}
        assert {(str(r.record), r.reason) for r in reading.remarks if r.code == "X003"} == rings
        assert not [f for f in found if f.code == "X002"]

    @given(st.lists(st.text(max_size=30), max_size=8))
    def test_any_lines_are_read_or_refused(self, lines):
        """Whatever they are."""
        header = [] if lines and "id" in lines[0] else [HEADER]
        try:
            reading = read_people([*header, *lines], on=DAY, source="x")
        except Rejected as refusal:
            said = set(refusal.codes)
        else:
            said = set()
            assert reading.read == reading.accepted + reading.rejected
        assert said <= {"B001", "B006", "B007"}

    @given(tables())
    def test_a_rejected_row_leaves_the_others_as_they_are(self, table):
        """Accepted people are those of the file without the rejected rows."""
        header, rows = table
        if not {"id", "name", "joined_on"} <= set(header):
            header, rows = ["id", "name", "joined_on"], [row[:3] for row in rows]
        out = io.StringIO()
        csv.writer(out).writerows([header, *rows])
        reading = read_people(io.StringIO(out.getvalue(), newline=""), on=DAY, source="x", dates="dmy")
        bad = {r.record for r in reading.remarks if r.rejected}
        kept = [row for n, row in enumerate((r for r in rows if any(c.strip() for c in r)), 1) if n not in bad]
        out = io.StringIO()
        csv.writer(out).writerows([header, *kept])
        again = read_people(io.StringIO(out.getvalue(), newline=""), on=DAY, source="x", dates="dmy")
        assert (again.read, again.accepted, again.rejected) == (reading.accepted, reading.accepted, 0)
        plain = lambda book: {(p.id, p.name, p.employments) for p in book.all(Person)}  # noqa: E731  (used here alone)
        assert plain(again.book) == plain(reading.book)


def test_no_header_stands_for_two_columns():
    """Each known header serves one column, and is written as headers are compared."""
    known = [header for headers in COLUMNS.values() for header in headers]
    assert len(known) == len(set(known))
    assert all(re.fullmatch("[a-z0-9]+", header) for header in known)
