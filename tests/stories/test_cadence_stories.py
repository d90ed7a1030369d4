"""Stories about due dates: somebody on leave, and leap days."""

from datetime import date

from coaching import Book
from stage import ANNA, at
from stage.book import someone, talk


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
    assert Book([anna, talk(date(2024, 2, 29))]).next_due(ANNA) == date(2025, 2, 28)
    assert Book([anna, talk(date(2027, 2, 28))]).next_due(ANNA) == date(2028, 2, 28)
