"""How a column writes its days: what is read, what is not and why, and that nothing is guessed."""

import calendar
import copy
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from coaching import Rejected
from coaching.bulk import dates as room
from coaching.bulk.dates import CACHED, LONGEST, ORDERS, Dates, Evidence, Kind, Unread, is_dated
from stage import refused
from stage.nasty import FrozenMoment, Text

DAY = date(2024, 3, 5)
UTC_FORMAT = "%Y-%m-%d %H:%M:%S UTC"


def kind(got: object) -> Kind | None:
    """The kind of what could not be read; None for what could."""
    return got.kind if isinstance(got, Unread) else None


class TestIso:
    """ISO form is read whatever else is declared."""

    @pytest.mark.parametrize(
        "text",
        ["2024-03-05", " 2024-03-05 ", "2024-03-05 00:00", "2024-03-05T00:00:00", "2024-03-05T00:00:00Z",
         "2024-03-05T00:00:00.000Z", "2024-03-05 00:00:00.0", "2024-03-05 00:00:00 UTC", "2024-03-05T00:00:00+02:00",
         "2024-03-05 00:00:00-0800", "2024-03-05 00:00:00+00", "2024-03-05\u00a000:00", "2024-03-05 12:00:00 AM"],
    )  # fmt: skip
    def test_a_day_and_midnight(self, text):
        """Midnight is no time of day but what an export adds, wherever it is midnight."""
        assert Dates().read(text) == DAY
        assert Dates(formats=("%d.%m.%Y",)).read(text) == DAY
        assert Dates().doubts(text) == ()
        assert is_dated(text)

    @pytest.mark.parametrize(
        ("text", "what"),
        [
            ("2024", Kind.NO_DATE), ("2024-3-5", Kind.YEAR_FIRST), ("2024/03/05", Kind.YEAR_FIRST),
            ("20240305", Kind.RUN_TOGETHER), ("2024-02-30", Kind.NO_SUCH_DAY), ("0000-01-01", Kind.NO_SUCH_DAY),
            ("5.3.24", Kind.SHORT_YEAR), ("March 5", Kind.NO_DATE), ("45356", Kind.SERIAL), ("45356.5", Kind.SERIAL),
            ("1709596800", Kind.SECONDS), ("1709596800000", Kind.SECONDS), ("-864000000", Kind.SECONDS),
            ("05-Mar-24", Kind.LETTERS), ("5 march 2024", Kind.LETTERS), ("Mar 5, 2024", Kind.LETTERS), ("Marsh 5", Kind.NO_DATE),
            ("5Sept2024", Kind.NO_DATE), ("2024-03-05 08:30", Kind.TIME),
            ("2024-03-05 24:00", Kind.TIME), ("2024-03-05 13:00 PM", Kind.NO_SUCH_DAY),
            ("2024-03-05T08:30:00Z", Kind.ZONE), ("2024-03-05T08:30:00+25:00", Kind.TIME),
            ("٢٠٢٤-٠٣-٠٥", Kind.NO_DATE), ("2024-W10-2", Kind.NO_DATE), ("10", Kind.NO_DATE), ("Monday", Kind.NO_DATE),  # noqa: RUF001  (digits, and no ASCII)
            ("3/2024", Kind.NO_DATE), ("1/1/0000", Kind.NO_SUCH_DAY), ("05/03.2024", Kind.NO_DATE),
            ("\ud800", Kind.NO_DATE), ("x" * 200_000, Kind.NO_DATE), ("9" * 5_000, Kind.NO_DATE),
        ],
    )  # fmt: skip
    def test_what_is_no_day(self, text, what):
        """Nothing is completed from today, as parsers that guess do."""
        got = Dates().read(text)
        assert kind(got) is what
        assert got.code == "B003"
        assert Dates().doubts(text) == ()

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("2023-02-30", "no such day"),
            ("31/02/2023", "no such day"),
            ("2024-03-05 13:00 PM", "no such time of day"),
            ("2018-1-2", "write YYYY-MM-DD, with two digits for month and day"),
            ("2018/01/02", "write YYYY-MM-DD, with two digits for month and day"),
            ("3.5.24", "write the year with four digits, or declare a format such as %d-%m-%y"),
            (
                "45505", ("a spreadsheet's number of a day; format the column as YYYY-MM-DD, or declare excel "
                "(it would be 2024-08-01)"),
            ),
            (
                "45505.75", ("a spreadsheet's number of a day; format the column as YYYY-MM-DD, or declare excel "
                "(it would be 2024-08-01)"),
            ),
            ("00000", "a spreadsheet's number of a day; format the column as YYYY-MM-DD, or declare excel"),
            (
                "2024-03-05 08:30", ("a time of day stands beside it; write the day alone, or declare a format that has "
                "the time"),
            ),
            ("2024-03-05 08:30Z", "which day it is depends on where; say the zone of the column"),
            ("1709596800", "a count of seconds or milliseconds since 1970; write YYYY-MM-DD"),
            ("20240305", "write YYYY-MM-DD, or declare a format such as %Y%m%d"),
            ("5-Mar-24", "write YYYY-MM-DD, or declare a format such as %d-%b-%y, its months in English"),
            ("spring", "write YYYY-MM-DD"),
            ("3/5/2024", "its column shows no one order of day and month"),
        ],
    )  # fmt: skip
    def test_what_would_be_right_is_said_for_each_way(self, text, said):
        """So that one mends the export, and not the program."""
        assert str(Dates().read(text)) == f"{text!r} cannot be read: {said}"

    def test_a_log_does_not_hold_the_text(self):
        """It may be anything that stands in the cell of a person."""
        got = Dates().read("Anna has left")
        assert "Anna" not in repr(got)
        assert "Anna" in str(got)

    def test_a_clock_that_stands_still_gives_plain_days(self, monkeypatch):
        """Tests of others put classes of their own in the place of names."""
        monkeypatch.setattr(room, "date", type("FrozenDay", (date,), {}))
        got = Dates(formats=("excel", "%d.%m.%Y")).read
        assert {type(got(text)) for text in ("2024-03-05", "05.03.2024", "45356")} == {date}


