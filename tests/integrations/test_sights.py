"""What somebody sees of a record, in words: labels, names, days, words of closed lists; escaped, and no more than that."""

from html.parser import HTMLParser

import pytest
from attrs import evolve

from coaching import Book, Goal, Person
from coaching.integrations.sights import FRAME, happened, shown
from coaching.privacy import view
from coaching.records import RECORDS
from coaching.texts.locales import texts_in
from stage import ANNA, OLE, STRANGER, at, on
from stage.goals import agreed_goal
from stage.house import EVERYBODY, TODAY, full, house
from stage.interviews import full_talk


class Text(HTMLParser):
    """The texts of a page, and how often each element opens."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts, self.open = [], []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


@pytest.mark.parametrize("kind", [kind.type for kind in RECORDS])
def test_every_field_that_is_seen(kind: str):
    """Of every record, for everybody: well formed, and a label for each field."""
    for record in full(kind):
        for viewer in EVERYBODY:
            seen = view(record, viewer, house(record), TODAY)
            texts = Text(shown(seen, without={"extra"})).texts
            labels = {texts_in("en").field(name) for name in set(seen) - FRAME if seen[name] is not None}
            assert labels <= set(texts)


def test_in_a_language():
    """Words of closed lists, days and people as one says them there."""
    sv = evolve(texts_in("sv"), name=lambda id: {ANNA: "Anna Ek"}.get(id, id))
    html = shown(view(agreed_goal(), ANNA, Book(), on(3)), texts=sv)
    assert '<dt>Ägare</dt><dd dir="auto">Anna Ek</dd>' in html
    assert '<dd dir="auto">p-3</dd>' in html
    assert f"<dd>{sv.word(agreed_goal().investments[0].kind)}</dd>" in html
    assert "2026-08" not in html


def test_yes_and_no():
    """Are words."""
    talk = full_talk()
    assert "<dd>yes</dd>" in shown(view(talk, ANNA, Book(), on(30)))


def test_what_happened():
    """The last first; why, to those who read it."""
    goal = agreed_goal().drop("No time for it", by=ANNA, at=at(9))
    book = house(goal)
    own = Text(happened(view(goal, ANNA, book, TODAY), texts=texts_in("sv"))).texts
    assert own[1:4] == [texts_in("sv").act("drop") + ", ", ANNA, f", {texts_in('sv').show(at(9))}: "]
    assert own[4] == "No time for it"
    above = view(goal, book.get(Person, OLE).manager_on(TODAY), book, TODAY)
    assert "drop" in happened(above).lower()
    assert "No time" not in happened(above)
    assert happened(view(goal, STRANGER, book, TODAY)) == "<ol reversed>\n</ol>"


def test_parts_without_their_ids():
    """Nobody reads them; signatures are shown, and not their seals."""
    html = shown(view(agreed_goal(), ANNA, Book(), on(3)))
    assert "<dt>Id</dt>" not in html
    assert "<dt>Signatures</dt>" in html
    assert agreed_goal().signatures[0].digest not in html


def test_no_more_than_is_seen():
    """To a stranger nothing; texts are shown as texts."""
    assert shown(view(agreed_goal(), STRANGER, Book(), on(3))) == "<dl>\n</dl>"
    goal = Goal.begin("g-1", "<b>A & B</b>", by=ANNA, at=at(0)).with_extra({"<i>": "<u>"})
    seen = view(goal, ANNA, Book(), on(0))
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in shown(seen)
    assert "&lt;i&gt;: &lt;u&gt;" in shown(seen, without=frozenset())
