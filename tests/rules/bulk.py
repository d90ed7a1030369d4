"""For each rule of reading files: what makes exactly it fire, and a neighbour that passes.

Every entry is a function without arguments that gives what came of it: the findings of a refusal, or the faults of a
report, which carry a code as well.
"""

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from coaching import Finding, Person, Rejected
from coaching.bulk.changes import update
from coaching.bulk.dates import Dates, Doubt, Unread
from coaching.bulk.drafts import Draft, Fault
from coaching.bulk.importing import import_records
from coaching.bulk.journal import Journal
from coaching.bulk.sources import open_rows
from coaching.codec import dumps, unstructure
from coaching.integrations.scim import patched
from stage import refused
from stage.drafts import mapping, person, settled, talk
from stage.goals import agreed_goal
from stage.rules import refuses, warns_of
from stage.tables import xlsx

HEADER = "id,name,joined_on,manager,last_interview"
EMPLOYED, TO_2024 = "id,name,joined_on,left_on", "1,Anna Ek,2020-01-01,2024-12-31"


def faults(*rows: str, header: str = HEADER) -> list[Fault]:
    """What is said of a file of people on Monday, 2 March 2026."""
    lines = "\n".join([header, *rows, ""]).encode()
    return import_records(lines, "preset:due", by="hr", at=datetime(2026, 3, 2, tzinfo=UTC)).report.faults


def read_as(content: bytes, **how: Any) -> tuple[Finding, ...]:
    """What is wrong with a file, as a whole or in its rows."""
    try:
        return tuple(row.wrong for row in open_rows(content, **how) if row.wrong is not None)
    except Rejected as refusal:
        return refusal.findings


def without_an_extra(content: bytes) -> tuple[Finding, ...]:
    """The same where nothing but the library is installed."""
    with patch.dict(sys.modules, {"python_calamine": None, "pyarrow": None, "charset_normalizer": None}):
        return read_as(content)


def of_drafts(*drafts: Draft, **how: Any) -> tuple[Fault, ...]:
    """What is said of the drafts of a file of people, when they are settled."""
    with settled(drafts, mapping("person", "interview", **how)) as journal:
        return tuple(journal.faults())


