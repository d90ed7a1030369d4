"""What came of an import, told: exact whatever is kept, the same in any order, one screen, and nothing of a cell."""

import json
from html.parser import HTMLParser

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from coaching.bulk.drafts import Fault
from coaching.bulk.reporting import Account, Fate, Report, Thresholds, html
from coaching.bulk.reporting.screen import _wide
from coaching.kernel.rules import Severity
from stage import refused

words = st.sampled_from(["", "Hire date", "入社年月日", "Name\nof\x1b[31mstaff", "x" * 90])
faults = st.builds(
    Fault,
    source=st.sampled_from(["people.csv", "goals.csv"]),
    line=st.integers(0, 12),
    record=st.integers(0, 12),
    column=words,
    field=st.sampled_from(["", "name"]),
    code=st.sampled_from(["B002", "B003", "Q999"]),
    severity=st.sampled_from([Severity.ERROR, Severity.WARNING]),
    what=st.sampled_from(["a year of two digits", "no day", "w" * 200]),
    message=st.sampled_from(["'3/5/24' has two digits", "'soon' is no day"]) | st.integers(0, 200).map(str),
    mend=st.sampled_from(["", "write a day"]),
)
accounts = st.builds(
    lambda source, accepted, rejected, skipped, told, unused: Account(
        source,
        read=accepted + rejected + sum(skipped.values()),
        accepted=accepted,
        rejected=rejected,
        skipped=skipped,
        told=told,
        unused=unused,
    ),
    st.sampled_from(["people.csv", "goals.csv", "x\n" * 40]),
    st.integers(0, 5000),
    st.integers(0, 5000),
    st.dictionaries(st.sampled_from(["blank", "others", "below"]), st.integers(0, 9)),
    st.dictionaries(st.sampled_from(["kind", "header"]), st.sampled_from(["csv", 3, ["a", "b"]])),
    st.frozensets(words),
)
fates = st.tuples(st.sampled_from(["person", "goal", "feedback"]), st.sampled_from(list(Fate)), st.integers(0, 99))


def filled(most, faults, accounts=(), fates=()):
    """A report that has seen all of it."""
    report = Report(most).add_all(faults).account(*accounts)
    for fate in fates:
        report.count(*fate)
    return report


def fault(**but):
    """A fault of somebody's hire date."""
    usual = Fault(
        "people.csv", 2, 1, "Hire date", "employments[].from", "B003", Severity.ERROR,
        "a year of two digits", "'3/5/24' has a year of two digits", "write four digits",
    )  # fmt: skip
    return evolve(usual, **but)


class TestCounting:
    """Totals are exact, and depend neither on the order nor on who counted."""

    @given(st.lists(faults), st.lists(accounts), st.lists(fates), st.sampled_from([0, 1, 3, None]), st.randoms())
    def test_in_any_order_and_in_parts(self, faults, accounts, fates, most, chance):
        """Several workers come to the same as one."""
        whole = filled(most, faults, accounts, fates)
        parts = [Report(most) for _ in range(3)]
        for it in chance.sample(faults, len(faults)):
            chance.choice(parts).add(it)
        for it in chance.sample(accounts, len(accounts)):
            chance.choice(parts).account(it)
        for it in fates:
            chance.choice(parts).count(*it)
        chance.shuffle(parts)
        for together in (parts[0] + parts[1] + parts[2], parts[0] + (parts[1] + parts[2])):
            for values in (False, True):
                assert together.as_dict(values=values) == whole.as_dict(values=values)
                assert together.told(values=values) == whole.told(values=values)

    @given(st.lists(faults, max_size=60), st.integers(0, 5))
    def test_exact_past_any_cap(self, faults, most):
        """What is listed is less; what is counted is not."""
        report, whole = filled(most, faults), filled(None, faults)
        told = report.as_dict()
        assert (report.errors + report.warnings, whole.faults) == (len(faults), sorted(whole.faults, key=placed))
        assert [it.count for it in report.groups] == [it.count for it in whole.groups]
        assert sum(it.count for it in report.groups) == len(faults)
        assert len(told["faults"]) == min(most, len(faults))
        assert told["unlisted"] == len(faults) - len(told["faults"])
        assert {it.severity for it in report.faults} <= {Severity.ERROR} or report.errors < most

    @given(st.lists(faults, min_size=1))
    def test_groups_say_the_first_lines(self, faults):
        """Five of them at most, each once; the errors first, and then the commonest."""
        report = filled(0, faults)
        for group in report.groups:
            its = [it for it in faults if (it.severity, it.code, it.source, it.column, it.what)
                   == (group.severity, group.code, group.source, group.column, group.what)]  # fmt: skip
            assert group.count == len(its)
            first = sorted({it.line for it in its})[:5]
            assert group.lines == tuple(line for line in first if line)
            assert group.message == min(it.message for it in its if it.line == first[0])
        ranks = [(it.severity != "error", -it.count) for it in report.groups]
        assert ranks == sorted(ranks)

    def test_a_long_stream_keeps_the_first(self):
        """And no more."""
        many = [fault(line=n, record=n) for n in range(5000, 0, -1)]
        report = Report(most=10).add_all(many)
        assert [it.line for it in report.faults] == list(range(1, 11))
        assert report.groups[0].lines == (1, 2, 3, 4, 5)

    def test_read_is_accepted_and_rejected_and_skipped(self):
        """An account that does not add up is refused."""
        wrong = refused(lambda: Account("people.csv", read=7, accepted=5, rejected=1))
        assert [(it.code, it.path, it.message) for it in wrong] == [
            ("V015", "read", "7 were read, and 6 are accepted, rejected or skipped")
        ]
        assert Account("people.csv", read=7, accepted=5, rejected=1, skipped={"blank": 1, "below": 0}).skipped == {
            "blank": 1
        }

    def test_no_number_of_faults(self):
        """Is refused."""
        assert [it.code for it in refused(lambda: Report(-1))] == ["V015"]


