"""What is particular to paths: parts with a life of their own, steps on the way, and one path after another."""

from datetime import date

import pytest
from attrs import evolve

from coaching import Await, Policy, verify
from coaching.kernel.values import Location, Ref, Span
from coaching.records.needs import NEED, Need
from coaching.records.paths import DREAM, ROLE_MODEL, STEP, CareerPath, Dream, RoleModel, Step
from stage import ANNA, EVA, OLE, STRANGER, at, codes, on, refused
from stage.paths import COURSE, PILOT, agreed_path, bare_path, draft_path, imported_path, revised_path, shared_path


class TestWhatIsTheOwnersAtAnyTime:
    """Dreams, needs and role models are the owner's to change, and never change the revision."""

    @pytest.mark.parametrize("path", [draft_path(), shared_path().sign(by=ANNA, at=at(2)), agreed_path()])
    def test_no_act_on_them_touches_what_was_signed(self, path):
        """After every one of them the revision, the signatures and the state are what they were."""
        after = path.dream("d-2", "Sail to the Azores", by=ANNA, at=at(3)).withdraw_dream("d-1", by=ANNA, at=at(3))
        after = after.say_need("n-2", "balance", "Fridays off", by=ANNA, at=at(3))
        after = after.release_need("n-1", "client", by=ANNA, at=at(3)).meet_need("n-1", "The line", by=ANNA, at=at(3))
        after = after.withdraw_need("n-2", by=ANNA, at=at(3)).name_role_model("m-2", name="Ada", by=ANNA, at=at(3))
        after = after.meet_role_model("m-1", "Twenty years of nights", by=ANNA, at=at(3))
        assert (after.state, after.revision, after.signatures) == (path.state, path.revision, path.signatures)
        assert verify(after) == ()

    def test_a_dream_is_withdrawn_once_and_stays_with_its_day(self):
        """A withdrawn dream is not alive, is not lost, and cannot be withdrawn again."""
        path = draft_path().withdraw_dream("d-1", by=ANNA, at=at(5))
        assert path.dreams == (Dream("d-1", "Build a line that nobody has built before", on(0), on(5)),)
        assert (path.dreams[0].state, path.dreams_alive()) == ("withdrawn", ())
        again = path.would("withdraw_dream", dream="d-1", by=ANNA, at=at(6))
        assert [(f.code, f.path) for f in again] == [("V010", "dreams[0].state")]
        assert again[0].message == "no withdraw_dream, the dream is withdrawn; open now: none"

    def test_a_need_is_said_with_all_that_opportunities_are_compared_by(self):
        """Kind, place, level and release are kept as given; the day is the day of the act."""
        town = Location("Gothenburg", "SE")
        path = bare_path().say_need(
            "n-1", "location", "Near my parents", "must", location=town, level=3, release="managers", by=ANNA, at=at(4)
        )
        assert path.needs == (Need("n-1", "location", "Near my parents", on(4), "must", town, 3, "managers"),)

    def test_a_release_is_widened_and_narrowed_by_the_owner_whatever_became_of_the_need(self):
        """Privacy does not end when a need is met."""
        path = agreed_path().meet_need("n-1", "The pilot line", by=ANNA, at=at(3))
        wide = path.release_need("n-1", "client", by=ANNA, at=at(4))
        narrow = wide.release_need("n-1", "owner_only", by=ANNA, at=at(5))
        assert [p.needs[0].release for p in (path, wide, narrow)] == ["coach", "client", "owner_only"]
        assert codes(path.would("release_need", need="n-1", release="all", by=ANNA, at=at(4))) == ["V012"]

    def test_a_met_need_is_no_longer_open(self):
        """It names what met it, in words or by reference, and is neither met nor withdrawn again."""
        path = agreed_path().meet_need("n-1", "The move", met_ref=Ref("move", "mv-1"), by=ANNA, at=at(3))
        assert path.open_needs() == ()
        assert (path.needs[0].met_by, path.needs[0].met_ref) == ("The move", Ref("move", "mv-1"))
        assert codes(path.would("withdraw_need", need="n-1", by=ANNA, at=at(4))) == ["V010"]

    def test_a_need_that_is_not_met_names_nothing_that_met_it(self):
        """The other half of N003."""
        assert codes(refused(lambda: Need("n-1", "meaning", "To matter", on(0), met_by="The move"))) == ["N003"]

    def test_a_role_model_is_met_on_the_day_of_the_act_or_another(self):
        """Without a day given, the day of the act counts."""
        today = draft_path().meet_role_model("m-1", "From welding", by=ANNA, at=at(9))
        earlier = draft_path().meet_role_model("m-1", "From welding", on=on(7), by=ANNA, at=at(9))
        assert [p.role_models[0].met_on for p in (today, earlier)] == [on(9), on(7)]
        assert today.role_models[0].state == "met"

    def test_meeting_a_role_model_asks_for_the_journey(self):
        """A missing journey and a role model met before are both said at once."""
        met = draft_path().meet_role_model("m-1", "From welding", by=ANNA, at=at(9))
        found = met.would("meet_role_model", role_model="m-1", journey=None, by=ANNA, at=at(9))
        assert [(f.code, f.path) for f in found] == [("V014", "journey"), ("V010", "role_models[0].state")]

    @pytest.mark.parametrize(
        ("act", "given", "place"),
        [
            ("withdraw_dream", {"dream": "d-7"}, "dream"),
            ("withdraw_need", {"need": "n-7"}, "need"),
            ("meet_role_model", {"role_model": "m-7", "journey": "Long"}, "role_model"),
            ("start_step", {"step": "s-7"}, "step"),
        ],
    )
    def test_a_part_that_is_not_there_is_named(self, act, given, place):
        """V017 says which part was asked for, and which there are."""
        found = agreed_path().would(act, **given, by=ANNA, at=at(9))
        assert [(f.code, f.path) for f in found] == [("V017", place)]
        assert "there are: " in found[0].message

    def test_where_there_are_no_parts_it_says_none(self):
        """An empty list reads as none."""
        assert "none" in bare_path().would("withdraw_dream", dream="d-1", by=ANNA, at=at(1))[0].message

    def test_an_id_is_used_once_among_parts_of_a_kind(self):
        """C004 holds for dreams, needs, role models and steps alike."""
        path = draft_path()
        assert codes(path.would("dream", id="d-1", text="Another", by=ANNA, at=at(1))) == ["C004"]
        assert codes(path.would("say_need", id="n-1", kind="other", text="A", by=ANNA, at=at(1))) == ["C004"]
        assert codes(path.would("name_role_model", id="m-1", name="Ada", by=ANNA, at=at(1))) == ["C004"]
        assert codes(path.would("edit", steps=(COURSE, COURSE), by=ANNA, at=at(1))) == ["C004"]

    def test_a_day_that_is_none_is_refused_once(self):
        """An act without a moment says V015 about `at`, and nothing about the part it would have made."""
        found = draft_path().would("dream", id="d-2", text="Sail", by=ANNA, at="yesterday")
        assert [(f.code, f.path) for f in found] == [("V015", "at")]


