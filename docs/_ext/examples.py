"""What breaks each rule, and what keeps it: the code of the tests' `FIRES` and `PASSES`, for the page of the rules.

Read top to bottom: the examples of a rule, a piece of code without its frame, what the names in it stand for. The
tests hold that each breaks exactly its rule, or none.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from attrs import frozen

TESTS = Path(__file__).parents[2] / "tests"
FRAMES = {"refuses", "warns", "warns_of", "refused", "codes"}
"""What stands around the code of an example, and says only how the tests look at it."""
PLACE = re.compile(re.escape(tempfile.gettempdir()) + r"/\w+/")
"""Where a test puts its files."""


@frozen
class Shown:
    """An example of a rule: what breaks it, what is said then, what keeps it, and the names in both."""

    breaks: str
    said: str
    keeps: str
    names: tuple[str, ...]


@cache
def shown() -> dict[str, Shown]:
    """Give the example of each rule; of several rooms' the first."""
    found = dict[str, Shown]()
    for module in _modules():
        fires, passes = _pieces(module, "FIRES"), _pieces(module, "PASSES")
        for code in fires.keys() & passes.keys() - found.keys():
            said = PLACE.sub("", str(module.FIRES[code]()[0].message))
            both = (fires[code], passes[code])
            names = {it.id for piece in both for it in ast.walk(piece) if isinstance(it, ast.Name)}
            found[code] = Shown(ast.unparse(both[0]), said, ast.unparse(both[1]), tuple(sorted(names)))
    return found


@cache
def meanings() -> dict[str, str]:
    """Say of each name in the examples that the tests explain what it stands for, in a sentence; sorted."""
    used = {name for example in shown().values() for name in example.names}
    found = dict[str, str]()
    for module in _modules():
        for name in used & vars(module).keys():
            thing = vars(module)[name]
            if inspect.isfunction(thing) and thing.__doc__ and _is_of_the_tests(thing):
                found.setdefault(name, thing.__doc__.partition("\n")[0])
    return dict(sorted(found.items()))


def _is_of_the_tests(function: FunctionType) -> bool:
    """By its file: on some Pythons attrs gives its own functions the names of classes that it makes."""
    return Path(function.__code__.co_filename).is_relative_to(TESTS)


def find_tests() -> None:
    """Let modules of the tests be imported."""
    if str(TESTS) not in sys.path:
        sys.path.insert(0, str(TESTS))


def _modules() -> Iterator[Any]:
    find_tests()
    examples = importlib.import_module("rules")
    for info in pkgutil.iter_modules(examples.__path__):
        yield importlib.import_module(f"rules.{info.name}")


def _pieces(module: ModuleType, name: str) -> dict[str, ast.expr]:
    """Give the code of the examples of a sort, by the code of the rule."""
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict) and ast.unparse(node.targets[0]) == name:
            pairs = zip(node.value.keys, node.value.values, strict=True)
            return {key.value: _bare(value) for key, value in pairs if isinstance(key, ast.Constant)}
    return {}


def _bare(node: ast.expr) -> ast.expr:
    """Take away what stands around the code: `refuses("title", lambda: refused(lambda: ...))`."""
    if isinstance(node, ast.Lambda):
        return _bare(node.body)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FRAMES:
        return _bare(node.args[-1])
    return node
