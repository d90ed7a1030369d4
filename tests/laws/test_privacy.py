"""Law of erasing: of whoever is erased, no name and no word of theirs stands anywhere; everybody else's words stay."""

from datetime import timedelta
from io import BytesIO
from itertools import count
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from coaching import Book, Person, verify
from coaching.book.privacy.texts import Words, rewritten
from coaching.codec import dump_book
from coaching.privacy import MARK, erase, texts
from coaching.testing import books
from stage.people import HR

WHY = "the time to keep it is over"
"""Why somebody was erased before; it stays, as it should not name anybody."""


def _has_left(person):
    """Whether every employment has a last day, of which there are some."""
    return person.state == "known" and person.employments and all(it.to is not None for it in person.employments)


def planted(book: Book) -> tuple[Book, dict[str, Words]]:
    """A book with a marker of its own in the place of every other free text, and which text each marker stands for."""
    numbers, marks = count(1), dict[str, Words]()

    def mark(words: Words) -> Any:
        if not isinstance(words.text, str) or words.text in {MARK, WHY}:
            return words.text
        name = f"mark-{next(numbers)}-here"
        marks[name] = words
        return name

    return Book([rewritten(record, mark) for record in book]), marks


def plain(book: Book) -> str:
    """All that is stored of a book."""
    out = BytesIO()
    dump_book(book, out)
    return out.getvalue().decode()


@settings(
    max_examples=max(20, settings().max_examples // 4),
    suppress_health_check=[HealthCheck.filter_too_much],
)
@given(book=books(people=st.integers(2, 3)), which=st.integers(0, 2))
def test_whoever_is_erased_leaves_no_word_and_takes_no_one_elses(book: Book, which: int):
    """Found from the types: each text of each record is planted, whatever its kind. The book still checks."""
    book, marks = planted(book)
    left = [person for person in book.all(Person) if _has_left(person)]
    assume(left)
    person = left[which % len(left)]
    own = {words.text for words in texts(person)}
    theirs = {name for name, words in marks.items() if person.id in words.writers} | own & set(marks)
    at = max(record.history[-1].at for record in book)
    day = max([at.date(), *(it.to + timedelta(days=1) for it in person.employments)])
    at += day - at.date()
    after, report = erase(book, person.id, day, by=HR, at=at)

    stored = plain(after)
    assert [name for name in theirs if name in stored] == []
    assert [name for name in marks if name not in theirs and name not in stored] == []
    assert {f.code for f in verify(after) if f.record in {line.record for line in report.gone}} <= {
        "H002",
        "H003",
        "H004",
        "H005",
    }
    errors = [f for f in after.check(day) if f.severity == "error"]
    assert errors == [f for f in book.check(day) if f.severity == "error"] == []
    assert after.get(Person, person.id).state == "erased"
