"""When the next annual interview is due, and who is covered: the three cadences, leap days, leave, grace."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching import Book, Policy
from coaching.cadence import Coverage, Covered, coverage, covered, last_held, next_due
from stage import ANNA, EVA, OLE, at
from stage.book import JOINED, someone, statuses, talk

ROLLING, ANNIVERSARY, CALENDAR = (Policy(cadence=c) for c in ("rolling", "anniversary", "calendar"))
DAYS = st.dates(date(1970, 1, 1), date(2200, 12, 31))
POLICIES = st.sampled_from([ROLLING, ANNIVERSARY, CALENDAR])


class TestRolling:
    """`rolling`, the default: twelve months after the last one, or after joining while there was none."""

    def test_twelve_months_after_the_last(self):
        """Whatever the day of joining was."""
        assert next_due(date(2020, 5, 4), date(2026, 3, 9)) == date(2027, 3, 9)

    def test_twelve_months_after_joining_while_none_was_held(self):
        """The first talk has a day, too."""
        assert next_due(date(2026, 3, 2), None) == date(2027, 3, 2)

    @pytest.mark.parametrize(
        ("held", "due"),
        [
            (date(2024, 2, 29), date(2025, 2, 28)),
            (date(2027, 2, 28), date(2028, 2, 28)),
            (date(2023, 2, 28), date(2024, 2, 28)),
            (date(2024, 2, 28), date(2025, 2, 28)),
            (date(2024, 3, 1), date(2025, 3, 1)),
        ],
    )
    def test_29_february_clamps_and_28_february_stays(self, held, due):
        """A day that the next year does not have becomes the last that it has, and no other day moves."""
        assert next_due(date(2020, 1, 1), held) == due

    def test_joining_on_29_february(self):
        """The same while none was held."""
        assert next_due(date(2024, 2, 29), None) == date(2025, 2, 28)

    def test_another_number_of_months(self):
        """A house that talks twice a year; 31 August clamps to the end of February."""
        twice = Policy(cadence_months=6)
        assert next_due(JOINED, date(2026, 8, 31), policy=twice) == date(2027, 2, 28)
        assert next_due(date(2026, 8, 31), None, policy=twice) == date(2027, 2, 28)

    def test_four_years_after_a_leap_day_is_a_leap_day(self):
        """Computed from its anchor, so the 29th is not lost on the way."""
        assert next_due(JOINED, date(2024, 2, 29), policy=Policy(cadence_months=48)) == date(2028, 2, 29)


class TestAnniversary:
    """`anniversary`: the last day of the next month of joining."""

    @pytest.mark.parametrize(
        ("held", "due"),
        [
            (date(2026, 3, 9), date(2026, 5, 31)),
            (date(2026, 4, 30), date(2026, 5, 31)),
            (date(2026, 5, 1), date(2027, 5, 31)),
            (date(2026, 5, 31), date(2027, 5, 31)),
            (date(2026, 6, 1), date(2027, 5, 31)),
            (date(2026, 12, 31), date(2027, 5, 31)),
        ],
    )
    def test_the_next_month_of_joining_after_the_last(self, held, due):
        """One held in the month itself counts for it."""
        assert next_due(date(2020, 5, 4), held, policy=ANNIVERSARY) == due

    def test_while_none_was_held_it_is_the_first_anniversary(self):
        """To the last day of its month."""
        assert next_due(date(2026, 3, 2), None, policy=ANNIVERSARY) == date(2027, 3, 31)

    @pytest.mark.parametrize(("held", "due"), [(2026, date(2027, 2, 28)), (2027, date(2028, 2, 29))])
    def test_a_february_ends_when_it_ends(self, held, due):
        """Joined on a leap day; the month has 28 days or 29."""
        assert next_due(date(2024, 2, 29), date(held, 2, 10), policy=ANNIVERSARY) == due


class TestCalendar:
    """`calendar`: 31 December."""

    def test_the_end_of_the_year_after_the_last(self):
        """On whichever day of the year that one was."""
        for held in (date(2026, 1, 1), date(2026, 12, 31)):
            assert next_due(JOINED, held, policy=CALENDAR) == date(2027, 12, 31)

    def test_while_none_was_held_it_is_the_end_of_the_year_after_joining(self):
        """Twelve months after joining, to the end of that year."""
        assert next_due(date(2026, 3, 2), None, policy=CALENDAR) == date(2027, 12, 31)


class TestTheEndOfTime:
    """Days that no calendar has become the last that there is."""

    @pytest.mark.parametrize("policy", [ROLLING, ANNIVERSARY, CALENDAR, Policy(cadence_months=10_000)])
    @pytest.mark.parametrize("held", [None, date(9999, 6, 1)])
    def test_the_year_after_9999(self, policy, held):
        """No exception: nobody will be there."""
        assert next_due(date(9999, 5, 1), held, policy=policy) == date(9999, 12, 31)


class TestLaws:
    """What holds for any days."""

    @given(DAYS, DAYS, POLICIES)
    def test_the_next_is_due_after_the_last(self, joined, held, policy):
        """And within two years."""
        due = next_due(joined, held, policy=policy)
        assert held < due <= held + timedelta(days=2 * 366)

    @given(DAYS, POLICIES)
    def test_the_first_is_due_a_year_after_joining_at_the_earliest(self, joined, policy):
        """And in the year after joining."""
        due = next_due(joined, None, policy=policy)
        assert due.year == joined.year + 1
        assert due >= next_due(joined, None)

    @given(DAYS, DAYS, DAYS, POLICIES)
    def test_a_later_talk_never_makes_the_next_one_due_earlier(self, joined, one, other, policy):
        """Monotone in the day of the last."""
        first, second = sorted([one, other])
        assert next_due(joined, first, policy=policy) <= next_due(joined, second, policy=policy)

    @given(DAYS, DAYS, st.integers(1, 60), st.integers(1, 60))
    def test_more_months_never_make_it_due_earlier(self, joined, held, some, more):
        """Monotone in the months of the house."""
        few, many = (Policy(cadence_months=m) for m in sorted([some, more]))
        assert next_due(joined, held, policy=few) <= next_due(joined, held, policy=many)

    @given(DAYS, st.integers(1, 40))
    def test_a_chain_of_talks_on_their_days_does_not_drift(self, first, times):
        """Held on the due day, again and again: always the same day, and from the first leap day on the 28th."""
        held = first
        for _ in range(times):
            held = next_due(JOINED, held)
        assert held.year == first.year + times
        assert (held.month, held.day) == (first.month, min(first.day, 28) if first.month == 2 else first.day)

    @given(st.integers(1, 12), st.integers(1, 20))
    def test_a_chain_of_end_of_months_keeps_to_the_month_of_joining(self, month, times):
        """Under `anniversary` the due days are ends of that month, leap years included."""
        held = date(2024, month, 1)
        for _ in range(times):
            held = next_due(date(2020, month, 17), held, policy=ANNIVERSARY)
        assert (held.year, held.month) == (2024 + times, month)
        assert (held + timedelta(days=1)).day == 1

    @given(st.lists(DAYS, max_size=5), DAYS, st.integers(0, 3000), POLICIES)
    def test_one_person_and_everybody_get_the_same_answer(self, days, joined, after, policy):
        """`Book.covered`, `Book.coverage`, `covered` and `coverage` agree, and so does `Book.next_due`."""
        on = joined + timedelta(days=after)
        anna, talks = someone(ANNA, joined), [talk(day) for day in dict.fromkeys(days)]
        book = Book([anna, *talks])
        line = covered(anna, last_held(talks, on), on, policy=policy)
        assert book.coverage(on, policy=policy) == (line,) == tuple(coverage([anna], talks, on, policy=policy))
        assert book.covered(ANNA, on, policy=policy) == line
        assert book.next_due(ANNA, on=on, policy=policy) == line.due


class TestWhatCountsAsHeld:
    """Only annual interviews that took place, by the day asked about."""

    def test_the_last_of_several(self):
        """In any order."""
        talks = [talk(date(2024, 3, 1)), talk(date(2026, 3, 1)), talk(date(2025, 3, 1))]
        assert last_held(talks, date(2026, 3, 2)) == date(2026, 3, 1)

    def test_none_without_talks(self):
        """Never is no day."""
        assert last_held([], date(2026, 3, 2)) is None

    @pytest.mark.parametrize("kind", ["follow_up", "check_in", "placement_change"])
    def test_a_talk_in_between_does_not_count(self, kind):
        """A follow-up does not reset the clock."""
        assert last_held([talk(date(2026, 2, 1), kind=kind)], date(2026, 3, 2)) is None

    @pytest.mark.parametrize("state", ["planned", "scheduled", "open", "cancelled"])
    def test_one_that_was_not_held_does_not_count(self, state):
        """Cancelled ones least of all."""
        assert last_held([talk(date(2026, 2, 1), state=state)], date(2026, 3, 2)) is None

    def test_a_signed_one_counts(self):
        """Held and signed by both."""
        assert last_held([talk(date(2026, 2, 1), state="signed")], date(2026, 3, 2)) == date(2026, 2, 1)

    def test_one_later_than_the_day_asked_about_does_not_count_yet(self):
        """A question about the past has the answer of the past."""
        talks = [talk(date(2025, 2, 1)), talk(date(2026, 2, 1))]
        assert last_held(talks, date(2026, 1, 31)) == date(2025, 2, 1)
        assert last_held(talks, date(2026, 2, 1)) == date(2026, 2, 1)

    def test_in_the_coverage_the_same_holds(self):
        """For everybody at once: a follow-up, a cancelled one and one ahead leave Anna where she was."""
        without = [
            talk(date(2025, 9, 1), kind="follow_up"),
            talk(date(2025, 9, 1), state="cancelled"),
            talk(date(2026, 9, 1)),
            talk(date(2025, 3, 1)),
            talk(date(2024, 12, 1)),
        ]
        (line,) = coverage([someone()], without, date(2026, 3, 2))
        assert line == Covered(ANNA, date(2025, 3, 1), date(2026, 3, 1), Coverage.DUE)

    def test_held_on_the_first_day_there_is(self):
        """No day is too early to count."""
        (line,) = coverage([someone(joined_on=date.min)], [talk(date.min)], date(1, 6, 1))
        assert line.last_held == date.min


class TestStatus:
    """Not due, due, overdue, never, or an offer."""

    @pytest.mark.parametrize(
        ("on", "status"),
        [
            (date(2027, 3, 8), "not_due"),
            (date(2027, 3, 9), "due"),
            (date(2027, 4, 8), "due"),
            (date(2027, 4, 9), "overdue"),
        ],
    )
    def test_the_grace_is_thirty_days(self, on, status):
        """Due from its day on, overdue when thirty more have passed."""
        assert covered(someone(), date(2026, 3, 9), on).status == status

    def test_the_grace_is_the_houses_own(self):
        """One day, for a strict one."""
        strict = Policy(grace_days=1)
        lines = [covered(someone(), date(2026, 3, 9), date(2027, 3, d), policy=strict) for d in (9, 10, 11)]
        assert [line.status for line in lines] == ["due", "due", "overdue"]

    @pytest.mark.parametrize(("on", "status"), [(date(2025, 7, 31), "not_due"), (date(2025, 8, 1), "never")])
    def test_never_held(self, on, status):
        """Never is said from the first due day on, without grace."""
        assert covered(someone(), None, on).status == status

    def test_on_leave_it_is_an_offer_and_the_clock_goes_on(self):
        """The due day is the same; only what is said of it differs."""
        away = someone().go_on_leave(date(2026, 1, 1), by="hr-1", at=at(0))
        held = date(2025, 3, 1)
        assert covered(away, held, date(2026, 2, 28)).status == "not_due"
        assert covered(away, held, date(2027, 3, 1)) == Covered(ANNA, held, date(2026, 3, 1), Coverage.OFFER)
        assert covered(away, None, date(2026, 3, 1)).status == "offer"

    def test_back_from_leave_it_is_overdue(self):
        """Leave does not stop the clock."""
        away = someone().go_on_leave(date(2025, 9, 1), by="hr-1", at=at(0))
        back = away.come_back(date(2026, 6, 1), by="hr-1", at=at(1))
        held = date(2025, 3, 1)
        assert [covered(back, held, day).status for day in (date(2026, 5, 31), date(2026, 6, 1))] == [
            "offer",
            "overdue",
        ]

    def test_only_who_is_employed_has_a_line(self):
        """Not those who have left, not those who are yet to come; the last day still counts."""
        gone = someone(EVA).leave(date(2026, 3, 1), by="hr-1", at=at(0))
        book = Book([someone(ANNA), gone, someone(OLE, date(2026, 4, 1))])
        assert list(statuses(book, date(2026, 3, 1))) == [ANNA, EVA]
        assert list(statuses(book, date(2026, 3, 2))) == [ANNA]
        assert list(statuses(book, date(2026, 4, 1))) == [ANNA, OLE]
