"""Suggesting: a first mapping out of files, as TOML, with what speaks for each line as a comment beside it.

Read top to bottom: what is known of headers, the file, the text. Nothing that a cell says is shown, unless samples are
asked for: it is personal data. What cannot be found out is said, and left to who reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import PurePath

from attrs import Factory, define, fields, frozen

from coaching.bulk.mapping.classes import SourceOf
from coaching.bulk.mapping.headers import folded_header
from coaching.bulk.mapping.showing import Seen, days_of
from coaching.bulk.sources import Rows, text_of
from coaching.kernel.folding import name_words
from coaching.kernel.rules import shown

SAMPLED = 5000  # rows of each file that are looked at
SURE = 0.5  # the share of a column's values that name somebody of the file, from which on it is suggested

Known = Mapping[str, tuple[str, ...]]

_PERSON: Known = {
    "id": ("employeeid", "empid", "employeenumber", "employeeno", "personid", "staffid", "badgeid", "id", "pk"),
    "name": ("employeename", "fullname", "displayname", "name"),
    "given_name": ("firstname", "givenname", "employeefirstname"),
    "family_name": ("lastname", "familyname", "surname", "employeelastname"),
    "from": ("dateofhire", "hiredate", "startdate", "joiningdate", "joindate", "dateofjoining", "datejoining",
             "joinedon"),
    "to": ("dateoftermination", "terminationdate", "exitdate", "leavingdate", "relievingdate", "resigndate",
           "resignationdate", "enddate", "lefton"),
    "title": ("jobtitle", "title", "position", "jobposition", "designation", "jobrole", "role"),
    "unit": ("department", "departmenttype", "division", "businessunit", "unit", "team"),
    "employer": ("company", "legalentity", "employer", "organisation", "organization"),
}  # fmt: skip
_MANAGER = (
    "managerid",
    "reportstoid",
    "reportsto",
    "manager",
    "managername",
    "supervisor",
    "supervisorid",
    "reportingmanagerid",
)
_GOAL: Known = {
    "id": ("goalid", "objectiveid", "okrid", "id"),
    "owner": ("ownerid", "owner", "employeeid", "empid", "assignee", "personid", "employee"),
    "title": ("goaltitle", "goal", "objective", "objectivetitle", "title", "goalname", "name"),
    "why": ("description", "goaldescription", "why"),
    "target_on": ("targetdate", "duedate", "deadline", "enddate"),
}
_INTERVIEW: Known = {
    "id": ("reviewid", "appraisalid", "interviewid", "id"),
    "coachee": ("employeeid", "empid", "revieweeid", "reviewee", "coachee", "personid", "employee"),
    "interviewer": ("reviewerid", "reviewer", "interviewer", "appraiser", "managerid", "manager"),
    "held_on": ("reviewdate", "reviewedon", "heldon", "interviewdate", "appraisaldate", "date"),
    "cycle": ("reviewcycle", "cycle", "reviewperiod", "period", "appraisalcycle", "semester"),
}
"""The fields that are looked for, and the headers that each goes by, folded, the surest first."""


# --- the file ---------------------------------------------------------------------------------------------------------


@define
class _Source:
    """One file: its columns, and which of them serves as what."""

    name: str
    file: str
    seen: dict[str, Seen]
    rows: int
    more: bool
    used: list[str] = Factory(list)

    def find(self, known: Known) -> dict[str, Seen | None]:
        """Give for each field the first column that goes by one of its headers; for an id one that is all different."""
        columns, found = self.folded(), dict[str, Seen | None]()
        for name, headers in known.items():
            its = [columns[it] for it in headers if it in columns and columns[it].header not in self.used]
            unique = [it for it in its if it.unique] if name == "id" else []
            found[name] = next(iter((*unique, *its)), None)
            self.used += [it.header for it in (found[name],) if it]
        return found

    def folded(self) -> dict[str, Seen]:
        """Give the columns that say something, by their headers, and by the last word of a path."""
        said = [it for it in reversed(self.seen.values()) if it.filled]
        last = {folded_header(it.header.rpartition(".")[2]): it for it in said}
        return {**last, **{folded_header(it.header): it for it in said}}

    @property
    def kind(self) -> str:
        """Say which record a row seems to be."""
        headers = self.folded().keys()
        named = headers & {*_PERSON["name"], *_PERSON["given_name"]}
        if named and headers & {*_PERSON["from"]}:
            return "person"
        for kind, words in (("goal", ("goal", "objective")), ("interview", ("review", "apprais", "interview"))):
            if any(word in it for it in headers for word in words):
                return kind
        return "person"


def _looked_at(rows: Rows) -> tuple[dict[str, Seen], int, bool]:
    """Read some rows; give what each column shows, how many rows there were, and whether there are more."""
    sample, count = iter(rows), 0
    seen: dict[str, Seen] = {}
    for row in islice(sample, SAMPLED):
        if row.wrong is not None:
            continue
        count += 1
        for header, cell in zip(rows.columns, row.cells, strict=False):
            if header.strip() and (text := text_of(cell).strip()):
                seen.setdefault(header, Seen(header, 0)).texts[text] += 1
    more = next(sample, None) is not None
    rows.close()
    for header in rows.columns:
        if header.strip():
            seen.setdefault(header, Seen(header, 0)).rows = count
    return {it: seen[it] for it in rows.columns if it in seen}, count, more


def suggest(sources: Sequence[Rows], *, samples: bool = False, opened: SourceOf | None = None) -> str:
    r"""Write a first mapping of files, with its evidence as comments.

    Args:
        sources: What `open_rows` gives; some thousand rows of each are read.
        samples: Whether comments show what some cells say. It is personal data.
        opened: How the files were opened, where that was said: the mapping says it too.

    >>> from coaching.bulk.sources import open_rows
    >>> print(suggest([open_rows(["EmpID,Name,Hire Date", "7.0,Anna Ek,31/12/2024"], name="staff.csv")]))
    # Suggested from the rows of the files below. Look at each line before you import.
    <BLANKLINE>
    # staff.csv: 1 row
    [[records]]
    type = "person"
    [records.fields]
    id = { column = "EmpID", strip = ".0" }  # 1 of 1 filled; 1 distinct; all different; 1 end in .0
    name = "Name"  # 1 of 1 filled; 1 distinct
    [[records.fields.employments]]
    from = { column = "Hire Date", order = "dmy" }  # 1 of 1 filled; 1 distinct; slashes: 1 only day first
    <BLANKLINE>
    """
    names = _names([rows.name for rows in sources])
    found = [_Source(name, rows.name, *_looked_at(rows)) for name, rows in zip(names, sources, strict=True)]
    lines = ["# Suggested from the rows of the files below. Look at each line before you import."]
    nothing = sorted({text for source in found for seen in source.seen.values() for text in seen.nothing})
    if nothing:
        lines += ["", "[defaults]", f"nulls = {_toml(nothing)}  # texts that say nothing, seen in these files"]
    how = [*_said(opened)] if opened else []
    several = len(found) > 1
    if several or how:
        lines.append("")
        for it in found:
            lines += [f"[sources.{it.name}]", *([f"file = {_toml(_pattern(it.file))}"] if several else []), *how]
    for it in found:
        lines += ["", *_Writer(it, samples, bool(several or how), nothing).records()]
    return "\n".join(lines) + "\n"


def _said(opened: SourceOf) -> Iterator[str]:
    """Give the lines of a source that say how it is opened, where that is not to be found out."""
    for it in fields(SourceOf):
        value = getattr(opened, it.name)
        if it.name not in {"file", "only"} and value != it.default:
            yield f"{it.name} = {_toml(value)}"
    if opened.only:
        yield f"only = {{ {', '.join(f'{_toml(header)} = {_toml(text)}' for header, text in opened.only.items())} }}"


def _names(files: Sequence[str]) -> list[str]:
    """Give each file a name of its own, out of the letters of the file's."""
    names: list[str] = []
    for i, file in enumerate(files, 1):
        name = re.sub(r"[^a-z0-9_-]+", "_", PurePath(file).stem.lower()).strip("_") or f"source{i}"
        names.append(name if name not in names else f"{name}_{i}")
    return names


