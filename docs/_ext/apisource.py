"""What the source says of a name: its text, its members, and a signature that a person can read.

Read top to bottom: finding, annotations, signatures. Read from the source and not from what runs, so that it is the
same on each Python: types by their short names, defaults as they are written.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from functools import cache, reduce
from pathlib import Path
from typing import Any, TypeAlias

from attrs import frozen

from coaching.kernel.rules import Choice

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

WIDTH = 88
"""How wide a signature may be on one line."""


@frozen
class Named:
    """A public name: where users import it from, what it is called there, and where its source is."""

    path: str
    short: str
    thing: Any
    node: Any
    doc: str


@cache
def _tree(module: str) -> ast.Module:
    file = importlib.import_module(module).__file__
    return ast.parse(Path(str(file)).read_text(encoding="utf-8"))


def named(path: str) -> Named:
    """Find a name by its path: a class, a function, or a constant with the text below it."""
    place, _, short = path.rpartition(".")
    thing = getattr(importlib.import_module(place), short)
    node, doc = _find(place, short)
    return Named(path, short, thing, node, doc)


def source_of(thing: Any) -> Any:
    """Give the node of a class or a function, through modules that pass it on."""
    module, name = thing.__module__, thing.__qualname__
    body: list[ast.stmt] = _tree(module).body
    for part in name.split("."):
        found = [it for it in body if isinstance(it, ast.ClassDef | Function) and it.name == part]
        if not found:
            return _find(module, name)[0]
        body = found[-1].body
    return found[-1]


def _find(place: str, short: str) -> tuple[Any, str]:
    """Find where a name is set, through modules that pass it on, and the text that stands below it."""
    body = _body(place)
    for n, it in reversed(list(enumerate(body))):
        if isinstance(it, ast.ImportFrom) and it.module and short in {a.asname or a.name for a in it.names}:
            original = next(a.name for a in it.names if short == (a.asname or a.name))
            return (None, "") if it.module.partition(".")[0] != "coaching" else _find(it.module, original)
        if short in _sets(it):
            has_doc = isinstance(it, ast.ClassDef | Function)
            return it, (ast.get_docstring(it) or "") if has_doc else _text_below(body, n)
    raise LookupError(f"{place}.{short} is set nowhere")


def _body(module: str) -> list[ast.stmt]:
    """Give what a module says, with what it says for type checkers alone."""
    body = _tree(module).body
    return [line for it in body for line in (it.body if isinstance(it, ast.If) else [it])]


def _sets(it: ast.stmt) -> set[str]:
    if isinstance(it, ast.ClassDef | Function):
        return {it.name}
    targets = it.targets if isinstance(it, ast.Assign) else [it.target] if isinstance(it, ast.AnnAssign) else []
    every = [one for target in targets for one in (target.elts if isinstance(target, ast.Tuple) else [target])]
    return {target.id for target in every if isinstance(target, ast.Name)}


def stands_for(short_name: str, module: str) -> str | None:
    """Say what a name in a signature stands for: another type, a value, the text of a class; None if it is not ours."""
    try:
        node, doc = _find(module, short_name)
    except LookupError:
        return None
    if isinstance(node, ast.Assign):
        if isinstance(node.targets[0], ast.Tuple):
            return None
        value = short(node.value) if short_name[1:] != short_name[1:].upper() else _written(node.value)
        said = f"`{value}`" if len(value) <= WIDTH else ""
        return f"{said}: {doc}" if said and doc else said or doc
    return doc.partition("\n\n")[0] if node is not None else None


def _text_below(body: list[ast.stmt], n: int) -> str:
    after = body[n + 1] if n + 1 < len(body) else None
    if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) and isinstance(after.value.value, str):
        return inspect.cleandoc(after.value.value)
    return ""


def members(cls: type, known: set[type]) -> Iterator[tuple[str, list[Function]]]:
    """Give the public methods and properties of a class, with those of bases of ours that stand on no page.

    What is declared for type checkers, by several signatures, comes as several.
    """
    seen = set[str]()
    for base in _own(cls, known):
        found: dict[str, list[Function]] = {}
        for it in source_of(base).body:
            if isinstance(it, Function) and it.name not in seen and (it.name[0] != "_" or it.name == "__call__"):
                found.setdefault(it.name, []).append(it)
        for name, nodes in found.items():
            if ast.get_docstring(nodes[-1]):
                yield name, nodes
        seen |= found.keys()


def _own(cls: type, known: set[type]) -> Iterator[type]:
    told = {base for other in cls.__mro__[1:] if other in known for base in other.__mro__}
    for base in cls.__mro__:
        if base not in told and base.__module__.partition(".")[0] == "coaching":
            yield base


def bases(cls: type, known: set[type]) -> list[type]:
    """Give the nearest classes of ours that it is a kind of and that stand on a page."""
    told = [base for base in cls.__mro__[1:] if base in known]
    return [base for base in told if not any(base in other.__mro__[1:] for other in told)]


def is_property(node: Function) -> bool:
    """Tell whether a method is read like a field."""
    return any(ast.unparse(it).rpartition(".")[2] in {"property", "cached_property"} for it in node.decorator_list)


def text_fields(cls: type) -> dict[str, str]:
    """Give the texts that stand below the fields of a class."""
    body = source_of(cls).body
    return {name: _text_below(body, n) for n, it in enumerate(body) for name in _sets(it) if _text_below(body, n)}


def asides(cls: type) -> dict[str, str]:
    """Give what stands beside the fields of a class, in comments."""
    lines = inspect.getsource(sys.modules[cls.__module__]).splitlines()
    fields = [it for it in source_of(cls).body if isinstance(it, ast.AnnAssign) and isinstance(it.target, ast.Name)]
    said = {ast.unparse(it.target): lines[(it.end_lineno or 0) - 1].partition("  # ")[2] for it in fields}
    return {name: text for name, text in said.items() if text and not text.startswith(("noqa", "type:"))}


# --- annotations -----------------------------------------------------------------------------------------------------

SAID = {
    "AnyKey": "Record | tuple[str, str] | str", "Key": "tuple[str, str]", "ActT": "str", "BeginT": "str",
    "C_contra": "Any", "_ShelfT": "Shelf", "Digest": "str", "Extra": "Mapping[str, object]",
}  # fmt: skip
"""What is said instead of names that stand for other types."""


class _Shorter(ast.NodeTransformer):
    """Says a type by short names: nothing of what only our frame reads, nor of what a type checker alone needs."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        return self.visit_Name(ast.Name(node.attr))

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in SAID:
            return ast.parse(SAID[node.id], mode="eval").body
        plain = node.id.removeprefix("Any")
        return ast.Name(plain if plain[:1].isupper() else node.id)

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return self.visit(ast.parse(node.value, mode="eval").body) if isinstance(node.value, str) else node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        of = ast.unparse(node.value).rpartition(".")[2]
        if of in {"Annotated", "As"} and isinstance(node.slice, ast.Tuple):
            return self.visit(node.slice.elts[0])
        if of in {"ClassVar", "Unpack", "Required", "NotRequired", "Final"}:
            return self.visit(node.slice)
        if of in {"AnyKey", "Record", "Also"}:
            return self.visit(node.value)
        return node if of == "Literal" else ast.Subscript(self.visit(node.value), self.visit(node.slice))

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        either = {ast.unparse(it): it for side in (node.left, node.right) for it in _sides(self.visit(side))}
        either.pop("Mapping[str, object]", None) if _is_part(either) else None
        return reduce(lambda left, right: ast.BinOp(left, ast.BitOr(), right), either.values())


