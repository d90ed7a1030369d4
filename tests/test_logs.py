"""Logs of other systems: how they are read, what is certain where parts are missing, and how it is told."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from coaching import Interview, Policy, Rejected, codec
from coaching.logs import LogLine, check_log, read_log
from coaching.logs.moments import FAR_AHEAD, LONG_AGO, earliest, ends, latest
from stage.goals import agreed_goal

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
PLAN = {"coachee": "anna", "interviewer": "ole", "kind": "check_in", "due_on": "2026-09-30"}
SLOT = {"start": "2026-03-25T09:00:00+01:00", "minutes": 60, "place": "Room 4"}
GOAL = {"title": "Lead a pilot line"}


def at(hours):
    """So many hours after nine."""
    return NINE + timedelta(hours=hours)


def line(act, by=None, hours=None, given=None, **more):
    """A line about the one talk."""
    return LogLine(act, "i-1", by, None if hours is None else at(hours), given, **more)


OPENED = (
    line("plan", "anna", 0, PLAN),
    line("schedule", "ole", 1, {"slot": SLOT}),
    line("start", "ole", 2, {}),
)
ENDING = {"no_change": "All is well"}
HELD = (*OPENED, line("finish", "ole", 3, ENDING))


def found(*lines, **how):
    """Where, and by which code."""
    return [(it.line, it.code) for it in check_log(lines, **how).findings]


def why(*lines):
    """What is counted as not judged."""
    return dict(check_log(lines).not_judged)


def refused_whole(source):
    """What is wrong with a source, in full."""
    with pytest.raises(Rejected) as caught:
        read_log(source)
    return caught.value.findings


def refused(*lines, **how):
    """What is wrong with a file, each with its place."""
    with pytest.raises(Rejected) as caught:
        read_log(lines, **how)
    return [(it.code, it.path, it.message) for it in caught.value.findings]


class TestReading:
    """A file is right, or all that is wrong with it is said."""

    def test_a_file(self, tmp_path: Path):
        """By its path, open, its lines, or as bytes; blank lines count."""
        text = b'\n{"act": "sign", "record_id": "i-1", "by": null, "at": "2026-03-02T09:00:00Z", "refused": true, "codes": ["S001"]}\n'
        path = tmp_path / "log.ndjson"
        path.write_bytes(text)
        (read,) = read_log(path)
        assert read == LogLine("sign", "i-1", at=NINE, refused=True, codes=("S001",), kind="interview", line=2)
        assert read_log(str(path)) == read_log(text) == read_log(text.decode().splitlines()) == (read,)
        with path.open() as lines:
            assert read_log(lines) == (read,)

    def test_a_text_that_is_the_log_itself(self):
        """Is no path: it has lines, begins as an object does, or is empty."""
        one = '{"act": "sign", "record_id": "i-1", "by": "a\u2028b"}'
        texts = {one: [1], f"{one}\n": [1], f"\n{one}" * 3: [2, 3, 4], f"{one}\r\n\r{one}": [1, 3]}
        for text, numbers in texts.items():
            with pytest.raises(Rejected) as caught:
                read_log(text)
            assert [(it.code, it.path) for it in caught.value.findings] == [("V001", f"line {n}: by") for n in numbers]
        assert read_log("") == read_log(" \n") == ()
        with pytest.raises(Rejected, match="a list is no object"):
            read_log('[{"act": "sign"}]')
        with pytest.raises(FileNotFoundError):
            read_log("no such log.ndjson")

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ('{"act": "plan", "act": "sign", "record_id": "i-1"}', "V018 line 1: 'act' stands twice"),
            ('{"act": "say", "record_id": "i-1", "given": {"text": "\\ud800"}}', "V018 line 1: half a character"),
            ('{"act": "say", "record_id": "i-1", "given": {"text": "\\udc00"}}', "V018 line 1: half a character"),
            (
                '{"act": "sign", "record_id": "i-1", "codes": ["V010"]}',
                "V015 line 1: codes: only a line that was refused",
            ),
        ],
    )
    def test_what_could_be_meant_in_two_ways(self, line: str, said: str):
        """Is asked after, and not taken silently."""
        with pytest.raises(Rejected, match=said):
            read_log([line])

    def test_what_would_be_right_is_said_of_a_line(self):
        """And not of a document."""
        with pytest.raises(Rejected) as caught:
            read_log(
                [
                    "{",
                    '{"act": "begin", "record_id": "g-1", "who": "anna", "at": "noon"}',
                    '{"act": "book", "record_id": "i-1", "given": {"by": "anna"}, "held": {"stat": "open"}}',
                    '{"act": [], "record_id": "i-1"}',
                ]
            )
        told = [(it.code, it.message.partition("; ")[2], it.mend) for it in caught.value.findings]
        assert told == [
            ("V018", "", "write one JSON object on each line, in UTF-8"),
            (
                "V016", "did you mean by?",
                "the keys of a line are: act, record_id, by, at, given, held, refused, codes, kind",
            ),
            ("V003", "", "write it as 2026-03-02T12:00:00+01:00, or the day alone"),
            ("V012", "a goal or a path does: kind='goal'", "use the name of an act of this kind of record"),
            ("V012", "", "use the name of an act of this kind of record"),
            ("V016", "did you mean state?", "use the name that the field has in the record"),
            ("V016", "", "put it beside given, as a key of the line"),
            ("V012", "", "use the name of an act of this kind of record"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("said", "day"), [("2026-03-02", True), ("2026-03-02T09:00:00", True), ("2026-03-02T09:00:00+00:00", False)]
    )
    def test_a_time_without_its_offset_tells_the_day(self, said, day):
        """A guess at the offset would be one."""
        (read,) = read_log([json.dumps({"act": "sign", "record_id": "i-1", "at": said})])
        assert read.at == (date(2026, 3, 2) if day else NINE)

    def test_everything_at_once(self):
        """With its line, and what is likely meant."""
        assert refused(
            "{", "[]", '{"act": "sing", "record_id": " "}', "{}",
            '{"act": "sign", "record_id": "i-1", "at": "noon", "hold": 1, "refused": "yes", "codes": "S001"}',
            '{"act": "sign", "record_id": "i-1", "at": 5, "given": [], "held": {"stat": "open"}, "kind": "interwiew"}',
            '{"act": "sign", "record_id": "i-1", "given": {"by": "anna"}, "held": {"stat": "open", "xyz": 1}}',
            '{"act": 5, "record_id": "i-1", "kind": 5}',
        ) == [
            ("V018", "line 1", "not JSON: Input data was truncated"),
            ("V018", "line 2", "a list is no object"),
            ("V001", "line 3: record_id", "' ' has a space at its ends, or a control or invisible character"),
            ("V012", "line 3: act", "no interview knows 'sing'; did you mean sign?"),
            ("V014", "line 4: act", "a line of a log says its act"),
            ("V014", "line 4: record_id", "a line of a log says its record_id"),
            ("V016", "line 5: hold", "a line of a log has no hold; did you mean held?"),
            ("V003", "line 5: at", "'noon' is no moment and no day"),
            ("V015", "line 5: refused", "'yes' is no true or false"),
            ("V015", "line 5: codes", "'S001' is no list of codes"),
            ("V003", "line 6: at", "5 is no moment and no day"),
            ("V015", "line 6: given", "a list is no object of names and values"),
            ("V012", "line 6: kind", "'interwiew' is no kind of record; did you mean interview?"),
            ("V016", "line 7: held.stat", "no interview has 'stat'; did you mean state?"),
            ("V016", "line 7: held.xyz", "no interview has 'xyz'"),
            ("V016", "line 7: given.by", "by stands beside what was given, and not in it"),
            ("V012", "line 8: kind", "5 is no kind of record"),
        ]  # fmt: skip

    def test_the_kind_of_all_lines(self):
        """A line may say another."""
        assert refused('{"act": "plan", "record_id": "g-1"}', kind="goal")[0][2].startswith("no goal knows 'plan'")
        assert read_log([b'{"act": "plan", "record_id": "g-1", "kind": "interview"}'], kind="goal")

    def test_what_has_no_lines(self):
        """A number, say."""
        with pytest.raises(Rejected, match="5 has no lines"):
            read_log(5)

    @pytest.mark.parametrize("source", ["a\0b", {"act": "sign"}, 5])
    def test_what_is_no_source(self, source):
        """A mapping is no list of lines, and a path has no NUL."""
        (told,) = refused_whole(source)
        assert (told.code, told.path) == ("V015", "source")

    def test_the_id_of_what_begins(self):
        """It is that of the record; a promise has an id of its own."""
        begun = {"act": "plan", "record_id": "i-1", "given": {**PLAN, "id": "i-1"}}
        (told,) = refused_whole([json.dumps(begun)])
        assert (told.code, told.path, told.mend) == ("V016", "line 1: given.id", "it is the record_id of the line")
        promised = {"act": "promise", "record_id": "i-1", "given": {"id": "c-1"}}
        assert read_log([json.dumps(promised)])[0].given == {"id": "c-1"}

    def test_the_kinds_are_named_where_none_is_meant(self):
        """As what would be right."""
        (told,) = refused_whole([json.dumps({"act": "sign", "record_id": "i-1", "kind": "sheep"})])
        assert told.mend.startswith("the kinds are: organisation, person")

    def test_lines_made_by_hand(self):
        """Are looked at in the same way."""
        with pytest.raises(Rejected) as caught:
            check_log(
                [
                    LogLine("sing", "i-1"),
                    "sign",
                    line("sign", "anna", kind="gaol"),
                    LogLine("sign", "i", at=NINE.replace(tzinfo=None)),
                ]
            )
        assert [(it.code, it.path) for it in caught.value.findings] == [
            ("V012", "line 1: act"), ("V015", "line 2"), ("V012", "line 3: kind"), ("V003", "line 4: at"),
        ]  # fmt: skip
        assert LogLine("sign", "i-1", at="2026-03-02T09:00:00Z") == LogLine("sign", "i-1", at=NINE)
        assert LogLine("sign", "i-1", at="2026-03-02T09:00") == LogLine("sign", "i-1", at=date(2026, 3, 2))
        with pytest.raises(Rejected, match="V003 line 1: at: 'noon' is no moment and no day"):
            check_log([LogLine("sign", "i-1", at="noon")])

    def test_what_holds_no_lines(self, tmp_path: Path):
        """Is one fault, and not one for each letter."""
        path = tmp_path / "log.ndjson"
        path.write_text("{}")
        with path.open() as opened:
            for wrong in (5, "log.ndjson", b"{}", path, {"act": "sign"}, LogLine("sign", "i-1"), opened):
                with pytest.raises(Rejected, match="holds no lines of a log") as caught:
                    check_log(wrong)
                assert [(it.code, it.path) for it in caught.value.findings] == [("V015", "steps")]
        with pytest.raises(Rejected, match=r"give a list of LogLine, or of a file read_log\('log.ndjson'\)"):
            check_log("log.ndjson")
        with pytest.raises(Rejected, match="5 is no policy"):
            check_log([], policy=5)


class TestByTheModel:
    """Where nothing is missing, every rule of the record is asked."""

    def test_an_unanswered_concern(self):
        """And the line after it is judged by itself."""
        asked = line("say", "anna", 2, {"kind": "concern", "text": "We move house"})
        lines = (*OPENED, asked, line("finish", "ole", 3, ENDING), line("sign", "anna", 4, {"stance": "agrees"}))
        assert found(*lines, line("sign", "ole", 5, {"stance": "agrees"})) == [(5, "I009")]
        assert check_log(lines).judged == len(lines)

    def test_out_of_time_order(self):
        """Said, and judged as if it had been in time; clocks may differ a little."""
        sign = {"stance": "agrees"}
        assert found(*HELD, line("sign", "anna", 1, sign), line("sign", "anna", 5, sign)) == [(5, "V009"), (6, "S001")]
        assert found(*HELD, LogLine("sign", "i-1", "anna", at(3) - timedelta(seconds=5), sign)) == []
        late = line("finish", "ole", 1)
        assert found(*OPENED, line("finish", "ole", 1, {})) == [(4, "V009"), (4, "I011")]
        assert found(*OPENED, late) == [(4, "V009")]

    def test_the_policy_of_the_house(self):
        """It asks what it asks."""
        lines = (*OPENED, line("finish", "ole", 3, {}))
        assert found(*lines) == [(4, "I011")]
        assert found(*lines, policy=Policy(severities={"I011": "off"})) == []

    def test_after_a_rule_that_is_no_gate_the_table_is_asked(self):
        """What came of it is not known, but the state that it led to."""
        lines = (*HELD, line("sign", "eva", 4, {"stance": "agrees"}), line("start", "ole", 5, {}))
        assert found(*lines) == [(5, "V011"), (6, "V010")]
        (fault,) = check_log(lines[:5]).findings
        assert fault.message == "eva may not sign; only those who take part may: coachee anna, interviewer ole"
        assert found(*lines[:5], line("plan", "anna", 6, PLAN)) == [(5, "V011"), (6, "X001")]
        assert found(line("plan", "eva", 0, PLAN), line("sign", "ole", 1)) == [(1, "V011"), (2, "V010")]

    def test_several_records(self):
        """Each by itself, in whatever order."""
        goal = LogLine("begin", "g-1", "anna", at(0), GOAL, kind="goal")
        ask = LogLine("propose", "g-1", "ole", at(1), {}, kind="goal")
        assert found(OPENED[0], goal, OPENED[1], ask)[0] == (4, "V011")

    def test_a_path_that_takes_the_place_of_another(self):
        """It is given as its whole document, or by its id where its own lines are in the log."""

        def path(id, act, by, hours, given):
            return LogLine(act, id, by, at(hours), given, kind="path")

        agreed = (
            path("p-1", "begin", "anna", 0, {"coach": "ole", "destination": "Run a site"}),
            path("p-1", "share", "anna", 1, {}),
            path("p-1", "sign", "anna", 2, {"stance": "agrees"}),
            path("p-1", "sign", "ole", 3, {"stance": "agrees"}),
        )
        anew = (
            path("p-1", "revise", "anna", 4, {"new_id": "p-2", "reason": "It changed"}),
            path("p-2", "share", "anna", 5, {}),
            path("p-2", "sign", "anna", 6, {"stance": "agrees"}),
        )
        house = Policy(severities={"C003": "off"})
        last = path("p-2", "sign", "ole", 7, {"stance": "agrees"})
        supersede = path("p-1", "supersede", "anna", 8, {"newer": "p-2"})
        done = check_log((*agreed, *anew, last, supersede), policy=house)
        assert (done.findings, done.judged) == ((), 9)
        assert found(*agreed, *anew, supersede, policy=house) == [(8, "C007")]
        for newer in ({"type": "path"}, "p-3", 5):
            unknown = path("p-1", "supersede", "anna", 8, {"newer": newer})
            assert check_log((*agreed, *anew, unknown), policy=house).not_judged == {"what was given is not said": 1}


class TestWhatIsMissing:
    """It is no fault; what is certain all the same is said."""

    def test_who(self):
        """Whoever it was: I008 holds for neither."""
        lines = [OPENED[0], OPENED[1], line("start", None, 2), line("finish", None, 3, {})]
        assert found(*lines) == [(4, "I011")]
        assert why(*lines) == {"who did it is not said": 1}
        assert why(line("plan", None, 0, PLAN)) == {"who did it is not said": 1}

    def test_who_began_what_holds_them(self):
        """A goal is that of whoever begins it."""
        begin = LogLine("begin", "g-1", None, at(0), GOAL, kind="goal")
        after = LogLine("edit", "g-1", "ole", at(1), {"title": "Lead"}, kind="goal")
        assert found(begin, after) == []
        assert why(begin, after) == {"who did it is not said": 2}

    def test_who_noted_what_anybody_may(self):
        """It makes no difference."""
        firm = LogLine(
            "register",
            "o-1",
            None,
            at(0),
            {"name": "Alpine", "kinds": ["employer"]},
            {"name": "Alp"},
            kind="organisation",
        )
        correct = LogLine(
            "correct",
            "o-1",
            None,
            at(1),
            {"name": "Alps"},
            {"history": [{"by": "hr"}, {"by": "hr"}]},
            kind="organisation",
        )
        assert found(firm, correct) == [(1, "held")]

    def test_both_may_have_signed(self):
        """Then the next one may be the other, and not a third time."""
        signs = [line("sign", None, hours, {"stance": "agrees"}, held=None) for hours in (4, 5, 6)]
        assert found(*HELD, *signs) == [(7, "V010")]
        held = line("sign", None, 4, {"stance": "agrees"}, held={"signatures": [{"by": "anna"}]})
        assert found(*HELD, held, line("sign", "anna", 5, {"stance": "agrees"})) == [(6, "S001")]
        assert why(*HELD, signs[0], line("sign", "anna", 5, {"stance": "agrees"})) == {
            "who did it is not said": 1, "what lines leave out makes several ways possible, and they differ": 1,
        }  # fmt: skip

    def test_too_many_ways(self):
        """Nothing is followed any more."""
        words = [line("say", None, 2, {"kind": "note", "text": "So"}) for _ in range(5)]
        assert why(*OPENED, *words, line("finish", "ole", 3, {})) == {
            "who did it is not said": 5, "what lines leave out makes several ways possible, and they differ": 1,
        }  # fmt: skip

    def test_when(self):
        """Some moment between those beside it, or on a day."""
        lines = [
            OPENED[0],
            OPENED[1],
            line("start", "ole"),
            line("finish", "ole", 3, {}, held={"held_on": "2026-03-02"}),
        ]
        assert found(*lines) == [(4, "I011")]
        assert why(*lines) == {"when it was is not said": 1}
        day = LogLine("start", "i-1", "ole", date(2026, 3, 2), {})
        assert why(OPENED[0], OPENED[1], day) == {"only the day is said": 1}
        before = LogLine("start", "i-1", "ole", date(2026, 3, 1) - timedelta(days=1), {})
        assert found(OPENED[0], OPENED[1], before) == [(3, "V009")]

    def test_a_moment_that_cannot_have_been_the_last(self):
        """Then it was somewhere between, and what is refused at the first moment may be right later."""
        goal = agreed_goal()
        last = goal.history[-1]
        due = (last.at + timedelta(days=3)).date()
        lines = (
            LogLine(last.act, "g-1", held=codec.unstructure(goal)),
            LogLine("promise", "g-1", goal.owner, None, {"id": "c-9", "text": "Ask Eva", "due": str(due)}),
            LogLine("miss", "g-1", goal.owner, None, {"result": "None", "learned": "Much"}),
        )
        assert check_log(lines, kind="goal").findings == ()
        late = evolve(lines[2], at=last.at)
        assert found(lines[0], late, kind="goal") == [(2, "G012")]

    def test_what_was_given(self):
        """The table, who may and time are asked; what needs no arguments is whole without them."""
        assert why(*OPENED[:2], line("start", "ole", 2)) == {}
        lines = [
            OPENED[0],
            line("schedule", "ole", 1),
            line("start", "eva", 2),
            line("sign", "ole", 3),
            line("amend", "ole", 0),
        ]
        assert found(*lines) == [(3, "V011"), (4, "V010"), (5, "V009")]
        assert why(OPENED[0], line("schedule", "ole", 1), line("start", "anna", 2)) == {
            "what was given is not said": 1, "what was given in an earlier line is not said": 1,
        }  # fmt: skip

    def test_who_signs_twice(self):
        """It does not hang on what was given: whoever signed stands there until there is a new revision."""
        sign, other = line("sign", "anna", 4), line("sign", "ole", 7)
        held = (*OPENED, line("finish", "ole", 3))
        again = evolve(sign, at=at(5))
        assert found(*held, sign, again, other) == [(6, "S001")]
        assert check_log([*held, sign, again]).findings[0].message == "anna has signed already"
        assert found(*held, sign, line("fulfil", "ole", 5, {}), again) == [(7, "S001")]
        assert found(*held, line("sign", None, 4), again, other) == []
        assert found(*held, sign, other, line("reopen", "ole", 8), evolve(sign, at=at(9))) == []
        assert found(*held, sign, line("rename", "hr", 5), again) == []
        assert found(*held, evolve(sign, by="eva"), evolve(again, by="eva")) == [(5, "V011"), (6, "V011")]
        assert found(*HELD, evolve(sign, given={"stance": "agrees"}), again) == [(6, "S001")]
        assert found(*HELD, sign, line("plan", "ole", 5, PLAN), again) == [(6, "X001")]

    def test_who_signed_as_the_record_held_it(self):
        """A line that names signatures says who stands there, and who does not."""

        def finish(signatures):
            return line("finish", "ole", 3, held={"signatures": signatures})

        sign = line("sign", "anna", 4)
        for signatures in ([{"by": "anna"}], [{}, 5, {"by": 5}, {"by": "anna", "role": "coachee"}]):
            assert (5, "S001") in found(*OPENED, finish(signatures), sign)
        for signatures in ([], None, 5, [{"by": "ole"}]):
            assert (5, "S001") not in found(*OPENED, finish(signatures), sign)
        lost = line("sign", "anna", 4, held={"signatures": []})
        assert (6, "S001") not in found(*OPENED, line("finish", "ole", 3), lost, line("sign", "anna", 5))

    def test_whom_it_was_handed_to(self):
        """Then who may is not known, until it is said."""
        handed = line("reassign", "ole", 1)
        assert found(OPENED[0], handed, line("schedule", "eva", 2)) == []
        known = line("reassign", "ole", 1, held={"interviewer": "eva", "coachee": "anna"})
        assert found(OPENED[0], known, line("schedule", "eva", 2), line("start", "ole", 3)) == [(4, "V011")]

    def test_who_may_hangs_on_what_is_not_known(self):
        """Feedback that was asked for may be withdrawn by both."""

        def note(act, by, hours, held=None):
            return LogLine(act, "f-1", by, at(hours), None, held, kind="feedback")

        who = {"giver": "ole", "receiver": "anna", "state": "draft"}
        assert found(note("write", "ole", 0, who), note("withdraw", "anna", 1)) == []
        assert found(note("write", "ole", 0, who), note("give", "anna", 1)) == [(2, "V011")]

    def test_whether_it_begins(self):
        """Feedback is begun and gone on with by one act: what was given tells."""

        def write(given, hours=0):
            return LogLine("write", "f-1", "ole", at(hours), given, kind="feedback")

        begin = {"receiver": "anna", "kind": "feedforward", "about": "the pilot line"}
        assert check_log([write(begin), write({"suggestion": "Try it"}, 1)]).judged == 2
        assert check_log([write({"suggestion": "Try it"})]).not_judged == {"its life began before the log": 1}

    def test_the_beginning(self):
        """What may have been is not judged; what cannot have been is."""
        assert found(line("start", "ole", 0), line("say", "eva", 1), line("schedule", "ole", 2)) == [(3, "V010")]
        assert found(line("import", "hr", 0), line("sign", "ole", 1)) == []
        assert found(line("start", "ole", 0), line("import", "hr", 1)) == [(2, "X001")]

    def test_what_was_taken_over(self):
        """Into any state; from there on every rule is asked."""
        fields = {"coachee": "anna", "interviewer": "ole", "kind": "check_in"}
        taken = line("import", "hr", 0, {"state": "scheduled", "source": "the old system", **fields})
        assert found(taken, line("start", "ole", 1), line("finish", "ole", 2, {})) == [(3, "I011")]

    def test_a_door_that_is_shut_on_purpose(self):
        """Its own rule speaks."""
        assert found(line("reassign", held={"state": "signed"}), line("amend")) == [(1, "held"), (2, "I015")]

    def test_what_a_book_does(self):
        """Erasing and renaming are no acts of the record."""
        erased = line("erase", "hr", 4, held={"state": "held"})
        assert found(*HELD, erased, line("sign", "eva", 5)) == []
        assert list(why(*HELD, erased)) == ["a book erases or renames, and what it changes is not said"]


class TestBounds:
    """Of a moment that is not known: when it can have been at the latest."""

    MISSED = (*OPENED[:2], line("miss", "ole", None, {"absent": "anna", "reason": "Nobody came"}))
    SLOT_BEGINS = datetime(2026, 3, 25, 8, tzinfo=UTC)

    def then(self, *moments, **more):
        """A missed talk, and after it lines at some moments."""
        later = [LogLine("schedule", "i-1", "ole", it, {"slot": SLOT}, **more) for it in moments]
        return [it for it in found(*self.MISSED, *later) if it[0] == len(self.MISSED)]

    def test_it_was_before_the_next_line(self):
        """Which came before the slot began; had it come after, nothing would be certain."""
        assert self.then(self.SLOT_BEGINS - timedelta(hours=1)) == [(3, "I031")]
        assert self.then(self.SLOT_BEGINS + timedelta(hours=1)) == []

    def test_a_line_that_was_refused_bounds_nothing(self):
        """It may have been asked at any time."""
        refusal = LogLine("cancel", "i-1", "eva", at(2), {"reason": "Ill"}, refused=True)
        assert found(*self.MISSED, refusal) == []

    def test_it_was_before_every_later_line(self):
        """The next one says its day alone, and the one after it a moment of that day."""
        assert self.then(date(2026, 3, 25), self.SLOT_BEGINS - timedelta(hours=1)) == [(3, "I031")]

    def test_clocks_of_two_machines_differ_a_little(self):
        """By as much as the policy says."""
        assert self.then(self.SLOT_BEGINS - timedelta(seconds=3)) == []
        assert self.then(self.SLOT_BEGINS - timedelta(seconds=9)) == [(3, "I031")]
        unknown = line("start", "ole", 1, {})
        for seconds, wrong in ((3, []), (9, [(2, "V009")])):
            after = LogLine("say", "i-1", "ole", at(1) - timedelta(seconds=seconds), {"kind": "note", "text": "So"})
            assert found(unknown, after) == wrong

    @pytest.mark.parametrize("moment", [date(9999, 12, 31), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)])
    def test_the_end_of_the_calendar_is_a_moment(self, moment):
        """As a placeholder for one that nobody knows."""
        never = LogLine("say", "i-1", "anna", moment)
        assert found(never, never) == []
        assert found(OPENED[0], line("schedule", "ole", None, {"slot": SLOT}), evolve(never, act="start")) == []


class TestWhatItHeld:
    """What a line says that the record held, beside what it should have held."""

    def test_expected_and_held(self):
        """Only what the line names; once, until it is something else."""
        wrong = line("schedule", "ole", 1, {"slot": SLOT}, held={"slot": {"minutes": 90}, "state": "scheduled"})
        report = check_log([OPENED[0], wrong, line("start", "ole", 2, {}, held={"slot": {"minutes": 90}})])
        (fault,) = report.findings
        assert (fault.line, fault.code, fault.path, fault.message) == (
            2, "held", "slot.minutes", "slot.minutes: expected 60, held 90",
        )  # fmt: skip
        assert fault.as_dict() | {"expected": 60, "held": 90} == fault.as_dict()

    def test_it_goes_on_from_what_was_held(self):
        """A text that was cut is the text from then on."""
        cut = line("plan", "anna", 0, PLAN, held={"interviewer": "per", "due_on": "2026-09-30"})
        assert found(cut, line("schedule", "per", 1, {"slot": SLOT}, held={"interviewer": "per"})) == [(1, "held")]

    @pytest.mark.parametrize("state", [["x"], {"a": 1}, 7])
    def test_a_state_that_is_none(self, state):
        """Whatever stands there."""
        assert {code for _, code in found(line("sign", "anna", 1, held={"state": state}))} == {"held"}

    def test_another_state(self):
        """Is where it stands then."""
        skipped = line("schedule", "ole", 1, {"slot": SLOT}, held={"state": "held", "kind": "check_in"})
        assert found(OPENED[0], skipped, line("sign", "ole", 2), line("start", "ole", 3)) == [(2, "held"), (4, "V010")]
        assert found(line("start", held={"state": "opne"}), line("sign")) == [(1, "held"), (2, "V010")]

    def test_what_it_held_is_judged_without_what_was_given(self):
        """Invariants, and the gates of the act, as far as what is held says all that they ask for; once."""
        asks = [
            {"number": 1, "speaker": "anna", "kind": "concern", "text": "We move", "at": "2026-03-02T11:00:00+00:00"}
        ]
        who = {"coachee": "anna", "interviewer": "ole"}
        held = {**who, "state": "held", "turns": asks}
        finish = line("finish", "ole", 3, held=held)
        assert found(finish, line("sign", "ole", 4, held={**held, "signatures": [{"by": "ole"}]})) == [(1, "I009")]
        assert found(line("finish", held={**held, "turns": [{"kind": "concern"}]})) == []
        assert found(line("finish", held={"turns": asks})) == []
        off = Policy(severities={"I009": "off"})
        assert found(finish, policy=off) == []
        assert found(line("start", held={**who, "interviewer": "anna", "state": "open"})) == [(1, "I001")]

    def test_a_whole_document_makes_the_record_known(self):
        """In the middle of a life; one that was changed by another route does not."""
        talk = Interview.plan("i-1", "anna", "ole", "check_in", date(2026, 9, 30), by="anna", at=NINE)
        document = codec.unstructure(talk)
        known = line("plan", "anna", 0, held=document)
        assert check_log([known, line("schedule", "ole", 1, {"slot": SLOT})]).judged == 1
        changed = line("plan", "anna", 0, held={**document, "interviewer": "per"})
        assert check_log([changed, line("schedule", "per", 1, {"slot": SLOT})]).judged == 0


class TestRefusals:
    """What the system refused, the rules must refuse as well."""

    def test_rightly(self):
        """Nothing changed."""
        no = line("sign", "eva", 4, {"stance": "agrees"}, refused=True, held={"state": "held"})
        assert found(*HELD, no, line("sign", "ole", 5, {"stance": "agrees"})) == []

    def test_wrongly(self):
        """And by the wrong rule."""
        report = check_log([*HELD, line("sign", "ole", 4, {"stance": "agrees"}, refused=True)])
        assert report.codes == ("refused",)
        assert str(report.findings[0]).startswith("line 5: i-1 sign: refused refused, and no rule of the record speaks")
        no = line("finish", "ole", 3, {}, refused=True, codes=("I009",))
        (fault,) = check_log([*OPENED, no]).findings
        assert fault.message.startswith("refused as I009; I011 says ")
        assert found(*OPENED, line("finish", "ole", 3, {}, refused=True, codes=("I011",))) == []
        assert found(*HELD, line("finish", "ole", 3, {}, refused=True, codes=("I009",))) == []

    def test_that_it_was_there_already(self):
        """X001 is no rule of a book alone: a record that is there does not begin."""
        again = evolve(OPENED[0], at=at(3), refused=True, codes=("X001",))
        report = check_log((*OPENED, again))
        assert (report.findings, report.judged) == ((), 4)

    def test_what_is_not_known(self):
        """Rules across records, the system's own, and what is left out."""

        def counted(*lines):
            report = check_log([*lines])
            assert not report.findings
            return dict(report.not_judged)

        foreign = {"refused by a rule across records, or of the system's own": 1}
        assert counted(line("plan", "anna", 0, PLAN, refused=True)) == {"its life began before the log": 1}
        sign = {"stance": "agrees"}
        assert counted(*HELD, line("sign", "ole", 4, sign, refused=True, codes=("I025",))) == foreign
        assert counted(*HELD, line("sign", "ole", 4, sign, refused=True, codes=("HR-7",))) == foreign
        assert counted(*HELD, line("sign", None, 4, sign, refused=True)) == {"who did it is not said": 1}
        assert counted(*HELD, line("sign", "ole", None, sign, refused=True)) == {"when it was is not said": 1}
        assert counted(*HELD, line("sign", "ole", 4, refused=True)) == {"what was given is not said": 1}
        either = [*HELD, line("sign", None, 4, sign), line("sign", "ole", 5, sign, refused=True)]
        several = "what lines leave out makes several ways possible, and they differ"
        assert counted(*either) == {"who did it is not said": 1, several: 1}
        assert found(*HELD, line("plan", "anna", 4, PLAN, refused=True, codes=("X001",))) == []