class TestSigning:
    """Two people agree on success, heading, destination and steps."""

    def test_editing_a_shared_path_voids_the_signature_and_keeps_what_was(self):
        """A draft is edited freely; in a shared path the same is a new revision."""
        draft = draft_path().edit(heading="Sideways", by=ANNA, at=at(1))
        shared = shared_path().sign(by=OLE, at=at(2)).edit(heading="Sideways", by=ANNA, at=at(3))
        assert (draft.revision, shared.revision, shared.signatures, shared.state) == (1, 2, (), "shared")
        assert shared.history[-1].was == {"heading": "Deeper into control systems, at the same client"}

    def test_an_agreed_path_is_not_edited_but_revised(self):
        """The refusal names the act that is open."""
        (found,) = agreed_path().would("edit", heading="Sideways", by=ANNA, at=at(3))
        assert (found.code, found.params["person"], found.params["open"].split(", ")) == (
            "V010", ANNA, [*agreed_path().acts_for(ANNA)],
        )  # fmt: skip
        assert "revise" in found.params["open"]

    def test_only_what_is_signed_can_be_edited(self):
        """Dreams have acts of their own; where a path came from is said at its beginning."""
        assert codes(draft_path().would("edit", dreams=(), from_interview="i-1", by=ANNA, at=at(1))) == ["V016"]
        assert bare_path(from_interview="i-1").from_interview == "i-1"

    def test_all_that_is_missing_is_said_at_once(self):
        """C003 names each part; both signatures are there when the second is given."""
        path = CareerPath.begin("path-1", coach=OLE, by=ANNA, at=at(0)).share(by=ANNA, at=at(1)).sign(by=OLE, at=at(2))
        found = path.would("sign", by=ANNA, at=at(3))
        assert [(f.code, f.path) for f in found] == [
            ("C003", n) for n in ("destination", "heading", "steps", "success")
        ]

    def test_a_path_is_shared_with_the_coach_named_before_or_another(self):
        """Sharing asks for a coach, and takes the one of the beginning when none is given."""
        assert bare_path(coach=OLE).share(by=ANNA, at=at(1)).coach == OLE
        assert bare_path(coach=OLE).share(EVA, by=ANNA, at=at(1)).coach == EVA
        assert [(f.code, f.path) for f in bare_path().would("share", by=ANNA, at=at(1))] == [("V014", "coach")]

    def test_whose_turn_it_is_follows_the_table(self):
        """The owner to share, then both to sign, then nobody."""
        assert draft_path().awaits() == (Await(ANNA, "share"),)
        assert shared_path().awaits() == (Await(ANNA, "sign"), Await(OLE, "sign"))
        assert shared_path().sign(by=ANNA, at=at(2)).awaits() == (Await(OLE, "sign"),)
        assert agreed_path().awaits() == ()

    def test_a_comment_is_kept_in_the_history_and_changes_nothing(self):
        """The coach comments on a shared path, and signatures stand."""
        path = shared_path().sign(by=ANNA, at=at(2)).comment("Why not abroad?", by=OLE, at=at(3))
        assert (path.history[-1].reason, path.revision, len(path.signatures)) == ("Why not abroad?", 1, 1)
        assert codes(path.would("comment", text="Mine", by=ANNA, at=at(3))) == ["V011"]

    @pytest.mark.parametrize(("text", "code"), [(" ", "V002"), (None, "V014")])
    def test_a_comment_says_something(self, text, code):
        """Blank or missing words are refused where they were given."""
        found = shared_path().would("comment", text=text, by=OLE, at=at(3))
        assert [(f.code, f.path) for f in found] == [(code, "text")]

    def test_what_is_signed_of_a_step_does_not_change_with_its_state(self):
        """A signature stands under the plan, whatever becomes of it."""
        reached = evolve(PILOT, state="reached", evidence="It runs", reached_on=on(9))
        assert reached.agreed() == PILOT.agreed()
        assert evolve(PILOT, title="Another").agreed() != PILOT.agreed()


