"""Two at once: acts that are all right, asked of a record at the same time; some order of them must explain the end.

Read top to bottom: a race, which races there are, how one is run, how it is explained, the cases of the suite. Only
what was taken has to be explained: a system may refuse what comes at a bad moment, as long as it takes something.
"""

from __future__ import annotations

import asyncio
import inspect
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import combinations, combinations_with_replacement, permutations
from random import Random
from threading import Barrier
from typing import Any

from attrs import evolve, field, frozen

from coaching.kernel.policy import Policy
from coaching.logs.comparing import Difference, differences, in_order, kept_alone, plain
from coaching.testing.binding.covering import Coverage
from coaching.testing.binding.model import Judged, judge, replay
from coaching.testing.binding.offers import Piece, plainest
from coaching.testing.binding.playing import Found, play, rules
from coaching.testing.binding.scenes import PLAIN
from coaching.testing.binding.steps import Step
from coaching.testing.binding.system import Caller, Factory, System, made

ROUNDS, RACES = 4, 4
"""How often a case runs a race, each time with a system made anew; and how many are run, twice, in a play by chance."""


@frozen(eq=False)
class Race:
    """Acts on one record at the same time, each of which is right as it stands.

    Attributes:
        way: How the record came to stand as it does.
        acts: What is asked at once.
        close: Whether they are the same act, or one of them, done first, stands in the way of another.
    """

    way: tuple[Judged, ...]
    acts: tuple[Judged, ...]
    close: bool


# --- which there are -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def races(piece: Piece, policy: Policy) -> Mapping[str, tuple[Race, ...]]:
    """List pairs of acts by the situation in which they are asked: each pair after the shortest way there is.

    A pair is another one by two people than by one, after some have signed, and in another state, unless both acts are
    open in most of them.
    """
    found, told = dict[str, tuple[Race, ...]](), set[object]()
    table = piece.kind.lifecycle
    states = Counter(act for state in table.states for act in {row.act for row in table.rows_from(state)})
    for name, steps in piece.situations(PLAIN, f"{piece.prefix}-1").items():
        way = replay(steps, policy)
        record, pairs = way[-1].after, list[Race]()
        for one, other in combinations_with_replacement(plainest(piece, PLAIN, record, policy), 2):
            acts = frozenset([one.step.act, other.step.act])
            anywhere = min(states[act] for act in acts) > len(table.states) // 2
            signed = len(getattr(record, "signatures", ()))
            pair = anywhere or (record.state, signed), acts, one.step.by == other.step.by
            if pair not in told:
                race = _race(way, (one, other), policy)
                pairs += [race] if race is not None else []
                told.update([pair] if race is not None else [])
        if pairs:
            found[name] = tuple(pairs)
    return found


def _race(way: tuple[Judged, ...], moves: tuple[Judged, ...], policy: Policy) -> Race | None:
    """Let acts begin at one moment; None where one of them is not right then."""
    at, record = max(it.step.at for it in moves), way[-1].after
    acts = tuple(judge(record, evolve(it.step, at=at), policy) for it in moves)
    if any(it.findings for it in acts):
        return None
    same = len({it.step.act for it in acts}) == 1
    orders = permutations(acts, 2)
    close = same or any(judge(first.after, then.step, policy).findings for first, then in orders)
    return Race(way, acts, close)


def by_chance(pieces: tuple[Piece, ...], policy: Policy, random: Random) -> Iterator[Race]:
    """Give some races: most of them of acts that stand in each other's way, some of three acts."""
    for _ in range(RACES):
        every = races(random.choice(pieces), policy)
        close = [race for pairs in every.values() for race in pairs if race.close]
        pairs = every[random.choice([*every])]
        race = random.choice(close if random.random() < _CLOSELY else pairs)
        third = random.choice(race.acts)
        yield (random.random() < _THREE and _race(race.way, (*race.acts, third), policy)) or race


_CLOSELY, _THREE = 0.8, 0.1

# --- how one is run --------------------------------------------------------------------------------------------------


def run(race: Race, factory: Factory, rounds: int = 2) -> None:
    """Run a race, some times. What three show is shown by two of them, if it can be.

    Raises:
        Found: Where no order of the acts explains what came of them.
    """
    for _ in range(rounds):
        try:
            _once(race, factory)
        except Found:
            for two in combinations(race.acts, _TWO) if len(race.acts) > _TWO else ():
                run(evolve(race, acts=two), factory, ROUNDS)
            raise


_TWO = 2


def _once(race: Race, factory: Factory) -> None:
    system, call = made(factory), Caller()
    try:
        for it in race.way:
            error = _asked(system, call, it.step)
            if error is not None:
                play(race.way, made(factory))  # says what is wrong without any race
                return
        errors = _at_once(system, call, [it.step for it in race.acts])
        _explained(race, system, call, errors)
    finally:
        call.close()


def _asked(system: System, call: Caller, step: Step) -> Exception | None:
    try:
        call(step.ask, system.perform)
    except Exception as error:  # noqa: BLE001  (whatever it is, it is told as what it is)
        return error
    return None


