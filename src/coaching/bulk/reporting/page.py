"""A report as one page that stands by itself: for somebody who has no Python, and gets it by mail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from importlib.resources import files
from itertools import groupby
from typing import Any

from attrs import frozen

from coaching.bulk.reporting.accounts import Fate
from coaching.bulk.reporting.groups import Group
from coaching.bulk.reporting.report import Report
from coaching.bulk.reporting.rules import B061
from coaching.bulk.reporting.screen import listed
from coaching.kernel.rules import LISTED, Rejected, Rule, Severity, shown

PLACES = 40  # so many places are named below a rule; more are counted
COLUMNS = 200  # rows of the table of columns


@frozen
class _ByRule:
    """What one rule found."""

    code: str
    severity: str
    count: int
    rule: Rule | None
    groups: Sequence[Group]
    more: int  # groups that are not shown
    unshown: int  # faults in them


@frozen
class _Column:
    """What was found in one column of one source."""

    source: str
    column: str
    errors: int
    warnings: int
    codes: Sequence[str]


def html(report: Report, *, values: bool = False, title: str = "Import", told: Mapping[str, str] | None = None) -> str:
    """Give a report as one page of HTML that needs nothing else: no script, no font, no picture.

    Args:
        report: What came of the import.
        values: Whether the page shows what cells say.
        title: What stands above it.
        told: What else the reader should know, by name: when it was, how long it took, by which mapping.

    Raises:
        Rejected: B061 where jinja2 is not installed, which the extra `cli` brings.
    """
    try:
        jinja2 = import_module("jinja2")
    except ImportError:
        message = "a page is written with the extra {extra}: pip install 'coaching[{extra}]'"
        raise Rejected.over(B061, message, of="report", extra="cli") from None
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters.update(number=_number, said=lambda it: it.said(values=values), lines=_lines, shown=shown)
    groups = report.groups
    template = files("coaching.bulk.reporting").joinpath("page.html").read_text(encoding="utf-8")
    page: str = environment.from_string(template).render(
        report=report,
        title=title,
        told=told or {},
        values=values,
        accounts=[report.accounts[name] for name in sorted(report.accounts)],
        rows=report.accepted + report.rejected,
        parts=_parts(report),
        fates=[it.value for it in Fate if any(it.value in counts for counts in report.records.values())],
        rules=_by_rule(groups),
        columns=(columns := _by_column(groups))[:COLUMNS],
        more_columns=len(columns[COLUMNS:]),
    )
    return page


def _number(n: int) -> str:
    return f"{n:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _lines(it: Group) -> str:
    return listed(it.lines, it.count)


def _parts(report: Report) -> list[tuple[str, int, float]]:
    """Give the parts of what was read, each with its share in hundredths; what is there at all can be seen."""
    parts = (("accepted", report.accepted), ("rejected", report.rejected), ("skipped", sum(report.skipped.values())))
    return [(name, n, max(round(100 * n / report.read, 2), 0.5)) for name, n in parts if n]


def _by_rule(groups: Iterable[Group]) -> list[_ByRule]:
    """Put together what each rule found: errors first, then what is found most often."""
    known = LISTED.rules()
    told = []
    for (severity, code), its in groupby(sorted(groups, key=_of_rule), key=lambda it: (it.severity, it.code)):
        all_of_them = list(its)
        shown_here, rest = all_of_them[:PLACES], all_of_them[PLACES:]
        told.append(
            _ByRule(
                code, severity.value, sum(it.count for it in all_of_them), known.get(code),
                shown_here, len(rest), sum(it.count for it in rest),
            )
        )  # fmt: skip
    return sorted(told, key=lambda it: (it.severity != Severity.ERROR.value, -it.count, it.code))


def _of_rule(it: Group) -> Any:
    return it.severity.value, it.code, it.sort_key


def _by_column(groups: Iterable[Group]) -> list[_Column]:
    """Put together what was found in each column; the rows as a whole are named first."""
    told = []
    for (source, column), its in groupby(
        sorted(groups, key=lambda it: (it.source, it.column)), key=lambda it: (it.source, it.column)
    ):
        here = list(its)
        errors = sum(it.count for it in here if it.severity == Severity.ERROR)
        codes = sorted({it.code for it in here})
        told.append(_Column(source, column, errors, sum(it.count for it in here) - errors, codes))
    return told