class TestBeforeItIsShared:
    """A draft is its owner's, whoever is named as its coach."""

    def test_the_coach_who_is_named_is_a_stranger_to_it(self):
        """V011 alone: no id, no name, no state. Once it is shared the coach hears what is wrong."""
        for act, given in (("withdraw_need", {"need": "n-9"}), ("edit", {"heading": "Sea"}), ("sign", {})):
            (found,) = draft_path(coach=OLE).would(act, by=OLE, at=at(3), **given)
            assert (found.code, ANNA in found.message, "draft" in found.message) == ("V011", False, False)
        assert codes(shared_path().would("edit", heading="Sea", by=OLE, at=at(9))) == ["C002"]

    def test_was_it_shared(self):
        """By its state, or by its history once it is not any more."""
        assert not draft_path(coach=OLE).was_shared()
        assert shared_path().was_shared()
        assert imported_path("superseded").was_shared()
        assert shared_path().archive("Over", by=ANNA, at=at(9)).was_shared()


class TestOnTheWay:
    """Steps are started, reached or skipped by the owner, and what was signed stands."""

    def test_a_step_is_started_and_reached_with_evidence(self):
        """The signatures hold all the way, and the evidence stands in the history too."""
        path = agreed_path().start_step("s-1", by=ANNA, at=at(30))
        assert path.step("s-1").state == "under_way"
        path = path.reach_step("s-1", "Passed with distinction", on=on(90), by=ANNA, at=at(95))
        step = path.step("s-1")
        assert (step.state, step.evidence, step.reached_on) == ("reached", "Passed with distinction", on(90))
        assert (path.revision, len(path.signatures), verify(path)) == (1, 2, ())
        assert path.history[-1].reason == "Passed with distinction"

    def test_a_planned_step_may_be_reached_without_being_started(self):
        """Opportunities come when they come; the day of the act counts where none is given."""
        assert agreed_path().reach_step("s-2", "It runs", by=ANNA, at=at(9)).step("s-2").reached_on == on(9)

    def test_a_skipped_step_has_a_reason_and_serves_nothing(self):
        """What it served is open again: C013 says so."""
        path = agreed_path().skip_step("s-2", "The client left the country", by=ANNA, at=at(9))
        assert path.history[-1].reason == "The client left the country"
        assert codes(path.findings(on(9))) == ["C013"]
        assert codes(agreed_path().would("skip_step", step="s-2", reason=None, by=ANNA, at=at(9))) == ["V014"]

    @pytest.mark.parametrize("act", ["start_step", "reach_step", "skip_step"])
    def test_a_step_that_is_done_with_is_not_taken_again(self, act):
        """V010 speaks of the step, not of the path."""
        given = {"start_step": {}, "reach_step": {"evidence": "Again"}, "skip_step": {"reason": "No"}}[act]
        path = agreed_path().reach_step("s-1", "Passed", by=ANNA, at=at(9))
        found = path.would(act, step="s-1", **given, by=ANNA, at=at(10))
        assert [(f.code, f.path) for f in found] == [("V010", "steps[0].state")]

    def test_blank_evidence_is_no_evidence(self):
        """The words are refused, and nothing is blamed for what that brought about; where there are none, the gate says so."""
        found = agreed_path().would("reach_step", step="s-1", evidence=" ", by=ANNA, at=at(9))
        assert [(f.code, f.path) for f in found] == [("V002", "evidence")]
        found = agreed_path().would("reach_step", step="s-1", evidence=None, by=ANNA, at=at(9))
        assert [(f.code, f.path) for f in found] == [("C005", "evidence")]

    def test_a_house_may_let_steps_be_reached_without_evidence_and_is_warned(self):
        """C005 is a gate: its severity is the house's, and the path carries the warning."""
        mild = Policy(severities={"C005": "warning"})
        path = agreed_path().reach_step("s-1", by=ANNA, at=at(9), policy=mild)
        assert [(f.code, f.severity, f.path) for f in path.findings(on(9))] == [
            ("C005", "warning", "steps[0].evidence")
        ]

    def test_reached_steps_of_another_system_are_valid_and_do_not_stand_in_the_way(self):
        """They carry C005 as a warning; the steps reached here are asked for their own evidence alone."""
        steps = (evolve(COURSE, state="reached"), PILOT)
        path = imported_path(steps=steps)
        warned = [f.path for f in path.findings(on(1)) if f.code == "C005"]
        assert warned == ["steps[0].evidence", "steps[0].reached_on"]
        assert path.would("reach_step", step="s-2", evidence="It runs", by=ANNA, at=at(9)) == ()
        assert codes(path.would("reach_step", step="s-2", by=ANNA, at=at(9))) == ["C005"]

    def test_a_path_with_a_step_reached_without_evidence_is_not_signed(self):
        """Agreeing asks for the evidence of the steps that were reached before."""
        path = shared_path(steps=(evolve(COURSE, state="reached", reached_on=on(-9)), PILOT)).sign(by=ANNA, at=at(2))
        assert [(f.code, f.path) for f in path.would("sign", by=OLE, at=at(2))] == [("C005", "steps[0].evidence")]

    def test_evidence_without_a_day_is_half_of_what_is_asked(self):
        """C005 names the half that is missing."""
        path = imported_path(steps=(evolve(COURSE, state="reached", evidence="Passed"),))
        assert [f.path for f in path.findings(on(1)) if f.code == "C005"] == ["steps[0].reached_on"]

    def test_an_agreed_path_of_another_system_is_valid_with_what_it_has(self):
        """C003 names what is missing as a warning, signatures included."""
        found = [f for f in imported_path().findings(on(1)) if f.code == "C003"]
        assert [f.path for f in found] == ["destination", "heading", "signatures", "signatures", "steps", "success"]
        assert {f.severity for f in found} == {"warning"}

    def test_steps_of_one_order_go_side_by_side(self):
        """Only a step before another in order has to begin no later; an open time says nothing."""
        late, early = evolve(COURSE, span=Span(on(90))), evolve(PILOT, order=1, span=Span(on(30)))
        assert bare_path(steps=(late, early)).steps == (late, early)
        assert bare_path(steps=(evolve(late, span=None), evolve(early, order=2))).steps
        third = Step("s-3", 2, "other", "Rest", Span(on(60)))
        (found,) = draft_path().would("edit", steps=(third, early, late), by=ANNA, at=at(1))
        assert (found.code, found.path) == ("C004", "steps[0].span")

    def test_a_step_that_is_not_there_is_refused_by_name(self):
        """The question answers with the one error, as acts do."""
        assert codes(refused(lambda: draft_path().step("s-7"))) == ["V017"]


