"""Gathering: the templates of all messages, read from the source of this package. Runs nothing of what it reads.

A message is said with `breach`, `Rejected.over`, `Faults.add` and the like. Its template is a constant, there or in a
name of the same function: a message that is put together cannot be translated, and is told as such.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Formatter

from attrs import frozen

ROOMS = ("kernel", "records", "book", "formats", "catalogue.py")
"""Where findings are made that people see; those of an import speak of files, to whoever imports."""

CALLS = {"breach": 0, "template": 0, "over": 1, "add": 2, "Must": 1}
"""What says a message, and the place of the template among its arguments."""

PASSED_ON = frozenset({"message", "it.template"})
"""Names under which the frame itself passes a template on that stands elsewhere."""

_CODE = re.compile(r"[A-Z][0-9]{3}")


@frozen
class Said:
    """A template as it stands in the source: its text, in which modules, and for which rules if they are named."""

    template: str
    where: tuple[str, ...]
    rules: tuple[str, ...]


def params_of(template: str) -> tuple[str, ...]:
    """Give the names of what stands in a template.

    >>> params_of("{n} of {most} goals, {n}")
    ('n', 'most')
    """
    return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(template) if name))


@lru_cache(maxsize=1)
def gathered() -> tuple[tuple[Said, ...], tuple[str, ...]]:
    """Give the templates of the package, and the places of messages that are no constant templates."""
    found, wrong = dict[str, tuple[list[str], list[str]]](), list[str]()
    for name, source in _sources():
        for template, rule in _of_module(name, source, wrong):
            where, rules = found.setdefault(template, ([], []))
            where.append(name)
            rules += [rule] if rule else []
    said = [Said(text, tuple(dict.fromkeys(w)), tuple(dict.fromkeys(r))) for text, (w, r) in found.items()]
    return tuple(said), tuple(wrong)


def templates_in(source: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the templates of one module by its source, and the places of messages that are none.

    >>> templates_in('breach("late"); breach(f"{n} late"); breach("late" if n else "early")')
    (('late', 'early'), ('here:1',))
    """
    wrong = list[str]()
    found = dict.fromkeys(text for text, _ in _of_module("here", source, wrong))
    return tuple(found), tuple(wrong)


def _sources() -> Iterator[tuple[str, str]]:
    package = files("coaching")
    for room in ROOMS:
        for name, file in _files(package / room, room):
            yield name, file.read_text("utf-8")


def _files(place: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    if place.is_file():
        yield name, place
        return
    for inner in sorted(place.iterdir(), key=lambda it: it.name):
        if inner.is_dir() or inner.name.endswith(".py"):
            yield from _files(inner, f"{name}/{inner.name}")


def _of_module(name: str, source: str, wrong: list[str]) -> Iterator[tuple[str, str]]:
    """Give each template, with the code of the rule where the call or the function around it names one."""
    ahead: list[tuple[ast.AST, ast.AST]] = [(tree := ast.parse(source), tree)]
    while ahead:
        node, around = ahead.pop()
        around = node if isinstance(node, ast.FunctionDef) else around
        ahead += [(inner, around) for inner in reversed(list(ast.iter_child_nodes(node)))]
        given = _template_of(node) if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Call) and given is not None and ast.unparse(given) not in PASSED_ON:
            texts = _constants(given, around)
            wrong += [] if texts else [f"{name}:{node.lineno}"]
            for text in texts:
                yield text, _rule_of(node, around)


def _template_of(call: ast.Call) -> ast.expr | None:
    """Give the argument that is a template; None where the call says nothing, or its message has a rule before it."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    place = CALLS.get(name)
    return call.args[place] if place is not None and place < len(call.args) else None


def _constants(node: ast.expr, around: ast.AST) -> list[str]:
    """Give the texts that an expression may be; none where one of them is not constant."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    either: list[ast.expr] = []
    if isinstance(node, ast.IfExp):
        either = [node.body, node.orelse]
    elif isinstance(node, ast.Name):
        either = list(_assigned(node.id, around))
    texts = [_constants(it, around) for it in either]
    return [text for some in texts for text in some] if all(texts) else []


def _assigned(name: str, around: ast.AST) -> Iterator[ast.expr]:
    """Give what a name of a function is set to, alone or among others."""
    set_here = (node for node in ast.walk(around) if isinstance(node, ast.Assign))
    for target, value in ((target, node.value) for node in set_here for target in node.targets):
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            pairs = zip(target.elts, value.elts, strict=True)
            yield from (it for one, it in pairs if isinstance(one, ast.Name) and one.id == name)
        elif isinstance(target, ast.Name) and target.id == name:
            yield value


def _rule_of(call: ast.Call, around: ast.AST) -> str:
    names = [getattr(around, "name", ""), *(it.id for it in call.args if isinstance(it, ast.Name))]
    return next((name for name in names if _CODE.fullmatch(name)), "")
