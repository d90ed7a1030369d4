"""Organisations: what is particular to them, beside what all records share."""

import pytest

from coaching import verify
from coaching.records.organisations import Organisation, OrganisationKind
from stage import STRANGER, at, on, refused
from stage.organisations import GROUP, HR, VERK, imported, registered


def places(findings):
    """Code and path of each finding."""
    return [(f.code, f.path) for f in findings]


def test_a_name_is_all_that_is_asked():
    """Whether it employs or is a client may be noted later, or never: a group may only be a parent."""
    group = Organisation.register(GROUP, "Verk Group", by=HR, at=at(0))
    assert (group.state, group.kinds, group.parent) == ("known", (), None)
    assert group.findings(on(0)) == ()
    assert group.awaits() == ()


def test_an_organisation_may_be_employer_and_client():
    """A consultancy that is a client of another."""
    both = registered(kinds=("employer", "client"))
    assert both.kinds == (OrganisationKind.EMPLOYER, OrganisationKind.CLIENT)


def test_setting_right_keeps_an_earlier_name_and_parent():
    """Companies change their names and their owners; somebody will ask what they were called before."""
    verk = registered().correct(name="Verk AB", parent=None, kinds=("client", "employer"), by=HR, at=at(1))
    assert (verk.name, verk.parent, verk.revision) == ("Verk AB", None, 1)
    assert dict(verk.history[-1].was) == {"name": "Verk", "parent": GROUP}
    assert verify(verk) == ()


def test_anybody_of_the_administration_sets_it_right():
    """Who did it is recorded, not checked."""
    assert registered().acts_for(STRANGER) == ("correct",)
    assert registered().correct(name="Verk AB", by=STRANGER, at=at(1)).history[-1].by == STRANGER


@pytest.mark.parametrize("name", ["", "  "])
def test_an_organisation_without_a_name_is_refused_by_its_own_rule(name):
    """At first and when it is set right."""
    assert places(refused(lambda: registered(name))) == [("O001", "name")]
    assert places(registered().would("correct", name=name, by=HR, at=at(1))) == [("O001", "name")]


def test_a_name_that_another_system_left_out_is_missed_by_the_same_rule():
    """An export with an empty column is refused row by row."""
    given = {"state": "known", "by": HR, "at": at(0), "source": "old HR"}
    assert places(refused(lambda: Organisation.import_(VERK, **given))) == [("O001", "name")]


def test_everything_wrong_is_said_at_once():
    """One refusal, in a stable order."""
    found = refused(lambda: registered("", kinds=("partner",), parent=VERK, colour="red"))
    assert places(found) == [("V016", "colour"), ("V012", "kinds[0]"), ("O001", "name"), ("O003", "parent")]


def test_one_that_was_taken_over_is_corrected_like_any_other():
    """There is only one state to be taken over into."""
    assert imported().correct(kinds=("client",), by=HR, at=at(6)).kinds == (OrganisationKind.CLIENT,)
