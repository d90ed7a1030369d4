"""Saying what was found, with its place: which header fills a field, and which lines are meant.

Read top to bottom: the header of a field, places, telling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import Factory, define, frozen

from coaching.bulk.drafts import Fault
from coaching.bulk.journal import Journal
from coaching.bulk.mapping.classes import Column, Records
from coaching.bulk.mapping.classes import Mapping as Mapped
from coaching.bulk.settling.paths import keys_of
from coaching.kernel.rules import Finding, Rule, Severity, shown

SHOWN = 10  # lines, ids and fields that a message names; of more it says how many
_FLUSH = 1000
_FOLLOWS = re.compile(r"positions\[\d+\]\.(?:span\.(from|to)|managers\[\d+\]\.from)").fullmatch
_IN_TEMPLATE = re.compile(r"\{([^{}]+)\}")


def headers_of(records: Records, path: str) -> list[str]:
    """Give the headers that fill a field, as the mapping writes them: those that are tried in turn, in their order.

    >>> manager = {"managers": ({"manager": Column(column="Boss")},)}
    >>> headers_of(Records(type="person", fields={"positions": (manager,)}), "positions[3].managers[0].manager")
    ['Boss']
    """
    found = [*_headers(records.fields, keys_of(path))] or _headers(records.fields, _from(path))
    return [*dict.fromkeys(found)]


def _from(path: str) -> list[str | int]:
    """Give the path from which follows what nothing fills: a position lasts as long as the employment of its row."""
    found = _FOLLOWS(path)
    return ["employments", 0, found[1] or "from"] if found else ["\0"]


def _headers(filled: Any, keys: Sequence[str | int]) -> Iterator[str]:
    """Give the headers that fill what stands at a path, or all below it."""
    if isinstance(filled, Column):
        yield from filled.column
        yield from _IN_TEMPLATE.findall(filled.template or "")
    elif isinstance(filled, Mapping):
        if not keys:
            for it in filled.values():
                yield from _headers(it, ())
        elif keys[0] in filled:
            yield from _headers(filled[keys[0]], keys[1:])
    elif isinstance(filled, tuple):
        at = keys[0] if keys and isinstance(keys[0], int) else 0
        for it in (*filled[at : at + 1], *filled):  # items that say nothing are left out, so that a later one moves up
            yield from _headers(it, keys[1:])


@frozen
class Place:
    """Where a row stands, and what made the draft of it."""

    source: int
    record: int
    line: int
    made_by: int


@define
class Telling:
    """Says what was found. An error rejects the row, and the row is noted as `newly` rejected."""

    journal: Journal
    mapping: Mapped
    _names: dict[int, str] = Factory(dict)
    _headers: dict[int, dict[str, str]] = Factory(dict)
    _waiting: dict[int, list[Fault]] = Factory(dict)
    _many: int = 0

    def __attrs_post_init__(self) -> None:
        """Read the names of the sources once."""
        self._names, self._headers = self.journal.names(), self.journal.headers()

    def column(self, place: Place, path: str) -> str:
        """Give the header that fills a field in a row, as the source writes it."""
        there = self._headers[place.source]
        headers = headers_of(self.mapping.records[place.made_by], path)
        return next((there[it] for it in headers if it in there), next(iter(headers), ""))

    def columns(self, place: Place, paths: Sequence[str]) -> str:
        """Name the headers, or else the fields, of some paths."""
        return _few(list(dict.fromkeys(self.column(place, path) or path for path in paths)))

    def lines(self, here: Place, others: Iterable[tuple[int, int]]) -> str:
        """Name lines, each with its source where that is another one.

        Args:
            here: From where they are seen.
            others: Sources and lines; what is on none is what the mapping itself says.
        """
        its = list(others)
        told = [f"{line}" if n == here.source else f"{line} of {self._names[n]}" for n, line in its if line]
        lines = f"line{'s' * (len(told) > 1)} {_few(told)}" if told else ""
        mapping = "" if len(told) == len(its) else "the mapping"
        return " and ".join(filter(None, (lines, mapping)))

    def fault(
        self,
        rule: Rule | Finding,
        place: Place,
        path: str,
        what: str,
        message: str,
        severity: Severity = Severity.ERROR,
        *,
        column: str | None = None,
    ) -> Fault:
        """Make the fault that something is wrong in a row: `what` without anything of a cell, `message` with it."""
        its = self.column(place, path) if column is None else column
        source = self._names[place.source]
        return Fault(source, place.line, place.record, its, path, rule.code, severity, what, shown(message), rule.mend)

    def say(
        self,
        rule: Rule,
        place: Place,
        path: str,
        what: str,
        message: str,
        severity: Severity,
        *,
        column: str | None = None,
    ) -> None:
        """Say what is wrong in a row: `what` without anything of a cell, `message` with it."""
        fault = self.fault(rule, place, path, what, message, severity, column=column)
        self._waiting.setdefault(place.source, []).append(fault)
        self._many += 1
        if severity is Severity.ERROR:
            self.journal.ask("INSERT OR IGNORE INTO newly VALUES (?, ?)", place.source, place.record)
        if self._many >= _FLUSH:
            self.flush()

    def flush(self) -> None:
        """Write what was said."""
        for source, faults in self._waiting.items():
            self.journal.say(source, faults)
        self._waiting, self._many = {}, 0


def _few(told: Sequence[str]) -> str:
    more = [f"{len(told) - SHOWN} more"] if len(told) > SHOWN else []
    return ", ".join([*told[:SHOWN], *more])
