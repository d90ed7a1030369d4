"""Who sees what, by the table written by hand in tests/tables/circles.py: as data, and with everybody's eyes."""

import json
from typing import Any

import pytest

from coaching.codec import unstructure
from coaching.kernel.checking import json_number
from coaching.privacy import TABLE, view
from coaching.records import RECORDS
from stage import ANNA, EVA, OLE, PER, STRANGER, at, codes, on, refused
from stage.house import (
    CLIENT,
    COACH,
    EVERYBODY,
    FORMER,
    GIVER,
    GOAL_COACH,
    HR,
    INVITED,
    PEER,
    POSTER,
    PUPIL,
    RECEIVING,
    RELEASING,
    REPORT,
    RESERVED,
    TAKER,
    TODAY,
    TOP,
    anna,
    feedback,
    full,
    house,
    move,
    pair,
    path,
    talk,
)  # fmt: skip
from tables import circles as hand

KINDS = {kind.type: kind for kind in RECORDS}
each = pytest.mark.parametrize("kind", KINDS)
STAGED = [pytest.param(kind, n, id=f"{kind}-{n}") for kind in hand.SEES for n in range(len(full(kind)))]


def circle_of(kind: str) -> dict[str, str]:
    """The circle of each field, as written by hand."""
    return {field: circle for circle, fields in hand.SEES[kind].items() for field in fields.split()}


def as_lists(value: Any) -> Any:
    """A plain value with lists where tuples stand."""
    if isinstance(value, dict):
        return {key: as_lists(item) for key, item in value.items()}
    return [as_lists(item) for item in value] if isinstance(value, (list, tuple)) else value


def without_seals(entry: dict[str, Any], *also: str) -> dict[str, Any]:
    """An entry of a history without its digests."""
    return {name: item for name, item in entry.items() if name not in {"content", "digest", *also}}


class TestAsData:
    """The table of the code says what the hand says."""

    def test_each_kind_is_decided(self):
        """No more and no fewer."""
        assert set(TABLE) == set(hand.SEES) == set(hand.WORDS) == set(hand.WRITERS) == set(hand.MEMBERS) == set(KINDS)

    @each
    def test_each_field_has_its_circle(self, kind: str):
        """By name; a field that moves to another circle is found here, whichever way it moves."""
        assert {field: circle.name for field, circle in TABLE[kind].sees.items()} == circle_of(kind)

    @each
    def test_words_and_quiet_acts_are_decided(self, kind: str):
        """Who reads reasons; and acts that are told to none but those who see all that they are about."""
        assert TABLE[kind].words.name == hand.WORDS[kind]
        assert dict(TABLE[kind].quiet) == hand.QUIET.get(kind, {})

    @each
    def test_each_word_has_its_writer(self, kind: str):
        """So that it goes with the right person when they are erased."""
        known = TABLE[kind]
        assert {field: set(roles) for field, roles in known.writers.items()} == hand.WRITERS[kind]
        assert known.by_acts is (kind not in hand.SAYS_WHAT_IS_SO)
        assert known.together == hand.TOGETHER.get(kind, set())

    @each
    def test_no_field_stands_in_two_circles(self, kind: str):
        """The copy by hand names each once."""
        fields = " ".join(hand.SEES[kind].values()).split()
        assert len(fields) == len(set(fields))


