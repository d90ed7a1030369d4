"""Every table, against the copy written by hand from the domain in tests/tables, and against what records do.

What is expected stands in tests/tables, and is computed from nothing: a table is not compared with itself. Each column
is checked twice, as data and as what an act does.
"""

import importlib
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from coaching.codec import dumps
from coaching.kernel.lifecycle import START, Lifecycle
from coaching.records import RECORDS
from coaching.records.commitments import COMMITMENT
from coaching.records.needs import NEED
from coaching.records.paths import DREAM, ROLE_MODEL, STEP
from stage import ANNA, OLE, STRANGER, at, codes, on
from stage.everything import Kind, drawn, each_kind, given_to, module_of, people_of
from stage.lives import lives

GOLDEN = {kind: importlib.import_module(f"tables.{module_of(kind)}") for kind in RECORDS}
PARTS: dict[str, tuple[Lifecycle, Any]] = {
    name: (table, importlib.import_module(f"tables.{name}"))
    for name, table in (
        ("commitments", COMMITMENT),
        ("dreams", DREAM),
        ("needs", NEED),
        ("role_models", ROLE_MODEL),
        ("steps", STEP),
    )
}
"""The little tables of the parts of records."""
COMMITMENTS = PARTS["commitments"][1]
TABLES = [
    *(pytest.param(kind.lifecycle, GOLDEN[kind], id=kind.type) for kind in RECORDS),
    *(pytest.param(table, golden, id=name) for name, (table, golden) in PARTS.items()),
]
each_table = pytest.mark.parametrize(("table", "golden"), TABLES)


# --- what stands in the copies written by hand -----------------------------------------------------------------------


def states_of(golden: Any) -> list[str]:
    """The states that a table written by hand names, each once, in an order that stays."""
    return sorted({target for _, _, target, _ in golden.GOLDEN})


def who_may(golden: Any, act: str, state: str | None) -> frozenset[str]:
    """The roles that may do an act from a state, as written by hand."""
    return next(who for a, source, _, who in golden.GOLDEN if (a, source) == (act, state))


def code_of(golden: Any, act: str, state: str | None) -> str:
    """The rule that refuses anybody else."""
    return str(golden.CODES.get((act, state), "V011"))


def asked_by(golden: Any, act: str, state: str | None) -> tuple[str, ...]:
    """What an act asks for from a state."""
    return tuple(golden.ASKS.get((act, state), golden.ASKS.get(act, "")).split())


def firm_by(golden: Any, act: str, state: str | None) -> tuple[str, ...]:
    """What may not be nothing: what an act asks for itself and not by a gate, and what it may set anew, but not empty."""
    asked = [name for name in asked_by(golden, act, state) if not name.endswith("?")]
    return (*asked, *getattr(golden, "FIRM", {}).get(act, "").split())


def in_role(record: Any, role: str) -> set[str]:
    """Who holds a role of a table in a record, read from its fields."""
    parts = getattr(record, "commitments", ())
    if role == "the one who promised":
        return {part.by for part in parts}
    if role == "the one it was promised to":
        return {part.to or part.by for part in parts}
    if role == "either side of the promise":
        return {person for part in parts for person in (part.by, part.to or part.by)}
    if role in {"the one asked", "the one who proposed", "either, once it was active"}:
        return in_pair(record, role)
    return {getattr(record, role.partition(",")[0])} - {None}


def in_pair(record: Any, role: str) -> set[str]:
    """Who holds a role of a relationship that hangs on what was done before."""
    both = {record.coach, record.coachee}
    if role == "either, once it was active":
        return both if any(e.state in {"active", "paused"} for e in record.history) else set()
    asking = [e for e in record.history if e.act in {"propose", "revisit", "import"}][-1]
    if role == "the one who proposed":
        return {asking.by} if asking.act == "propose" else set()
    return both - ({asking.by} if asking.act != "import" else set())


# --- as data ---------------------------------------------------------------------------------------------------------


def as_data(table: Lifecycle) -> set[tuple[str, str | None, str, frozenset[str]]]:
    """A table as the copies by hand are written."""
    who = {
        (row.act, source): frozenset(role.said() for role in row.who) for row in table.rows for source in row.sources
    }
    return {(act, source, target, who[act, source]) for act, source, target in table.steps()}