class TestWhatIsNoText:
    """A source may give days and numbers of its own."""

    @pytest.mark.parametrize(
        ("given", "day"),
        [
            (DAY, DAY), (datetime(2024, 3, 5), DAY), (datetime(2024, 3, 5, tzinfo=UTC), DAY),
            (FrozenMoment(2024, 3, 5), DAY), (45356, DAY), (45356.0, DAY), (Decimal(45356), DAY), (Text("2024-03-05"), DAY),
            (None, None), ("", None), (" ", None), ("\u00a0", None),
        ],
    )  # fmt: skip
    def test_is_read_as_it_would_be_written(self, given, day):
        """And nothing at all is nothing."""
        dates = Dates(formats=("excel",))
        assert dates.read(given) == day == dates.read(given)
        assert dates.doubts(given) == ()

    @pytest.mark.parametrize("given", [True, [], {}, b"2024-03-05", float("nan"), 10**400, object()])
    def test_is_no_day(self, given):
        """And no exception."""
        assert kind(Dates(formats=("excel",)).read(given)) is not None
        assert Dates().doubts(given) == ()

    def test_a_text_of_ones_own_is_kept_as_a_plain_one(self):
        """It would change under the column."""
        dates = Dates()
        dates.read(Text("2024-03-05"))
        assert {type(text) for text in dates._known} == {str}


class TestOrder:
    """Day and month in numbers: in the order that is said, or that the column shows."""

    @pytest.mark.parametrize("text", ["05.03.2024", "5/3/2024", "05-03-2024", "5/3/2024 0:00", "5/3/2024 12:00:00 AM"])
    def test_in_the_order_that_is_said(self, text):
        """With one digit or two, and with midnight behind it."""
        assert Dates(order="dmy").read(text) == DAY
        assert Dates(order="mdy").read(text) == date(2024, 5, 3)
        assert kind(Dates().read(text)) is Kind.NO_ORDER

    def test_a_day_that_is_none_in_the_order_that_was_said(self):
        """The order may be the slip."""
        assert str(Dates(order="mdy").read("13/01/2024")) == "'13/01/2024' cannot be read: no such day in the order mdy"

    def test_a_time_of_day_beside_it(self):
        """Is told, unless it is midnight, or a zone says that times are meant."""
        assert kind(Dates(order="mdy").read("3/5/2024 8:30 PM")) is Kind.TIME
        assert Dates(order="mdy", zone="UTC").read("3/5/2024 8:30 PM") == DAY
        assert Dates(order="mdy", formats=("%m/%d/%Y %I:%M %p",)).read("3/5/2024 8:30 PM") == DAY

    def test_a_column_that_shows_its_order(self):
        """It is read in it."""
        dates = Dates(shown=Evidence.of(["03/05/2024", "01/31/2024"]))
        assert dates.read("03/05/2024") == DAY
        assert kind(dates.read("31/01/2024")) is Kind.NO_SUCH_DAY

    def test_a_column_that_can_be_read_both_ways(self):
        """Shows its figures, and is refused."""
        dates = Dates(shown=Evidence.of(["03/05/2024", "3.5.2024", "04/06/2024"]))
        got = dates.read("03/05/2024")
        assert kind(got) is Kind.NO_ORDER
        assert got.why == "its column shows no one order of day and month (slashes: 2 either; dots: 1 either)"

    def test_a_column_that_shows_both_orders(self):
        """No one order is right, not even for a text that could be one day only."""
        dates = Dates(shown=Evidence.of(["31/01/2024", "01/31/2024", "3/3/2024", "32/13/2024"]))
        for text in ("31/01/2024", "01/31/2024", "3/3/2024"):
            got = dates.read(text)
            assert kind(got) is Kind.BOTH_ORDERS
            assert got.why == (
                "its column shows both orders of day and month (slashes: 1 only day first, 1 only month first, 1 either,"
                " 1 neither): no one is right"
            )
        assert dates.read("2024-03-05") == DAY
        assert kind(dates.read("32/13/2024")) is Kind.NO_SUCH_DAY

    def test_what_is_declared_counts_and_not_what_is_shown(self):
        """A format or an order that is said needs no evidence."""
        month_first = Evidence.of(["01/31/2024"])
        assert Dates(order="dmy", shown=month_first).read("03/05/2024") == date(2024, 5, 3)
        assert kind(Dates(formats=("%Y%m%d",), shown=month_first).read("03/05/2024")) is Kind.NO_DATE

    def test_who_has_to_be_shown(self):
        """A column for which neither is said."""
        assert Dates().undecided
        assert not Dates(order="dmy").undecided
        assert not Dates(formats=("%Y%m%d",)).undecided
        assert not Dates(shown=Evidence()).undecided