class TestWithEverybodysEyes:
    """Parties and strangers look at a full record of each kind."""

    @each
    def test_the_staged_records_are_full(self, kind: str):
        """Else an empty field would look as if it were kept back."""
        everything = set()
        for record in full(kind):
            whole = {"revision", *({"kind", "visibility"} & set(circle_of(kind)))}
            everything |= whole | {field for field in circle_of(kind) if getattr(record, field) not in (None, (), {})}
        never = {"signatures"} if kind == "move" else set()  # a move is approved, and signed by nobody
        assert everything == set(circle_of(kind)) - never

    @pytest.mark.parametrize(("kind", "n"), STAGED)
    def test_each_sees_the_fields_of_their_circles_and_no_other(self, kind: str, n: int):
        """Everybody in the house; a field is shown as it stands, or said to be kept back."""
        record = full(kind)[n]
        book = house(record, move())
        members = {hand.EVERYONE: set(EVERYBODY), **hand.MEMBERS[kind]}
        by_item = hand.ITEMS.get(kind, {})
        document = json.loads(json.dumps(as_lists(unstructure(record)), default=json_number))
        for viewer in EVERYBODY:
            seen = view(record, viewer, book, on=TODAY)
            fields = {f: circle for f, circle in circle_of(kind).items() if f not in by_item}
            expected = {field for field, circle in fields.items() if viewer in members[circle]}
            kept_back = {field for field in fields if field in seen.redacted}
            assert set(fields) - kept_back == expected, viewer
            assert set(seen.as_dict()) - {"type", "schema", *by_item} <= expected, viewer
            for field in expected & set(document) - {"history"}:
                assert seen[field] == document[field]
            for field in set(fields) - expected:
                assert codes(refused(lambda seen=seen, field=field: seen[field])) == ["D003"]

    @pytest.mark.parametrize(("kind", "n"), STAGED)
    def test_reasons_and_what_was_are_read_by_those_who_read_the_words(self, kind: str, n: int):
        """Whoever else sees the history, the line managers above all, sees acts, people and days alone."""
        record = full(kind)[n]
        book = house(record)
        members = {hand.EVERYONE: set(EVERYBODY), **hand.MEMBERS[kind]}
        whole = [without_seals(view_of(entry)) for entry in record.history]
        quiet = set(hand.QUIET.get(kind, {}))
        for viewer in members[circle_of(kind)["history"]]:
            seen = view(record, viewer, book, on=TODAY)
            read = viewer in members[hand.WORDS[kind]]
            hidden = () if read else ("reason", "source", "was")
            everything = viewer == ANNA or not quiet
            expected = [without_seals(e, *hidden) for e in whole if everything or e["act"] not in quiet]
            wholly = {f for f, circle in circle_of(kind).items() if viewer in members.get(circle, ())}
            wholly |= {"needs"} if viewer == ANNA else set()
            expected = [
                {**e, "sets": [name for name in e["sets"] if name.partition("[")[0] in wholly]} for e in expected
            ]
            expected = [{name: item for name, item in e.items() if item != []} for e in expected]
            assert [dict(entry) for entry in seen["history"]] == expected, viewer
            told = {"history[*].reason", "history[*].source", "history[*].was"}
            assert told & set(seen.redacted) == (set() if read else told)
        assert any("source" in entry for entry in whole)

    def test_there_is_something_to_hide(self):
        """Every kind that keeps what was has a staged record that says so in its history."""
        said = {kind for kind in KINDS for record in full(kind) for entry in record.history if entry.was}
        assert said == {
            "person", "goal", "interview", "feedback", "path", "move", "relationship", "organisation", "opportunity",
        }  # fmt: skip

    @pytest.mark.parametrize("kind", hand.ITEMS)
    def test_items_are_seen_one_by_one(self, kind: str):
        """Preparations by their writers; needs as far as they are released. Nothing tells that there are others."""
        record = full(kind)[0]
        book = house(record, move())
        for field, items in hand.ITEMS[kind].items():
            for viewer in EVERYBODY:
                seen = view(record, viewer, book, on=TODAY)
                found = {item.get("id", item.get("notes")) for item in seen[field] or ()}
                assert found == items.get(viewer, set()), viewer
                whole = kind == "path" and viewer == ANNA
                assert (f"{field}[*]" in seen.redacted) is not whole


def view_of(entry: Any) -> dict[str, Any]:
    """An entry of a history as a document has it, written out by hand."""
    told = {
        "act": entry.act,
        "state": str(entry.state),
        "by": entry.by,
        "at": entry.at.isoformat().replace("+00:00", "Z"),
        "revision": entry.revision,
        "reason": entry.reason,
        "source": entry.source,
        "was": dict(entry.was) or None,
        "sets": list(entry.sets),
        "noted_by": entry.noted_by,
    }
    return {name: item for name, item in told.items() if item is not None}


class TestFeedback:
    """It opens in steps: to the two, to the coach, to the line manager; never further up."""

    @pytest.mark.parametrize(("visibility", "also"), [("two", set()), ("coach", {COACH}), ("managers", {COACH, OLE})])
    def test_it_is_read_as_far_as_both_said_yes(self, visibility: str, also: set[str]):
        """And by nobody else in the house."""
        record = feedback(visibility)
        book = house(record)
        readers = {viewer for viewer in EVERYBODY if "impact" in view(record, viewer, book, on=TODAY).shown}
        knowing = {viewer for viewer in EVERYBODY if "state" in view(record, viewer, book, on=TODAY).shown}
        assert readers == knowing == {ANNA, GIVER} | also

    def test_a_yes_of_one_opens_nothing(self):
        """It takes two."""
        record = feedback("two").share("managers", by=GIVER, at=at(7))
        seen = {v for v in EVERYBODY if "impact" in view(record, v, house(record), on=TODAY).shown}
        assert seen == {ANNA, GIVER}