def closed(table: Lifecycle) -> set[tuple[str, str, str]]:
    """The doors that a table closes on purpose, with the rule that says so."""
    return {(act, state, rule.code) for (act, state), rule in table.shut.items()}


@cache
def standing(kind: Kind, state: str, act: str | None = None) -> Any:
    """A staged record in a state in which somebody may do an act (or in any case, where none is named)."""

    def fits(record: Any) -> bool:
        return record.state == state and (act is None or any(act in record.acts_for(p) for p in people_of(record)))

    return next(filter(fits, lives(kind.type)))


# --- every column as data ---------------------------------------------------------------------------------------------


@each_table
def test_the_table_is_the_one_written_by_hand(table: Lifecycle, golden: Any):
    """Every act with its states and who may do it, no more and no less; and the doors closed on purpose."""
    assert as_data(table) == golden.GOLDEN
    assert closed(table) == golden.SHUT
    assert set(table.states) == set(states_of(golden))
    assert set(table.final) == golden.FINAL


def flagged(table: Lifecycle, flag: str) -> set[tuple[str, str | None]]:
    """The acts, with the states they lead from, that a table marks."""
    return {(row.act, source) for row in table.rows for source in row.sources if getattr(row, flag)}


@each_table
def test_what_is_new_kept_and_awaited_is_written_by_hand(table: Lifecycle, golden: Any):
    """The acts that change what is signed, those that keep what was, and those that somebody is awaited to do."""
    assert flagged(table, "revises") == golden.REVISES
    assert flagged(table, "keeps") == golden.REVISES | golden.KEEPS
    assert flagged(table, "onward") == golden.ONWARD


@each_table
def test_what_is_asked_and_who_is_refused_by_which_rule_is_written_by_hand(table: Lifecycle, golden: Any):
    """For each act from each state."""
    lines = {(row.act, source): row for row in table.rows for source in row.sources}
    assert {line: row.asks for line, row in lines.items()} == {line: asked_by(golden, *line) for line in lines}
    assert {line: row.rule.code for line, row in lines.items()} == {line: code_of(golden, *line) for line in lines}
    assert {line: row.firm for line, row in lines.items()} == {line: firm_by(golden, *line) for line in lines}


@each_table
def test_nothing_is_written_by_hand_of_what_no_table_has(table: Lifecycle, golden: Any):
    """A note about an act that is gone, or about a state it does not lead from, is a slip of the copy."""
    lines = {(act, source) for act, source, _, _ in golden.GOLDEN}
    named = golden.REVISES | golden.KEEPS | golden.ONWARD | set(golden.CODES)
    named |= {key for key in golden.ASKS if isinstance(key, tuple)}
    assert named <= lines
    assert {key for key in golden.ASKS if isinstance(key, str)} <= set(table.acts)
    assert not golden.REVISES & golden.KEEPS


# --- every column as what an act does --------------------------------------------------------------------------------


def steps_of(record: Any) -> Iterator[tuple[str, str | None, Any, Any]]:
    """Each act of a history with the state it was done in, the entry before it and its own."""
    before = None
    for entry in record.history:
        yield entry.act, None if before is None else before.state, before, entry
        before = entry


@each_kind
def test_a_history_takes_the_steps_written_by_hand(kind: Kind):
    """From state to state; raising the revision where the hand says so, and keeping what was nowhere else.

    Each act of the table is done in a staged life, and each that makes a new revision, or keeps what was, does so.
    """
    golden = GOLDEN[kind]
    steps = {(act, source, target) for act, source, target, _ in golden.GOLDEN}
    raised, kept = set(), set()
    for record in (*lives(kind.type), *drawn(kind)):
        for act, source, before, entry in steps_of(record):
            if act == "import":
                continue
            assert (act, source, entry.state) in steps
            assert entry.revision == (0 if before is None else before.revision) + (
                before is None or (act, source) in golden.REVISES
            )
            assert not entry.was or (act, source) in golden.REVISES | golden.KEEPS
            raised |= {(act, source)} if before is not None and entry.revision > before.revision else set()
            kept |= {(act, source)} if entry.was else set()
    done = {(act, source) for record in lives(kind.type) for act, source, _, _ in steps_of(record)}
    assert done - {("import", None)} == {(act, source) for act, source, _ in steps}
    assert raised == golden.REVISES
    assert kept >= SAY_WHAT_WAS.get(kind.type, set())


