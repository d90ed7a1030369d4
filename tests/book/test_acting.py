"""Acting through the book: the record's act, what follows from it, and the rules that lie between records."""

from datetime import date
from typing import Any, ClassVar

import pytest
from attrs import evolve

from coaching import (
    Book,
    CareerPath,
    Feedback,
    Goal,
    InternalMove,
    Interview,
    Opportunity,
    Person,
    Policy,
    Rejected,
    Span,
)
from coaching.privacy import erase
from coaching.records.needs import Release
from coaching.records.relationships import CoachingRelationship
from stage import ANNA, EVA, OLE, PER, STRANGER, at, codes, on, refused
from stage.book import managed, someone
from stage.feedback import given as feedback_given
from stage.goals import draft_goal, half_signed_goal, ready_goal
from stage.interviews import held_talk, planned_talk
from stage.moves import DAYS, YLVA, agreed, asked, wished
from stage.nasty import VALUES
from stage.opportunities import new_line
from stage.paths import COURSE, agreed_path, draft_path, revised_path, shared_path
from stage.people import BRUK, HR, VERK, employed, gone
from stage.relationships import active, half_signed
from stage.relationships import imported as coaching_pair

PEOPLE = [someone(ANNA, manager=OLE), someone(OLE, manager=PER), someone(EVA, manager=OLE), someone(PER)]
ME = {"by": ANNA, "at": at(200)}


def book_of(*records):
    """The four people, Anna's path with its need, and what else is given."""
    paths = [] if any(isinstance(r, CareerPath) for r in records) else [draft_path()]
    return Book([*PEOPLE, *paths, *records])


def book_of_the_move(move=None, **line):
    """Anna placed at Verk, agreed to move to Bruk, and the opportunity at Bruk."""
    people = [employed(), *PEOPLE[1:], someone(YLVA)]
    return Book([*people, draft_path(), agreed() if move is None else move, new_line(**line)])


class TestAct:
    """`book.act(id, act, ...)`: a new book with the changed records, or one error and nothing."""

    def test_the_act_is_done_and_the_old_book_stays(self):
        """The new book holds the record as its own act makes it."""
        book = book_of(draft_goal())
        new = book.act("g-1", "edit", title="Lead two lines", **ME)
        assert new.get(Goal, "g-1") == draft_goal().edit(title="Lead two lines", **ME)
        assert book.get(Goal, "g-1") == draft_goal()
        assert len(new) == len(book)

    def test_changed_names_what_a_tool_has_to_store(self):
        """One record for most acts; nothing on a book that was made from records."""
        book = book_of(draft_goal())
        assert book.changed == ()
        new = book.act("g-1", "edit", title="Lead two lines", **ME)
        assert new.changed == (new.get(Goal, "g-1"),)
        assert new.act("path-1", "dream", id="d-2", text="Sail", **ME).changed != new.changed

    def test_an_argument_of_the_act_may_be_called_id(self):
        """Or act, kind, self: the book's own are by place."""
        new = book_of(draft_goal()).act("g-1", "suggest_option", id="o-1", text="Shadow Eva", **ME)
        assert [option.id for option in new.get(Goal, "g-1").options] == ["o-1"]
        found = new.would("g-1", "edit", self=1, act=2, **ME)
        assert codes(found) == ["V016"]

    def test_what_the_record_refuses_is_refused_with_all_of_it(self):
        """The same findings as the record's own `would`; the very same book stays."""
        book = book_of(draft_goal())
        records = tuple(book)
        assert refused(lambda: book.act("g-1", "sign", **ME)) == draft_goal().would("sign", **ME)
        assert codes(book.would("g-1", "propose", by=OLE, at=at(1))) == ["G003", "G005"]
        assert all(now is then for now, then in zip(book, records, strict=True))

    def test_what_the_book_refuses_is_refused(self):
        """Ole does not coach Anna yet, so the goal is not agreed; with the relationship it is."""
        book = book_of(half_signed_goal())
        assert codes(refused(lambda: book.act("g-1", "sign", by=OLE, at=at(3)))) == ["G023"]
        assert book == book_of(half_signed_goal())
        assert book.put(active()).act("g-1", "sign", by=OLE, at=at(3)).get(Goal, "g-1").state == "agreed"

    def test_a_house_may_open_a_gate_and_no_shape_rule(self):
        """The policy given with the act counts for the gates of the book, too."""
        book, mild = book_of(half_signed_goal()), Policy(severities={"G023": "warning"})
        assert book.act("g-1", "sign", by=OLE, at=at(3), policy=mild).get(Goal, "g-1").state == "agreed"

    def test_a_reference_to_nobody_is_refused(self):
        """X002, with the place."""
        (found,) = book_of(draft_goal()).would("g-1", "edit", serves=({"kind": "goal", "id": "g-9"},), **ME)
        assert (found.code, found.path, found.record) == ("X002", "serves[0]", ("goal", "g-1"))
        (found,) = book_of(ready_goal()).would("g-1", "propose", coach=STRANGER, by=ANNA, at=at(2))
        assert (found.code, found.path) == ("X002", "coach")

    def test_would_foretells_and_does_nothing(self):
        """Empty when it would pass."""
        book = book_of(draft_goal())
        assert book.would("g-1", "edit", title="Lead two lines", **ME) == ()
        assert book == book_of(draft_goal())
        assert codes(book.would("g-1", "edit", title="", **ME)) == ["G001"]


