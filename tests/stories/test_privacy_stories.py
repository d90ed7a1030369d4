"""Stories about what is nobody else's business: a private need, somebody who is erased, a team of two."""

from coaching import Book, Person, codec, verify
from coaching.privacy import MARK, count_by, erase, texts, view
from stage import ANNA, EVA, OLE, PER, at, on, refused
from stage.book import someone
from stage.feedback import acknowledged
from stage.goals import agreed_goal
from stage.interviews import signed_talk
from stage.paths import shared_path
from stage.people import HR, gone


def test_story_27_a_private_need_is_in_no_view_but_the_owners():
    """Anna needs her evenings, and tells nobody. Ole, who sees her path, sees nothing of it; nor does anybody else."""
    path = shared_path().say_need("n-2", "balance", "Evenings with my son", by=ANNA, at=at(2))
    path = path.release_need("n-2", "owner_only", by=ANNA, at=at(2))
    people = [someone(ANNA, manager=OLE), someone(OLE, manager=PER), someone(PER), someone(EVA)]
    book = Book([*people, path, signed_talk()])

    assert "Evenings with my son" in repr(view(path, ANNA, book, on(30)).as_dict())
    for viewer in (OLE, PER, EVA):
        shown = repr(view(path, viewer, book, on(30)))
        assert "Evenings" not in shown
        assert "n-2" not in shown


def test_story_29_the_leaver_is_erased():
    """Anna has left and is erased: no name and no word of hers stands anywhere, Ole's do, and it is said plainly."""
    anna, goal, talk, thanks = gone(), agreed_goal(), signed_talk(), acknowledged()
    book = Book([anna, goal, talk, thanks])
    hers = {w.text for r in book for w in texts(r) if w.author == ANNA}
    his = {w.text for r in book for w in texts(r) if w.author == OLE}

    after, report = erase(book, ANNA, on(800), by=HR, at=at(800))

    plain = repr([codec.unstructure(record) for record in after])
    assert not [text for text in hers if repr(text) in plain]
    assert not [text for text in his if repr(text) not in plain]
    assert "Anna Ek" not in plain
    assert after.get(Person, ANNA).left_on == on(30)
    for old in (goal, talk, thanks):
        new = after.get(type(old), old.id)
        assert (new.id, new.state, new.revision) == (old.id, old.state, old.revision)
        (said,) = verify(new)
        assert (said.code, said.severity) == ("H004", "warning")
    assert MARK in plain
    assert any(line.record == ("goal", "g-1") and line.path == "title" for line in report.gone)
    assert any(line.why == f"words of {OLE}" for line in report.stayed)


def test_story_32_a_team_of_two():
    """Who of the team has a goal? Of two people nobody is told; of the whole house anybody may be."""
    team = [someone(ANNA), someone(EVA)]
    counts = count_by(team, lambda _: "the pilot team")
    assert counts.withheld == ("the pilot team",)
    (said,) = refused(lambda: counts["the pilot team"])
    assert said.code == "D007"

    whole = [*team, someone(OLE), someone(PER)]
    assert count_by(whole, lambda _: "the house")["the house"] == 4
