"""Plant one change at a time in a copy of the source, run the tests that should mind, and say which changes nobody found.

Run by hand, from the folder of the project; it is collected by no test run:

    python tests/planted/plant.py --only tables --most 60
    python tests/planted/plant.py --only kernel --most 40 --seed 2
    python tests/planted/plant.py --file src/coaching/kernel/signing.py

The groups: `tables` (rows, doors, circles), `rules` (what stands under the code of a rule, and the numbers of the policy),
`kernel`, `border` (formats, bulk, command line) and `acts` (all else in records and book). A sample is the same for the
same seed and source. The project is copied to a temporary folder and never touched itself. What survives is either mended
by a new test, or named in `SURVIVORS.md` with the reason why nothing can tell it apart.
"""

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
SOURCE = Path("src/coaching")
BORDER = ("formats", "bulk", "cli", "codec", "__main__", "integrations")
LEFT_OUT = ("testing",)
"""Strategies are tests themselves: a change there makes other examples."""


class Plant(NamedTuple):
    """One change: where, of what group, in words, and how it is made in the parsed module."""

    file: Path
    line: int
    group: str
    what: str
    make: Callable[[ast.Module], None]


# --- finding places --------------------------------------------------------------------------------------------------


class Place(NamedTuple):
    """A node with the field of its parent that holds it, so that it can be replaced; and what it stands in."""

    node: ast.AST
    path: tuple[Any, ...]
    above: tuple[ast.AST, ...]


def places(tree: ast.Module) -> Iterator[Place]:
    """Every node with the way to it, from the top."""

    def walk(node: ast.AST, path: tuple[Any, ...], above: tuple[ast.AST, ...]) -> Iterator[Place]:
        yield Place(node, path, above)
        for field, value in ast.iter_fields(node):
            if field in {"annotation", "returns", "type_params"}:
                continue
            if isinstance(value, ast.AST):
                yield from walk(value, (*path, field), (*above, node))
            elif isinstance(value, list):
                for i, item in enumerate(value):
                    if isinstance(item, ast.AST):
                        yield from walk(item, (*path, field, i), (*above, node))

    return walk(tree, (), ())


def at_path(tree: ast.AST, path: tuple[Any, ...]) -> Any:
    """What stands at a way from the top."""
    found: Any = tree
    for step in path:
        found = found[step] if isinstance(step, int) else getattr(found, step)
    return found


def replacing(path: tuple[Any, ...], new: Any) -> Callable[[ast.Module], None]:
    """Put something else there."""

    def make(tree: ast.Module) -> None:
        holder, last = at_path(tree, path[:-1]), path[-1]
        if isinstance(last, int):
            holder[last] = new
        else:
            setattr(holder, last, new)

    return make


def dropping(path: tuple[Any, ...]) -> Callable[[ast.Module], None]:
    """Take an item out of a list."""

    def make(tree: ast.Module) -> None:
        del at_path(tree, path[:-1])[path[-1]]

    return make


# --- kinds of change -------------------------------------------------------------------------------------------------

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
SWAPPED = {"any": "all", "all": "any", "min": "max", "max": "min"}
ROWS = ("row", "shut", "commitment_rows", "part_rows")
FLAGS = ("revises", "keeps", "onward")


def called(node: ast.AST) -> str:
    """The name of what is called, if anything is."""
    if not isinstance(node, ast.Call):
        return ""
    return (
        node.func.id
        if isinstance(node.func, ast.Name)
        else node.func.attr
        if isinstance(node.func, ast.Attribute)
        else ""
    )


def words(node: ast.AST) -> str:
    """A piece of source, in one short line."""
    return re.sub(r"\s+", " ", ast.unparse(node))[:70]


Change = tuple[str, Callable[[ast.Module], None]]
Path_ = tuple[Any, ...]


def compared(node: ast.Compare, path: Path_) -> Iterator[Change]:
    """`<` to `<=`, `in` to `not in`, and so on."""
    for i, op in enumerate(node.ops):
        other = COMPARED[type(op)]()
        yield f"{words(node)}: {type(op).__name__} to {type(other).__name__}", replacing((*path, "ops", i), other)


