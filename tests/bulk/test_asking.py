"""Asking the rules of what was read: it says yes where checking finds nothing, and never where it finds something."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from coaching.bulk.asking import Asking
from coaching.bulk.making import LATE, check
from coaching.codec import unstructure
from coaching.kernel.classes import model_of
from stage import at
from stage.everything import STRATEGIES, each_kind
from stage.nasty import as_json


def as_read(record):
    """The document of a record as reading writes it: without a history."""
    return as_json({name: it for name, it in unstructure(record).items() if name != "history"})


@each_kind
@given(data=st.data())
def test_it_says_of_good_fields_what_checking_says(kind, data):
    """A field of one record in the place of another's: each is good, and both together may break a rule."""
    state = st.sampled_from(kind.lifecycle.states)
    record, other = data.draw(STRATEGIES[kind](state=data.draw(state))), data.draw(STRATEGIES[kind]())
    name = data.draw(st.sampled_from([it for it in model_of(kind).names if it not in {"id", "state", "history"}]))
    swapped = model_of(kind).copy(record, {name: getattr(other, name)})
    for when in (LATE, at(4000), at(-9000)):
        asking = pickle.loads(pickle.dumps(Asking(when)))
        for document in map(as_read, (record, swapped)):
            assert asking.is_good(document) is (check([document], at=when) == [()])


def test_what_it_cannot_read_is_for_others_to_explain():
    """It never raises, and never says yes."""
    assert not any(map(Asking(LATE).is_good, (b"", b"[]", b"{}", b'{"type":"goal"}', b'{"type":"x","id":"1"}')))
