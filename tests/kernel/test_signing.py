"""Signing: one signature a side and revision, under what was signed, and nothing else."""

from typing import Any

import pytest
from attrs import evolve

from coaching import Book, Signature, Stance, verify
from stage import ANNA, EVA, OLE, STRANGER, at, codes, refused
from stage.goals import agreed_goal, draft_goal, half_signed_goal, imported_goal, proposed_goal

BLANK = "0" * 64


class TestSign:
    """Each side signs once."""

    def test_a_signature_says_who_in_which_role_when_and_how(self):
        """And the digest of what was signed."""
        goal = half_signed_goal()
        (own,) = goal.signatures
        assert (own.by, own.role, own.at, own.revision, own.stance) == (
            ANNA,
            "owner",
            at(3),
            goal.revision,
            Stance.AGREES,
        )
        assert own.digest == goal.terms_digest()

    def test_somebody_else_does_not_sign(self):
        """One fault: they may not. Nothing is said of a role that they do not have."""
        for person in (EVA, STRANGER):
            assert codes(proposed_goal().would("sign", by=person, at=at(3))) == ["V011"]
            assert codes(half_signed_goal().would("sign", by=person, at=at(3))) == ["V011"]

    def test_nobody_signs_where_nothing_is_to_be_signed(self):
        """Not before it is proposed, and not again once it is agreed."""
        assert codes(draft_goal().would("sign", by=ANNA, at=at(3))) == ["V010"]
        assert codes(agreed_goal().would("sign", by=ANNA, at=at(3))) == ["V010"]

    def test_one_side_does_not_sign_twice(self):
        """It would count two where one side is missing."""
        (found,) = half_signed_goal().would("sign", by=ANNA, at=at(4))
        assert (found.code, found.path, found.params["role"]) == ("S001", "signatures[1]", "owner")
        assert "sign" not in half_signed_goal().acts_for(ANNA)

    @pytest.mark.parametrize(
        ("stance", "note"), [("agrees", None), ("agrees", "Gladly"), ("seen", None), ("reservation", "If")]
    )
    def test_every_stance_carries_the_record_on(self, stance, note):
        """A reservation needs a note and never blocks."""
        goal = half_signed_goal().sign(stance, note, by=OLE, at=at(3))
        assert (goal.state, goal.signatures[1].stance, goal.signatures[1].note) == ("agreed", stance, note)

    def test_what_is_wrong_with_a_signature_is_said_at_once(self):
        """And the gates that wait for the last one are asked as well."""
        found = half_signed_goal().would("sign", stance="perhaps", note=" ", by=OLE, at=at(200))
        assert [(f.code, f.path) for f in found] == [("V002", "note"), ("V012", "stance"), ("G007", "target_on")]
        assert codes(half_signed_goal().would("sign", stance="reservation", note=" ", by=OLE, at=at(3))) == ["V002"]

    def test_no_moment_is_one_fault(self):
        """Nothing else follows from it."""
        found = half_signed_goal().would("sign", by=OLE, at=None)
        assert [(f.code, f.path) for f in found] == [("V015", "at")]


class TestVoid:
    """What two people signed is fixed."""

    def test_a_change_raises_the_revision_and_voids_the_signatures(self):
        """The earlier ones stand in the history."""
        goal = agreed_goal()
        anew = goal.renegotiate("The client wants two", outcome="Two lines run a week", by=OLE, at=at(9))
        assert (anew.revision, anew.signatures) == (goal.revision + 1, ())
        assert [(e.by, e.revision) for e in anew.history if e.act == "sign"] == [(ANNA, 3), (OLE, 3)]

    def test_a_signature_of_an_earlier_revision_does_not_come_along(self):
        """It does not hold for what was changed."""
        goal = agreed_goal()
        anew = goal.renegotiate("The client wants two", by=OLE, at=at(9))
        found = refused(lambda: evolve(anew, signatures=goal.signatures))
        assert [(f.code, f.path) for f in found] == [
            ("S003", "signatures[0].revision"),
            ("S003", "signatures[1].revision"),
        ]

    def test_a_signature_belongs_to_the_one_who_holds_the_role(self):
        """Neither to another person nor to another role."""
        owner, coach = agreed_goal().signatures
        for signatures in ((evolve(owner, by=EVA), coach), (evolve(owner, role="witness"), coach)):
            found = refused(lambda signatures=signatures: evolve(agreed_goal(), signatures=signatures))
            assert [(f.code, f.path) for f in found] == [("S001", "signatures[0].by")]