class TestTelling:
    """As a table, and as JSON."""

    def test_a_table(self):
        """Findings, then what was judged."""
        assert str(check_log([*OPENED, line("finish", "ole", 3, {}), line("sign", None, 4, {"stance": "agrees"})])) == (
            "Line  Record  Act     Code  What\n"
            "4     i-1     finish  I011  neither an outcome nor a reason why nothing changes\n"
            "findings 1, lines 5, judged in full 4\n"
            "not judged in full: 1 (who did it is not said)"
        )
        assert str(check_log([])) == "findings 0, lines 0, judged in full 0"

    def test_of_what_is_no_value_the_argument_is_named(self):
        """Where the message does not; of what is said in the domain's words it is not."""
        report = check_log([evolve(OPENED[0], given={**PLAN, "noted_by": 1}), line("finish", "ole", 3, {})])
        (told, *_) = report.findings
        assert (told.code, told.said) == ("V015", "noted_by: 1 is no text")
        assert "noted_by: 1 is no text" in str(report)
        assert str(told).startswith("line 1: i-1 plan: V015 noted_by: 1 is no text (")

    def test_json(self):
        """Everything; of what is held otherwise both sides."""
        slot = {"start": "2026-03-25T09:30:00+01:00", "minutes": 60, "place": "Room 4"}
        held = {"slot": slot, "due_on": None, "absences": [{"person": "ole", "hours": 5}], "state": "scheduled"}
        told = json.loads(check_log([OPENED[0], line("schedule", "ole", 1, {"slot": SLOT}, held=held)]).as_json())
        assert (told["lines"], told["judged"], told["not_judged"]) == (2, 2, {})
        assert [(it["path"], it["expected"], it["held"]) for it in told["findings"]] == [
            ("slot.start", "2026-03-25T09:00:00+01:00", "2026-03-25T09:30:00+01:00"),
            ("due_on", "2026-09-30", None),
            ("absences[0]", None, {"person": "ole", "hours": 5}),
        ]  # fmt: skip
        (rule,) = check_log([*OPENED, line("finish", "ole", 3, {})]).findings
        assert rule.as_dict() == {
            "line": 4, "kind": "interview", "record_id": "i-1", "act": "finish", "code": "I011", "path": rule.path,
            "message": rule.message, "mend": rule.mend,
        }  # fmt: skip
        option = {"text": "A", "tags": ["x"], "share": Decimal("0.1")}
        goal = LogLine("begin", "g-1", "anna", at(0), GOAL, {"options": [option], "title": "L"}, kind="goal")
        held = [it["held"] for it in check_log([goal]).as_dict()["findings"]]
        assert held == [{"text": "A", "tags": ["x"], "share": "0.1"}, "L"]
        more = line("schedule", "ole", 1, {"slot": SLOT}, held={"slot": {"room": 4}})
        (fault,) = check_log([OPENED[0], more]).findings
        assert (fault.as_dict()["expected"], fault.message) == (
            None,
            "slot.room: expected nothing of that name, held 4",
        )


