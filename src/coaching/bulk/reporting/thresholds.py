"""When an import is no success: how many rows may be rejected, and how many warnings there may be."""

from __future__ import annotations

import re
from decimal import Decimal

from attrs import frozen

from coaching.bulk.reporting.report import Report
from coaching.bulk.reporting.rules import B060
from coaching.bulk.reporting.screen import number, plural
from coaching.kernel.checking import Faults
from coaching.kernel.rules import Rejected, brief

_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,9})?)\s*%").fullmatch
_NUMBER = re.compile(r"[0-9]{1,18}").fullmatch
_ALL = 100  # percent


@frozen
class Share:
    """So many in a hundred of the rows."""

    percent: Decimal

    def __str__(self) -> str:
        """As one writes it."""
        return f"{self.percent}%"


HALF = Share(Decimal(50))


@frozen
class Thresholds:
    """What an import has to keep to, to be a success. Without one, no more than half of the rows may be rejected.

    Rows are what is accepted or rejected; blank ones count for nothing. A source or a column that could not be used
    at all is no success, whatever the thresholds.

    >>> from coaching.bulk.reporting import Account
    >>> report = Report().account(Account("people.csv", read=200, accepted=195, rejected=5))
    >>> Thresholds.of(max_rejected="2.5%").exceeded(report)
    ()
    >>> Thresholds.of(max_rejected="2%").exceeded(report)
    ('5 of 200 rows are rejected: more than 2%',)
    """

    max_rejected: int | Share = HALF
    max_warnings: int | None = None

    @classmethod
    def of(cls, *, max_rejected: str | int | None = None, max_warnings: str | int | None = None) -> Thresholds:
        """Read thresholds as people write them: `"20"` or `20` for a number, `"2%"` for a share.

        Raises:
            Rejected: B060 for what is neither, or a share of more than 100%; all of them at once.
        """
        faults = Faults()
        rejected = HALF if max_rejected is None else _share(max_rejected) or _number(max_rejected)
        warnings = None if max_warnings is None else _number(max_warnings)
        if rejected is None:
            what = "{value} is neither a number of rows, such as 20, nor a share of them, such as 2%"
            faults.add(B060, "max_rejected", what, value=brief(max_rejected))
        if max_warnings is not None and warnings is None:
            faults.add(B060, "max_warnings", "{value} is no number of warnings", value=brief(max_warnings))
        if rejected is None or faults.found:
            raise Rejected("thresholds: cannot be used", faults.found)
        return cls(rejected, warnings)

    def exceeded(self, report: Report) -> tuple[str, ...]:
        """Say why an import is no success; nothing where it is one."""
        why = []
        rows, rejected = report.accepted + report.rejected, report.rejected
        if report.failed:
            why.append(f"{plural(report.failed, 'error')} about a source or a column as a whole")
        most = self.max_rejected
        if rejected * _ALL > most.percent * rows if isinstance(most, Share) else rejected > most:
            limit = "half" if most == HALF else most if isinstance(most, Share) else number(most)
            why.append(f"{number(rejected)} of {plural(rows, 'row')} are rejected: more than {limit}")
        if self.max_warnings is not None and report.warnings > self.max_warnings:
            why.append(f"{plural(report.warnings, 'warning')}: more than {number(self.max_warnings)}")
        return tuple(why)


def _share(given: object) -> Share | None:
    found = _SHARE(given.strip()) if isinstance(given, str) else None
    share = None if found is None else Share(Decimal(found[1]))
    return None if share is None or share.percent > _ALL else share


def _number(given: object) -> int | None:
    if isinstance(given, str):
        return int(given) if _NUMBER(given := given.strip()) else None
    return given if isinstance(given, int) and not isinstance(given, bool) and given >= 0 else None
