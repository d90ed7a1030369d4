"""Playing: steps that were judged are asked of a system, and what it does and holds is compared with what it should.

Read top to bottom: what is found, how it is said, how a play goes.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Iterator, Mapping
from random import Random
from typing import Any

from coaching.catalogue import catalogue
from coaching.kernel.rules import Finding, Sort
from coaching.logs.comparing import Difference, differences, in_order, kept_alone, plain
from coaching.records import KINDS
from coaching.testing.binding.answers import ASKED, Now, answers
from coaching.testing.binding.covering import Coverage
from coaching.testing.binding.model import Judged, Key
from coaching.testing.binding.slips import Unbound
from coaching.testing.binding.steps import RESTART, Step, script
from coaching.testing.binding.system import Caller, System


class Found(AssertionError):
    """Where a system differs, in the words of the domain, with the steps that show it.

    Attributes:
        what: What differs, in a line.
        played: What was asked of the system up to there, and what the model says of it.
        sides: Expected and held, where something is held otherwise.
        system: What was played.
        at_once: How many of the last steps were asked at the same time, where it takes that to show it.
    """

    def __init__(
        self, what: str, played: Iterable[Judged], sides: Iterable[Difference], system: System, *, at_once: int = 0
    ) -> None:
        """Say what, after which steps."""
        self.what, self.played, self.sides, self.at_once = what, tuple(played), tuple(sides), at_once
        self.system = system
        first = f"{what}: {self.sides[0]}" if len(self.sides) == 1 and ": " not in what else what
        lines = [first, *(f"  {side}" for side in (self.sides[:_MOST] if first == what else ()))]
        if len(self.sides) > _MOST:
            lines.append(f"  and {len(self.sides) - _MOST} more")
        super().__init__("\n".join([*lines, "", self.script]))

    @property
    def script(self) -> str:
        """The steps, to be pasted: they run against the system without us."""
        waits = inspect.iscoroutinefunction(self.system.perform)
        kind = type(self.system)
        found = getattr(sys.modules.get(kind.__module__), kind.__name__, None) is kind
        module = kind.__module__ if found and kind.__module__ != "__main__" else ""
        return script(self.steps, self.at_once, kind.__name__, module, waits=waits)

    @property
    def steps(self) -> tuple[Step, ...]:
        """What was asked of the system up to there."""
        return tuple(it.step for it in self.played)

    @property
    def last(self) -> Judged:
        """The step at which it shows."""
        return self.played[-1]


_MOST = 8
_NOW_AND_THEN, _FEW = 0.34, 2
"""How often something is asked where looking is dear, and for how many."""


def play(
    script: Iterable[Judged],
    system: System,
    coverage: Coverage | None = None,
    *,
    looks_from: int = 0,
    sparing: Random | None = None,
) -> None:
    """Ask judged steps of a system that is empty; what it holds is looked at from a step on, and all of it at the end.

    Where looking is dear, it is done sparingly: after several acts that were refused once, and for few people and days.

    Raises:
        Found: At the first difference.
        Unbound: Where the binding itself is wrong.
    """
    call = Caller()
    try:
        going = _Play(system, call, sparing)
        for n, it in enumerate(script):
            if it.codes and going.unasked.issuperset(it.codes):
                continue
            if not going.ask(it, looks=n >= looks_from):
                break
            if coverage is not None:
                coverage.reached(it)
        going.others(None)
        going.sights()
    finally:
        call.close()


class _Play:
    """One play, in progress."""

    def __init__(self, system: System, call: Caller, sparing: Random | None) -> None:
        system.bound()
        self.sparing = sparing
        self.unseen: Judged | None = None
        self.system, self.call, self.unasked = (
            system,
            call,
            frozenset([system.unasked] if isinstance(system.unasked, str) else system.unasked),
        )
        self.held: dict[Key, Any] = {}
        self.expected: dict[Key, tuple[Any, dict[str, Any]]] = {}
        self.seen: dict[tuple[Key, str], tuple[Any, Any]] = {}
        self.kept: dict[Key, Any] = {}
        self.played: list[Judged] = []

    def ask(self, it: Judged, *, looks: bool = True) -> bool:
        """Ask one step: the answer, what is held then, and that nothing else changed. Tell whether it goes on."""
        if self.unseen is not None and (not it.findings or it.key != self.unseen.key):
            self._see()
        self.played.append(it)
        if it.step.act == RESTART:
            if self.system.says(RESTART):
                self._told("restart", "restart")
                self.others(None)
            return True
        error = self._asked(it)
        if isinstance(error, self.system.stricter) and not it.findings:
            if it.before is None:
                self._nothing_there(it)
            else:
                why = f"({error})" if str(error) else "by a rule of its own"
                self._holds(it.key, f"{self._did(it)}: refused {why}, and yet something changed")
            return False
        self._answered(it, error)
        if it.after is None:
            self._nothing_there(it)
            return True
        self.held |= {record.key: record for record in (it.after, *it.others)}
        if looks and it.findings and self.sparing is not None:
            self.unseen = it
        elif looks:
            self._look(it)
        return True

    def _look(self, it: Judged) -> None:
        """Look at what is held after a step, and what the system says of it."""
        done = self._after(it)
        self._holds(it.key, done)
        for other in it.others:
            self._holds(other.key, f"{done}, {other.id}")
        if not it.findings:
            self._offers(it)
            if self._now():
                self.others(it.key)

    def _see(self) -> None:
        """Look at what is held after acts that were refused: nothing else than before."""
        if self.unseen is not None:
            it, self.unseen = self.unseen, None
            self._holds(it.key, self._after(it))

    def _now(self) -> bool:
        """Tell whether to look now: always, or now and then."""
        return self.sparing is None or self.sparing.random() < _NOW_AND_THEN

    def _few(self, every: list[Any]) -> list[Any]:
        return every if self.sparing is None else self.sparing.sample(every, min(_FEW, len(every)))

    def others(self, but: Key | None) -> None:
        """Look at the records that were not acted on."""
        self._see()
        for key in self.held:
            if key != but:
                self._holds(
                    key,
                    f"{key[1]} changed, though nothing was done with it" if but else f"{key[1]} is not as it was left",
                )

    def sights(self) -> None:
        """Look at what is shown of the records that stood by: each act was followed by a look at its own."""
        last = {it.key: it for it in self.played if it.after is not None and it.step.act != RESTART}
        for it in last.values():
            if it is not self.played[-1] and self.system.says("view"):
                now = Now(it, "at last", self.expected[it.key][1], self.kept[it.key], self.held, self._few)
                for what, sides in answers(self.system, self._told, now, ("view",)):
                    raise self._found(f"{it.step.record_id}: {what}", sides)

    def _asked(self, it: Judged) -> Exception | None:
        """Ask, and give the refusal, if it is one."""
        step = it.step
        try:
            self.call(step.ask, self.system.perform)
        except Unbound:
            raise
        except Exception as error:
            if not isinstance(error, (self.system.refusal, self.system.stricter)):
                what = f"{self._said(it)}: the system failed, {type(error).__name__}: {error}"
                raise self._found(what) from error
            return error
        return None

    def _answered(self, it: Judged, error: Exception | None) -> None:
        if it.findings and error is None:
            raise self._found(f"{self._said(it)}: the system took it; {rules(it, self.system)}")
        if not it.findings and error is not None:
            what = f"{self._said(it)}: the system refused it ({error}); no rule speaks against it"
            raise self._found(what) from None
        if error is not None:
            told = [code for code in self._codes(error) if code not in it.codes]
            gates = all(catalogue()[code].sort is Sort.GATE for code in it.codes)  # what is no value may hide others
            if told and gates:
                raise self._found(f"{self._said(it)}: refused as {', '.join(told)}; {rules(it, self.system)}")

    def _codes(self, error: Exception) -> list[str]:
        """Ask which codes a refusal names."""
        try:
            said = self.system.codes(error)
            codes = [said] if isinstance(said, str) else [*said]
        except Exception as slip:
            raise Unbound(f"codes failed, {type(slip).__name__}: {slip}; it gives a list of codes of rules") from slip
        if not all(isinstance(it, str) for it in codes):
            raise Unbound(f"codes gives {codes!r}; a list of codes of rules is asked for, such as ['V010']")
        return codes

    def _told(self, what: str, name: str, *given: Any) -> Any:
        """Ask a system something that changes nothing."""
        try:
            return self.call(getattr(self.system, name), *given)
        except Unbound:
            raise
        except Exception as error:
            if name == "view" and isinstance(error, self.system.refusal):
                return None  # nothing is shown
            raise self._found(f"{what}: {name} failed, {type(error).__name__}: {error}") from error

    def _holds(self, key: Key, what: str) -> None:
        """Compare what the system holds, and what its other way out says."""
        record = self.held[key]
        if key not in self.expected or self.expected[key][0] is not record:
            self.expected[key] = record, _plain(record)
        expected = self.expected[key][1]
        for name in ("read", "export"):
            if name == "read" or (self.system.says(name) and self._now()):
                held = self._told(what, name, key[1])
                if not isinstance(held, Mapping):
                    raise Unbound(f"{name}({key[1]!r}) gives a {type(held).__name__}; a dict of fields is asked for")
                if self._as_before(key, name, record, held):
                    continue
                unknown = [str(it) for it in held if it not in expected and str(it).rstrip("_") not in expected]
                if unknown:
                    known = ", ".join(expected)
                    raise Unbound(f"{name} gives {', '.join(unknown)}, which no {key[0]} has; it has: {known}")
                said = self._plain(name, held)
                put = in_order(expected, said, self.system.unordered, self.system.alike)
                if name == "read":
                    self.kept[key] = put
                sides = [*self._sides(name, expected, put)]
                if sides:
                    raise self._found(what if name == "read" else f"{what}, in the export", sides)
                self.seen[key, name] = record, said

    def _sides(self, name: str, expected: Any, said: Any) -> Iterator[Difference]:
        """Give what is held otherwise; of what is missing, what the system keeps of others of the kind."""
        for side in differences(expected, said, self.system.alike):
            yield kept_alone(side, (said, *(it for (_, way), (_, it) in self.seen.items() if way == name)))

    def _as_before(self, key: Key, name: str, record: Any, held: Any) -> bool:
        """Tell whether a system says what it said of the very same record: then there is nothing to compare."""
        before, said = self.seen.get((key, name), (None, None))
        try:
            return before is record and not self.system.offsets and bool(held == said)
        except Exception:  # noqa: BLE001  (what cannot be compared as a whole is compared by its parts)
            return False

    @staticmethod
    def _plain(name: str, held: Any) -> Any:
        try:
            return plain(held)
        except RecursionError:
            raise Unbound(f"{name} gives something that holds itself") from None

    def _nothing_there(self, it: Judged) -> None:
        try:
            held = self.call(self.system.read, it.step.record_id)
        except Exception:  # noqa: BLE001  (however a system says that it has none)
            return
        if held:
            self._plain("read", held)
            raise self._found(f"{self._said(it)}: refused, and yet {it.step.record_id} is there")

    def _offers(self, it: Judged) -> None:
        """Compare what the system answers besides: to whom what is open, who sees what, what is overdue."""
        now = Now(it, f"after {self._did(it)}", self.expected[it.key][1], self.kept[it.key], self.held, self._few)
        names = [name for name in ASKED if self._now()]
        for what, sides in answers(self.system, self._told, now, names):
            raise self._found(what, sides)

    def _said(self, it: Judged) -> str:
        """Say a step in a few words, and whether they did it before."""
        before = [o for o in self.played[:-1] if o.step.act == it.step.act and o.key == it.key and not o.findings]
        again = " again" if any(o.step.by == it.step.by for o in before) else ""
        return f"{self._did(it)}{again}"

    def _after(self, it: Judged) -> str:
        """Say after which act, or that it was refused."""
        done = self._did(it)
        return f"{done}: refused, and yet something changed" if it.findings else f"after {done}"

    def _did(self, it: Judged) -> str:
        """Say which act, by whom; on which record, where there are several."""
        on = f" of {it.step.record_id}" if self.held.keys() - {it.key} else ""
        return f"{it.step.act}{on} by {it.step.by}"

    def _found(self, what: str, sides: Iterable[Difference] = ()) -> Found:
        return Found(what, self.played, sides, self.system)


def _plain(record: Any) -> dict[str, Any]:
    said: dict[str, Any] = plain(record)
    return said | {"type": record.type, "schema": record.schema}


def rules(it: Judged, system: System) -> str:
    """Say which rules speak against a step, each once; those that the system does not ask are left out."""
    return "; ".join(_each_rule(it, system))


def _each_rule(it: Judged, system: System) -> Iterator[str]:
    findings = [f for f in it.findings if f.code not in system.not_asked()] or it.findings
    seen = dict.fromkeys((f.code, f.says) for f in findings)
    for code, says in seen:
        yield f"{code} says {says}"
    if len(seen) == 1:
        path, message = findings[0].path, _within(findings[0], system, it.step.kind)
        given = path.partition(".")[0].partition("[")[0] in it.step.given
        yield f"here: {path}: {message}" if given else f"here: {message}"


def _within(found: Finding, system: System, kind: str) -> str:
    """Say what is wrong; of acts that are open instead, those that the system knows."""
    if "open" not in found.params:
        return found.message
    acts = KINDS[kind].lifecycle.acts
    told = [
        it
        for it in str(found.params["open"]).split(", ")
        if it.split()[0] not in acts or system.knows(it.split()[0], kind)
    ]
    return found.template.format_map({**found.params, "open": ", ".join(told) or "nothing"})
