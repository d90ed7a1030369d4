"""What the laws share: the records they are tried on are drawn before, since one property cannot draw inside another."""

import pytest

from stage.everything import drawn


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Draw the records of the kind that a law is about to be tried on; once for all laws."""
    kind = getattr(item, "callspec", None) and item.callspec.params.get("kind")  # of a Function
    if kind is not None:
        drawn(kind)