class TestEvidence:
    """What texts show of the order of day and month."""

    @pytest.mark.parametrize(
        ("texts", "order"),
        [
            ([], None),
            (["2024-03-05"], None),
            (["03/05/2024"], None),
            (["03/05/2024", "13/05/2024"], "dmy"),
            (["03/05/2024", "05/13/2024"], "mdy"),
            (["13/05/2024", "05/13/2024"], None),
            (["31.12.2024", "x"], "dmy"),
            (["02/30/2024"], None),
            (["02/30/2024", "13/05/2024"], "dmy"),
            (["12/31/2024 10:30"], "mdy"),
            (["13/05/0000"], None),
            (["13/05.2024"], None),
        ],
    )
    def test_the_order_of_a_column(self, texts, order):
        """One that fits them all; none when both do, or neither."""
        assert Evidence.of(texts).order == order

    def test_it_is_told_by_shape(self):
        """With exact figures."""
        seen = Evidence()
        for text, times in (("13/05/2024", 860), ("05/13/2024", 398), ("03/05/2024", 782)):
            for _ in range(times):
                seen.see(text)
        assert seen.told() == "slashes: 860 only day first, 398 only month first, 782 either"
        assert seen.both
        seen.see("2-13-2024")
        assert seen.told().endswith("782 either; dashes: 1 only month first")

    def test_what_is_no_text_shows_nothing(self):
        """Nor does what is no date."""
        seen = Evidence()
        for thing in (None, 5, DAY, [], "", "x", Text("2024-03-05")):
            seen.see(thing)
        assert (seen, seen.told(), seen.both) == (Evidence(), "", False)
        seen.see(Text("13/05/2024"))
        assert {type(text) for text in seen._known} == {str}

    def test_two_counts_add_up(self):
        """And neither changes."""
        one, other = Evidence.of(["13/05/2024"]), Evidence.of(["05/13/2024", "05/13/2024"])
        assert (one + other).told() == "slashes: 1 only day first, 2 only month first"
        assert (one.order, other.order, (one + other).order) == ("dmy", "mdy", None)

    def test_it_travels_as_its_counts(self):
        """To another process, and to a copy that counts on its own."""
        seen = Evidence.of(["13/05/2024"])
        again = pickle.loads(pickle.dumps(seen))
        assert again == seen
        assert again._known == {}
        apart = copy.deepcopy(seen)
        apart.see("13/05/2024")
        assert apart != seen

    def test_memory_is_bounded(self, monkeypatch):
        """However many texts a column has, and however long they are."""
        monkeypatch.setattr(room, "CACHED", 3)
        seen = Evidence.of([f"13/05/{year}" for year in range(2000, 2010)] + ["13/05/2024" + " " * LONGEST])
        assert len(seen._known) <= 3
        assert seen.told() == "slashes: 11 only day first"


