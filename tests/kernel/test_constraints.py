"""What a text, a number, a day or a moment may be; tried on the fields that use it."""

import pickle
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest

from coaching import Goal, Investment, Location, Measure, Ref, Span
from coaching.codec import dumps, loads
from coaching.kernel.checking import FAULTY, Faults, check_as
from coaching.kernel.constraints import Country, Language, Number, Uri, at_rest, is_isco
from stage import ANNA, OLE, at, codes, on, refused
from stage.goals import draft_goal


def accepts(alias, value):
    """Whether a field with this annotation takes the value."""
    return check_as(alias)(value, "x", Faults()) is not FAULTY


class TestCodes:
    """Only the shape of a code is checked, never whether it is in use."""

    @pytest.mark.parametrize("tag", ["sv", "sv-SE", "zh-Hant-TW", "ENG", "de-1996"])
    def test_a_language_tag_of_bcp_47_is_taken(self, tag):
        """Primary tag and subtags."""
        assert accepts(Language, tag)

    @pytest.mark.parametrize("tag", ["s", "sv_SE", "sv-", "sv--SE", "svenskt-x-toolongsubtag", "", "1v", "sv "])
    def test_what_is_no_language_tag_is_refused(self, tag):
        """Underscores, empty and overlong subtags."""
        assert not accepts(Language, tag)

    @pytest.mark.parametrize("uri", ["http://data.europa.eu/esco/skill/1", "urn:isbn:123", "https://a.b?c=d#e"])
    def test_an_absolute_uri_is_taken(self, uri):
        """Any scheme."""
        assert accepts(Uri, uri)

    @pytest.mark.parametrize("uri", ["esco/skill/1", "//no.scheme", "http://", "http://a b", "http://[", "", "x:"])
    def test_what_is_no_absolute_uri_is_refused(self, uri):
        """Relative, empty, with blanks, or broken."""
        assert not accepts(Uri, uri)

    @pytest.mark.parametrize(
        ("code", "is_one"), [("SE", True), ("se", False), ("SWE", False), ("S1", False), ("ÅÄ", False)]
    )
    def test_a_country_is_two_capital_letters(self, code, is_one):
        """ISO 3166-1 alpha-2 has no other shape."""
        assert accepts(Country, code) is is_one

    @pytest.mark.parametrize(
        ("code", "is_one"), [("2", True), ("2141", True), ("21411", False), ("", False), ("٢١٤١", False)]
    )
    def test_an_isco_code_is_one_to_four_digits(self, code, is_one):
        """The digits of ASCII only."""
        assert is_isco(code) is is_one


class TestNumbers:
    """Decimals, exact, finite, and bounded so that every JSON reader keeps them."""

    @pytest.mark.parametrize(
        ("given", "kept"), [(4, "4"), (0.1, "0.1"), (Decimal("1.10"), "1.10"), (-3, "-3"), (0, "0")]
    )
    def test_whole_and_floating_numbers_become_decimals_as_they_are_read(self, given, kept):
        """0.1 is 0.1 and not what a processor keeps of it."""
        assert str(Measure("stations", start=given, target=99).start) == kept

    @pytest.mark.parametrize("given", ["4", True, None, 1j, [4]])
    def test_what_is_no_number_is_not_made_one(self, given):
        """Nothing is converted by guessing."""
        assert codes(refused(lambda: Measure("stations", start=given, target=4))) == ["V015"]

    @pytest.mark.parametrize("given", ["NaN", "sNaN", "Infinity", "-Infinity", "1e15", "-1e15", "1e-16", "1e999999"])
    def test_what_no_json_reader_keeps_is_refused(self, given):
        """Not finite, too large, too fine."""
        assert codes(refused(lambda: Measure("stations", start=Decimal(given), target=4))) == ["V005"]
        assert codes(refused(lambda: Investment("time", "Fridays", Decimal(given)))) == ["V005"]

    def test_a_score_lies_between_0_and_1(self):
        """Both ends included."""
        given = {"state": "achieved", "owner": ANNA, "title": "Lead", "by": ANNA, "source": "old", "at": at(0)}
        assert [Goal.import_("g-1", score=n, **given).score for n in (0, 1)] == [0, 1]
        for n in (Decimal("-0.1"), Decimal("1.1"), Decimal("NaN")):
            assert codes(refused(lambda n=n: Goal.import_("g-1", score=n, **given))) == ["V005"]

    def test_a_floating_infinity_is_refused_like_any_other(self):
        """Also as a float."""
        assert not accepts(Number, float("inf"))
        assert not accepts(Number, float("nan"))