class TestMoments:
    """The first and the last moment that something can have been."""

    def test_nothing_is_known(self):
        """All of time."""
        assert ends(None, None, None) == (LONG_AGO, FAR_AHEAD)
        assert earliest(None) is latest(None) is None

    def test_a_moment(self):
        """Is itself."""
        assert ends(NINE, None, None) == (NINE, NINE)
        assert earliest(NINE) is latest(NINE) is NINE

    def test_a_day(self):
        """Begins in the east and ends in the west; after a moment on it, it is still that day."""
        day = date(2026, 3, 2)
        assert [it.date() for it in ends(day, None, None)] == [day, day]
        first, last = ends(day, at(20), None)
        assert (first, first.date(), last > at(24)) == (at(20), day, True)
        assert ends(day, at(72), None)[0] == earliest(day)

    def test_a_day_after_its_last_moment(self):
        """In the west it is that day still."""
        day = date(2026, 3, 2)
        assert ends(day, latest(day), None) == (latest(day), latest(day))

    def test_the_end_of_the_calendar(self):
        """There is no room for another offset."""
        end = datetime.max.replace(tzinfo=UTC)
        assert ends(None, end, None)[1] == end


PLANNED = LogLine(
    "plan", "i-1", by="anna", at="2026-01-13",
    given={"coachee": "anna", "interviewer": "ole", "kind": "follow_up", "due_on": "2026-03-31"},
)  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (LogLine("schedule", "i-1", at="2026-01-10", by="ole", given={"slot": SLOT}), "at: 2026-01-10 is before the last entry, 2026-01-13"),
        (LogLine("finish", "i-1", at="2026-01-10"), "at: 2026-01-10 is before the last entry, 2026-01-13"),
    ],
)  # fmt: skip
def test_a_moment_is_told_as_it_was_written(line: LogLine, said: str):
    """A day by its day: nobody wrote an hour."""
    told = [it.said for it in check_log([PLANNED, line]).findings if it.code == "V009"]
    assert told == [said]


@pytest.mark.parametrize(
    ("by", "act", "code", "wrong"),
    [
        ("zoe", "schedule", "V010", "refused as V010; V011 says an act is done by one who may do it"),
        ("zoe", "schedule", "V011", ""),
        ("anna", "finish", "V011", ""),  # nor may she: what is shut may hide it
        ("anna", "finish", "V010", ""),
        ("ole", "schedule", "V011", "refused, and no rule of the record speaks against it"),
    ],
)
def test_a_refusal_names_a_rule_that_speaks_against_it(by: str, act: str, code: str, wrong: str):
    """Nothing hides that an act is not open, or not theirs."""
    given = {"slot": SLOT} if act == "schedule" else {}
    line = LogLine(act, "i-1", by=by, at="2026-01-13T12:00:00+01:00", given=given, refused=True, codes=(code,))
    begun = evolve(PLANNED, at="2026-01-12T12:00:00+01:00")
    assert [it.message for it in check_log([begun, line]).findings] == ([wrong] if wrong else [])