class TestFormats:
    """Formats that are declared for a column, in the directives of strptime."""

    @pytest.mark.parametrize(
        ("written", "text"),
        [
            ("%m/%d/%Y", "03/05/2024"), ("%m/%d/%Y", "3/5/2024"), ("%m/%d/%Y", "3/ 5/2024"), ("%d-%m-%y", "05-03-24"),
            ("%d-%b-%y", "05-Mar-24"), ("%d-%b-%y", "5-MAR-24"), ("%d %B %Y", "5 march 2024"), ("%b %d, %Y", "Mar  5, 2024"),
            ("%Y%m%d", "20240305"), ("%d%m%y", "050324"), ("%d%b%Y", "5Mar2024"), ("%Y年%m月%d日", "2024年3月5日"),
            ("%Y-%m-%d %H:%M:%S", "2024-03-05 23:59:59"), ("%Y%m%d%H%M%S", "20240305235959"),
            ("%m/%d/%Y %I:%M:%S %p", "3/5/2024 11:59:59 PM"), ("%m/%d/%Y %H:%M %p", "3/5/2024 23:59 PM"),
            ("%Y-%m-%d %H:%M:%S.%f", "2024-03-05 23:59:59.999999999"), ("(%d.%m.%Y)", "(5.3.2024)"),
            ("%d%%%m%%%Y", "5%3%2024"), ("%Y-%m-%dZ", "2024-03-05Z"), ("  %d   %m %Y ", "5 3  2024"),
            ("%d/%m/%Y %z", "5/3/2024 +0500"), ("%d/%m/%Y Kl. %H Z", "5/3/2024 kl. 0 z"),
        ],
    )  # fmt: skip
    def test_a_day_in_a_format(self, written, text):
        """Whatever the case; with one digit where no other stands beside it."""
        assert Dates(formats=(written,)).read(text) == DAY

    @pytest.mark.parametrize(
        ("written", "text"),
        [
            ("%m/%d/%Y", "03.05.2024"), ("%m/%d/%Y", "03/05/24"), ("%m/%d/%Y", "03/05/2024 x"), ("%m/%d/%Y", "003/05/2024"),
            ("%d%m%Y", "1112024"), ("%H%M %d.%m.%Y", "123 5.3.2024"), ("%d-%b-%y", "05-Mär-24"), ("%d-%b-%y", "05-March-24"),
            ("%d-%B-%y", "05-Mar-24"), ("%d.%m.%Y %H:%M", "5.3.2024 24:00"), ("%d.%m.%Y %H:%M", "5.3.2024 23:60"),
            ("%d.%m.%Y %I:%M %p", "5.3.2024 13:00 PM"), ("%d.%m.%Y %I:%M %p", "5.3.2024 00:30 AM"),
        ],
    )  # fmt: skip
    def test_what_is_written_otherwise(self, written, text):
        """Is in no format of the column, or is what it looks like."""
        assert kind(Dates(formats=(written,)).read(text)) in {Kind.NO_DATE, Kind.SHORT_YEAR, Kind.TIME, Kind.LETTERS}

    def test_several_at_once(self):
        """A column that two systems wrote."""
        dates = Dates(formats=("%m/%d/%Y", "%d-%b-%y", "%Y%m%d"))
        assert [dates.read(t) for t in ("3/5/2024", "05-Mar-24", "20240305", "2024-03-05")] == [DAY] * 4
        assert str(dates.read("5.3.2024")) == (
            "'5.3.2024' cannot be read: in no format of its column: %m/%d/%Y, %d-%b-%y, %Y%m%d"
        )
        assert str(dates.read("31-Feb-24")) == "'31-Feb-24' cannot be read: no such day in %d-%b-%y"

    @pytest.mark.parametrize("number", range(1, 13))
    def test_months_are_english_whatever_the_locale(self, monkeypatch, number):
        """The process may speak another language."""
        names = calendar.month_name[number], calendar.month_abbr[number]
        monkeypatch.setattr(calendar, "month_name", ["fevereiro"] * 13)
        monkeypatch.setattr(calendar, "month_abbr", ["fev"] * 13)
        for directive, name in zip(("%B", "%b"), names, strict=True):
            assert Dates(formats=(f"{directive} %d %Y",)).read(f"{name} 5 2024") == date(2024, number, 5)

    def test_september_has_two_short_names(self):
        """British exports write four letters."""
        assert Dates(formats=("%d %b %Y",)).read("5 Sept 2024") == date(2024, 9, 5)

    @pytest.mark.parametrize(
        ("pivot", "year", "read"),
        [(1969, "69", 1969), (1969, "68", 2068), (1969, "00", 2000), (1930, "29", 2029), (1930, "30", 1930),
         (2000, "99", 2099), (1, "01", 1), (1, "00", 100), (9900, "99", 9999)],
    )  # fmt: skip
    def test_the_first_of_the_hundred_years(self, pivot, year, read):
        """A year of two digits lies in the hundred from the pivot on."""
        assert Dates(formats=("%d-%m-%y",), pivot=pivot).read(f"05-03-{year}") == date(read, 3, 5)

    @pytest.mark.parametrize(("year", "read"), [("69", 1969), ("68", 2068)])
    def test_which_hundred_years_where_none_are_said(self, year, read):
        """Those of POSIX."""
        assert Dates(formats=("%d-%m-%y",)).read(f"05-03-{year}") == date(read, 3, 5)

    @pytest.mark.parametrize(
        ("written", "said"),
        [
            (
                "%Q-%m-%d", [("'%Q-%m-%d' holds %Q, which is unknown; known: %Y, %y, %m, %d, %b, %B, %H, %I, %p, %M, %S, %f,"
                " %z, %%, excel, excel-1904"), ("'%Q-%m-%d' says no year; known: %Y, %y, %m, %d, %b, %B, %H, %I, %p, %M, %S,"
                " %f, %z, %%, excel, excel-1904")],
            ),
            ("%Y-%m-%d %", ["'%Y-%m-%d %' holds %, which is unknown; known: "]),
            ("%x", ["'%x' holds %x", "'%x' says no year and no month and no day"]),
            ("%Y-%m", ["'%Y-%m' says no day"]),
            ("%Y %y %m %d", ["'%Y %y %m %d' says the year 2 times"]),
            ("%d %d %b %m %Y", ["'%d %d %b %m %Y' says the day 2 times", "'%d %d %b %m %Y' says the month 2 times"]),
            ("%d.%m.%Y %I:%M", ["'%d.%m.%Y %I:%M' has %I, an hour of 1 to 12, and no %p"]),
            ("YYYY-MM-DD", ["'YYYY-MM-DD' holds no directive; write '%Y-%m-%d'"]),
            ("YYYY-MM-DD hh:mm:ss UTC", ["'YYYY-MM-DD hh:mm:ss UTC' holds no directive; write '%Y-%m-%d %H:%M:%S UTC'"]),
            ("dd/mm/yyyy", ["'dd/mm/yyyy' holds no directive; write '%d/%m/%Y'"]),
            ("DD-MMM-YY", ["'DD-MMM-YY' holds no directive; write '%d-%b-%y'"]),
            ("dd/mm/yyyy hh:mm", ["'dd/mm/yyyy hh:mm' says no year and no month and no day"]),
            ("iso", ["'iso' says no year and no month and no day"]),
            ("", ["'' says no year and no month and no day"]),
        ],
    )  # fmt: skip
    def test_a_format_that_is_none(self, written, said):
        """Is refused with the directive that is wrong, and those that are known."""
        found = refused(lambda: Dates(formats=("%d.%m.%Y", written)))
        assert [(f.code, f.path) for f in found] == [("B003", "formats[1]")] * len(said)
        assert all(f.message.startswith(words) for f, words in zip(found, sorted(said), strict=True))


class TestTwoDays:
    """A text that two formats read as two days."""

    def test_is_refused_and_both_are_named(self):
        """Where only one can read it, or both as one day, it is read."""
        dates = Dates(formats=("%m/%d/%Y", "%d/%m/%Y"))
        got = dates.read("03/05/2024")
        assert (got.code, got.kind, got.why) == ("B022", Kind.TWO_DAYS, "two formats of its column read it as two days")
        assert got.more == "2024-03-05 by %m/%d/%Y, 2024-05-03 by %d/%m/%Y"
        assert dates.read("13/05/2024") == date(2024, 5, 13)
        assert dates.read("05/05/2024") == date(2024, 5, 5)

    def test_is_read_by_the_first_where_that_is_said(self):
        """In the order in which they are declared."""
        both = ("%m/%d/%Y", "%d/%m/%Y")
        assert Dates(formats=both, first=True).read("03/05/2024") == DAY
        assert Dates(formats=both[::-1], first=True).read("03/05/2024") == date(2024, 5, 3)
        assert Dates(formats=both[::-1], first=True).read("01/31/2024") == date(2024, 1, 31)

    def test_iso_is_one_of_them(self):
        """It is always read, and it comes first."""
        got = Dates(formats=("%Y-%d-%m",)).read("2024-03-05")
        assert got.more == "2024-03-05 by ISO, 2024-05-03 by %Y-%d-%m"
        assert Dates(formats=("%Y-%d-%m",), first=True).read("2024-03-05") == DAY
        assert Dates(formats=("%Y-%d-%m",)).read("2024-31-01") == date(2024, 1, 31)

    def test_an_order_that_is_said_is_one_as_well(self):
        """Beside a format that contradicts it."""
        assert kind(Dates(formats=("%m/%d/%Y",), order="dmy").read("03/05/2024")) is Kind.TWO_DAYS

    def test_a_number_may_be_a_day_and_a_count(self):
        """Six digits are day, month and year, and a spreadsheet's number."""
        assert kind(Dates(formats=("%d%m%y", "excel")).read("050324")) is Kind.TWO_DAYS


