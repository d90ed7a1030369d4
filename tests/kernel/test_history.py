"""History: sealed entries, the rules of a walk, and what a changed record is found out by."""

import os
import subprocess
import sys
from decimal import Decimal

import pytest
from attrs import evolve

from coaching import Goal, verify
from coaching.codec import structure, unstructure
from coaching.kernel.classes import model_of
from coaching.kernel.history import GONE, content_digest, digest_of, erased, erasures
from stage import ANNA, OLE, at, codes, on, refused
from stage.goals import agreed_goal, draft_goal, imported_goal, ready_goal


def changed(goal, index, **fields):
    """The goal, with an entry of its history changed by another route than an act."""
    history = list(goal.history)
    history[index] = evolve(history[index], **fields)
    return evolve(goal, history=tuple(history))


class TestSeals:
    """Whoever changes what was, is found out."""

    def test_every_act_leaves_one_entry_and_every_entry_holds(self):
        """What, to which state, who, when, on which revision."""
        goal = agreed_goal()
        assert [e.act for e in goal.history] == [
            "begin", "suggest_option", "suggest_option", "choose_option", "invest", "propose",
            "promise", "promise", "sign", "sign",
        ]  # fmt: skip
        assert [e.revision for e in goal.history] == [1, 1, 1, 1, 1, 1, 2, 3, 3, 3]
        assert (goal.history[-1].state, goal.history[-1].by, goal.history[-1].at) == ("agreed", OLE, at(3))
        assert verify(goal) == ()

    @pytest.mark.parametrize(
        "fields",
        [
            {"by": OLE},
            {"reason": "Asked for"},
            {"source": "elsewhere"},
            {"was": {"title": "Follow"}},
            {"content": GONE},
        ],
    )
    def test_any_change_of_an_entry_is_found(self, fields):
        """And only that entry is blamed."""
        (found,) = verify(changed(agreed_goal(), 1, **fields))
        assert (found.code, found.path, found.params["n"], found.record) == ("H001", "history[1]", 2, ("goal", "g-1"))

    def test_a_change_that_was_sealed_anew_breaks_the_next_link(self):
        """Every seal covers the one before it."""
        goal = agreed_goal()
        found = verify(changed(goal, 1, digest=goal.history[2].digest))
        assert [(f.code, f.path) for f in found] == [("H001", "history[1]"), ("H001", "history[2]")]

    def test_an_entry_that_was_cut_off_is_missed(self):
        """The record is not what the last one left."""
        goal = ready_goal()
        cut = evolve(goal, history=goal.history[:-1])
        (found,) = verify(cut)
        assert (found.code, found.path) == ("H002", "")
        assert "entry 4 (choose_option)" in found.message

    def test_what_is_aside_is_not_sealed(self):
        """It is the house's own: the day to keep it until, and what a tool has no field for."""
        goal = agreed_goal().keep(on(700)).with_extra({"colour": "red"})
        assert content_digest(goal) == content_digest(agreed_goal())
        assert verify(goal) == ()

    def test_the_digest_is_the_same_on_every_machine_and_in_every_process(self):
        """Nothing in it depends on the order in which a process hashes."""
        program = "from stage.goals import agreed_goal; print(agreed_goal().history[-1].digest)"
        path = os.pathsep.join(sys.path)
        said = {
            subprocess.run(
                [sys.executable, "-c", program],
                check=True,
                capture_output=True,
                text=True,
                env={"PYTHONHASHSEED": seed, "PYTHONPATH": path},
            ).stdout.strip()
            for seed in ("1", "2")
        }
        assert said == {agreed_goal().history[-1].digest}

    def test_equal_content_has_equal_digests(self):
        """Plain values and frozen parts."""
        assert digest_of({"a": 1}) == digest_of({"a": 1}) != digest_of({"a": 2})


def erased_goal(**was):
    """A goal from which administration took words on day 900."""
    goal = agreed_goal()
    was = {"person": ANNA, "texts": 4, "verified": True, **was}
    return erased(goal, goal.history, by="admin", at=at(900), reason="She left two years ago", was=was)


