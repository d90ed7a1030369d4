"""What a system says of itself, of which a user writes two methods, and how it is called.

Read top to bottom: what goes wrong, what is asked of a system, how it is called.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from frozendict import frozendict

from coaching.catalogue import catalogue
from coaching.formats.asked import OURS, fields_of
from coaching.kernel.lifecycle import START
from coaching.kernel.policy import POLICY, Policy
from coaching.logs.comparing import alike
from coaching.records.people import Person
from coaching.testing.binding.narrowing import narrowed
from coaching.testing.binding.offers import Piece
from coaching.testing.binding.scenes import PLAIN


class Unbound(Exception):
    """A binding does not say what it has to: which method or attribute, and what it should be."""


class System:
    """A system under test: two methods that each binding writes, and some that only some have.

    Each play begins with an empty system: make it in `__init__`, or in the factory that is given. Any method may be
    `async`.

    Attributes:
        pieces: The kinds of record that the system keeps.
        refusal: The exception, or exceptions, by which it says no.
        policy: The numbers and severities of the house; a gate that the house does not ask is `off` in it.
        people: Whom the system knows from the beginning, as records: who manages whom, who is employed. Sight and
            annual talks that are due hang on them; where it knows nobody, on the records that are played alone.
        at_once: Whether the system lets several act at the same time; threads then do (tasks, where it is `async`).
        acts: The acts that the system knows; all of them when left out. Where it keeps several kinds, a mapping says
            which of each: `{"interview": (...), "goal": (...)}`.
        takes: By act what the system takes of its arguments: a tuple of the names of those, or by argument a value that
            is given in place of any other (None: nothing is), or a tuple to choose from.
        unasked: The codes of rules that the system does not ask; what breaks these alone is not tried.
        stricter: The exceptions by which it says no for a rule of its own, that we do not have; a play ends there.
        offsets: Whether moments are compared by their offset from UTC too, or by instant alone.
    """

    __test__ = False  # whatever it is called, pytest does not take it for a class of tests

    pieces: ClassVar[tuple[Piece, ...]] = ()
    refusal: ClassVar[type[Exception] | tuple[type[Exception], ...]] = ()
    policy: ClassVar[Policy] = POLICY
    people: ClassVar[tuple[Person, ...]] = ()
    at_once: ClassVar[bool] = False
    acts: ClassVar[Collection[str] | Mapping[str, Collection[str]]] = ()
    takes: ClassVar[Mapping[str, Mapping[str, Any] | Collection[str]]] = frozendict()
    unasked: ClassVar[Collection[str]] = ()
    stricter: ClassVar[type[Exception] | tuple[type[Exception], ...]] = ()
    offsets: ClassVar[bool] = False

    # --- what every system says --------------------------------------------------------------------------------------

    def perform(self, act: str, record_id: str, by: str, at: datetime, **given: Any) -> Any:
        """Let somebody do an act; the first one of a record begins it. Raise `refusal` when the answer is no."""

    def read(self, record_id: str) -> Any:
        """Give what the system holds, as a dict of the fields it keeps: only those are compared."""

    # --- what some say -----------------------------------------------------------------------------------------------

    def acts_for(self, record_id: str, by: str, at: datetime) -> Any:
        """Give the names of the acts that the system offers somebody now: its buttons."""

    def awaits(self, record_id: str) -> Any:
        """Give whose turn it is: pairs of a person and an act."""

    def view(self, record_id: str, viewer: str, at: datetime) -> Any:
        """Give what the system shows somebody, as `read` does; nothing, or `refusal`, where it shows them nothing."""

    def due(self, on: date) -> Any:
        """Give what is overdue on a day, by what it is, in a dict: only what it names is compared.

        `commitments`: who promised, the record, the promise; `interviews` and `feedback`: who has to see to it, the
        record; `people`: whose next annual talk is due by then.
        """

    def export(self, record_id: str) -> Any:
        """Give what another way out of the system says of the record, as `read` does."""

    def restart(self) -> Any:
        """Stop the system, and start it again with what it kept."""

    def codes(self, error: Exception) -> Iterable[str]:
        """Give the codes of rules that a refusal names, where the system gives codes; they are compared then."""
        del error
        return ()

    def same(self, path: str, expected: Any, held: Any) -> bool:
        """Tell whether two values are one; override it for what your system writes otherwise."""
        del path
        return alike(expected, held, offsets=self.offsets)

    # --- how it is called --------------------------------------------------------------------------------------------

    @classmethod
    def says(cls, name: str) -> bool:
        """Tell whether a binding has something of what only some have."""
        return getattr(cls, name) is not getattr(System, name)

    @classmethod
    def knows(cls, act: str, kind: str) -> bool:
        """Tell whether the system knows an act of a kind of record."""
        known = known_acts(cls.acts, kind)
        return not known or act in known

    @classmethod
    def not_asked(cls) -> Collection[str]:
        """Give the codes of the rules that the system does not ask."""
        return [cls.unasked] if isinstance(cls.unasked, str) else cls.unasked

    @classmethod
    def played(cls) -> tuple[Piece, ...]:
        """Give the kinds of record as they are played: without what the system does not know."""
        if cls not in _PLAYED:
            _PLAYED[cls] = _narrowed(cls)
        return _PLAYED[cls]

    @classmethod
    def bound(cls) -> None:
        """See that a binding says what it has to.

        Raises:
            Unbound: It names what is missing.
        """
        if not cls.pieces:
            raise Unbound(f"{cls.__name__}.pieces are the kinds of record that your system keeps")
        for name, what in MUST.items():
            if not cls.says(name):
                raise Unbound(f"{cls.__name__} has no {name}: write {what}")
            if not _takes(getattr(cls, name), name):
                raise Unbound(f"{cls.__name__}.{name} does not take what is asked: write {what}")
        known = cls.refusal if isinstance(cls.refusal, tuple) else (cls.refusal,)
        if not known or not all(isinstance(it, type) and issubclass(it, Exception) for it in known):
            raise Unbound(f"{cls.__name__}.refusal is the exception by which your system says no; name its class")
        cls.played()


def _takes(method: Any, name: str) -> bool:
    """Tell whether a method can be called as it will be."""
    try:
        asked = {"by": "", "at": None, "what_an_act_takes": None} if name == "perform" else {}
        inspect.signature(method).bind(None, *(("", "") if name == "perform" else ("",)), **asked)
    except (TypeError, ValueError):
        return False
    return True


_PLAYED: WeakKeyDictionary[type[System], tuple[Piece, ...]] = WeakKeyDictionary()


def _narrowed(binding: type[System]) -> tuple[Piece, ...]:
    """Narrow the pieces of a binding, and see that it names what there is."""
    kinds, name = {piece.kind.type: piece.kind for piece in binding.pieces}, binding.__name__
    every = dict.fromkeys(act for kind in kinds.values() for act in kind.lifecycle.acts)
    for kind in binding.acts if isinstance(binding.acts, Mapping) else ():
        if kind not in kinds:
            raise Unbound(f"{name}.acts names {kind!r}, which it does not keep; it keeps: {', '.join(kinds)}")
    for act in (*(act for kind in kinds for act in known_acts(binding.acts, kind)), *binding.takes):
        if act not in every:
            raise Unbound(f"{name} names {act!r}, which is no act; there are: {', '.join(every)}")
    for code in binding.not_asked():
        if code not in catalogue():
            raise Unbound(f"{name}.unasked names {code!r}, which is no rule; `coaching rules` lists them")
    takes = {act: _by_name(binding, act, taken) for act, taken in binding.takes.items()}
    pieces = tuple(
        narrowed(piece, known_acts(binding.acts, piece.kind.type), takes, binding.policy) for piece in binding.pieces
    )
    for piece in pieces:
        if not piece.situations(PLAIN, f"{piece.prefix}-1"):
            begins = ", ".join(row.act for row in piece.kind.lifecycle.rows_from(START))
            raise Unbound(
                f"{name} can begin no {piece.kind.type}: the rules refuse what acts and takes leave of {begins}"
            )
    return pieces


def _by_name(binding: type[System], act: str, taken: Mapping[str, Any] | Collection[str]) -> Mapping[str, Any]:
    """Say by name what an act takes, and see that it has each; names alone are all that it takes."""
    known = dict.fromkeys(it for piece in binding.pieces for it in _arguments(piece, act))
    names = (taken,) if isinstance(taken, str) else taken
    for it in names:
        if it not in known:
            said = f"{binding.__name__}.takes names {it!r}, which {act} does not take"
            raise Unbound(f"{said}; it takes: {', '.join(known)}")
    return taken if isinstance(taken, Mapping) else dict.fromkeys(it for it in known if it not in names)


def _arguments(piece: Piece, act: str) -> Iterator[str]:
    """List what an act takes, and what is given to it where a record begins."""
    yield from (it for it in fields_of(piece.kind, act) if it not in OURS)
    yield from (it for given in piece.beginnings(PLAIN).get(act, ()) for it in given if it not in OURS)


def known_acts(acts: Collection[str] | Mapping[str, Collection[str]], kind: str) -> Collection[str]:
    """Give the acts that a system knows of a kind of record; none are all."""
    acts = acts.get(kind, ()) if isinstance(acts, Mapping) else acts
    return (acts,) if isinstance(acts, str) else acts


MUST = {
    "perform": "perform(self, act, record_id, by, at, **given): how your system does an act",
    "read": "read(self, record_id): a dict of the fields that your system keeps",
}


class Caller:
    """Calls a system, and waits for what it answers later."""

    def __init__(self) -> None:
        """Begin without a loop: only what is asynchronous needs one."""
        self._runner: asyncio.Runner | None = None

    def __call__(self, method: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """Call, and wait."""
        answer = method(*given, **named)
        if not inspect.isawaitable(answer):
            return answer

        async def waited() -> Any:
            return await answer

        if self._runner is None:
            self._runner = asyncio.Runner()
        return self._runner.run(waited())

    def close(self) -> None:
        """Let go of the loop."""
        if self._runner is not None:
            self._runner.close()


Factory = Callable[[], System]
