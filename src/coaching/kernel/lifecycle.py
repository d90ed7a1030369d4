"""The table: which act leads from which state to which, and who may do it. Read by everybody, written once per record.

Read top to bottom: roles, rows, the table. Knows no record: a role is a question put to one. A wrong table fails while
the package is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

from coaching.kernel.rules import Choice, Rule, stated

V010 = stated(
    "V010",
    "kernel",
    field="state",
    says="an act is done from a state that the table allows",
    why="domain: one table per record says which act leads from which state to which",
    mend="do one of the acts that are open now",
)
V011 = stated(
    "V011",
    "kernel",
    field="by",
    says="an act is done by one who may do it",
    why="domain: one table per record says who may do an act",
    mend="let one of those named do it",
)

START = None
"""The source of the acts that begin a record."""

SAME = "="
"""The target of an act that leaves the state as it is."""

IMPORT = "import"
"""The act that takes a record over from another system, into any state."""

ERASE = "erase"
"""The act that takes somebody's words out of a record, and leaves the state unless the table says otherwise."""

RENAME = "rename"
"""The act that gives somebody in a record another id, and leaves everything else as it was."""

REIMPORT = "reimport"
"""The act that takes a record over again, as the other system has it now, from any state into any."""

TAKING_OVER = frozenset({IMPORT, REIMPORT})
"""Acts that say what another system says: no table has them, and nobody is the author of what they set."""

BESIDE = frozenset({ERASE, RENAME})
"""Acts of the book that no table has: they stand in the history of a record, and carry nothing on."""


@frozen(eq=False)  # asked about in every act; each role is made once
class Role:
    """Somebody in a record: a name for people, and who holds it. `holders` takes the record and the part acted on.

    `when` says, for people, from when on they may, where that is not always.
    """

    name: str
    holders: Callable[..., Iterable[str | None]]
    when: str = ""

    def said(self, ids: Iterable[str | None] = ()) -> str:
        """Give the role as people read it, with the ids that hold it."""
        return " ".join([self.name, ", ".join(dict.fromkeys(filter(None, ids)))]).strip() + (
            f", {self.when}" if self.when else ""
        )


def holder(field: str) -> Role:
    """Make the role of the person whose id stands in a field of the record."""
    return Role(field, lambda record, _part: (getattr(record, field),))


ANYONE = Role("anyone", lambda _record, _part: ())
"""Administration: who acts is recorded, not checked."""


@frozen
class Row:
    """One line of a table."""

    act: str
    sources: tuple[str | None, ...]
    targets: tuple[str, ...]
    who: tuple[Role, ...]
    asks: tuple[str, ...]
    revises: bool  # what was signed changes: a new revision, without signatures
    keeps: bool  # the values it replaces are kept in the history
    onward: bool  # the way on: somebody is awaited to do it
    rule: Rule  # the one that speaks when somebody else tries
    firm: tuple[str, ...]  # what it asks for itself (no gate does), and what it may set anew: none of it to nothing
    returns: bool = False  # open only to what stood further on before: no way past a gate

    def target(self, source: str | None) -> str:
        """Give the state it leads to, the first where there are several."""
        return source if self.targets[0] == SAME and source is not None else self.targets[0]


@frozen
class Shut:
    """A door that is closed on purpose: an act that a rule of its own forbids in some states."""

    act: str
    states: tuple[str, ...]
    rule: Rule


def row(
    act: str,
    sources: str | tuple[str, ...] | None,
    targets: str | tuple[str, ...],
    who: Role | tuple[Role, ...],
    asks: str = "",
    *,
    revises: bool = False,
    keeps: bool = False,
    onward: bool = False,
    rule: Rule = V011,
    firm: str = "",
    returns: bool = False,
) -> Row:
    """Write a line: act, from, to, who, what it asks for; `rule` is the one that refuses anybody else.

    What stands with a `?` is asked for by a gate. `firm` names what may be left out, but not be emptied. A line that
    `returns` leads where a record can only go that was there, or further on, before.
    """
    return Row(
        act,
        sources if isinstance(sources, tuple) else (sources,),
        targets if isinstance(targets, tuple) else (targets,),
        who if isinstance(who, tuple) else (who,),
        tuple(asks.split()),
        revises,
        keeps or revises,
        onward,
        rule,
        (*(name for name in asks.split() if not name.endswith("?")), *firm.split()),
        returns,
    )


def shut(act: str, states: str | tuple[str, ...], rule: Rule) -> Shut:
    """Write a line that says why an act does not exist in some states: the rule that forbids it."""
    return Shut(act, states if isinstance(states, tuple) else (states,), rule)


