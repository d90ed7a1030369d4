"""The deterministic suite: cases for each situation, move and refusal, and for what may follow a move. No chance.

Read top to bottom: a case, the suite, the four sorts of cases. What a case plays is worked out when it is played.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache, partial

from attrs import field, frozen

from coaching.kernel.policy import Policy
from coaching.testing.binding.covering import Coverage
from coaching.testing.binding.lives import long_life, long_lives, revising, signed_again
from coaching.testing.binding.model import Judged, Scripts, judge, replay
from coaching.testing.binding.offers import Piece, begun, offered, plainest, tab
from coaching.testing.binding.playing import Found, play
from coaching.testing.binding.scenes import PLAIN, Scene
from coaching.testing.binding.shortening import shortest
from coaching.testing.binding.slips import Unbound
from coaching.testing.binding.steps import RESTART, Step
from coaching.testing.binding.system import Factory, System, made
from coaching.testing.binding.together import AtOnce, cases
from coaching.testing.binding.values import acts_of, with_values


@frozen(eq=False)
class Case:
    """One case: a name, and scripts that are played, each on a system made anew. pytest shows the name."""

    name: str
    scripts: Callable[[], Scripts] = field(repr=False)

    @property
    def __name__(self) -> str:
        """What pytest calls it."""
        return self.name

    def play(self, factory: Factory, coverage: Coverage | None = None) -> None:
        """Play it against systems that a factory makes.

        Raises:
            Found: Where one differs, with the shortest steps that show it.
        """
        try:
            for script, looks_from in self.scripts():
                play(script, made(factory), coverage, looks_from=looks_from)
        except Found as found:
            __tracebackhide__ = True  # pytest shows what was found, and none of our frames
            raise shortest(found, factory).with_traceback(None) from found.__cause__


def suite(binding: type[System]) -> list[Case | AtOnce]:
    """List the cases for a binding, in the same order every time, for `@pytest.mark.parametrize("case", ...)`.

    Each is played against systems of its own: `case.play(Ours)`.

    Raises:
        Unbound: Where the binding itself is wrong.
    """
    if not (isinstance(binding, type) and issubclass(binding, System)):
        raise Unbound("suite(Ours): the class of a binding is asked for; a factory goes to case.play")
    binding.bound()
    pieces, policy = binding.played(), binding.policy
    alone = [case for piece in pieces for case in _of(piece, policy)]
    return [*alone, *(case for piece in pieces if binding.at_once for case in cases(piece, policy))]


@lru_cache(maxsize=32)
def _of(piece: Piece, policy: Policy) -> tuple[Case, ...]:
    acts = acts_of(piece)
    made: tuple[tuple[str, Callable[[], Scripts]], ...] = (
        *_beginnings(piece, policy),
        *_scenes(piece, policy),
        *_situations(piece, policy),
        *((f"{act}: values", partial(with_values, piece, act, policy)) for act in acts),
        *((f"{act}, and signed again", partial(signed_again, piece, act, policy)) for act in revising(piece, acts)),
        *((f"a long life, {name}", partial(long_life, piece, name, policy)) for name in long_lives(piece)),
    )
    named, times = list[Case](), Counter[str]()
    for name, scripts in made:
        times[name] += 1
        again = f" ({times[name]})" if times[name] > 1 else ""
        named.append(Case(f"{piece.kind.type}: {name}{again}", scripts))
    return tuple(named)


Named = Iterator[tuple[str, Callable[[], Scripts]]]


def _beginnings(piece: Piece, policy: Policy) -> Named:
    """Every way to begin a record, right and wrong."""

    def scripts() -> Scripts:
        ways = begun(piece, PLAIN, f"{piece.prefix}-1", policy)
        for it in ways.moves:
            again = judge(it.after, it.step, policy)
            yield (it, *((again,) if again.findings else ())), 0
        for it in ways.refused:
            yield (it,), 0

    yield "beginnings", scripts


def _scenes(piece: Piece, policy: Policy) -> Named:
    """Every situation in every scene, but for those on the way to another; in the plain one all, with restarts."""
    for scene in piece.scenes:
        ways = piece.situations(scene, f"{piece.prefix}-1")
        passed = {steps[:n] for steps in map(_named, ways.values()) for n in range(len(steps))}
        for name, steps in ways.items():
            if scene is PLAIN or _named(steps) not in passed:
                yield f"{name}, {scene.name}", partial(_lived, scene, steps, policy)


def _named(steps: tuple[Step, ...]) -> tuple[object, ...]:
    return tuple((step.act, step.by, repr(step.given)) for step in steps)


def _lived(scene: Scene, steps: tuple[Step, ...], policy: Policy) -> Scripts:
    judged = replay(steps, policy)
    yield judged if scene is not PLAIN else tuple(it for step in judged for it in (step, _restart(step))), 0


def _restart(it: Judged) -> Judged:
    return judge(it.after, Step(RESTART, it.step.record_id, it.step.by, it.step.at, {}, it.step.kind))


def _situations(piece: Piece, policy: Policy) -> Named:
    """From every situation every refusal and every move, and after a move every other one.

    What gates guard is tried with all arguments everywhere; anything else so in the first situation of a state (or of
    what stands for it), and in the others with the plainest.
    """
    known = set[object]()
    followed = set[object]()
    for name, steps in piece.situations(PLAIN, f"{piece.prefix}-1").items():
        judged = replay(steps, policy)
        record = judged[-1].after
        stands = piece.stands(record)
        yield f"{name}: refused", partial(_refusals, piece, judged, policy, home=stands not in known)
        moves = offered(piece, PLAIN, record, policy).moves if stands not in known else None
        known.add(stands)
        for move in moves or plainest(piece, PLAIN, record, policy):
            yield f"{name}: {_titled(move)}", partial(_moved, piece, name, judged, move, policy)
            following = move.edge, move.step.by, judged[-1].edge
            if following not in followed:
                followed.add(following)
                yield f"{name}: {_titled(move)}, and on", partial(_followed, piece, judged, move, policy)


def _titled(move: Judged) -> str:
    told = " ".join(str(value) for value in move.step.given.values() if isinstance(value, str) and len(value) < _SHORT)
    return f"{move.step.act} {told} by {move.step.by}".replace("  ", " ")


_SHORT = 16


def _refusals(piece: Piece, judged: tuple[Judged, ...], policy: Policy, *, home: bool) -> Scripts:
    tried, told = list[Judged](), set[object]()
    for it in offered(piece, PLAIN, judged[-1].after, policy).refused:
        which = it.step.act, it.step.by, it.step.at, it.codes
        if home or it.step.act in piece.guarded or which not in told:
            tried.append(it)
        told.add(which)
    yield (*judged, *tried), len(judged)


def _moved(piece: Piece, name: str, judged: tuple[Judged, ...], move: Judged, policy: Policy) -> Scripts:
    """A move, the same once more, and the same record under another id that nothing changes."""
    other = replay(piece.situations(PLAIN, f"{piece.prefix}-2")[name], policy)
    again = judge(move.after, move.step, policy)
    yield (*other, *judged, move, *((again,) if again.findings else ())), len(other) + len(judged)


def _followed(piece: Piece, judged: tuple[Judged, ...], move: Judged, policy: Policy) -> Scripts:
    """Every other act after a move, and what cannot be done any more by those who have not seen it."""
    stale = tab(plainest(piece, PLAIN, move.before, policy), move, policy)
    yield (*judged, move, *stale), len(judged)
    for second in plainest(piece, PLAIN, move.after, policy):
        yield (*judged, move, second), len(judged) + 1
