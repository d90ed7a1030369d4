"""Forms, case by case: names, boxes, zones, rows that are empty, choices, and what nobody sends on purpose."""

from datetime import date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest

from coaching import CareerPath, CoachingRelationship, Feedback, Goal, Interview, Opportunity, Person
from coaching.formats.forms.naming import steps_of
from coaching.forms import FieldKind, act_form, arguments, asked_again, by_field
from stage import ANNA, OLE, STRANGER, at, codes, refused
from stage.book import someone
from stage.everything import drawn
from stage.feedback import draft
from stage.goals import agreed_goal, draft_goal
from stage.interviews import open_talk, planned_talk
from stage.paths import draft_path

START = datetime(2026, 8, 27, 9, tzinfo=timezone(timedelta(hours=2)))


class Multi(dict[str, list[Any]]):
    """A form as Django and Werkzeug hold it: every name with all its values."""

    def __getitem__(self, name: str) -> Any:
        return super().__getitem__(name)[-1]

    def getlist(self, name: str) -> list[Any]:
        return super().__getitem__(name)


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("slot", ("slot",)),
        ("slot.start", ("slot", "start")),
        ("slot[start]", ("slot", "start")),
        ("outcomes[0][kind]", ("outcomes", "0", "kind")),
        ("outcomes[0].kind", ("outcomes", "0", "kind")),
        ("tags[]", ("tags",)),
        ("tags[0][]", ("tags", "0")),
        *[(name, (name,)) for name in ("", "[]", ".", "slot[", "slot]", "slot[]start", "slot..start", "slot.", "[0]", "a[[0]]")],
        ("a" + "[0]" * 100, ("a" + "[0]" * 100,)),
    ],
)  # fmt: skip
def test_how_a_name_is_read(name: str, steps: tuple[str, ...]):
    """Dots and brackets; what is written wrongly is one name."""
    assert steps_of(name) == steps


