"""Drafts as a reader would make them of small tables of people, and what settling them comes to."""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from attrs import evolve

from coaching.bulk.drafts import Batch, Draft, Fault, Reference
from coaching.bulk.journal import Journal
from coaching.bulk.mapping.classes import Column, Records
from coaching.bulk.mapping.classes import Mapping as Mapped
from coaching.bulk.settling import conclude, settle
from coaching.kernel.rules import Severity

DAY = date(2026, 3, 2)
MANAGER = "positions[0].managers[0].manager"
PERSON: dict[str, Any] = {
    "id": Column(column="ID"),
    "name": Column(column="Name"),
    "employments": ({"from": Column(column="Hired"), "to": Column(column="Left")},),
    "positions": (
        {
            "title": Column(column="Title"),
            "span": {"from": Column(column="Hired")},
            "managers": ({"manager": Column(column="Boss"), "from": Column(column="Hired")},),
        },
    ),
}
TALK = {"id": Column(template="{ID}/{Held}"), "coachee": Column(column="ID"), "held_on": Column(column="Held")}
UNIT = {"id": Column(column="Unit"), "name": Column(column="Unit"), "parent": Column(column="Above")}
GOAL = {"id": Column(column="Goal"), "owner": Column(column="Owner"), "parent": Column(column="Above")}
FIELDS = {"person": PERSON, "interview": TALK, "organisation": UNIT, "goal": GOAL}


def mapping(*types: str, **how: Any) -> Mapped:
    """A mapping that makes records of these types; people where none is said."""
    return Mapped(records=tuple([Records(type=it, fields=FIELDS[it], **how) for it in types or ("person",)]))


def plain(**fields: Any) -> bytes:
    """A document of what is said: what is None is not."""
    return json.dumps({name: it for name, it in fields.items() if it is not None}, ensure_ascii=False).encode()


def person(
    record: int,
    id: str,
    name: str | None = "Anna Ek",
    boss: str | None = None,
    *,
    since: str = "2020-01-01",
    title: str | None = "Lead",
    by: str = "id",
    missing: str = "leave_out",
    wrong: bool = False,
    made_by: int = 0,
    line: int | None = None,
    extra: dict[str, str] | None = None,
) -> Draft:
    """A person out of one row; the document of a row that is wrong is missing."""
    managers = None if boss is None else [{"manager": boss, "from": since}]
    job = {"title": title, "span": {"from": since}, "managers": managers}
    document = plain(
        type="person", schema=1, id=id, extra=extra, state="known", name=name, employments=[{"from": since}],
        positions=[{key: it for key, it in job.items() if it is not None}] if title or managers else None,
    )  # fmt: skip
    names = [] if boss is None else [Reference(MANAGER, "Boss", "person", boss, by, missing)]
    return Draft(made_by, "person", id, line or record + 1, record, None if wrong else document, names)


def talk(record: int, coachee: str, held: str, *, made_by: int = 0, missing: str = "reject", by: str = "id") -> Draft:
    """A talk out of one row."""
    id = f"{coachee}/{held}"
    document = plain(type="interview", schema=1, id=id, state="held", coachee=coachee, held_on=held)
    names = [Reference("coachee", "ID", "person", coachee, by, missing)]
    return Draft(made_by, "interview", id, record + 1, record, document, names)


def below(
    record: int, kind: str, id: str, parent: str | None = None, *, made_by: int = 0, missing: str = "leave_out"
) -> Draft:
    """An organisation or a goal out of one row, below another one."""
    document = plain(type=kind, schema=1, id=id, name=id, parent=parent)
    names = [] if parent is None else [Reference("parent", "Above", kind, parent, "id", missing)]
    return Draft(made_by, kind, id, record + 1, record, document, names)


def bad(source: str, record: int, code: str = "B003") -> Fault:
    """An error of a row, as reading finds it."""
    return Fault(
        source, record + 1, record, "Hired", "employments[0].from", code, Severity.ERROR, "no day", "no day", "-"
    )


def fill(journal: Journal, sources: Mapping[str, Sequence[Draft]], *, size: int = 3) -> None:
    """Put drafts in, a few rows at a time, going on where the journal stands; rows that are wrong have a fault."""
    for n, (name, drafts) in enumerate(sources.items()):
        if journal.done(n):
            continue
        journal.add_source(n, name, columns=["ID", "Name", "Boss"])
        rows = sorted({it.record for it in drafts})
        begin = journal.reached(n)
        for at in range(begin, len(rows), size):
            some = set(rows[at : at + size])
            its = [it for it in drafts if it.record in some]
            faults = [evolve(bad(name, it.record), line=it.line) for it in its if it.document is None]
            journal.put(n, Batch(its, faults), reached=min(at + size, len(rows)))
        journal.finish(n, good=len(rows), faulty=0, skipped={"blank": 1})


@contextmanager
def settled(
    sources: Mapping[str, Sequence[Draft]] | Sequence[Draft],
    how: Mapped | None = None,
    *,
    known: Iterable[Any] = (),
    on: date = DAY,
):
    """A journal of these drafts, settled."""
    with Journal(None, of={}) as journal:
        fill(journal, sources if isinstance(sources, Mapping) else {"people.csv": sources})
        journal.add_known(known)
        settle(journal, how or mapping())
        conclude(journal, how or mapping(), on=on)
        yield journal


def documents(journal: Journal) -> dict[str, Any]:
    """What stands, by id."""
    return {it.id: json.loads(it.document) for it in journal.standing()}


def told(journal: Journal) -> list[tuple[int, str, str, str]]:
    """Line, column, code and severity of all that was said; not what reading said."""
    return [(it.line, it.column, it.code, it.severity.value) for it in journal.faults() if it.code != "B003"]


def messages(journal: Journal) -> list[str]:
    """What was said."""
    return [it.message for it in journal.faults() if it.code != "B003"]