def joined(node: ast.BoolOp, path: Path_) -> Iterator[Change]:
    """`and` to `or`, and back."""
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield f"{words(node)}: {type(node.op).__name__} to {type(other).__name__}", replacing((*path, "op"), other)


def negated(node: ast.UnaryOp, path: Path_) -> Iterator[Change]:
    """A `not` that is dropped."""
    if isinstance(node.op, ast.Not):
        yield f"{words(node)}: not dropped", replacing(path, node.operand)


def constant(node: ast.Constant, path: Path_) -> Iterator[Change]:
    """A number that is one more, yes for no."""
    if type(node.value) is bool:
        yield f"{node.value} to {not node.value}", replacing(path, ast.Constant(not node.value))
    elif type(node.value) is int:
        yield f"{node.value} to {node.value + 1}", replacing(path, ast.Constant(node.value + 1))


def added(node: ast.BinOp, path: Path_) -> Iterator[Change]:
    """Plus for minus."""
    if isinstance(node.op, (ast.Add, ast.Sub)):
        turned = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        yield f"{words(node)}: sign turned", replacing((*path, "op"), turned)


def called_otherwise(node: ast.Call, path: Path_) -> Iterator[Change]:
    """`any` for `all`, and arguments in another order, unless both are words: that fails at once."""
    name = called(node)
    if name in SWAPPED and isinstance(node.func, ast.Name):
        yield f"{words(node)}: {name} to {SWAPPED[name]}", replacing((*path, "func"), ast.Name(SWAPPED[name]))
    first = node.args[:2]
    said = all(isinstance(a, ast.Constant) and isinstance(a.value, str) for a in first)
    if len(first) > 1 and not said and not any(isinstance(a, ast.Starred) for a in first):
        args = [node.args[1], node.args[0], *node.args[2:]]
        yield f"{words(node)}: first two arguments swapped", replacing((*path, "args"), args)


def chosen_otherwise(node: ast.IfExp, path: Path_) -> Iterator[Change]:
    """The branches of a choice, swapped."""
    yield f"{words(node)}: branches swapped", replacing(path, ast.IfExp(node.test, node.orelse, node.body))


def left_out(node: ast.stmt, path: Path_) -> Iterator[Change]:
    """A statement that is dropped; no docstring."""
    said = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if isinstance(path[-1], int) and not said:
        yield f"dropped: {words(node)}", replacing(path, ast.Pass())


IN_CODE: dict[type[ast.AST], Callable[[Any, Path_], Iterator[Change]]] = {
    ast.Compare: compared,
    ast.BoolOp: joined,
    ast.UnaryOp: negated,
    ast.Constant: constant,
    ast.BinOp: added,
    ast.Call: called_otherwise,
    ast.IfExp: chosen_otherwise,
    **dict.fromkeys((ast.Expr, ast.AugAssign, ast.Continue, ast.Raise), left_out),
}


def in_code(place: Place) -> Iterator[Change]:
    """Changes of operators, numbers, statements and arguments."""
    make = IN_CODE.get(type(place.node))
    return iter(()) if make is None else make(place.node, place.path)


# --- kinds of change: tables -----------------------------------------------------------------------------------------


def of_an_argument(row: ast.Call, i: int, where: Path_, states: list[str]) -> Iterator[Change]:
    """Another state, one state or role fewer, anybody, another word that is asked for, another code."""
    line, argument = words(row), row.args[i]
    if isinstance(argument, ast.Tuple) and len(argument.elts) > 1:
        for j, item in enumerate(argument.elts):
            yield f"{line}: without {words(item)}", dropping((*where, "elts", j))
    elif isinstance(argument, ast.Name) and argument.id in states:
        other = states[(states.index(argument.id) + 1) % len(states)]
        yield f"{line}: {argument.id} to {other}", replacing(where, ast.Name(other))
    elif isinstance(argument, ast.Name) and i == WHO and argument.id != "ANYONE":
        yield f"{line}: {argument.id} to ANYONE", replacing(where, ast.Name("ANYONE"))
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield from of_words(line, called(row), argument.value, where)


WHO = 3  # the place of those who may, in a row