def _sides(node: ast.expr) -> list[ast.expr]:
    return [*_sides(node.left), *_sides(node.right)] if isinstance(node, ast.BinOp) else [node]


def _is_part(either: dict[str, ast.expr]) -> bool:
    """Tell whether a mapping is said only because a part may be given as a plain dict."""
    return bool(either.keys() - {"Mapping[str, object]", "None", "str", "bytes"})


def short(annotation: ast.expr | None) -> str:
    """Say a type as a person would.

    >>> short(ast.parse("Annotated[Text, G001] | None", mode="eval").body)
    'Text | None'
    """
    return "" if annotation is None else ast.unparse(_Shorter().visit(ast.parse(ast.unparse(annotation), mode="eval")))


# --- signatures ------------------------------------------------------------------------------------------------------


def of_function(node: Function, *, method: bool = False) -> str:
    """Give the signature of a function, or of a method without what it is a method of."""
    said = {ast.unparse(it) for it in node.decorator_list}
    bound = method and "staticmethod" not in said
    result = short(node.returns)
    if method and is_property(node):
        return f"{node.name}: {result}"
    marks = "".join(f"@{it}\n" for it in ("overload", "classmethod", "staticmethod", "contextmanager") if it in said)
    word = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    return marks + _lines(f"{word} {node.name}", _arguments(node.args, skip=bound), f" -> {result}" if result else "")