class TestNothing:
    """What stands for no day, or for no end."""

    @pytest.mark.parametrize("text", ["NULL", " null ", "-", " - ", "N/A", "n/a", "", "  "])
    def test_texts_whatever_their_case(self, text):
        """And blanks."""
        assert Dates(nulls=("NULL", " - ", "n/a")).read(text) is None

    @pytest.mark.parametrize(
        "text", ["1900-01-01", "1/1/1900", "1900-01-01 00:00:00", "1900-01-01T00:00:00Z", "01-Jan-1900"]
    )
    @pytest.mark.parametrize("null", ["1900-01-01", date(1900, 1, 1)])
    def test_days_however_they_are_written(self, text, null):
        """As the column writes them."""
        for dates in (
            Dates(formats=("%m/%d/%Y", "%d-%b-%Y"), nulls=(null,)),
            Dates(formats=("%m/%d/%Y", "%d-%b-%Y"), open_end=(null,)),
        ):
            assert dates.read(text) is None
            assert dates.doubts(text) == ()

    def test_a_day_of_a_year_that_somebody_can_have(self):
        """The day on which a system was set up, say."""
        dates = Dates(formats=("%m/%d/%Y",), nulls=("2014-01-01",))
        assert [dates.read(text) for text in ("2014-01-01", "1/1/2014", "1/2/2014")] == [None, None, date(2014, 1, 2)]

    @pytest.mark.parametrize("zone", ["Europe/Stockholm", "America/New_York", "Pacific/Kiritimati"])
    def test_in_any_zone(self, zone):
        """The day is meant that is written, and not the one that it is elsewhere."""
        dates = Dates(zone=zone, nulls=["1900-01-01", "0001-01-01"], open_end=["9999-12-31"])
        for text in ("1900-01-01T00:00:00Z", "9999-12-31 23:59:59 UTC", "9999-12-31", "0001-01-01T00:00:00Z"):
            assert dates.read(text) is None

    def test_an_end_that_is_no_day(self):
        """Is refused; a null may be any text."""
        found = refused(lambda: Dates(nulls=("soon",), open_end=("never", "9999-12-31", "31.12.9999", "2024-02-30")))
        assert [(f.code, f.path) for f in found] == [
            ("B003", "open_end[0]"),
            ("B003", "open_end[2]"),
            ("B003", "open_end[3]"),
        ]
        assert found[0].message == "'never' is no day; write YYYY-MM-DD"


class TestZones:
    """A moment in UTC, or with an offset, is a day only somewhere."""

    @pytest.mark.parametrize(
        ("text", "zone", "day"),
        [
            ("2024-03-04 23:00:00 UTC", "Europe/Stockholm", DAY), ("2024-03-04 22:59:59 UTC", "Europe/Stockholm", date(2024, 3, 4)),
            ("2024-03-05 23:00:00 UTC", "UTC", DAY), ("2024-03-06 00:00:00 UTC", "America/New_York", DAY),
            ("2024-07-04 21:59:59 UTC", "Europe/Stockholm", date(2024, 7, 4)), ("2024-07-04 22:00:00 UTC", "Europe/Stockholm", date(2024, 7, 5)),
        ],
    )  # fmt: skip
    def test_a_moment_in_utc(self, text, zone, day):
        """By the format that says so, or in ISO form."""
        assert Dates(formats=(UTC_FORMAT,), zone=zone).read(text) == day
        assert Dates(zone=zone).read(text) == day
        assert Dates(zone=zone).read(text.replace(" UTC", "Z").replace(" ", "T")) == day
        assert (
            Dates(formats=("%d.%m.%Y %H:%M:%S %z",), zone=zone).read(
                f"{datetime.fromisoformat(text[:19]):%d.%m.%Y %H:%M:%S} GMT"
            )
            == day
        )

    def test_an_offset(self):
        """Counts, wherever it stands."""
        dates = Dates(formats=("%d.%m.%Y %H:%M %z",), zone="Europe/Stockholm")
        assert dates.read("04.03.2024 18:30 -0530") == DAY
        assert dates.read("05.03.2024 01:00 +02:00") == DAY
        assert dates.read("05.03.2024 00:59 +02") == date(2024, 3, 4)
        assert Dates(zone="Asia/Kolkata").read("2024-03-04T18:30:00+00:00") == DAY

    def test_a_time_without_one_is_local(self):
        """The day is the one that is written."""
        assert Dates(formats=("%Y-%m-%d %H:%M:%S",), zone="Asia/Tokyo").read("2024-03-05 23:59:59") == DAY
        assert Dates(zone="Asia/Tokyo").read("2024-03-05 23:59:59") == DAY

    def test_without_a_zone(self):
        """Midnight is the day alone; any other moment is asked about."""
        dates = Dates(formats=(UTC_FORMAT, "%d.%m.%Y %H:%M:%SZ"))
        assert dates.read("2024-03-05 00:00:00 UTC") == dates.read("05.03.2024 00:00:00Z") == DAY
        assert kind(dates.read("2024-03-04 23:00:00 UTC")) is Kind.ZONE
        assert kind(dates.read("04.03.2024 23:00:00Z")) is Kind.ZONE

    def test_the_first_day_there_is_and_the_last(self):
        """Stay where they are."""
        assert Dates(zone="America/New_York").read("0001-01-01T00:00:00Z") == date.min
        assert Dates(zone="Asia/Tokyo").read("9999-12-31T23:59:59Z") == date.max