class TestTexts:
    """Plain text, as it was given."""

    def test_a_text_keeps_its_blanks_and_lines(self):
        """Only a word and an id are without blanks around them."""
        assert Goal.begin("g-1", " Lead\n", by=ANNA, at=at(0)).title == " Lead\n"
        assert codes(refused(lambda: Measure(" stations", start=0, target=4))) == ["V002"]

    def test_a_text_of_another_kind_becomes_plain_text(self):
        """What a tool's own kind of text adds is not kept."""

        class Own(str):
            __slots__ = ()

        class Word(StrEnum):
            LEAD = "lead"

        for given in (Own("lead"), Word.LEAD):
            title = Goal.begin("g-1", given, by=ANNA, at=at(0)).title
            assert (type(title), title) == (str, "lead")

    def test_a_text_in_any_language_is_a_text(self):
        """Up to its length; half a character is none."""
        assert Goal.begin("g-1", "Åka själv 🚀", by="p-å", at=at(0)).owner == "p-å"
        found = refused(lambda: Goal.begin("g-1", "half \ud800", by="p-\udc00", at=at(0)))
        assert codes(found) == ["V002"]
        assert [f.path for f in found] == ["by", "title"]

    def test_what_is_no_text_is_not_made_one(self):
        """A number is no id."""
        assert codes(refused(lambda: Goal.begin(17, "Lead", by=ANNA, at=at(0)))) == ["V015"]
        assert codes(refused(lambda: Location(b"Oslo"))) == ["V015"]


class Seconds(tzinfo):
    """A zone of a hundred years ago, with seconds in its offset."""

    def utcoffset(self, _moment):
        """Between Amsterdam and Greenwich."""
        return timedelta(minutes=19, seconds=32)


class Nowhere(tzinfo):
    """A zone that does not know its offset."""

    def utcoffset(self, _moment):
        """Unknown."""


class Stamp(datetime):
    """A moment of another library's kind."""


NO_MOMENT = "is no date and time but a text; a form or document writes one as 2026-03-02T12:00:00+01:00, with seconds and offset"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"at": "2026-03-02T12:00"},
         ("V015", "at", f"'2026-03-02T12:00' {NO_MOMENT}")),
        ({"at": "2026-03-03T12:00:00+01:00"},
         ("V015", "at", f"'2026-03-03T12:00:00+01:00' {NO_MOMENT}")),
        ({"target_on": "2/3/2026"},
         ("V015", "target_on", "'2/3/2026' is no date but a text; a form or document writes one as 2026-03-02")),
        ({"confidence": "seven"}, ("V015", "confidence", "'seven' is no whole number")),
        ({"at": 7}, ("V015", "at", "7 is no date and time")),
    ],
)  # fmt: skip
def test_a_text_where_a_day_or_moment_is_due_is_told_how_it_is_written(given, said):
    """A page's `datetime-local` leaves out the seconds and the offset."""
    found = draft_goal().would("edit", **{"by": ANNA, "at": at(1), **given})
    assert said in [(f.code, f.path, f.message) for f in found]


class TestMoments:
    """A date and time with its offset, the same after any round trip."""

    def test_a_moment_in_a_zone_keeps_the_offset_that_held(self):
        """Zone rules change and cannot be stored."""
        summer = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Europe/Stockholm"))
        kept = at_rest(summer)
        assert (kept, kept.tzinfo, kept.hour) == (summer, timezone(timedelta(hours=2)), 12)

    def test_the_second_of_two_equal_hours_is_kept_apart(self):
        """When the clock goes back an hour, 02:30 comes twice."""
        twice = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Stockholm"))
        first, second = at_rest(twice), at_rest(twice.replace(fold=1))
        assert second - first == timedelta(hours=1)
        assert second.fold == 0

    @pytest.mark.parametrize(
        "zone", [Seconds(), timezone(timedelta(minutes=19, seconds=32)), timezone(timedelta(microseconds=1))]
    )
    def test_an_offset_with_seconds_in_it_becomes_utc(self, zone):
        """No document can write it."""
        moment = datetime(2026, 3, 2, 12, tzinfo=zone)
        assert (at_rest(moment), at_rest(moment).tzinfo) == (moment, UTC)

    @pytest.mark.parametrize("moment", [datetime.min, datetime.max])
    def test_at_the_ends_of_time_the_offset_gives_way(self, moment):
        """There is no earlier or later UTC to become."""
        early = timezone(timedelta(seconds=1)) if moment == datetime.min else timezone(timedelta(seconds=-1))
        assert at_rest(moment.replace(tzinfo=early)) == moment.replace(tzinfo=UTC)

    @pytest.mark.parametrize("zone", [None, Nowhere()])
    def test_a_moment_without_an_offset_is_refused(self, zone):
        """Local time of an unknown place."""
        found = refused(lambda: Goal.begin("g-1", "Lead", by=ANNA, at=datetime(2026, 3, 2, 12, tzinfo=zone)))
        assert [(f.code, f.path) for f in found] == [("V003", "at")]

    def test_a_moment_of_another_kind_becomes_a_plain_one(self):
        """Tables of other libraries hold their own; what they add is not kept."""
        goal = Goal.begin("g-1", "Lead", by=ANNA, at=Stamp(2026, 3, 2, 12, tzinfo=UTC))
        assert type(goal.history[0].at) is datetime
        assert loads(dumps(goal)) == goal

    def test_the_same_moment_from_two_zones_is_the_same_record(self):
        """Records compare by what they say."""
        stockholm = at(0).astimezone(ZoneInfo("Europe/Stockholm"))
        assert Goal.begin("g-1", "Lead", by=ANNA, at=stockholm).history[0].at == at(0)
        goal = Goal.begin("g-1", "Lead", by=ANNA, at=stockholm)
        assert loads(dumps(goal)) == goal == pickle.loads(pickle.dumps(goal))