class Lifecycle:
    """A table of acts. Built once, checked while built, never changed.

    Raises:
        RuntimeError: While the package is imported: an act twice from one state, an unknown state, a state nothing
            leads to, a state without a way out that is not named `final`, or the other way round.
    """

    def __init__(
        self, states: type[Choice], *lines: Row | Shut, final: tuple[str, ...] = (), again: bool = True
    ) -> None:
        """Check the table. `again` says whether what was taken over may be taken over again, as a whole."""
        self.states: tuple[str, ...] = tuple(states)
        self.again = row(REIMPORT, self.states, SAME, ANYONE, keeps=True) if again else None
        self.words = states
        self.word: dict[str, Choice] = {word.value: word for word in states}
        self.final = final
        self.rows: tuple[Row, ...] = tuple(line for line in lines if isinstance(line, Row))
        self.shut: dict[tuple[str, str], Rule] = {
            (line.act, state): line.rule for line in lines if isinstance(line, Shut) for state in line.states
        }
        self._at: dict[tuple[str, str | None], Row] = {}
        for line in self.rows:
            for source in line.sources:
                if (line.act, source) in self._at:
                    msg = f"{line.act} stands twice from {source}"
                    raise RuntimeError(msg)
                self._at[line.act, source] = line
        self.roles: tuple[Role, ...] = tuple(dict.fromkeys(role for line in self.rows for role in line.who))
        self.acts: tuple[str, ...] = tuple(dict.fromkeys(line.act for line in self.rows))
        self._from: dict[str | None, tuple[Row, ...]] = {
            state: tuple(line for line in self.rows if state in line.sources) for state in (START, *self.states)
        }
        self.steps_taken: dict[tuple[str, str | None, str], int] = {
            **{
                (act, source, target): int(source is START or self._at[act, source].revises)
                for act, source, target in self.steps()
            },
            **{(IMPORT, START, state): 1 for state in self.states},
            **{(act, state, state): 0 for act in sorted(BESIDE) for state in self.states},
            **{(REIMPORT, state, to): 0 for state in self.states for to in self.states if again},
        }
        """Each step that a history may take, and by how much it raises the revision; taking over again may raise it."""
        self._prove()

    def find(self, act: str, state: str | None) -> Row | None:
        """Find the line for an act from a state, if there is one."""
        return self.again if act == REIMPORT and state is not START else self._at.get((act, state))

    def rows_from(self, state: str | None) -> tuple[Row, ...]:
        """Give the lines that lead from a state, in the order of the table."""
        return self._from[state]

    def steps(self) -> Iterable[tuple[str, str | None, str]]:
        """List every (act, from, to) that the table allows."""
        for line in self.rows:
            for source in line.sources:
                for target in line.targets:
                    yield line.act, source, (source or "") if target == SAME else target

    def beyond(self, gate: str) -> frozenset[str]:
        """Give the states not to be reached without an act (`"propose"`), or one that arrives (`"sign>agreed"`)."""
        act, _, arrival = gate.partition(">")
        ways = [(a, s, t) for a, s, t in self.steps() if not self._at[a, s].returns]
        without = [(a, s, t) for a, s, t in ways if a != act or (arrival and t != arrival)]
        return frozenset(self.states) - self._reached(without)

    @staticmethod
    def _reached(steps: Iterable[tuple[str, str | None, str]]) -> set[str | None]:
        """Give the states that steps lead to from the start."""
        ways: list[tuple[str, str | None, str]] = list(steps)
        seen: set[str | None] = {START}
        while more := {t for _, s, t in ways if s in seen} - seen:
            seen |= more
        return seen

    def _prove(self) -> None:
        named = {s for line in self.rows for s in (*line.sources, *line.targets)} - {START, SAME}
        wrong = named - set(self.states)
        wrong |= {line.act for line in self.rows if START in line.sources and SAME in line.targets}
        wrong |= set(self.states) - self._reached(self.steps())
        wrong |= {f"{act} shut" for act, state in self.shut if act not in self.acts or state not in self.states}
        wrong |= {f"{act} shut" for act, state in self.shut if (act, state) in self._at}
        stuck = {s for s in self.states if not any(src == s != t for _, src, t in self.steps())}
        wrong |= stuck ^ set(self.final)
        if wrong:
            msg = f"the table of {self.words.__name__} is wrong about {sorted(map(str, wrong))}"
            raise RuntimeError(msg)


RULES: tuple[Rule, ...] = (V010, V011)
