"""Work that is shared among processes: batches go out, results come back in order, and only so many wait."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import Any, TypeVar

_B = TypeVar("_B")
_R = TypeVar("_R")
_mine: list[Callable[[Any], Any]] = []  # what this process was made for; nothing stands here in the caller's


def _learn(work: Callable[[Any], Any]) -> None:
    _mine[:] = [work]


def _do(batch: Any) -> Any:
    return _mine[0](batch)


def in_order(work: Callable[[_B], _R], batches: Iterable[_B], *, workers: int = 1) -> Iterator[_R]:
    """Give what comes of each batch, in the order of the batches, whoever is the first to be done.

    With one worker everything is done here. With more, `work` goes to each process once, and each batch when there is
    room for it: a fast reader does not run ahead of slow workers.

    >>> list(in_order(sum, [[1, 2], [3]]))
    [3, 3]
    """
    if workers == 1:
        yield from map(work, batches)
        return
    todo = iter(batches)
    with ProcessPoolExecutor(workers, initializer=_learn, initargs=(work,)) as pool:
        waiting: deque[Future[_R]] = deque(pool.submit(_do, batch) for batch in islice(todo, 2 * workers))
        while waiting:
            done = waiting.popleft().result()
            waiting.extend(pool.submit(_do, batch) for batch in islice(todo, 1))
            yield done


def batched(items: Iterable[_B], size: int) -> Iterator[list[_B]]:
    """Give lists of so many items; the last may be shorter.

    >>> list(batched("abc", 2))
    [['a', 'b'], ['c']]
    """
    them = iter(items)
    while batch := list(islice(them, size)):
        yield batch