class TestExcel:
    """Numbers of days, where they are declared."""

    @pytest.mark.parametrize(
        ("number", "day"),
        [("45123", date(2023, 7, 16)), ("45123.0", date(2023, 7, 16)), ("45123,0", date(2023, 7, 16)), ("1", date(1900, 1, 1)),
         ("59", date(1900, 2, 28)), ("61", date(1900, 3, 1)), ("2958465", date(9999, 12, 31))],
    )  # fmt: skip
    def test_a_number_is_a_day(self, number, day):
        """Spreadsheets have a 29 February 1900, which never was."""
        assert Dates(formats=("excel",)).read(number) == day

    @pytest.mark.parametrize("number", ["0", "60", "60.5", "2958466", "9999999"])
    def test_a_number_that_is_none(self, number):
        """Told as any day that no calendar has."""
        assert str(Dates(formats=("excel",)).read(number)) == f"{number!r} cannot be read: no such day in excel"

    def test_the_system_of_1904(self):
        """Four years and a day apart."""
        assert Dates(formats=("excel-1904",)).read("0") == date(1904, 1, 1)
        assert Dates(formats=("excel-1904",)).read("43661") == date(2023, 7, 16)

    @pytest.mark.parametrize(
        ("number", "day", "left_out"),
        [("45123.75", date(2023, 7, 16), "18:00:00"), ("45123.354166666664", date(2023, 7, 16), ""),
         ("45122.9999999999", date(2023, 7, 16), None), ("45123.0000000001", date(2023, 7, 16), None),
         ("45123.3541666667", date(2023, 7, 16), "08:30:00")],
    )  # fmt: skip
    def test_a_time_of_day_is_told(self, number, day, left_out):
        """To the second; more digits than a number has are none."""
        dates = Dates(formats=("excel",))
        if left_out == "":
            assert dates.read(number[:-1]) == day
            return
        assert dates.read(number) == day
        doubts = dates.doubts(number)
        assert [(d.code, d.kind, d.more) for d in doubts] == (
            [("B021", Kind.TIME_LEFT_OUT, left_out)] if left_out else []
        )

    def test_beside_other_ways(self):
        """The number is read, and so is the day."""
        dates = Dates(formats=("excel", "%m/%d/%Y"))
        assert dates.read("45356") == dates.read("3/5/2024") == DAY


class TestYears:
    """Years that nobody can have are told, with what they probably are."""

    @pytest.mark.parametrize(
        ("text", "probably"),
        [
            ("2567-03-05", "2567 is 2024 in the Buddhist calendar"), ("1018-03-05", "perhaps 2018"),
            ("2999-03-05", "perhaps 1999 or 2099"), ("2204-03-05", "perhaps 2004 or 2024"), ("0202-03-05", "perhaps 2002"),
            ("1403-03-05", "1403 is 2024 in the Persian calendar or 1983 in the Islamic calendar"),
            ("1445-03-05", "1445 is 2066 in the Persian calendar or 2024 in the Islamic calendar"),
            ("0113-03-05", "0113 is 2024 in Taiwan's calendar"), ("0024-03-05", "0024 is 2024 without its century"),
            ("0069-03-05", "0069 is 1969 without its century"), ("1929-12-31", ""), ("2100-01-02", "perhaps 2000 or 2010"),
            ("9999-12-31", "many systems write it for no end; declare it in open_end"),
            ("2999-12-31", "many systems write it for no end; declare it in open_end"),
            ("2100-01-01", "many systems write it for no end; declare it in open_end"),
            ("1900-01-01", "many systems write it for no day at all; declare it in nulls"),
            *[(day, "many systems write it for no day at all; declare it in nulls")
              for day in ("0001-01-01", "1753-01-01", "1899-12-30", "1899-12-31")],
            ("0100-03-05", "0100 is 2011 in Taiwan's calendar"), ("0099-03-05", "0099 is 1999 without its century"),
            ("1900-01-02", ""), ("5000-03-05", "perhaps 2000"), ("8700-03-05", ""),
        ],
    )  # fmt: skip
    def test_what_it_probably_is(self, text, probably):
        """Told, and not acted on."""
        dates = Dates()
        assert dates.read(text) == date.fromisoformat(text)
        (doubt,) = dates.doubts(text)
        assert (doubt.code, doubt.kind, doubt.more) == ("B020", Kind.YEAR, probably)
        assert text not in repr(doubt)
        assert str(doubt) == f"{text!r}: a year in which nobody can have been employed" + (
            f" ({probably})" if probably else ""
        )

    @pytest.mark.parametrize("text", ["1930-01-01", "2099-12-31", "2024-03-05"])
    def test_years_that_somebody_can_have(self, text):
        """Are no matter."""
        assert Dates().doubts(text) == ()

    def test_two_doubts_of_one_text(self):
        """A number with a time, of a year that nobody has."""
        assert [d.code for d in Dates(formats=("excel",)).doubts("2.5")] == ["B020", "B021"]