class TestOnePathAfterAnother:
    """A path is revised into a new one, and superseded by it once that is agreed."""

    def test_revising_gives_this_path_and_a_new_draft_that_carries_what_is_the_owners(self):
        """Dreams alive, open needs and role models go along; what was signed is written anew."""
        path = agreed_path().dream("d-2", "Sail", by=ANNA, at=at(3)).withdraw_dream("d-2", by=ANNA, at=at(3))
        path = path.say_need("n-2", "balance", "Fridays off", by=ANNA, at=at(3)).withdraw_need("n-2", by=ANNA, at=at(3))
        old, new = path.revise("path-2", "We moved house", by=ANNA, at=at(100))
        assert (old.state, old.revision, old.signatures) == ("agreed", 1, path.signatures)
        assert (old.history[-1].act, old.history[-1].reason) == ("revise", "We moved house")
        assert (new.id, new.state, new.owner, new.coach, new.supersedes) == ("path-2", "draft", ANNA, OLE, "path-1")
        assert (new.dreams, new.needs, new.role_models) == (path.dreams_alive(), path.open_needs(), path.role_models)
        assert (new.success, new.steps, new.history[0].reason) == (None, (), "We moved house")
        assert verify(old) == verify(new) == ()

    def test_revising_by_name_gives_both_paths_as_well(self):
        """The act named by a string gives what the method gives."""
        given = {"new_id": "path-2", "reason": "We moved house", "by": ANNA, "at": at(100)}
        assert agreed_path().act("revise", **given) == agreed_path().revise(**given)

    def test_a_path_is_not_revised_into_itself(self):
        """C007 speaks where the id was given."""
        found = agreed_path().would("revise", new_id="path-1", reason="New", by=ANNA, at=at(9))
        assert [(f.code, f.path) for f in found] == [("C007", "new_id")]

    def test_everything_wrong_with_revising_is_said_at_once(self):
        """The id, the reason, the one who acts and the time."""
        found = agreed_path().would("revise", new_id=" ", reason=None, by=OLE, at=at(0))
        assert [(f.code, f.path) for f in found] == [
            ("V009", "at"),
            ("V011", "by"),
            ("V001", "new_id"),
            ("V014", "reason"),
        ]

    def test_a_path_is_superseded_by_a_newer_one_that_is_agreed(self):
        """Its signatures and revision stay; only the archive is left."""
        old, new = revised_path()
        gone = old.supersede(new, by=ANNA, at=at(102))
        assert (gone.state, gone.signatures) == ("superseded", old.signatures)
        assert (gone.acts_for(ANNA), gone.awaits()) == (("archive",), ())
        assert gone.findings(on(900)) == ()

    def test_a_newer_path_that_is_not_agreed_takes_nobodys_place(self):
        """C007 says in which state it is."""
        old, new = agreed_path().revise("path-2", "We moved house", by=ANNA, at=at(100))
        found = old.would("supersede", newer=new, by=ANNA, at=at(102))
        assert [(f.code, f.path) for f in found] == [("C007", "newer.state")]

    def test_a_path_of_somebody_else_that_names_another_takes_nobodys_place(self):
        """Each fault is named, and what it does not carry."""
        other = imported_path(owner=EVA)
        found = agreed_path().would("supersede", newer=other, by=ANNA, at=at(102))
        paths = ["newer.dreams", "newer.needs", "newer.owner", "newer.role_models", "newer.supersedes"]
        assert [(f.code, f.path) for f in found] == [("C007", p) for p in paths]

    def test_a_dream_said_meanwhile_is_said_on_the_newer_path_too(self):
        """Nothing that is the owner's is lost on the way."""
        old, new = revised_path()
        old = old.dream("d-2", "Sail to the Azores", by=ANNA, at=at(102))
        (found,) = old.would("supersede", newer=new, by=ANNA, at=at(103))
        assert (found.code, found.path, found.params["id"]) == ("C007", "newer.dreams", "d-2")
        new = new.dream("d-2", "Sail to the Azores", by=ANNA, at=at(102))
        assert old.supersede(new, by=ANNA, at=at(103)).state == "superseded"

    def test_only_a_path_takes_the_place_of_a_path(self):
        """Anything else is refused by type."""
        found = agreed_path().would("supersede", newer="path-2", by=ANNA, at=at(102))
        assert [(f.code, f.path) for f in found] == [("V015", "newer")]

    def test_anyone_archives_once_and_says_why(self):
        """Administration is recorded, not checked."""
        path = draft_path().archive("She left", by=STRANGER, at=at(9))
        assert (path.state, path.history[-1].by, path.history[-1].reason) == ("archived", STRANGER, "She left")
        assert path.acts_for(ANNA) == ()
        assert codes(path.would("archive", reason="Again", by=STRANGER, at=at(9))) == ["V010"]
        assert codes(draft_path().would("archive", reason=None, by=STRANGER, at=at(9))) == ["V014"]


