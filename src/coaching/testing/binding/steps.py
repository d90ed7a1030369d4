"""Steps: what is asked of a system, as plain data, and as a script that can be pasted and run without us."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from unicodedata import is_normalized

from attrs import frozen

from coaching.kernel.record import Record

RESTART = "restart"
"""The step that lets a system stop and begin again with what it kept."""


@frozen
class Step:
    """One act asked of a system: what, on which record, by whom, when, and what is given to it in plain values.

    >>> from datetime import UTC
    >>> print(Step("sign", "i-1", "p-17", datetime(2026, 3, 2, 9, tzinfo=UTC), {"stance": "agrees"}))
    perform("sign", "i-1", by="p-17", at=when("2026-03-02T09:00:00+00:00"), stance="agrees")
    """

    act: str
    record_id: str
    by: str
    at: datetime
    given: Mapping[str, Any]
    kind: str = "interview"

    @property
    def asked(self) -> dict[str, Any]:
        """What is given, as it is asked of a system: another record by its id."""
        return {name: value.id if isinstance(value, Record) else value for name, value in self.given.items()}

    def ask(self, perform: Callable[..., Any]) -> Any:
        """Ask it of a system."""
        return perform(self.act, self.record_id, by=self.by, at=self.at, **self.asked)

    def __str__(self) -> str:
        """Give it as it is pasted."""
        if self.act == RESTART:
            return "restart()"
        given = "".join(f", {name}={_pasted(value)}" for name, value in self.asked.items())
        return f'perform("{self.act}", "{self.record_id}", by="{self.by}", at={_pasted(self.at)}{given})'


def script(steps: Iterable[Step], at_once: int = 0, binding: str = "", module: str = "", *, waits: bool = False) -> str:
    """Write steps as a script: `perform` is the binding's own, and nothing else of ours is needed.

    So many of the last ones are asked by threads, at once. The first lines say where `perform` comes from, and how to
    wait for it.
    """
    lines = [str(step) for step in steps]
    if at_once:
        asked = [line.replace("perform(", "    threads.submit(perform, ", 1) for line in lines[-at_once:]]
        asked = [f"    {line}," for line in asked]
        threads = f"with ThreadPoolExecutor({at_once}) as threads:"
        lines[-at_once:] = [_THREADS, threads, "    asked = [", *asked, "    ]", _ERRORS]
    named = [name for name in ("when", "day") if any(f"{name}(" in line for line in lines)]
    heads = {"when": "when = datetime.fromisoformat", "day": "day = date.fromisoformat"}
    own = f"{binding}().perform" if binding else ""
    if own and waits:
        own = f"lambda *given, **named: asyncio.run({own}(*given, **named))  # import asyncio; one binding for all"
    first = [f"# perform = {own}"] if own else []
    first = [f"# from {module} import {binding}", *first] if own and module else first
    return "\n".join([*first, "from datetime import date, datetime", *(heads[name] for name in named), *lines])


_THREADS = "from concurrent.futures import ThreadPoolExecutor"
_ERRORS = "print([it.exception() for it in asked])"


def _pasted(value: Any) -> str:
    """Write a value as Python reads it; a long text of one character is written short."""
    if isinstance(value, datetime):
        return f'when("{value.isoformat()}")'
    if isinstance(value, date):
        return f'day("{value.isoformat()}")'
    if isinstance(value, str):
        alone = len(value) > _LONG and len(set(value)) == 1
        return f"{_quoted(value[0])} * {len(value)}" if alone else _quoted(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_quoted(name)}: {_pasted(it)}" for name, it in value.items()) + "}"
    return f"[{', '.join(map(_pasted, value))}]" if isinstance(value, (list, tuple)) else repr(value)


_LONG = 60


def _quoted(text: str) -> str:
    """Write a text in double quotes where it survives being pasted; else escaped."""
    plain = text.isprintable() and is_normalized("NFC", text)
    return json.dumps(text, ensure_ascii=False) if plain else ascii(text)