SAY_WHAT_WAS = {
    "goal": {
        ("renegotiate", "agreed"), ("renegotiate", "paused"), ("drop", "paused"), ("miss", "paused"),
        ("resume", "paused"), ("reopen", "achieved"), ("reopen", "missed"), ("move_due", "agreed"),
        ("take_back", "agreed"),
    },
    "interview": {("reschedule", "scheduled"), ("reassign", "planned"), ("adjourn", "open"), ("amend", "held")},
    "feedback": {("share", "given"), ("share", "acknowledged")},
    "organisation": {("correct", "known")},
    "relationship": {("amend", "proposed"), ("revisit", "active")},
    "move": {("change", "asked"), ("change", "agreed"), ("plan_check_in", "done"), ("take_back", "done")},
    "opportunity": {
        ("edit", "open"), ("unreserve", "reserved"), ("fill", "reserved"), ("free", "filled"), ("withdraw", "reserved"),
    },
    "path": {("edit", "shared")},
}  # fmt: skip
"""By kind, the acts of which a history says what they replaced. Lists are left out there, so that others say nothing."""

ALSO_AWAITED = {
    "goal": {"fulfil", "see"},
    "interview": {"fulfil", "see", "prepare", "say"},
    "move": {"fulfil", "see"},
}
"""Beside the acts that lead on: promises to be kept and seen, preparations, and answers."""


@each_kind
def test_who_is_awaited_is_written_by_hand(kind: Kind):
    """By the acts that lead on from the state, and by nothing else; each of them is seen to be awaited."""
    golden, seen = GOLDEN[kind], set()
    for record in lives(kind.type):
        for turn in record.awaits():
            if (turn.act, record.state) in golden.ONWARD:
                seen.add((turn.act, str(record.state)))
                roles = who_may(golden, turn.act, record.state)
                assert turn.person in {person for role in roles for person in in_role(record, role)}
            else:
                assert turn.act in ALSO_AWAITED.get(kind.type, set())
    assert seen == golden.ONWARD


def pairs(*, inside: bool) -> list[Any]:
    """Every act with every state of its record: those that the table written by hand has, or those that it has not."""
    found = []
    for kind in RECORDS:
        table = {(act, state) for act, state, _, _ in GOLDEN[kind].GOLDEN if state is not START}
        for act in sorted({act for act, _, _, _ in GOLDEN[kind].GOLDEN}):
            states = [state for state in states_of(GOLDEN[kind]) if ((act, state) in table) is inside]
            found += [pytest.param(kind, act, state, id=f"{kind.type}-{act}-{state}") for state in states]
    return found


def takes_part(record: Any, act: str, person: str) -> bool:
    """Whether somebody holds a role of the table, is in one of its promises, or may do this act as anybody may."""
    golden = GOLDEN[type(record)].GOLDEN
    if any(a == act and "anyone" in who for a, _, _, who in golden):
        return True
    roles = {role for _, _, _, who in golden for role in who} - {"anyone"}
    promises = getattr(record, "commitments", ())
    return any(person in in_role(record, role) for role in roles) or any(person in (c.by, c.to) for c in promises)


NOTHING_SAID = [("V011", "by", "only those who take part in it may do that")]
"""All that somebody who takes no part in a record is told, whatever they try."""


def told(found: Any) -> list[tuple[str, str, str]]:
    """Code, place and message of each finding."""
    return [(finding.code, finding.path, finding.message) for finding in found]


@pytest.mark.parametrize(("kind", "act", "state"), pairs(inside=False))
def test_what_the_table_does_not_have_is_refused(kind: Kind, act: str, state: str):
    """By V010, or by the rule that closes this door; whoever tries, and the record stays as it was."""
    shut = {code for a, s, code in GOLDEN[kind].SHUT if (a, s) == (act, state)} or {"V010"}
    record = standing(kind, state)
    before = dumps(record)
    begins = all(source is START for a, source, _, _ in GOLDEN[kind].GOLDEN if a == act)
    for by in [*people_of(record), STRANGER]:
        given = {} if begins else given_to(record, act)
        found = record.would(act, by=by, at=record.history[-1].at, **given)
        if takes_part(record, act, by):
            assert shut <= {finding.code for finding in found}
        else:
            assert told(found) == NOTHING_SAID
        assert act not in record.acts_for(by)
    assert dumps(record) == before