class TestNaming:
    """Which record is meant: by its id, or by type and id."""

    def test_an_unknown_id(self):
        """X002, whatever the act, with the id to be seen."""
        wrong = refused(lambda: book_of().act("g-7", "sign", **ME))
        assert [(f.code, f.message) for f in wrong] == [("X002", "'g-7' is not in the book")]
        with pytest.raises(Rejected, match=r"book: cannot sign\n  X002: goal g-7 is not in the book"):
            book_of().act(("goal", "g-7"), "sign", **ME)

    def test_the_id_of_two_kinds(self):
        """Is refused with both, and named by type and id it is done."""
        book = book_of(evolve(draft_goal(), id="1"), planned_talk().with_extra({}), evolve(planned_talk(), id="1"))
        (found,) = refused(lambda: book.act("1", "cancel", reason="Ill", **ME))
        assert (found.code, found.params["kinds"]) == ("X002", "goal, interview")
        new = book.act(("interview", "1"), "cancel", reason="Ill", **ME)
        assert (new.get(Interview, "1").state, new.get(Goal, "1").state) == ("cancelled", "draft")

    @pytest.mark.parametrize("key", ["g-1", ("goal", "g-1"), (Goal, "g-1"), draft_goal()], ids=repr)
    def test_one_key_everywhere(self, key: Any):
        """An id, the word or class of a kind and an id, a record: to act, to ask first, to get, to look, to remove."""
        book = book_of(draft_goal())
        assert book.act(key, "edit", title="Lead two lines", **ME).get(key).title == "Lead two lines"
        assert codes(book.would(key, "edit", title="", **ME)) == ["G001"]
        assert book.get(key) == draft_goal()
        assert key in book
        assert key not in book.remove(key)
        assert book.remove(key).get(key) is None
        assert codes(book.remove(key).would(key, "edit", title="Lead two lines", **ME)) == ["X002"]
        assert codes(refused(lambda: book.remove(key).remove(key))) == ["X002"]

    def test_a_record_is_read_as_its_key(self):
        """What is done is done to the one in the book, whatever the one in hand says."""
        book = book_of(draft_goal()).act("g-1", "edit", title="Lead two lines", **ME)
        assert book.get(draft_goal()).title == book.act(draft_goal(), "edit", why="Time", **ME).get("g-1").title
        assert draft_goal() not in book

    def test_the_word_of_a_kind_is_the_kind(self):
        """Wherever a kind is asked for."""
        book = book_of().new("goal", "begin", "g-1", title="Lead a pilot line", **ME)
        assert list(book.all("goal")) == list(book.all(Goal)) == [book.at("goal", "g-1")] == [book.at(Goal, "g-1")]
        assert book.get("goal", "g-1") is book.get(Goal, "g-1") is not None
        assert codes(book.would_new("goal", "begin", "g-1", title="Lead a pilot line", **ME)) == ["X001"]

    @pytest.mark.parametrize(
        ("key", "code"),
        [((), "V015"), (("goal",), "V015"), (("goal", "g-1", "more"), "V015"), (("interview", "g-1"), "X002"),
         ((Book, "g-1"), "V015"), (([], {}), "V015"), (("goal", {}), "X002"), (("gaol", "g-1"), "V012"),
         (("", "g-1"), "V012"), (None, "V015"), (7, "V015"), (["goal", "g-1"], "V015")],
    )  # fmt: skip
    def test_what_is_no_key(self, key: Any, code: str):
        """Is told what it is not, whatever is asked."""
        book = book_of(draft_goal())
        assert codes(book.would(key, "sign", **ME)) == codes(refused(lambda: book.remove(key))) == [code]
        if code == "X002":
            assert book.get(key) is None
            assert key not in book
        else:
            assert codes(refused(lambda: book.get(key))) == [code]

    def test_a_slip_in_the_word_of_a_kind(self):
        """Is told the nearest that is one; where none is like it, all."""
        with pytest.raises(Rejected, match="'gaol' is no kind of record; did you mean goal"):
            _ = ("gaol", "g-1") in book_of()
        with pytest.raises(Rejected, match="'xyz' is no kind of record; known: organisation, person"):
            book_of().at("xyz", "g-1")
        assert not any(stranger in book_of() for stranger in (None, 7, [], Goal))


