"""What came of an import: the account of each source, what became of the records, and the faults, grouped.

It is filled as the import goes on and never holds the file; parts
that were filled by several workers, or for several sources, add up in any order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from attrs import Factory, define, field

from coaching.bulk.drafts import Fault
from coaching.bulk.reporting.accounts import Account, Fate
from coaching.bulk.reporting.groups import Group, Groups, Kept, fewest
from coaching.bulk.reporting.screen import screen
from coaching.kernel.constraints import V015
from coaching.kernel.rules import Rejected, Severity

MOST = 1000  # faults that a report lists one by one, where nothing else is said


@define
class Report:
    """What came of an import.

    Attributes:
        most: How many faults are listed one by one; None for all. Counts and groups are exact whatever it is.
        written: Whether the book was written.
        accounts: The account of each source, by its name.
        fates: How many records of a type met which fate.

    >>> fault = Fault(
    ...     "people.csv", 2, 1, "Hire date", "employments[].from", "B003", Severity.ERROR,
    ...     "a year of two digits", "'3/5/24' has a year of two digits", "write the year with four digits",
    ... )  # fmt: skip
    >>> report = Report().add(fault).account(Account("people.csv", read=2, accepted=1, rejected=1))
    >>> report = report.count("person", Fate.NEW)
    >>> print(report)
    read 2 = accepted 1 + rejected 1 + skipped 0
    Nothing was written.
    person: 1 new
    1 error
      Hire date: 1 × a year of two digits (B003), line 2
    >>> [group["message"] for group in report.as_dict(values=True)["groups"]]
    ["'3/5/24' has a year of two digits"]
    """

    most: int | None = MOST
    written: bool = False
    accounts: dict[str, Account] = Factory(dict)
    fates: Counter[tuple[str, Fate]] = Factory(Counter)
    _groups: Groups = field(factory=Groups, init=False)
    _kept: Kept = field(init=False)
    _severities: Counter[Severity] = field(factory=Counter, init=False)
    _failed: int = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        """Make room for what is kept."""
        if self.most is not None and self.most < 0:
            raise Rejected.over(V015, "{most} is no number of faults", "most", of="report", most=self.most)
        self._kept = Kept(self.most)

    # --- filling it -------------------------------------------------------------------------------------------------

    def add(self, *faults: Fault) -> Report:
        """Take faults, and give the report itself."""
        return self.add_all(faults)

    def add_all(self, faults: Iterable[Fault]) -> Report:
        """Take a stream of faults."""
        for fault in faults:
            self._severities[fault.severity] += 1
            self._groups.add(fault)
            self._kept.add(fault)
            self._failed += not fault.record and fault.severity == Severity.ERROR
        return self

    def account(self, *accounts: Account) -> Report:
        """Take the accounts of sources; several of one source add up."""
        for it in accounts:
            before = self.accounts.get(it.source)
            self.accounts[it.source] = it if before is None else before + it
        return self

    def count(self, type: str, fate: Fate, n: int = 1) -> Report:
        """Count records of a type."""
        self.fates[type, Fate(fate)] += n
        return self

    def __add__(self, other: Report) -> Report:
        """Give both together, as if one had seen everything."""
        both = Report(fewest((self.most, other.most)), written=self.written or other.written)
        for it in (self, other):
            both.account(*it.accounts.values())
            both.fates.update(it.fates)
            both._severities.update(it._severities)
            both._failed += it._failed
            both._groups.add_all(it._groups)
            both._kept.add_all(it._kept)
        return both

    # --- asking it --------------------------------------------------------------------------------------------------

    @property
    def read(self) -> int:
        """How many records were read of all sources."""
        return sum(it.read for it in self.accounts.values())

    @property
    def accepted(self) -> int:
        """How many rows were taken."""
        return sum(it.accepted for it in self.accounts.values())

    @property
    def rejected(self) -> int:
        """How many rows were not."""
        return sum(it.rejected for it in self.accounts.values())

    @property
    def skipped(self) -> dict[str, int]:
        """How many records were passed over, and why."""
        return dict(sorted(sum((Counter(it.skipped) for it in self.accounts.values()), Counter()).items()))

    @property
    def errors(self) -> int:
        """How many faults reject a row, or a source."""
        return self._severities[Severity.ERROR]

    @property
    def warnings(self) -> int:
        """How many faults are worth a look and reject nothing."""
        return self._severities.total() - self.errors

    @property
    def failed(self) -> int:
        """How many errors are about a source or a column as a whole, and about no single row."""
        return self._failed

    @property
    def groups(self) -> list[Group]:
        """The faults that say the same, counted: errors before warnings, then the commonest."""
        return list(self._groups)

    @property
    def faults(self) -> list[Fault]:
        """The faults that are listed one by one, in the order of sources and lines."""
        return list(self._kept)

    @property
    def records(self) -> dict[str, dict[str, int]]:
        """How many records of each type met which fate."""
        types = sorted({type for (type, _), n in self.fates.items() if n})
        return {type: {it.value: self.fates[type, it] for it in Fate if self.fates[type, it]} for type in types}

    def told(self, *, values: bool = False, height: int = 24, width: int = 80) -> str:
        """Say it on one screen, whatever the file. `values` shows what some cells of each group say."""
        accounts = [self.accounts[name] for name in sorted(self.accounts)]
        return screen(
            accounts, self.records, self.groups, written=self.written, values=values, height=height, width=width
        )

    def __str__(self) -> str:
        """Say it on one screen, without what any cell says."""
        return self.told()

    def as_dict(self, *, values: bool = False) -> dict[str, Any]:
        """Give it as plain values, ready for JSON: docs/importing.md says what they mean. `values` shows cells."""
        faults = self.faults
        return {
            "written": self.written,
            "read": self.read,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "skipped": self.skipped,
            "errors": self.errors,
            "warnings": self.warnings,
            "records": self.records,
            "sources": [self.accounts[name].as_dict() for name in sorted(self.accounts)],
            "groups": [it.as_dict(values=values) for it in self.groups],
            "faults": [_as_dict(it, values=values) for it in faults],
            "unlisted": self.errors + self.warnings - len(faults),
        }


def _as_dict(it: Fault, *, values: bool) -> dict[str, Any]:
    return {
        "source": it.source,
        "line": it.line,
        "record": it.record,
        "column": it.column,
        "field": it.field,
        "code": it.code,
        "severity": str(it.severity),
        "message": it.message if values else it.what,
        "mend": it.mend,
    }
