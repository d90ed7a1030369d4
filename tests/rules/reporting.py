"""For each rule of reporting: what makes exactly it fire, and a neighbour that passes."""

import io
import sys
from unittest.mock import patch

from coaching import Finding
from coaching.bulk.drafts import Fault
from coaching.bulk.reporting import Report, Thresholds, html, write_rejects
from coaching.kernel.rules import Severity
from stage import refused
from stage.rules import refuses


def without_jinja() -> tuple[Finding, ...]:
    """What is said of a page where the extra is not installed."""
    with patch.dict(sys.modules, {"jinja2": None}):
        return refused(lambda: html(Report()))


def rejects_of(source: bytes) -> tuple[Finding, ...]:
    """What is said of writing the row on line 3, which was the second."""
    fault = Fault("people.csv", 3, 2, "name", "name", "V014", Severity.ERROR, "no name", "no name", "give it")
    write_rejects(source, [fault], io.BytesIO())
    return ()


FIRES = {
    "B060": refuses("max_rejected", lambda: refused(lambda: Thresholds.of(max_rejected="0.02"))),
    "B061": refuses("", without_jinja),
    "B062": refuses("", lambda: refused(lambda: rejects_of(b"id,name\n1,Anna\n"))),
}
ALSO = {
    "B060 warnings": refuses("max_warnings", lambda: refused(lambda: Thresholds.of(max_warnings="2%"))),
    "B062 moved": refuses("", lambda: refused(lambda: rejects_of(b"id,name\n1,Anna\n\n2,\n"))),
}
PASSES = {
    "B060": lambda: (Thresholds.of(max_rejected="2%", max_warnings="20"), ())[1],
    "B061": lambda: (html(Report()), ())[1],
    "B062": lambda: rejects_of(b"id,name\n1,Anna\n2,\n"),
}