class TestNew:
    """`book.new(kind, act, id, ...)`: a record begins in the book."""

    def test_a_record_begins(self):
        """As `kind.new` begins it, and `changed` is it."""
        book = book_of()
        new = book.new(Goal, "begin", "g-1", title="Lead a pilot line", **ME)
        assert new.changed == (Goal.begin("g-1", "Lead a pilot line", **ME),)
        assert (len(book), len(new)) == (5, 6)

    def test_an_act_may_take_a_kind(self):
        """The kind of a talk is not the kind of record."""
        new = book_of().new(
            Interview, "plan", "i-1", coachee=ANNA, interviewer=OLE, kind="annual", due_on=on(300), **ME
        )
        assert new.get(Interview, "i-1").kind == "annual"

    def test_an_id_that_is_taken(self):
        """X001 within a kind; another kind may have it."""
        book = book_of(draft_goal())
        (found,) = refused(lambda: book.new(Goal, "begin", "g-1", title="Again", **ME))
        assert (found.code, found.record) == ("X001", ("goal", "g-1"))
        assert book.would_new(Goal, "begin", "g-1", title="Again", **ME) == (found,)
        assert book.would_new(Goal, "begin", ANNA, title="Again", **ME) == ()

    def test_what_the_record_or_the_book_refuses(self):
        """A goal for somebody who is not there; a second path; a talk with one who neither manages nor coaches."""
        book = book_of()
        assert codes(book.would_new(Goal, "begin", "g-1", title="", **ME)) == ["G001"]
        assert codes(book.would_new(Goal, "begin", "g-1", title="Sail", by=STRANGER, at=at(1))) == ["X002"]
        assert codes(book.would_new(CareerPath, "begin", "path-2", **ME)) == ["C001"]
        plan = {"coachee": ANNA, "interviewer": EVA, "kind": "check_in", "due_on": on(300)}
        assert codes(book.would_new(Interview, "plan", "i-1", **plan, **ME)) == ["I002"]

    def test_who_may_not_lead_a_talk_learns_of_no_other(self):
        """I002 alone, though the year has its annual talk; who may is told of that one. X002 stands beside it."""
        book = Book([*PEOPLE, planned_talk()])
        plan = {"coachee": ANNA, "kind": "annual", "due_on": on(300)}
        eva = {"by": EVA, "at": at(1)}
        assert codes(book.would_new(Interview, "plan", "i-9", interviewer=EVA, **plan, **eva)) == ["I002"]
        [told] = book.would_new(Interview, "plan", "i-9", interviewer=OLE, **plan, **ME)
        assert (told.code, told.params["id"]) == ("I025", "i-1")
        nobody = book.would_new(Interview, "plan", "i-9", interviewer=STRANGER, **plan, **ME)
        assert codes(nobody) == ["I002", "X002"]

    def test_who_has_left_leads_no_talk(self):
        """From the day after the last one on, though no other manager is noted."""
        ole = someone(OLE).leave(on(10), "the contract ended", by=HR, at=at(0))
        plan = {"coachee": ANNA, "interviewer": OLE, "kind": "check_in", "due_on": on(30), "by": ANNA}
        book = book_of().put(ole)
        assert codes(book.would_new(Interview, "plan", "i-1", **plan, at=at(10))) == []
        assert codes(book.would_new(Interview, "plan", "i-1", **plan, at=at(11))) == ["I002"]

    def test_a_coach_of_next_year_leads_no_talk_today(self):
        """A relationship that was taken over runs from its first day on; so does what it lets the two sign."""
        ahead = coaching_pair("active", coach=EVA, kind="coach", span=Span(on(250)))
        plan = {"coachee": ANNA, "interviewer": EVA, "kind": "check_in", "due_on": on(300), "by": EVA}
        book = book_of(ahead)
        assert codes(book.would_new(Interview, "plan", "i-1", **plan, at=at(249))) == ["I002"]
        assert codes(book.would_new(Interview, "plan", "i-1", **plan, at=at(250))) == []
        goal = evolve(half_signed_goal(), coach=EVA)
        found = {n: codes(book.put(goal).would("g-1", "sign", by=EVA, at=at(n))) for n in (249, 250)}
        assert ("G023" in found[249], "G023" in found[250]) == (True, False)

    def test_what_is_taken_over_is_held_to_the_book_as_well(self):
        """`import` begins a record: in any state, and with everything that it names."""
        given = {"state": "agreed", "owner": ANNA, "title": "Sail", "source": "old HR", "by": HR, "at": at(0)}
        assert book_of().new(Goal, "import", "g-1", coach=OLE, **given).get(Goal, "g-1").state == "agreed"
        assert codes(book_of().would_new(Goal, "import", "g-1", coach=STRANGER, **given)) == ["X002"]

    def test_only_records_begin(self):
        """V012 for another word, V015 for anything else."""
        for kind in ("sail", None, Span, [], Book, Interview.plan, *VALUES.values()):
            code = "V012" if isinstance(kind, str) else "V015"
            assert codes(book_of().would_new(kind, "begin", "x-1", title="Sail", **ME)) == [code]

    def test_an_act_that_begins_nothing(self):
        """V010, with those that do."""
        assert codes(book_of().would_new(Goal, "sign", "g-1", **ME)) == ["V010"]