def placed(it):
    """Where a fault stands."""
    return it.source, it.line, it.record


class TestTheScreen:
    """24 lines of 80 columns, whatever the file."""

    @given(st.lists(faults), st.lists(accounts), st.lists(fates), st.booleans())
    def test_any_file(self, faults, accounts, fates, values):
        """No control character, no line too long, none too many."""
        report = filled(0, faults, accounts, fates)
        lines = report.told(values=values).split("\n")
        assert len(lines) <= 24
        assert all(_wide(line) <= 80 and (line.isprintable()) for line in lines)

    def test_ten_thousand_groups(self):
        """The gravest are named, the rest is counted."""
        report = Report(0)
        for n in range(10_000):
            severity = Severity.WARNING if n % 4 == 0 else Severity.ERROR
            report.add(*[fault(column=f"Column {n}", line=n + 2, severity=severity)] * (3 if n == 77 else 1))
        report.account(*(Account(f"file {n}.csv", read=9, rejected=9, unused=["a", "b"]) for n in range(20)))
        for type in ("person", "goal", "interview", "feedback", "opportunity", "organisation"):
            report.count(type, Fate.NEW, 1234)
        lines = str(report).split("\n")
        assert len(lines) == 24
        assert lines[0] == "read 180 = accepted 0 + rejected 180 + skipped 0"
        assert "7 502 errors" in lines
        assert "  people.csv, Column 77: 3 × a year of two digits (B003), e.g. line 79" in str(report)
        assert lines[-2:] == ["2 500 warnings", "  and 2 500 more groups: 2 500 warnings"]
        assert any(line.startswith("  and ") and line.endswith("errors") for line in lines)

    def test_what_a_person_reads(self):
        """The example of the wish."""
        report = Report(written=True).account(Account("people.csv", read=36315, rejected=3924, accepted=32391))
        report.add_all(fault(line=n) for n in range(2, 3926))
        assert str(report).split("\n") == [
            "read 36 315 = accepted 32 391 + rejected 3 924 + skipped 0",
            "3 924 errors",
            "  Hire date: 3 924 × a year of two digits (B003), e.g. lines 2, 3, 4, 5, 6",
        ]
        assert "(B003)" in report.told(values=True)
        assert "'3/5/24' has a year of two digits" in report.told(values=True)

    def test_what_differs_in_a_group_is_shown_where_cells_are(self):
        """The commonest first, five of them; who is unknown is what somebody wants to know."""
        report = Report(written=True)
        report.add_all(
            fault(line=n, what="no person", message=f"{n % 7 * (n < 40) + 1} is nobody") for n in range(2, 60)
        )
        assert str(report).split("\n")[2:] == [
            "  Hire date: 58 × no person (B003), e.g. lines 2, 3, 4, 5, 6",
        ]
        assert report.told(values=True).split("\n")[2:] == [
            "  Hire date: 58 × no person (B003), e.g. lines 2, 3, 4, 5, 6",
            "    25 × 1 is nobody", "    6 × 3 is nobody", "    6 × 4 is nobody", "    6 × 5 is nobody",
            "    5 × 2 is nobody",
        ]  # fmt: skip
        (group,) = report.as_dict(values=True)["groups"]
        assert group["examples"][0] == {"message": "1 is nobody", "count": 25}
        assert "examples" not in report.as_dict()["groups"][0]
        assert "25 × 1 is nobody" in Page(html(report, values=True)).text
        assert "nobody" not in html(report)

    def test_of_too_many_that_differ_the_first_are_shown(self):
        """Without a count: of a hundred and one nobody keeps them. As one, or in two parts."""
        many = [fault(line=n, message=f"'{n}' is nobody") for n in range(2, 103)]
        for report in (Report().add_all(many), Report().add_all(many[50:]) + Report().add_all(many[:50])):
            assert report.told(values=True).split("\n")[-5:] == [f"    '{n}' is nobody" for n in range(2, 7)]
            report.add(*many)
            assert [it.count for it in report.groups] == [202]
            both = report + Report().add(*many)
            assert (
                both.groups[0].examples
                == report.groups[0].examples
                == tuple((f"'{n}' is nobody", None) for n in range(2, 7))
            )
        assert "'2' is nobody '3' is nobody" in Page(html(report, values=True)).text

    def test_room_for_examples_is_what_is_left(self):
        """A group on each line leaves none; then the first message stands for all."""
        report = Report(written=True).add_all(
            fault(column=f"{n:02}", line=n, message=f"'{m}' is nobody") for n in range(10) for m in range(9)
        )
        lines = report.told(values=True).split("\n")
        assert len(lines) == 24
        assert lines[2].startswith("  00: 9 × a year")
        assert lines[3:8] == [f"    1 × '{m}' is nobody" for m in range(5)]
        assert "'0' is nobody" in lines[-1]

    def test_faults_of_a_source_have_no_line(self):
        """Where there is none."""
        report = Report(written=True).add(fault(line=0, record=0, column=""))
        assert str(report).split("\n")[-1] == "  1 × a year of two digits (B003)"

    @pytest.mark.parametrize("height", range(1, 12))
    def test_a_small_screen(self, height):
        """Holds no more."""
        report = filled(0, [fault(column=str(n), severity=s) for n in range(9) for s in Severity if s != "off"])
        assert len(report.told(height=height).split("\n")) <= height


