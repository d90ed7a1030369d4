"""The pages of the reference, which nobody writes: each public name with its signature and the text of its docstring.

Read top to bottom: the pages, a name, what a docstring says. `apinames.py` says what stands where, `apisource.py` reads
the source. Acts and fields of records have a page of their own, and are not told again.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import os
import re
from collections.abc import Iterator
from enum import Enum
from functools import cache

import django
from actpages import SHARED, acts_of, parts
from apinames import API, Page, Section
from apisource import (
    Function,
    Named,
    asides,
    bases,
    is_property,
    members,
    named,
    of_class,
    of_constant,
    of_function,
    stands_for,
    text_fields,
)
from rulepages import MADE, linked, plain, titled

from coaching.kernel import constraints
from coaching.kernel.record import Record
from coaching.kernel.rules import Choice
from coaching.records import RECORDS
from examples import find_tests

NOT_RUN = "<!-- not run: the tests run it where it stands, in the docstring -->"
WITH_ASIDES = {"Policy"}
"""Classes of which the comments beside the fields are for readers."""

TITLES = {"Args": "Takes", "Attributes": "Has", "Raises": "Raises", "Returns": "Returns"}


def names_of(section: Section) -> list[str]:
    """Give the paths of the names of a section."""
    names = section.names.split() or importlib.import_module(section.module).__all__
    return [f"{section.module}.{name}" if section.module else name for name in names]


@cache
def everything() -> dict[str, list[list[Named]]]:
    """Give the names of each page, by sections."""
    django_is_ready()
    return {file: [list(map(named, names_of(it))) for it in page.sections] for file, page in API.items()}


def django_is_ready() -> None:
    """Let Django know its settings before its classes are read: those of the tests' application."""
    find_tests()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stage.in_django")
    django.setup()


@cache
def homes() -> dict[type, tuple[str, str]]:
    """Give the page and the anchor of each class; a class that stands twice is at home where it stands first."""
    found: dict[type, tuple[str, str]] = {}
    for file, sections in everything().items():
        for it in (it for section in sections for it in section if inspect.isclass(it.thing)):
            found.setdefault(it.thing, (file, anchor(heading(it))))
    return found


def heading(it: Named) -> str:
    """Give the heading of a name: a class says so, since a function may be called like it."""
    return f"class {it.short}" if inspect.isclass(it.thing) else it.short


