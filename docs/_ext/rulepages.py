"""Two pages that nobody writes: the rules, from the catalogue, and the lifecycles, from the tables.

Read top to bottom: the rules, the lifecycles, where a person stands. `made.py` writes the pages,
`drawn.py` makes the pictures.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import coaching.records
from coaching.catalogue import catalogue
from coaching.kernel.lifecycle import START, V011, Lifecycle, Row
from coaching.kernel.rules import Rule, Sort
from coaching.records import RECORDS
from coaching.records.people import STANDINGS, Person, Standing
from examples import meanings, shown

MADE = "<!-- Made by docs/_ext/made.py from the code: do not edit. -->\n"

# --- rules -----------------------------------------------------------------------------------------------------------

AREAS = {
    "V": "Values, acts and histories", "H": "Seals", "S": "Signatures", "P": "People", "J": "Positions",
    "L": "Placements", "O": "Organisations", "R": "Relationships", "G": "Goals", "K": "Commitments", "N": "Needs",
    "I": "Interviews", "F": "Feedback", "C": "Career paths", "Q": "Opportunities", "M": "Moves", "X": "The book",
    "D": "Privacy", "B": "Files of people", "Y": "Policies",
}  # fmt: skip
"""What the letter of a code stands for, in the order of the page."""

SORTS = {
    Sort.INVARIANT: "Invariant: no record may break it",
    Sort.GATE: "Gate of {acts}",
    Sort.ADVICE: "Advice: warns, never blocks",
}


OF_RULES = """\
All {n} of them, by the letter of their codes. An *invariant* holds for every record, however it came to be. A *gate* is
asked when its act is done; `sign>agreed` is the signature that arrives in that state. *Advice* is a warning in
`record.findings(on)` or `book.check(on)`. A house sets gates and advice to `error`, `warning` or `off`, with
`Policy(severities=...)`.

