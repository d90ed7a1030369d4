"""Files: which of those that are given serves as which source of a mapping."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import PurePath

from coaching.bulk.mapping.classes import Mapping
from coaching.bulk.mapping.faults import B037, Wrong
from coaching.kernel.rules import brief


def named_path(mapping: Mapping, given: str) -> tuple[str, str]:
    """Part what is given as `NAME=PATH` in the name of a source and the path; what begins with no such name is a path.

    >>> from coaching.bulk.mapping.classes import SourceOf
    >>> mapping = Mapping(sources={"goals": SourceOf()})
    >>> named_path(mapping, "goals=okr.csv"), named_path(mapping, "a=b.csv")
    (('goals', 'okr.csv'), ('', 'a=b.csv'))
    """
    name, sign, path = given.partition("=")
    return (name, path) if sign and name in mapping.sources else ("", given)


def source_of(mapping: Mapping, names: Sequence[str]) -> dict[str, list[int]]:
    """Say which of the files serve as which source, by their places in what is given.

    `NAME=PATH` says it; otherwise it is each source whose `file` the name fits, whatever the case; what is left goes in
    order to the sources that say no `file`, and all that then remains to the last of those. A source may have several
    files, and one that says its `file` may have none.

    Raises:
        Rejected: B037 for a file that serves as no source, and for a source without a file that says no `file`, or out
            of which a lookup is made.

    >>> from coaching.bulk.mapping.reading import read_mapping
    >>> mapping = read_mapping('''
    ... sources = { people = { file = "staff*" }, goals = {} }
    ... records = [{ type = "person", fields = { id = "No", name = "Name" } }]
    ... ''')
    >>> source_of(mapping, ["okr.csv", "in/Staff-2026.csv"])
    {'people': [1], 'goals': [0]}
    """
    if not mapping.sources:
        return {"": list(range(len(names)))}
    wrong = Wrong()
    found: dict[str, list[int]] = {name: [] for name in mapping.sources}
    free: list[int] = []
    for i, given in enumerate(names):
        name, path = named_path(mapping, given)
        its = [name] if name else [it for it, of in mapping.sources.items() if of.file and _fits(path, of.file)]
        for it in its:
            found[it].append(i)
        if not its:
            free.append(i)
    empty = [name for name, of in mapping.sources.items() if not of.file and not found[name]]
    for name, i in zip(empty, free, strict=False):
        found[name].append(i)
    rest = free[len(empty) :]
    if empty:
        found[empty[-1]] += rest
    else:
        for i in rest:
            what = "{file} serves as no source; known: {known}"
            wrong.add(B037, "", what, file=brief(names[i]), known=", ".join(_told(mapping)))
    used = {it.source for it in mapping.lookups.values()}
    for name, of in mapping.sources.items():
        if not found[name] and (not of.file or name in used):
            wrong.add(B037, f"sources.{name}", "no file serves as it")
    wrong.refuse("files: do not fit the sources of the mapping")
    return {name: sorted(places) for name, places in found.items()}


def _fits(path: str, pattern: str) -> bool:
    its = path.replace("\\", "/") if "/" in pattern else PurePath(path.replace("\\", "/")).name
    return fnmatch(its.casefold(), pattern.casefold())


def _told(mapping: Mapping) -> list[str]:
    return [f"{name} ({of.file})" if of.file else name for name, of in mapping.sources.items()]