class TestPaths:
    """What follows from agreeing on a path, and from revising one."""

    def test_revising_gives_two_records(self):
        """The old path, agreed still, and the new draft that carries what was to be carried."""
        book = book_of(agreed_path())
        new = book.act("path-1", "revise", new_id="path-2", reason="We moved house", by=ANNA, at=at(100))
        assert [(p.id, p.state) for p in new.changed] == [("path-1", "agreed"), ("path-2", "draft")]
        assert new.get(CareerPath, "path-2").supersedes == "path-1"
        assert new.get(CareerPath, "path-2").dreams == agreed_path().dreams

    def test_revising_into_an_id_that_is_taken_is_refused(self):
        """Nothing is overwritten: neither a path of somebody else, nor the path itself."""
        of_eva = CareerPath.begin("path-2", by=EVA, at=at(0))
        book = book_of(agreed_path(), of_eva)
        revise = {"reason": "We moved house", "by": ANNA, "at": at(100)}
        assert codes(refused(lambda: book.act("path-1", "revise", new_id="path-2", **revise))) == ["X001"]
        assert codes(book.would("path-1", "revise", new_id="path-1", **revise)) == ["C007"]
        assert book.get(CareerPath, "path-2") is of_eva

    def test_a_third_path_is_one_too_many(self):
        """C001 holds for the draft that revising adds."""
        book = book_of(agreed_path()).act("path-1", "revise", new_id="path-2", reason="A house", by=ANNA, at=at(100))
        assert codes(book.would("path-1", "revise", new_id="path-3", reason="Again", by=ANNA, at=at(101))) == ["C001"]

    def test_agreeing_on_the_new_path_supersedes_the_old(self):
        """In one act: there are never two agreed paths."""
        old, new = revised_path()
        shared = agreed_path().revise("path-2", "We moved house", by=ANNA, at=at(100))[1]
        shared = shared.edit(success="Near home", heading="Home", destination="Here", steps=(COURSE,), **signed(100))
        book = book_of(old, shared.share(**signed(101)).sign(**signed(101)))
        done = book.act("path-2", "sign", by=OLE, at=at(102))
        assert [(p.id, p.state) for p in done.changed] == [("path-2", "agreed"), ("path-1", "superseded")]
        assert done.get(CareerPath, "path-1").history[-1].by == ANNA
        assert codes(f for f in done.check(on(102)) if f.severity == "error") == []
        assert new.state == "agreed"

    def test_the_old_path_has_a_say(self):
        """A dream told to the old path after the revision is lost in the new one: C007, and nothing is signed."""
        old, _ = revised_path()
        _, heir = agreed_path().revise("path-2", "We moved house", by=ANNA, at=at(100))
        heir = heir.edit(success="Near home", heading="Home", destination="Here", steps=(COURSE,), **signed(100))
        book = book_of(old.dream("d-9", "Sail", **signed(101)), heir.share(**signed(101)).sign(**signed(101)))
        (found,) = refused(lambda: book.act("path-2", "sign", by=OLE, at=at(102)))
        assert (found.code, found.record) == ("C007", ("path", "path-1"))
        assert book.get(CareerPath, "path-2").signatures == heir.share(**signed(101)).sign(**signed(101)).signatures

    def test_the_first_signature_and_a_path_that_supersedes_nothing(self):
        """Change one record only."""
        book = book_of(draft_path().share(OLE, **signed(1)))
        book = book.act("path-1", "sign", **signed(2))
        assert [p.state for p in book.changed] == ["shared"]
        assert [p.state for p in book.act("path-1", "sign", by=OLE, at=at(2)).changed] == ["agreed"]

    def test_an_old_path_that_was_put_away_stays_so(self):
        """Only an agreed one is superseded."""
        old, _ = revised_path()
        _, heir = agreed_path().revise("path-2", "We moved house", by=ANNA, at=at(100))
        heir = heir.edit(success="Near home", heading="Home", destination="Here", steps=(COURSE,), **signed(100))
        book = book_of(old.archive("Left", by=HR, at=at(101)), heir.share(**signed(101)).sign(**signed(101)))
        assert [p.id for p in book.act("path-2", "sign", by=OLE, at=at(102)).changed] == ["path-2"]

    def test_superseding_by_a_path_from_elsewhere_is_refused(self):
        """What takes the place of a path stands in the book; then it has done so already."""
        old, new = revised_path()
        (found,) = book_of(old).would("path-1", "supersede", newer=new, **signed(102))
        assert (found.code, found.path, found.record) == ("X002", "newer", ("path", "path-1"))
        both = Book([*PEOPLE, old, new])  # taken over in this state, which `check` reports
        assert both.act("path-1", "supersede", newer=new, **signed(102)).get(CareerPath, "path-1").state == "superseded"