class TestQuestions:
    """What a path can be asked."""

    def test_acts_on_parts_are_open_only_where_there_is_such_a_part(self):
        """No button for what would be refused."""
        assert "withdraw_dream" not in bare_path().acts_for(ANNA)
        assert "withdraw_dream" in draft_path().acts_for(ANNA)
        done = agreed_path(steps=(COURSE,)).reach_step("s-1", "Passed", by=ANNA, at=at(9))
        assert not {"start_step", "reach_step", "skip_step"} & {*done.acts_for(ANNA)}
        assert agreed_path().acts_for(OLE) == ("archive",)

    def test_a_dream_without_a_step_is_named(self):
        """A question to talk about; a withdrawn dream is not asked about."""
        path = draft_path().dream("d-2", "Sail", by=ANNA, at=at(1)).dream("d-3", "Fly", by=ANNA, at=at(1))
        path = path.withdraw_dream("d-3", by=ANNA, at=at(1))
        assert [d.id for d in path.dreams_without_step()] == ["d-2"]

    def test_a_step_serves_the_needs_of_its_own_path_or_of_the_one_before(self):
        """Ids are carried over, so a reference to the path before still counts; one to another path does not."""
        _, newer = revised_path()
        serving = [evolve(COURSE, serves=(Ref("need", "n-1", of),)) for of in ("path-1", "path-2", "path-8")]
        assert [evolve(newer, steps=(s,)).served("need") for s in serving] == [{"n-1"}, {"n-1"}, set()]

    @pytest.mark.parametrize(
        ("said", "asked", "reported"),
        [
            (date(2026, 3, 2), date(2027, 3, 2), False),
            (date(2026, 3, 2), date(2027, 3, 3), True),
            (date(2028, 2, 29), date(2029, 2, 28), False),
            (date(2028, 2, 29), date(2029, 3, 1), True),
            (date.max, date.max, False),
        ],
    )
    def test_a_year_ends_on_the_same_day_or_the_last_of_february(self, said, asked, reported):
        """N005 counts whole months, at the ends of the calendar too."""
        path = imported_path("draft", needs=(Need("n-1", "meaning", "To matter", said),))
        assert ("N005" in codes(path.findings(asked))) is reported

    def test_the_next_step_is_named_when_it_is_far_away(self):
        """C010 tells a far step from none; a step under way is enough."""
        far = draft_path(steps=(evolve(PILOT, span=Span(on(900))),))
        undated = draft_path(steps=(evolve(PILOT, span=None),))
        under_way = draft_path(steps=(evolve(PILOT, span=None, state="under_way"),))
        assert [f.params for f in far.findings(on(1))] == [{"day": on(900)}]
        assert [f.message for f in undated.findings(on(1))] == ["no step is planned for a day"]
        assert under_way.findings(on(1)) == ()

    def test_no_advice_is_given_about_a_path_that_is_put_away(self):
        """Only a path that lives is worth advice."""
        up = (evolve(COURSE, level=3), PILOT)
        needs = (Need("n-2", "meaning", "To matter", on(-900), "must"),)
        assert {"C008", "C009", "C013", "C014", "N005"} <= {
            *codes(imported_path("draft", steps=up, needs=needs).findings(on(1)))
        }
        assert imported_path("archived", steps=up, needs=needs).findings(on(900)) == ()

    def test_parts_read_as_a_person_would_say_them(self):
        """Words first, and days where there are any."""
        path = draft_path()
        assert [str(path.dreams[0]), str(path.needs[0])] == [path.dreams[0].text, "Problems nobody here has solved"]
        assert str(COURSE) == "Evening course in control theory (2026-04-01 to open)"
        assert str(evolve(COURSE, span=None)) == "Evening course in control theory"

    def test_a_role_model_may_be_a_name_or_a_person_or_both(self):
        """At least one of them; the order of the fields reads well."""
        assert RoleModel("m-1", "Ada Lovelace").name == "Ada Lovelace"
        assert RoleModel("m-1", "Eva", EVA, "She asks").person == EVA


