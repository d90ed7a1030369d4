"""The pages that nobody writes: the rules, from the catalogue, and the lifecycles, from the tables.

Read top to bottom: the rules, the lifecycles, a diagram as text and as a drawing, writing. `pages.py` calls
`write_pages`; `tests/test_docs.py` holds the diagram in the README to `mermaid`.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

import coaching.records
from coaching.catalogue import catalogue
from coaching.kernel.lifecycle import START, V011, Lifecycle, Row
from coaching.kernel.rules import Rule, Sort
from coaching.records import RECORDS

MADE = "% Made while the pages are built, by docs/_ext/rulepages.py: do not edit.\n"

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
`Policy(severities=...)`."""


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
    return "\n".join(lines) + "\n"


def _rule(rule: Rule) -> Iterator[str]:
    acts = ", ".join(f"`{act}`" for act in rule.acts)
    place = f" Points at `{rule.field}`." if rule.field else ""
    yield f"### {rule.code}"
    yield ""
    yield f"**{_plain(rule.says[:1].upper() + rule.says[1:])}.**"
    yield f"{SORTS[rule.sort].format(acts=acts)}.{place}"
    yield ""
    yield f"- *Why:* {_plain(rule.why)}."
    yield f"- *Mend:* {_plain(rule.mend)}."


def _codes(rules: dict[str, Rule], letter: str) -> str:
    return " ".join(f"[{c}](#{c.lower()})" for c in rules if c[0] == letter)


def _slug(title: str) -> str:
    return re.sub(r"[^a-z ]", "", title.lower()).replace(" ", "-")


def _plain(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return re.sub(r"([\\*_<>\[\]`^$])", r"\\\1", text)


def _words(name: str) -> str:
    return name.replace("_", " ")


# --- lifecycles ------------------------------------------------------------------------------------------------------


OF_LIFECYCLES = """\
One table for each record says which act leads from which state to which, and who may do it. The acts, `acts_for`,
`awaits`, the refusals, the check of a history and this page all read it.

*New revision*: the signatures under the record are void. *Awaited*: `awaits()` names who may do it. An argument in
brackets is asked by a gate, with a rule of its own. The one act that no table holds is `import`: it takes a record over
from another system, into any state."""


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
    """The page of the lifecycles: for each a drawing, the table of acts, and the diagram as text to take along."""
    records = {cls.type for cls in RECORDS}
    lines = [
        MADE,
        "# Lifecycles",
        "",
        OF_LIFECYCLES,
    ]
    for name, table in every_lifecycle().items():
        title = _words(name).capitalize() + ("" if name in records else ", a part of a record")
        about = inspect.cleandoc(table.words.__doc__ or "")
        lines += ["", f"## {title}", "", about, "", drawing(name, table), "", *_table(table), ""]
        lines += ["<details><summary>The diagram as Mermaid</summary>", "", "```text", mermaid(table), "```", ""]
        lines += ["</details>"]
    return "\n".join(lines) + "\n"


def _table(table: Lifecycle) -> Iterator[str]:
    yield "| Act | From | To | Who may | Asks for | |"
    yield "|---|---|---|---|---|---|"
    for row in table.rows:
        sources = ", ".join("the start" if s is START else s for s in row.sources)
        targets = "same" if row.targets == ("=",) else " / ".join(row.targets)
        who = ", ".join(role.said() for role in row.who)
        asks = ", ".join(f"[{a[:-1]}]" if a.endswith("?") else a for a in row.asks)
        yield f"| `{row.act}` | {sources} | {targets} | {_plain(who)} | {_plain(asks)} | {', '.join(_notes(row))} |"
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


# --- diagrams --------------------------------------------------------------------------------------------------------


def arrows(table: Lifecycle) -> dict[tuple[str | None, str], list[str]]:
    """The acts that lead from one state to another, by the two."""
    found: dict[tuple[str | None, str], list[str]] = {}
    for act, source, target in table.steps():
        if source != target:
            found.setdefault((source, target), []).append(act)
    return found


def mermaid(table: Lifecycle) -> str:
    """A state diagram in Mermaid's words, of the acts that change the state."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {s or '[*]'} --> {t}: {', '.join(acts)}" for (s, t), acts in arrows(table).items()]
    lines += [f"    {state} --> [*]" for state in table.final]
    return "\n".join(lines)


STEP, LIFT, BOX = 128, 30, 94  # pixels: from state to state, height of an arc for each state it spans, width of a state


def drawing(name: str, table: Lifecycle) -> str:
    """The states in a row, the ways forward as arcs above, the ways back below. Needs no script and no network."""
    places: dict[str | None, int] = {START: 0, **{state: i + 1 for i, state in enumerate(table.states)}}
    spans = {(s, t): places[t] - places[s] for s, t in arrows(table)}
    up = LIFT * max([n for n in spans.values() if n > 0], default=1) + 34
    down = LIFT * max([-n for n in spans.values() if n < 0], default=0) + 34
    width, height = STEP * len(places), up + down + 30
    y, tip = up + 15, f"tip-{name.replace(' ', '-')}"
    lines = [
        '<div class="lifecycle">',
        f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img" aria-label="States of a {_words(name)}">',
        f'<marker id="{tip}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">',
        '<path class="tip" d="M0 1 L8 4 L0 7 Z" /></marker>',
    ]
    labels = []
    for (source, target), acts in arrows(table).items():
        ends, span = (_x(places[source]), _x(places[target])), spans[source, target]
        lines.append(_arc(*ends, y, span, tip))
        labels.append(_label(*ends, y, span, acts))
    lines += labels
    lines.append(f'<circle cx="{_x(0)}" cy="{y}" r="6" />')
    for state in table.states:
        closed = ' class="final"' if state in table.final else ""
        x = _x(places[state])
        lines.append(f'<rect{closed} x="{x - BOX / 2:g}" y="{y - 14}" width="{BOX}" height="28" rx="7" />')
        lines.append(f'<text class="state" x="{x}" y="{y + 5}">{escape(_words(state))}</text>')
    return "\n".join([*lines, "</svg>", "</div>"])


def _x(place: int) -> int:
    return STEP // 2 + STEP * place


def _arc(x1: int, x2: int, y: int, span: int, tip: str) -> str:
    side = 1 if span > 0 else -1
    start, end = y - 14 * side, y - 16 * side
    bend = y - side * (14 + (LIFT * abs(span)) * 4 / 3)
    leave, arrive = x1 + 14 * side, x2 - 14 * side
    return f'<path d="M{leave} {start} C{leave} {bend:g} {arrive} {bend:g} {arrive} {end}" marker-end="url(#{tip})" />'


def _label(x1: int, x2: int, y: int, span: int, acts: list[str]) -> str:
    side = 1 if span > 0 else -1
    height = y - side * (14 + LIFT * abs(span)) + (-4 if side > 0 else 12)
    return f'<text x="{(x1 + x2) / 2:g}" y="{height:g}">{escape(", ".join(map(_words, acts)))}</text>'


# --- writing ---------------------------------------------------------------------------------------------------------


def write_pages(folder: Path) -> None:
    """Write both pages, and touch neither when it says the same already."""
    folder.mkdir(exist_ok=True)
    for name, text in (("rules.md", rules_page()), ("lifecycles.md", lifecycles_page())):
        page = folder / name
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8")