@pytest.mark.parametrize(
    "form",
    [
        {"slot.start": "2026-08-27T09:00", "slot.minutes": "60", "slot.place": "Room 4"},
        {"slot[start]": "2026-08-27 09:00:00", "slot[minutes]": "60", "slot[place]": "Room 4"},
        {"slot": {"start": "2026-08-27t09:00+02:00", "minutes": "60", "place": "Room 4"}},
        Multi({"slot.start": ["2026-08-27T07:00Z"], "slot.minutes": ["60"], "slot.place": ["Room 4"]}),
        {"slot.start": ["2026-08-27T09:00:00.0+0200"], "slot.minutes": ["60"], "slot.place": ["Room 4"]},
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Stockholm", ZoneInfo("Europe/Stockholm"), START.tzinfo])
def test_a_slot_in_every_spelling(form: dict[str, Any], zone: str | tzinfo):
    """With the zone that the page says; one that is written goes before it."""
    assert arguments(planned_talk(), "schedule", form, zone) == {
        "slot": {"start": START, "minutes": 60, "place": "Room 4"}
    }


@pytest.mark.parametrize(
    ("sent", "code", "said"),
    [
        ("2026-03-29T02:30", "V003", "2026-03-29 02:30:00 is no time in Europe/Stockholm: clocks go forward over it"),
        (
            "2026-10-25T02:30",
            "V003",
            "2026-10-25 02:30:00 comes twice in Europe/Stockholm: with +02:00 and with +01:00",
        ),
    ],
)
def test_an_hour_that_is_missing_or_comes_twice(sent: str, code: str, said: str):
    """Is not guessed; the finding stands at its field, among all that is wrong."""
    form = {"slot[start]": sent, "slot[minutes]": "5", "slot[place]": "Room 4", "bogus": "x"}
    given = arguments(planned_talk(), "schedule", form, "Europe/Stockholm")
    assert given["slot"]["start"] == f"{sent}:00"
    told = by_field(planned_talk().would("schedule", by=OLE, at=at(1), **given), form)
    assert {name: [it.code for it in found] for name, found in told.items()} == {
        "bogus": ["V016"], "slot[minutes]": ["I003"], "slot[start]": [code],
    }  # fmt: skip
    assert told["slot[start]"][0].message == said
    assert "on a page, choose another hour or one of the two" in told["slot[start]"][0].mend


@pytest.mark.parametrize("which", [0, 1])
def test_which_of_two_hours_is_meant_can_be_said(which: int):
    """The field is asked again as a choice of the two; what is chosen is read, and shown as it is."""
    talk, sent = planned_talk(), {"slot.start": "2026-10-25T02:30:00.5", "slot.minutes": "60", "slot.place": "Room 4"}
    given = arguments(talk, "schedule", sent, "Europe/Stockholm")
    found = talk.would("schedule", by=OLE, at=at(1), **given)
    again = asked_again(act_form(talk, "schedule").field("slot.start"), found)
    assert again.kind is FieldKind.CHOICE
    assert asked_again(act_form(talk, "schedule").field("slot.place"), found).kind is FieldKind.TEXT
    assert asked_again(act_form(talk, "schedule").field("slot.start"), ()).kind is FieldKind.MOMENT
    sent |= {"slot.start": again.choices[which].word}
    done = talk.schedule(**arguments(talk, "schedule", sent, "Europe/Stockholm"), by=OLE, at=at(1))
    assert done.slot.start.utcoffset() == timedelta(hours=2 - which)
    shown = act_form(done, "reschedule", zone="Europe/Stockholm").field("slot.start").text
    assert arguments(done, "reschedule", {"slot.start": shown}, "Europe/Stockholm")["slot"]["start"] == done.slot.start


@pytest.mark.parametrize("sent", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_time_at_the_end_of_all_times(sent: str):
    """Is a time all the same."""
    read = arguments(planned_talk(), "schedule", {"slot.start": sent}, "Europe/Stockholm")
    assert read["slot"]["start"].year in {1, 9999}


def test_a_time_without_zone_is_said_to_have_none():
    """Rather than to be no time."""
    form = {"slot.start": "2026-08-27T09:00", "slot.minutes": "60", "slot.place": "Room 4"}
    found = planned_talk().would("schedule", by=OLE, at=at(1), **arguments(planned_talk(), "schedule", form))
    assert [(f.code, f.path) for f in found] == [("V003", "slot.start")]


@pytest.mark.parametrize("sent", ["2026-13-27T09:00", "2026-08-27T25:00", "soon", "2026-08-27T09"])
def test_what_is_no_time_stays(sent: str):
    """For the act to refuse."""
    assert arguments(planned_talk(), "schedule", {"slot.start": sent}, "UTC") == {"slot": {"start": sent}}


@pytest.mark.parametrize("zone", ["", "Nowhere/At_all", "../etc/passwd", "Europe", "\0", 7, object(), "x" * 5000])
def test_a_zone_is_one_that_is_known(zone: Any):
    """Whatever a browser says."""
    (found,) = refused(lambda: arguments(planned_talk(), "schedule", {}, zone))
    assert (found.code, found.path) == ("V015", "zone")
    assert codes(refused(lambda: act_form(planned_talk(), "schedule", zone=zone))) == ["V015"]


@pytest.mark.parametrize(
    ("sent", "read"),
    [("on", True), ("true", True), ("", False), ("off", False), ("false", False), (["", "on"], True), ([""], False),
     (True, True), ("perhaps", "perhaps"), (["on", 1], ["on", 1])],
)  # fmt: skip
def test_a_check_box(sent: Any, read: Any):
    """Ticked, not ticked, or after what the page sends for one that is not."""
    assert arguments(open_talk(), "say", {"open": sent}) == {"open": read}


@pytest.mark.parametrize(("sent", "read"), [(["a"], "a"), (["a", "b"], ["a", "b"]), ([], []), ([7], [7])])
def test_a_name_sent_several_times(sent: list[Any], read: Any):
    """Is one text where one is asked for; several are refused by the act."""
    assert arguments(open_talk(), "say", {"text": sent}) == {"text": read}


def test_what_is_empty_is_not_given():
    """What is asked for is missing; what may be left out is nothing; a text that is not asked for stays to be refused."""
    assert arguments(Interview, "plan", {"due_on": "", "kind": "", "cycle": "", "previous": ""}) == {
        "cycle": None, "previous": None,
    }  # fmt: skip
    assert codes(
        planned_talk().would("schedule", by=OLE, at=at(1), **arguments(Interview, "schedule", {"slot.start": ""}))
    ) == ["V014"]
    assert arguments(Goal, "begin", {"title": "", "measure.unit": "", "measure.start": "", "measure.target": ""}) == {
        "measure": None,
    }  # fmt: skip
    assert arguments(Goal, "edit", {"title": ""}) == {"title": ""}


def test_rows_that_are_empty_are_not_given():
    """Nor are empty words of a list; what comes after them stands further up, and findings find it."""
    form = {
        "outcomes[0].kind": "", "outcomes[0].id": "", "outcomes[2].kind": "goal", "outcomes[2].id": "g-1",
        "outcomes[10].kind": "gaol", "outcomes[10].id": "g-2", "feedback": ["", "f-1"], "no_change": "",
    }  # fmt: skip
    read = arguments(open_talk(), "finish", form)
    assert read["outcomes"] == ({"kind": "goal", "id": "g-1"}, {"kind": "gaol", "id": "g-2"})
    assert read["feedback"] == ("f-1",)
    found = open_talk().would("finish", by=ANNA, at=at(9), **read)
    told = by_field(found, form)
    assert codes(told["outcomes[10].kind"]) == ["V012"]
    assert sum(map(len, told.values())) == len(found)
    assert arguments(open_talk(), "finish", {"outcomes": "", "feedback": "f-1"}) == {
        "outcomes": (),
        "feedback": ("f-1",),
    }
    assert arguments(open_talk(), "finish", {"outcomes": "goal", "feedback": {"a": 1}}) == {
        "outcomes": "goal",
        "feedback": {"a": 1},
    }


@pytest.mark.parametrize(
    "form",
    [
        {"slot[": "x"},
        {"slot.start.hour": "9"},
        {"slot[0]": "x"},
        {"reason.x": "y"},
        {"outcomes.kind": "goal"},
        {"outcomes[1000].kind": "goal"},
        {"colour.red": "y"},
        {"slot.colour.red": "y"},
        {"a" * 10_000: "y"},
        {"a" + ".a" * 5_000: "y"},
        {"outcomes" + "[0]" * 5_000: "y"},
        {f"outcomes[{i}].kind.x": "" for i in range(1_000)},
    ],
)
def test_a_name_that_leads_nowhere_stays(form: dict[str, Any]):
    """As it is written, for the act to refuse."""
    for act in ("schedule", "finish", "cancel"):
        assert arguments(Interview, act, form) == form
    found = open_talk().would("finish", by=ANNA, at=at(9), **arguments(Interview, "finish", form))
    assert set(by_field(found, form)) - {""}


def test_names_that_say_the_same_twice():
    """The first stands; the others are refused as unknown."""
    form = {"slot.place": "a", "slot[place]": "b", "slot.start": {}, "slot.start.x": "c"}
    assert arguments(Interview, "schedule", form) == {
        "slot": {"place": "a", "start": {}}, "slot[place]": "b", "slot.start.x": "c",
    }  # fmt: skip
    assert arguments(Interview, "schedule", {"slot.x": "a", "slot": "b"}) == {"slot": "b", "slot.x": "a"}
    assert by_field((), {"a": 1, "a.b": 2, "a.b.c": 3, "b.c.d": 4, "b.c": 5}) == {}


@pytest.mark.parametrize("name", ["by", "by.x", "by[0]", "by[", "at[]", "policy[a][b]", "id[0]", "noted_by."])
def test_nobody_says_who_acts(name: str):
    """In no spelling."""
    assert arguments(draft_goal(), "edit", {name: "x"}) == {}


def test_what_is_deep_is_left_to_the_act():
    """Nothing blows up on it, and no field is found in it."""
    deep: Any = ""
    for _ in range(5_000):
        deep = {"x": [deep]}
    form = {"slot": deep, 7: "x", "measure": deep}
    assert "slot" in arguments(Interview, "schedule", form)
    assert by_field(planned_talk().would("schedule", slot=7, by=OLE, at=at(1)), form).keys() == {"slot"}


def test_names_and_values():
    """Ids in other systems: those that are there, any other; emptied is taken away."""
    anna = Person.register("p-1", "Anna", external_ids={"hr": "7", "pay": "8"}, by="hr", at=at(0))
    group = act_form(anna, "correct").field("external_ids")
    assert [(f.name, f.text, f.kind) for f in group.fields] == [
        ("external_ids.hr", "7", FieldKind.TEXT), ("external_ids.pay", "8", FieldKind.TEXT),
    ]  # fmt: skip
    assert arguments(anna, "correct", {"external_ids.hr": "9", "external_ids.pay": "", "external_ids[new]": "1"}) == {
        "external_ids": {"hr": "9", "new": "1"}
    }
    assert arguments(anna, "correct", {"external_ids.hr": ""}) == {"external_ids": {}}


class TestWhatARecordKnows:
    """Its choices, and what it holds now."""

    def test_promises_that_the_act_is_open_to(self):
        """By their own state, and for the one who acts."""
        goal = agreed_goal().promise("c-9", "Write to Ole", date(2026, 9, 1), by=ANNA, at=at(20))
        mine = act_form(goal, "fulfil", by=ANNA).field("commitment")
        assert ("c-9", "Write to Ole (due 2026-09-01)") in [(it.word, it.label) for it in mine.choices]
        assert mine.kind is FieldKind.CHOICE
        done = goal.fulfil("c-9", "written", by=ANNA, at=at(21))
        assert "c-9" not in [it.word for it in act_form(done, "fulfil").field("commitment").choices]
        assert "c-9" in [it.word for it in act_form(done, "take_back", by=ANNA).field("commitment").choices]
        assert act_form(goal, "fulfil", by=STRANGER).field("commitment").choices == ()

    def test_parts_of_a_path(self):
        """Dreams that are alive."""
        path = CareerPath.begin("path-1", by=ANNA, at=at(0)).dream("d-1", "Build it", by=ANNA, at=at(1))
        assert [(it.word, it.label) for it in act_form(path, "withdraw_dream", by=ANNA).field("dream").choices] == [
            ("d-1", "Build it")
        ]
        gone = path.withdraw_dream("d-1", by=ANNA, at=at(2))
        assert act_form(gone, "withdraw_dream").field("dream").choices == ()

    def test_options_of_a_goal(self):
        """All of them."""
        goal = draft_goal().suggest_option("o-9", "Ask Ole", by=ANNA, at=at(1))
        assert ("o-9", "Ask Ole") in [
            (it.word, it.label) for it in act_form(goal, "choose_option").field("option").choices
        ]

    def test_turns_to_reply_to(self):
        """By their numbers; sent as text, read as a number."""
        talk = open_talk().say("Where do you want to go?", "question", by=OLE, at=at(40))
        reply = act_form(talk, "say", by=ANNA).field("reply_to")
        last = reply.choices[-1]
        assert (last.word, last.label) == (str(len(talk.turns)), str(talk.turns[-1]))
        assert arguments(talk, "say", {"reply_to": last.word}) == {"reply_to": len(talk.turns)}

    def test_who_did_not_come(self):
        """One of the two, where both are known."""
        talk = next(it for it in drawn(Interview) if it.state == "scheduled")
        assert {it.word for it in act_form(talk, "miss").field("absent").choices} == {
            talk.coachee,
            talk.interviewer,
        } - {None}

    def test_those_for_whom_a_place_is_kept(self):
        """And those who have one."""
        kept = next(it for it in drawn(Opportunity) if it.reserved_for)
        assert [it.word for it in act_form(kept, "unreserve").field("person").choices] == list(kept.reserved_for)
        filled = next(it for it in drawn(Opportunity) if it.filled_by)
        assert [it.word for it in act_form(filled, "free").field("person").choices] == list(filled.filled_by)
        assert act_form(filled, "fill").field("person").kind is FieldKind.PERSON

    def test_what_it_holds_now(self):
        """Of the record, or of the one part that the act changes; moments where the page is."""
        goal = Goal.begin("g-1", "Lead", serves=[{"kind": "need", "id": "n-1"}], obstacles=("time",), by=ANNA, at=at(0))
        form = act_form(goal, "edit", by=ANNA)
        assert form.field("title").text == "Lead"
        assert [form.field(f"serves[{i}].id").text for i in (0, 1)] == ["n-1", ""]
        assert [row.text for row in form.field("obstacles").fields] == ["time", ""]
        assert form.field("serves").row(7).fields[1].name == "serves[7].id"
        assert form.field("serves").row(7).label == "Serves 8"
        assert form.field("kind").text == "result"
        talk = planned_talk().schedule({"start": START, "minutes": 60, "place": "Room 4"}, by=OLE, at=at(1))
        assert act_form(talk, "reschedule").field("slot.start").text == "2026-08-27T09:00:00+02:00"
        assert act_form(talk, "reschedule", zone="UTC").field("slot.start").text == "2026-08-27T07:00:00"
        agreed = CoachingRelationship.propose(
            "r-1", coach=OLE, coachee=ANNA, kind="coach", purpose="Find out", dual_role=True, by=ANNA, at=at(0)
        )
        assert [act_form(agreed, "amend").field(name).text for name in ("purpose", "dual_role")] == ["Find out", "on"]
        assert act_form(agreed, "amend", by=STRANGER).field("purpose").text == ""

    @pytest.mark.parametrize(
        ("ask", "code", "path"),
        [
            (lambda: act_form(7, "edit"), "V015", "record"),
            (lambda: act_form(Goal, "no such act"), "V010", "act"),
            (lambda: act_form(Goal, 7), "V010", "act"),
            (lambda: act_form(Goal, "begin", by=""), "V001", "by"),
            (lambda: act_form(draft_goal(), "edit", by=ANNA, on="today"), "V015", "on"),
            (lambda: by_field((), 7), "V015", "form"),
        ],
    )
    def test_what_is_asked_wrongly(self, ask: Any, code: str, path: str):
        """Is told."""
        (found,) = refused(ask)
        assert (found.code, found.path) == (code, path)

    def test_a_field_that_is_not_there(self):
        """Is a slip in the program."""
        with pytest.raises(KeyError):
            act_form(Goal, "begin").field("colour")


class TestFindingsAtTheirFields:
    """By the names that the client gave."""

    def test_in_the_spelling_of_the_client(self):
        """And the rest under the whole form."""
        form = {"slot[start]": "2026-08-27T09:00+02:00", "slot[minutes]": "5", "slot[place]": ""}
        found = planned_talk().would("schedule", by=STRANGER, at=at(1), **arguments(planned_talk(), "schedule", form))
        assert {name: codes(its) for name, its in by_field(found, form).items()} == {"": ["V011"]}
        found = planned_talk().would("schedule", by=OLE, at=at(1), **arguments(planned_talk(), "schedule", form))
        assert {name: codes(its) for name, its in by_field(found, form).items()} == {
            "slot[minutes]": ["I003"], "slot[place]": ["I003"],
        }  # fmt: skip

    def test_of_json(self):
        """A name is made as a place is."""
        form = {"slot": {"start": "soon", "minutes": 5, "place": "x"}}
        found = planned_talk().would("schedule", by=OLE, at=at(1), **arguments(planned_talk(), "schedule", form))
        assert set(by_field(found, form)) == {"slot.start", "slot.minutes"}
        rows = {"outcomes": [{"kind": "goal", "id": ""}, {"kind": "gaol", "id": "g-1"}], "feedback": ["", " "]}
        found = open_talk().would("finish", by=ANNA, at=at(9), **arguments(open_talk(), "finish", rows))
        assert set(by_field(found, rows)) - {""} == {"outcomes[0].id", "outcomes[1].kind", "feedback"}

    def test_of_a_group_at_its_first_field(self):
        """Where it is missing as a whole."""
        form = {"slot.start": "", "slot.minutes": ""}
        found = planned_talk().would("schedule", by=OLE, at=at(1), **arguments(planned_talk(), "schedule", form))
        assert {name: codes(its) for name, its in by_field(found, form).items()} == {"slot.start": ["V014"]}

    def test_of_a_field_that_sent_nothing(self):
        """Where the page shows it."""
        found = planned_talk().would("cancel", by=OLE, at=at(1))
        assert set(by_field(found, {})) == {""}
        assert set(by_field(found, {}, act_form(planned_talk(), "cancel"))) == {"reason"}


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"slot.start": "2026-02-30T09:00"}, "there is no date and time '2026-02-30T09:00'"),
        ({"slot.start": "2026-02-03T24:61Z"}, "there is no date and time '2026-02-03T24:61Z'"),
        ({"slot.start": "30 Feb"}, "'30 Feb' is no date and time but a text; a form or document writes one as 2026-"),
        ({"bogus": "x"}, "schedule takes no bogus; it takes slot"),
    ],
)
def test_what_is_wrong_is_said_to_a_person(sent: Any, message: str):
    """A day that there is not is called so, and nothing is named that a form may not send."""
    talk = planned_talk()
    told = by_field(talk.would("schedule", by=OLE, at=at(1), **arguments(talk, "schedule", sent, "UTC")), sent)
    (name,) = sent
    assert told[name][0].message.startswith(message)
    told = by_field(talk.would("start", by=OLE, at=at(1), bogus=1), {"bogus": "1"})
    assert [it.message for it in told["bogus"]] == ["start takes no bogus"]
    (nope,) = refused(lambda: Interview.act_named("nope"))
    assert nope.message.startswith("interview has no act 'nope'; it has: schedule, ")