def of_a_journal(content: bytes | None = None, **of: str) -> tuple[Finding, ...]:
    """What is wrong with a journal that another import began, or with another file in its place."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal"
        Journal(path, of={"mapping": "m"}).close()
        if content is not None:
            path.write_bytes(path.read_bytes()[:600] + content)
        try:
            Journal(path, of=of).close()
        except Rejected as refusal:
            return refusal.findings
        return ()


TO_LATER = {"collect": ("employments", "positions")}
RENAMED = (person(1, "1"), person(2, "1", "Anna Berg", since="2024-01-01"))


def left_alone(record: Any = None, **said: Any) -> tuple[Finding, ...]:
    """What is left alone of what an export says on Monday, 2 March 2026, of Anna or of a record on which somebody acted."""
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    known = Person.register("p-17", "Anna Ek", date(2024, 8, 1), by="hr", at=noon) if record is None else record
    whole = {
        name: it
        for name, it in unstructure(known).items()
        if name in {"type", "schema", "id", "state", "name", "owner", "title"}
    }
    document = json.dumps({**whole, **said}).encode()
    how = {"by": "import", "at": known.history[-1].at, "on": date(2026, 3, 2), "source": "people.csv"}
    return update(dumps(known), document, filled=said, **how).left


BOTH = ("%m/%d/%Y", "%d/%m/%Y")


def of_a_text(text: str, **column: Any) -> tuple[Fault, ...]:
    """What is said of one text of a column of dates, as a fault on line 2."""
    dates = Dates(**column)
    told = [it for it in (dates.read(text), *dates.doubts(text)) if isinstance(it, (Unread, Doubt))]
    return tuple(
        Fault("", 2, 1, "", "", it.code, "error" if isinstance(it, Unread) else "warning", it.why, str(it), "")
        for it in told
    )


def patching(path):
    """What is wrong with a PATCH of one attribute."""
    try:
        patched({"id": "p-17", "title": "Guide"}, {"Operations": [{"op": "replace", "path": path, "value": "x"}]})
    except Rejected as refusal:
        return refusal.findings
    return ()


FIRES = {
    "B002": refuses("", lambda: faults("1,Ek, Anna,2024-08-01,,")),
    "B003": refuses("joined_on", lambda: faults("1,Anna Ek,01/08/2024,,")),
    "B004": warns_of("manager", lambda: faults("1,Anna Ek,2024-08-01,Ole Li,")),
    "B005": warns_of("last_interview", lambda: faults("1,Anna Ek,2024-08-01,,2024-07-31")),
    "B006": refuses("", lambda: read_as(b"id,name\n1,\xc5sa\n")),
    "B007": refuses("", lambda: faults('1,"Anna" Ek,2024-08-01,,')),
    "B020": warns_of("joined_on", lambda: faults("1,Anna Ek,1929-12-31,,")),
    "B021": warns_of("", lambda: of_a_text("45123.75", formats=("excel",))),
    "B022": refuses("", lambda: of_a_text("03/05/2024", formats=BOTH)),
    "B009": warns_of("name", lambda: faults(TO_2024, "1,Anna Berg,2025-01-01,", header=EMPLOYED)),
    "B010": refuses("", lambda: read_as(b"%PDF-1.7\n")),
    "B011": refuses("", lambda: without_an_extra(xlsx({"People": [["id"], [1]]}))),
    "B012": refuses("", lambda: read_as(b'{"id": 1}\n{"id": \n{"id": 3}\n')),
    "B014": refuses("", lambda: of_a_journal(mapping="another")),
    "B015": refuses("", lambda: of_a_journal(b"cut off", mapping="m")),
    "B016": warns_of("ID", lambda: of_drafts(person(1, "1"), person(2, "1"))),
    "B013": refuses("sheet", lambda: read_as(xlsx({"People": [["id"], [1]]}), sheet="Staff")),
}
FIRES |= {
    "B050": refuses("employments[].from", lambda: left_alone(employments=[{"from": "2024-09-01"}])),
    "B051": refuses("title", lambda: left_alone(agreed_goal(), title="Sail")),
    "B070": refuses("Operations[0].path", lambda: patching("id")),
}
ALSO = {
    "B004 a draft": warns_of("Boss", lambda: of_drafts(person(1, "1", boss="2"))),
    "B005 a draft": warns_of("Held", lambda: of_drafts(person(1, "1"), talk(2, "1", "2019-12-31", made_by=1))),
    "B009 a draft": warns_of("Name", lambda: of_drafts(*RENAMED, **TO_LATER)),
    "X001 a draft": warns_of("ID", lambda: of_drafts(person(1, "1"), person(2, "1", "Eva Berg"), duplicates="first")),
    "X003 a draft": warns_of("Boss", lambda: of_drafts(person(1, "1", boss="2"), person(2, "2", boss="1"))),
    "B003 a format": refuses("formats[0]", lambda: refused(lambda: Dates(formats=("%m/%Y",)))),
}
PASSES = {
    "B002": lambda: faults('1,"Ek, Anna",2024-08-01,,'),
    "B003": lambda: faults("1,Anna Ek,01/08/2024,,", "2,Ole Li,31/08/2024,,"),
    "B004": lambda: faults("1,Anna Ek,2024-08-01,Ole Li,", "2,Ole Li,2024-08-01,,"),
    "B005": lambda: faults("1,Anna Ek,2024-08-01,,2024-08-01"),
    "B006": lambda: read_as("id,name\n1,Åsa\n".encode("utf-16")),
    "B007": lambda: faults('1,"Anna ""Annie"" Ek",2024-08-01,,', '2,Ole "Olle" Li,2024-08-01,,'),
    "B020": lambda: faults("1,Anna Ek,1930-01-01,,"),
    "B021": lambda: of_a_text("45123.0", formats=("excel",)),
    "B022": lambda: of_a_text("05/05/2024", formats=BOTH),
    "B009": lambda: faults(TO_2024, '1,"EK, Anna",2025-01-01,', header=EMPLOYED),
    "B010": lambda: read_as(b"PDF\n%PDF-1.7\n"),
    "B011": lambda: without_an_extra(b"id\n1\n"),
    "B012": lambda: read_as(b'{"id": 1}\n\n{"id": 3}\n'),
    "B014": lambda: of_a_journal(mapping="m"),
    "B015": lambda: of_a_journal(mapping="m"),
    "B016": lambda: of_drafts(person(1, "1"), person(2, "2")),
    "B013": lambda: read_as(xlsx({"People": [["id"], [1]]}), sheet=1),
    "B050": lambda: left_alone(employments=[{"from": "2024-08-01"}]),
    "B051": lambda: left_alone(agreed_goal(), title=agreed_goal().title),
    "B070": lambda: patching("title"),
}