class TestTablesOfParts:
    """The little tables, written by hand: what the code says must equal it."""

    @pytest.mark.parametrize(
        ("table", "golden"),
        [
            (DREAM, {("dream", None, "alive"), ("withdraw_dream", "alive", "withdrawn")}),
            (
                NEED,
                {
                    ("say_need", None, "open"),
                    ("meet_need", "open", "met"),
                    ("withdraw_need", "open", "withdrawn"),
                    *(("release_need", state, state) for state in ("open", "met", "withdrawn")),
                },
            ),
            (ROLE_MODEL, {("name_role_model", None, "named"), ("meet_role_model", "named", "met")}),
            (
                STEP,
                {
                    ("edit", None, "planned"),
                    ("start_step", "planned", "under_way"),
                    ("reach_step", "planned", "reached"),
                    ("reach_step", "under_way", "reached"),
                    ("skip_step", "planned", "skipped"),
                    ("skip_step", "under_way", "skipped"),
                },
            ),
        ],
    )
    def test_each_part_lives_as_its_table_says(self, table, golden):
        """Act, from and to; all of it is the owner's."""
        assert {*table.steps()} == golden
        assert {role.name for row in table.rows for role in row.who} == {"owner"}


def test_a_step_that_should_have_begun_years_ago_begins_nothing():
    """C010: planned within a year, before or after, is soon."""
    begun = {days: Step("s-1", 1, "learning", "A course", Span(on(days))) for days in (-800, -300, 300, 800)}
    said = {days: "C010" in codes(draft_path(steps=(step,)).findings(on(0))) for days, step in begun.items()}
    assert said == {-800: True, -300: False, 300: False, 800: True}
