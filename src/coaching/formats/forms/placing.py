"""Placing: findings at the fields of the form that they speak of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coaching.formats.asked import keys_with_ids
from coaching.formats.forms.describing import ActForm
from coaching.formats.forms.naming import given_in, nested, places
from coaching.kernel.constraints import V015
from coaching.kernel.rules import Finding, Rejected, brief


def by_field(
    findings: Iterable[Finding], form: Mapping[str, object], shown: ActForm | None = None
) -> dict[str, tuple[Finding, ...]]:
    """Give the findings by the names of the fields, as the client wrote them; under "" what is said of the whole form.

    What is said of a place within a field stands at that field, and what is said of a group at its first field.

    Args:
        findings: Of `Rejected`, or of `would`.
        form: What was sent, as `arguments` takes it.
        shown: The form as the page shows it: a field that sent nothing, such as a list of words of which none was
            chosen, is then a field of the page too.

    Raises:
        Rejected: V015 for a form that is no mapping.

    >>> from datetime import date, datetime
    >>> from coaching.formats.forms.reading import arguments
    >>> from coaching.records.interviews import Interview
    >>> sent = {"due_on": "2026-09-30", "kind": "yearly"}
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> given = arguments(Interview, "plan", sent) | {"coachee": "p-17", "interviewer": "p-3"}
    >>> found = Interview.would_new("plan", "i-1", **given, by="p-17", at=noon)
    >>> {name: [finding.code for finding in told] for name, told in by_field(found, sent).items()}
    {'kind': ['V012']}
    """
    given: object = form
    if not isinstance(given, Mapping):
        wrong = "{value} is no mapping of names to values"
        raise Rejected.over(V015, wrong, "form", of="form: cannot be read", value=brief(form))
    sent = given_in(given)
    names = {name: name for name in sent} | dict(places(nested(sent), keys_with_ids()))
    for name in () if shown is None else shown.names():
        names.setdefault(name, name)
    told = dict[str, list[Finding]]()
    for finding in findings:
        told.setdefault(_field_of(finding.path, names), []).append(finding)
    return {name: tuple(found) for name, found in told.items()}


def _field_of(path: str, names: Mapping[str, str]) -> str:
    """Give the field of a place: its own, the nearest around it, or the first within it."""
    around = path
    while around:
        if around in names:
            return names[around]
        around = around[: max(around.rfind("."), around.rfind("["), 0)]
    within = (f"{path}.", f"{path}[")
    return next((name for place, name in names.items() if path and place.startswith(within)), "")