def _pattern(file: str) -> str:
    """Give the name of a file as a pattern that fits it."""
    return re.sub(r"([\[*?])", r"[\1]", PurePath(file.replace("\\", "/")).name)


# --- the text --------------------------------------------------------------------------------------------------------


@frozen
class _Writer:
    """Writes the records of one source."""

    source: _Source
    samples: bool
    named: bool
    nothing: Sequence[str]

    def records(self) -> Iterator[str]:
        """Give the lines."""
        it = self.source
        many = f"the first {it.rows} rows" if it.more else f"{it.rows} row{'' if it.rows == 1 else 's'}"
        yield f"# {shown(PurePath(it.file).name)}: {many}"
        if not it.seen:
            yield "# It has no column, so that nothing can be suggested."
        kind = it.kind
        person = [*self.person()] if kind == "person" else []
        yield from person or self.begun(kind)
        yield from () if person else self.goal() if kind == "goal" else self.interview()
        for left in (seen for header, seen in it.seen.items() if header not in it.used):
            yield f"# not used: {shown(left.header)}: {left.told(samples=self.samples)}"

    def begun(self, kind: str) -> Iterator[str]:
        """Begin records of a kind."""
        yield "[[records]]"
        yield f'type = "{kind}"'
        if self.named:
            yield f"source = {_toml(self.source.name)}"

    def person(self) -> Iterator[str]:
        """People, their employment and their position; and their employer."""
        it = self.source
        found = it.find(_PERSON)
        ids, names = found["id"], found["name"]
        title, employer = found["title"], found["employer"]
        parted = [seen.header for seen in (found["given_name"], found["family_name"]) if seen]
        position = title is not None and found["from"] is not None
        if position and employer:
            yield from self.begun("organisation")
            of = _toml(employer.header)
            yield f"fields = {{ id = {of}, name = {of}, kinds = {{ value = ['employer'] }} }}"
        yield from self.begun("person")
        yield "[records.fields]"
        yield self.identified("id", ids)
        if names:
            yield self.line("name", names)
        elif parted:
            joined = f'{{ column = {_toml(parted)}, join = " " }}'
            yield f"name = {joined if parted[1:] else _toml(parted[0])}"
        else:
            yield f"name = {self.somebody(ids)}  # no column of names was found: the id stands for it; say which it is"
        for key in ("given_name", "family_name"):
            if seen := found[key]:
                yield self.line(key, seen)
        if found["from"]:
            yield "[[records.fields.employments]]"
            yield from (self.day(key, seen) for key in ("from", "to") if (seen := found[key]))
        if position and title:
            yield "[[records.fields.positions]]"
            yield self.line("title", title)
            house = 'employer = { value = "house" }  # nothing names the employer: say it'
            yield self.line("employer", employer) if employer else house
            if found["unit"]:
                yield self.line("unit", found["unit"])
            yield from self.manager(ids, names)

    def manager(self, identified: Seen | None, names: Seen | None) -> Iterator[str]:
        """The column that names managers: the one of which most values are ids, or names, of the file."""
        columns = self.source.folded()
        called = {name_words(text) for text in names.texts} if names else set()
        known = {_whole(text) for text in identified.texts} if identified else set[str]()
        found: list[tuple[float, str, Seen, str]] = []
        for seen in (columns[header] for header in _MANAGER if header in columns):
            texts = [text for text in seen.texts if text not in seen.nothing]
            ids = sum(_whole(text) in known for text in texts)
            called_so = sum(name_words(text) in called for text in texts)
            many, by = max((ids, "id"), (called_so, "name"), key=lambda it: it[0])
            found.append((many / max(len(texts), 1), by, seen, f"{many} of {len(texts)} are {by}s of the file"))
        self.source.used.extend(seen.header for _, _, seen, _ in found)
        if not found:
            return
        share, by, best, told = max(found, key=lambda it: it[0])
        others = [f"{shown(seen.header)}: {why}" for _, _, seen, why in found if seen is not best]
        sure = share > SURE
        begin = "" if sure else "# "
        yield from (f"# not used: {it}" for it in others)
        yield f"{begin}[[records.fields.positions.managers]]"
        more = {"by": by} if by != "id" else {}
        yield f"{begin}{self.line('manager', best, told, **more)}"

    def goal(self) -> Iterator[str]:
        """Goals, all of them drafts: what became of them is for who knows the words of the house."""
        found = self.source.find(_GOAL)
        yield "[records.fields]"
        yield self.identified("id", found["id"], "goal", found["owner"], found["title"])
        yield self.reference("owner", found["owner"])
        title = found["title"]
        yield self.line("title", title) if title else f"title = {self.somebody(found['id'])}  # say which column it is"
        yield 'state = { value = "draft" }  # say what the house calls them: { column = "...", values = { ... } }'
        if found["why"]:
            yield self.line("why", found["why"])
        if found["target_on"]:
            yield self.day("target_on", found["target_on"])

    def interview(self) -> Iterator[str]:
        """Talks that were held, where a column says when; otherwise planned ones."""
        found = self.source.find(_INTERVIEW)
        held = found["held_on"]
        yield "[records.fields]"
        yield self.identified("id", found["id"], "review", found["coachee"], found["cycle"] or held)
        yield self.reference("coachee", found["coachee"])
        if found["interviewer"]:
            yield self.line("interviewer", found["interviewer"])
        yield 'kind = { value = "annual" }'
        yield f'state = {{ value = "{"held" if held else "planned"}" }}'
        if held:
            yield self.day("held_on", held)
        if found["cycle"]:
            yield self.line("cycle", found["cycle"])

    def identified(self, key: str, seen: Seen | None, kind: str = "", *of: Seen | None) -> str:
        """Give the line of an id: its column; or what makes one of others."""
        if seen:
            told = "all different" if seen.unique else f"{len(seen.texts)} ids in {seen.filled} rows"
            return self.line(key, seen, told)
        parts = [it.header for it in of if it]
        if kind and parts and not any("{" in it or "}" in it for it in parts):
            template = "-".join([kind, *(f"{{{it}}}" for it in parts)])
            strip = ', strip = ".0"' if any(it and it.pointed for it in of) else ""
            return f"{key} = {{ template = {_toml(template)}{strip} }}  # no column of ids was found"
        return f"{key} = {self.somebody(None)}  # no column of ids was found: say which it is"

    def reference(self, key: str, seen: Seen | None) -> str:
        """Give the line of a person that a record cannot be without."""
        return self.line(key, seen) if seen else f"{key} = {self.somebody(None)}  # say which column it is"

    def somebody(self, seen: Seen | None) -> str:
        """Give the column that stands for one that was not found: a unique one, or the first."""
        best = seen or max(self.source.seen.values(), key=lambda it: len(it.texts), default=None)
        return _toml(best.header) if best else '{ value = "nobody" }'

    def day(self, key: str, seen: Seen) -> str:
        """Give the line of a day."""
        days = days_of(seen)
        return self.line(key, seen, days.told, **days.said)

    def line(self, key: str, seen: Seen, *told: str, **said: object) -> str:
        """Give the line of a field: its column, how it is read, and what speaks for it."""
        if seen.pointed and "formats" not in said:
            said, told = {**said, "strip": ".0"}, (*told, f"{seen.pointed} end in .0")
        column = {"column": seen.header, **said}
        table = ", ".join(f"{name} = {_toml(it)}" for name, it in column.items())
        value = f"{{ {table} }}" if said else _toml(seen.header)
        return f"{key} = {value}  # {shown(seen.told(*told, samples=self.samples))}"


def _whole(text: str) -> str:
    """Give an id without the decimals that a spreadsheet adds."""
    return text.removesuffix(".0")


def _toml(value: object) -> str:
    """Write a text, a number, or a list of texts, as TOML."""
    if isinstance(value, int):
        return json.dumps(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_toml, value))}]"
    text = str(value).encode("utf-8", "replace").decode()
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