class TestTheColumn:
    """The object itself."""

    def test_what_is_wrong_is_said_at_once(self):
        """Every argument of a wrong type or content."""
        found = refused(
            lambda: Dates(
                formats=("%d", 5),
                order=["mdy"],
                pivot=69.0,
                zone="Mars/Base",
                nulls="NULL",
                open_end=(5, datetime(2024, 1, 1)),
                first=1,
            )
        )
        assert [(f.code, f.path) for f in found] == [
            ("V015", "first"), ("B003", "formats[0]"), ("V015", "formats[1]"), ("V015", "nulls"), ("V015", "open_end[0]"),
            ("V015", "open_end[1]"), ("B003", "order"), ("B003", "pivot"), ("B003", "zone"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"order": "ymd"}, "'ymd' is no order; known: mdy, dmy"), ({"formats": "%d"}, "'%d' is no list"),
            ({"formats": None}, "None is no list"), ({"formats": (None,)}, "None is no text"),
            ({"nulls": (5,)}, "5 is no text and no date"), ({"pivot": 0}, "0 is no year from 1 to 9900"),
            ({"pivot": 9901}, "9901 is no year from 1 to 9900"), ({"pivot": True}, "True is no year from 1 to 9900"),
            ({"zone": ""}, "'' is no time zone, such as Europe/Stockholm"), ({"zone": 5}, "5 is no time zone, such as Europe/Stockholm"),
            ({"zone": "../etc"}, "'../etc' is no time zone, such as Europe/Stockholm"),
            ({"zone": "Europe"}, "'Europe' is no time zone, such as Europe/Stockholm"),
            ({"zone": "\ud800"}, "'\\ud800' is no time zone, such as Europe/Stockholm"),
            ({"zone": ["UTC"]}, "a list is no time zone, such as Europe/Stockholm"),
            ({"shown": ["13/05/2024"]}, "a list is no evidence"), ({"first": None}, "None is neither true nor false"),
        ],
    )  # fmt: skip
    def test_each_in_words(self, given, said):
        """What it is, and what is known."""
        (found,) = refused(lambda: Dates(**given))
        assert found.message == said

    def test_lists_will_do(self):
        """As TOML has them."""
        assert Dates(formats=["%d.%m.%Y"], nulls=["x"]) == Dates(formats=("%d.%m.%Y",), nulls=("x",))
        assert hash(Dates(formats=["%d.%m.%Y"], shown=Evidence())) == hash(Dates(formats=("%d.%m.%Y",)))

    def test_it_travels_as_what_was_said(self):
        """To another process, without the texts that it has read."""
        dates = Dates(
            formats=(UTC_FORMAT, "%d.%m.%Y"),
            zone="Europe/Stockholm",
            nulls=("NULL",),
            shown=Evidence.of(["13/05/2024"]),
        )
        dates.read("2024-03-04 23:00:00 UTC")
        for again in (pickle.loads(pickle.dumps(dates)), copy.copy(dates), copy.deepcopy(dates)):
            assert again == dates
            assert again._known == {}
            assert again.read("2024-03-04 23:00:00 UTC") == DAY

    def test_memory_is_bounded(self, monkeypatch):
        """However many texts a column has, and however long they are; what is said stays the same."""
        monkeypatch.setattr(room, "CACHED", 3)
        dates = Dates()
        for year in range(1925, 1935):
            assert dates.read(f"{year}-03-05") == date(year, 3, 5)
            assert len(dates._known) <= 3
        assert dates.doubts("1925-03-05")
        for text in ("2024-03-05".ljust(LONGEST), "2024-03-05".ljust(LONGEST + 1)):
            assert dates.read(text) == DAY
            assert (text in dates._known) == (len(text) == LONGEST)
        assert CACHED > 366 * 40  # days of a working life

    def test_a_text_is_read_once(self, monkeypatch):
        """A column repeats its days."""
        dates = Dates(formats=("%m/%d/%Y",))
        assert dates.read("3/5/2024") == DAY
        monkeypatch.setattr(Dates, "_made", lambda *_: pytest.fail("read again"))
        assert dates.read("3/5/2024") == DAY
        assert dates.doubts("3/5/2024") == ()


# --- laws ------------------------------------------------------------------------------------------------------------

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WRITES = {
    "%m/%d/%Y": lambda d: f"{d.month:02}/{d.day:02}/{d.year:04}",
    "%d/%m/%Y": lambda d: f"{d.day}/{d.month}/{d.year:04}",
    "%d.%m.%Y": lambda d: f"{d.day:02}.{d.month:02}.{d.year:04}",
    "%Y/%m/%d": lambda d: f"{d.year:04}/{d.month:02}/{d.day:02}",
    "%Y%m%d": lambda d: f"{d.year:04}{d.month:02}{d.day:02}",
    "%d%m%Y": lambda d: f"{d.day:02}{d.month:02}{d.year:04}",
    "%d-%b-%Y": lambda d: f"{d.day:02}-{MONTHS[d.month - 1][:3]}-{d.year:04}",
    "%B %d, %Y": lambda d: f"{MONTHS[d.month - 1].upper()} {d.day}, {d.year:04}",
    "%Y-%m-%d %H:%M:%S": lambda d: f"{d} 23:59:59",
    "%m/%d/%Y %I:%M:%S %p": lambda d: f"{d.month}/{d.day}/{d.year:04} 12:30:00 am",
    "%d-%m-%y": lambda d: f"{d.day:02}-{d.month:02}-{d.year % 100:02}",
    "%d-%b-%y": lambda d: f"{d.day:02}-{MONTHS[d.month - 1][:3]}-{d.year % 100:02}",
}
"""How a day is written in each format, said without strftime."""

FORMATS = st.sampled_from(list(WRITES))
NOISE = "0123456789/.-: ,JanFebMrySptZUTC+年"
TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(NOISE, max_size=25),
    st.tuples(FORMATS, st.dates()).map(lambda it: WRITES[it[0]](it[1])),
    st.dates().map(str),
    st.datetimes(timezones=st.none() | st.just(UTC)).map(str),
    st.from_regex(r"\A[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{4}\Z"),
    st.from_regex(r"\A[0-9]{1,7}([.,][0-9]{0,20})?\Z"),
)


def near(draw, text):
    """A text with a few characters put in, taken out or changed."""
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.text(NOISE[:-1], max_size=1)) + text[at + draw(st.integers(0, 1)) :]
    return text


