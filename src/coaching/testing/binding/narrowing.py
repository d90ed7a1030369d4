"""Narrowing: a kind of record as one system knows it, with fewer acts, and with arguments that are always the same.

What is left is played whole. The way to a situation goes on without acts that are not known, where the rules let it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import tzinfo
from functools import lru_cache
from typing import Any

from attrs import evolve

from coaching.kernel.policy import Policy
from coaching.testing.binding.model import replay
from coaching.testing.binding.offers import Given, Offers, Piece
from coaching.testing.binding.scenes import Scene
from coaching.testing.binding.steps import Step

Takes = Mapping[str, Mapping[str, Any]]
"""By act and argument what is given in place of anything else: a value, None for nothing, or a tuple to choose from."""


def narrowed(piece: Piece, acts: Collection[str], takes: Takes, policy: Policy, zone: tzinfo | None = None) -> Piece:
    """Give a piece that asks for known acts alone, with arguments that are taken; no acts named are all of them.

    Where a zone is given, everybody has its clock.
    """
    if not acts and not takes:
        return piece if zone is None else evolve(piece, situations=_within(piece, zone), zone=zone)
    ways = _within(piece, zone)

    @lru_cache(maxsize=256)
    def situations(scene: Scene, id: str) -> Mapping[str, tuple[Step, ...]]:
        found: dict[str, tuple[str, tuple[Step, ...]]] = {}
        for name, steps in ways(scene, id).items():
            way = tuple(evolve(it, given=_taken(it.given, takes.get(it.act, {}))) for it in steps if known(it.act))
            judged = replay(way, policy)
            if judged and len(judged) == len(way) and not any(it.findings for it in judged):
                found.setdefault(repr([(it.act, it.by, it.given) for it in way]), (name, way))
        return dict(sorted(found.values(), key=lambda it: len(it[1])))

    def known(act: str) -> bool:
        return not acts or act in acts

    def fitting(offers: Offers) -> Offers:
        return {act: _each(all_given, takes.get(act, {})) for act, all_given in offers.items() if known(act)}

    return evolve(
        piece,
        situations=situations,
        offers=lambda scene, record, by: fitting(piece.offers(scene, record, by)),
        beginnings=lambda scene: fitting(piece.beginnings(scene)),
        zone=zone,
        fixed=takes,
    )


def _within(piece: Piece, zone: tzinfo | None) -> Callable[[Scene, str], Mapping[str, tuple[Step, ...]]]:
    return lambda scene, id: piece.situations(scene.within(zone), id)


def _each(all_given: list[Given], takes: Mapping[str, Any]) -> list[Given]:
    """Give what is taken of all, each once."""
    if not takes:
        return all_given
    found = list[Given]()
    for given in all_given:
        taken = _taken(given, takes)
        if taken not in found:
            found.append(taken)
    return found


def _taken(given: Mapping[str, Any], takes: Mapping[str, Any]) -> Given:
    """Give arguments, and for what is not taken what is: the first of a choice; None is left out."""
    taken = dict(given)
    for name in takes.keys() & given.keys():
        choice = takes[name] if isinstance(takes[name], tuple) else (takes[name],)
        if taken[name] not in choice:
            taken[name] = choice[0]
        if taken[name] is None:
            del taken[name]
    return taken