class TestVerify:
    """Whether anybody touched what was signed."""

    def test_what_was_not_signed_may_change_under_the_signatures(self):
        """Progress, promises kept, and what the house puts aside."""
        goal = agreed_goal().note_progress("win", "It runs", by=OLE, at=at(4)).fulfil("c-1", "Yes", by=ANNA, at=at(5))
        assert verify(goal) == ()

    @pytest.mark.parametrize(
        "fields", [{"title": "Follow"}, {"why": "For money"}, {"commitments": ()}, {"investments": ()}]
    )
    def test_a_signature_under_something_else_is_found(self, fields):
        """Each side is named."""
        found = verify(imported_goal(**fields))
        assert [(f.code, f.path, f.params["role"]) for f in found] == [
            ("H003", "signatures[0].digest", "owner"),
            ("H003", "signatures[1].digest", "coach"),
        ]

    def test_a_change_by_another_route_is_found_by_seal_and_by_signature(self):
        """Two witnesses."""
        found = verify(evolve(agreed_goal(), title="Follow"))
        assert codes(found) == ["H002", "H003"]

    def test_a_record_that_nobody_signs_is_verified_by_its_seals(self):
        """A person has no signatures."""
        from stage.people import employed

        assert verify(employed()) == ()
        assert codes(verify(evolve(employed(), name="Anna Berg"))) == ["H002"]


class TestAsAValue:
    """A signature that comes from elsewhere."""

    def test_a_reservation_says_something(self):
        """Or it cannot be answered."""
        assert codes(refused(lambda: Signature(ANNA, "owner", at(0), 1, BLANK, "reservation"))) == ["S002"]
        assert Signature(ANNA, "owner", at(0), 1, BLANK, "reservation", "If the client agrees").note is not None

    def test_a_digest_has_its_length(self):
        """It is a SHA-256 in hexadecimal."""
        found = refused(lambda: Signature(ANNA, "owner", at(0), 1, "abc"))
        assert [f.path for f in found] == ["digest"]


class TestKnown:
    """Digests that were kept elsewhere."""

    @pytest.mark.parametrize(
        ("known", "said"),
        [
            (3, ["3 is no mapping of keys to digests"]),
            (None, ["None is no mapping of keys to digests"]),
            ([(("goal", "g-1"), "0" * 64)], ["a list is no mapping of keys to digests"]),
            ({"g-1": "0" * 64}, ["'g-1' is no key of a record: its type and its id"]),
            ({("goal",): "0" * 64}, ["a tuple is no key of a record: its type and its id"]),
            ({("goal", "g-1"): None}, ["None is no digest"]),
            ({3: 4, ("goal", 1): "0"}, ["3 is no key of a record: its type and its id", "4 is no digest",
                                        "a tuple is no key of a record: its type and its id"]),
        ],
    )  # fmt: skip
    def test_what_could_never_be_compared_is_refused(self, known: Any, said: list[str]):
        """V015, at the argument, all of it at once; else a digest that was kept would be passed over."""
        found = refused(lambda: verify(agreed_goal(), known=known))
        assert [(f.code, f.path, f.message) for f in found] == [("V015", "known", it) for it in sorted(said)]


class TestVerifyingMany:
    """A book is verified as a record is."""

    def test_a_finding_says_which_record(self):
        """In a book, in a list, in a stream."""
        touched = evolve(agreed_goal(), id="g-2", title="Another")
        for many in (Book([agreed_goal(), touched]), [touched, agreed_goal()], iter([touched])):
            assert {(f.code, f.record) for f in verify(many)} == {("H002", ("goal", "g-2")), ("H003", ("goal", "g-2"))}

    def test_nothing_is_wrong_with_nothing(self):
        """An empty book holds."""
        assert verify(Book()) == verify([]) == ()

    @pytest.mark.parametrize("value", [None, 7, "g-1", {"id": "g-1"}, [agreed_goal(), "g-2"]])
    def test_what_is_no_record_cannot_be_verified(self, value):
        """And is said to be none."""
        assert codes(refused(lambda: verify(value))) == ["V015"]
