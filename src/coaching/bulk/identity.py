"""Who is who: people of a file whose ids are another system's get the ids under which the book knows them."""

from __future__ import annotations

import json

import msgspec

from coaching.bulk.existing import Existing
from coaching.bulk.journal import Journal
from coaching.bulk.mapping import Mapping
from coaching.bulk.settling.telling import Place, Telling
from coaching.kernel.rules import Rule, brief, stated
from coaching.records.people import Person

B053 = stated(
    "B053",
    "bulk",
    field="id",
    says="an id of another system is that of one person of the book",
    why="practice: two records of one person are made by hand, and an import would change either",
    mend="merge the two people in the book, or take the id away from one",
)


def recognise(notes: Journal, mapping: Mapping, existing: Existing) -> None:
    """Give people of the files the ids that they have in the book, where their ids there are known by another system's.

    Whoever the files name by such an id is meant by the same. Who is not in the book keeps the id of the file.

    Args:
        notes: The journal, in which all rows stand and nothing is settled.
        mapping: What the rows were read by: `known_by` names the system.
        existing: The book.
    """
    systems = {it.known_by for it in mapping.records if it.known_by}
    if not systems:
        return
    met: dict[str, list[str]] = {}
    for it in existing.standing():
        if it.type == Person.type:
            for system in systems & it.external_ids.keys():
                met.setdefault(str(it.external_ids[system]), []).append(it.id)
    telling = Telling(notes, mapping)
    made_by = json.dumps([n for n, it in enumerate(mapping.records) if it.known_by])
    rows = """
        SELECT n, source, record, line, made_by, document FROM draft
        WHERE type = ? AND id = ? AND document IS NOT NULL AND made_by IN (SELECT value FROM json_each(?))"""
    for theirs, ours in met.items():
        found = notes.ask(rows, Person.type, theirs, made_by).fetchall()
        if len(set(ours)) > 1:
            what = "the id is that of several people of the book"
            for _, source, *place, _ in found:
                message = f"{brief(theirs)} is the id of {', '.join(map(brief, ours))} in the book"
                notes.add_faults(source, [telling.fault(B053, Place(source, *place), "id", what, message)])
            continue
        with notes.transaction():
            for n, *_, document in found:
                said = msgspec.json.decode(document, type=dict[str, msgspec.Raw])
                said["id"] = msgspec.Raw(msgspec.json.encode(ours[0]))
                renamed = msgspec.json.encode(said)
                notes.ask("UPDATE draft SET id = ?, document = ?, good = 0 WHERE n = ?", ours[0], renamed, n)
            notes.ask(
                "UPDATE reference SET id = ?, state = 'named' WHERE kind = ? AND said = ? AND by <> 'name'",
                ours[0], Person.type, theirs,
            )  # fmt: skip


RULES: tuple[Rule, ...] = (B053,)