def _arguments(args: ast.arguments, *, skip: bool) -> list[str]:
    placed = [*args.posonlyargs, *args.args]
    defaults: list[ast.expr | None] = [None] * (len(placed) - len(args.defaults)) + list(args.defaults)
    found = [_argument(arg, default) for arg, default in zip(placed, defaults, strict=True)]
    if args.posonlyargs:
        found.insert(len(args.posonlyargs), "/")
    if skip:
        found = found[2:] if len(args.posonlyargs) == 1 else found[1:]
    if args.vararg:
        found.append(f"*{_argument(args.vararg, None)}")
    elif args.kwonlyargs:
        found.append("*")
    found += [_argument(arg, default) for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True)]
    return found + ([f"**{_argument(args.kwarg, None)}"] if args.kwarg else [])


def _argument(arg: ast.arg, default: ast.expr | None) -> str:
    said = f"{arg.arg}: {short(arg.annotation)}" if arg.annotation else arg.arg
    return said if default is None else f"{said} = {_written(default)}"


def _written(value: ast.expr) -> str:
    """Say a default as the source has it; of a function only that there is one."""
    private = isinstance(value, ast.Name) and value.id.startswith("_")
    return (
        "..." if private or isinstance(value, ast.Lambda) else re.sub(r"'([^'\"\\\\]*)'", r'"\1"', ast.unparse(value))
    )


def _lines(head: str, arguments: list[str], tail: str) -> str:
    """Put it on one line where it fits, and else an argument on each."""
    line = f"{head}({', '.join(arguments)}){tail}"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"{head}(", *(f"    {it}," for it in arguments), f"){tail}"])


def of_class(cls: type) -> str:
    """Give the signature with which a class is called; its name alone where it is not."""
    if getattr(cls, "__total__", None) is not None:  # a TypedDict: what may be given by name
        return "\n".join([f"class {cls.__name__}(TypedDict):", *(f"    {it}" for it in _typed(cls))])
    maker = next(base for base in cls.__mro__ if "__init__" in vars(base))  # its own, or what attrs or our frame wrote
    body = source_of(maker).body if maker.__module__.partition(".")[0] == "coaching" else []
    made = next((it for it in body if isinstance(it, Function) and it.name == "__init__"), None)
    if made is not None:
        return _lines(f"class {cls.__name__}", _arguments(made.args, skip=True), "")
    said = _fields(cls) if "__attrs_attrs__" in vars(cls) else []
    return _lines(f"class {cls.__name__}", said, "") if said else f"class {cls.__name__}"


def _typed(cls: type) -> list[str]:
    """Give the keys of a TypedDict, with those of what it is made from, which only the source says on each Python."""
    node, module = source_of(cls), sys.modules[cls.__module__]
    above = [getattr(module, base.id, None) for base in node.bases if isinstance(base, ast.Name)]
    keys = [line for base in above if hasattr(base, "__total__") for line in _typed(base)]
    own = [it for it in node.body if isinstance(it, ast.AnnAssign)]
    return [*keys, *(f"{ast.unparse(it.target)}: {short(it.annotation)}" for it in own)]


def _fields(cls: type) -> list[str]:
    """Give the fields of a class of attrs as arguments; none that is private or not given."""
    declared = {
        ast.unparse(it.target): (it, sys.modules[base.__module__])
        for base in reversed(cls.__mro__)
        if base.__module__.partition(".")[0] == "coaching"
        for it in source_of(base).body
        if isinstance(it, ast.AnnAssign)
    }
    given: list[str] = []
    by_name: list[str] = []
    for field in cls.__attrs_attrs__:
        if field.init and not field.name.startswith("_"):
            it, module = declared[field.name]
            default = _default(it.value)
            word = getattr(module, default, None)
            default = f'"{word.value}"' if isinstance(word, Choice) else default
            said = f"{field.alias}: {short(it.annotation)}" + (f" = {default}" if default else "")
            (by_name if field.kw_only else given).append(said)
    return [*given, *(["*"] if by_name else []), *by_name]


def _default(value: ast.expr | None) -> str:
    if not isinstance(value, ast.Call) or ast.unparse(value.func) not in {"field", "attrs.field", "unless"}:
        return "" if value is None else _written(value)
    told = {it.arg: _written(it.value) for it in value.keywords}
    return told.get("default") or ("..." if "factory" in told else "")


def of_constant(named: Named) -> str:
    """Give a constant with its type, or with its value where that is short."""
    if isinstance(named.node, ast.AnnAssign):
        return f"{named.short}: {short(named.node.annotation)}"
    return f"{named.short} = {_written(named.node.value)}"