ONLY_FOR_PROMISES = ("move_due", "fulfil", "see", "release", "miss_commitment", "take_back")


@pytest.mark.parametrize(("kind", "act", "state"), pairs(inside=True))
def test_only_those_written_by_hand_may(kind: Kind, act: str, state: str):
    """Everybody else, a stranger and the other side, is refused by the rule that the copy names, whatever else is wrong.

    Unless it is for the administration: then nobody is refused.
    """
    golden = GOLDEN[kind]
    record = standing(kind, state, act)
    before = dumps(record)
    roles, code = who_may(golden, act, state), code_of(golden, act, state)
    held = {person for role in roles if role != "anyone" for person in in_role(record, role)}
    for person in [*people_of(record), STRANGER]:
        found = record.would(act, by=person, at=record.history[-1].at, **given_to(record, act))
        of_them = {finding.code for finding in found if finding.path == "by"}
        if roles == {"anyone"}:
            assert not of_them
        elif not takes_part(record, act, person):
            assert told(found) == NOTHING_SAID
        elif person not in held:
            assert code in of_them
            assert act not in record.acts_for(person)
        elif act not in {*ONLY_FOR_PROMISES, "miss"} and (act, state) != ("withdraw", "draft"):  # in time, or too early
            assert not of_them
    assert dumps(record) == before


OF_PARTS: dict[str, tuple[str, str, Any]] = {
    **dict.fromkeys(ONLY_FOR_PROMISES, ("commitment", "commitments", COMMITMENTS)),
    "withdraw_dream": ("dream", "dreams", PARTS["dreams"][1]),
    **dict.fromkeys(("release_need", "meet_need", "withdraw_need"), ("need", "needs", PARTS["needs"][1])),
    "meet_role_model": ("role_model", "role_models", PARTS["role_models"][1]),
    **dict.fromkeys(("start_step", "reach_step", "skip_step"), ("step", "steps", PARTS["steps"][1])),
    **dict.fromkeys(("end_position", "change_manager"), ("position", "positions", None)),
    **dict.fromkeys(("extend_placement", "end_placement"), ("placement", "placements", None)),
}
"""For each act on a part: the argument that names the part, the field it is in, and its table written by hand."""


def doable(kind: Kind, act: str, state: str) -> tuple[Any, str, dict[str, Any]]:
    """A record in a state, somebody who may do an act, and what it takes, with a part that can be acted on."""
    argument, field, golden = OF_PARTS.get(act, ("", "", None))
    for record in lives(kind.type):
        parts = [
            part
            for part in getattr(record, field, ())
            if golden is None or (act, part.state) in {(a, source) for a, source, _, _ in golden.GOLDEN}
        ]
        able = [person for person in people_of(record) if act in record.acts_for(person)]
        if record.state == state and able and (parts or not field):
            part = {argument: parts[0].id} if field else {}
            by = able[0]
            if golden is COMMITMENTS:
                by = parts[0].to or parts[0].by if act in {"see", "release"} else parts[0].by
            return record, by, {**given_to(record, act), **part}
    record = standing(kind, state, act)
    return record, next(p for p in people_of(record) if act in record.acts_for(p)), given_to(record, act)


SAID_BY = {
    ("promise", "due"): "K001",
    ("move_due", "due"): "K001",
    ("fulfil", "result"): "K004",
    **dict.fromkeys([("invest", "kind"), ("note_progress", "kind"), ("say", "kind"), ("say_need", "kind")], "V012"),
    **dict.fromkeys([("share", "visibility"), ("sign", "stance")], "V012"),
    ("achieve", "result"): "G011",
    ("drop", "reason"): "G013",
    ("goal pause", "reason"): "G014",
    ("goal pause", "resume_on"): "G014",
    ("cancel", "reason"): "I016",
    ("meet_need", "met_by"): "N003",
    ("name_role_model", "name"): "C016",
    ("reach_step", "evidence"): "C005",
    ("complete", "on"): "M007",
    ("decline", "reason"): "M005",
    ("decline", "look_again_on"): "M005",
    ("end_placement", "reason"): "L004",
    ("leave", "reason"): "L004",
    ("finish", "follow_up_on"): "I012",
}
"""The rule that misses what an act asks for, where it is none of V014, V015 and V017."""
SILENT = {
    *{("achieve", "value"), ("finish", "no_change")},  # of what is measured; where nothing came of it
    ("propose", "coach"),  # who is named already
    *{("approve", "release_on"), ("approve", "start_on")},  # anybody who approves may say so
    ("change_manager", "manager"),  # nobody manages whoever stands at the top
}
"""What may be nothing where the record says enough already."""


