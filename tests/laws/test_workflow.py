"""Acts that are drawn: somebody who may does them, with arguments that fit."""

from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.testing import acts
from stage import ANNA, STRANGER
from stage.everything import Kind, acting, each_kind
from stage.goals import draft_goal


@each_kind
@settings(max_examples=50)
@given(data=st.data())
def test_acts_that_are_drawn_are_done(kind: Kind, data: st.DataObject):
    """By those who may, with arguments that fit."""
    record, act = data.draw(acting(kind))
    assert record.act(act.name, **act.given).history[-1].act == act.name
    assert act.given["by"] == record.act(act.name, **act.given).history[-1].by


@settings(max_examples=20)
@given(data=st.data())
def test_acts_of_one_person_are_theirs(data: st.DataObject):
    """Whoever has no part in a record does nothing: such an example is passed over."""
    assert data.draw(acts(draft_goal(), by=ANNA)).given["by"] == ANNA
    assert draft_goal().acts_for(STRANGER) == ()
