"""Stub."""

from typing import Any

from attrs import frozen


@frozen
class Done:
    act: str
    field: str
    old: Any
    new: Any

    def as_dict(self, *, values=False):
        return {}

    def told(self, *, values=False):
        return ""


@frozen
class Changed:
    line: bytes
    acts: tuple = ()
    left: tuple = ()


def update(*a: Any, **k: Any) -> Any: ...