Beside each rule stands what breaks it and nothing else, what is said then, and a neighbour that keeps it: code of the
tests, which run it. `ANNA` is the person, `OLE` her manager; `on(0)` is 2 March 2026 and `at(0)` a moment of that day.
The other names stand [at the end](#names-in-the-examples)."""


def every_rule() -> dict[str, Rule]:
    """Every rule of the package, by code."""
    return dict(catalogue())


def rules_page() -> str:
    """The page of the rules: for each its sentence, its sort, where it points, why, and how a breach is mended."""
    rules = every_rule()
    letters = [a for a in AREAS if any(c[0] == a for c in rules)]
    lines = [
        MADE,
        "# Rules",
        "",
        OF_RULES.format(n=len(rules)),
        "",
        "| | | Rules |",
        "|---|---|---|",
        *(
            f"| {letter} | [{AREAS[letter]}](#{_slug(AREAS[letter])}) | {_codes(rules, letter)} |"
            for letter in letters
        ),
    ]  # fmt: skip
    for letter in letters:
        lines += ["", f"## {AREAS[letter]}"]
        for code, rule in rules.items():
            if code[0] == letter:
                lines += ["", *_rule(rule)]
    lines += ["", "## Names in the examples", "", "| Name | Stands for |", "|---|---|"]
    lines += [f"| `{name}` | {plain(said).replace('|', chr(92) + '|')} |" for name, said in meanings().items()]
    return "\n".join(lines) + "\n"


def _rule(rule: Rule) -> Iterator[str]:
    acts = ", ".join(f"`{act}`" for act in rule.acts)
    place = f" Points at `{rule.field}`." if rule.field else ""
    yield f"### {rule.code}"
    yield ""
    yield f"**{plain(rule.says[:1].upper() + rule.says[1:])}.**"
    yield f"{SORTS[rule.sort].format(acts=acts)}.{place}"
    yield ""
    yield f"- *Why:* {plain(rule.why)}."
    yield f"- *Mend:* {plain(rule.mend)}."
    example = shown().get(rule.code)
    if example is not None:
        yield f"- *Breaks it:* {_code(example.breaks)}: “{plain(example.said)}”"
        yield f"- *Keeps it:* {_code(example.keeps)}"


def _code(text: str) -> str:
    """Code within a line, whatever stands in it."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}"


def _codes(rules: dict[str, Rule], letter: str) -> str:
    return " ".join(f"[{c}](#{c.lower()})" for c in rules if c[0] == letter)


def _slug(title: str) -> str:
    return re.sub(r"[^a-z ]", "", title.lower()).replace(" ", "-")


def plain(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return re.sub(r"([\\*_<>\[\]`^$])", r"\\\1", text)


CODE = re.compile(r"\b[A-Z][0-9]{3}\b")


def linked(text: str, to: str = "rules.md") -> str:
    """Text in which the code of each rule leads to the rule."""
    return CODE.sub(lambda it: f"[{it[0]}]({to}#{it[0].lower()})" if it[0] in every_rule() else it[0], text)


def words_of(name: str) -> str:
    """A name in words."""
    return name.replace("_", " ")


# --- lifecycles ------------------------------------------------------------------------------------------------------


OF_LIFECYCLES = """\
One table for each record says which act leads from which state to which, and who may do it. The acts, `acts_for`,
`awaits`, the refusals, the check of a history and this page all read it. What each act takes:
[acts and fields](acts.md).

*New revision*: the signatures under the record are void. *Awaited*: `awaits()` names who may do it. An argument in
brackets is asked by a gate, with a rule of its own. Two acts that no table holds say what another system says: `import`
takes a record over, into any state; `reimport` takes it over again, from any state into any, as long as nobody acted on
it here. A person has no `reimport`: what changes about somebody is an act of its own, with a day.

*Never*: a door that is closed on purpose, with the rule that says so. Whoever has no part in a record is refused by
V011 alone, whatever the state; the code in the last column is for those who take part. Which refusal comes first:
[conformance](../conformance.md#which-code-comes)."""

OF_STANDINGS = """\
The state says only whether a person is known. What can be done is asked for the day that an act speaks of: *open while*
says where the person has to stand on that day. A last day is taken back (`stay`) where one is noted, whatever the day;
`erase` is open once every employment has ended, `correct` always. Who acts is recorded, and not checked. By example:
[a person by day](../people.md)."""

BY_DAY: Mapping[str, Mapping[str, tuple[Standing, ...]]] = {Person.type: STANDINGS}
"""The tables that are read for a day, by the kind of record: where somebody stands on it, for each act."""


def every_lifecycle() -> dict[str, Lifecycle]:
    """The tables by the name of what they are about: records first, in their order, then the parts that have a life."""
    found = {cls.type: cls.lifecycle for cls in RECORDS}
    for info in pkgutil.iter_modules(coaching.records.__path__, "coaching.records."):
        for table in vars(importlib.import_module(info.name)).values():
            if isinstance(table, Lifecycle) and table not in found.values():
                found[_spaced(table.words.__name__.removesuffix("State")).lower()] = table
    return found


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)


def lifecycles_page() -> str:
    """The page of the lifecycles: for each a picture and the table of acts."""
    records = {cls.type for cls in RECORDS}
    lines = [MADE, "# Lifecycles", "", OF_LIFECYCLES]
    for name, table in every_lifecycle().items():
        by_day = BY_DAY.get(name, {})
        title = titled(name) + ("" if name in records else ", a part of a record")
        lines += ["", f"## {title}", "", inspect.cleandoc(table.words.__doc__ or ""), "", _shown(name, title), ""]
        if by_day:
            lines += [OF_STANDINGS, "", _shown("standings", "Where a person stands"), ""]
        lines += _table(table, by_day)
    return "\n".join(lines) + "\n"


def titled(name: str) -> str:
    """A name as a title."""
    return words_of(name).capitalize()


def _shown(name: str, title: str) -> str:
    """A picture that `drawn.py` makes."""
    return f"![{title}: the picture of it](pictures/{name.replace(' ', '_')}.svg)"


def _table(table: Lifecycle, by_day: Mapping[str, tuple[Standing, ...]]) -> Iterator[str]:
    yield "| Act | From | To | Who may | Asks for | " + ("Open while" if by_day else "") + " |"
    yield "|---|---|---|---|---|---|"
    for row in table.rows:
        sources = ", ".join("the start" if s is START else s for s in row.sources)
        targets = "same" if row.targets == ("=",) else " / ".join(row.targets)
        who = ", ".join(role.said() for role in row.who)
        asks = ", ".join(f"[`{a[:-1]}`]" if a.endswith("?") else f"`{a}`" for a in row.asks)
        notes = ", ".join((*_notes(row), *map(words_of, by_day.get(row.act, ()))))
        yield f"| `{row.act}` | {sources} | {targets} | {plain(who)} | {asks} | {notes} |"
    for (act, state), rule in table.shut.items():
        yield f"| `{act}` | {state} | never | | | {_link(rule)} |"


def _notes(row: Row) -> Iterator[str]:
    if row.revises:
        yield "new revision"
    if row.onward:
        yield "awaited"
    if row.rule is not V011:
        yield _link(row.rule)


def _link(rule: Rule) -> str:
    return f"[{rule.code}](rules.md#{rule.code.lower()})"


# --- where a person stands -------------------------------------------------------------------------------------------

DAY = date(2026, 3, 2)
ACTS: Mapping[str, Any] = {"by": "hr", "at": datetime.combine(DAY, time(12), UTC)}
FIRST_DAYS = (DAY + timedelta(7), DAY, None)


def standings() -> dict[tuple[str | None, str], list[str]]:
    """The ways between standings: which act leads from where somebody stands on a day to where they stand after it.

    No table says where an act leads to, so each is done, on somebody for each standing, with the day in question for
    each day that it asks for. Where no act leads, the day itself does.
    """
    begun = [Person.register("p-1", "Anna", first, **ACTS) for first in FIRST_DAYS]
    ahead, active, outside = begun
    earlier = Person.register("p-1", "Anna", DAY - timedelta(700), **ACTS)
    people = [ahead, active, earlier.go_on_leave(DAY, **ACTS), earlier.leave(DAY - timedelta(1), **ACTS), outside]
    ways: dict[tuple[str | None, str], list[str]] = {}
    for person in begun:
        ways[None, person.standing(DAY)] = ["register"]
    ways[ahead.standing(DAY), ahead.standing(DAY + timedelta(7))] = ["on the day"]
    for person in people:
        for act in person.acts_for("hr", on=DAY):
            asked = _asked_by(act)
            if set(asked.values()) <= {"date"}:
                then = person.act(act, **dict.fromkeys(asked, DAY), **ACTS).standing(DAY + timedelta(1))
                if then != person.standing(DAY):
                    ways.setdefault((person.standing(DAY), then), []).append(act)
    return ways


def _asked_by(act: str) -> dict[str, str]:
    """The arguments that an act of a person cannot go without, and what is to be given for each."""
    known = list(inspect.signature(getattr(Person, act)).parameters.values())[1:]
    return {p.name: p.annotation for p in known if p.default is p.empty and p.name not in ACTS}
