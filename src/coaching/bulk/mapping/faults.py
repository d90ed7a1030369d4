"""What may be wrong with a mapping: the rules, and where it is said, with the line of the document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from coaching.kernel.rules import Finding, Rejected, Rule, Severity, breach, brief, finding, stated

B030 = stated(
    "B030",
    "bulk",
    field="",
    says="a mapping is a TOML document, or a dict of the same shape",
    why="own choice: what is half understood would fill fields wrongly",
    mend="write what the place asks for; `coaching mapping suggest` writes a first mapping",
)
B031 = stated(
    "B031",
    "bulk",
    field="",
    says="each name in a mapping is one that there is: a key, a field of the record, a type, a source, a lookup",
    why="own choice: a name with a slip would be left out in silence",
    mend="write the name that is meant",
)
B032 = stated(
    "B032",
    "bulk",
    field="",
    says="a mapping makes records, and fills what each cannot do without",
    why="own choice: every row would be rejected for it, one by one",
    mend="name the column, or a value that holds for all rows",
)
B033 = stated(
    "B033",
    "bulk",
    field="",
    says="what is said of one column agrees, and fits its field",
    why="own choice: of two that disagree one would win in silence",
    mend="leave one of the two out, or say it where it has a sense",
)
B034 = stated(
    "B034",
    "bulk",
    field="",
    says="a header of a mapping is a column of its source",
    why="practice: exports differ in their headers from version to version",
    mend="write the header as the file has it, or say optional = true",
)
B035 = stated(
    "B035",
    "bulk",
    field="",
    says="one column alone fits a header",
    why="practice: two columns that differ in a blank hold different things",
    mend="write the header to the letter, or rename one of the columns",
)
B036 = stated(
    "B036",
    "bulk",
    field="",
    says="each column is used, kept in extra, or left out on purpose",
    why="own choice: what is left out by oversight is found years later",
    mend="map it, keep it with extra, or name it in unused",
)
B037 = stated(
    "B037",
    "bulk",
    field="",
    says="each file serves as one source of the mapping",
    why="own choice: a file that nothing reads would be lost in silence",
    mend="give it as NAME=PATH, with the name of the source",
)

LISTED = 30  # known names that a message lists
TOLD = 60  # characters of an unknown name that are compared with known ones


def near(name: object, known: Iterable[str]) -> str | None:
    """Give the known name that is so near that it is probably meant.

    >>> near("Titel", ["title", "unit"]), near("xyz", ["title", "unit"])
    ('title', None)
    """
    if not isinstance(name, str):
        return None
    folded = {it.casefold(): it for it in known}
    return next((folded[it] for it in get_close_matches(name[:TOLD].casefold(), folded, 1)), None)


def nearest(name: object, known: Iterable[str]) -> str:
    """Say which known name is the nearest, or else which there are.

    >>> nearest("Titel", ["title", "unit"]), nearest("xyz", ["title", "unit"]), nearest("xyz", [])
    ('did you mean title?', 'known: title, unit', 'there is none')
    """
    names = list(known)
    if meant := near(name, names):
        return f"did you mean {meant}?"
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return f"known: {', '.join(names[:LISTED])}{more}" if names else "there is none"


def step(path: str, to: object) -> str:
    """Go one step down a path: to a key, or to the item of a list.

    >>> step(step("records", 0), "type")
    'records[0].type'
    """
    if isinstance(to, int):
        return f"{path}[{to}]"
    return f"{path}.{to}" if path else str(to)


class Wrong:
    """Collects what is wrong with a mapping; each is said with its path, and with its line where that is known."""

    def __init__(self, lines: Mapping[str, int] | None = None) -> None:
        self.found: list[Finding] = []
        self._lines = lines or {}

    def add(self, rule: Rule, path: str, what: str, **params: object) -> None:
        """Note one fault."""
        line = self._line(path)
        if line is not None:
            what, params = f"{what} (line {{line}})", {**params, "line": line}
        self.found.append(finding(rule, breach(what, path, **params)))

    def unknown(self, path: str, name: object, known: Iterable[str], kind: str) -> None:
        """Note a name that is none, with the nearest that is one."""
        self.add(B031, path, "{name} is no {kind}; {known}", name=brief(name), kind=kind, known=nearest(name, known))

    def take(self, findings: Iterable[Finding], path: str) -> None:
        """Note what another room says of what stands under a path."""
        for it in findings:
            place = step(path, it.path) if it.path and not it.path.startswith("[") else path + it.path
            line = self._line(place)
            told = it.about(None, place)
            if line is not None:
                told = Finding(
                    it.code, it.severity, place, f"{it.message} (line {line})", it.params.set("line", line),
                    None, f"{it.template} (line {{line}})", it.says, it.mend, it.cause,
                )  # fmt: skip
            self.found.append(told)

    def refuse(self, what: str) -> None:
        """Raise what was found, if anything was.

        Raises:
            Rejected: Over every fault.
        """
        if self.found:
            raise Rejected(what, self.found)

    def _line(self, path: str) -> int | None:
        """Give the line of a path, or of what it stands in."""
        while path and path not in self._lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self._lines.get(path)


def remark(rule: Rule, path: str, what: str, **params: object) -> Finding:
    """Say what is worth a look and stops nothing."""
    return finding(rule, breach(what, path, **params), severity=Severity.WARNING)


RULES: tuple[Rule, ...] = (B030, B031, B032, B033, B034, B035, B036, B037)