class TestRedaction:
    """Nothing that a cell says is shown, unless somebody asks for it."""

    @given(st.lists(st.text(st.characters(categories=["Lu"]), min_size=12, max_size=20), min_size=1, max_size=9))
    def test_no_cell_is_shown(self, cells):
        """On no screen, in no JSON, on no page; and all of them where they are asked for."""
        made = [fault(line=n, column=str(n), message=f"Zq{cell}qZ is no day") for n, cell in enumerate(cells, 2)]
        report = Report().add_all(made).account(Account("people.csv", read=len(cells), rejected=len(cells)))
        for told in (str(report), json.dumps(report.as_dict(), ensure_ascii=False), html(report)):
            assert not any(f"Zq{cell}qZ" in told for cell in cells)
        asked = json.dumps(report.as_dict(values=True), ensure_ascii=False), html(report, values=True)
        assert all(f"Zq{cell}qZ" in told for told in asked for cell in cells)


class TestThresholds:
    """When an import is no success."""

    @pytest.mark.parametrize(
        ("rejected", "most", "why"),
        [
            (500, None, ()),
            (501, None, ("501 of 1 000 rows are rejected: more than half",)),
            (20, "2%", ()),
            (21, " 2 % ", ("21 of 1 000 rows are rejected: more than 2%",)),
            (26, "2.5%", ("26 of 1 000 rows are rejected: more than 2.5%",)),
            (0, "0%", ()),
            (1, "0", ("1 of 1 000 rows are rejected: more than 0",)),
            (20, 20, ()),
            (21, "20", ("21 of 1 000 rows are rejected: more than 20",)),
            (1000, "100%", ()),
        ],
    )
    def test_rejected_rows(self, rejected, most, why):
        """A number, or a share of what is a row."""
        report = Report().account(
            Account("a", read=1099, accepted=1000 - rejected, rejected=rejected, skipped={"blank": 99})
        )
        assert Thresholds.of(max_rejected=most).exceeded(report) == why

    def test_warnings_and_a_source_as_a_whole(self):
        """Each is said."""
        report = Report().add(fault(severity=Severity.WARNING), fault(severity=Severity.WARNING), fault(record=0))
        assert Thresholds.of(max_warnings=2).exceeded(report) == ("1 error about a source or a column as a whole",)
        assert Thresholds.of(max_warnings="1").exceeded(report)[1:] == ("2 warnings: more than 1",)

    @pytest.mark.parametrize("wrong", ["0.02", "2,5%", "101%", "%", "", "-1", -1, True, 0.5, "two", "1e3", "٢"])
    def test_what_is_none(self, wrong):
        """All at once."""
        found = refused(lambda: Thresholds.of(max_rejected=wrong, max_warnings=wrong))
        assert [(it.code, it.path) for it in found] == [("B060", "max_rejected"), ("B060", "max_warnings")]


