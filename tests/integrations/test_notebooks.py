"""What a notebook shows: tables that are HTML whatever was written, and nothing that was written unless asked for."""

from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest

from coaching import Book, Interview
from coaching.diagrams import Diagram, lifecycle, svg
from coaching.integrations.notebooks import load_ipython_extension, show
from coaching.privacy import texts
from coaching.records import RECORDS
from stage import ANNA, EVA, OLE, at, codes, on, refused
from stage import goals as goal
from stage import interviews as talk
from stage import paths as path
from stage.book import someone
from stage.everything import Kind, drawn, each_kind
from stage.lives import lives


class Read(HTMLParser):
    """Reads tables: each a list of rows, each a list of cells; fails for a tag that is not closed or not of a table."""

    def __init__(self, html: str) -> None:
        """Read all of it."""
        super().__init__()
        self.open: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go down."""
        assert tag in {"table", "caption", "tr", "th", "td"}
        assert not attrs
        self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        """Go up."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """What stands in a cell."""
        if self.open[-1] in {"td", "th"}:
            self.tables[-1][-1][-1] += data


def read(what: Any, **given: Any) -> list[list[list[str]]]:
    """What is shown, read as HTML."""
    return Read(show(what, **given)._repr_html_()).tables


class TestRecords:
    """Each field that is set is a row."""

    def test_ids_states_days_and_numbers(self):
        """Parts are shown field by field, lists of them by how many there are."""
        rows = dict(read(talk.scheduled_talk())[0])
        assert rows == {
            "id": "i-1", "revision": "1", "history": "2", "state": "scheduled", "coachee": ANNA, "interviewer": OLE,
            "kind": "annual", "due_on": on(200).isoformat(), "cycle": "2026", "slot.start": "2026-04-01T12:00:00Z",
            "slot.minutes": "90", "invited_at": "2026-03-02T12:00:00Z",
        }  # fmt: skip

    def test_words_when_asked_for(self):
        """As they were written, and escaped."""
        bad = "<script>alert('&amp;')</script>"
        assert "title" not in dict(read(goal.draft_goal())[0])
        record = talk.planned_talk().schedule({"start": at(30), "minutes": 60, "place": bad}, by=OLE, at=at(1))
        assert dict(read(record, words=True)[0])["slot.place"] == bad
        assert "<script>" not in show(record, words=True).html

    def test_ids_in_a_list_are_named(self):
        """And words in one are counted."""
        record = Interview.import_(
            "i-2", state="held", coachee=ANNA, interviewer=OLE, kind="check_in", feedback=("f-1", "f-2"), by="hr",
            at=at(0), source="old", due_on=on(1), held_on=on(0),
        )  # fmt: skip
        assert dict(read(record)[0])["feedback"] == "f-1, f-2"

    @each_kind
    def test_nothing_that_was_written_is_shown(self, kind: Kind):
        """Of any record, whatever stands in it."""
        for record in (*lives(kind.type), *drawn(kind)):
            cells = [cell for table in read(record) for row in table for cell in row]
            written = {words.text for words in texts(record) if len(words.text) > 3}
            assert not written.intersection(cells)
            read(record, words=True)


class TestPathsAndCoverage:
    """Several things of a kind: a row each."""

    def test_a_path_has_its_steps_below(self):
        """In their order."""
        record = path.agreed_path()
        _, (head, *rows) = read(record, words=True)
        assert [dict(zip(head, row, strict=True))["id"] for row in rows] == [step.id for step in record.steps]
        assert [dict(zip(head, row, strict=True))["title"] for row in rows] == [step.title for step in record.steps]
        assert "title" not in read(record)[1][0]

    def test_who_is_covered(self):
        """As the book says it; nothing of nobody."""
        book = Book([someone(ANNA), someone(OLE), someone(EVA), talk.held_talk()])
        ((head, *rows),) = read(book.coverage(on(100)))
        assert head == ["person", "last_held", "due", "status"]
        assert [(row[0], row[3]) for row in rows] == [(line.person, line.status) for line in book.coverage(on(100))]
        assert read(()) == [[[]]]

    @pytest.mark.parametrize("what", [None, "i-1", [talk.planned_talk()], Book])
    def test_anything_else(self, what):
        """Is refused."""
        assert codes(refused(lambda: show(what))) == ["V015"]


def test_a_notebook_shows_each_record_so():
    """Once the extension is loaded."""
    known: dict[type, Any] = {}
    formatter = SimpleNamespace(for_type=known.__setitem__)
    load_ipython_extension(SimpleNamespace(display_formatter=SimpleNamespace(formatters={"text/html": formatter})))
    assert tuple(known) == (*RECORDS, Diagram)
    assert known[Interview](talk.planned_talk()) == show(talk.planned_talk()).html
    assert known[Diagram](lifecycle("goal")) == show(lifecycle("goal")).html == svg(lifecycle("goal"))