@st.composite
def columns(draw):
    """Any way to write dates."""
    return Dates(
        formats=tuple(
            draw(st.lists(FORMATS | st.sampled_from(["excel", "excel-1904", UTC_FORMAT]), max_size=3, unique=True))
        ),
        order=draw(st.sampled_from([None, *ORDERS])),
        pivot=draw(st.sampled_from([1930, 1969, 2000])),
        zone=draw(st.sampled_from([None, "UTC", "Europe/Stockholm", "Pacific/Kiritimati"])),
        nulls=tuple(draw(st.lists(st.text(max_size=5) | st.dates(), max_size=2))),
        open_end=tuple(draw(st.lists(st.dates(), max_size=1))),
        first=draw(st.booleans()),
        shown=draw(st.none() | st.lists(TEXTS, max_size=4).map(Evidence.of)),
    )


class TestLaws:
    """What holds for any text and any format."""

    @given(FORMATS, st.dates(), st.integers(1, 9900))
    def test_what_is_written_in_a_declared_format_is_read(self, written, day, pivot):
        """A year of two digits, where it lies in the hundred of the pivot."""
        if "%y" in written:
            day = day.replace(year=pivot + day.year % 100, day=min(day.day, 28))
        assert Dates(formats=(written,), pivot=pivot).read(WRITES[written](day)) == day

    @given(FORMATS, st.dates(), st.data())
    @example("%d/%m/%Y", date(2024, 5, 3), None)
    def test_reading_agrees_with_strptime(self, written, day, data):
        """Where it takes a text, it is that day; unless ISO says another, or its digits run together without a width."""
        text = WRITES[written](day) if data is None else near(data.draw, WRITES[written](day))
        try:
            said = datetime.strptime(text, written).date()
        except ValueError:
            return
        got = Dates(formats=(written,)).read(text)
        apart = any(a[0] == b[0] == "%" for a, b in pairwise(room._WORDS.findall(written)))
        assert got == said or kind(got) is Kind.TWO_DAYS or (apart and isinstance(got, Unread))

    @given(TEXTS, columns())
    def test_no_text_raises(self, text, dates):
        """It is a day, nothing, or said why not; and the second time it is the same."""
        got = dates.read(text)
        assert got is None or type(got) is date or isinstance(got, Unread)
        assert (dates.read(text), dates.doubts(text)) == (got, dates.doubts(text))
        assert Dates(formats=dates.formats, shown=dates.shown).read(text) is None or str(got)
        assert all(str(doubt) and type(got) is date for doubt in dates.doubts(text))
        is_dated(text)

    @given(st.text("%YymdbBHIMSpfzjQ-/: Z", max_size=12) | st.text(max_size=8), TEXTS)
    def test_no_format_raises(self, written, text):
        """It is refused with its place, or it reads texts."""
        try:
            dates = Dates(formats=(written,))
        except Rejected as refusal:
            assert set(refusal.codes) == {"B003"}
            assert {f.path for f in refusal.findings} == {"formats[0]"}
        else:
            dates.read(text)

    @given(FORMATS, st.dates(), columns())
    def test_a_day_is_never_two(self, written, day, dates):
        """What is read by a column is not another day to any of its formats, unless the first counts."""
        text = WRITES[written](day)
        got = evolve(dates, first=False).read(text)
        for one in dates.formats:
            alone = Dates(formats=(one,), pivot=dates.pivot, zone=dates.zone).read(text)
            assert type(got) is not date or alone == got or isinstance(alone, Unread)

    @given(st.lists(TEXTS, max_size=12), st.randoms(use_true_random=False), st.integers(1, 4))
    def test_evidence_is_the_same_in_any_order_and_from_any_workers(self, texts, random, workers):
        """Counts add up, whoever counted and whoever adds first."""
        whole = Evidence.of(texts)
        shuffled = random.sample(texts, len(texts))
        parts = [Evidence.of(shuffled[n::workers]) for n in range(workers)]
        left = right = Evidence()
        for part in parts:
            left = left + part
        for part in reversed(parts):
            right = part + right
        assert left == right == whole == Evidence() + whole
        assert (left.order, left.told(), left.both) == (whole.order, whole.told(), whole.both)

    @given(st.lists(st.from_regex(r"\A[0-9]{1,2}([/.-])[0-9]{1,2}\1(2024|2023|0000)\Z"), max_size=6))
    def test_the_order_is_the_one_in_which_all_that_can_be_read_are(self, texts):
        """As one finds by trying both."""
        read = {order: {t for t in texts if isinstance(Dates(order=order).read(t), date)} for order in ORDERS}
        days = read["mdy"] | read["dmy"]
        fits = [order for order in ORDERS if days and read[order] == days]
        assert Evidence.of(texts).order == (fits[0] if len(fits) == 1 else None)

    @given(
        st.datetimes(date.min and datetime(2, 1, 1), datetime(9998, 1, 1)),
        st.integers(-23, 23),
        st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York"]),
    )
    def test_a_moment_is_the_day_that_it_is_there(self, moment, hours, zone):
        """As the zone has it."""
        from zoneinfo import ZoneInfo

        moment = moment.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))
        assert Dates(zone=zone).read(moment.isoformat()) == moment.astimezone(ZoneInfo(zone)).date()


def test_what_is_written_keeps_its_time_and_offset():
    """A day alone stays one; what stands for none is none; and what cannot be read says why, as a day does."""
    dates = Dates(formats=("%d/%m/%Y %H:%M",), nulls=("NULL", "1900-01-01"))
    assert dates.written("5/3/2024 10:00") == datetime(2024, 3, 5, 10)
    assert dates.written("2024-03-05") == date(2024, 3, 5)
    assert dates.written("null") is dates.written("1900-01-01T10:00") is None
    assert dates.written("soon") == dates.read("soon")
