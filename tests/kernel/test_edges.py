"""What only the oddest values reach: each is refused, or taken by its value."""

import gc
from datetime import UTC, date, datetime, timedelta, tzinfo

import pytest

from coaching import Span
from coaching.codec import load_book, loads
from coaching.kernel.checking import FAULTY, Faults, check_as
from coaching.kernel.constraints import _aware
from stage import codes, refused


class Broken(tzinfo):
    """A zone that answers nothing."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """No offset."""
        raise RuntimeError("no zone")


class Odd(date):
    """A day whose year is none."""

    year = property(lambda _: "none")


@pytest.mark.parametrize(
    ("kind", "value"), [(date, Odd(2026, 3, 2)), (datetime, datetime(2026, 3, 2, tzinfo=Broken()))]
)
def test_a_value_that_cannot_answer_is_refused(kind: type, value: object):
    """And the message can be written."""
    faults = Faults()
    assert check_as(kind)(value, "at", faults) is FAULTY
    assert codes(faults.found) == ["V015"]


def test_many_brackets_beside_each_other_are_not_deep():
    """Only what is nested is bounded."""
    flat = ",".join(["[]"] * 200)
    assert "V016" in codes(refused(lambda: loads('{"type":"goal","schema":1,"a":[' + flat + "]}")))
    assert "V016" in codes(refused(lambda: loads('{"type":"goal","schema":1,"]{":[' + flat + "]}")))  # some in a text


def test_who_paused_the_collector_finds_it_paused():
    """Reading a book pauses it, and puts it back as it was."""
    gc.disable()
    try:
        load_book([])
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_moment_is_aware_or_not():
    """By its offset."""
    assert _aware(datetime(2026, 3, 2, tzinfo=UTC))
    assert not _aware(datetime(2026, 3, 2))


def test_a_check_of_leaves_alone_has_no_way_for_a_part():
    """That is an error of ours, and loud."""
    with pytest.raises(TypeError, match="Span"):
        check_as(Span)({}, "span", Faults())
