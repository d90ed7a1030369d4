"""The table: what it answers, and that a wrong one fails while it is built."""

import pytest

from coaching.catalogue import catalogue
from coaching.kernel.lifecycle import ANYONE, SAME, START, V010, V011, Lifecycle, holder, row, shut
from coaching.kernel.rules import Choice
from coaching.records import RECORDS
from coaching.records.commitments import COMMITMENT, commitment_rows
from coaching.records.goals import GOAL


class Door(Choice):
    """Where a door stands."""

    OPEN = "open"
    AJAR = "ajar"
    LOCKED = "locked"


OWNER = holder("owner")
BUILD = row("build", START, "open", OWNER)
PULL = row("pull", "open", "ajar", OWNER)
LOCK = row("lock", ("open", "ajar"), "locked", OWNER, "key reason?")


def test_a_sound_table_answers_what_it_was_told():
    """Rows by act and state, states beyond a gate, steps that a history may take."""
    table = Lifecycle(Door, BUILD, PULL, LOCK, shut("pull", ("ajar", "locked"), V010), final=("locked",))
    assert table.acts == ("build", "pull", "lock")
    assert table.find("lock", "ajar") is LOCK
    assert table.find("pull", "locked") is None
    assert table.rows_from("open") == (PULL, LOCK)
    assert table.rows_from(START) == (BUILD,)
    assert LOCK.asks == ("key", "reason?")
    assert set(table.steps()) == {
        ("build", None, "open"), ("pull", "open", "ajar"), ("lock", "open", "locked"), ("lock", "ajar", "locked"),
    }  # fmt: skip
    assert table.shut == {("pull", "ajar"): V010, ("pull", "locked"): V010}
    assert table.beyond("pull") == {"ajar"}
    assert table.beyond("lock") == {"locked"}
    assert table.beyond("lock>open") == set()


def test_an_act_that_arrives_in_two_states_guards_only_its_arrival():
    """A signature that is not the last one leads nowhere."""
    assert GOAL.beyond("sign>agreed") == {"agreed", "paused", "achieved", "missed"}
    assert GOAL.beyond("propose") == {"proposed", "agreed", "paused", "achieved", "missed"}
    assert GOAL.beyond("drop") == {"dropped"}
    assert GOAL.beyond("sign") == GOAL.beyond("sign>agreed")


def test_an_act_that_stays_leads_back_to_each_of_its_states():
    """`SAME` is read for each source."""
    stays = row("look", ("open", "ajar"), SAME, ANYONE)
    table = Lifecycle(Door, BUILD, PULL, LOCK, stays, final=("locked",))
    assert [stays.target(s) for s in ("open", "ajar")] == ["open", "ajar"]
    assert ("look", "ajar", "ajar") in set(table.steps())


def test_a_row_that_revises_keeps_what_it_replaces_and_raises_the_revision():
    """Beginning raises it from nothing to one; import begins anywhere."""
    again = row("paint", "open", SAME, OWNER, revises=True)
    table = Lifecycle(Door, BUILD, PULL, LOCK, again, final=("locked",))
    assert again.keeps
    assert not PULL.keeps
    assert table.steps_taken["paint", "open", "open"] == 1
    assert table.steps_taken["pull", "open", "ajar"] == 0
    assert [table.steps_taken["import", None, state] for state in Door] == [1, 1, 1]


WRONG = {
    "an act twice from one state": ((BUILD, PULL, LOCK, row("pull", "open", "locked", OWNER)), ("locked",), "pull"),
    "an unknown state to come from": ((BUILD, PULL, LOCK, row("slam", "shut", "locked", OWNER)), ("locked",), "shut"),
    "an unknown state to go to": ((BUILD, PULL, LOCK, row("slam", "open", "shut", OWNER)), ("locked",), "shut"),
    "a state that nothing leads to": ((BUILD, row("lock", ("open", "ajar"), "locked", OWNER)), ("locked",), "ajar"),
    "a state that only leads to itself": (
        (BUILD, row("lock", ("open", "ajar"), "locked", OWNER), row("creak", "ajar", SAME, OWNER)), ("locked",), "ajar",
    ),
    "states that only lead to each other": (
        (BUILD, row("lock", "ajar", "locked", OWNER), row("pull", "locked", "ajar", OWNER)), ("open",), "ajar",
    ),
    "a state without a way out that is not final": ((BUILD, PULL, LOCK), (), "locked"),
    "a final state with a way out": ((BUILD, PULL, LOCK), ("locked", "open"), "open"),
    "a final state that is none": ((BUILD, PULL, LOCK), ("locked", "shut"), "shut"),
    "a beginning that stays where nothing is": ((BUILD, PULL, LOCK, row("find", START, SAME, OWNER)), ("locked",), "."),
    "a shut door in an unknown state": ((BUILD, PULL, LOCK, shut("pull", "shut", V010)), ("locked",), "shut"),
    "a shut door of an unknown act": ((BUILD, PULL, LOCK, shut("slam", "ajar", V010)), ("locked",), "slam"),
    "a shut door that stands open": ((BUILD, PULL, LOCK, shut("pull", "open", V010)), ("locked",), "pull"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_table_fails_while_it_is_built(what):
    """And says about what it is wrong."""
    lines, final, named = WRONG[what]
    with pytest.raises(RuntimeError, match=named):
        Lifecycle(Door, *lines, final=final)


def test_a_line_carries_the_rule_that_refuses():
    """The one that everybody has, or one of its own; no code that might name nothing."""
    own = catalogue()["G023"]
    assert BUILD.rule is V011
    assert row("slam", "open", "locked", OWNER, rule=own).rule is own
    assert shut("pull", ("ajar", "locked"), own).rule is own


def test_a_line_says_what_may_not_be_nothing():
    """What it asks for itself, and what may be left out but not emptied; a gate asks for what stands with a `?`."""
    assert LOCK.firm == ("key",)
    assert row("paint", "open", SAME, OWNER, "colour gloss?", firm="coats primer").firm == ("colour", "coats", "primer")


def test_every_table_of_ours_is_sound():
    """Each code that it names is a rule, and each state is reached from the start."""
    for cls in RECORDS:
        rules = {*(row.rule for row in cls.lifecycle.rows), *cls.lifecycle.shut.values()}
        assert all(catalogue()[rule.code] is rule for rule in rules)
        reached, more = {START}, {START}
        while more:
            more = {t for _, s, t in cls.lifecycle.steps() if s in reached} - reached
            reached |= more
        assert reached - {START} == set(cls.lifecycle.states)


def test_a_record_may_add_promises_without_any_that_are_signed_anew():
    """A record without a state between the signatures has none."""
    rows = list(commitment_rows((OWNER,), promise=("open",), keep=("open", "locked")))
    assert [r.act for r in rows] == list(COMMITMENT.acts)
    assert not any(r.revises for r in rows)
    anew = list(commitment_rows((OWNER,), promise=("open",), signed_anew=("ajar",), keep=("open",)))
    assert [(r.act, r.sources) for r in anew if r.revises] == [("promise", ("ajar",))]