class TestIdsOfParts:
    """Nobody is asked for one: the program makes it, and a row that is there keeps its own."""

    NEW = staticmethod(lambda: "n")
    STEP: ClassVar = {"steps[0].title": "Lead a line", "steps[0].order": "1", "steps[0].kind": "project"}

    def test_a_new_row_is_given_one(self):
        """The act misses nothing; without anybody who makes ids it misses that alone."""
        path = draft_path()
        given = arguments(path, "edit", self.STEP, new_id=self.NEW)
        assert path.would("edit", by=ANNA, at=at(1), **given) == ()
        assert [step["id"] for step in given["steps"]] == ["n"]
        found = path.would("edit", by=ANNA, at=at(1), **arguments(path, "edit", self.STEP))
        assert [(it.code, it.path) for it in found] == [("V014", "steps[0].id")]

    def test_the_part_of_an_act_as_well(self):
        """A position that somebody takes; what was sent stays, and a reference is never made up."""
        new = arguments(someone(), "take_position", {"position.employer": "hem"}, new_id=self.NEW)
        assert new["position"]["id"] == "n"
        kept = arguments(draft_path(), "edit", self.STEP | {"steps[0].id": "s-7"}, new_id=self.NEW)
        assert kept["steps"][0]["id"] == "s-7"
        (ref,) = arguments(Goal, "begin", {"serves[0].kind": "need"}, new_id=self.NEW)["serves"]
        assert ref == {"kind": "need"}

    def test_a_form_asks_for_none(self):
        """Of a row that is there it is hidden, and is sent again; of a new one there is no field; imports have theirs."""
        path = draft_path().edit(
            steps=[{"id": "s-1", "order": 1, "kind": "project", "title": "Lead"}], by=ANNA, at=at(1)
        )
        form = act_form(path, "edit", by=ANNA)
        assert (form.field("steps[0].id").kind, form.field("steps[0].id").text) == (FieldKind.HIDDEN, "s-1")
        assert "steps[1].id" not in form.names()
        assert "id" not in form.schema["properties"]["steps"]["items"]["required"]
        assert act_form(CareerPath, "import").field("steps[0].id").kind is FieldKind.TEXT
        page = {it.name: it.text for it in form.every() if not it.fields} | {"steps[0].title": "Lead a line"}
        edited = path.edit(**arguments(path, "edit", page, new_id=self.NEW), by=ANNA, at=at(2))
        assert [(step.id, step.title) for step in edited.steps] == [("s-1", "Lead a line")]

    def test_a_row_that_was_emptied_is_gone(self):
        """Though a page sends its hidden id; and findings stand at the rows after it."""
        sent = {
            "steps[0].id": "s-1", "steps[0].title": "", "steps[0].order": "", "steps[0].kind": "",
            "steps[1].id": "s-2", "steps[1].title": "", "steps[1].order": "2", "steps[1].kind": "project",
        }  # fmt: skip
        given = arguments(draft_path(), "edit", sent)
        assert [step["id"] for step in given["steps"]] == ["s-2"]
        assert [*by_field(draft_path().would("edit", **given, by=ANNA, at=at(1)), sent)] == ["steps[1].title"]
        refs = {"serves[0].kind": "", "serves[0].id": "n-1"}
        assert arguments(Goal, "begin", refs)["serves"] == ({"id": "n-1"},)


