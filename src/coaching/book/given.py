"""What a question is given: refused, all of it at once, where it is no such thing (V015). Asks nothing else."""

from __future__ import annotations

from typing import Any

from coaching.kernel.checking import each_of
from coaching.kernel.constraints import V015
from coaching.kernel.rules import Breach, Rejected, breach, brief, finding


def must_be(what: str, /, **given: tuple[Any, Any, str]) -> None:
    """Refuse values that are not of their type; each by its name: the value, its type, and what that is called.

    Raises:
        Rejected: V015 for each.

    >>> must_be("cannot count", people=(3, list, "list"))
    Traceback (most recent call last):
    ...
    coaching.Rejected: cannot count
      V015 people: 3 is no list (give a value of the type named)
    """
    wrong = [no(value, called, name) for name, (value, kind, called) in given.items() if not isinstance(value, kind)]
    if wrong:
        raise refusal(what, wrong)


def each_must_be(what: str, name: str, values: Any, kind: Any, called: str) -> list[Any]:
    """Go through values, each of which is of a type.

    Raises:
        Rejected: V015 for what cannot be gone through, and for each value of another type, with its place.

    >>> each_must_be("cannot count", "people", [1, "two"], int, "number")
    Traceback (most recent call last):
    ...
    coaching.Rejected: cannot count
      V015 people[1]: 'two' is no number (give a value of the type named)
    """
    every = gone_through(what, name, values, f"list of {called}s")
    wrong = [no(it, called, f"{name}[{i}]") for i, it in enumerate(every) if not isinstance(it, kind)]
    if wrong:
        raise refusal(what, wrong)
    return every


def gone_through(what: str, name: str, values: Any, called: str) -> list[Any]:
    """Go through values that may be anything.

    Raises:
        Rejected: V015 for what cannot be gone through, and for a text, whose letters nobody means.
    """
    every = None if isinstance(values, (str, bytes)) else each_of(values)
    if every is None:
        raise refusal(what, [no(values, called, name)])
    return list(every)


def no(value: Any, called: str, name: str) -> Breach:
    """Say of a value that it is not what is called so."""
    return breach("{value} is no {kind}", name, value=brief(value), kind=called)


def refusal(what: str, wrong: list[Breach]) -> Rejected:
    """Make the error of a question that is given something else (V015)."""
    return Rejected(what, [finding(V015, it) for it in wrong])