def signed(day):
    """By Anna, on a day."""
    return {"by": ANNA, "at": at(day)}


class TestMoves:
    """What follows from asking for a move, and from completing it."""

    done: ClassVar = {"on": on(60), "placement": "pl-2", "by": ANNA, "at": at(60)}

    def test_completing_changes_the_person(self):
        """One placement ends, the next begins, and both records are to be stored."""
        new = book_of_the_move().act("mv-1", "complete", **self.done)
        assert [(r.type, r.id) for r in new.changed] == [("move", "mv-1"), ("person", ANNA)]
        anna = new.get(Person, ANNA)
        assert [(p.client, p.span.to) for p in anna.placements] == [(VERK, on(59)), (BRUK, None)]
        assert new.manager_of(ANNA, on(60)) == EVA
        assert new.get(InternalMove, "mv-1").state == "done"

    def test_all_or_nothing(self):
        """Without the new placement's id neither changes."""
        book = book_of_the_move()
        left_out = {name: value for name, value in self.done.items() if name != "placement"}
        assert codes(refused(lambda: book.act("mv-1", "complete", **left_out))) == ["V014"]
        assert book == book_of_the_move()

    @pytest.mark.parametrize(
        ("changed", "expected"),
        [
            ({"by": None}, ["V015"]),
            ({"on": None}, ["M007"]),
            ({"colour": "red"}, ["V016"]),
            ({"by": STRANGER}, ["V011"]),
        ],
    )
    def test_what_is_missing_or_too_much_is_said(self, changed, expected):
        """By the act itself, as for any other."""
        found = book_of_the_move().would("mv-1", "complete", **{**self.done, **changed})
        assert set(expected) <= set(codes(found))

    def test_nobody_and_never_are_missing(self):
        """Both said."""
        found = book_of_the_move().would("mv-1", "complete", placement="pl-2")
        assert [(f.code, f.path) for f in found] == [("V014", "at"), ("V014", "by"), ("M007", "on")]

    @pytest.mark.parametrize("move", [wished, asked, lambda: agreed().withdraw(by=ANNA, at=at(59))])
    def test_a_move_that_cannot_be_done_yet_or_any_more_is_told_so(self, move):
        """Not that there is something wrong with the new placement."""
        book = book_of_the_move().put(move())
        assert codes(book.would("mv-1", "complete", **self.done)) == ["V010"]

    def test_a_move_to_a_project_changes_the_move_alone(self):
        """It begins no position and no placement; naming one is too much."""
        book = book_of_the_move(kind="project")
        assert codes(book.would("mv-1", "complete", **self.done)) == ["V016"]
        new = book.act("mv-1", "complete", on=on(60), by=ANNA, at=at(60))
        assert [r.id for r in new.changed] == ["mv-1"]
        assert new.get(Person, ANNA) == employed()

    def test_a_move_whose_mover_or_opportunity_was_removed_is_done_alone(self):
        """Nobody is stopped by a record that is gone; `check` says X002."""
        plain = {"on": on(60), "by": ANNA, "at": at(60)}
        book = book_of_the_move()
        for strange in (book.get(Person, ANNA), book.get(Opportunity, "op-1")):
            done = book.remove(strange).act("mv-1", "complete", placement="pl-2", **plain)
            assert [r.id for r in done.changed] == ["mv-1"]
            assert "X002" in codes(done.check(on(60)))
        nowhere = evolve(agreed(), opportunity=None)
        assert [r.id for r in book.put(nowhere).act("mv-1", "complete", **plain).changed] == ["mv-1"]

    def test_asking_is_held_to_the_needs_on_the_path(self):
        """Anna's challenge was told to her coach only: no move is asked for with it. Nobody has to pass it on."""
        wish = wished(needs=("n-1",))
        book = book_of_the_move(wish)
        ask = {"opportunity": "op-1", "releasing_manager": OLE, "client_by": YLVA, "by": ANNA, "at": at(1)}
        assert codes(book.would("mv-1", "ask", **ask)) == ["M003"]
        told = book.act("path-1", "release_need", need="n-1", release=Release.CLIENT, by=ANNA, at=at(1))
        assert told.act("mv-1", "ask", **ask).get(InternalMove, "mv-1").state == "asked"
        assert codes(book.would("mv-1", "ask", needs=(), **ask)) == ["M003"]

    def test_the_voice_of_the_client_may_be_outside(self):
        """In no employment, ever: Ylva says yes for Verk, and no rule takes her for a colleague."""
        ylva = Person.register(YLVA, "Ylva Ås", by=HR, at=at(0))
        book = book_of_the_move(wished(needs=())).put(ylva)
        assert ylva.standing(on(2)) == "outside"
        parties = {"releasing_manager": OLE, "receiving_manager": EVA, "client_by": YLVA}
        book = book.act("mv-1", "ask", opportunity="op-1", **parties, **DAYS, by=ANNA, at=at(1))
        assert YLVA in {turn.person for turn in book.get(InternalMove, "mv-1").awaits()}
        for day, party in enumerate((ANNA, OLE, EVA, YLVA), 2):
            book = book.act("mv-1", "approve", by=party, at=at(day))
        assert book.get(InternalMove, "mv-1").state == "agreed"
        assert {f.code for f in book.check(on(9)) if f.record == ("person", YLVA) or YLVA in f.params.values()} <= {
            "D001"
        }

    def test_needs_that_are_on_no_path_here_are_given(self):
        """Of a mover whose path is kept elsewhere; what is named and known to nobody was not released."""
        ask = {"opportunity": "op-1", "releasing_manager": OLE, "by": ANNA, "at": at(1)}
        book = book_of_the_move(wished(needs=("n-1",)))
        elsewhere = book.remove(*book.all(CareerPath))
        assert codes(elsewhere.would("mv-1", "ask", **ask)) == ["M003"]
        (need,) = [n for n in shared_path().needs if n.id == "n-1"]
        assert codes(elsewhere.would("mv-1", "ask", needs=[need], **ask)) == ["M003"]
        assert elsewhere.would("mv-1", "ask", needs=[evolve(need, release="managers")], **ask) == ()

    def test_a_client_who_comes_later_is_shown_no_more(self):
        """A need released to managers alone is not shown to a client by a change."""
        managers = book_of_the_move(wished(needs=("n-1",))).act(
            "path-1", "release_need", need="n-1", release="managers", by=ANNA, at=at(1)
        )
        asked_of = managers.act("mv-1", "ask", opportunity="op-1", releasing_manager=OLE, by=ANNA, at=at(1))
        change = {"client_by": YLVA, "by": OLE, "at": at(2)}
        assert [(f.code, f.path) for f in asked_of.would("mv-1", "change", **change)] == [("M003", "needs[0]")]
        told = asked_of.act("path-1", "release_need", need="n-1", release="client", by=ANNA, at=at(2))
        assert told.would("mv-1", "change", **change) == ()
        assert asked_of.would("mv-1", "change", start_on=on(90), by=OLE, at=at(2)) == ()

    def test_the_agreed_path_says_how_far_a_need_is_released(self):
        """Not the draft that is to take its place, and not one that was put away."""
        agreed_now = agreed_path().release_need("n-1", "client", **signed(3))
        old, draft = agreed_now.revise("path-2", "A house", **signed(4))
        draft = draft.release_need("n-1", "owner_only", **signed(5))
        ask = {"opportunity": "op-1", "releasing_manager": OLE, "client_by": YLVA, "by": ANNA, "at": at(6)}
        book = book_of_the_move(wished(needs=("n-1",))).put(old, draft)
        assert book.would("mv-1", "ask", **ask) == ()
        away = book.put(old.archive("Left", by=HR, at=at(5)))
        assert codes(away.would("mv-1", "ask", **ask)) == ["M003"]

    def test_an_opportunity_that_is_gone(self):
        """M013: reserved for Eva, it is not Anna's to ask for."""
        book = book_of_the_move(wished(needs=())).act("op-1", "reserve", person=EVA, by=HR, at=at(1))
        ask = {"opportunity": "op-1", "releasing_manager": OLE, "by": ANNA, "at": at(1)}
        assert codes(book.would("mv-1", "ask", **ask)) == ["M013"]

    def test_an_opportunity_with_a_place_for_the_mover(self):
        """A free one beside the one that is reserved for Eva, or one that is reserved for Anna, also after the last day."""
        ask = {"opportunity": "op-1", "releasing_manager": OLE, "by": ANNA}
        hr = {"by": HR, "at": at(1)}
        book = (
            book_of_the_move(wished(needs=()))
            .act("op-1", "edit", places=2, **hr)
            .act("op-1", "reserve", person=EVA, **hr)
        )
        assert book.would("mv-1", "ask", **ask, at=at(1)) == ()
        assert codes(book.would("mv-1", "ask", **ask, at=at(31))) == ["M013"]
        book = book.act("op-1", "reserve", person=ANNA, **hr)
        assert book.would("mv-1", "ask", **ask, at=at(31)) == ()
        taken = book.act("op-1", "unreserve", person=ANNA, **hr).act("op-1", "fill", person=PER, **hr)
        assert codes(taken.would("mv-1", "ask", **ask, at=at(1))) == ["M013"]


