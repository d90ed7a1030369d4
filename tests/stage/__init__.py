"""The people, days and ready-made records that tests play with."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from coaching import Finding, Rejected

ANNA, OLE, EVA, PER, STRANGER = "p-17", "p-3", "p-4", "p-1", "p-99"
"""Anna, a consultant; Ole, her manager; Eva, a colleague; Per, Ole's manager; and somebody who has no part in it."""

MONDAY = date(2026, 3, 2)


def at(day: int, hour: int = 12) -> datetime:
    """A moment so many days after Monday, 2 March 2026."""
    return datetime(MONDAY.year, MONDAY.month, MONDAY.day, hour, tzinfo=UTC) + timedelta(days=day)


def on(day: int) -> date:
    """The day so many days after Monday, 2 March 2026."""
    return MONDAY + timedelta(days=day)


def refused(act: Callable[[], object]) -> tuple[Finding, ...]:
    """What an act that must be refused says; the test fails when it is done."""
    try:
        act()
    except Rejected as refusal:
        assert refusal.findings
        return refusal.findings
    raise AssertionError("it was not refused")


def codes(findings: tuple[Finding, ...]) -> list[str]:
    """The codes of findings, each once, in their order."""
    return list(dict.fromkeys(f.code for f in findings))
