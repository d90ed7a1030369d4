"""Who is who: people of a file whose ids are another system's get the ids under which the book knows them.

Read top to bottom: the rule, recognising, whose ids they are, what several people of the book share, what is changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from coaching.bulk.drafts import Fault
from coaching.bulk.existing import Existing
from coaching.bulk.journal import Journal
from coaching.bulk.mapping import Mapping
from coaching.bulk.settling.telling import Place, Telling
from coaching.bulk.working import batched
from coaching.kernel.rules import Rule, brief, stated
from coaching.records.people import Person

B053 = stated(
    "B053",
    "bulk",
    field="id",
    says="an id of another system is that of one person of the book",
    why="practice: two records of one person are made by hand, and an import would change either",
    mend="merge the two people in the book, take the id away from one, or note the other system's id at the one meant",
)

MANY = 1_000  # drafts that are changed at a time

_TABLES = """
CREATE TEMP TABLE met (system TEXT, theirs TEXT, ours TEXT, PRIMARY KEY (system, theirs, ours)) WITHOUT ROWID;
CREATE TEMP TABLE speaks (made_by INTEGER PRIMARY KEY, system TEXT, whole INTEGER);
CREATE TEMP TABLE renamed (n INTEGER PRIMARY KEY, ours TEXT);
CREATE TEMP TABLE others (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""
# met       whom the book knows by an id of a system
# speaks    of which system the ids are that a part of the mapping reads; whole: those of its own people, too
# renamed   drafts, and the ids that they get
# others    ids of people of the book whom this system did not bring: who has such an id in a file is somebody else

_TWICE = """
SELECT d.source, d.record, d.line, d.made_by, d.id, json_group_array(m.ours) FROM draft d JOIN speaks USING (made_by)
JOIN met m ON m.system = speaks.system AND m.theirs = d.id
WHERE whole AND d.type = ? AND d.document IS NOT NULL GROUP BY d.n HAVING count(*) > 1
"""
_ONCE = """
INSERT INTO renamed SELECT d.n, m.ours FROM draft d JOIN speaks USING (made_by)
JOIN met m ON m.system = speaks.system AND m.theirs = d.id
WHERE whole AND d.type = ? GROUP BY d.n HAVING count(*) = 1
"""
_STRANGERS = """
SELECT d.source, d.record, d.line, d.made_by, d.id FROM draft d JOIN speaks USING (made_by) JOIN others USING (id)
WHERE whole AND d.type = ? AND d.document IS NOT NULL AND d.n NOT IN (SELECT n FROM renamed)
"""
_NOT_MEANT = """
UPDATE reference SET id = NULL FROM
  (SELECT r.n FROM reference r JOIN draft d ON d.n = r.draft JOIN speaks USING (made_by)
   JOIN others ON others.id = r.said WHERE r.kind = ? AND r.by <> 'name' AND r.state = '') AS it
WHERE it.n = reference.n
"""
_MEANT = """
UPDATE reference SET state = 'named', id = it.ours FROM
  (SELECT r.n, max(m.ours) AS ours FROM reference r JOIN draft d ON d.n = r.draft JOIN speaks USING (made_by)
   JOIN met m ON m.system = speaks.system AND m.theirs = r.said
   WHERE r.kind = ? AND r.by <> 'name' GROUP BY r.n HAVING count(*) = 1) AS it
WHERE it.n = reference.n
"""


def recognise(notes: Journal, mapping: Mapping, existing: Existing, *, source: str) -> None:
    """Give people of the files the ids that they have in the book, where their ids there are known by another system's.

    Whoever the files name by such an id is meant by the same. Who is not in the book keeps the id of the file. It is
    done all at once: an id that somebody gets may be the one that somebody else had.

    Args:
        notes: The journal, in which all rows stand and nothing is settled. Asked again, nothing is done.
        mapping: What the rows were read by: `known_by` names the system.
        existing: The book.
        source: What the other system is called: whom it brought may be known by the ids of its files.
    """
    systems = _systems(mapping)
    if not systems or notes.told("recognised") is not None:
        return
    with notes.transaction():
        for table in _TABLES.strip().splitlines():
            notes.ask(table)
        notes.each("INSERT INTO speaks VALUES (?, ?, ?)", systems)
        notes.each("INSERT OR IGNORE INTO met VALUES (?, ?, ?)", _met(existing, {system for _, system, _ in systems}))
        for n, faults in _shared(notes, Telling(notes, mapping)).items():
            notes.say(n, faults)
        notes.ask(_ONCE, Person.type)
        others = ((it.id,) for _, it in existing.standing() if it.type == Person.type and it.source != source)
        notes.each("INSERT INTO others VALUES (?)", others)
        for n, faults in _strangers(notes, Telling(notes, mapping)).items():
            notes.say(n, faults)
        _rename(notes)
        notes.ask(_MEANT, Person.type)
        notes.ask(_NOT_MEANT, Person.type)
        for name in ("met", "speaks", "renamed", "others"):
            notes.ask(f"DROP TABLE {name}")
        notes.note("recognised", "")


def _systems(mapping: Mapping) -> list[tuple[int, str, bool]]:
    """Say of each part of a mapping of which system its ids are: its own, that of its source, or the only one."""
    every = {it.known_by for it in mapping.records if it.known_by}
    of_source: dict[str, set[str]] = defaultdict(set)
    for it in mapping.records:
        if it.known_by:
            of_source[it.source].add(it.known_by)
    found: list[tuple[int, str, bool]] = []
    for n, it in enumerate(mapping.records):
        near = {it.known_by} if it.known_by else of_source.get(it.source, every)
        if len(near) == 1:
            found.append((n, min(near), bool(it.known_by)))
    return found


def _met(existing: Existing, systems: set[str]) -> Iterator[tuple[str, str, str]]:
    """Give whom the book knows by an id of these systems."""
    for _, it in existing.standing():
        if it.type == Person.type:
            for system in systems & it.external_ids.keys():
                yield system, str(it.external_ids[system]), it.id


def _shared(notes: Journal, telling: Telling) -> dict[int, list[Fault]]:
    """Reject rows of which nobody can tell whom they mean."""
    faults: dict[int, list[Fault]] = defaultdict(list)
    for source, record, line, made_by, theirs, ours in notes.ask(_TWICE, Person.type):
        people = ", ".join(map(brief, msgspec.json.decode(ours)))
        what, message = "the id is that of several people of the book", f"{brief(theirs)} is the id of {people} there"
        faults[source].append(telling.fault(B053, Place(source, record, line, made_by), "id", what, message))
    return faults


def _strangers(notes: Journal, telling: Telling) -> dict[int, list[Fault]]:
    """Reject rows of which the id is, in the book, somebody else's."""
    faults: dict[int, list[Fault]] = defaultdict(list)
    for source, record, line, made_by, id in notes.ask(_STRANGERS, Person.type):
        what = "the book has somebody else under this id"
        place = Place(source, record, line, made_by)
        faults[source].append(telling.fault(B053, place, "id", what, f"{brief(id)}: {what}"))
    return faults


def _rename(notes: Journal) -> None:
    """Write the ids that drafts get."""
    for batch in batched(notes.ask("SELECT n, ours FROM renamed ORDER BY n"), MANY):
        changed: list[tuple[str, bytes | None, int]] = []
        for n, ours in batch:
            (document,) = notes.ask("SELECT document FROM draft WHERE n = ?", n).fetchone()
            changed.append((ours, document and _with_id(document, ours), n))
        notes.each("UPDATE draft SET id = ?, document = ?, good = 0 WHERE n = ?", changed)


def _with_id(document: bytes, id: str) -> bytes:
    said = msgspec.json.decode(document, type=dict[str, msgspec.Raw])
    said["id"] = msgspec.Raw(msgspec.json.encode(id))
    return msgspec.json.encode(said)


RULES: tuple[Rule, ...] = (B053,)
