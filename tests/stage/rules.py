"""What an example of a rule in tests/rules is: what makes it fire, and where and how hard it must speak then."""

from collections.abc import Callable
from typing import Any

from attrs import frozen


@frozen
class Example:
    """Something that breaks one rule, with the places that the findings must name, in their order, and the severity."""

    paths: tuple[str, ...]
    severity: str
    found: Callable[[], tuple[Any, ...]]

    def __call__(self) -> tuple[Any, ...]:
        """What is found."""
        return self.found()


def refuses(paths: str | tuple[str, ...], found: Callable[[], tuple[Any, ...]]) -> Example:
    """Errors at these places."""
    return Example((paths,) if isinstance(paths, str) else paths, "error", found)


def warns(paths: str | tuple[str, ...], found: Callable[[], tuple[Any, ...]]) -> Example:
    """Warnings at these places."""
    return Example((paths,) if isinstance(paths, str) else paths, "warning", found)


def warns_of(column: str, found: Callable[[], tuple[Any, ...]]) -> Example:
    """A fault of a column that is a warning."""
    return Example((column,), "warning", found)
