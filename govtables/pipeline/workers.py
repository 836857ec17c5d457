"""Batches of items done in order, in one process or in many; an item that kills its process is told.

In: what to do with a batch, and the batches. Out: the results in order. Next: `folder`.
"""

import os
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

Batch = Sequence[Hashable]
Work = Callable[[Batch, frozenset], object]  # the batch, and those of its items that must not be touched


def do_all(work: Work, batches: Sequence[Batch], processes: int | None) -> Iterator:
    """Do the batches on all cores, with few of them waiting at any time.

    In one process nothing protects it from what an item does to it.
    """
    processes = min(processes or os.cpu_count() or 1, len(batches))
    if processes == 1:
        yield from (work(batch, frozenset()) for batch in batches)
        return
    left = deque(batches)
    while left:
        try:
            with ProcessPoolExecutor(processes) as pool:
                for result in _window(pool, work, tuple(left), processes + 1):
                    yield result
                    left.popleft()
        except BrokenProcessPool:
            batch = left.popleft()
            yield _alone(work, batch, frozenset(_find_deadly(work, batch)))


def _window(pool: ProcessPoolExecutor, work: Work, batches: Iterable[Batch], size: int) -> Iterator:
    waiting = deque()
    for batch in batches:
        waiting.append(pool.submit(work, batch, frozenset()))
        if len(waiting) >= size:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _find_deadly(work: Work, batch: Batch) -> Iterator[Hashable]:
    """Find the items that kill the process which works on them, each tried alone."""
    left = deque(batch)
    while left:
        try:
            with ProcessPoolExecutor(1) as pool:
                while left:
                    pool.submit(work, [left[0]], frozenset()).result()
                    left.popleft()
        except BrokenProcessPool:
            yield left.popleft()


def _alone(work: Work, batch: Batch, deadly: frozenset[str]) -> object:
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(work, batch, deadly).result()
