"""What a system says of itself, of which a user writes two methods, and how it is called.

Read top to bottom: what goes wrong, what is asked of a system, how it is called.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, tzinfo
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from frozendict import frozendict

from coaching.kernel.policy import POLICY, Policy
from coaching.logs.comparing import alike, written
from coaching.records.people import Person
from coaching.testing.binding.offers import Piece
from coaching.testing.binding.slips import Unbound, known_acts, narrowed_pieces, see


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
        unordered: The names of lists of which the system keeps no order, such as `("preparations",)`.
        offsets: Whether moments are compared by their offset from UTC too, or by instant alone.
        zone: The one zone whose clock the system has, such as `ZoneInfo("Europe/Berlin")` or `UTC`; every moment that
            is played then is one of it. With none, people act in different zones.
    """

    __test__ = False  # whatever it is called, pytest does not take it for a class of tests

    pieces: ClassVar[tuple[Piece, ...]] = ()
    refusal: ClassVar[type[Exception] | tuple[type[Exception], ...]] = ()
    policy: ClassVar[Policy] = POLICY
    people: ClassVar[tuple[Person, ...]] = ()
    at_once: ClassVar[bool] = False
    acts: ClassVar[Collection[str] | Mapping[str, Collection[str]] | None] = None
    takes: ClassVar[Mapping[str, Mapping[str, Any] | Collection[str]]] = frozendict()
    unasked: ClassVar[Collection[str]] = ()
    stricter: ClassVar[type[Exception] | tuple[type[Exception], ...]] = ()
    unordered: ClassVar[Collection[str]] = ()
    offsets: ClassVar[bool] = False
    zone: ClassVar[tzinfo | None] = None

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

        `commitments`: who promised, the record, the promise; `goals`, `interviews` and `feedback`: who has to see to
        it, the record; `people`: whose next annual talk is due by then.
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
        return alike(written(path, expected), held, offsets=self.offsets)

    # --- how it is called --------------------------------------------------------------------------------------------

    def alike(self, path: str, expected: Any, held: Any) -> bool:
        """Ask what is the same.

        Raises:
            Unbound: Where it cannot tell.
        """
        try:
            return bool(self.same(path, expected, held))
        except Exception as slip:
            told = f"{type(self).__name__}.same failed at {path}, {type(slip).__name__}: {slip}"
            raise Unbound(f"{told}; it tells of any two values whether they are one") from slip

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
            _PLAYED[cls] = narrowed_pieces(cls)
        return _PLAYED[cls]

    @classmethod
    def bound(cls) -> None:
        """See that a binding says what it has to.

        Raises:
            Unbound: It names what is missing.
        """
        see(cls)
        cls.played()


_PLAYED: WeakKeyDictionary[type[System], tuple[Piece, ...]] = WeakKeyDictionary()


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


def made(factory: Factory) -> System:
    """Make a system anew.

    Raises:
        Unbound: Where a factory makes none, and what it makes instead.
    """
    try:
        system = factory()
    except Unbound:
        raise
    except Exception as error:
        raise Unbound(f"no binding could be made, {type(error).__name__}: {error}; pass `lambda: Ours(...)`") from error
    if not isinstance(system, System):
        raise Unbound(f"a factory makes a binding with an empty system, and not a {type(system).__name__}")
    return system
