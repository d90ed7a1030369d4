"""What came of checking a log: what breaks which rule in which line, and how much could not be judged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from attrs import frozen

from coaching.catalogue import catalogue
from coaching.kernel.rules import Cause, Finding
from coaching.logs.comparing import MISSING, Difference
from coaching.logs.lines import LogLine

HELD, REFUSED = "held", "refused"
"""What stands in the place of a code where no rule is broken."""


@frozen
class LogFault:
    """One thing that is wrong in a log.

    Attributes:
        line: In which line.
        kind: The kind of record.
        record_id: The record.
        act: What was done.
        code: The rule that is broken; `"held"` where the record held something else than it should, `"refused"` where
            what was right was refused.
        message: What is wrong.
        path: The argument or field that it is about; empty where it is about the whole.
        mend: What would be right.
        side: Expected and held, where something was held otherwise.
    """

    line: int
    kind: str
    record_id: str
    act: str
    code: str
    message: str
    path: str = ""
    mend: str = ""
    side: Difference | None = None

    @classmethod
    def over(cls, line: LogLine, found: Finding) -> LogFault:
        """Say of a line what breaks a rule."""
        return cls(
            line.line, str(line.kind), line.record_id, line.act, found.code, found.message, found.path, found.mend
        )

    @classmethod
    def of_side(cls, line: LogLine, side: Difference) -> LogFault:
        """Say of a line that something was held otherwise."""
        mend = "keep what the acts say, or put the act into the log that changed it"
        return cls(line.line, str(line.kind), line.record_id, line.act, HELD, str(side), side.path, mend, side)

    @classmethod
    def of_refusal(cls, line: LogLine, message: str) -> LogFault:
        """Say of a line that it was refused wrongly."""
        mend = "take it, or put the rule of your own into the codes of the line"
        return cls(line.line, str(line.kind), line.record_id, line.act, REFUSED, message, "", mend)

    @property
    def said(self) -> str:
        """Say what is wrong; of what is no value, in which argument or field, where the message does not name it."""
        rule = catalogue().get(self.code)
        named = rule is None or rule.cause != Cause.INPUT or not self.path or self.path in self.message
        return self.message if named else f"{self.path}: {self.message}"

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """Give it as a row of a table: line, record, act, code, what."""
        return str(self.line), self.record_id, self.act, self.code, self.said

    def as_dict(self) -> dict[str, Any]:
        """Give a plain dict, ready for `json.dumps`."""
        said = {name: getattr(self, name) for name in _PLAIN}
        if self.side is None:
            return said
        expected = None if self.side.expected is MISSING else _written(self.side.expected)
        return said | {"expected": expected, "held": _written(self.side.held)}

    def __str__(self) -> str:
        """Give line, record, act, code, and what is wrong, in one line."""
        return f"line {self.line}: {self.record_id} {self.act}: {self.code} {self.said} ({self.mend})"


HEADS = ("Line", "Record", "Act", "Code", "What")
_PLAIN = ("line", "kind", "record_id", "act", "code", "message", "path", "mend")


@frozen
class LogReport:
    """What came of checking a log.

    Attributes:
        findings: What is wrong, in the order of the lines.
        judged: How many lines were judged in full.
        not_judged: How many were not, or only in part, by the reason. That is no fault.
    """

    findings: tuple[LogFault, ...]
    judged: int
    not_judged: Mapping[str, int]

    @property
    def lines(self) -> int:
        """How many lines there were."""
        return self.judged + sum(self.not_judged.values())

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of what is wrong, in the order of the lines, each once."""
        return tuple(dict.fromkeys(fault.code for fault in self.findings))

    def as_dict(self) -> dict[str, Any]:
        """Give a plain dict, ready for `json.dumps`."""
        return {
            "lines": self.lines,
            "judged": self.judged,
            "not_judged": dict(self.not_judged),
            "findings": [fault.as_dict() for fault in self.findings],
        }

    def as_json(self) -> str:
        """Give everything as JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)

    def __str__(self) -> str:
        """As a table: a finding a line, then what was judged."""
        cells = [HEADS, *(fault.cells for fault in self.findings)] if self.findings else []
        widths = [max(len(row[n]) for row in cells) for n in range(4)] if cells else []
        rows = ["  ".join([*(row[n].ljust(widths[n]) for n in range(4)), row[4]]) for row in cells]
        return "\n".join([*rows, *self.counts()])

    def counts(self) -> Iterable[str]:
        """Say how much was judged, and why the rest was not."""
        yield f"findings {len(self.findings)}, lines {self.lines}, judged in full {self.judged}"
        for why, n in self.not_judged.items():
            yield f"not judged in full: {n} ({why})"


def _written(value: Any) -> Any:
    """Give a value as JSON can say it."""
    if isinstance(value, Mapping):
        return {str(name): _written(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_written(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