def of_words(line: str, name: str, said: str, where: Path_) -> Iterator[Change]:
    """What a row asks for, or the code of a door that is shut."""
    if name == "shut":
        yield f"{line}: code V010", replacing(where, ast.Constant("V010"))
    elif said:
        *before, last = said.split()
        turned = last.rstrip("?") + ("" if last.endswith("?") else "?")
        yield f"{line}: asks no {last}", replacing(where, ast.Constant(" ".join(before)))
        yield f"{line}: asks {turned}", replacing(where, ast.Constant(" ".join([*before, turned])))


def of_keywords(row: ast.Call, path: Path_) -> Iterator[Change]:
    """A flag that is dropped or added, a code that is dropped, states that are fewer."""
    line, there = words(row), {keyword.arg for keyword in row.keywords}
    for i, keyword in enumerate(row.keywords):
        if keyword.arg in {*FLAGS, "code"}:
            yield f"{line}: without {keyword.arg}", dropping((*path, "keywords", i))
        elif isinstance(keyword.value, ast.Tuple):
            for j, item in enumerate(keyword.value.elts):
                where = (*path, "keywords", i, "value", "elts", j)
                yield f"{line}: {keyword.arg} without {words(item)}", dropping(where)
    for flag in FLAGS if called(row) == "row" else ():
        if flag not in there and not (flag == "keeps" and "revises" in there):  # what revises keeps anyway
            more = [*row.keywords, ast.keyword(flag, ast.Constant(value=True))]
            yield f"{line}: {flag} added", replacing((*path, "keywords"), more)


def in_tables(place: Place, states: list[str]) -> Iterator[Change]:
    """Changes of a row: states, people, what is asked, flags, code; and of a door that is shut."""
    node, path = place.node, place.path
    if isinstance(node, ast.Call) and called(node) in ROWS:
        if isinstance(path[-1], int):
            yield f"{words(node)}: row dropped", dropping(path)
        for i in range(1, len(node.args)):
            yield from of_an_argument(node, i, (*path, "args", i), states)
        yield from of_keywords(node, path)


def of_circles(node: ast.Dict, path: Path_) -> Iterator[Change]:
    """Each field of a table of circles, moved to the next."""
    texts = [value.value for value in node.values if isinstance(value, ast.Constant) and isinstance(value.value, str)]
    named = [key.id for key in node.keys if isinstance(key, ast.Name) and key.id.isupper()]
    if not texts or not len(texts) == len(named) == len(node.values):
        return
    fields = [text.split() for text in texts]
    for i, names in enumerate(fields):
        into = (i + 1) % len(fields)
        for name in names:
            moved = [[n for n in there if n != name] + [name] * (j == into) for j, there in enumerate(fields)]
            values = [ast.Constant(" ".join(there)) for there in moved]
            yield f"{name}: from {named[i]} to {named[into]}", replacing((*path, "values"), values)


def of_privacy(node: ast.Call, path: Path_) -> Iterator[Change]:
    """Words for everybody, no quiet acts, a writer fewer."""
    for i, keyword in enumerate(node.keywords):
        where = (*path, "keywords", i, "value")
        if keyword.arg == "words":
            yield f"words: {words(keyword.value)} to EVERYONE", replacing(where, ast.Name("EVERYONE"))
        elif keyword.arg == "quiet":
            yield "quiet emptied", replacing(where, ast.Dict([], []))
        elif keyword.arg == "by_acts":
            yield "by_acts turned round", replacing(where, ast.Constant(True))
        elif keyword.arg == "writers" and isinstance(keyword.value, ast.Dict):
            for j, value in enumerate(keyword.value.values):
                if isinstance(value, ast.Tuple) and value.elts:
                    fewer = ast.Tuple(value.elts[:-1], ast.Load())
                    yield f"writers {words(keyword.value)}: one fewer", replacing((*where, "values", j), fewer)


def in_circles(place: Place) -> Iterator[Change]:
    """Changes of who sees what, and whose words are whose."""
    if isinstance(place.node, ast.Dict):
        yield from of_circles(place.node, place.path)
    elif isinstance(place.node, ast.Call) and called(place.node) == "Privacy":
        yield from of_privacy(place.node, place.path)


# --- which change is of which group ----------------------------------------------------------------------------------

CODE = re.compile(r"[A-Z]\d{3}")


