"""Stub."""

from typing import Any
from attrs import frozen


@frozen
class Done:
    act: str


def update(*a: Any, **k: Any) -> Any: ...
