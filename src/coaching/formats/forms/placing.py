"""Placing: findings at the fields of the form that they speak of, and what is asked again because of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import evolve

from coaching.formats.asked import keys_with_ids
from coaching.formats.forms.choices import Option
from coaching.formats.forms.describing import ActForm, FieldKind, FormField
from coaching.formats.forms.naming import given_in, nested, places
from coaching.kernel.constraints import V003, V015
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


def asked_again(field: FormField, found: Iterable[Finding]) -> FormField:
    """Give a field as it is asked again after what was found: of a time that comes twice, which of the two is meant.

    >>> from datetime import datetime
    >>> from coaching.formats.forms.describing import act_form
    >>> from coaching.formats.forms.reading import arguments
    >>> from coaching.records.interviews import Interview
    >>> noon = datetime.fromisoformat("2026-03-02T12:00+00:00")
    >>> talk = Interview.plan("i-1", "p-17", "p-3", "annual", noon.date(), by="p-17", at=noon)
    >>> sent = {"slot.start": "2026-10-25T02:30", "slot.minutes": "60", "slot.place": "Room 4"}
    >>> given = arguments(talk, "schedule", sent, zone="Europe/Stockholm")
    >>> told = by_field(talk.would("schedule", by="p-3", at=noon, **given), sent)
    >>> start = asked_again(act_form(talk, "schedule").field("slot.start"), told["slot.start"])
    >>> [it.word for it in start.choices]
    ['2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+01:00']
    """
    for it in found:
        time, offsets = it.params.get("value"), [it.params[name] for name in ("first", "second") if name in it.params]
        if field.kind is FieldKind.MOMENT and it.code == V003.code and isinstance(time, datetime) and offsets:
            both = [Option(f"{time.isoformat()}{offset}", f"{time} {offset}") for offset in offsets]
            return evolve(field, kind=FieldKind.CHOICE, choices=tuple(both))
    return field