class TestWhoCoachesOnADay:
    """A need released to coaches shows who counts as a coach of Anna."""

    @pytest.mark.parametrize(
        ("state", "sees"),
        [("proposed", False), ("declined", False), ("active", True), ("paused", True), ("ended", False)],
    )
    def test_a_relationship_counts_while_it_lives(self, state: str, sees: bool):
        """Active or paused."""
        record = path()
        book = house(record, pair("r-5", STRANGER, ANNA, state))
        assert (view(record, STRANGER, book, on=TODAY)["needs"] is not None) is sees

    @pytest.mark.parametrize(("state", "sees"), [("draft", False), ("shared", True), ("agreed", True)])
    def test_the_coach_of_a_path_sees_it_once_it_is_shared(self, state: str, sees: bool):
        """Being named in a draft opens nothing."""
        record = path(state)
        seen = view(record, GOAL_COACH, house(record), on=TODAY)
        assert ("success" in seen.shown) is sees
        assert (seen["needs"] is not None) is sees

    def test_whoever_once_managed_or_coached_sees_nothing_more(self):
        """Eva until Monday, Former until it ended; the one who is only invited, a peer, and the manager above."""
        for record in (path(), talk(), *full("goal")):
            book = house(record)
            for viewer in (EVA, FORMER, INVITED, PEER, TOP, PUPIL, REPORT, STRANGER, HR):
                assert set(view(record, viewer, book, on=TODAY).shown) - {"needs"} == {"type", "schema", "id"}
                assert not view(record, viewer, book, on=TODAY).shown.get("needs")

    def test_the_day_asked_about_says_who_manages(self):
        """Eva managed until Sunday and saw state and days; Ole does from Monday on."""
        record = path()
        book = house(record)
        for viewer, day, sees in ((EVA, on(-1), True), (EVA, on(0), False), (OLE, on(-1), False), (OLE, on(0), True)):
            assert ("state" in view(record, viewer, book, on=day).shown) is sees
        assert "state" in view(record, OLE, book, TODAY).shown
        assert "state" in view(record, PER, book, TODAY).shown


class TestNeedsInAMove:
    """Needs released to managers or to the client: those named in a move see them."""

    @pytest.mark.parametrize(
        ("state", "open_"),
        [
            ("wished", True),
            ("asked", True),
            ("agreed", True),
            ("done", True),
            ("declined", False),
            ("withdrawn", False),
        ],
    )
    def test_not_in_one_that_came_to_nothing(self, state: str, open_: bool):
        """Declined or withdrawn, it opens nothing any more."""
        record = path()
        book = house(record, move(state, started_on=on(60) if state == "done" else None))
        for viewer, ids in ((RELEASING, ["n-managers", "n-client"]), (CLIENT, ["n-client"])):
            found = [need["id"] for need in view(record, viewer, book, on=TODAY)["needs"] or ()]
            assert found == (ids if open_ else [])

    def test_only_those_that_the_move_names(self):
        """And nobody without a role in it."""
        record = path()
        book = house(record, move(needs=("n-client",)))
        seen = {v: view(record, v, book, on=TODAY)["needs"] for v in (RELEASING, RECEIVING, CLIENT, EVA, POSTER)}
        found = {viewer: [need["id"] for need in needs or ()] for viewer, needs in seen.items()}
        assert found == {RELEASING: ["n-client"], RECEIVING: ["n-client"], CLIENT: ["n-client"], EVA: [], POSTER: []}


class TestAWish:
    """A wish alone is the mover's own."""

    def test_the_line_above_knows_once_somebody_is_asked(self):
        """Not before."""
        for state, releasing, sees in (("wished", None, {ANNA}), ("asked", RELEASING, {ANNA, RELEASING, OLE, PER})):
            record = move(state, releasing_manager=releasing, receiving_manager=None, client_by=None)
            book = house(record)
            assert {v for v in EVERYBODY if "state" in view(record, v, book, on=TODAY).shown} == sees

    def test_a_place_is_told_to_its_takers_alone(self):
        """Everybody else sees that it is reserved, and not for whom."""
        record = full("opportunity")[0]
        seen = {v for v in EVERYBODY if "filled_by" in view(record, v, house(record), on=TODAY).shown}
        assert seen == {POSTER, RESERVED, TAKER}


def test_the_name_of_somebody_is_known_from_both_sides():
    """Anna's name to her coachee and to those below her; hers to them: near is near."""
    book = house()
    for viewer in (PUPIL, REPORT):
        assert view(anna(), viewer, book, on=TODAY)["name"] == "Anna Ek"
        other = next(p for p in book if p.type == "person" and p.id == viewer)
        assert view(other, ANNA, book, on=TODAY)["name"] == f"Name of {viewer}"
    assert "name" not in view(anna(), PEER, book, on=TODAY).shown