def left(id):
    """Somebody who has left, and of whom nothing is known but the name and the days."""
    return someone(id).leave(on(0), "the contract ended", by=HR, at=at(0))


class TestErasure:
    """Nothing that an act does leaves words of somebody who is erased."""

    def test_erasing_one_who_left_words_elsewhere_is_refused(self):
        """`erase(book, person, ...)` is the way; the act alone is for somebody who wrote nothing."""
        erasing = {"reason": "two years have passed", "by": HR, "at": at(800)}
        written = Book([gone(), *PEOPLE[1:], draft_goal(serves=())])
        found = refused(lambda: written.act(ANNA, "erase", **erasing))
        assert set(codes(found)) == {"D005"}
        assert {f.record for f in found} == {("goal", "g-1"), ("person", ANNA)}
        silent = Book([left(ANNA), *PEOPLE[1:]])
        assert silent.act(ANNA, "erase", **erasing).get(Person, ANNA).state == "erased"

    def test_one_who_is_erased_writes_nothing_more(self):
        """D005, for a goal of hers; others go on, and with records about her, too."""
        book, _ = erase(Book([gone(), *PEOPLE[1:], draft_goal(serves=())]), ANNA, on(800), by=HR, at=at(800))
        late = {"by": ANNA, "at": at(801)}
        assert set(codes(book.would_new(Goal, "begin", "g-2", title="Sail", **late))) == {"D005"}
        assert book.would_new(Goal, "begin", "g-2", title="Sail", by=EVA, at=at(801)) == ()
        assert book.would("g-1", "suggest_option", id="o-1", text="Sail", by=OLE, at=at(801)) == ()

    def test_words_left_of_another_do_not_stand_in_the_way(self):
        """`check` reports them; they are not of this act."""
        of_eva = left(EVA).erase("Asked for it", by=HR, at=at(1))
        book = Book([left(ANNA), *PEOPLE[1:2], of_eva, someone(PER), Goal.begin("g-2", "Sail", by=EVA, at=at(0))])
        assert "D005" in codes(book.check(on(2)))
        assert book.would(ANNA, "erase", reason="two years have passed", by=HR, at=at(800)) == ()