def _at_once(system: System, call: Caller, steps: list[Step]) -> list[Exception | None]:
    """Ask by as many threads, which begin together; what is asynchronous is gathered."""
    if inspect.iscoroutinefunction(system.perform):
        return [error if isinstance(error, Exception) else None for error in call(_gathered, system, steps)]
    ready = Barrier(len(steps))

    def asked(step: Step) -> Exception | None:
        ready.wait()
        return _asked(system, Caller(), step)

    before = sys.getswitchinterval()
    sys.setswitchinterval(_SOON)
    try:
        with ThreadPoolExecutor(len(steps)) as threads:
            return list(threads.map(asked, steps))
    finally:
        sys.setswitchinterval(before)


_SOON = 1e-5
"""Seconds after which a thread gives way, so that two meet more often."""


async def _gathered(system: System, steps: list[Step]) -> list[Any]:
    asked = (step.ask(system.perform) for step in steps)
    return await asyncio.gather(*asked, return_exceptions=True)


def shorter(found: Found, factory: Factory) -> Found:
    """Show it by the shortest race that has one of the acts, if one is shorter; each is run anew."""
    system = made(factory)
    kind, acts = found.last.step.kind, {it.step.act for it in found.played[-found.at_once :]}
    piece = next(piece for piece in system.played() if piece.kind.type == kind)
    every = [race for pairs in races(piece, system.policy).values() for race in pairs if race.close]
    for race in sorted(every, key=lambda race: len(race.way)):
        if len(race.way) + _TWO < len(found.played) and acts & {it.step.act for it in race.acts}:
            try:
                run(race, factory)
            except Found as less:
                return less
    return found


# --- how it is explained ---------------------------------------------------------------------------------------------


def _explained(race: Race, system: System, call: Caller, errors: list[Exception | None]) -> None:
    said, told = _said(race.acts), [*zip(race.acts, errors, strict=True)]

    def found(what: str, sides: list[Difference]) -> Found:
        return Found(f"{said} at once: {what}", (*race.way, *race.acts), sides, system, at_once=len(race.acts))

    for error in errors:
        if error is not None and not isinstance(error, system.refusal):
            raise found(f"the system failed, {type(error).__name__}: {error}", []) from error
    taken = tuple(it for it, error in told if error is None)
    if not taken:
        raise found(f"the system took none of them ({errors[0]}); no rule speaks against the first", []) from errors[0]
    ends, refused = _ends(race, taken, system.policy)
    if not ends:
        raise found(f"{_many(taken, race)} taken; {rules(refused[0], system)}", [])
    for name, where in (("read", "held"), ("export", "exported")):
        if name == "read" or system.says(name):
            try:
                held = plain(call(getattr(system, name), race.way[0].step.record_id))
            except Exception as error:
                raise found(f"{name} failed, {type(error).__name__}: {error}", []) from error
            every = [plain(end) | {"type": end.type, "schema": end.schema} for end in ends]
            put = [in_order(end, held, system.unordered, system.alike) for end in every]
            sides = [[*differences(*both, system.alike)] for both in zip(every, put, strict=True)]
            if all(sides):
                what = f"{_many(taken, race)} taken, and what is {where} is what no order of them leaves"
                least = min(sides, key=len)
                raise found(what, [kept_alone(side, [held]) for side in least])


def _ends(race: Race, taken: tuple[Judged, ...], policy: Policy) -> tuple[list[Any], list[Judged]]:
    """Give what each order leaves in which nothing speaks against what was taken, and what is refused in the others."""
    ends, refused = list[Any](), list[Judged]()
    for order in permutations(taken):
        judged = replay((it.step for it in (*race.way, *order)), policy)[-len(order) :]
        speaks = [it for it in judged if it.findings]
        refused += speaks
        ends += [] if speaks else [judged[-1].after]
    return ends, refused


def _said(acts: tuple[Judged, ...]) -> str:
    names = [f"{it.step.act} by {it.step.by}" for it in acts]
    times = {1: "", 2: " twice", 3: " three times"}
    return " and ".join(f"{name}{times[names.count(name)]}" for name in dict.fromkeys(names))


def _many(taken: tuple[Judged, ...], race: Race) -> str:
    if len(taken) < len(race.acts):
        return f"{_said(taken)} was" if len(taken) == 1 else f"{_said(taken)} were"
    return "both were" if len(taken) == _TWO else "all were"


# --- cases -----------------------------------------------------------------------------------------------------------


@frozen(eq=False)
class AtOnce:
    """A case of the suite: races in one situation. pytest shows the name."""

    name: str
    races: tuple[Race, ...] = field(repr=False)

    @property
    def __name__(self) -> str:
        """What pytest calls it."""
        return self.name

    def play(self, factory: Factory, coverage: Coverage | None = None) -> None:
        """Run them.

        Raises:
            Found: Where no order of the acts explains what came of them.
        """
        del coverage  # every one of these acts is played alone as well
        for race in self.races:
            run(race, factory, ROUNDS)


def cases(piece: Piece, policy: Policy) -> list[AtOnce]:
    """List a case for each situation: acts that stand in each other's way."""
    close = {name: tuple(race for race in every if race.close) for name, every in races(piece, policy).items()}
    return [AtOnce(f"{piece.kind.type}: {name}, at once", every) for name, every in close.items() if every]