class Page(HTMLParser):
    """What a page holds: its tags, balanced, and its words."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.words = [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        """One begins."""
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """The last that began ends."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Words, as they are read."""
        self.words.append(data)

    @property
    def text(self):
        """All words, with single blanks."""
        return " ".join("".join(self.words).split())


class TestThePage:
    """A page that stands by itself."""

    @given(st.lists(faults, max_size=9), st.lists(accounts, max_size=3), st.lists(fates, max_size=3), st.booleans())
    def test_it_is_whole_and_needs_nothing(self, faults, accounts, fates, values):
        """No script, nothing from elsewhere; every tag is closed."""
        page = Page(html(filled(0, faults, accounts, fates), values=values, told={"Took": "1 s"}))
        assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in page.tags}
        assert not any({"src", "href", "onclick"} & attrs.keys() for _, attrs in page.tags)

    def test_what_a_file_says_is_no_html(self):
        """A header may be anything."""
        nasty = "<script>alert(1)</script>"
        report = Report().add(fault(source=nasty, column=nasty, what=nasty, message=nasty, mend=nasty, code=nasty))
        report.account(Account(nasty, read=1, rejected=1, told={nasty: nasty}, unused=[nasty])).count(nasty, Fate.NEW)
        text = html(report, title=nasty, told={nasty: nasty}, values=True)
        assert "<script" not in text
        assert nasty in Page(text).text

    def test_it_says_what_happened(self):
        """In sentences."""
        report = Report().account(Account("people.csv", read=3, accepted=1, rejected=1, skipped={"blank": 1}))
        report.add(fault(), fault(column="", what="too short", code="B002", severity=Severity.WARNING))
        report.count("person", Fate.MISSING).count("person", Fate.LEFT_ALONE)
        text = Page(html(report)).text
        for said in (
            "Of 2 rows, 1 was accepted and 1 rejected.",
            "Nothing was written.",
            "1 error and 1 warning were found.",
            "The rule: a row has as many cells as the header.",
            "Hire date: a year of two digits. 1 ×, line 2. To mend it: write four digits.",
            "What cells say is not shown here",
            "Missing: in the book, and not in what was read.",
        ):
            assert said in text

    @pytest.mark.parametrize(
        ("accounts", "said"),
        [
            ([], "Nothing was read."),
            ([Account("a.csv")], "Nothing was read from a.csv."),
            ([Account("a.csv", read=2, skipped={"blank": 2})], "2 records were read, and none of them is a row."),
            ([Account("a.csv", read=1, accepted=1)], "The one row was accepted."),
            ([Account("a.csv", read=1234, accepted=1234)], "All 1 234 rows were accepted."),
            ([Account("a.csv", read=1, rejected=1)], "Of 1 row, 0 were accepted and 1 rejected."),
        ],
    )
    def test_one_sentence(self, accounts, said):
        """For each that may have happened."""
        page = Page(html(filled(0, [], accounts)))
        assert said in page.text
        assert "No fault was found." in page.text

    def test_many_places_are_counted(self):
        """And not all of them shown."""
        report = Report(0).add_all(fault(column=f"c{n}") for n in range(500))
        text = Page(html(report)).text
        assert "And 460 more: 460 errors." in text
        assert "And 300 more columns." in text