def anchor(title: str) -> str:
    """Give the anchor of a heading, as GitHub and MyST make it."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


# --- a page ----------------------------------------------------------------------------------------------------------


def api_page(file: str) -> str:
    """The page: what it is about, a list of its names, and each name."""
    page: Page = API[file]
    lines = [MADE, f"# {page.title}", ""]
    lines += [page.about, ""] if page.about else []
    for section, its in zip(page.sections, everything()[file], strict=True):
        level = "##" if len(page.sections) == 1 else "###"
        lines += [] if len(page.sections) == 1 else [f"## {section.title}", ""]
        if section.module and section.about and section.module != "coaching":
            lines += [f"`{section.module}`", "", *_told(importlib.import_module(section.module).__doc__ or "")]
        lines += [", ".join(f"[{code(it.short)}](#{anchor(heading(it))})" for it in its), ""] if len(its) > 1 else []
        for it in its:
            lines += _name(it, file, level)
    text = "\n".join(lines)
    return "\n".join([text, *_others(text, file)]).rstrip("\n") + "\n"


def _others(text: str, file: str) -> Iterator[str]:
    """Say what names of ours in the signatures of a page stand for that stand on no page."""
    modules = sorted({place for its in everything()[file] for it in its for place in _rooms(it)})
    signatures = "\n".join(re.findall(r"^```pyi\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    known = {it.short for sections in everything().values() for its in sections for it in its} | vars(
        constraints
    ).keys()
    rows = []
    for name in sorted(set(re.findall(r"(?<![\w.])[A-Z]\w+(?![\w.])", signatures)) - known):
        said = next(filter(None, (stands_for(name, module) for module in modules)), None)
        if said is not None:
            rows.append(f"| {code(name)} | {_inline(' '.join(said.split())).replace('|', chr(92) + '|')} |")
    if rows:
        yield from ("## Other names in signatures", "", "| Name | Stands for |", "|---|---|", *rows)


def _rooms(it: Named) -> Iterator[str]:
    """Give the modules that the signatures of a name are written in."""
    for thing in it.thing.__mro__ if inspect.isclass(it.thing) else [it.thing]:
        module = str(getattr(thing, "__module__", it.path.rpartition(".")[0]))
        if module.partition(".")[0] == "coaching":
            yield module


def _name(it: Named, file: str, level: str) -> Iterator[str]:
    above = bases(it.thing, set(homes())) if inspect.isclass(it.thing) else []
    kind_of = "".join(f", a [{code(base.__name__)}]({_to(base, file)})" for base in above)
    yield from (f"{level} {heading(it)}", "", f"`{it.path}`{kind_of}", "")
    if not inspect.isclass(it.thing):
        is_function = isinstance(it.node, Function)
        yield from _block(of_function(it.node) if is_function else of_constant(it))
        yield from _told(it.doc)
    elif issubclass(it.thing, Choice):
        yield from _told(it.doc)
        yield from ("Words: " + ", ".join(f"`{word.value}`" for word in it.thing) + ".", "")
    else:
        yield from _class(it, level)


def _class(it: Named, level: str) -> Iterator[str]:
    cls = it.thing
    elsewhere = _fields_elsewhere(cls)
    is_record = issubclass(cls, Record)
    if not is_record:
        yield from _block(of_class(cls))
    yield from _told(it.doc, leave=("Attributes",) if elsewhere else ())
    yield from ([elsewhere, ""] if elsewhere else [])
    said = text_fields(cls) | (asides(cls) if cls.__name__ in WITH_ASIDES else {})
    yield from (
        *(f"- {code(name)}: {_inline(' '.join(text.split()))}" for name, text in said.items()),
        *[""] * bool(said),
    )
    if issubclass(cls, Enum):
        yield from ("Words: " + ", ".join(f"`{word.value}`" for word in cls) + ".", "")
    acts = _acts(cls)
    for name, nodes in members(cls, set(homes()) - {cls}):
        if name not in acts:
            shown = nodes[:-1] if len(nodes) > 1 and not is_property(nodes[-1]) else nodes[:1]
            yield from (f"{level}# {cls.__name__}.{name}", "")
            yield from _block("\n".join(of_function(node, method=True) for node in shown))
            yield from _told(inspect.cleandoc(_doc(nodes)))


def _doc(nodes: list[Function]) -> str:
    return next(doc for node in reversed(nodes) if (doc := ast.get_docstring(node)))


def _to(cls: type, file: str) -> str:
    home, at = homes()[cls]
    return f"#{at}" if home == file else f"{home}.md#{at}"


def _fields_elsewhere(cls: type) -> str:
    """Say where the fields and acts of a record, or the fields of a part, are told."""
    if cls in RECORDS:
        at = anchor(titled(cls.type))
        return (
            f"Its acts and fields: [acts and fields](../acts.md#{at}). Its table: [lifecycles](../lifecycles.md#{at})."
        )
    if cls.__name__ in SHARED:
        return f"Its acts and fields: [acts and fields](../acts.md#{anchor(SHARED[cls.__name__])})."
    if cls in {model.cls for model in parts()}:
        return f"Its fields: [acts and fields](../acts.md#{cls.__name__.lower()})."
    return ""


@cache
def _acts(cls: type) -> frozenset[str]:
    """Give the methods of a record that are acts, and told elsewhere."""
    return frozenset(name for kind in RECORDS if cls in kind.__mro__ for name, _ in acts_of(kind))


def _block(signature: str) -> list[str]:
    return ["```pyi", signature, "```", ""]


# --- what a docstring says -------------------------------------------------------------------------------------------


def _told(doc: str, leave: tuple[str, ...] = ()) -> Iterator[str]:
    """Say a docstring in Markdown: paragraphs, sections as lists, examples as sessions."""
    paragraphs = re.split(r"\n[ ]*\n", inspect.cleandoc(doc)) if doc else []
    while paragraphs:
        text = paragraphs.pop(0)
        title, _, rest = text.partition(":\n")
        if title in TITLES:
            while paragraphs and paragraphs[0].startswith(" "):
                rest += "\n" + paragraphs.pop(0)
            if title not in leave:
                yield from (f"*{TITLES[title]}*", "", *_items(rest), "")
        elif ">>> " in text:
            before, _, session = text.partition(">>> ")
            yield from ([_inline(" ".join(before.split())), ""] if before.strip() else [])
            while paragraphs and paragraphs[0].startswith(">>> "):
                session += "\n\n" + paragraphs.pop(0)
            yield from (NOT_RUN, "```pycon", ">>> " + session, "```", "")
        else:
            yield from (_inline(" ".join(text.split())), "")


def _items(text: str) -> Iterator[str]:
    text = inspect.cleandoc("\n" + text)
    items = re.findall(r"^(\*{0,2}\w+): (.+(?:\n .+)*)", text, re.MULTILINE)
    for name, what in items:
        yield f"- {code(name)}: {_inline(' '.join(what.split()))}"
    if not items:
        yield _inline(" ".join(text.split()))


def code(text: str) -> str:
    """Code within a line."""
    return f"`{text}`"


def _inline(text: str) -> str:
    """Text of a docstring: code stays code, the code of a rule leads to it."""
    pieces = text.split("`")
    return "`".join(piece if n % 2 else linked(plain(piece), "../rules.md") for n, piece in enumerate(pieces))
