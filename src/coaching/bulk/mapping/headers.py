"""Headers: which column of a source each header of a mapping is. Case, accents, blanks and signs do not count.

Read top to bottom: folding, the headers that a source needs, matching.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from collections.abc import Mapping as MappingOf
from unicodedata import combining, normalize

from attrs import frozen
from frozendict import frozendict

from coaching.bulk.mapping.classes import WHEN, Column, Mapping
from coaching.bulk.mapping.faults import B034, B035, Wrong, nearest, step
from coaching.bulk.mapping.filling import Fields, fillable, placed
from coaching.bulk.mapping.known import NEEDED
from coaching.bulk.mapping.reading import columns_of
from coaching.kernel.rules import brief
from coaching.records import KINDS as BY_TYPE


def folded_header(text: str) -> str:
    r"""Give a header as headers are compared: small letters and digits alone, without accents.

    What holds neither is compared as it is.

    >>> [folded_header(it) for it in ("Anst\u00e4lld den", "  Date of Hire*", "empID", "#")]
    ['anstalldden', 'dateofhire', 'empid', '#']
    """
    bare = "".join(c for c in normalize("NFKD", text).casefold() if not combining(c) and c.isalnum())
    return bare or text.strip()


# --- what a source needs ---------------------------------------------------------------------------------------------


@frozen
class _Asked:
    """Headers that stand in one place of a mapping.

    Attributes:
        path: The place.
        headers: As the mapping writes them.
        one: Whether one of them is enough.
        optional: Whether all may be absent.
        part: The part that cannot be without them where another of its columns is there; empty for the record, which
            never can; None for what can always.
    """

    path: str
    headers: tuple[str, ...]
    one: bool = False
    optional: bool = False
    part: str | None = None


def _asked(mapping: Mapping, source: str) -> Iterator[_Asked]:
    """Give what a mapping asks of a source."""
    for i, records in enumerate(mapping.records):
        if records.source == source:
            path = step("records", i)
            must = NEEDED.get(records.type, ())
            place, cls = step(path, "fields"), BY_TYPE[records.type]
            yield from _of_fields(records.fields, cls, place, mapping.defaults, "", must)
            optional = mapping.defaults.optional
            yield from (_Asked(step(step(path, "only"), it), (it,), optional=optional) for it in records.only)
            if records.when:
                yield _Asked(step(path, "when"), records.when, one=True, optional=mapping.defaults.optional)
            if not isinstance(records.extra, bool):
                yield _Asked(step(path, "extra"), records.extra)
    for name, lookup in mapping.lookups.items():
        if lookup.source == source:
            path = step("lookups", name)
            yield from (_Asked(step(path, it), (getattr(lookup, it),)) for it in ("key", "value"))
            yield from (_Asked(step(step(path, "only"), it), (it,)) for it in lookup.only)


def _of_fields(
    fields: Fields, cls: type, path: str, defaults: Column, part: str, must: Container[str] = ()
) -> Iterator[_Asked]:
    known = fillable(cls)
    for key, given in fields.items():
        place = step(path, key)
        if isinstance(given, tuple) and key == WHEN and key not in known:
            yield _Asked(place, tuple(map(str, given)), one=True, optional=defaults.optional)
            continue
        field = known[key]
        if field.holds_parts:
            for at, item in placed(given, place, many=field.many):
                yield from _of_fields(item, field.kind, at, defaults, at)
            continue
        whole = part if field.required or key in must else None
        for at, column in columns_of(given, place):
            if column.headers:
                optional = column.under(defaults).optional
                needed = whole if column.default is None else None
                yield _Asked(at, column.headers, column.alternatives, optional, needed)


# --- matching --------------------------------------------------------------------------------------------------------


@frozen
class Headers:
    """Which column of a source each header of a mapping is.

    Attributes:
        of: The place of the column, by the header as the mapping writes it. A header that may be absent, and is, has
            none: it says nothing.
        unused: The columns that nothing asks for, as the source writes them; without those that the mapping leaves out
            on purpose.
        missing: Headers that are missing so far, where more columns may come.
    """

    of: MappingOf[str, int]
    unused: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def match_headers(mapping: Mapping, source: str, columns: Sequence[str], *, whole: bool = True) -> Headers:
    r"""Find the columns of a source that a mapping asks for.

    A header that stands there to the letter is the column; else the one column that reads the same without case,
    accents, blanks and signs. Of several headers that are tried in turn one is enough.

    Args:
        mapping: As `read_mapping` gives it.
        source: The name of the source in the mapping.
        columns: The names of its columns.
        whole: Whether these are all. Where rows name their cells more may come: then nothing that is missing is
            refused, and one matches again when the columns have grown, and at the end with all of them.

    Raises:
        Rejected: B034 for each header that no column is, with the nearest; B035 for one that several are.

    >>> from coaching.bulk.mapping.reading import read_mapping
    >>> mapping = read_mapping('[[records]]\ntype = "person"\nfields = { id = "EmpID", name = "Full name" }')
    >>> match_headers(mapping, "", ["Emp. ID", "FullName", "Sex"])
    Headers(of=frozendict.frozendict({'EmpID': 0, 'Full name': 1}), unused=('Sex',), missing=())
    """
    wrong, found = Wrong(), dict[str, int]()
    exact, alike = _places(columns, str.strip), _places(columns, folded_header)
    every, seen, known, there = [*_asked(mapping, source)], set[int](), set[str](), set[str]()
    for asked in every:
        for header in asked.headers:
            places = exact.get(header.strip()) or alike.get(folded_header(header)) or []
            seen.update(places)
            if places:
                known.add(header)
                there.add(asked.path)
            if len(places) == 1:
                found[header] = places[0]
            elif places:
                told = ", ".join(brief(columns[it]) for it in places)
                what = "{header} fits several columns: {columns}"
                wrong.add(B035, asked.path, what, header=brief(header), columns=told)
    missing = dict[str, None]()
    every = [asked for asked in every if not asked.path.startswith(tuple(_of_none(mapping, source, known)))]
    for asked in every:
        absent = _missing(asked, there, known)
        missing.update(dict.fromkeys(absent))
        for header in absent if whole else ():
            what = "{header} is no column of the source; {known}"
            near = nearest(header, [it for it in columns if it.strip()])
            wrong.add(B034, asked.path, what, header=brief(header), known=near)
    wrong.refuse(f"source {source}: its columns do not fit" if source else "columns: do not fit")
    own = mapping.sources[source].only if source in mapping.sources else ()
    left = {folded_header(it) for it in (*own, *(mapping.unused if not isinstance(mapping.unused, bool) else ()))}
    unused = [it for i, it in enumerate(columns) if i not in seen and it.strip() and folded_header(it) not in left]
    keeps = any(it.extra is True for it in mapping.records if it.source == source)
    listed = () if mapping.unused is True or mapping.own or keeps else tuple(unused)
    return Headers(frozendict(found), listed, tuple(missing))


def _of_none(mapping: Mapping, source: str, known: Container[str]) -> Iterator[str]:
    """Give the places of records of which no row can be one: they ask for columns that may be absent, and are."""
    for i, records in enumerate(mapping.records):
        asks = records.source == source and records.when and mapping.defaults.optional
        if asks and not any(header in known for header in records.when):
            yield step(step("records", i), "")


def _missing(asked: _Asked, there: Collection[str], known: Container[str]) -> list[str]:
    """Give the headers that are missing. `there` are the places of which a column was found."""
    found = asked.path in there
    if asked.optional and (found or asked.part is None or not _begun(asked.part, there)):
        return []
    return [] if asked.one and found else [it for it in asked.headers if it not in known]


def _begun(part: str, there: Iterable[str]) -> bool:
    return not part or any(it.startswith((f"{part}.", f"{part}[")) for it in there)


def _places(columns: Sequence[str], folding: Callable[[str], str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for i, name in enumerate(columns):
        places.setdefault(folding(name), []).append(i)
    return places