def test_an_amount():
    """As a text, digit by digit; what a page may limit is said."""
    amount = act_form(draft_goal(), "invest").field("amount")
    assert (amount.kind, amount.lowest, amount.highest, amount.whole) == (FieldKind.NUMBER, 0, 10**15, False)
    assert arguments(Goal, "invest", {"amount": "3.10"}) == {"amount": Decimal("3.10")}


@pytest.mark.parametrize(
    ("record", "act", "name"),
    [
        (Goal, "begin", "id"), (draft_goal(), "promise", "id"), (Goal, "suggest_option", "id"), (Goal, "edit", None),
        (CareerPath, "revise", "new_id"), (Feedback, "write", "id"), (draft(), "write", None),
        (Goal, "nonsense", None),
    ],
)  # fmt: skip
def test_an_id_is_made_where_the_act_takes_one(record, act, name):
    """Of a record that begins, or of a part; feedback that is there goes on under its own."""
    assert arguments(record, act, {}, new_id=lambda: "n-1") == ({} if name is None else {name: "n-1"})


def test_lines_end_as_in_python():
    """Browsers send both ends: the same text is the same text, and no new revision."""
    assert arguments(Goal, "edit", {"why": "a\r\nb", "obstacles": ["c\r\nd"]}) == {
        "why": "a\nb",
        "obstacles": ("c\nd",),
    }