class TestNasty:
    """Whatever is sent: it is done, or refused with the one error."""

    ACTS: ClassVar = [
        (half_signed_goal(), "sign", {"by": OLE, "at": at(3), "stance": "agrees", "note": "Yes"}),
        (agreed(), "complete", {"on": on(60), "placement": "pl-2", "position": None, "reason": "x", **signed(60)}),
        (wished(), "ask", {"opportunity": "op-1", "releasing_manager": OLE, "needs": (), **signed(1)}),
        (agreed_path(), "revise", {"new_id": "path-2", "reason": "A house", **signed(100)}),
        (agreed_path(), "supersede", {"newer": agreed_path(), **signed(100)}),
        (half_signed(), "sign", {"by": ANNA, "at": at(2)}),
        (gone(), "erase", {"reason": "x", "by": HR, "at": at(800)}),
        (feedback_given(), "acknowledge", {"response": "Thanks", **signed(3)}),
    ]

    @pytest.mark.parametrize("name", VALUES)
    @pytest.mark.parametrize(("record", "act", "given"), ACTS, ids=[f"{r.type}-{act}" for r, act, _ in ACTS])
    def test_any_argument_of_an_act(self, record, act, given, name):
        """Each replaced by a nasty value, the id and the name of the act too; refused, the very same book stays."""
        value = VALUES[name]
        book = book_of_the_move().put(record)
        for argument in (*given, "policy", "colour"):
            self.done_or_refused(book, lambda: book.act(record.id, act, **{**given, argument: value}))  # noqa: B023
        for id in (value, (value, value), (record.type, value), (value, record.id)):
            self.done_or_refused(book, lambda: book.act(id, act, **given))  # noqa: B023
        self.done_or_refused(book, lambda: book.act(record.id, value, **given))

    @pytest.mark.parametrize("name", VALUES)
    def test_any_argument_of_a_beginning(self, name):
        """The kind and the id among them."""
        value, book = VALUES[name], book_of()
        given = {"title": "Sail", "coach": OLE, **ME}
        for argument in (*given, "policy", "colour"):
            self.done_or_refused(book, lambda: book.new(Goal, "begin", "g-1", **{**given, argument: value}))  # noqa: B023
        self.done_or_refused(book, lambda: book.new(value, "begin", "g-1", **given))
        self.done_or_refused(book, lambda: book.new(Goal, value, "g-1", **given))
        self.done_or_refused(book, lambda: book.new(Goal, "begin", value, **given))

    @staticmethod
    def done_or_refused(book, do):
        """Done, and all that changed is in the new book; or refused, and this book is as it was."""
        before = tuple(book)
        try:
            new = do()
        except Rejected as refusal:
            assert refusal.findings
            assert str(refusal)
            assert refusal.as_dicts()
        else:
            assert new.changed
            assert all(record in new for record in new.changed)
        assert all(now is then for now, then in zip(book, before, strict=True))


def test_other_records_go_on_in_the_new_book():
    """Index and all: what did not change is shared."""
    book = managed([(ANNA, OLE), (OLE, None)]).put(held_talk(), feedback_given())
    new = book.new(CoachingRelationship, "propose", "r-1", coach=OLE, coachee=ANNA, kind="peer", purpose="x", **ME)
    assert list(new.naming(CoachingRelationship, "coach", OLE)) == [new.changed[0]]
    assert new.get(Interview, "i-1") is book.get(Interview, "i-1")
    assert list(new.naming(Feedback, "giver", OLE)) == list(book.naming(Feedback, "giver", OLE))
    assert new.next_due(ANNA, date.max) == book.next_due(ANNA, date.max) > date(2026, 3, 2)


def test_each_book_answers_for_itself():
    """The old one does not know the talk that the new one has."""
    old = Book(PEOPLE)
    new = old.put(draft_goal(serves=()), held_talk())
    assert [book.covered(ANNA, on(31)).last_held for book in (old, new)] == [None, on(30)]