class TestDays:
    """A day is a day, and no moment."""

    def test_a_moment_is_no_day(self):
        """Which day it is would depend on the place."""
        assert codes(refused(lambda: Span(at(0)))) == ["V015"]

    def test_a_span_covers_both_its_ends(self):
        """And is open where it has no end."""
        assert [Span(on(1), on(3)).covers(on(n)) for n in (0, 1, 3, 4)] == [False, True, True, False]
        assert Span(on(1)).covers(on(9000))

    def test_spans_overlap_when_they_share_a_day(self):
        """An open end reaches for ever."""
        first, second, third = Span(on(1), on(3)), Span(on(3), on(5)), Span(on(4))
        assert first.overlaps(second)
        assert second.overlaps(first)
        assert second.overlaps(third)
        assert not first.overlaps(third)
        assert not third.overlaps(first)

    def test_a_span_lies_within_another_when_every_day_does(self):
        """An open one only within an open one."""
        whole, part, open_end = Span(on(0), on(9)), Span(on(0), on(9)), Span(on(3))
        assert part.within(whole)
        assert not open_end.within(whole)
        assert open_end.within(Span(on(2)))
        assert not whole.within(Span(on(1)))

    def test_spans_and_places_read_as_a_person_would_say_them(self):
        """For messages and pages."""
        assert str(Span(on(0), on(1))) == "2026-03-02 to 2026-03-03"
        assert str(Span(on(0))) == "2026-03-02 to open"
        assert str(Location("Gothenburg", "SE")) == "Gothenburg (SE)"
        assert str(Location("Gothenburg")) == "Gothenburg"
        assert [str(Ref("need", "n-1", "path-1")), str(Ref("goal", "g-1"))] == ["need n-1 of path-1", "goal g-1"]

    def test_places_are_the_same_when_they_read_the_same(self):
        """By value, never by who holds them."""
        assert len({Location("Gothenburg", "SE"), Location("Gothenburg", "SE"), Location("Gothenburg")}) == 2

    def test_ole_is_no_place(self):
        """A name is a word."""
        assert codes(refused(lambda: Location(f" {OLE}"))) == ["V002"]


class TestControls:
    """What a store cannot keep, and a terminal would obey."""

    @pytest.mark.parametrize("control", ["\0", "\n", "\t", "\x1b", "\x85"])
    def test_ids_and_words_hold_none(self, control):
        """Wherever it stands."""
        assert codes(refused(lambda: Goal.begin(f"g{control}1", "Lead", by=ANNA, at=at(0)))) == ["V001"]
        assert codes(refused(lambda: Location(f"Göte{control}borg"))) == ["V002"]

    def test_texts_hold_no_nul_and_may_have_lines(self):
        """A talk is written down in paragraphs."""
        assert Goal.begin("g-1", "Lead\na line\tof my own", by=ANNA, at=at(0)).title == "Lead\na line\tof my own"
        assert codes(refused(lambda: Goal.begin("g-1", "Lead", why="It is time\0", by=ANNA, at=at(0)))) == ["V002"]

    def test_names_of_people_may_be_joined_as_they_are_written(self):
        """A no-break space and a joiner are no controls."""
        assert Location("Anna\u00a0Ek \u0645\u06cc\u200c\u062e").name

    @pytest.mark.parametrize(("extra", "code"), [({"a": "x\0"}, "V002"), ({"x\0": "a"}, "V015")])
    def test_extra_holds_no_nul_either(self, extra, code):
        """Neither as a name nor as a value."""
        assert codes(refused(lambda: Goal.begin("g-1", "Lead", by=ANNA, at=at(0)).with_extra(extra))) == [code]
