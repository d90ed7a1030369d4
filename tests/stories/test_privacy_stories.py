"""Stories about what is nobody else's business: a private need, somebody who is erased, a team of two."""

from coaching import Book, Interview, Person, codec, verify
from coaching.privacy import MARK, count_by, erase, texts, view
from coaching.records.interviews import Slot
from stage import ANNA, EVA, OLE, PER, at, on, refused
from stage.book import someone
from stage.feedback import acknowledged
from stage.goals import agreed_goal
from stage.interviews import signed_talk
from stage.paths import draft_path, shared_path
from stage.people import HR, gone
from stage.relationships import active


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
    assert after.get(Person, ANNA).employments[-1].to == on(30)
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


def test_story_43_once_a_coach():
    """Ole coached Anna until spring. What he took part in he may read on; what she says from then on he does not."""
    pair = active().close("Thank you", by=ANNA, at=at(80))
    talk = Interview.import_(
        "i-0", state="signed", coachee=ANNA, interviewer=OLE, kind="annual", slot=Slot(at(-400), 60, "Room 4"),
        no_change="All is well", by=HR, at=at(-390), source="paper",
    )  # fmt: skip
    path = draft_path().say_need("n-9", "balance", "Evenings with my son", by=ANNA, at=at(150))
    path = path.share(EVA, by=ANNA, at=at(151))
    people = [someone(ANNA, manager=PER), someone(OLE), someone(PER), someone(EVA)]
    book = Book([*people, pair, talk, path])
    spring, autumn = on(79), on(200)

    assert "name" in view(book.get(Person, ANNA), OLE, book, spring)
    assert "name" not in view(book.get(Person, ANNA), OLE, book, autumn)
    assert view(path, OLE, book, autumn).as_dict() == {"type": "path", "schema": 1, "id": "path-1"}
    assert "Evenings" not in repr([view(record, OLE, book, autumn).as_dict() for record in book])
    assert view(talk, OLE, book, autumn)["no_change"] == "All is well"  # he was in it, and nothing in it is new
    assert view(pair, OLE, book, autumn)["closing"] == "Thank you"
    assert "Evenings with my son" in repr(view(path, EVA, book, autumn).as_dict())


def test_story_43_as_well_once_a_colleague():
    """Ole manages and coaches Anna, and leaves; nobody has taken over yet. From the day after he sees nothing of hers."""
    pair, goal = active(), agreed_goal()
    path = draft_path().say_need("n-9", "balance", "Evenings with my son", by=ANNA, at=at(5))
    path = path.share(EVA, by=ANNA, at=at(6))
    ole = someone(OLE).leave(on(60), by=HR, at=at(10))
    book = Book([someone(ANNA, manager=OLE), ole, someone(EVA), pair, path, goal])

    for day, sees in ((59, True), (60, True), (61, False), (400, False)):
        assert ("Evenings with my son" in repr(view(path, OLE, book, on(day)).as_dict())) is sees
        assert ("name" in view(book.get(Person, ANNA), OLE, book, on(day))) is sees
    assert view(goal, OLE, book, on(400))["title"] == goal.title  # it names him until somebody else is named


def test_story_44_an_outsider_learns_nothing():
    """Per has no part in Anna's goal. Whatever he tries he is told one thing, and it names nobody and says no word."""
    goal = agreed_goal()
    book = Book([someone(ANNA, manager=OLE), someone(OLE), someone(PER), someone(EVA), goal])
    tries = {
        "achieve": {"result": "Done"},
        "fulfil": {"commitment": "nope", "result": "Done"},
        "sign": {},
        "finish": {},
    }
    for act, given in tries.items():
        for found in (goal.would(act, **given, by=PER, at=at(9)), book.would("g-1", act, **given, by=PER, at=at(9))):
            (said,) = found
            assert (said.code, said.message) == ("V011", "only those who take part in it may do that")
    assert goal.acts_for(PER) == ()
    assert not [f for f in book.check(on(200), for_=PER) if f.record == goal.key]
    assert [f.code for f in book.check(on(200), for_=ANNA) if f.record == goal.key]
    assert dict(view(goal, PER, book, on(9))) == {"type": "goal", "schema": 1, "id": "g-1"}
    assert goal.title not in repr(goal)
    assert goal.commitments[0].text not in repr(goal.commitments)
