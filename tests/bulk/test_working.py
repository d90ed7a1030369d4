"""Work that is shared: whoever is done first, what comes of it stands in order, and no more waits than has to."""

import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.bulk import working
from coaching.bulk.working import batched, in_order


def slowest_first(batch):
    """Take the longer the earlier it is, and say in which process."""
    time.sleep(0.03 / (1 + batch))
    return batch, os.getpid()


def fails(batch):
    """Do all but the third."""
    if batch == 2:
        raise ValueError("the third")
    return batch


@pytest.mark.parametrize("workers", [1, 2])
class TestInOrder:
    """One worker or several: the same."""

    def test_what_comes_of_each_stands_in_its_place(self, workers):
        found = list(in_order(slowest_first, range(12), workers=workers))
        assert [batch for batch, _ in found] == list(range(12))
        assert (os.getpid() in {pid for _, pid in found}) == (workers == 1)

    def test_nothing_comes_of_nothing(self, workers):
        assert list(in_order(slowest_first, [], workers=workers)) == []

    def test_a_reader_does_not_run_ahead(self, workers):
        """Of what is read, only so much waits."""
        read = []
        batches = (read.append(n) or n for n in range(100))
        done = in_order(slowest_first, batches, workers=workers)
        for n in range(5):
            next(done)
            assert len(read) <= n + 1 + 2 * workers
        done.close()

    def test_what_fails_is_said_in_its_place(self, workers):
        found = []
        with pytest.raises(ValueError, match="the third"):
            found.extend(in_order(fails, range(5), workers=workers))
        assert found in ([], [0, 1])


def test_what_a_process_does_is_what_it_was_made_for(monkeypatch):
    """It learns it once, and is then given batches alone."""
    monkeypatch.setattr(working, "_mine", [])
    working._learn(sum)
    assert [working._do(batch) for batch in ([1, 2], [3])] == [3, 3]


@given(st.lists(st.integers(), max_size=20), st.integers(1, 7))
def test_batches_are_full_but_for_the_last(items, size):
    """And hold all, in order."""
    found = list(batched(items, size))
    assert [it for batch in found for it in batch] == items
    assert all(len(batch) == size for batch in found[:-1])
    assert all(0 < len(batch) <= size for batch in found)
