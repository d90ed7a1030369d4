"""Places: where a finding points, in the words of others: the steps that lead there, and a JSON pointer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

_STEPS = re.compile(r"\[([0-9]+)\]|([^.\[]+)")


def steps(path: str) -> tuple[str | int, ...]:
    """Give the names and places that lead to where a finding points; none for a record as a whole.

    >>> steps("history[3].at")
    ('history', 3, 'at')
    """
    return tuple([int(place) if place else name for place, name in _STEPS.findall(path)])


def pointer(path: str) -> str:
    """Give the JSON pointer to where a finding points (RFC 6901), as a fragment of an address.

    >>> pointer("history[3].at"), pointer("")
    ('#/history/3/at', '#')
    """
    return pointer_to(steps(path))


def pointer_to(steps_: Iterable[str | int]) -> str:
    """Give the JSON pointer to where some steps lead.

    >>> pointer_to(("a/b", "100 %"))
    '#/a~1b/100%20%25'
    """
    said = [str(step).replace("~", "~0").replace("/", "~1") for step in steps_]
    return "#" + "".join([f"/{quote(step, safe='~!$&()*+,;=:@')}" for step in said])
