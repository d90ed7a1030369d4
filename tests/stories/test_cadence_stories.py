"""Stories about due dates: somebody on leave, leap days, talks that are written up later."""

from datetime import UTC, date, datetime, timedelta

from coaching import Book, Policy, Slot
from stage import ANNA, OLE, at
from stage.book import someone, talk
from stage.interviews import DONE, GOAL, prepared_talk


def test_story_24_on_leave_is_an_offer():
    """Anna's last interview was in February; she goes on leave in the autumn. In month 13: an offer, not overdue."""
    book = Book([someone(), talk(date(2025, 2, 3))])
    assert str(book.covered(ANNA, date(2026, 3, 9)).status) == "overdue"

    away = someone().go_on_leave(date(2025, 9, 1), by="hr-1", at=at(0))
    book = book.put(away)

    line = book.covered(ANNA, date(2026, 3, 9))
    assert str(line.status) == "offer"
    assert line.due == date(2026, 2, 3)
    (finding,) = [f for f in book.check(date(2026, 3, 9)) if f.code == "X004"]
    assert finding.params["status"] == "offer"
    assert finding.severity == "warning"


def test_story_25_leap_days():
    """Held on 29 February 2024: due 28 February 2025. Held on 28 February 2027: due 28 February 2028."""
    anna = someone(joined_on=date(2020, 5, 4))
    assert Book([anna, talk(date(2024, 2, 29))]).next_due(ANNA, date.max) == date(2025, 2, 28)
    assert Book([anna, talk(date(2027, 2, 28))]).next_due(ANNA, date.max) == date(2028, 2, 28)


def test_story_40_written_up_later():
    """Held on 30 December, finished on 4 January: due dates count from December."""
    noon = datetime(2026, 12, 30, 12, tzinfo=UTC)
    talk_ = prepared_talk(Slot(noon, 90, "Room 4"), kind="annual").start(by=OLE, at=noon)
    talk_ = talk_.say("I run the same line", "answer", vital="heading", by=ANNA, at=noon)
    talk_ = talk_.say("To lead a plant", "answer", vital="destination", by=ANNA, at=noon)
    talk_ = talk_.say("By the pilot line", "answer", vital="route", by=ANNA, at=noon)
    talk_ = talk_.say("A plant, then", "summary", by=OLE, at=noon).say("Yes", "confirmation", by=ANNA, at=noon)
    talk_ = talk_.promise("c-1", "Ask Eva", date(2027, 2, 1), by=ANNA, at=noon)
    talk_ = talk_.promise("c-2", "Ask Per", date(2027, 2, 1), by=OLE, at=noon)
    talk_ = talk_.finish(**{**DONE, "follow_up_on": date(2027, 3, 1)}, by=OLE, at=noon + timedelta(days=5))

    assert talk_.held_on == date(2026, 12, 30)
    book = Book([someone(), talk_])
    calendar = Policy(cadence="calendar")
    assert book.next_due(ANNA, date.max) == date(2027, 12, 30)
    assert book.next_due(ANNA, date.max, policy=calendar) == date(2027, 12, 31)
    assert book.covered(ANNA, date(2027, 1, 10)).last_held == date(2026, 12, 30)
    (happened,) = [line for line in book.timeline(ANNA) if line.act == "finish"]
    assert happened.at.date() == date(2027, 1, 4)


def test_story_40_even_when_nobody_pressed_start_in_the_room():
    """The whole talk is written up on 4 January: whoever does it says the day."""
    noon = datetime(2026, 12, 30, 12, tzinfo=UTC)
    late = noon + timedelta(days=5)
    talk_ = prepared_talk(Slot(noon, 90, "Room 4"), kind="check_in").start(by=OLE, at=late)
    assert talk_.finish((GOAL,), held_on=date(2026, 12, 30), by=OLE, at=late).held_day() == date(2026, 12, 30)