def of_a_rule(place: Place) -> bool:
    """Whether something stands in a function that is decorated with the code of a rule, beside its words."""
    for above in place.above:
        if isinstance(above, ast.FunctionDef):
            for decorator in above.decorator_list:
                first = decorator.args[0] if isinstance(decorator, ast.Call) and decorator.args else None
                if isinstance(first, ast.Constant) and CODE.fullmatch(str(first.value)):
                    return True
    return False


def in_words(place: Place) -> bool:
    """Whether something stands in a decorator, a docstring or the declaration of a rule: only words."""
    return "decorator_list" in place.path or any(called(a) in {"stated", "field", "TypeVar"} for a in place.above)


def states_in(table: ast.AST) -> list[str]:
    """The names of the states in a table: all names in it that are none of roles."""
    rows = [node for node in ast.walk(table) if isinstance(node, ast.Call) and called(node) == "row"]
    roles = {n.id for row in rows for n in ast.walk(row.args[WHO]) if isinstance(n, ast.Name)}
    named = {n.id for row in rows for a in row.args[1:WHO] for n in ast.walk(a) if isinstance(n, ast.Name)}
    return sorted(named - roles - {"START", "SAME"})


def plants_of(file: Path) -> Iterator[Plant]:
    """Every change that can be made in a file."""
    inside = file.relative_to(SOURCE).parts
    border = inside[0].removesuffix(".py") in BORDER
    main = "kernel" if inside[0] == "kernel" else "border" if border else "acts"
    for place in places(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        line = getattr(place.node, "lineno", 0)
        table = next((above for above in (*place.above, place.node) if called(above) == "Lifecycle"), None)
        found = list(in_circles(place)) if table is None else list(in_tables(place, states_in(table)))
        yield from (Plant(file, line, "tables", what, make) for what, make in found)
        if table is None and not in_words(place):
            ruled = of_a_rule(place) or (main == "kernel" and "policy" in inside[-1])
            yield from (Plant(file, line, "rules" if ruled else main, what, make) for what, make in in_code(place))


# --- which tests should mind -----------------------------------------------------------------------------------------


KINDS = {
    "people": "person",
    "needs": "path",
    "turns": "interview",
    "commitments": "goal",
    "opportunities": "opportunity",
}
QUICK = ["tests/test_rules.py", "tests/test_borders.py", "tests/kernel/test_digests.py"]
LAWS = ["tests/laws/test_acts.py", "tests/laws/test_documents.py", "tests/laws/test_book.py"]
BY_HAND = ["tests/test_tables.py", "-k", "one_written or is_new or is_asked"]
ROOMS: dict[str, list[list[str]]] = {
    "kernel": [["tests/kernel"], ["tests/test_rules.py", "tests/records"], ["tests/formats", "tests/book", "tests/stories"],
               ["tests/test_tables.py", *LAWS[:2], "-k", "goal"]],
    "records": [QUICK, ["tests/records", "tests/stories", "tests/book"]],
    "formats": [["tests/formats", "tests/laws/test_forms.py", QUICK[-1]], ["tests/laws/test_documents.py", "tests/book"]],
    "bulk": [["tests/bulk"], ["tests/test_cli.py", "tests/examples"]],
    "cli": [[f"tests/test_cli{of}.py" for of in ("", "_shown", "_import", "_check", "_due", "_mapping")], ["tests/examples"]],
    "tables": [BY_HAND, ["tests/book/test_circles.py"], ["tests/test_tables.py"],
               ["tests/records", "tests/book", "tests/kernel", *QUICK, "tests/stories"]],
}  # fmt: skip
"""By room of the house, or by group: the tests that should mind, narrow ones first."""
OTHERS = [QUICK, ["tests/book", "tests/stories"], ["tests/records", LAWS[2]]]


def tests_for(plant: Plant) -> Iterator[list[str]]:
    """The tests to run for a change, narrow ones first; the next only when these did not mind."""
    room, name = plant.file.relative_to(SOURCE).parts[0].removesuffix(".py"), plant.file.stem
    if plant.group != "tables":
        same = sorted(str(p.relative_to(ROOT)) for p in (ROOT / "tests").rglob(f"test_{name}.py"))
        yield from [[path] for path in same if "laws" not in path]
    yield from ROOMS.get(plant.group, ROOMS.get(room, OTHERS))
    if room == "records":
        yield [*LAWS, "tests/test_tables.py", "-k", KINDS.get(name, name if name == "feedback" else name.rstrip("s"))]
    yield [str(plant.file)]  # the examples in its docstrings


class Runner:
    """Runs tests in the copy of the project, which is as it was between one change and the next."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sound: dict[tuple[str, ...], bool] = {}

    def minds(self, tests: list[str], limit: float) -> str | None:
        """What failed, if anything did; `hung` when it took too long."""
        profile = ["--hypothesis-profile=planted"] if tests[0].startswith("tests") else []
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-x",
            "-q",
            "--no-header",
            "-p",
            "no:cacheprovider",
            *profile,
            *tests,
        ]
        env = {**os.environ, "PYTHONPATH": str(self.folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            done = subprocess.run(
                command, cwd=self.folder, env=env, capture_output=True, text=True, timeout=limit, check=False
            )
        except subprocess.TimeoutExpired:
            return "hung"
        if done.returncode in {0, 5}:  # 5: nothing was collected
            return None
        said = re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
        return said[0] if said else "while importing"

    def judged(self, plant: Plant, limit: float) -> str | None:
        """By which test a change is found; None when it survives. What is red without the change says nothing."""
        file, began = self.folder / plant.file, time.monotonic()
        original = file.read_text(encoding="utf-8")
        tree = ast.parse(original)
        plant.make(tree)
        changed = ast.unparse(ast.fix_missing_locations(tree))
        for tests in tests_for(plant):
            file.write_text(changed, encoding="utf-8")
            found = self.minds(tests, limit)
            file.write_text(original, encoding="utf-8")
            if found and self.green(tests):
                return found
            if time.monotonic() - began > limit:
                break
        return None

    def green(self, tests: list[str]) -> bool:
        """Whether tests pass when nothing is changed."""
        key = tuple(tests)
        if key not in self.sound:
            self.sound[key] = self.minds(tests, 600) is None
            if not self.sound[key]:
                say(f"red without any change: {' '.join(tests)}")
        return self.sound[key]


def copied_project(folder: Path) -> Path:
    """The project in a folder of its own, without what was built or downloaded."""
    left = shutil.ignore_patterns(".git", ".venv", ".hypothesis", "__pycache__", "_build", "*.egg-info", ".*_cache")
    return Path(shutil.copytree(ROOT, folder / "project", ignore=left))


def say(line: str) -> None:
    """Tell whoever waits, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def read_arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    asked = argparse.ArgumentParser(description="Plant changes, and see which of them the tests find.")
    asked.add_argument("--only", choices=["tables", "rules", "kernel", "border", "acts"])
    asked.add_argument("--file", type=Path, help="plant in this file alone")
    asked.add_argument("--line", type=int, help="plant on this line alone")
    asked.add_argument("--most", type=int, default=40, help="how many changes at most")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--limit", type=float, default=60, help="seconds for one change")
    asked.add_argument("--list", action="store_true", help="only say what would be planted")
    return asked.parse_args()


def main() -> int:
    """Plant a sample, and tell."""
    asked = read_arguments()
    files = [p.relative_to(ROOT) for p in sorted((ROOT / SOURCE).rglob("*.py")) if not set(LEFT_OUT) & set(p.parts)]
    every = [plant for file in files if asked.file in {None, file} for plant in plants_of(file)]
    every = [p for p in every if asked.only in {None, p.group} and asked.line in {None, p.line}]
    chosen = random.Random(asked.seed).sample(every, min(asked.most, len(every)))
    say(f"{len(every)} changes could be planted, {len(chosen)} are")
    survived = 0
    with tempfile.TemporaryDirectory() as temporary:
        runner = Runner(copied_project(Path(temporary)))
        for n, plant in enumerate(sorted(chosen, key=lambda p: (p.file, p.line)), 1):
            began = time.monotonic()
            by = "listed" if asked.list else runner.judged(plant, asked.limit)
            survived += by is None
            took = time.monotonic() - began
            told = "SURVIVED" if by is None else "found"
            say(f"{n:3} {told:8} {took:5.1f} s  {plant.file}:{plant.line}: {plant.what}  [{by or '-'}]")
    found = len(chosen) - survived
    say(f"{found} of {len(chosen)} found ({found / max(len(chosen), 1):.1%}), {survived} survived")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
