"""Hooks: what another library looks for on a class, to be told how it reads, writes and describes objects of it.

The kernel knows no such library, and imports nothing that stands above it: each class has the hooks, and `coaching`
puts into `ANSWERS` what imports the integration, once it is asked. So nobody pays for a library that they do not use.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Answer = Callable[[type, Any, Any], Any]
ANSWERS: dict[str, Answer] = {}
"""Who answers, by the name of the hook."""


def _hook(name: str) -> Any:
    def asked(cls: type, about: object, handler: object) -> object:
        return ANSWERS[name](cls, about, handler)

    return classmethod(asked)


PYDANTIC_CORE = "__get_pydantic_core_schema__"
PYDANTIC_JSON = "__get_pydantic_json_schema__"
HOOKS = {name: _hook(name) for name in (PYDANTIC_CORE, PYDANTIC_JSON)}
"""What a class has, by its name."""


def hooked(cls: Any) -> Any:
    """Give a class its hooks; what inherits from it has them too."""
    for name, hook in HOOKS.items():
        setattr(cls, name, hook)
    return cls