@pytest.mark.parametrize(("kind", "act", "state"), pairs(inside=True))
def test_what_an_act_asks_for_it_does_not_go_without(kind: Kind, act: str, state: str):
    """Each argument that the copy by hand names, given as nothing, is refused at its name by the rule that asks for it."""
    record, by, given = doable(kind, act, state)
    for name in (name.rstrip("?") for name in asked_by(GOLDEN[kind], act, state)):
        found = record.would(act, by=by, at=record.history[-1].at, **{**given, name: None})
        missed_by = {finding.code for finding in found if finding.path == name}
        if (act, name) in SILENT:
            assert not missed_by
        else:
            ways = (act, f"{kind.type} {act}", f"{kind.type} {act} {state}")
            rule = next((SAID_BY[way, name] for way in ways if (way, name) in SAID_BY), None)
            assert missed_by == {rule} if rule else missed_by & {"V014", "V015", "V017"}


def test_an_act_that_begins_for_two_is_begun_by_one_of_them():
    """Elsewhere whoever begins a record is the one it is of."""
    talk = {"kind": "annual", "coachee": ANNA, "interviewer": OLE, "due_on": on(9), "at": at(0)}
    pair = {"kind": "coach", "coachee": ANNA, "coach": OLE, "purpose": "Find a way", "at": at(0)}
    kinds = {kind.type: kind for kind in RECORDS}
    for kind, act, given in (("interview", "plan", talk), ("relationship", "propose", pair)):
        for by, refused in ((ANNA, []), (OLE, []), (STRANGER, ["V011"])):
            assert codes(kinds[kind].would_new(act, "x-1", by=by, **given)) == refused


@pytest.mark.parametrize("state", states_of(COMMITMENTS))
@pytest.mark.parametrize("act", ONLY_FOR_PROMISES)
def test_a_promise_is_kept_as_its_own_table_says(act: str, state: str):
    """Where a promise does not allow an act, V010 says so, whatever the record allows; what is seen is seen once."""
    allowed = (act, state) in {(a, source) for a, source, _, _ in COMMITMENTS.GOLDEN}
    (who,) = next(who for a, _, _, who in COMMITMENTS.GOLDEN if a == act)
    seen = 0
    for kind in RECORDS:
        for record in lives(kind.type):
            if (act, record.state) not in {(a, source) for a, source, _, _ in GOLDEN[kind].GOLDEN}:
                continue
            for part in getattr(record, "commitments", ()):
                if part.state == state:
                    given = {**given_to(record, act), "commitment": part.id}
                    by = part.to or part.by if who == "the one it was promised to" else part.by
                    found = record.would(act, by=by, at=record.history[-1].at, **given)
                    again = act == "see" and part.seen_by is not None
                    assert ("V010" not in {finding.code for finding in found}) is (allowed and not again)
                    seen += 1
    assert seen


@pytest.mark.parametrize("act", [act for act, (_, _, golden) in OF_PARTS.items() if golden not in {None, COMMITMENTS}])
def test_a_part_of_a_path_is_changed_as_its_own_table_says(act: str):
    """From each state that the part may be in: done where the copy by hand has it, and V010 where it has not."""
    argument, name, golden = OF_PARTS[act]
    seen = set()
    kind = next(kind for kind in RECORDS if kind.type == "path")
    for record in lives(kind.type):
        if (act, record.state) not in {(a, source) for a, source, _, _ in GOLDEN[kind].GOLDEN}:
            continue
        for part in getattr(record, name):
            given = {**given_to(record, act), argument: part.id}
            found = record.would(act, by=record.owner, at=record.history[-1].at, **given)
            assert ("V010" not in {f.code for f in found}) is (
                (act, part.state) in {(a, source) for a, source, _, _ in golden.GOLDEN}
            )
            seen.add(str(part.state))
    assert seen == set(states_of(golden))