class TestErased:
    """What was erased cannot be verified, and nothing that is left says anything about it."""

    def test_an_erasure_is_said_and_the_record_verifies_from_there_on(self):
        """A warning: whose words, how many, and whether it verified until then."""
        (found,) = verify(erased_goal())
        assert (found.code, found.severity, found.path) == ("H004", "warning", "history[10]")
        assert found.message == f"erased on {on(900)} by admin: 4 texts of {ANNA} are gone; it verified until then"
        (found,) = verify(erased_goal(verified=False))
        assert found.message.endswith("it did not verify before")

    @pytest.mark.parametrize(
        ("number", "n"),
        [(Decimal("3.0"), 3), (Decimal("3E+2"), 300), (3.0, 3), (0, 0), (Decimal("2.5"), "some"), ("4", "some"),
         (None, "some")],
    )  # fmt: skip
    def test_a_count_is_whole_whatever_number_a_document_gave(self, number, n):
        """A store that writes 3 as 3.0 changes nothing; what is no count is not guessed."""
        document = unstructure(erased_goal())
        document["history"][-1]["was"]["texts"] = number
        found = next(f for f in verify(structure(document)) if f.code == "H004")
        assert f"by admin: {n} texts of {ANNA} are gone" in found.message
        assert (found.params["n"], type(found.params["n"])) == (n, type(n))

    def test_nobody_is_named_where_nobody_is_known(self):
        """A document may have lost who it was."""
        document = unstructure(erased_goal())
        del document["history"][-1]["was"]["person"]
        found = next(f for f in verify(structure(document)) if f.code == "H004")
        assert "4 texts of somebody are gone" in found.message

    def test_no_digest_of_what_was_erased_is_left(self):
        """It would let anybody confirm a guess."""
        goal = erased_goal()
        assert {(e.content, e.digest) for e in goal.history[:-1]} == {(GONE, GONE)}
        assert erasures(goal) == (10,)
        assert erasures(agreed_goal()) == ()

    def test_what_is_left_is_sealed(self):
        """The entries before the erasure as they were left, and the record after it."""
        goal = erased_goal()
        history = (evolve(goal.history[0], by=OLE), *goal.history[1:])
        assert codes(verify(model_of(Goal).copy(goal, {"history": history}))) == ["H001", "H004"]
        assert "H002" in codes(verify(model_of(Goal).copy(goal, {"title": "Follow"})))


class TestWalk:
    """A history is a walk through the table that ends in the state and revision of the record."""

    def test_there_is_none_without_a_history(self):
        """Somebody began it."""
        assert [f.message for f in refused(lambda: evolve(draft_goal(), history=()))] == ["there is no history"]

    def test_it_begins_with_an_act_that_begins_a_record(self):
        """The message names the step that is none."""
        (found,) = refused(lambda: evolve(ready_goal(), history=ready_goal().history[1:]))
        assert (found.code, found.path) == ("V013", "history[0]")
        assert found.message == "'suggest_option' does not lead from the start to 'draft'"

    def test_every_step_is_a_step_of_the_table(self):
        """One that is left out is found at the next."""
        history = agreed_goal().history
        (found,) = refused(lambda: evolve(agreed_goal(), history=(*history[:5], *history[6:])))
        assert (found.code, found.path) == ("V013", "history[5]")

    def test_the_revision_grows_as_the_table_says(self):
        """By one where signed content changes, and not otherwise."""
        (found,) = refused(lambda: changed(agreed_goal(), 6, revision=5))
        assert (found.path, found.params) == ("history[6].revision", {"revision": 5, "expected": 2})

    def test_it_ends_where_the_record_stands(self):
        """In state and in revision, each said at its place."""
        found = refused(lambda: evolve(agreed_goal(), state="paused", revision=4, signatures=()))
        assert [(f.code, f.path) for f in found] == [("V013", "revision"), ("V013", "state")]

    def test_it_is_in_time_order(self):
        """Entries of the same moment are."""
        (found,) = refused(lambda: changed(agreed_goal(), 5, at=at(4)))
        assert (found.code, found.path) == ("V008", "history[6].at")

    def test_an_import_begins_in_any_state_at_any_revision(self):
        """By whom and from where is in the entry."""
        goal = imported_goal()
        (entry,) = goal.history
        assert (entry.act, entry.state, entry.revision) == ("import", "agreed", 3)
        assert (entry.by, entry.source) == ("admin", "the old system")
        assert goal.renegotiate("We go on", by=ANNA, at=at(5)).revision == 4

    def test_nothing_is_imported_twice(self):
        """Import begins a record."""
        goal = imported_goal()
        (found,) = refused(lambda: evolve(goal, history=(*goal.history, *goal.history)))
        assert (found.code, found.path) == ("V013", "history[1]")

    def test_an_act_is_not_before_the_last_entry(self):
        """At the same moment it may be."""
        assert codes(agreed_goal().would("drop", reason="Something else", by=ANNA, at=at(2))) == ["V009"]
        assert agreed_goal().would("drop", reason="Something else", by=ANNA, at=at(3)) == ()

    def test_what_a_change_replaced_is_kept_as_text(self):
        """Only what was there and differs now; lists are not kept."""
        goal = agreed_goal(why="To lead")
        same_and_new = {"why": "To lead", "outcome": "Two lines run", "obstacles": ("Time",), "reality": "One runs"}
        goal = goal.renegotiate("The client wants it so", **same_and_new, by=ANNA, at=at(4))
        assert goal.history[-1].was == {"outcome": "The pilot line runs a week without me"}

    def test_a_goal_is_its_history_too(self):
        """Two goals that say the same and came to it differently are two."""
        one = draft_goal().edit(title="Lead", by=ANNA, at=at(1))
        other = Goal.begin("g-1", "Lead", by=ANNA, at=at(0))
        assert one != other
